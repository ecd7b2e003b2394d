"""A hypothesis over the data: loudest channels first, against worst first."""

from dataclasses import replace

import numpy as np
import pytest
from domain.test_elimination import LEFT
from support import dossiers
from support.hypothesis_rows import a_rejected_row, a_row
from support.investigations import FEEDER, FILTER, RANKED, walked
from support.scenes import a_ranking_result, a_replay, a_scene

from investigator.desktop.view_models.fit import Fit, fit_of
from investigator.desktop.view_models.hypothesis_told import about_contradiction, about_hypothesis
from investigator.domain.panel import Panel
from investigator.domain.ranking import NO_CAUSE, NONE_OF_THESE, Contradiction
from investigator.domain.results import HypothesisFit, RankingResult, ReplayResult

ZONE = "Europe/Berlin"


def fit(key: str, replay: ReplayResult | None = None, ranking: RankingResult | None = None) -> Fit:
    return fit_of(a_row(key), replay or a_replay(), ranking or a_ranking_result(), ZONE)


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
        assert "Replay the batch" in fit_of(a_row(FILTER), None, None, ZONE).without
        assert "Rank the hypotheses" in fit_of(a_row(FILTER), a_replay(), None, ZONE).without

    def test_an_own_hypothesis_has_no_fit(self) -> None:
        own = replace(a_row(FILTER), key="own-1", assessed=None)
        assert "no failure mode" in fit_of(own, a_replay(), a_ranking_result(), ZONE).without


@pytest.mark.requirement("DIA-047")
class TestRejected:
    """A hypothesis that two signals speak against."""

    def test_the_signal_that_rejects_it_is_drawn_first(self) -> None:
        replay = replace(a_replay(), panels=(panel("loud", 19.0), panel("quiet", 20.0)))
        curves = (dossiers.a_curve("quiet", 19.95), dossiers.a_curve("loud", 19.0))
        ranking = replace(a_ranking_result(), fits=(HypothesisFit(FILTER, curves),))
        plots = fit_of(a_rejected_row(), replay, ranking, ZONE).plots
        assert [plot.title for plot in plots] == ["quiet", "loud"]

    def test_what_rejects_it_can_be_gone_to(self) -> None:
        (line,) = fit_of(a_rejected_row(), a_replay(), a_ranking_result(), ZONE).against
        assert line.channel == "quiet"
        assert line.words == "10:13–10:31: predicted 20.0 % w/w, measured 18.1 % w/w"
        assert line.contradiction.span == LEFT.span

    def test_without_a_contradiction_it_is_less_probable(self) -> None:
        whole = a_rejected_row()
        assert whole.assessed is not None
        bare = replace(whole, assessed=replace(whole.assessed, elimination=None))
        made = fit_of(bare, a_replay(), a_ranking_result(), ZONE)
        assert made.against == ()
        assert made.none_against.startswith("Possible, less probable")


@pytest.mark.requirement("WIN-063")
class TestWords:
    def test_what_speaks_against_it_in_the_words_of_the_trade(self) -> None:
        against = Contradiction("hardness", dossiers.a_span(80, 125), 118.04, 96.01, "N", 6.23)
        whole = a_row(FILTER)
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
        whole = a_row(FILTER)
        assert whole.assessed is not None
        assert "beyond what the twin can be off" in fit(FILTER).none_against
        unlikely = replace(whole, assessed=replace(whole.assessed, probability=0.01))
        made = fit_of(unlikely, a_replay(), a_ranking_result(), ZONE)
        assert made.none_against.startswith(
            "Contradictions are worked out one by one from 2.0 % on"
        )
        assert made.none_against.endswith(whole.why)
        assert fit(FEEDER).none_for == a_row(FEEDER).why
        own = fit_of(replace(whole, assessed=None, probability=None), None, None, ZONE)
        assert own.none_for == own.none_against
        assert own.none_for.startswith("It is not ranked")

    def test_an_outcome_that_is_no_cause_is_ranked_and_says_what_it_is(self) -> None:
        for key in (NONE_OF_THESE, NO_CAUSE):
            made, why = fit(key), a_row(key).why
            assert made.none_against == made.none_for == why != ""
            scene = a_scene(walked(until=RANKED))
            told = about_hypothesis(scene, a_row(key), go=print, take=print)
            assert dict(told.facts)["Why"] == why

    def test_without_an_interval_the_onset_is_a_line(self) -> None:
        whole = a_row(FILTER)
        assert whole.assessed is not None
        bare = replace(whole, assessed=replace(whole.assessed, onset_interval=None))
        made = fit_of(bare, a_replay(), a_ranking_result(), ZONE).onset
        assert made is not None
        assert made.lower_ms == made.upper_ms == made.t_ms
