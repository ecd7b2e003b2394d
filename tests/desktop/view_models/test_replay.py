"""The replay without a window: rows, plot, onset, how it stands."""

from dataclasses import replace

import numpy as np
import pytest
from support import dossiers
from support.investigations import RANKED, REPLAYED, Story, admitted, walked
from support.scenes import a_ranking_result, a_replay, a_scene, no_case

from investigator.desktop.plots.content import Curve
from investigator.desktop.view_models.replay import (
    leading,
    note,
    onset,
    plot_of,
    replay_of,
)
from investigator.desktop.view_models.replay_signal import about_signal
from investigator.desktop.view_models.replay_told import ReplayTeller
from investigator.domain.panel import ReplayRow

ZONE = "Europe/Berlin"


@pytest.mark.requirement("WIN-057")
class TestRows:
    def test_figures_have_the_digits_that_the_sd_leaves(self) -> None:
        (row,) = replay_of(a_replay(), ZONE).rows
        assert (row.title, row.unit, row.samples) == ("NIR-331", "% w/w", "100")
        assert (row.bias, row.rmse, row.sd, row.coverage) == ("0.10", "0.20", "0.20", "95")

    def test_a_logarithm_is_found_by_the_title_of_its_panel(self) -> None:
        result = a_replay()
        panel = replace(result.panels[0], title="Fill depth against its usual level")
        row = ReplayRow("Fill depth (log)", "%", 7, 0.1, 0.2, 0.2, 0.9)
        (made,) = replay_of(replace(result, panels=(panel,), rows=(row,)), ZONE).rows
        assert made.samples == "7"

    def test_log10_is_no_such_logarithm(self) -> None:
        result, title = a_replay(), "Oscillation (log10 of 3 min sd)"
        row = ReplayRow(title, "-", 7, 0.1, 0.2, 0.2, 0.9)
        panel = replace(result.panels[0], title=title, unit="-")
        (made,) = replay_of(replace(result, panels=(panel,), rows=(row,)), ZONE).rows
        assert (made.samples, made.unit) == ("7", "")

    def test_a_signal_without_figures_says_so(self) -> None:
        (row,) = replay_of(replace(a_replay(), rows=()), ZONE).rows
        assert (row.figures, row.bias, row.coverage) == (None, "–", "–")

    def test_when_it_left_is_in_the_zone_of_the_case(self) -> None:
        result = a_replay()
        t_ms = dossiers.START + dossiers.MINUTE * np.arange(60, dtype=np.int64)
        measured = np.where(np.arange(60) >= 30, 30.0, 20.0)
        panel = replace(
            result.panels[0],
            measured=replace(result.panels[0].measured, t_ms=t_ms, value=measured),
            predicted=replace(result.panels[0].predicted, t_ms=t_ms, value=np.full(60, 20.0)),
            lower=np.full(60, 19.0),
            upper=np.full(60, 21.0),
        )
        (row,) = replay_of(replace(result, panels=(panel,)), ZONE).rows
        assert row.left == "10:30"

    def test_no_channel_no_row(self) -> None:
        made = replay_of(replace(a_replay(), panels=()), ZONE)
        assert (made.rows, made.heat, made.row("x")) == ((), None, None)


@pytest.mark.requirement("WIN-057")
class TestPlot:
    def test_measured_predicted_and_both_bands(self) -> None:
        panel = a_replay().panels[0]
        plot = plot_of(panel)
        assert [curve.name for curve in plot.curves] == ["measured", "nothing wrong"]
        assert plot.curves[0].dots
        outer, inner = plot.bands
        assert outer.upper is panel.upper
        ratio = (inner.upper - inner.lower) / (outer.upper - outer.lower)
        np.testing.assert_allclose(ratio, 0.67449 / 1.95996, 1e-5)

    def test_a_fit_lies_over_the_data_with_one_band(self) -> None:
        panel = a_replay().panels[0]
        fitted = Curve("this cause", panel.predicted.t_ms, panel.predicted.value, colour=1)
        plot = plot_of(panel, fitted=fitted)
        assert plot.curves[-1] is fitted
        assert [band.name for band in plot.bands] == ["95 %"]


@pytest.mark.requirement("WIN-059")
class TestOnset:
    def test_of_the_leading_hypothesis_with_its_interval(self) -> None:
        marked = onset(a_scene(walked(until=RANKED)))
        assert marked is not None
        lead = a_ranking_result().ranking.hypotheses[0]
        assert lead.onset_interval is not None
        assert (marked.t_ms, marked.lower_ms) == (lead.onset_ms, lead.onset_interval.start_ms)

    def test_a_stale_ranking_is_marked(self) -> None:
        story = Story(walked(until=RANKED))
        story.do(admitted("more"))
        marked = onset(a_scene(story.case))
        assert marked is not None
        assert marked.label.startswith("◐ stale")

    def test_there_is_none_before_a_ranking_or_where_no_listed_cause_leads(self) -> None:
        assert onset(a_scene(walked(until=REPLAYED))) is None
        assert onset(no_case()) is None
        ranking = replace(a_ranking_result().ranking, none_of_the_above=0.99)
        assert leading(ranking) is None
        assert leading(replace(ranking, hypotheses=())) is None


@pytest.mark.requirement("WIN-058")
def test_a_stale_replay_says_so_first() -> None:
    shown = replay_of(a_replay(), ZONE)
    assert note(a_scene(walked(until=REPLAYED)), shown).startswith("0 of 1 signal left")
    story = Story(walked(until=REPLAYED))
    story.do(admitted("more"))
    assert note(a_scene(story.case), shown).startswith("◐ stale: ")


@pytest.mark.requirement("WIN-057")
def test_a_signal_is_told_with_the_replay_that_it_is_of() -> None:
    (row,) = replay_of(a_replay(), ZONE).rows
    teller = ReplayTeller(a_scene(walked(until=REPLAYED)), go=print, take=print)
    told = about_signal(teller, row, None, None)
    assert (told.kind, told.digest) == ("replayed signal", REPLAYED.result)
    assert dict(told.facts)["Left the band"] == "never"


@pytest.mark.requirement("WIN-056")
def test_the_heat_map_has_a_row_for_every_signal_in_order_of_leaving() -> None:
    shown = replay_of(a_replay(), ZONE)
    assert shown.heat is not None
    assert shown.heat.names == tuple(row.title for row in shown.rows)
    assert shown.heat.value.shape == (len(shown.rows), shown.heat.t_ms.size)
    assert replay_of(replace(a_replay(), panels=()), ZONE).heat is None
