"""Remedies as they are listed and told, without a window."""

from dataclasses import replace

import pytest
from support.investigations import FOLLOWED, RANKED, REMEDIED, Story, followed, walked
from support.remedy_scenes import a_remedy_result, remedied
from support.scenes import AUDITOR, a_scene, no_case

from investigator.desktop.frame.state import Mark, Place
from investigator.desktop.requests import Analyse, Analysis
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.frame import frame_state
from investigator.desktop.view_models.remedies import (
    NOTHING,
    about_remedy,
    choices,
    chosen_first,
    key_of,
    remedies,
    simulate,
)
from investigator.desktop.view_models.remedy_details import (
    before_and_after,
    forecast,
    rests_on,
    settings,
)
from investigator.domain.quantities import UNKNOWN
from investigator.domain.remedy import outcome_of

RESULT = a_remedy_result()
SORT = outcome_of(RESULT, "sort")


def told(key: str, scene: Scene | None = None) -> dict[str, str]:
    """Facts of a remedy as the inspector shows them."""
    scene = scene or remedied()
    shown = remedies(scene)
    row = key_of(shown.rows, key)
    assert row is not None
    about = about_remedy(scene, shown, row, go=lambda _: None, take=lambda _: None)
    assert about is not None
    return dict(about.facts)


def test_nothing_is_listed_before_a_simulation() -> None:
    assert remedies(no_case()) == NOTHING
    assert remedies(a_scene(walked(until=FOLLOWED))) == NOTHING
    assert chosen_first(NOTHING) == ""


@pytest.mark.requirement("WIN-163")
class TestOptions:
    def test_doing_nothing_comes_first_and_what_was_refused_last(self) -> None:
        rows = remedies(remedied()).rows
        assert [row.title for row in rows] == [
            "Do nothing",
            "Sort by weight",
            "Reject D2",
            "Divert a window",
            "Reprocess",
        ]
        assert rows[-1].acts == "Not simulated: The dossier does not register it."
        assert rows[-1].conforms == rows[-1].cost == rows[-1].registered == UNKNOWN

    def test_each_has_its_chance_with_standard_error_masses_cost_and_standing(self) -> None:
        sort = remedies(remedied()).rows[1]
        assert (sort.conforms, sort.kept, sort.removed) == ("97.0 ± 1.2", "30.0", "6.0")
        assert (sort.good_lost, sort.cost) == ("3.5", "4.2")
        assert (sort.meets, sort.tone, sort.registered) == ("yes", Tone.GOOD, "yes")
        assert sort.mark == "cheapest"

    def test_what_is_not_registered_is_told(self) -> None:
        scene = remedied()
        shown = remedies(scene)
        row = shown.rows[3]
        assert (row.registered, row.meets) == ("no", "no")
        about = about_remedy(scene, shown, row, go=lambda _: None, take=lambda _: None)
        assert about is not None
        assert "does not register" in about.findings[-1].text

    def test_on_what_each_acts_is_told(self) -> None:
        acts = [row.acts for row in remedies(remedied()).rows[:4]]
        assert acts[:2] == ["all containers as they are", "on the containers as filled"]
        assert acts[3].startswith("on the line while it runs, from ")

    def test_where_none_meets_what_is_asked_the_nearest_is_marked(self) -> None:
        rows = remedies(remedied(result=replace(RESULT, best=""))).rows
        assert rows[1].mark == "nearest"
        assert {row.mark for row in rows if row.key != "sort"} == {""}

    def test_beside_one_that_meets_what_is_asked_the_nearest_is_not_marked(self) -> None:
        rows = remedies(remedied(result=replace(RESULT, nearest="reject"))).rows
        assert {row.key: row.mark for row in rows if row.mark} == {"sort": "cheapest"}

    def test_the_verdict_and_the_first_choice_are_of_the_cheapest_that_meets_it(self) -> None:
        shown = remedies(remedied())
        assert "Sort by weight" in shown.verdict
        assert chosen_first(shown) == "sort"


@pytest.mark.requirement("WIN-162")
class TestSimulating:
    def test_it_is_asked_for_with_the_probability_that_is_chosen(self) -> None:
        asked: list[Analyse] = []
        command = simulate(a_scene(walked(until=FOLLOWED)), 990, asked.append, again=False)
        assert (command.id, command.why_not) == ("remedies.start", "")
        command.run()
        assert asked == [Analyse(Analysis.REMEDIES, 990)]

    def test_what_is_missing_or_forbidden_is_said(self) -> None:
        def why_not(scene: Scene) -> str:
            return simulate(scene, 950, print, again=False).why_not

        assert "no impact yet" in why_not(a_scene(walked(until=RANKED)))
        assert "not open to the role" in why_not(a_scene(walked(until=FOLLOWED), person=AUDITOR))
        running = frozenset({Analysis.REMEDIES.value})
        scene = replace(a_scene(walked(until=FOLLOWED)), running=running)
        assert "is running" in why_not(scene)
        marks = {step.place: step.mark for step in frame_state(scene).steps}
        assert marks[Place.DISPOSITION] is Mark.RUNNING

    def test_another_probability_that_was_asked_for_can_be_chosen_too(self) -> None:
        assert [words for _, words in choices(950)] == ["80 %", "90 %", "95 %", "99 %"]
        assert (975, "97.5 %") in choices(975)


@pytest.mark.requirement("WIN-166")
def test_remedies_whose_impact_changed_are_stale_and_still_shown() -> None:
    story = Story(walked(until=FOLLOWED))
    story.do(REMEDIED, followed(2, "D1"))
    shown = remedies(remedied(story.case))
    assert shown.stale
    assert shown.note.startswith("◐ stale: entry ")
    assert "simulate the remedies again" in shown.note
    assert len(shown.rows) == 5
    assert not remedies(remedied()).stale


@pytest.mark.requirement("WIN-168")
def test_a_remedy_is_told_with_all_that_it_comes_to_and_rests_on() -> None:
    facts = told("sort")
    assert facts["Conforms"] == "97.0 %, standard error 1.2 %"
    assert facts["Asked for"] == "95 %, judged on 200 draws"
    assert facts["Affected kept out"] == "50 %"
    assert facts["speed of the sorter"] == "600 1/min, was 500 (registered 300 to 900)"
    assert facts["Blind to"].startswith("Tablets of the right weight")
    assert told("refused/reprocess")["Refused"].endswith("The dossier does not register it.")
    assert "Conforms" not in told("refused/reprocess")
    scene = remedied()
    shown = remedies(scene)
    about = about_remedy(scene, shown, shown.rows[1], go=lambda _: None, take=lambda _: None)
    assert about is not None
    assert about.digest == REMEDIED.result
    assert [thing.title for thing in about.rests_on] == ["Impact"]
    assert [action.title for action in about.actions] == ["Withdraw the remedies…"]


@pytest.mark.requirement("WIN-164")
def test_every_container_is_told_before_and_after() -> None:
    rows = before_and_after(SORT)
    assert [row.changes for row in rows] == [False, True, False]
    assert rows[1].whole_kg == 12.0
    assert (rows[1].chance_before, rows[1].chance_after) == ("10 %", "55 %")
    assert "6.00 kg kept, 2.50 kg affected" in rows[1].tip
    gone = before_and_after(outcome_of(RESULT, "reject"))[1]
    assert gone.chance_after == UNKNOWN
    assert before_and_after(None) == ()


@pytest.mark.requirement("WIN-165")
class TestInFull:
    def test_settings_stand_in_their_registered_range(self) -> None:
        low, speed = settings(SORT)
        assert (low.value, low.usual, low.registered) == ("246", UNKNOWN, "240 to 250")
        assert (speed.value, speed.usual, speed.registered) == ("600", "500", "300 to 900")
        assert settings(None) == ()

    def test_the_forecast_stands_beside_doing_nothing(self) -> None:
        (assay,) = forecast(RESULT, SORT)
        assert assay.name == "Assay, % LC"
        assert assay.nothing.startswith("97.0")
        assert assay.with_it.startswith("98.0")
        assert forecast(None, None) == ()

    def test_what_must_be_confirmed_comes_before_what_was_assumed(self) -> None:
        said = rests_on(RESULT, SORT)
        assert said[0] == "To confirm: Assay of ten tablets of each sorted drum."
        assert said[1].startswith("Blind to: ")
        assert said[2:] == (
            "Assumed: The sorter errs by 0.3 mg.",
            "Assumed: Errors are shared by all containers.",
        )
        assert rests_on(None, None) == ()


@pytest.mark.requirement("WIN-167")
def test_a_result_that_was_stored_without_forecast_and_settings_is_shown() -> None:
    old = replace(RESULT.outcomes[0], quality={})
    result = replace(RESULT, outcomes=(old,), best="", nearest="", refused=(), assumptions=())
    shown = remedies(remedied(result=result))
    assert [row.title for row in shown.rows] == ["Do nothing"]
    assert forecast(result, old) == ()
    assert chosen_first(shown) == "nothing"
