"""Where a failure mode may have been at work: candidate windows from the evidence, before any fit.

- Windows of recorded things come from the record: a lot from its connection, a stop from the
  turret, a run from the laboratory's run ids.
- Windows of unrecorded things come from the strongest changes of the mode's screening channels.
- A channel that was not measured tells nothing of when: there the whole run stands in, so that the
  mode is weighed by what else it would show, and not refuted by what is missing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np

from investigator.analysis.comparison import NOISE_BAND, POINT_ROW, Comparison, Innovations
from investigator.analysis.repeated_windows import bin_span, measured_series, repeated_windows
from investigator.analysis.unexplained import Change, ChangeSearch, best_changes
from investigator.domain.instant import Span
from investigator.twin.channels import SERIES_INDEX
from investigator.twin.failure_mode import REPEATED, Anchor, FailureMode, Kind, Shape
from investigator.twin.record import LONG_STOP_S, STEP_S, LineRecord
from investigator.twin.scenario import Window

PER_CHANNEL = 3
HELD_BACK = 0.7


def candidate_windows(
    mode: FailureMode,
    comparison: Comparison,
    residual: Innovations,
    series_search: tuple[ChangeSearch, ...],
    points_search: tuple[ChangeSearch, ...],
) -> tuple[Window, ...]:
    """Windows worth fitting for the mode, in a fixed order; empty where it had no occasion."""
    found = _occasions(mode, comparison, residual, series_search, points_search)
    if found or not nothing_would_show(mode, comparison):
        return found
    run = comparison.record.span
    return (Window(run.start_ms, run.end_ms, mode.tau_s[0]),)


def nothing_would_show(mode: FailureMode, c: Comparison) -> bool:
    """Whether none of the channels that the mode is looked for in was measured."""
    return not any(_is_measured(c, channel) for channel in mode.screened_by)


def _is_measured(c: Comparison, channel: str) -> bool:
    if channel in SERIES_INDEX:
        return bool(c.series_known[SERIES_INDEX[channel]].any())
    return bool(c.points_known[POINT_ROW[channel]].any())


def _occasions(
    mode: FailureMode,
    comparison: Comparison,
    residual: Innovations,
    series_search: tuple[ChangeSearch, ...],
    points_search: tuple[ChangeSearch, ...],
) -> tuple[Window, ...]:
    if mode.shape is Shape.WHOLE_BATCH:
        run = comparison.record.span
        return (Window(run.start_ms, run.end_ms),)
    if mode.anchor in _RECORDED:
        return tuple(_RECORDED[mode.anchor](mode, comparison))
    if "gate_mismatch" in mode.screened_by:
        return tuple(_gate_spans(comparison))
    if mode.shape in REPEATED and (rows := measured_series(mode, comparison)):
        return repeated_windows(mode, comparison, residual, rows, series_search)
    spans: list[Window] = []
    for channel in mode.screened_by:
        spans.extend(_changes(mode, comparison, channel, residual, series_search, points_search))
    return tuple(w for w in dict.fromkeys(spans) if departs_as_it_must(mode, comparison, w))


def without_lots(modes: tuple[FailureMode, ...], record: LineRecord) -> tuple[FailureMode, ...]:
    """The modes, those of a lot searched at any time where no lot at all is on record."""
    if record.lots:
        return modes
    return tuple(replace(m, anchor=Anchor.ANY) if m.anchor is Anchor.LOT else m for m in modes)


def departs_as_it_must(mode: FailureMode, c: Comparison, window: Window) -> bool:
    """Whether a mode taken over from a recorded signal begins to its side (a blockage with less),
    and departs to the other by no more, give or take its noise: what collapses was held back
    before. A window that is proposed must, and so must one that is refined."""
    if mode.recorded_sense == 0:
        return True
    for effect in mode.magnitudes[0].effects:
        if effect.kind is not Kind.RECORDED:
            continue
        grid = c.record.grid_ms
        inside = (grid >= window.onset_ms - 60_000) & (grid < window.end_ms)
        departed = c.departures[effect.quantity][inside]
        beyond = departed[np.abs(departed) > NOISE_BAND[effect.quantity]]
        if not beyond.size or np.sign(beyond[0]) != mode.recorded_sense:
            return False
        own, other = (np.maximum(s * mode.recorded_sense * departed, 0.0).sum() for s in (1, -1))
        return bool(own >= HELD_BACK * other)
    return True


def _lots(mode: FailureMode, c: Comparison) -> Iterable[Window]:
    feeder = c.record.named.feeder_of(mode.unit)
    lots = [lot for lot in c.record.lots if lot.feeder == feeder]
    end = c.record.span.end_ms
    long_before = c.record.span.start_ms - 100_000_000
    for i, lot in enumerate(lots):
        until = lots[i + 1].start_ms if i + 1 < len(lots) else end
        if lot.first:
            yield Window(long_before, until, mode.tau_s[0])
        else:
            for tau in mode.tau_s:
                yield Window(lot.start_ms, end, tau)


def _long_stops(mode: FailureMode, c: Comparison) -> Iterable[Window]:
    shortest_s = max(LONG_STOP_S, mode.length_min[0] * 60.0)
    for stop in c.record.standstills:
        if stop.seconds >= shortest_s:
            yield Window(stop.start_ms, stop.end_ms)


def _laboratory_runs(mode: FailureMode, c: Comparison) -> Iterable[Window]:
    runs = {
        (p.channel, p.group): None
        for p in c.measured.points
        if p.channel in mode.screened_by and p.container_id
    }
    for channel, run in runs:
        spans = [p.span for p in c.measured.points if (p.channel, p.group) == (channel, run)]
        yield Window(
            min(s.start_ms for s in spans), max(s.end_ms for s in spans), 0.0, (channel, run)
        )


def _refill_runs(mode: FailureMode, c: Comparison) -> Iterable[Window]:
    for refill in c.record.refills_at(mode.unit):
        yield Window(refill, refill + 120_000, mode.tau_s[0])


def _run_out(mode: FailureMode, c: Comparison) -> Iterable[Window]:
    weight = c.record.roles["api.net_weight"]
    running = np.flatnonzero(c.record.running & np.isfinite(weight))
    if running.size == 0:
        return
    low = running[(weight[running] < c.record.named.usual["api_hopper_low"])]
    late = low[low > running[-1] - int(mode.length_min[1] * 60 / STEP_S)]
    if late.size:
        grid = c.record.grid_ms
        yield Window(int(grid[late[0]]), int(grid[running[-1]]) + 600_000)


def _gate_spans(c: Comparison) -> Iterable[Window]:
    commanded, actual = c.record.roles["gate.command"], c.record.roles["gate.feedback"]
    wrong = np.flatnonzero((commanded == 1) & (actual == 0) & c.record.running)
    if wrong.size >= 2:
        grid = c.record.grid_ms
        yield Window(int(grid[wrong[0]]), int(grid[wrong[-1]]) + int(STEP_S * 1000))


def _changes(
    mode: FailureMode,
    c: Comparison,
    channel: str,
    residual: Innovations,
    series_search: tuple[ChangeSearch, ...],
    points_search: tuple[ChangeSearch, ...],
) -> Iterable[Window]:
    in_series = channel in SERIES_INDEX
    row = SERIES_INDEX[channel] if in_series else POINT_ROW[channel]
    if not _is_measured(c, channel):
        spans = [c.record.span]
    elif in_series:
        found = best_changes(series_search[row], residual.series[row], PER_CHANNEL)
        spans = [bin_span(c, change.begin, change.end) for change in found]
    else:
        found = best_changes(points_search[row], residual.points[row], PER_CHANNEL)
        spans = [_point_span(c, row, change) for change in found]
    for span in spans:
        yield _bounded(mode, c, span, mode.tau_s[0])
    for tau in mode.tau_s[1:]:
        yield _bounded(mode, c, spans[0], tau)


def _point_span(c: Comparison, row: int, change: Change) -> Span:
    times = sorted(p.span for p, (r, _) in zip(c.measured.points, c.slots, strict=True) if r == row)
    begin = times[min(change.begin, len(times) - 1)].start_ms
    end = times[change.end].start_ms if change.end < len(times) else c.record.span.end_ms
    return Span(begin, max(end, begin + 60_000))


def _bounded(mode: FailureMode, c: Comparison, span: Span, tau: float) -> Window:
    shortest, longest = (int(m * 60_000) for m in mode.length_min)
    run, begin = c.record.span, span.start_ms
    # A step is seen about where what rises has risen half-way.
    if mode.shape is Shape.RAMP:
        begin = max(begin - int(tau * 500), run.start_ms)
    if mode.shape is Shape.DRIFT:
        end = min(span.end_ms, run.end_ms)
        length = min(max(2 * (end - begin), shortest), longest)
        return Window(max(end - length, run.start_ms), end, tau)
    length = min(max(span.end_ms - begin, shortest), longest)
    return Window(begin, begin + length, tau)


_RECORDED: Mapping[Anchor, Callable[[FailureMode, Comparison], Iterable[Window]]] = {
    Anchor.LOT: _lots,
    Anchor.STOP: _long_stops,
    Anchor.START: _laboratory_runs,
    Anchor.REFILL: _refill_runs,
    Anchor.END_OF_RUN: _run_out,
}
