"""The workbench with the real window, desk and jobs: who is in, what is asked, what is shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from support import background as work
from support.desks import home_in, populated
from support.investigations import CASE, CONTAINED, decided
from support.stored_cases import case_at
from support.trust import PASSWORD
from support.validated_twins import used_here, validated
from support.viewing import fill, sheet_over
from support.windows import Program

from investigator.casework.installation import remember_latest
from investigator.desktop.access.pages import ChoosePage, LockPage, SetUpPage, SignInPage
from investigator.desktop.commands import Thing
from investigator.desktop.desk_side import Begun
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.frame.state import Place
from investigator.desktop.jobs import JobState
from investigator.desktop.requests import Analyse, Analysis, Do, ShowCase, VerifyWorkspace
from investigator.desktop.tone import Tone
from investigator.desktop.views.twin import TwinView
from investigator.domain.acts.case import ContainmentRecorded
from investigator.domain.validation import Outcome


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with home_in(tmp_path / "home"):
        made = Program(qtbot)
        yield made
        made.window.close()


def entered(program: Program, folder: Path, step: str = "scope", user_id: str = "ann") -> None:
    program.start(case_at(folder, step), CASE)
    program.sign_in(user_id)


@pytest.mark.requirement("WIN-025")
def test_the_first_start_sets_up_a_workspace(program: Program, tmp_path: Path) -> None:
    program.start(None)
    assert isinstance(program.page, SetUpPage)
    fill(
        program.bot,
        program.page,
        folder=str(tmp_path / "w"),
        site="Northfield",
        zone="Europe/Zurich",
        user_id="root",
        full_name="Root Admin",
        password=PASSWORD,
        again="another password",
    )
    program.send_page()
    assert program.page.form.error("again").startswith("The two passwords differ")
    fill(program.bot, program.page, again="short")
    fill(program.bot, program.page, password="short")
    program.send_page()
    assert "at least" in program.page.refusal or "15 to 128" in program.page.refusal
    fill(program.bot, program.page, password=PASSWORD, again=PASSWORD)
    program.send_page()
    assert not program.covered
    assert program.window.place is Place.PEOPLE
    assert program.bench.scene is not None
    assert program.bench.scene.person.user_id == "root"


@pytest.mark.requirement("WIN-025")
def test_a_later_start_opens_the_workspace_of_last_time(program: Program, tmp_path: Path) -> None:
    workspace = populated(tmp_path)
    remember_latest(workspace)
    program.start(None)
    assert isinstance(program.page, SignInPage)
    assert program.bench.reception.folder == workspace
    program.sign_in("ann")
    assert program.window.place is Place.CASE


@pytest.mark.requirement("WIN-025")
def test_a_workspace_that_cannot_be_opened_says_why(program: Program, tmp_path: Path) -> None:
    program.start(tmp_path / "nowhere")
    assert isinstance(program.page, ChoosePage)
    assert "is not a workspace" in program.page.refusal
    fill(program.bot, program.page, folder=str(populated(tmp_path)))
    program.send_page()
    assert isinstance(program.page, SignInPage)


@pytest.mark.requirement("WIN-025")
def test_a_workspace_in_use_elsewhere_says_so(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    workspace = populated(tmp_path)
    program.start(workspace)
    other = Program(qtbot)
    other.start(workspace)
    assert isinstance(other.page, ChoosePage)
    assert "is in use by another program" in other.page.refusal
    other.window.close()


@pytest.mark.requirement("WIN-026")
def test_a_wrong_password_is_refused_and_asked_for_anew(program: Program, tmp_path: Path) -> None:
    program.start(populated(tmp_path))
    program.sign_in("ann", "not the password")
    assert program.page.refusal.startswith("✗ ")
    assert program.page.form.value("password") == ""
    assert program.page.form.value("user_id") == "ann"
    for _ in range(4):
        fill(program.bot, program.page, password="not the password")
        program.send_page()
    fill(program.bot, program.page, password=PASSWORD)
    program.send_page()
    assert "is locked" in program.page.refusal
    assert program.bench.scene is None


@pytest.mark.requirement("WIN-021")
def test_a_case_named_at_the_start_is_shown(program: Program, tmp_path: Path) -> None:
    entered(program, tmp_path)
    assert program.case.case_id == CASE
    assert program.window.place is Place.CASE
    assert program.bench.scene is not None
    assert [twin.twin_id for twin in program.bench.scene.twins] == ["cdc_line_3"]


def test_a_case_that_does_not_exist_is_said_and_the_list_shown(
    program: Program, tmp_path: Path
) -> None:
    program.start(case_at(tmp_path, "scope"), "DEV-404")
    program.sign_in("ann")
    assert program.case is None
    assert "There is no case DEV-404" in program.window.notice.text


@pytest.mark.requirement("WIN-021")
def test_what_is_asked_twice_is_done_once(program: Program, tmp_path: Path) -> None:
    entered(program, tmp_path)
    size = program.bench.scene.log.size if program.bench.scene and program.bench.scene.log else 0
    for _ in range(3):
        program.bench.carry_out(Do((ContainmentRecorded("Line cleaned."),)))
    program.settle()
    assert program.bench.scene is not None
    assert program.bench.scene.log is not None
    assert program.bench.scene.log.size == size + 1
    program.ask(Do((ContainmentRecorded("Line cleaned."),)))
    assert program.bench.scene.log.size == size + 2


@pytest.mark.requirement("WIN-022")
def test_a_refusal_is_said_where_it_was_asked_or_above_the_view(
    program: Program, tmp_path: Path
) -> None:
    entered(program, tmp_path)
    program.ask(Do((decided("D1"),)))
    assert "no impact yet" in program.window.notice.text
    heard: list[str] = []
    program.window.notice.dismiss()
    program.ask(Do((decided("D1"),), refused=heard.append))
    assert "no impact yet" in heard[0]
    assert program.window.notice.text == ""


@pytest.mark.requirement("WIN-028")
def test_who_signs_out_leaves_nothing_and_the_next_one_sees_the_case(
    program: Program, tmp_path: Path
) -> None:
    entered(program, tmp_path)
    view = program.window.view(Place.CASE)
    next(c for c in view.commands() if c.id == "case.contain").run()
    fill(program.bot, sheet_over(view), measures="a draft of Ann's")
    program.window.sign_out_requested.emit()
    program.settle()
    assert isinstance(program.page, SignInPage)
    assert program.bench.scene is None
    program.sign_in("ben")
    assert program.case.case_id == CASE
    assert program.window.view(Place.CASE) is not view
    assert program.bench.scene is not None
    assert program.bench.scene.person.user_id == "ben"


@pytest.mark.requirement("WIN-028")
def test_an_answer_for_who_has_left_reaches_nobody(program: Program, tmp_path: Path) -> None:
    entered(program, tmp_path)
    heard: list[str] = []
    program.bench.carry_out(Do((decided("D1"),), refused=heard.append))
    program.window.sign_out_requested.emit()
    program.settle()
    assert heard == []
    assert program.window.notice.text == ""


@pytest.mark.requirement("WIN-029")
def test_an_administrator_sees_people_and_audit_trail_only(
    program: Program, tmp_path: Path
) -> None:
    entered(program, tmp_path, user_id="root")
    assert program.window.place is Place.PEOPLE
    program.window.go(Place.CASE)
    assert program.window.place is Place.PEOPLE
    assert "holds no right" in program.window.notice.text
    program.window.go(Place.AUDIT)
    program.bot.waitUntil(lambda: bool(program.bench.scene and program.bench.scene.trail))
    program.ask(ShowCase(CASE))
    assert program.case is None


@pytest.mark.requirement("WIN-027")
def test_the_lock_keeps_what_was_begun_for_the_same_person(
    program: Program, tmp_path: Path
) -> None:
    entered(program, tmp_path)
    view = program.window.view(Place.CASE)
    next(c for c in view.commands() if c.id == "case.contain").run()
    fill(program.bot, sheet_over(view), measures="begun before lunch")
    program.bench.reception.idle_watch.idle.emit()
    program.settle()
    assert isinstance(program.page, LockPage)
    fill(program.bot, program.page, password="not the password")
    program.send_page()
    assert isinstance(program.page, LockPage)
    assert program.page.refusal
    fill(program.bot, program.page, password=PASSWORD)
    program.send_page()
    assert not program.covered
    assert sheet_over(view).form.value("measures") == "begun before lunch"
    sheet_over(view).try_to_send()
    program.settle()
    assert program.case.containment.act.measures == "begun before lunch"


@pytest.mark.requirement("WIN-027")
def test_from_the_lock_one_can_sign_out(program: Program, tmp_path: Path) -> None:
    entered(program, tmp_path)
    program.bench.reception.lock()
    program.settle()
    leave = next(b for b in program.page.findChildren(QPushButton) if b.text() == "Sign out…")
    program.bot.mouseClick(leave, Qt.MouseButton.LeftButton)
    program.settle()
    assert isinstance(program.page, SignInPage)
    assert not program.bench.reception.is_locked


@pytest.mark.requirement("WIN-030")
def test_the_palette_does_what_can_be_done_from_everywhere(
    program: Program, tmp_path: Path
) -> None:
    entered(program, tmp_path)
    with program.bot.waitActive(program.window):
        program.window.activateWindow()
    for words, place in (("next step", Place.EVIDENCE), ("list of cases", Place.CASE)):
        program.bot.keyClick(program.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        assert program.window.palette_overlay.isVisible()
        program.bot.keyClicks(program.window.palette_overlay.field, words)
        program.bot.keyClick(program.window.palette_overlay.field, Qt.Key.Key_Return)
        program.settle()
        assert program.window.place is place
    assert program.case is None
    program.bot.keyClick(program.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    program.bot.keyClicks(program.window.palette_overlay.field, "light or dark")
    program.bot.keyClick(program.window.palette_overlay.field, Qt.Key.Key_Return)
    assert program.toggled == 1


@pytest.mark.requirement("WIN-030")
def test_a_thing_elsewhere_is_gone_to(program: Program, tmp_path: Path) -> None:
    entered(program, tmp_path, "impact")
    offered = {t.title: t for t in program.window.palette_overlay._entries if isinstance(t, Thing)}
    for title, place, shown in (
        ("D2", Place.IMPACT, "D2"),
        ("FIC-101.PV course of FIC-101.PV", Place.TIMELINE, "FIC-101"),
    ):
        program.window.perform(offered[title])
        program.settle()
        assert program.window.place is place
        assert program.window.inspector.shown is not None
        assert shown in program.window.inspector.shown.title


@pytest.mark.requirement("WIN-127")
@pytest.mark.requirement("WIN-128")
def test_the_content_of_a_twin_is_read_behind_the_window_and_kept_through_its_life(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used_here(monkeypatch, tmp_path / "models")
    validated(tmp_path / "models", version="1.1")
    entered(program, tmp_path, "evidence", "tom")
    view = program.go(Place.TWIN)
    assert isinstance(view, TwinView)
    assert view.content.tabs.isVisible()
    program.click("twin.approve")
    program.send(user_id="tom", password=PASSWORD)
    steps = {(step.version, step.status) for step in view.content.use.steps.rows_model.rows}
    assert {("1.1", "approved"), ("1.1", "validated"), ("1.0", "superseded")} <= steps
    program.command("twin.show.validation")
    part = view.content.validation
    assert part.tabs.isVisible()
    assert {r.outcome for r in part.criteria.rows_model.rows} == {Outcome.PASSED}
    program.click("twin.retire")
    program.send(why="line taken down")
    assert program.bench.scene is not None
    assert program.bench.scene.twins[0].status == "retired"
    assert len(program.bench.scene.twin_details) == 1


@pytest.mark.requirement("WIN-006")
def test_every_place_is_shown_in_the_one_window(program: Program, tmp_path: Path) -> None:
    entered(program, tmp_path, "approver")
    with program.bot.waitActive(program.window):
        program.window.activateWindow()
    for place in Place:
        program.window.go(place)
        program.settle()
        assert program.window.place is place
        assert program.window.isActiveWindow(), f"{place} opened a window of its own"


@pytest.mark.requirement("WIN-030")
def test_with_another_case_nothing_of_the_one_before_is_inspected(
    program: Program, tmp_path: Path
) -> None:
    entered(program, tmp_path, "impact")
    program.window.go(Place.CASE)
    program.window.inspect(Inspected("D2", "container"))
    program.ask(ShowCase(CASE))
    assert program.window.inspector.shown is not None
    program.ask(ShowCase(None))
    assert program.window.inspector.shown is None


@pytest.mark.requirement("WIN-030")
def test_leaving_the_case_leads_back_to_the_list(program: Program, tmp_path: Path) -> None:
    entered(program, tmp_path, "evidence")
    program.window.go(Place.EVIDENCE)
    program.ask(ShowCase(None))
    assert program.window.place is Place.CASE


@pytest.mark.requirement("WIN-040")
def test_the_workspace_is_verified_in_the_background(program: Program, tmp_path: Path) -> None:
    entered(program, tmp_path)
    program.bench.carry_out(VerifyWorkspace())
    assert program.bench.scene is not None
    assert "verification" in program.bench.scene.running
    program.settle()
    assert program.bench.scene.verified is not None
    sound, sentences = program.bench.scene.verified
    assert sound, sentences
    assert any(sentence.startswith("Proven: ") for sentence in sentences)


@pytest.mark.requirement("WIN-023")
def test_what_the_person_cancelled_is_told_as_no_error(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered(program, tmp_path)
    heard: list[str] = []
    monkeypatch.setattr(
        program.bench._side,
        "begin",
        lambda case_id, analysis, **_asked: Begun(case_id, analysis, None, work.sleeps, (60.0,)),  # type: ignore[arg-type]
    )
    program.bench.carry_out(
        Analyse(
            Analysis.REPLAY,
            refused=lambda _sentence: heard.append("refused"),
            cancelled=lambda: heard.append("cancelled"),
        )
    )
    with program.bot.waitSignal(program.jobs.job_changed, check_params_cb=_is_under_way):
        pass
    program.jobs.cancel()
    program.settle()
    assert heard == ["cancelled"]
    assert program.window.notice.text == "The replay was cancelled; nothing of it was recorded."
    assert program.window.notice.property("tone") == Tone.PLAIN.value


def _is_under_way(state: JobState | None) -> bool:
    return state is not None and state.share is not None


def test_nothing_is_carried_out_while_nobody_is_in(program: Program, tmp_path: Path) -> None:
    program.start(case_at(tmp_path, "scope"), CASE)
    program.ask(Do((CONTAINED,)))
    assert program.bench.scene is None


def test_another_workspace_is_chosen_by_leaving_this_one(program: Program, tmp_path: Path) -> None:
    entered(program, tmp_path)
    program.bench.reception.choose()
    program.settle()
    assert isinstance(program.page, ChoosePage)
    assert program.bench.scene is None
    program.send_page()
    assert isinstance(program.page, SignInPage)
