"""Checks with real widgets: results entered by the forms, told, withdrawn; the history beside."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from support.hypothesis_tabs import ShownTab
from support.investigations import FEEDER, FILTER, RANKED, TWIN, WEIGHED, walked
from support.on_site_scenes import ASSAY, looked_at, with_checks
from support.scenes import AUDITOR, a_scene

from investigator.desktop.requests import Do, Withdraw
from investigator.desktop.views.on_site_tab import ChecksTab
from investigator.desktop.views.ranking_history_tab import RankingHistoryTab
from investigator.domain.acts.checks import (
    HUMAN_ERROR_QUESTIONS,
    PHASE_ONE_POINTS,
    CheckResultEntered,
    HumanErrorExamined,
    LaboratoryPhaseOneStated,
    OwnCheckEntered,
)

DONE = "2025-10-09 10:53:20"


class OnSite(ShownTab[ChecksTab]):
    """The tab and its checks."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__(ChecksTab, qtbot)

    def go_to(self, check_id: str) -> None:
        assert self.tab.checks.choose(lambda row: row.known.check_id == check_id)


@pytest.fixture
def shown(qtbot: QtBot) -> OnSite:
    made = OnSite(qtbot)
    made.show(with_checks())
    return made


@pytest.mark.requirement("WIN-172")
class TestEntering:
    def test_a_failed_inspection(self, shown: OnSite) -> None:
        assert shown.why_not("on_site.check") == "Go to a check first."
        shown.go_to(WEIGHED.check_id)
        assert shown.inspected[-1].title == "Check weight"
        shown.click("on_site.check")
        shown.fill(outcome="failed", done=DONE)
        shown.send()
        assert isinstance(shown.last, Do)
        (act,) = shown.last.acts
        assert act == WEIGHED

    def test_a_value_with_the_uncertainty_of_its_check(self, shown: OnSite) -> None:
        shown.go_to(ASSAY.check_id)
        shown.click("on_site.check")
        scene = with_checks()
        assert scene.seen is not None
        assert scene.seen.evidence is not None
        drum = scene.seen.evidence.batch.containers[0].container_id
        shown.fill(value="104.5", place=drum, done=DONE)
        shown.send()
        (act,) = shown.last.acts
        assert isinstance(act, CheckResultEntered)
        assert (act.value, act.uncertainty, act.subject) == ("104.5", "0.5", drum)

    def test_a_time_that_is_none_is_said_beside_its_field(self, shown: OnSite) -> None:
        shown.go_to(WEIGHED.check_id)
        shown.click("on_site.check")
        shown.fill(outcome="failed", done="yesterday")
        shown.send()
        assert not shown.asked
        assert "is no time" in shown.sheet.form.error("done")

    def test_the_next_checks_lead_to_their_form(self, shown: OnSite) -> None:
        shown.view.tabs.setCurrentIndex(0)
        shown.view.fit.checks.opened.emit(shown.view.fit.checks.rows_model.rows[0])
        assert shown.sheet.isVisible()

    def test_why_not_is_said(self, shown: OnSite) -> None:
        shown.show(a_scene(walked(until=RANKED)))
        assert "knows no checks" in shown.why_not("on_site.check")
        shown.show(a_scene(walked(until=RANKED), person=AUDITOR))
        assert "auditor" in shown.why_not("on_site.own")


@pytest.mark.requirement("WIN-173")
class TestOfOnesOwn:
    def test_a_check_of_ones_own_on_the_cause_gone_to(self, shown: OnSite) -> None:
        shown.click("on_site.own")
        shown.fill(title="Filter", found="fines", bearing="confirms", done=DONE)
        shown.send()
        (act,) = shown.last.acts
        assert isinstance(act, OwnCheckEntered)
        assert act.causes == (FILTER,)

    def test_phase_one_on_the_cause_gone_to(self, shown: OnSite) -> None:
        shown.view.list.go_to(FEEDER)
        shown.show(with_checks())
        shown.click("on_site.phase_one")
        shown.fill(document="DOC-1", error_found="yes", **dict.fromkeys(PHASE_ONE_POINTS, "as is"))
        shown.send()
        (act,) = shown.last.acts
        assert isinstance(act, LaboratoryPhaseOneStated)
        assert (act.cause, act.error_found, act.document_id) == (FEEDER, True, "DOC-1")

    def test_the_seven_questions_must_all_be_answered(self, shown: OnSite) -> None:
        shown.click("on_site.human_error")
        names = list(HUMAN_ERROR_QUESTIONS)
        shown.fill(**dict.fromkeys(names[1:], "fit"))
        shown.send()
        assert not shown.asked
        shown.fill(procedure="in force")
        shown.send()
        (act,) = shown.last.acts
        assert isinstance(act, HumanErrorExamined)
        assert act.answers() == ("in force", *["fit"] * 6)


@pytest.mark.requirement("WIN-171")
def test_what_was_entered_is_told_and_withdrawn(shown: OnSite) -> None:
    shown.show(looked_at())
    assert len(shown.tab.entered.rows_model.rows) == 4
    assert shown.tab.entered.choose(lambda row: row.what == "Check weight: failed")
    told = shown.inspected[-1]
    assert dict(told.facts)["Says"] == f"confirms {FILTER}"
    told.actions[0].run()
    shown.fill(reason="wrong scale")
    shown.send()
    assert isinstance(shown.last, Withdraw)


@pytest.mark.requirement("WIN-174")
def test_the_history_is_a_table_and_each_ranking_is_told(shown: OnSite) -> None:
    shown.show(with_checks(), RankingHistoryTab.word)
    tab = next(t for t in shown.view.further if isinstance(t, RankingHistoryTab))
    assert [row.past.number for row in tab.table.rows_model.rows] == [2, 1]
    assert tab.table.choose(lambda row: row.past.number == 1)
    assert shown.inspected[-1].title == "Ranking 1"
    shown.show(a_scene(walked(until=TWIN)), RankingHistoryTab.word)


@pytest.mark.requirement("WIN-174")
def test_before_the_first_ranking_it_says_what_to_do(qtbot: QtBot) -> None:
    tab = RankingHistoryTab()
    qtbot.addWidget(tab)
    tab.show_scene(a_scene(walked(until=TWIN)), "")
    tab.show()
    words = {made.text() for made in tab.findChildren(QLabel) if made.isVisible()}
    assert "Nothing was ranked yet" in words
