"""Windows of what repeats: onset, end and period from the strongest trains of pulses in its series.

- A period may lie somewhat below the shortest and above the longest that the mode names.
- A train is proposed only where a channel changes by more than in normal batches: there is a reason
  to look, whatever a step explains of it.
"""

from investigator.analysis.comparison import Comparison, Innovations
from investigator.analysis.pulse_trains import best_trains
from investigator.analysis.unexplained import ChangeSearch, best_changes
from investigator.domain.instant import Span
from investigator.domain.scenario_rules import SHORTEST_PERIOD_S
from investigator.twin.channels import GRID_S, SERIES_INDEX
from investigator.twin.failure_mode import FailureMode, Shape
from investigator.twin.scenario import Window

PERIODS = (0.7, 1.4)
"""How far a period may lie below the shortest and above the longest that a mode names."""


def periods_of(mode: FailureMode) -> tuple[float, float]:
    """Shortest and longest period (s) that a repeating mode may have."""
    return max(PERIODS[0] * min(mode.tau_s), SHORTEST_PERIOD_S), PERIODS[1] * max(mode.tau_s)


def measured_series(mode: FailureMode, c: Comparison) -> list[int]:
    """Rows of the series that the mode is looked for in, as far as they were measured."""
    in_series = (SERIES_INDEX[ch] for ch in mode.screened_by if ch in SERIES_INDEX)
    return [row for row in in_series if c.series_known[row].any()]


def repeated_windows(
    mode: FailureMode,
    c: Comparison,
    residual: Innovations,
    rows: list[int],
    series_search: tuple[ChangeSearch, ...],
) -> tuple[Window, ...]:
    """The strongest trains of pulses in the series that change more than in normal batches.

    Args:
        rows: the series, as of `measured_series`.
    """
    shortest, longest = periods_of(mode)
    found = [
        (bin_span(c, train.begin, train.end), train.period * GRID_S)
        for row in rows
        if _is_loud(c, series_search[row], residual, row)
        for train in best_trains(
            c.series_known[row],
            c.series_gains[row],
            float(c.series_noise[row, 3]),
            residual.series[row],
            periods=(shortest / GRID_S, longest / GRID_S),
            lengths=(mode.length_min[0] * 60.0 / GRID_S, mode.length_min[1] * 60.0 / GRID_S),
            swings=mode.shape is Shape.PERIODIC,
        )
    ]
    windows = (
        Window(span.start_ms, span.end_ms, min(max(period_s, shortest), longest))
        for span, period_s in found
    )
    return tuple(dict.fromkeys(windows))


def _is_loud(c: Comparison, search: ChangeSearch, residual: Innovations, row: int) -> bool:
    found = best_changes(search, residual.series[row])
    return bool(found) and found[0].gain > c.usual_gains[row]


def bin_span(c: Comparison, first: int, after: int) -> Span:
    """From the beginning of one bin of the series up to that of another, one bin at least."""
    half = int(GRID_S * 500)
    bins = c.measured.bin_ms
    begin = int(bins[first]) - half
    end = int(bins[min(after, bins.size - 1)]) - half
    return Span(begin, max(end, begin + 2 * half))
