"""The desk as the window uses it: each request is one act, and the scene after it says so."""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.desks import home_in, populated
from support.investigations import (
    CASE,
    CONTAINED,
    DRUMS,
    OPENED,
    decided,
)
from support.remedy_scenes import a_remedy_result
from support.scenario_scenes import a_what_if
from support.stored_cases import case_at
from support.trust import CHEAP, GIVEN, PASSWORD
from support.validated_twins import copied, used_here, validated

from investigator.casework.accounts import Role
from investigator.casework.audit import Query
from investigator.casework.intake import DocumentFacts
from investigator.casework.profiles import proposals
from investigator.casework.stored import encoded
from investigator.desktop import requests
from investigator.desktop.carrying_out import carried_out
from investigator.desktop.desk_side import DeskSide
from investigator.desktop.requests import Analysis, Request
from investigator.desktop.scene import Scene
from investigator.domain.acts.analysis import TwinUse
from investigator.domain.acts.closing import SignatureField
from investigator.domain.acts.evidence import DocumentKind
from investigator.domain.errors import AccessRefused, InvestigatorError, UnusableRequest
from investigator.domain.ranking import CauseCategory
from investigator.domain.scenario import Course, Scenario, ScenarioPart, TargetKind
from investigator.twin.digests import seal


class At:
    """A desk at which the case has come so far; before it was opened if `step` is empty."""

    def __init__(self, folder: Path, step: str) -> None:
        self.side = DeskSide(CHEAP)
        self.side.open(case_at(folder, step) if step else populated(folder))

    def sign_in(self, user_id: str) -> Scene:
        return self.side.sign_in(user_id, PASSWORD)

    def do(self, request: Request) -> Scene:
        return self.side.carry_out(request)

    def show(self, user_id: str = "ann") -> Scene:
        self.sign_in(user_id)
        return self.do(requests.ShowCase(CASE))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with home_in(tmp_path / "home"):
        yield tmp_path


@pytest.fixture
def at(folder: Path) -> Iterator[Any]:
    opened: list[At] = []

    def make(step: str = "") -> At:
        opened.append(At(folder, step))
        return opened[-1]

    yield make
    for each in opened:
        each.side.close()


@pytest.mark.requirement("WIN-021")
def test_every_request_but_the_long_ones_is_carried_out() -> None:
    every = {kind for kind in vars(requests).values() if _is_request(kind)}
    long = {
        requests.Analyse,
        requests.AskTargets,
        requests.AskTwin,
        requests.IssueReport,
        requests.ReadEvidence,
        requests.RunScenario,
        requests.StopAsking,
        requests.VerifyWorkspace,
    }
    assert every - long <= set(carried_out.registry)


@pytest.mark.requirement("WIN-179")
def test_a_scenario_is_stated_run_and_recorded(at: Any) -> None:
    desk = at("ranking")
    desk.show()
    damp = ScenarioPart(TargetKind.INPUT, "room.rh", Course.WHOLE_BATCH, 0, 1, 0.0, (10.0,))
    scenario = Scenario("S-9", "Damp", CauseCategory.ENVIRONMENT, (damp,))
    with pytest.raises(UnusableRequest, match="no scenario"):
        desk.side.begin_run(CASE, "S-9", fitted=False)
    scene = desk.do(requests.StateScenario(scenario))
    assert scene.case is not None
    assert scene.case.scenarios[-1].act.scenario() == scenario
    assert "room.rh" in {target.target for target in desk.side.targets(CASE)}
    begun = desk.side.begin_run(CASE, "S-9", fitted=True)
    assert desk.side.begin_what_if(CASE) == (begun.task, begun.asked.ranking)
    scene = desk.side.record_run(begun, encoded(a_what_if(scenario)))
    assert scene.seen is not None
    [outcome] = scene.seen.scenario_runs
    assert (outcome.recorded.act.fitted, outcome.result.scenario) == (True, scenario)


def _is_request(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Request) and kind is not Request


@pytest.mark.requirement("WIN-021")
def test_a_case_is_opened_shown_and_changed(at: Any) -> None:
    desk = at()
    assert desk.sign_in("ann").cases == ()
    scene = desk.do(requests.OpenCase(OPENED, "as found"))
    assert scene.case is not None
    assert scene.case.case_id == CASE
    scene = desk.do(requests.Do((CONTAINED,)))
    assert scene.case is not None
    assert scene.case.containment is not None
    sequence = scene.case.containment.sequence
    scene = desk.do(requests.Withdraw(sequence, "wrong drums"))
    assert scene.case is not None
    assert scene.case.containment is None
    assert desk.do(requests.ShowCase(None)).case is None
    assert [case.case_id for case in desk.do(requests.ShowCase(None)).cases] == [CASE]


@pytest.mark.requirement("WIN-022")
def test_a_refused_request_changes_neither_the_case_nor_what_is_seen(at: Any) -> None:
    desk = at("scope")
    before = desk.show()
    for refused in (
        requests.Do((decided(DRUMS[0]),)),
        requests.ShowCase("DEV-404"),
        requests.ShowDocument("DOC-404"),
        requests.SaveReport(Path("nowhere.pdf")),
        requests.Withdraw(10_000, "x"),
    ):
        with pytest.raises(InvestigatorError):
            desk.do(refused)
    after = desk.do(requests.SearchTrail(Query(), only_case=False))
    assert after.case == before.case
    assert after.log == before.log


@pytest.mark.requirement("WIN-022")
def test_without_a_case_an_act_says_what_to_do(at: Any) -> None:
    desk = at("scope")
    desk.sign_in("ann")
    with pytest.raises(UnusableRequest, match="open one first"):
        desk.do(requests.Do((CONTAINED,)))
    desk.side.close()
    with pytest.raises(UnusableRequest, match="No workspace is open"):
        desk.do(requests.ShowCase(None))
    desk.side.touch()


@pytest.mark.requirement("WIN-021")
def test_what_has_not_changed_is_not_read_again(at: Any) -> None:
    desk = at("approver")
    before = desk.show()
    assert before.seen is not None
    after = desk.do(requests.SearchTrail(Query(), only_case=False))
    assert after.seen is not None
    for name in ("evidence", "replay", "ranking", "impact"):
        assert getattr(after.seen, name) is getattr(before.seen, name) is not None
    assert after.pdf is before.pdf is not None
    assert after.related is before.related


@pytest.mark.requirement("WIN-029")
def test_an_administrator_is_shown_no_case(at: Any) -> None:
    desk = at("scope")
    scene = desk.sign_in("root")
    assert scene.cases == ()
    assert len(scene.accounts) == 7
    with pytest.raises(AccessRefused):
        desk.do(requests.ShowCase(CASE))
    found = desk.do(requests.SearchTrail(Query(act="case opened"), only_case=False)).trail
    assert [row.object for row in found] == [CASE]


@pytest.mark.requirement("WIN-042")
def test_accounts_are_kept(at: Any) -> None:
    desk = at()
    desk.sign_in("root")
    roles = frozenset({Role.AUDITOR})
    desk.do(requests.Enrol("joe", "New Person", roles, PASSWORD, "card seen"))
    desk.do(requests.SetRoles("joe", frozenset({Role.QA_APPROVER}), "moved"))
    desk.do(requests.ReplaceKey("joe", "an entirely new one", "lost"))
    desk.do(requests.Unlock("joe", "asked"))
    scene = desk.do(requests.Disable("ben", "left"))
    known = {account.user_id: account for account in scene.accounts}
    assert known["joe"].roles == (Role.QA_APPROVER,)
    assert known["ben"].disabled
    desk.side.sign_out()
    assert desk.side.sign_in("joe", "an entirely new one").person.user_id == "joe"
    desk.do(requests.ChangePassword("an entirely new one", "yet another one!"))
    with pytest.raises(AccessRefused):
        desk.side.sign_in("joe", "an entirely new one")


@pytest.mark.requirement("WIN-038")
def test_a_document_is_admitted_shown_and_saved(at: Any, folder: Path) -> None:
    desk = at("evidence")
    desk.show()
    file = folder / "page.txt"
    file.write_text("hopper tapped", encoding="utf-8")
    facts = DocumentFacts(DocumentKind.LOGBOOK, "Shift book", date(2026, 3, 4), "Shift lead")
    scene = desk.do(requests.AdmitDocument(file, facts))
    assert scene.case is not None
    made = scene.case.documents[-1].act
    shown = desk.do(requests.ShowDocument(made.document_id)).document
    assert shown is not None
    assert shown.text == "hopper tapped"
    copy = folder / "copy.txt"
    desk.do(requests.SaveDocument(made.document_id, copy))
    assert copy.read_bytes() == file.read_bytes()
    with pytest.raises(InvestigatorError, match="cannot be written"):
        desk.do(requests.SaveDocument(made.document_id, folder / "no" / "where.txt"))


@pytest.mark.requirement("WIN-156")
def test_a_table_is_written_whole_or_not_at_all(at: Any, folder: Path) -> None:
    desk = at("evidence")
    desk.show()
    file = folder / "drums.csv"
    for text in ("Drum,Mass [kg]\r\n", "Drum,≤ [kg]\r\n"):
        desk.do(requests.SaveTable(text, file))
        assert file.read_bytes().decode("utf-8") == text
    file.unlink()
    file.mkdir()
    before = sorted(folder.iterdir())
    with pytest.raises(InvestigatorError, match="cannot be written"):
        desk.do(requests.SaveTable("x", file))
    assert sorted(folder.iterdir()) == before


@pytest.mark.requirement("WIN-039")
def test_the_trail_is_searched_and_written_to_a_file(at: Any, folder: Path) -> None:
    desk = at("scope")
    desk.show()
    scene = desk.do(requests.SearchTrail(Query(words="related"), only_case=True))
    assert [row.act for row in scene.trail] == ["related batch decided"]
    assert desk.do(requests.Do((CONTAINED,))).trail == scene.trail
    file = folder / "trail.csv"
    desk.do(requests.ExportTrail(file))
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert [row["act"] for row in rows] == ["related batch decided"]
    assert rows[0]["hash"] == scene.trail[0].hash


@pytest.mark.requirement("WIN-041")
def test_a_draft_twin_is_chosen_with_a_reason_only_and_not_approved(
    at: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used_here(monkeypatch, folder / "models")
    copied(folder / "models", version="0.2.0")
    desk = at("evidence")
    desk.show()
    scene = desk.side.with_twins()
    assert [twin.twin_id for twin in scene.twins] == ["cdc_line_3"]
    with pytest.raises(InvestigatorError, match="needs a reason"):
        desk.do(requests.ChooseTwin("cdc_line_3"))
    scene = desk.do(requests.ChooseTwin("cdc_line_3", "to direct the search"))
    assert scene.case is not None
    assert scene.case.twin is not None
    with pytest.raises(InvestigatorError, match="All failure modes"):
        for _ in range(2):
            scene = desk.do(requests.RaiseFailureModes())
    assert scene.case.hypotheses
    desk.sign_in("tom")
    with pytest.raises(UnusableRequest, match="only a validated twin"):
        desk.do(requests.ApproveTwin("cdc_line_3", "tom", PASSWORD))


@pytest.mark.requirement("WIN-127")
def test_the_content_of_a_twin_is_read_once_and_again_when_its_package_changed(
    at: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used_here(monkeypatch, folder / "models")
    validated(folder / "models")
    desk = at("evidence")
    desk.show()
    first = desk.side.with_twins()
    scene = desk.do(requests.ShowTwin("cdc_line_3"))
    assert [each.digest for each in scene.twin_details] == [first.twins[0].digest]
    kept = desk.do(requests.ShowCase(None)).twin_details
    assert kept[0] is scene.twin_details[0]
    validated(folder / "models", version="9.0.0")
    scene = desk.do(requests.ShowTwin("cdc_line_3"))
    (content,) = scene.twin_details
    assert content.manifest.version == scene.twins[0].version == "9.0.0"
    assert content.digest == scene.twins[0].digest


@pytest.mark.requirement("WIN-129")
def test_the_report_of_a_validation_is_saved_as_it_was_shown(
    at: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used_here(monkeypatch, folder / "models")
    package = validated(folder / "models")
    (package / "validation" / "report.pdf").write_bytes(b"%PDF-1.7 pages")
    digest = seal(package)
    desk, file = at("evidence"), folder / "saved.pdf"
    desk.show()
    with pytest.raises(UnusableRequest, match="is not shown"):
        desk.do(requests.SaveTwinReport(digest, file))
    desk.do(requests.ShowTwin("cdc_line_3"))
    desk.do(requests.SaveTwinReport(digest, file))
    assert file.read_bytes() == b"%PDF-1.7 pages"
    with pytest.raises(InvestigatorError, match="cannot be written"):
        desk.do(requests.SaveTwinReport(digest, folder / "nowhere" / "saved.pdf"))


@pytest.mark.requirement("WIN-128")
def test_a_twin_is_superseded_and_retired_with_a_reason(
    at: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used_here(monkeypatch, folder / "models")
    for twin_id in ("cdc_line_3", "cdc_line_4"):
        validated(folder / "models", twin_id=twin_id, version="1.1")
    desk = at("evidence")
    desk.sign_in("tom")
    for twin_id in ("cdc_line_3", "cdc_line_4"):
        desk.do(requests.ApproveTwin(twin_id, "tom", PASSWORD))
    with pytest.raises(UnusableRequest, match="reason"):
        desk.do(requests.SupersedeTwin("cdc_line_3", "cdc_line_4", ""))
    desk.do(requests.SupersedeTwin("cdc_line_3", "cdc_line_4", "rebuilt line"))
    scene = desk.do(requests.RetireTwin("cdc_line_4", "1.1", "line taken down"))
    assert [twin.status for twin in scene.twins] == ["superseded", "retired"]
    assert [step.status for step in scene.twins[0].history][-1] == "superseded"


@pytest.mark.requirement("WIN-041")
def test_a_validated_twin_is_approved_and_then_chosen_for_decisions(
    at: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    validated(folder / "models", version="1.1")
    used_here(monkeypatch, folder / "models")
    desk = at("evidence")
    desk.sign_in("tom")
    with pytest.raises(AccessRefused, match="password"):
        desk.do(requests.ApproveTwin("cdc_line_3", "tom", "not the password"))
    scene = desk.do(requests.ApproveTwin("cdc_line_3", "tom", PASSWORD))
    assert scene.twins[0].approval is not None
    desk.show()
    scene = desk.do(requests.ChooseTwin("cdc_line_3"))
    assert scene.case is not None
    assert scene.case.twin is not None
    assert scene.case.twin.act.use is TwinUse.GXP


@pytest.mark.requirement("WIN-021")
def test_a_report_is_signed_and_saved_as_it_is(at: Any, folder: Path) -> None:
    desk = at("reviewer")
    shown = desk.show("eva")
    assert shown.case is not None
    assert shown.case.report is not None
    before, seen = shown.pdf, shown.case.report.act.pdf
    with pytest.raises(UnusableRequest, match="in force is another one than was shown"):
        desk.do(requests.SignReport(SignatureField.APPROVER, "0" * 64, "eva", PASSWORD))
    scene = desk.do(requests.SignReport(SignatureField.APPROVER, seen, "eva", PASSWORD))
    assert scene.case is not None
    assert len(scene.case.signatures) == 3
    assert scene.pdf is not None
    assert scene.pdf != before
    file = folder / "report.pdf"
    after = desk.do(requests.SaveReport(file))
    assert file.read_bytes() == scene.pdf
    assert after.pdf is scene.pdf


@pytest.mark.requirement("WIN-027")
def test_a_locked_desk_is_opened_by_the_same_person_and_shows_the_same(at: Any) -> None:
    desk = at("scope")
    desk.show()
    desk.side.lock()
    with pytest.raises(AccessRefused, match="is locked"):
        desk.do(requests.Do((CONTAINED,)))
    with pytest.raises(AccessRefused):
        desk.side.unlock("not the password")
    scene = desk.side.unlock(PASSWORD)
    assert scene.case is not None
    assert scene.case.case_id == CASE
    desk.side.sign_out()
    with pytest.raises(UnusableRequest, match="Nobody is signed in"):
        desk.side.unlock(PASSWORD)


@pytest.mark.requirement("WIN-044", "WIN-045")
def test_own_password_and_confirmed_key_come_before_anything_else(at: Any) -> None:
    desk = at("scope")
    desk.sign_in("root")
    desk.do(requests.ReplaceKey("ann", GIVEN, "password lost"))
    with pytest.raises(UnusableRequest, match="chooses an own password first"):
        desk.do(requests.ConfirmKey("ann", "as I say"))
    scene = desk.side.sign_in("ann", GIVEN)
    assert scene.person.given
    assert (scene.case, scene.cases) == (None, ())
    for refused in (requests.ShowCase(CASE), requests.OpenCase(OPENED, "as found")):
        with pytest.raises(AccessRefused, match="choose an own one first"):
            desk.do(refused)
    with pytest.raises(UnusableRequest, match="15 to 128 characters"):
        desk.side.choose_own(GIVEN, "short")
    desk.side.choose_own(GIVEN, PASSWORD)
    for come in (desk.side.come_in, lambda: desk.sign_in("ann")):
        with pytest.raises(AccessRefused, match="waits for a second person"):
            come()
        with pytest.raises(AccessRefused, match="Nobody is signed in"):
            desk.do(requests.ShowCase(None))
    desk.sign_in("root")
    with pytest.raises(AccessRefused, match="neither ann nor root"):
        desk.do(requests.ConfirmKey("ann", "as I say"))
    desk.sign_in("eva")
    with pytest.raises(UnusableRequest, match="needs a reason"):
        desk.do(requests.ConfirmKey("ann", " "))
    scene = desk.do(requests.ConfirmKey("ann", "she told me in person"))
    assert {row.standing for row in scene.accounts} == {"in use"}
    assert not desk.sign_in("ann").person.given
    assert desk.show().case is not None


@pytest.mark.requirement("WIN-023")
def test_an_analysis_out_of_order_is_not_begun(at: Any) -> None:
    desk = at("evidence")
    desk.show()
    with pytest.raises(UnusableRequest, match="choose one first"):
        desk.side.begin(CASE, Analysis.REPLAY)
    with pytest.raises(UnusableRequest, match="no ranking yet"):
        desk.side.begin(CASE, Analysis.IMPACT)
    with pytest.raises(UnusableRequest, match="no impact yet"):
        desk.side.begin(CASE, Analysis.REMEDIES)


@pytest.mark.requirement("WIN-023")
def test_an_outcome_that_was_overtaken_is_not_recorded(at: Any) -> None:
    desk = at("evidence")
    desk.show()
    scene = desk.do(requests.ChooseTwin("cdc_line_3", "to direct the search"))
    begun = desk.side.begin(CASE, Analysis.REPLAY)
    other = replace(begun.task, reading="00" * 32)
    with pytest.raises(UnusableRequest, match="was changed while it ran"):
        desk.side.record(replace(begun, task=other), b"{}")
    assert scene.case is not None
    assert scene.case.replay is None
    after = desk.do(requests.ShowCase(CASE))
    assert after.case == scene.case


@pytest.mark.requirement("WIN-162")
def test_remedies_are_recorded_for_the_probability_that_was_asked_for(at: Any) -> None:
    desk = at("impact")
    desk.show()
    begun = desk.side.begin(CASE, Analysis.REMEDIES, asked_per_mille=990)
    assert begun.args[-1] == 990
    scene = desk.side.record(begun, encoded(a_remedy_result()))
    assert scene.case is not None
    assert scene.case.remedies is not None
    assert scene.case.remedies.act.asked_per_mille == 990


@pytest.mark.requirement("WIN-108", "WIN-110")
def test_a_profile_is_tried_saved_and_loaded_and_nothing_of_it_recorded(
    at: Any, example: Path, tmp_path: Path
) -> None:
    desk = at("reviewer")
    before = desk.show()
    part = tmp_path / "part"
    part.mkdir()
    shutil.copy(example / "alarms.csv", part)
    (one,) = proposals(part, zone="Europe/Berlin")
    assert one.profile is not None

    scene = desk.do(requests.TryProfile(part, "alarms.csv", replace(one.profile, zone="UTC")))
    assert scene.tried is not None
    assert scene.tried.first is not None
    assert scene.tried.first.rows[0][0].endswith("+00:00")

    scene = desk.do(requests.TryProfile(part, "alarms.csv", replace(one.profile, zone="Mars/N")))
    assert scene.tried is not None
    assert scene.tried.first is None
    assert "Mars/N" in scene.tried.refused

    saved = tmp_path / "kept.json"
    desk.do(requests.SaveProfile(one.profile, saved))
    scene = desk.do(requests.LoadProfile(part, "alarms.csv", saved))
    assert scene.tried is not None
    assert (scene.tried.profile, scene.tried.loaded) == (one.profile, True)
    with pytest.raises(InvestigatorError, match="damaged at line 1"):
        desk.do(requests.LoadProfile(part, "alarms.csv", part / "alarms.csv"))

    scene = desk.do(requests.DiscardReading())
    assert scene.tried is None
    assert scene.log is not None
    assert before.log is not None
    assert scene.log.size == before.log.size
