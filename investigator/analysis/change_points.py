"""Change points of every channel: when a level changed, how surely, and by how much.

- A channel is taken as its difference to the unperturbed twin, so that a change of rate or a start
  is no change point; its noise model turns it into independent innovations.
- Changes are taken off one after another, the strongest first, for as long as one gains more than
  normal batches show, by a margin for the number of channels that are searched: a search of every
  window finds something in any batch.
- The onset has the central 95 % interval of its likelihood (flat prior, size profiled out), widened
  by what sampling, storage and clocks leave open.

Source: Willsky and Jones (1976), Basseville and Nikiforov, Detection of Abrupt Changes (1993).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from investigator.analysis.comparison import POINT_ROW, Comparison
from investigator.analysis.hypotheses import Searches
from investigator.analysis.unexplained import Change, ChangeSearch, best_changes, unit_steps
from investigator.domain.departures import Z95
from investigator.domain.evidence import Evidence
from investigator.domain.instant import Span
from investigator.domain.toolbox import ChangePoint, OnsetUncertainty
from investigator.domain.trajectory import Quality, Trajectory
from investigator.twin.channels import GRID_S, POINTS, SERIES, SERIES_INDEX, Channel
from investigator.twin.measured import roles_of
from investigator.twin.record import Array
from investigator.twin.reference import in_order

MOST_PER_CHANNEL = 4
MARGIN = float(np.log(len(SERIES) + len(POINTS)))
SQRT_12 = 12.0**0.5


@dataclass(frozen=True, slots=True)
class _Onset:
    """Instants of the likely onsets, and when the sample before each was taken."""

    best_ms: int
    lo_ms: float
    hi_ms: float
    sd_s: float


def change_points(
    c: Comparison, searches: Searches, evidence: Evidence, tag_map: Mapping[str, str]
) -> tuple[ChangePoint, ...]:
    """All change points of a run, in order of their onset.

    Args:
        c: the run against the unperturbed twin.
        searches: of `prepare_searches` for that run.
        evidence: whose samples and clocks tell how sharply an onset can be placed.
        tag_map: historian tag by role.
    """
    found = []
    for row, channel in enumerate(SERIES):
        changes = _taken_off(searches.series[row], c.residual.series[row], _usual(c, channel))
        if not changes:
            continue
        curves = _curves(evidence, tag_map, roles_of(channel.channel))
        signals = tuple(curve.signal.tag for curve in curves)
        steps = unit_steps(c.series_known[row], c.series_gains[row], float(c.series_noise[row, 3]))
        for change, left in changes:
            onset = _series_onset(c, change, steps, left)
            unsure = OnsetUncertainty(onset.sd_s, *_stored(curves, onset.best_ms), 0.0)
            found.append(_told(c, channel, change, onset, unsure, signals))
    for row, channel in enumerate(POINTS):
        changes = _taken_off(searches.points[row], c.residual.points[row], _usual(c, channel))
        found.extend(_point_change(c, channel, change) for change, _ in changes)
    return tuple(sorted(found, key=lambda p: (p.onset_ms, p.channel)))


def _usual(c: Comparison, channel: Channel) -> float:
    name = channel.channel
    row = SERIES_INDEX[name] if name in SERIES_INDEX else len(SERIES) + POINT_ROW[name]
    return float(c.usual_gains[row])


def _taken_off(
    search: ChangeSearch, innovations: Array, usual: float
) -> list[tuple[Change, Array]]:
    """The strongest change, then the strongest in what it leaves, and so on; each with the
    innovations in which it was found."""
    left, found = innovations, list[tuple[Change, Array]]()
    while len(found) < MOST_PER_CHANNEL:
        best = next(iter(best_changes(search, left)), None)
        if best is None or best.gain <= usual + MARGIN:
            break
        found.append((best, left))
        left = left - best.size * _response(search, best)
    return found


def _response(search: ChangeSearch, change: Change) -> Array:
    """Innovations of a unit change between its two instants."""
    end = -(-change.end // search.every)
    begin = search.steps[change.begin // search.every]
    return np.asarray(begin - search.steps[end]) if end < search.steps.shape[0] else begin


def _series_onset(c: Comparison, change: Change, steps: Array, innovations: Array) -> _Onset:
    """The likelihood of every onset bin before the end of the change, the end kept."""
    n = innovations.size
    after = steps[change.end] if change.end < n else np.zeros(n)
    reach = max(change.end - change.begin, 2)
    first, last = max(0, change.begin - reach), max(change.begin + 1, change.end - 1)
    shapes = steps[first:last] - after
    spread = (shapes**2).sum(axis=1)
    usable = spread > 0.5
    gain = np.where(usable, 0.5 * (shapes @ innovations) ** 2 / np.maximum(spread, 1e-9), -np.inf)
    weight = np.exp(gain - gain.max())
    weight /= weight.sum()
    half_ms = int(GRID_S * 500)
    begins = c.measured.bin_ms[first:last].astype(np.float64) - half_ms
    best = int(begins[int(np.argmax(weight))])
    lo, hi = _quantiles(begins, weight)
    mean = float((weight * begins).sum())
    sd_s = float(np.sqrt((weight * (begins - mean) ** 2).sum())) / 1000.0
    # A change within a bin fits best at the nearer of its two edges.
    return _Onset(best, lo - half_ms, hi + half_ms, float(np.hypot(sd_s, GRID_S / SQRT_12)))


def _quantiles(places: Array, weight: Array) -> tuple[float, float]:
    cumulative = np.cumsum(weight)
    lo = places[int(np.searchsorted(cumulative, 0.025))]
    hi = places[min(int(np.searchsorted(cumulative, 0.975)), places.size - 1)]
    return float(lo), float(hi)


def _curves(
    evidence: Evidence, tag_map: Mapping[str, str], roles: tuple[str, ...]
) -> list[Trajectory]:
    tags = (tag_map.get(role, "") for role in roles)
    return [evidence.trajectories[tag] for tag in tags if tag in evidence.trajectories]


def _stored(curves: list[Trajectory], t_ms: int) -> tuple[float, float]:
    """Sampling and storage: sd, s, of an instant anywhere between two samples.

    Sampling is the usual distance of the stored samples; where they lie further apart around the
    onset than usual, the historian stored none in between, and the onset may lie anywhere there.
    """
    usual, around = 0.0, 0.0
    for curve in curves:
        good = curve.t_ms[curve.quality != Quality.BAD]
        if good.size < 2:
            continue
        usual = max(usual, float(np.median(np.diff(good))) / 1000.0)
        i = int(np.clip(np.searchsorted(good, t_ms), 1, good.size - 1))
        around = max(around, float(good[i] - good[i - 1]) / 1000.0)
    return usual / SQRT_12, max(around - usual, 0.0) / SQRT_12


def _point_change(c: Comparison, channel: Channel, change: Change) -> ChangePoint:
    """An onset between two samples may lie anywhere between them."""
    points = [c.measured.points[i] for i in in_order(c.measured, channel.channel)]
    first = points[min(change.begin, len(points) - 1)].span
    before_ms = points[change.begin - 1].span.start_ms if change.begin else c.record.span.start_ms
    lo, hi = float(min(before_ms, first.start_ms)), float(first.start_ms)
    apart_s = (hi - lo) / 1000.0
    onset = _Onset(first.start_ms, lo, hi, 0.0)
    unsure = OnsetUncertainty(0.0, apart_s / SQRT_12, 0.0, c.record.clock_sd_s)
    end = points[change.end].span.start_ms if change.end < len(points) else None
    return _told(c, channel, change, onset, unsure, (), end_ms=end)


def _told(
    c: Comparison,
    channel: Channel,
    change: Change,
    onset: _Onset,
    unsure: OnsetUncertainty,
    signals: tuple[str, ...],
    *,
    end_ms: int | None = None,
) -> ChangePoint:
    bins = c.measured.bin_ms
    if channel.channel in SERIES_INDEX and change.end < bins.size:
        end_ms = int(bins[change.end]) - int(GRID_S * 500)
    other = 1000.0 * Z95 * float(np.hypot(unsure.storage_s, unsure.clock_s))
    if channel.channel in SERIES_INDEX:
        other = float(np.hypot(other, 1000.0 * Z95 * unsure.sampling_s))
    interval = Span(round(onset.lo_ms - other), round(onset.hi_ms + other) + 1)
    size, title = change.size * channel.to_unit, c.record.named.title(channel)
    usual = _usual(c, channel)
    wide_min = (interval.end_ms - interval.start_ms) / 60_000.0
    began = (
        f"; its onset is known to {wide_min:.1f} min (95 %)"
        if change.begin
        else " from its first value on"
    )
    words = (
        f"{title} changed by {size:+.3g} {channel.unit} against the twin{began}. The change gains "
        f"{change.gain:.1f} in log-likelihood where normal batches reach {usual:.1f}."
    )
    return ChangePoint(
        channel=channel.channel,
        title=title,
        unit=channel.unit,
        onset_ms=onset.best_ms,
        onset_95=interval,
        end_ms=end_ms,
        size=size,
        gain=change.gain,
        usual_gain=usual,
        uncertainty=unsure,
        signals=signals,
        words=words,
    )
