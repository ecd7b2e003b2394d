"""Evidence of a line that no twin is of becomes a case; a twin is then refused, not guessed."""

from datetime import date
from pathlib import Path

import pytest
from support.desks import person

from investigator.casework.desk import Desk
from investigator.casework.findings import judged
from investigator.casework.intake import DocumentFacts, admit_document, admit_evidence, read_task
from investigator.casework.lines import known_line
from investigator.casework.material import genealogy_of, reconciliation_of
from investigator.casework.profiles import ReadingChoices
from investigator.casework.snapshot import snapshot
from investigator.casework.tag_map import map_of
from investigator.casework.twin_choice import choose, twin_standing
from investigator.domain.acts.analysis import HypothesisRaised, Origin
from investigator.domain.acts.case import CaseOpened, Classification
from investigator.domain.acts.data_review import Bearing, DocumentLinked
from investigator.domain.acts.evidence import DocumentKind, Judgement
from investigator.domain.errors import UnusableRequest
from investigator.domain.evidence import Severity
from investigator.domain.instant import iso
from investigator.domain.open_points import open_clocks
from investigator.domain.ranking import CauseCategory
from investigator.domain.reconciliation import USUAL_LIMITS

ZONE = "Europe/Ljubljana"
PRESS = ReadingChoices(batch_id="325", without_twin=ZONE)


def unheard(words: str, share: float) -> None:
    """Progress that nobody listens to."""


def opened(line: str) -> CaseOpened:
    """The case of batch 325 on a line."""
    return CaseOpened(
        "D-325",
        "Signals stood still",
        "Eight signals of the press held their values.",
        line,
        "325",
        "film-coated tablets 20 mg",
        Classification.MAJOR,
        date(2019, 8, 5),
        ZONE,
    )


def test_a_line_is_known_by_its_twin_or_only_by_its_zone() -> None:
    of_twin, any_line = known_line(None), known_line(None, without_twin=ZONE)
    assert (of_twin.line_id, of_twin.zone) == ("CDC-3", "Europe/Berlin")
    assert len(of_twin.tags) > 50
    assert (any_line.line_id, any_line.zone, any_line.tags) == ("", ZONE, {})
    assert any_line.limits == USUAL_LIMITS


@pytest.mark.parametrize(
    ("twin_id", "zone", "says"),
    [(None, "Mars/North", "no IANA zone"), ("cdc_line_3", ZONE, "for a twin or without one")],
)
def test_a_line_that_is_not_clear_is_refused(twin_id: str | None, zone: str, says: str) -> None:
    with pytest.raises(UnusableRequest, match=says):
        known_line(twin_id, without_twin=zone)


@pytest.mark.data
@pytest.mark.requirement("CAS-140", "EVD-290")
def test_the_real_press_is_a_case_with_series_lots_results_and_documents(
    desk: Desk, shared_data: Path, tmp_path: Path
) -> None:
    case_id = "D-325"
    person(desk, "ann").do(case_id, opened("press 1"), why="a signal that stands still")
    read = read_task(shared_data / "tablet_press", None, PRESS, report=unheard)
    admit_evidence(desk, case_id, read)

    seen = snapshot(desk, case_id)
    assert seen.evidence is not None
    evidence = seen.evidence
    frozen = {f.subject: f for f in evidence.findings if f.kind == "freeze"}
    assert {"fom", "main_comp", "tbl_fill", "SREL", "stiffness"} <= set(frozen)
    span = frozen["fom"].span
    assert span is not None
    assert iso(span.start_ms, ZONE) == "2019-07-05T02:19:14+02:00"
    assert len(evidence.trajectories) == 12
    assert [lot.lot_id for lot in evidence.batch.lots] == ["59", "6", "7", "7"]
    results = {r.test: r for r in evidence.laboratory}
    assert (results["tbl_av_hardness"].result, results["tbl_av_hardness"].unit) == (58.0, "N")
    kept = [f.subject for f in evidence.findings if f.kind == "kept_as_document"]
    assert kept == ["Normalization.csv"]

    origin = genealogy_of(seen)
    assert {node.node_id for node in origin.nodes} >= {"325", "59", "6"}
    assert {line.verdict for line in reconciliation_of(seen).lines}

    (one, *_) = [f for f in evidence.findings if f.severity is Severity.CRITICAL]
    desk.do(case_id, *judged([one], Judgement.ACCEPTED, ZONE))
    assert open_clocks(desk.case(case_id)) == ()

    page = tmp_path / "logbook.txt"
    page.write_text("02:19 data collection stopped")
    facts = DocumentFacts(DocumentKind.LOGBOOK, "IT log", date(2019, 7, 5), "IT")
    admit_document(desk, case_id, page, facts)
    raised = HypothesisRaised("collector", "Collector", CauseCategory.MACHINE, Origin.OWN, "")
    desk.do(case_id, raised)
    linked = DocumentLinked("DOC-01", "collector", Bearing.SUPPORTS)
    assert linked in [r.act for r in desk.do(case_id, linked).history]


@pytest.mark.data
@pytest.mark.requirement("CAS-140")
def test_no_twin_is_chosen_for_evidence_that_was_read_without_one(
    desk: Desk, shared_data: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "press"
    folder.mkdir()
    for name in ("Laboratory.csv", "Process/3.csv"):
        (folder / Path(name).name).symlink_to(shared_data / "tablet_press" / name)
    read = read_task(folder, None, PRESS, report=unheard)
    person(desk, "ann").do("D-325", opened("CDC-3"), why="a signal that stands still")
    admit_evidence(desk, "D-325", read)
    standing = twin_standing(desk, None)
    with pytest.raises(UnusableRequest, match="read for a line that no twin is of"):
        choose(desk, "D-325", standing, why="to try")
    with pytest.raises(UnusableRequest, match="its tags are not mapped"):
        map_of(snapshot(desk, "D-325"))
