"""Real press data through the window: several batches, no twin, a series that stood still.

Given the published data of a tablet press and a case, when a person reads the folder, chooses the
batch, admits it with a reason and looks at the findings, then the freeze of batch 325 at 02:19:14
is a finding with its signal beside it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.desks import home_in
from support.investigations import CASE
from support.stored_cases import case_at
from support.windows import Program

from investigator.desktop.frame.state import Place
from investigator.desktop.views.evidence import EvidenceView

BATCH, ZONE = "325", "Europe/Ljubljana"
FILES = ("Laboratory.csv", "Process/3.csv")


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with home_in(tmp_path / "home"):
        made = Program(qtbot)
        made.start(case_at(tmp_path, "scope"), CASE)
        made.sign_in("ann")
        yield made
        made.window.close()


@pytest.mark.data
@pytest.mark.requirement("WIN-109", "WIN-102")
def test_a_batch_of_a_real_press_is_chosen_admitted_and_its_freeze_seen(
    program: Program, tmp_path: Path, shared_data: Path
) -> None:
    folder = tmp_path / "press"
    folder.mkdir()
    for name in FILES:
        (folder / Path(name).name).symlink_to(shared_data / "tablet_press" / name)

    view = program.go(Place.EVIDENCE)
    assert isinstance(view, EvidenceView)
    program.click("evidence.read")
    program.send(folder=str(folder), zone=ZONE)
    assert "choose one" in view.preview.refusal
    view.preview.batch.box.setCurrentText(BATCH)
    program.click("evidence.read_again")
    assert view.preview.refusal == ""
    program.click("evidence.admit")
    program.send(why="the case is of the press; its batch is numbered otherwise")
    assert program.case.evidence is not None

    view.show_part(view.findings)
    table = view.findings.table
    lines = table.rows_model.rows
    freeze = next(row for line in lines for row in line.rows if row.kind == "freeze")
    assert "07-05 02:19:14" in freeze.when
    view.findings.pane.span_chosen.emit(freeze.finding_id)
    assert table.current_row().first.finding_id == freeze.finding_id
    assert view.findings.pane.tag == freeze.subject
    assert "left out" in view.findings.pane.note
