"""One signal of the replay: both predictions, in one plot or two, and how it is told."""

from dataclasses import replace

import numpy as np
import pytest
from support.dossiers import MINUTE, START
from support.investigations import REPLAYED, walked
from support.replays import a_course, a_replayed
from support.scenes import a_replay, a_scene

from investigator.desktop.view_models.replay import SignalRow, replay_of
from investigator.desktop.view_models.replay_signal import (
    about_signal,
    course_of,
    inside_said,
    interval_at,
    signal_plots,
)
from investigator.desktop.view_models.replay_told import ReplayTeller
from investigator.domain.panel import Curve, ReplayRow
from investigator.domain.replayed import Replayed, ReplayedCourse
from investigator.twin.channels import BY_ID
from investigator.twin.ensemble import SIGNAL_COURSES

MINUTES = 200
NIR = "NIR API content"
TELLER = ReplayTeller(a_scene(walked(until=REPLAYED)), go=print, take=print)


def a_row(title: str = NIR, channel: str = NIR, unit: str = "% w/w") -> SignalRow:
    """Two hundred minutes at 20, its 95 % band one at either side; measured half a unit above."""
    result = a_replay()
    t_ms = START + MINUTE * np.arange(MINUTES, dtype=np.int64)
    level = np.full(MINUTES, 20.0)
    panel = replace(
        result.panels[0],
        title=title,
        unit=unit,
        measured=Curve("measured", t_ms, level + 0.5),
        predicted=Curve("predicted", t_ms, level),
        lower=level - 1.0,
        upper=level + 1.0,
    )
    figures = ReplayRow(channel, unit, MINUTES, 0.1, 0.2, 0.2, 0.9)
    (row,) = replay_of(replace(result, panels=(panel,), rows=(figures,)), "Europe/Berlin").rows
    return row


def with_course(course: ReplayedCourse) -> Replayed:
    return replace(a_replayed(), courses=(course,))


@pytest.mark.requirement("WIN-140")
class TestPlots:
    def test_both_predictions_lie_in_one_plot_and_the_legend_tells_which_is_which(self) -> None:
        (plot,) = signal_plots(a_row(), a_course("", NIR, "% w/w", 20.0))
        assert [c.name for c in plot.curves] == ["measured", "nothing wrong", "as driven"]
        _, expected, driven = plot.curves
        by_colour = {
            colour: [b.name for b in plot.bands if b.colour == colour] for colour in (0, 2)
        }
        assert (expected.colour, driven.colour) == (0, 2)
        assert by_colour == {
            0: ["95 %", "50 % from set-points"],
            2: ["95 %", "50 % from recorded inputs"],
        }

    def test_the_bands_are_those_of_the_replay(self) -> None:
        course = a_course("", NIR, "% w/w", 20.0)
        outer, inner = signal_plots(a_row(), course)[0].bands[2:]
        assert (outer.lower, outer.upper) == (course.low95, course.high95)
        assert (inner.lower, inner.upper) == (course.low50, course.high50)

    def test_another_unit_takes_another_plot_of_the_same_signal(self) -> None:
        row = a_row("Ejection force against its usual level", "Ejection force (log)", "%")
        course = course_of(row, a_replayed())
        assert course is not None
        usual, own = signal_plots(row, course)
        assert [c.name for c in usual.curves] == ["measured", "nothing wrong"]
        assert [c.name for c in own.curves] == ["measured", "as driven"]
        assert (own.title, own.unit, own.key) == ("Ejection force", "N", row.title)

    def test_what_was_not_measured_is_replayed_all_the_same(self) -> None:
        course = replace(a_course("", "Ejection force", "N", 190.0), measured=None)
        own = signal_plots(a_row("x", "Ejection force (log)", "%"), course)[1]
        assert [c.name for c in own.curves] == ["as driven"]

    def test_an_input_and_an_old_result_are_shown_against_set_points_alone(self) -> None:
        assert course_of(a_row(), a_replayed()) is None
        assert course_of(a_row(), None) is None
        (plot,) = signal_plots(a_row(), None)
        assert [c.name for c in plot.curves] == ["measured", "nothing wrong"]

    def test_an_attribute_of_the_same_title_is_no_signal(self) -> None:
        assert course_of(a_row("Hardness", "Hardness"), a_replayed()) is None

    def test_what_is_at_the_ends_of_the_run_does_not_flatten_the_rest(self) -> None:
        (plot,) = signal_plots(a_row(), a_course("", NIR, "% w/w", 20.0))
        assert [c.trimmed for c in plot.curves] == [False, False, True]
        assert all(b.trimmed == (b.colour == 2) for b in plot.bands)


@pytest.mark.requirement("WIN-145")
class TestTold:
    def test_the_share_in_the_band_as_driven_stands_beside_that_from_set_points(self) -> None:
        course = a_course("", NIR, "% w/w", 20.0)
        facts = dict(about_signal(TELLER, a_row(), course, None).facts)
        assert (facts["In the 95 % band"], facts["In the band as driven"]) == ("90 %", "100 %")

    def test_the_values_of_an_instant_carry_their_intervals_and_unit(self) -> None:
        course = a_course("", NIR, "% w/w", 20.0)
        told = about_signal(TELLER, a_row(), course, START + MINUTE + 5_000)
        facts = dict(told.facts)
        assert facts["At 10:01:05"] == "20.50 % w/w"
        assert facts["Nothing wrong then"] == "20.00 (19.00 to 21.00) % w/w"
        assert facts["As driven then"] == "20.0 (18.0 to 22.0) % w/w"
        assert told.digest == REPLAYED.result

    def test_after_the_end_nothing_is_told_of_an_instant(self) -> None:
        late = START + (MINUTES + 5) * MINUTE
        facts = dict(about_signal(TELLER, a_row(), None, late).facts)
        assert "Nothing wrong then" not in facts
        assert "In the band as driven" not in facts

    def test_where_the_press_stood_nothing_is_known(self) -> None:
        course = a_course("", NIR, "% w/w", 20.0)
        nothing = np.full(3, np.nan)
        stood = replace(course, middle=nothing, low95=nothing, high95=nothing)
        assert inside_said(stood) == "–"
        assert inside_said(replace(course, measured=None)) == "–"
        said = interval_at(START, stood.t_ms, stood.middle, stood.low95, stood.high95, "N")
        assert said == "–"


@pytest.mark.requirement("WIN-140")
def test_every_signal_that_is_replayed_from_recorded_inputs_is_found_by_its_row() -> None:
    """The titles of panels, channels and courses are made apart from each other."""
    for name in SIGNAL_COURSES:
        channel = BY_ID[name]
        course = a_course("", channel.title.removesuffix(" (log)"), "x", 1.0)
        row = a_row(channel.title.replace(" (log)", " against its usual level"), channel.title, "%")
        assert course_of(row, with_course(course)) is course
