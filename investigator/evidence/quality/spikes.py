"""Spikes: a single sample far from its neighbours, to which the signal returns at once.

- Such a sample comes from the transmitter or the interface, not from the process: powder does not
  leave and come back between two scans. A true pulse of the process has more than one sample, or
  shows at the same time in another signal; either is left alone.
- A signal that does so often in one batch does so by nature (an outlier statistic, a drum scale):
  nothing is removed from it, and the fact is reported.
- In an interpolated export the one bad sample became two straight flanks, which a short true pulse
  gives as well. There only those count whose tip points to an end of the instrument range, where a
  failing transmitter goes (NAMUR NE 43); the flanks go with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.instant import Span
from investigator.domain.trajectory import Interpolation, Quality, Trajectory
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.quality.stretches import near

NORMAL_MAD = 1.4826
SIGMAS = 6.0
"""Hampel threshold, in noise taken from stored corners, which lie about twice as far out as the
samples do; a removed true value costs more than a kept spike."""

DEVIATIONS = 8.0
"""At least this many compression deviations: closer the historian itself does not look."""

SHARE_OF_RANGE = 0.08
"""At least this share of the instrument range."""

RETURN_SHARE = 0.3
"""The neighbours on both sides differ by at most this share of the excursion."""

MIRROR_S = 10.0
"""Another signal must jump within this time to count as seeing the same."""

OFTEN = 3
"""More spikes than this in one signal are its nature."""

NEAR_END = 0.1
"""Share of the range within which a value counts as at its end."""

CLOSE_SCANS, SCAN_S = 1.5, 10.0
"""Away from the ends of the range, both neighbours must be the scans before and after: further off,
the two straight lines between the three samples may be the course of the signal, as at the foot of
a refill or while a door is open. Without a stated scan it is taken to be `SCAN_S`."""


@dataclass(frozen=True, slots=True)
class Spike:
    """Samples `first` to `last` (both included) of a tag that are one spike; `value` its peak."""

    tag: str
    first: int
    last: int
    value: float
    peak_ms: int
    span: Span


@dataclass(frozen=True, slots=True)
class _Excursions:
    """Good samples of a tag: positions, times, values, distance from the line between the
    neighbours, and the least distance that is an excursion.
    """

    position: NDArray[np.intp]
    t_ms: NDArray[np.int64]
    value: NDArray[np.float64]
    distance: NDArray[np.float64]
    least: float


def _excursions(trajectory: Trajectory, facts: TagFacts | None) -> _Excursions | None:
    good = np.flatnonzero(np.isfinite(trajectory.value) & (trajectory.quality != Quality.BAD))
    if good.size < 5:
        return None
    t_ms, value = trajectory.t_ms[good], trajectory.value[good]
    weight = (t_ms[1:-1] - t_ms[:-2]) / (t_ms[2:] - t_ms[:-2])
    line = value[:-2] + weight * (value[2:] - value[:-2])
    distance = np.zeros(good.size)
    distance[1:-1] = value[1:-1] - line
    sigma = NORMAL_MAD * float(np.median(np.abs(distance - np.median(distance))))
    least = max(SIGMAS * sigma, _floor(facts), 1e-12)
    return _Excursions(good, t_ms, value, distance, least)


def _floor(facts: TagFacts | None) -> float:
    if facts is None:
        return 0.0
    floor = DEVIATIONS * (facts.compression_deviation or 0.0)
    if facts.range_low is not None and facts.range_high is not None:
        floor = max(floor, SHARE_OF_RANGE * (facts.range_high - facts.range_low))
    return floor


def _at_end(value: float, facts: TagFacts | None) -> bool:
    if facts is None or facts.range_low is None or facts.range_high is None:
        return False
    low, high = facts.range_low, facts.range_high
    return min(abs(value - low), abs(value - high)) <= NEAR_END * (high - low)


def _peaks(found: _Excursions) -> NDArray[np.intp]:
    """Samples far from both neighbours on the same side, the neighbours alike."""
    far = np.abs(found.distance) > found.least
    left, right = np.zeros(found.value.size), np.zeros(found.value.size)
    left[1:] = np.diff(found.value)
    right[:-1] = -np.diff(found.value)
    alone = np.sign(left) == np.sign(right)
    returns = np.abs(left - right) <= RETURN_SHARE * np.maximum(np.abs(left), np.abs(right))
    return np.flatnonzero(far & alone & returns)


def _single(found: _Excursions, facts: TagFacts | None) -> list[tuple[int, int, int]]:
    """Peaks whose neighbours are stored right before and after."""
    scan_s = (facts.scan_s if facts else None) or SCAN_S
    close_ms = round(1000 * CLOSE_SCANS * scan_s)
    return [
        (n - 1, n, n + 1)
        for n in _peaks(found).tolist()
        if found.position[n + 1] - found.position[n - 1] == 2
        and (
            _at_end(float(found.value[n]), facts)
            or max(np.diff(found.t_ms[n - 1 : n + 2])) <= close_ms
        )
    ]


def _rounding(value: NDArray[np.float64]) -> float:
    steps = np.diff(np.unique(value))
    return float(steps.min()) if steps.size else 0.0


def _flank(value: NDArray[np.float64], peak: int, way: int, slack: float) -> int:
    """How far from `peak` the straight flank reaches in direction `way` (-1 or +1).

    The foot of a flank lies between two points of the grid: the step that holds it is the flank's.
    """
    here = peak + way
    if not 0 <= here + way < value.size:
        return here
    slope = value[here + way] - value[here]
    while 0 <= here + way < value.size and abs(value[here + way] - value[here] - slope) <= slack:
        here += way
    beyond = here + way
    partial = 0 <= beyond < value.size and (value[here] - value[beyond]) * -slope > 0.0
    return beyond if partial else here


def _triangles(found: _Excursions, facts: TagFacts | None) -> list[tuple[int, int, int]]:
    """Peaks between two straight flanks from the same level, pointing to an end of the range."""
    value = found.value
    slack = 2.5 * _rounding(value)
    turn = np.flatnonzero(np.diff(np.sign(np.diff(value))) != 0) + 1
    bent = np.abs(value[turn - 1] - 2.0 * value[turn] + value[turn + 1])
    triangles = []
    for peak in turn[(bent > slack) & _may_reach_end(value, turn, facts)].tolist():
        left, right = _flank(value, peak, -1, slack), _flank(value, peak, +1, slack)
        if not 0 <= left < right < value.size:
            continue
        height = abs(value[peak] - 0.5 * (value[left] + value[right]))
        alike = abs(value[left] - value[right]) <= RETURN_SHARE * height
        at_end = _at_end(_tip(value, peak, left, right), facts)
        if alike and at_end and height > found.least:
            triangles.append((left, peak, right))
    return triangles


def _may_reach_end(
    value: NDArray[np.float64], turn: NDArray[np.intp], facts: TagFacts | None
) -> NDArray[np.bool_]:
    """Peaks from which one more step of a flank comes near an end of the range: saves the rest."""
    if facts is None or facts.range_low is None or facts.range_high is None:
        return np.zeros(turn.size, dtype=bool)
    step = np.concatenate([[0.0, 0.0], np.abs(np.diff(value)), [0.0]])
    reach = np.max([step[turn], step[turn + 1], step[turn + 2]], axis=0)
    reach = np.maximum(reach, step[np.minimum(turn + 3, step.size - 1)])
    low, high = facts.range_low, facts.range_high
    away = np.minimum(value[turn] - low, high - value[turn])
    near: NDArray[np.bool_] = away - reach <= NEAR_END * (high - low)
    return near


def _tip(value: NDArray[np.float64], peak: int, left: int, right: int) -> float:
    """Where the flanks meet, off the grid; the peak itself where a flank is a single step."""
    for before, after in ((peak - 1, peak), (peak, peak + 1)):
        if before - 1 < left or after + 1 > right:
            continue
        rise = value[before] - value[before - 1]
        fall = value[after + 1] - value[after]
        if rise == fall:
            continue
        along = (value[after] - value[before] - fall) / (rise - fall)
        if 0.0 <= along <= 1.0:
            return float(value[before] + along * rise)
    return float(value[peak])


def _spikes_of(
    tag: str, found: _Excursions, facts: TagFacts | None, *, gridded: bool
) -> list[Spike]:
    shapes = _triangles(found, facts) if gridded else _single(found, facts)
    return [
        Spike(
            tag,
            int(found.position[left + 1]),
            int(found.position[right - 1]),
            float(found.value[peak]),
            int(found.t_ms[peak]),
            Span(int(found.t_ms[left + 1]), int(found.t_ms[right - 1])),
        )
        for left, peak, right in shapes
        if right - left >= 2
    ]


def _mirrored(spike: Spike, peers: Sequence[NDArray[np.int64]]) -> bool:
    """Whether another signal leaves and comes back at the same time."""
    return any(near(times, spike.peak_ms, within_s=MIRROR_S) for times in peers)


def find_spikes(
    trajectories: Mapping[str, Trajectory], tags: Mapping[str, TagFacts], *, gridded: bool
) -> tuple[tuple[Spike, ...], tuple[Spike, ...]]:
    """Spikes of all linear signals, by tag: those to be removed, and those that are left because
    their signal has many.

    Args:
        trajectories: of the historian.
        tags: the tag list: range and compression deviation set the least size of a spike.
        gridded: whether the export is interpolated on a grid.
    """
    excursions = {
        tag: found
        for tag, trajectory in sorted(trajectories.items())
        if trajectory.signal.interpolation is Interpolation.LINEAR
        and (found := _excursions(trajectory, tags.get(tag))) is not None
    }
    back = {tag: found.t_ms[_peaks(found)] for tag, found in excursions.items()}
    removed: list[Spike] = []
    left: list[Spike] = []
    for tag, found in excursions.items():
        spikes = _spikes_of(tag, found, tags.get(tag), gridded=gridded)
        peers = [times for name, times in back.items() if name != tag]
        alone = [spike for spike in spikes if not _mirrored(spike, peers)]
        (left if len(spikes) > OFTEN else removed).extend(alone)
    return tuple(removed), tuple(left)


def spike_findings(
    trajectories: Mapping[str, Trajectory], tags: Mapping[str, TagFacts], *, gridded: bool
) -> list[Finding]:
    """A finding for every spike, and one for every signal to which they belong by nature."""
    removed, natural = find_spikes(trajectories, tags, gridded=gridded)
    by_tag: dict[str, list[Spike]] = {}
    for spike in natural:
        by_tag.setdefault(spike.tag, []).append(spike)
    return [*map(_finding, removed), *(_natural(tag, mine) for tag, mine in by_tag.items())]


def _finding(spike: Spike) -> Finding:
    samples = spike.last - spike.first + 1
    return Finding(
        subject=spike.tag,
        kind="spike",
        span=Span(spike.span.start_ms, spike.span.end_ms + 1),
        action="not used",
        severity=Severity.MAJOR,
        treatment=Treatment.DROP,
        detail=f"{samples} sample{'s' if samples > 1 else ''} up to {spike.value:g}, back at once,"
        " seen by no other signal",
    )


def _natural(tag: str, spikes: Sequence[Spike]) -> Finding:
    return Finding(
        subject=tag,
        kind="spike",
        span=Span(spikes[0].span.start_ms, spikes[-1].span.end_ms),
        action="kept: so many belong to the signal",
        detail=f"{len(spikes)} short excursions",
    )
