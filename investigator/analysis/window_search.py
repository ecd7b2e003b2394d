"""The best window of a mode: candidates fitted, the best of them refined.

- Windows over consecutive refills are proposed where single refills gain.
- Where onset and end are free they are refined by a coordinate search whose steps shrink from
  minutes to half a minute, and a ramp by its time constant; then the sizes are fitted once more.
- What repeats begins its period at the onset: its period is refined together with the onset, by
  how far it moves the last pulse, and pulses are taken in or left out as a whole.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from investigator.analysis.comparison import Comparison
from investigator.analysis.fitting import Background, Fit, fit_scale, fit_sizes
from investigator.analysis.repeated_windows import periods_of
from investigator.analysis.windows import departs_as_it_must
from investigator.twin.failure_mode import REPEATED, TIMED, Anchor, FailureMode, Shape
from investigator.twin.scenario import Window

STEPS_S = (300, 120, 60, 30)
WORTH_REFINING = -4.0
REFILL_MARGIN = 5.0
_UNLIKE_THE_USUAL = REPEATED | {Shape.WHOLE_BATCH}
TAU_RATIOS = (0.5, 0.65, 0.8, 1.25, 1.6, 2.0)


def fit_mode(
    c: Comparison, mode: FailureMode, windows: tuple[Window, ...], background: Background
) -> Fit | None:
    """The best fit of a mode over its candidate windows, or None where it has no window.

    The best windows after fitting the sizes are refined where the onset is free.
    """
    if mode.anchor is Anchor.REFILL:
        windows = _joined_refills(c, mode, windows, background)
    fits = [fit_sizes(c, mode, window, background) for window in windows]
    fits.sort(key=lambda f: -f.score)
    if not fits:
        return None
    best = fits[0]
    if best.score < WORTH_REFINING:
        return best
    if mode.shape is Shape.LOT:
        again = fit_sizes(c, mode, _best_tau(c, best, background).window, background)
        return max(again, best, key=lambda f: f.likelihood)
    if not mode.window_is_free or "gate_mismatch" in mode.screened_by:
        return best
    refined = [_refine(c, f, background) for f in fits[:2] if f.score > best.score - 15.0]
    return max(refined, key=lambda f: f.likelihood)


def fit_shapes(
    c: Comparison,
    mode: FailureMode,
    windows_of: Callable[[FailureMode], tuple[Window, ...]],
    background: Background,
) -> Fit | None:
    """The best fit of a mode over its time shapes, or None where it has no window.

    Beside the usual shape the others are fitted where that one is worth refining: in the usual
    shape, too, a mode that was at work in another explains a part. What was so from the start is
    fitted in any case: windows are looked for where something changes, and nothing does. So is what
    repeats, where it has a window: of what swings to both sides the usual shape explains nothing.

    Args:
        windows_of: candidate windows of the mode in the shape that it is taken in.
    """
    usual, *others = mode.in_each_shape()
    best = fit_mode(c, usual, windows_of(usual), background)
    if best is None or best.score < WORTH_REFINING:
        others = [other for other in others if other.shape in _UNLIKE_THE_USUAL]
    further = [fit_mode(c, other, windows_of(other), background) for other in others]
    found = [fit for fit in (best, *further) if fit is not None]
    return max(found, key=lambda f: f.likelihood, default=None)


def _joined_refills(
    c: Comparison, mode: FailureMode, windows: tuple[Window, ...], background: Background
) -> tuple[Window, ...]:
    """Windows over consecutive refills, proposed where single refills gain."""
    if not windows:
        return ()
    size = tuple(m.prior_sd * (m.sign or 1) for m in mode.magnitudes)
    gains = []
    for window in windows:
        alone = fit_scale(c, mode, window, size, background)
        gains.append(max(float(alone.gains.sum()), -20.0) - REFILL_MARGIN)
    top, span = -np.inf, (0, 0)
    for i in range(len(gains)):
        running = 0.0
        for j in range(i, len(gains)):
            running += gains[j]
            if running > top:
                top, span = running, (i, j)
    first, last = windows[span[0]].onset_ms, windows[span[1]].end_ms
    return tuple(Window(first, last, tau) for tau in mode.tau_s)


def _onset(w: Window, by_ms: int) -> Window:
    return replace(w, onset_ms=w.onset_ms + by_ms)


def _end(w: Window, by_ms: int) -> Window:
    return replace(w, end_ms=w.end_ms + by_ms)


def _period(w: Window, by_ms: int) -> Window:
    """Another period, the end of the last one moved by so much."""
    return replace(w, tau_s=w.tau_s * (1.0 + by_ms / (w.end_ms - w.onset_ms)))


def _first(w: Window, by_ms: int) -> Window:
    """One period more or less at the beginning."""
    return replace(w, onset_ms=w.onset_ms + round(np.sign(by_ms) * w.tau_s * 1000))


def _last(w: Window, by_ms: int) -> Window:
    """One period more or less at the end."""
    return replace(w, end_ms=w.end_ms + round(np.sign(by_ms) * w.tau_s * 1000))


_MOVES: tuple[Callable[[Window, int], Window], ...] = (_onset, _end)
_REPEATED_MOVES = (_onset, _period, _first, _last, _end)


def _refine(c: Comparison, fit: Fit, background: Background) -> Fit:
    """Onset, end and time constant by coordinate search, then the sizes once more."""
    shortest, longest = (int(m * 60_000) for m in fit.mode.length_min)
    least_s, most_s = periods_of(fit.mode)
    bounds = c.record.span
    # A drift reaches its size at its end, which must be one that the run reached.
    latest_ms = bounds.end_ms + (0 if fit.mode.shape is Shape.DRIFT else 600_000)

    def tried(window: Window, sizes: tuple[float, ...]) -> Fit | None:
        length = window.end_ms - window.onset_ms
        inside = bounds.start_ms <= window.onset_ms and window.end_ms <= latest_ms
        if not inside or not shortest <= length <= longest:
            return None
        if fit.mode.shape in REPEATED and not least_s <= window.tau_s <= most_s:
            return None
        if not departs_as_it_must(fit.mode, c, window):
            return None
        return fit_scale(c, fit.mode, window, sizes, background)

    moves = _REPEATED_MOVES if fit.mode.shape in REPEATED else _MOVES
    best = fit_scale(c, fit.mode, fit.window, fit.sizes, background)
    for step_s in STEPS_S:
        for move in moves:
            for sign in (-1, 1):
                better = tried(move(best.window, sign * step_s * 1000), best.sizes)
                while better and better.likelihood > best.likelihood + 1e-6:
                    best = better
                    better = tried(move(best.window, sign * step_s * 1000), best.sizes)
    if fit.mode.shape in TIMED - REPEATED:
        best = _best_tau(c, best, background)
    again = fit_sizes(c, fit.mode, best.window, background)
    return max(again, fit, key=lambda f: f.likelihood)


def _best_tau(c: Comparison, fit: Fit, background: Background) -> Fit:
    """The fit with its time constant improved, other things kept in proportion."""
    best = fit
    for ratio in TAU_RATIOS:
        window = replace(fit.window, tau_s=fit.window.tau_s * ratio)
        trial = fit_scale(c, fit.mode, window, fit.sizes, background)
        if trial.likelihood > best.likelihood:
            best = trial
    return best
