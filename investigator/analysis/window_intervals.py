"""When a fitted cause began and ended, and how long it was at work, with 95 % intervals.

- Onset and end: where the profile likelihood falls by 1.92 when one of them is moved and the sizes
  are fitted anew. It is saturated, so that no loud channel makes them sure by itself. The bound is
  the first place tried where it has fallen: it lies outside rather than inside.
- What is tied to a recorded thing is as sure as its record: half a minute.
- What lasts to the end of the run has no end: it is open.
- The duration combines both in quadrature, to each side: moved alone, they are as good as
  independent of each other. Where the end is open it is the duration within the run; what has no
  interval of its end lasted at least until the line stopped making tablets.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from investigator.analysis.comparison import Comparison
from investigator.analysis.fitting import Background, Fit, fit_scale, fit_sizes, saturated
from investigator.domain.instant import Span
from investigator.domain.ranking import Interval
from investigator.twin.failure_mode import Anchor, Shape
from investigator.twin.scenario import Window

SHIFTS_S = (30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 15_360)
DROP_95 = 1.92
RECORD_MS = 30_000
FADED = 2.0
"""Time constants after which what follows a refill is taken as over."""


@dataclass(frozen=True, slots=True)
class WindowEstimate:
    """The 95 % intervals of onset and end within the run, and the duration.

    `end_interval`: None where the end is that of the run. `ends_open`: whether it may have gone on
    beyond the run.
    """

    onset_interval: Span
    end_interval: Span | None
    ends_open: bool
    duration_s: Interval


def window_estimate(c: Comparison, fit: Fit, beside: Background) -> WindowEstimate:
    """Onset, end and duration of a fit; `beside`: what it is behind."""
    run, window = c.record.span, fit.window
    onset_ms = max(window.onset_ms, run.start_ms)
    end_ms = max(min(window.end_ms, run.end_ms), onset_ms)
    onset = _onset(c, fit, beside, onset_ms)
    end = _end(c, fit, beside, end_ms)
    is_open = end is None or end.end_ms >= run.end_ms
    until = end or Span(min(_last_made(c), end_ms), end_ms)
    return WindowEstimate(onset, end, is_open, _duration(onset_ms, end_ms, onset, until))


def _last_made(c: Comparison) -> int:
    made = c.record.grid_ms[c.record.producing]
    return int(made[-1]) if made.size else c.record.span.end_ms


def _duration(onset_ms: int, end_ms: int, onset: Span, end: Span) -> Interval:
    length_s = (end_ms - onset_ms) / 1000.0
    shorter = np.hypot(onset.end_ms - onset_ms, end_ms - end.start_ms) / 1000.0
    longer = np.hypot(onset_ms - onset.start_ms, end.end_ms - end_ms) / 1000.0
    return Interval(length_s, max(length_s - float(shorter), 0.0), length_s + float(longer))


def _onset(c: Comparison, fit: Fit, beside: Background, onset_ms: int) -> Span:
    if not fit.mode.window_is_free:
        return Span(onset_ms - RECORD_MS, onset_ms + RECORD_MS)
    window = fit.window
    moved = partial(_with_onset, window)
    before = _reach(c, fit, beside, moved, onset_ms - c.record.span.start_ms, -1)
    after = _reach(c, fit, beside, moved, window.end_ms - window.onset_ms, 1)
    return Span(onset_ms - before, onset_ms + after)


def _end(c: Comparison, fit: Fit, beside: Background, end_ms: int) -> Span | None:
    mode, window, run = fit.mode, fit.window, c.record.span
    until_the_end = mode.anchor is Anchor.END_OF_RUN or mode.shape is Shape.WHOLE_BATCH
    if until_the_end or (not mode.window_is_free and window.end_ms >= run.end_ms):
        return None
    if not mode.window_is_free:
        fading_s = FADED * window.tau_s if mode.shape is Shape.REFILL else 0.0
        sure_ms = RECORD_MS + round(1000.0 * fading_s)
        return Span(end_ms - sure_ms, end_ms + sure_ms)
    moved = partial(_with_end, window)
    before = _reach(c, fit, beside, moved, end_ms - window.onset_ms, -1)
    after = _reach(c, fit, beside, moved, run.end_ms - end_ms, 1)
    return Span(end_ms - before, end_ms + after)


def _with_onset(window: Window, shift_ms: int) -> Window:
    return replace(window, onset_ms=window.onset_ms + shift_ms)


def _with_end(window: Window, shift_ms: int) -> Window:
    return replace(window, end_ms=window.end_ms + shift_ms)


def _reach(
    c: Comparison,
    fit: Fit,
    beside: Background,
    moved: Callable[[int], Window],
    room_ms: int,
    sign: int,
) -> int:
    """How far a bound lies to one side, ms: all the room that there is, where the likelihood falls
    nowhere in it."""
    fallen = _profile(fit) - DROP_95
    for shift_s in SHIFTS_S:
        shift_ms = shift_s * 1000
        if shift_ms >= room_ms:
            break
        if _profile(_refitted(c, fit, moved(sign * shift_ms), beside)) < fallen:
            return shift_ms
    return max(room_ms, 0)


def _refitted(c: Comparison, fit: Fit, window: Window, beside: Background) -> Fit:
    if len(fit.sizes) == 1:
        return fit_scale(c, fit.mode, window, fit.sizes, beside)
    return fit_sizes(c, fit.mode, window, beside, fit.sizes)


def _profile(fit: Fit) -> float:
    """Saturated log posterior density: what the sizes were integrated out with is left off."""
    prior_sd = np.array([m.prior_sd for m in fit.mode.magnitudes])
    density = 0.5 * float(np.sum((np.array(fit.sizes) / prior_sd) ** 2))
    return float(saturated(fit.gains).sum()) - density
