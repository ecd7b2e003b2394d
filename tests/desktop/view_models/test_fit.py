"""A hypothesis over the data: loudest channels first, against worst first, what is told of it."""

from dataclasses import replace

import numpy as np
import pytest
from domain.test_elimination import LEFT
from support import dossiers
from support.estimated import an_estimated
from support.investigations import FEEDER, FILTER, JUDGED, RAISED, RANKED, Story, ranked, walked
from support.scenes import a_ranking_result, a_replay, a_scene

from investigator.desktop.frame.state import Place
from investigator.desktop.view_models.fit import (
    Fit,
    about_contradiction,
    about_hypothesis,
    fit_of,
)
from investigator.desktop.view_models.hypotheses import HypothesisRow, hypotheses
from investigator.domain.panel import Panel
from investigator.domain.ranking import NO_CAUSE, NONE_OF_THESE, Contradiction
from investigator.domain.results import HypothesisFit, RankingResult, ReplayResult

ZONE = "Europe/Berlin"


def row(key: str) -> HypothesisRow:
    found = hypotheses(a_scene(walked(until=RANKED))).row(key)
    assert found is not None
    return found


def fit(key: str, replay: ReplayResult | None = None, ranking: RankingResult | None = None) -> Fit:
    return fit_of(row(key), replay or a_replay(), ranking or a_ranking_result(), ZONE)


def panel(title: str, measured: float) -> Panel:
    whole = a_replay().panels[0]
    return replace(whole, title=title, measured=dossiers.a_curve("measured", measured))


@pytest.mark.requirement("WIN-063")
class TestPlots:
    def test_the_channels_that_the_cause_changes_most_come_first(self) -> None:
        replay = replace(a_replay(), panels=(panel("quiet", 20.0), panel("loud", 19.0)))
        curves = (dossiers.a_curve("quiet", 19.95), dossiers.a_curve("loud", 19.0))
        ranking = replace(a_ranking_result(), fits=(HypothesisFit(FILTER, curves),))
        plots = fit(FILTER, replay, ranking).plots
        assert [plot.title for plot in plots] == ["loud", "quiet"]
        fitted = plots[0].curves[-1]
        assert (fitted.name, fitted.colour) == ("this cause", 1)
        np.testing.assert_array_equal(fitted.value, 19.0)

    def test_no_cause_shows_what_left_the_band(self) -> None:
        assert "No signal left" in fit(NO_CAUSE).without

    @pytest.mark.parametrize(
        ("key", "words"),
        [
            (NONE_OF_THESE, "the twin knows no cause that does this"),
            (FEEDER, "There is no fit. The blend carried"),
        ],
    )
    def test_where_there_is_no_fit_it_says_why(self, key: str, words: str) -> None:
        made = fit(key)
        assert made.plots == ()
        assert words in made.without

    def test_before_replay_and_ranking_it_says_what_to_do(self) -> None:
        assert "Replay the batch" in fit_of(row(FILTER), None, None, ZONE).without
        assert "Rank the hypotheses" in fit_of(row(FILTER), a_replay(), None, ZONE).without

    def test_an_own_hypothesis_has_no_fit(self) -> None:
        own = replace(row(FILTER), key="own-1", assessed=None)
        assert "no failure mode" in fit_of(own, a_replay(), a_ranking_result(), ZONE).without


@pytest.mark.requirement("DIA-047")
class TestRejected:
    """A hypothesis that two signals speak against."""

    def rejected(self) -> HypothesisRow:
        whole = row(FILTER)
        assert whole.assessed is not None
        told = replace(
            whole.assessed,
            probability=0.001,
            elimination=replace(LEFT, channel="quiet"),
            strength="strong evidence for Drift over this cause (2 ln B = 7.2)",
        )
        return replace(whole, assessed=told)

    def test_the_signal_that_rejects_it_is_drawn_first(self) -> None:
        replay = replace(a_replay(), panels=(panel("loud", 19.0), panel("quiet", 20.0)))
        curves = (dossiers.a_curve("quiet", 19.95), dossiers.a_curve("loud", 19.0))
        ranking = replace(a_ranking_result(), fits=(HypothesisFit(FILTER, curves),))
        plots = fit_of(self.rejected(), replay, ranking, ZONE).plots
        assert [plot.title for plot in plots] == ["quiet", "loud"]

    def test_what_rejects_it_can_be_gone_to(self) -> None:
        (line,) = fit_of(self.rejected(), a_replay(), a_ranking_result(), ZONE).against
        assert line.channel == "quiet"
        assert line.words == "10:13–10:31: predicted 20.0 % w/w, measured 18.1 % w/w"
        assert line.contradiction.span == LEFT.span

    def test_the_inspector_says_how_it_stands(self) -> None:
        told = about_hypothesis(
            a_scene(walked(until=RANKED)), self.rejected(), go=lambda _: None, take=lambda *_: None
        )
        facts = dict(told.facts)
        assert facts["Leading one"].startswith("strong evidence for Drift")
        assert facts["Stands"].startswith("Rejected: quiet was 18.1 % w/w")

    @pytest.mark.requirement("WIN-205")
    def test_the_inspector_says_how_long_and_how_large_it_was(self) -> None:
        shown = replace(row(FILTER), assessed=an_estimated(FILTER))
        told = about_hypothesis(
            a_scene(walked(until=RANKED)), shown, go=lambda _: None, take=lambda *_: None
        )
        facts = dict(told.facts)
        assert facts["Size, 95 %"].startswith("over-feed ")
        assert facts["Size 2, 95 %"].startswith("lag 7.0 (")
        assert "10:28:00+01:00 to 10:34:00+01:00" in facts["End, 95 %"]
        assert facts["Duration, 95 %"] == "18.0 (15.7 to 22.2) min"

    @pytest.mark.requirement("DIA-054")
    def test_the_inspector_says_how_alarms_change_its_prior(self) -> None:
        whole = row(FILTER)
        assert whole.assessed is not None
        shown = replace(whole, assessed=replace(whole.assessed, told_gain=-0.8))
        told = about_hypothesis(
            a_scene(walked(until=RANKED)), shown, go=lambda _: None, take=lambda *_: None
        )
        assert dict(told.facts)["Prior"].startswith("Alarms and operators lower its prior")

    @pytest.mark.requirement("WIN-204")
    def test_the_inspector_says_in_which_time_shape_it_was_fitted(self) -> None:
        whole = row(FILTER)
        assert whole.assessed is not None
        scene = a_scene(walked(until=RANKED))
        for shape, time_s, said in (
            ("step", 0.0, "step"),
            ("ramp", 900.0, "ramp, time constant 900 s"),
            ("periodic", 600.0, "periodic, period 600 s"),
        ):
            fitted = replace(whole.assessed, time_shape=shape, time_constant_s=time_s)
            shown = replace(whole, assessed=fitted)
            told = about_hypothesis(scene, shown, go=lambda _: None, take=lambda *_: None)
            assert dict(told.facts)["Time shape"] == said

    @pytest.mark.requirement("CAS-196")
    def test_the_inspector_says_that_it_lies_in_the_laboratory(self) -> None:
        story = Story(walked(until=RANKED))
        own = replace(RAISED[0], laboratory=True)
        for lies, act in ((None, RAISED[0]), ("in the work of the laboratory", own)):
            story.do(act)
            shown = hypotheses(scene := a_scene(story.case)).row(FILTER)
            assert shown is not None
            told = about_hypothesis(scene, shown, go=lambda _: None, take=lambda *_: None)
            assert dict(told.facts).get("Lies") == lies

    def test_without_a_contradiction_it_is_less_probable(self) -> None:
        whole = self.rejected()
        assert whole.assessed is not None
        bare = replace(whole, assessed=replace(whole.assessed, elimination=None))
        made = fit_of(bare, a_replay(), a_ranking_result(), ZONE)
        assert made.against == ()
        assert made.none_against.startswith("Possible, less probable")


@pytest.mark.requirement("WIN-063")
class TestWords:
    def test_what_speaks_against_it_in_the_words_of_the_trade(self) -> None:
        against = Contradiction("hardness", dossiers.a_span(80, 125), 118.04, 96.01, "N", 6.23)
        whole = row(FILTER)
        assert whole.assessed is not None
        with_it = replace(whole, assessed=replace(whole.assessed, contradictions=(against,)))
        (line,) = fit_of(with_it, a_replay(), a_ranking_result(), ZONE).against
        assert line.words == "11:20–12:05: predicted 118 N, measured 96 N"
        assert line.sigma == "6.2"
        told = about_contradiction(a_scene(walked(until=RANKED)), with_it, line)
        assert dict(told.facts)["Against"] == whole.title

    def test_supports_confirmation_and_onset(self) -> None:
        made = fit(FILTER)
        assert made.supports == ("NIR-331 API",)
        assert made.confirm_by == "Inspect the hopper of LW-311."
        assert made.onset is not None
        assert (made.onset.lower_ms, made.onset.upper_ms) == (
            dossiers.a_span(11, 13).start_ms,
            dossiers.a_span(11, 13).end_ms,
        )

    def test_where_nothing_is_against_or_for_it_says_why(self) -> None:
        whole = row(FILTER)
        assert whole.assessed is not None
        assert "beyond what the twin can be off" in fit(FILTER).none_against
        unlikely = replace(whole, assessed=replace(whole.assessed, probability=0.01))
        made = fit_of(unlikely, a_replay(), a_ranking_result(), ZONE)
        assert made.none_against.startswith(
            "Contradictions are worked out one by one from 2.0 % on"
        )
        assert made.none_against.endswith(whole.why)
        assert fit(FEEDER).none_for == row(FEEDER).why
        own = fit_of(replace(whole, assessed=None, probability=None), None, None, ZONE)
        assert own.none_for == own.none_against
        assert own.none_for.startswith("It is not ranked")

    def test_an_outcome_that_is_no_cause_is_ranked_and_says_what_it_is(self) -> None:
        for key in (NONE_OF_THESE, NO_CAUSE):
            made, why = fit(key), row(key).why
            assert made.none_against == made.none_for == why != ""
            scene = a_scene(walked(until=RANKED))
            told = about_hypothesis(scene, row(key), go=print, take=print)
            assert dict(told.facts)["Why"] == why

    def test_without_an_interval_the_onset_is_a_line(self) -> None:
        whole = row(FILTER)
        assert whole.assessed is not None
        bare = replace(whole, assessed=replace(whole.assessed, onset_interval=None))
        made = fit_of(bare, a_replay(), a_ranking_result(), ZONE).onset
        assert made is not None
        assert made.lower_ms == made.upper_ms == made.t_ms


@pytest.mark.requirement("WIN-066")
class TestTelling:
    def test_estimates_with_their_intervals_and_the_judgement(self) -> None:
        scene = a_scene(walked(until=JUDGED[-1]))
        judged = hypotheses(scene).row(FILTER)
        assert judged is not None
        gone: list[Place] = []
        told = about_hypothesis(scene, judged, go=gone.append, take=print)
        facts = dict(told.facts)
        assert facts["Size, 95 %"] == "−12.50 (−14.00 to −11.00) % of set-point"
        assert "Time shape" not in facts
        assert facts["Verdict"] == "supported"
        assert facts["Rationale"] == "as the test says"
        assert told.digest == RANKED.result
        told.rests_on[0].go()
        assert gone == [Place.REPLAY]
        titles = [action.title for action in told.actions]
        assert titles == ["Withdraw the verdict…", "Withdraw the hypothesis…"]

    def test_a_stale_verdict_is_said(self) -> None:
        story = Story(walked(until=JUDGED[-1]))
        story.do(ranked(2))
        scene = a_scene(story.case)
        judged = hypotheses(scene).row(FILTER)
        assert judged is not None
        told = about_hypothesis(scene, judged, go=print, take=print)
        assert told.findings[0].text.startswith("◐ stale")

    def test_before_the_ranking_it_tells_who_raised_it(self) -> None:
        scene = a_scene(walked(until=RAISED[-1]))
        found = hypotheses(scene).row(FILTER)
        assert found is not None
        told = about_hypothesis(scene, found, go=print, take=print)
        assert "Ann of Testing" in told.source
        assert (told.digest, len(told.actions)) == ("", 1)
