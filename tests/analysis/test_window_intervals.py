"""When a cause began and ended, and for how long it was at work: bounds, ties, open ends."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from support.line_run import PRESS_OFF_MIN, at_min, mode_of, planted, quiet

from investigator.analysis.comparison import Comparison
from investigator.analysis.fitting import Fit, fit_sizes, no_background, saturated
from investigator.analysis.window_intervals import (
    DROP_95,
    FADED,
    RECORD_MS,
    SHIFTS_S,
    WindowEstimate,
    _duration,
    _profile,
    window_estimate,
)
from investigator.domain.instant import Span
from investigator.twin.failure_mode import FailureMode, Shape
from investigator.twin.scenario import Window

WINDOW = Window(at_min(60), at_min(140), 600.0)


def estimated(
    cause: str, window: Window, sizes: tuple[float, ...], mode: FailureMode | None = None
) -> tuple[Comparison, Fit, WindowEstimate]:
    """The run with a cause at work, its fit in that window, and what is said of the window."""
    c = planted(quiet(), cause, window, sizes).comparison
    fit = fit_sizes(c, mode or mode_of(cause), window, no_background(c))
    return c, fit, window_estimate(c, fit, no_background(c))


def lost(c: Comparison, fit: Fit, **moved: int) -> float:
    """What the profile likelihood loses with onset or end moved, the sizes fitted anew."""
    window = replace(fit.window, **{k: getattr(fit.window, k) + v for k, v in moved.items()})
    again = fit_sizes(c, fit.mode, window, no_background(c), fit.sizes)
    sd = np.array([m.prior_sd for m in fit.mode.magnitudes])
    least, most = (
        float(saturated(f.gains).sum()) - 0.5 * float(np.sum((np.array(f.sizes) / sd) ** 2))
        for f in (again, fit)
    )
    return most - least


@pytest.mark.requirement("DIA-068")
@pytest.mark.parametrize(
    ("cause", "sizes"), [("api_loadcell_drift", (-6.0,)), ("nir_fouling", (5.0, 2.0))]
)
def test_a_bound_is_the_first_place_where_the_profile_has_fallen(
    cause: str, sizes: tuple[float, ...]
) -> None:
    c, fit, found = estimated(cause, WINDOW, sizes)
    assert found.end_interval is not None
    for name, interval, best in (
        ("onset_ms", found.onset_interval, WINDOW.onset_ms),
        ("end_ms", found.end_interval, WINDOW.end_ms),
    ):
        for bound in (interval.start_ms, interval.end_ms):
            shift = bound - best
            place = SHIFTS_S.index(abs(shift) // 1000)
            assert lost(c, fit, **{name: shift}) > DROP_95 - 0.2
            if place:
                nearer = int(np.sign(shift)) * SHIFTS_S[place - 1] * 1000
                assert lost(c, fit, **{name: nearer}) < DROP_95 + 0.2


@pytest.mark.requirement("DIA-068")
def test_the_duration_combines_onset_and_end_to_each_side() -> None:
    _, _, found = estimated("api_loadcell_drift", WINDOW, (-6.0,))
    onset, end, told = found.onset_interval, found.end_interval, found.duration_s
    assert end is not None and not found.ends_open
    assert told.mean == 80 * 60.0
    late, early = (onset.end_ms - WINDOW.onset_ms) / 1e3, (WINDOW.end_ms - end.start_ms) / 1e3
    assert told.mean - told.lo95 == pytest.approx((late**2 + early**2) ** 0.5)
    early, late = (WINDOW.onset_ms - onset.start_ms) / 1e3, (end.end_ms - WINDOW.end_ms) / 1e3
    assert told.hi95 - told.mean == pytest.approx((early**2 + late**2) ** 0.5)


@pytest.mark.requirement("DIA-068")
def test_what_is_tied_to_the_record_is_as_sure_as_it() -> None:
    c = quiet()
    (lot,) = [lot for lot in c.record.lots if lot.feeder == "api" and not lot.first]
    window = Window(lot.start_ms, c.record.span.end_ms, 900.0)
    _, _, found = estimated("api_lot_psd_change", window, (8.0, 20.0, 0.4))
    assert found.onset_interval.start_ms == lot.start_ms - RECORD_MS
    assert found.onset_interval.end_ms == lot.start_ms + RECORD_MS
    refills = c.record.refills_at("LW-311")
    after = Window(refills[1], refills[2] + 120_000, 60.0)
    _, _, found = estimated("api_refill_surge", after, (60.0,))
    assert found.end_interval is not None and not found.ends_open
    assert found.end_interval.end_ms == after.end_ms + RECORD_MS + FADED * 60_000


@pytest.mark.requirement("DIA-068")
def test_what_lasts_to_the_end_of_the_run_is_open() -> None:
    c = quiet()
    run = c.record.span
    window = Window(at_min(60), run.end_ms, 900.0)
    mode = mode_of("paddle_overspeed")
    whole = next(m for m in mode.in_each_shape() if m.shape is Shape.WHOLE_BATCH)
    throughout = Window(run.start_ms, run.end_ms)
    _, _, found = estimated("paddle_overspeed", throughout, (60.0,), whole)
    assert found.ends_open and found.end_interval is None
    _, _, found = estimated("paddle_overspeed", window, (60.0,))
    assert found.ends_open
    assert found.end_interval is not None and found.end_interval.end_ms == run.end_ms
    assert found.end_interval.start_ms < at_min(PRESS_OFF_MIN) + 60_000
    length_s = (run.end_ms - window.onset_ms) / 1000.0
    assert found.duration_s.lo95 < length_s - (run.end_ms - at_min(PRESS_OFF_MIN)) / 1000.0


@pytest.mark.requirement("DIA-068")
def test_a_bound_is_where_95_per_cent_of_a_chi_squared_lie_below() -> None:
    assert pytest.approx(float(stats.chi2.ppf(0.95, 1)) / 2.0, abs=0.005) == DROP_95


@pytest.mark.requirement("DIA-068")
def test_the_profile_is_what_the_sizes_leave_of_it_against_their_prior() -> None:
    _, fit, _ = estimated("nir_fouling", WINDOW, (5.0, 2.0))
    larger = replace(fit, sizes=tuple(3.0 * size for size in fit.sizes))
    sd = np.array([m.prior_sd for m in fit.mode.magnitudes])
    lost_by_prior = 0.5 * float(np.sum((3.0**2 - 1.0) * (np.array(fit.sizes) / sd) ** 2))
    assert _profile(fit) - _profile(larger) == pytest.approx(lost_by_prior)
    assert _profile(fit) < float(saturated(fit.gains).sum())


@pytest.mark.requirement("DIA-068")
def test_a_later_onset_and_an_earlier_end_make_the_duration_shorter() -> None:
    told = _duration(0, 100_000, Span(-30_000, 4_000), Span(97_000, 140_000))
    assert told.mean == 100.0
    assert told.lo95 == pytest.approx(100.0 - 5.0)
    assert told.hi95 == pytest.approx(100.0 + 50.0)
    assert _duration(0, 5_000, Span(0, 30_000), Span(0, 9_000)).lo95 == 0.0


@pytest.mark.requirement("DIA-068")
def test_where_the_likelihood_falls_nowhere_the_bound_is_that_of_the_run() -> None:
    run = quiet().record.span
    window = Window(run.start_ms + 20_000, at_min(140))
    _, _, found = estimated("hardness_tester_bias", window, (15.0,))
    assert found.onset_interval.start_ms == run.start_ms
