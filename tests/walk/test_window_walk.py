"""The whole example through the window, as four people do it: from set-up to the closed case.

Given a machine without a workspace, when an administrator sets one up and three people investigate
the example through the real widgets, then the case is closed, and the saved report carries three
signatures that another program accepts.

How long each step took and the window answered nothing is measured and printed: figures, no limit.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QFileDialog
from pytestqt.qtbot import QtBot
from support.desks import home_in
from support.pdfsig import judged_by_pdfsig, values
from support.trust import GIVEN, PASSWORD
from support.viewing import fill
from support.windows import Program

from investigator.desktop.frame.state import STEPS, Mark, Place
from investigator.desktop.responsiveness import Responsiveness
from investigator.desktop.tidying import tidied_in_pauses_only
from investigator.desktop.view_models.frame import frame_state
from investigator.desktop.views.disposition import CONTAINERS, REMEDIES, DispositionView
from investigator.desktop.views.evidence import EvidenceView
from investigator.desktop.views.evidence_picker import EvidencePicker
from investigator.desktop.views.hypotheses import HypothesesView
from investigator.desktop.views.hypothesis_tab import HypothesisTab
from investigator.desktop.views.is_is_not import IsIsNotTab
from investigator.desktop.views.on_site_tab import ChecksTab
from investigator.desktop.views.replay import ReplayView
from investigator.desktop.views.report import ReportView
from investigator.desktop.views.whys import WhysTab
from investigator.domain.acts.analysis import Verdict
from investigator.domain.cause_state import CauseState, state_of
from investigator.domain.open_points import open_clocks
from investigator.records.workspace import identity_found

PEOPLE = (
    ("aweber", "Ann Weber", "investigator"),
    ("bruiz", "Ben Ruiz", "subject-matter reviewer"),
    ("ekral", "Eva Kral", "QA approver"),
)
NUMBER = "DEV-2026-0540"
TOLD_FROM_MS = 50.0


@dataclass(slots=True)
class Told:
    """How long each step took, as a person sees it: until what was asked for is shown."""

    seconds: dict[str, float] = field(default_factory=dict)


class Walk:
    """The program with its stop-watch; each method is one step of the walk."""

    def __init__(self, program: Program, folder: Path, example: Path) -> None:
        self.program, self.folder, self.example = program, folder, example
        self.watch, self.told = Responsiveness(program.window), Told()
        self._begun_s = time.perf_counter()
        self._step = ""
        self.watch.begin()

    def step(self, name: str) -> None:
        """What comes now is filed under this name."""
        now_s = time.perf_counter()
        if self._step:
            self.told.seconds[self._step] = now_s - self._begun_s
        self.watch.step(name)
        self._begun_s, self._step = now_s, name

    def set_up(self) -> None:
        self.step("set-up")
        self.program.start(None)
        fill(
            self.program.bot,
            self.program.page,
            folder=str(self.folder / "workspace"),
            site="Northfield",
            zone="Europe/Berlin",
            user_id="root",
            full_name="Root Admin",
            password=PASSWORD,
            again=PASSWORD,
        )
        self.program.send_page()

    def enrol(self) -> None:
        self.step("people")
        assert self.program.window.place is Place.PEOPLE
        for user_id, full_name, role in PEOPLE:
            self.program.click("people.enrol")
            self.program.send(
                user_id=user_id,
                full_name=full_name,
                roles=(role,),
                password=GIVEN,
                again=GIVEN,
                why="identity card seen",
            )

    def change_to(self, user_id: str) -> None:
        """A person comes for the first time, and chooses an own password."""
        self.step(f"sign-in of {user_id}")
        self.program.window.header.sign_out_asked.emit()
        self.program.settle()
        self.program.sign_in(user_id, GIVEN)
        self.program.choose_own()
        assert not self.program.covered

    def open_case(self) -> None:
        self.step("open a case")
        self.program.command("case.open")
        self.program.send(
            number=NUMBER,
            title="API of the blend below its limit",
            description="NIR-331 showed 17.9 % w/w at 10:12; the operator tapped the hopper.",
            batch="TA50-26-0540",
            line="CDC-3",
            product="Tablet A 50 mg",
            grade="major",
            why="content uniformity may be affected",
        )
        assert self.program.case.case_id == NUMBER

    def bound_it(self) -> None:
        self.step("containment and scope")
        self.program.click("case.contain")
        self.program.send(measures="Line stopped, all drums of the batch in quarantine.")
        self.program.click("case.related")
        self.program.send(
            batch="TA50-26-0539",
            shares=("material lot",),
            decision="not affected",
            why="ended before the refill",
        )
        self.program.click("case.scope")
        self.program.send(why="lots and equipment looked up in the MES")

    def read_evidence(self) -> None:
        self.step("read the folder")
        view = self.program.go(Place.EVIDENCE)
        assert isinstance(view, EvidenceView)
        self.program.click("evidence.read")
        self.program.send(folder=str(self.example))
        self.step("look at an import profile")
        view.preview.table.choose(lambda row: row.kind == "historian")
        self.program.click("evidence.edit_profile")
        fill(self.program.bot, view.stage.editor, decimal=",")
        self.program.bot.waitUntil(lambda: self.program.bench.scene.tried is not None)  # type: ignore[union-attr]
        self.program.click("profile.cancel")
        self.step("admit the folder")
        self.program.click("evidence.admit")
        assert self.program.case.evidence is not None

    def judge_findings(self) -> None:
        self.step("findings")
        view = self.program.view
        assert isinstance(view, EvidenceView)
        view.show_part(view.findings)
        view.findings.table.selectRow(0)
        self.program.click("evidence.dismiss")
        self.program.send(why="the archive wrote the row twice")
        self.program.click("evidence.accept_all")
        for place in range(view.findings.table.model().rowCount()):
            view.findings.table.selectRow(place)
            if "open" in view.findings.table.selected_rows()[0].judgement:
                self.program.click("evidence.accept")

    def judge_clocks(self) -> None:
        """One is set by hand, the others are accepted as estimated."""
        self.step("clocks")
        view = self.program.view
        assert isinstance(view, EvidenceView)
        view.show_part(view.clocks)
        view.clocks.table.choose(lambda row: row.source == "alarm journal")
        self.program.click("clock.set")
        self.program.send(offset="0.4", uncertainty="0.5", why="read beside the historian")
        self.program.click("clock.accept_all")
        assert not open_clocks(self.program.case)

    def review_map(self) -> None:
        """The map of the package fits the export; it is confirmed as it is."""
        self.step("tag map")
        view = self.program.view
        assert isinstance(view, EvidenceView)
        view.show_part(view.mapping)
        self.program.click("mapping.confirm")
        assert self.program.case.tag_map is not None

    def admit_document(self) -> None:
        self.step("document")
        view = self.program.view
        assert isinstance(view, EvidenceView)
        file = self.folder / "shift-book.txt"
        file.write_text("06:10 LW-311 refilled, 07:40 hopper tapped\n", encoding="utf-8")
        view.show_part(view.documents)
        next(c for c in view.commands() if c.id == "document.admit").run()
        self.program.send(
            file=str(file),
            kind="logbook page",
            title="Shift book of 12 March",
            author="Shift lead",
            original="copy",
            true_copy="compared with the book",
        )
        view.documents.table.selectRow(0)
        self.program.settle()
        assert "hopper tapped" in view.documents.pane.text.toPlainText()

    def look_at_the_material(self) -> None:
        """Each of its tabs, with its first row; a walk from a lot to a container."""
        self.step("laboratory, reconciliation, genealogy")
        view = self.program.view
        assert isinstance(view, EvidenceView)
        for part in (view.laboratory, view.reconciliation, view.genealogy):
            view.show_part(part)
            part.table.selectRow(0)
            self.program.settle()
        drum = view.genealogy.forward.rows_model.rows[-1].node
        view.genealogy.go_to(drum)
        assert view.genealogy.backward.rows_model.rows

    def look_at_the_course(self) -> None:
        self.step("timeline")
        self.program.go(Place.TIMELINE)

    def choose_twin(self) -> None:
        self.step("twin")
        self.program.go(Place.TWIN)
        self.program.click("twin.choose")
        self.program.send(why="the twin of the line is a draft; it directs the search")

    def replay(self) -> None:
        self.step("replay")
        self.program.go(Place.REPLAY)
        self.program.press("Replay")
        assert self.program.case.replay is not None
        self.step("quality as replayed")
        view = self.program.view
        assert isinstance(view, ReplayView)
        view.turn()
        self.program.bot.waitUntil(lambda: view.quality.plots.done)
        assert len(view.quality.stack.panels) == len(view.quality.courses) == 5
        view.quality.table.selectRow(0)
        self.program.settle()

    def rank(self) -> None:
        self.step("ranking")
        self.program.go(Place.HYPOTHESES)
        self.program.press("Raise failure modes")
        self.program.press("Rank")
        assert self.program.case.ranking is not None

    def link_document(self) -> None:
        self.step("document linked")
        view = self.program.view
        assert isinstance(view, HypothesesView)
        next(c for c in view.commands() if c.id == "hypotheses.link").run()
        self.program.send(document="DOC-01", bearing="bears on", why="the hopper was tapped")
        assert len(self.program.case.document_links) == 1

    def judge(self) -> str:
        """All hypotheses are judged: the first supported, the others refuted."""
        self.step("verdicts")
        view = self.program.view
        assert isinstance(view, HypothesesView)
        scene = self.program.bench.scene
        assert scene is not None
        assert scene.seen is not None
        assert scene.seen.ranking is not None
        cause = scene.seen.ranking.ranking.hypotheses[0].cause
        assert view.list.go_to(cause)
        self.program.click("hypotheses.judge")
        self.program.send(verdict=Verdict.SUPPORTED.value, rationale="it alone fits all signals")
        self.program.click("hypotheses.open")
        self.program.click("hypotheses.judge")
        self.program.send(verdict=Verdict.REFUTED.value, rationale="leaves the dip unexplained")
        return cause

    def confirm(self, cause: str) -> None:
        """What was found on site confirms the cause; the ranking is what it was."""
        self.step("check on site")
        view = self.program.view
        assert isinstance(view, HypothesesView)
        assert view.list.go_to(cause)
        words = [view.tabs.tabText(place) for place in range(view.tabs.count())]
        view.tabs.setCurrentIndex(words.index(ChecksTab.word))
        self.program.settle()
        self.program.click("on_site.own")
        self.program.send(
            title="Hopper of LW-311 opened",
            found="bridge of powder, 2.1 kg",
            bearing="confirms",
            done="2026-03-14 08:30",
        )
        assert state_of(self.program.case, cause) is CauseState.CONFIRMED
        view.tabs.setCurrentIndex(0)

    def follow_material(self) -> None:
        self.step("impact")
        self.program.go(Place.IMPACT)
        self.program.press("Follow the material")
        assert self.program.case.impact is not None

    def compare_remedies(self) -> None:
        self.step("remedies")
        view = self.program.go(Place.DISPOSITION)
        assert isinstance(view, DispositionView)
        view.tabs.setCurrentIndex(REMEDIES)
        self.program.press("Simulate remedies")
        assert self.program.case.remedies is not None
        assert view.remedies.table.rows_model.rows[0].title == "Do nothing"
        assert view.remedies.details.containers.rows_model.rows
        view.tabs.setCurrentIndex(CONTAINERS)

    def reason(self, cause: str) -> None:
        """One why down to the root, on the shift book; the is/is-not table as proposed."""
        self.step("five whys, is/is-not")
        view = self.program.go(Place.HYPOTHESES)
        assert isinstance(view, HypothesesView)
        assert view.list.go_to(cause)
        self.show_tab(view, WhysTab)
        self.program.press("State why 1…")
        picker = self.program.sheet.findChildren(EvidencePicker)[0]
        picker.table.choose(lambda row: row.kind == "document")
        self.program.click("evidence.link.Link as evidence")
        self.program.send(statement="the hopper was tapped empty", category="method")
        assert len(self.program.case.whys_of(cause)) == 1
        self.show_tab(view, IsIsNotTab)
        self.program.click("is_is_not.propose")
        assert self.program.case.is_is_not

    def show_tab(self, view: HypothesesView, kind: type[HypothesisTab]) -> None:
        place = next(place for place, tab in enumerate(view.further) if isinstance(tab, kind))
        view.tabs.setCurrentIndex(view.tabs.count() - len(view.further) + place)
        self.program.settle()

    def decide(self) -> None:
        self.step("disposition")
        self.program.go(Place.DISPOSITION)
        self.program.click("select-open")
        self.program.click("as-proposed")
        assert set(self.program.case.dispositions) == set(self.program.case.containers)

    def conclude(self, cause: str) -> None:
        self.step("conclusion")
        view = self.program.go(Place.REPORT)
        assert isinstance(view, ReportView)
        view.show_part("Conclusion")
        form = view.conclusion_part.form
        assert form is not None
        fill(
            self.program.bot,
            form,
            root_cause="cause confirmed",
            causes=(cause,),
            statement="The powder bridged above the screw after the refill.",
            reason="No other failure mode explains the flow and the blend together.",
            severity="medium",
            probability="low",
            detectability="medium",
            rationale="All affected drums are blocked.",
        )
        self.program.click("state")
        assert self.program.case.conclusion is not None

    def propose_action(self) -> None:
        self.step("action")
        view = self.program.view
        assert isinstance(view, ReportView)
        view.show_part("Actions")
        next(c for c in view.commands() if c.id == "report.propose_action").run()
        due = self.program.sheet.form.widget("due")
        assert isinstance(due, QDateEdit)
        due.setDate(QDate(date.today().year + 1, 6, 1))  # noqa: DTZ011
        self.program.send(
            kind="corrective action",
            text="Fit a level switch in the hopper of LW-311.",
            owner_role="head of engineering",
            effectiveness="no bridging in twenty batches",
        )

    def issue(self) -> None:
        self.step("report")
        view = self.program.view
        assert isinstance(view, ReportView)
        view.show_part("Report")
        self.program.click("issue")
        assert self.program.case.report_in_force
        assert view.document_part.pages.count > 5

    def sign(self, user_id: str, signer: str) -> None:
        self.step(f"signature of the {signer}")
        view = self.program.view
        assert isinstance(view, ReportView)
        view.show_part("Report")
        self.program.click("sign")
        self.program.send(user=user_id, password=PASSWORD)
        assert self.program.case.signatures[-1].act.field.value == signer

    def save(self) -> bytes:
        self.step("save the report")
        self.program.click("save")
        dialog = self.program.window.findChild(QFileDialog)
        assert dialog is not None
        file = self.folder / "signed.pdf"
        dialog.fileSelected.emit(str(file))
        dialog.close()
        self.program.settle()
        return file.read_bytes()

    def close(self) -> None:
        self.step("close the case")
        self.program.click("close")
        assert self.program.case.closed

    def verify(self) -> None:
        self.step("audit trail and verification")
        self.program.go(Place.AUDIT)
        self.program.click("audit.verify")
        scene = self.program.bench.scene
        assert scene is not None
        assert scene.verified is not None
        sound, sentences = scene.verified
        assert sound, sentences

    def look_everywhere(self) -> None:
        self.step("every place once more")
        for place in Place:
            self.program.go(place)


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with home_in(tmp_path / "home"), tidied_in_pauses_only():
        made = Program(qtbot)
        yield made
        made.window.close()


@pytest.mark.requirement("WIN-043", "WIN-020", "WIN-044")
def test_the_example_is_investigated_through_the_window(
    program: Program, tmp_path: Path, example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    walk = Walk(program, tmp_path, example)
    walk.set_up()
    walk.enrol()
    walk.change_to("aweber")
    walk.open_case()
    walk.bound_it()
    walk.read_evidence()
    walk.judge_findings()
    walk.judge_clocks()
    walk.review_map()
    walk.admit_document()
    walk.look_at_the_material()
    walk.look_at_the_course()
    walk.choose_twin()
    walk.replay()
    walk.rank()
    walk.link_document()
    cause = walk.judge()
    walk.confirm(cause)
    walk.follow_material()
    walk.compare_remedies()
    walk.reason(cause)
    walk.decide()
    walk.conclude(cause)
    walk.propose_action()
    walk.issue()
    walk.sign("aweber", "author")
    walk.change_to("bruiz")
    walk.sign("bruiz", "reviewer")
    walk.change_to("ekral")
    walk.sign("ekral", "approver")
    pdf = walk.save()
    walk.close()
    walk.verify()
    walk.look_everywhere()
    walk.watch.end()

    scene = program.bench.scene
    assert scene is not None
    marks = {step.place: step.mark for step in frame_state(scene).steps}
    assert {marks[place] for place in STEPS} == {Mark.SIGNED}
    _print(walk, capsys)

    authority = identity_found(tmp_path / "workspace").authority
    said = judged_by_pdfsig(tmp_path, pdf, authority)
    assert values(said, "Signature Validation") == ["Signature is Valid."] * 3
    assert values(said, "Certificate Validation") == ["Certificate is Trusted."] * 3
    assert values(said, "Signer Certificate Common Name") == [name for _, name, _ in PEOPLE]


def _print(walk: Walk, capsys: pytest.CaptureFixture[str]) -> None:
    """The figures, for whoever runs the walk by itself."""
    with capsys.disabled():
        lines = [f"{name:32}{seconds:7.2f} s" for name, seconds in walk.told.seconds.items()]
        lines += [
            f"worst block {walk.watch.worst_ms:.0f} ms",
            *walk.watch.said(over_ms=TOLD_FROM_MS),
        ]
        sys.stdout.write("\n".join(("", *lines, "")))
