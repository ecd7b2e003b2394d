"""A cause is found in whichever of its time shapes it was at work; a further shape is tried where
there is something to explain."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from support.line_run import at_min, diagnosed, mode_of, noisy, planted

from investigator.analysis.comparison import left_over
from investigator.analysis.fitting import no_background
from investigator.analysis.hypotheses import prepare_searches
from investigator.analysis.repeated_windows import periods_of
from investigator.analysis.window_search import WORTH_REFINING, fit_mode, fit_shapes
from investigator.analysis.windows import candidate_windows
from investigator.twin.failure_mode import REPEATED, FailureMode, Shape
from investigator.twin.scenario import Window

RIVALS = {
    "blender_speed_deviation": ("mgst_overfeed", "turret_speed_high"),
    "api_loadcell_drift": ("nir_fouling", "api_bridging"),
    "nir_fouling": ("api_loadcell_drift", "humidity_excursion"),
    "mgst_overfeed": ("mgst_stoppage", "punch_damage"),
    "mgst_stoppage": ("mgst_overfeed", "punch_damage"),
    "humidity_excursion": ("mcc_lot_moisture", "nir_fouling"),
    "paddle_overspeed": ("turret_speed_high", "mgst_stoppage"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """What is planted, and how near its onset (min) must be found."""

    cause: str
    shape: Shape
    window: Window
    sizes: tuple[float, ...]
    onset_min: float = 2.0

    def __str__(self) -> str:
        return f"{self.cause} as {self.shape} of {self.window.tau_s:g} s"


def case(
    cause: str,
    shape: Shape,
    minutes: tuple[float, float],
    *sizes: float,
    tau_s: float = 0.0,
    onset_min: float = 2.0,
) -> Case:
    window = Window(at_min(minutes[0]), at_min(minutes[1]), tau_s)
    return Case(cause, shape, window, sizes, onset_min)


CASES = (
    case("blender_speed_deviation", Shape.STEP, (60, 100), -30.0),
    case("blender_speed_deviation", Shape.RAMP, (60, 110), -30.0, tau_s=900.0),
    case("blender_speed_deviation", Shape.PERIODIC, (60, 140), 30.0, tau_s=1800.0),
    case("blender_speed_deviation", Shape.PERIODIC, (50, 130), 30.0, tau_s=1000.0),
    case("blender_speed_deviation", Shape.PERIODIC, (59, 121), 20.0, tau_s=1902.0),
    case("blender_speed_deviation", Shape.WHOLE_BATCH, (0, 180), -30.0),
    case("api_loadcell_drift", Shape.STEP, (60, 150), 8.0),
    case("api_loadcell_drift", Shape.DRIFT, (40, 150), 10.0, onset_min=6.0),
    case("nir_fouling", Shape.DRIFT, (50, 150), -12.0, 3.0, onset_min=6.0),
    case("mgst_overfeed", Shape.PULSES, (50, 140), 120.0, 1.0, tau_s=1800.0),
    case("mgst_stoppage", Shape.PULSES, (50, 140), 90.0, tau_s=1500.0),
    case("humidity_excursion", Shape.PULSES, (20, 160), 25.0, tau_s=4000.0),
    case("paddle_overspeed", Shape.WHOLE_BATCH, (0, 180), 80.0),
)


@pytest.mark.requirement("DIA-065")
@pytest.mark.parametrize("at_work", CASES, ids=str)
def test_a_cause_is_found_in_the_shape_in_which_it_was_at_work(at_work: Case) -> None:
    cause = at_work.cause
    c = planted(noisy(3), cause, at_work.window, at_work.sizes, at_work.shape).comparison
    first = diagnosed(c, among=(cause, *RIVALS[cause])).ranking.hypotheses[0]
    assert (first.cause, first.time_shape) == (cause, at_work.shape.value)
    assert first.probability > 0.9
    assert first.onset_ms == pytest.approx(at_work.window.onset_ms, abs=60_000 * at_work.onset_min)
    assert first.magnitude.mean == pytest.approx(at_work.sizes[0], rel=0.15)
    near = 0.02 if at_work.shape in REPEATED else 0.5
    assert first.time_constant_s == pytest.approx(at_work.window.tau_s, rel=near)


def shapes_tried(c, cause: str) -> tuple[list[Shape], object]:
    searches, nothing, tried = prepare_searches(c), no_background(c), []

    def windows_of(shaped: FailureMode) -> tuple[Window, ...]:
        tried.append(shaped.shape)
        left = left_over(c, nothing.added)
        return candidate_windows(shaped, c, left, searches.series, searches.points)

    return tried, fit_shapes(c, mode_of(cause), windows_of, nothing)


@pytest.mark.requirement("DIA-066")
def test_a_further_shape_is_not_tried_where_the_mode_explains_nothing() -> None:
    calm, drifting = noisy(3), planted(
        noisy(3), "api_loadcell_drift", Window(at_min(40), at_min(150)), (10.0,), Shape.DRIFT
    ).comparison  # fmt: skip
    assert shapes_tried(calm, "api_loadcell_drift")[0] == [Shape.RAMP]
    all_of_them = [Shape.RAMP, Shape.STEP, Shape.DRIFT]
    assert shapes_tried(drifting, "api_loadcell_drift")[0] == all_of_them


@pytest.mark.requirement("DIA-066")
def test_what_repeats_is_tried_where_a_channel_is_loud_whatever_a_step_explains() -> None:
    cause, window = "blender_speed_deviation", Window(at_min(59), at_min(121), 1902.0)
    swinging = planted(noisy(4), cause, window, (20.0,), Shape.PERIODIC).comparison
    for c, loud in ((noisy(4), False), (swinging, True)):
        searches, nothing = prepare_searches(c), no_background(c)
        left = left_over(c, nothing.added)
        found = {
            mode.shape: candidate_windows(mode, c, left, searches.series, searches.points)
            for mode in mode_of(cause).in_each_shape()
        }
        assert bool(found[Shape.PERIODIC]) is loud
        usual = fit_mode(c, mode_of(cause), found[Shape.STEP], nothing)
        assert usual.score < WORTH_REFINING
    assert shapes_tried(swinging, cause)[1].mode.shape is Shape.PERIODIC


@pytest.mark.requirement("DIA-066")
def test_what_may_have_been_so_from_the_start_is_tried_in_any_case() -> None:
    """A window is looked for where something changes: of a bias that was there before there is
    none, and the usual shape explains nothing."""
    tried, _ = shapes_tried(noisy(3), "hardness_tester_bias")
    assert tried == [Shape.STEP, Shape.WHOLE_BATCH]
    run = Window(at_min(0), at_min(180))
    biased = planted(noisy(3), "hardness_tester_bias", run, (14.0,), Shape.WHOLE_BATCH).comparison
    _, found = shapes_tried(biased, "hardness_tester_bias")
    assert found.mode.shape is Shape.WHOLE_BATCH
    assert found.sizes[0] == pytest.approx(14.0, rel=0.25)
    step = fit_mode(biased, mode_of("hardness_tester_bias"), (), no_background(biased))
    assert step is None


@pytest.mark.requirement("DIA-065")
def test_the_shape_that_was_at_work_is_fitted_better_than_any_other() -> None:
    window = Window(at_min(40), at_min(150))
    c = planted(noisy(3), "api_loadcell_drift", window, (10.0,), Shape.DRIFT).comparison
    searches, nothing = prepare_searches(c), no_background(c)
    left = left_over(c, nothing.added)
    likely = {
        mode.shape: fit_mode(
            c, mode, candidate_windows(mode, c, left, searches.series, searches.points), nothing
        ).likelihood
        for mode in mode_of("api_loadcell_drift").in_each_shape()
    }
    assert max(likely, key=likely.get) is Shape.DRIFT
    _, best = shapes_tried(c, "api_loadcell_drift")
    assert best.likelihood == pytest.approx(likely[Shape.DRIFT])


def test_a_drift_ends_within_the_run() -> None:
    """Its size is that of its end, which nothing beyond the run tells."""
    end = int(noisy(3).record.span.end_ms)
    c = planted(noisy(3), "force_sensor_drift", Window(at_min(60), end), (15.0,), Shape.DRIFT)
    near = Window(at_min(80), end - 600_000)
    mode = mode_of("force_sensor_drift", Shape.DRIFT)
    found = fit_mode(c.comparison, mode, (near,), no_background(c.comparison))
    assert found.window.end_ms <= end
    assert np.isfinite(found.score)


@pytest.mark.requirement("DIA-067")
def test_a_period_stays_within_those_of_its_mode() -> None:
    """What repeats more slowly than the mode can is fitted by its longest period."""
    mode = mode_of("blender_speed_deviation", Shape.PERIODIC)
    _, longest_s = periods_of(mode)
    slower = Window(at_min(40), at_min(150), 1.1 * longest_s)
    c = planted(noisy(3), mode.cause, slower, (30.0,), Shape.PERIODIC).comparison
    found = fit_mode(c, mode, (replace(slower, tau_s=longest_s),), no_background(c))
    assert 0.9 * longest_s < found.window.tau_s <= longest_s


@pytest.mark.requirement("DIA-067")
@pytest.mark.parametrize(("first", "last"), [(1, 0), (0, 1), (1, 1)])
def test_pulses_that_a_proposal_lacks_are_taken_in_as_a_whole(first: int, last: int) -> None:
    """Proposed without its first pulse, its last one, or both."""
    mode, period = mode_of("mgst_overfeed", Shape.PULSES), 1500.0
    truth = Window(at_min(50), at_min(150), period)
    c = planted(noisy(3), mode.cause, truth, (120.0, 1.0), Shape.PULSES).comparison
    off_ms = round(1000 * period)
    near = replace(
        truth, onset_ms=truth.onset_ms + first * off_ms, end_ms=truth.end_ms - last * off_ms
    )
    found = fit_mode(c, mode, (near,), no_background(c))
    assert found.window.onset_ms == pytest.approx(truth.onset_ms, abs=120_000)
    assert found.window.tau_s == pytest.approx(period, rel=0.02)
    last_ms = truth.end_ms - off_ms // 2
    assert found.window.end_ms == pytest.approx(last_ms, abs=off_ms // 2 + 120_000)
