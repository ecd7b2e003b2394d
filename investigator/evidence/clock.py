"""How far the clock of the batch record stands from the historian's, told by what both saw.

- Both saw hopper refills begin, drums change and alarms come. Each such pair gives one difference;
  the offset is their median, so a few wrong pairs do no harm.
- A pair counts only where it is the one possible partner on both sides: an alarm that chatters
  tells nothing.
- With fewer than five pairs nothing is claimed: offset 0 with an uncertainty of two minutes, the
  largest offset that the site allows between its clocks.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.alarm import AlarmEvent, AlarmTransition
from investigator.domain.batch import RecordEvent
from investigator.domain.evidence import ClockOffset
from investigator.domain.trajectory import Quality, Trajectory

SOURCE = "batch record"
TOLERANCE_S = 150.0
"""Largest offset looked for: the two minutes allowed between checks, and some reserve."""

AGREEMENT_S = 15.0
"""After a first median, pairs further from it than this are taken for wrong pairs."""

FEWEST_PAIRS = 5
UNKNOWN_S = 120.0
STAMP_S = 1.0
"""Times in records are whole seconds."""

NORMAL_MAD = 1.4826
MEDIAN_LOSS = 1.2533
"""sqrt(pi/2): standard error of a median over that of a mean, normal errors."""


@dataclass(frozen=True, slots=True)
class SharedEvents:
    """Events of one kind at one place as both clocks saw them, ms, sorted.

    `late_by_s` is by how much the historian's side is late on average (half its grid).
    """

    kind: str
    record_ms: NDArray[np.int64]
    historian_ms: NDArray[np.int64]
    late_by_s: float = 0.0


def _within(equipment_id: str, tag: str) -> bool:
    return equipment_id.replace("-", "") in tag.split(".")


def _changes(trajectory: Trajectory, code: float | None) -> NDArray[np.int64]:
    """Times at which a held signal takes `code`, or any new value when None. Bad samples apart."""
    good = (trajectory.quality != Quality.BAD) & np.isfinite(trajectory.value)
    t_ms, value = trajectory.t_ms[good], trajectory.value[good]
    changed = np.flatnonzero(np.diff(value) != 0) + 1
    if code is not None:
        changed = changed[value[changed] == code]
    begins: NDArray[np.int64] = t_ms[changed]
    return begins


def _times(events: Sequence[RecordEvent], equipment_id: str, text: str) -> NDArray[np.int64]:
    return np.array(
        sorted(
            e.t_ms
            for e in events
            if e.equipment_id == equipment_id and text in e.message.casefold()
        ),
        dtype=np.int64,
    )


def _process_events(
    events: Sequence[RecordEvent], trajectories: Mapping[str, Trajectory], late_by_s: float
) -> Iterator[SharedEvents]:
    units = sorted({e.equipment_id for e in events if e.equipment_id})
    for tag, trajectory in sorted(trajectories.items()):
        refill = next((c for c, n in trajectory.signal.states if n == "REFILL"), None)
        for unit in units:
            if not _within(unit, tag):
                continue
            if refill is not None:
                begins = _changes(trajectory, float(refill))
                yield SharedEvents(tag, _times(events, unit, "refill"), begins, late_by_s)
            elif tag.endswith(".DRUMNO"):
                begins = _changes(trajectory, None)
                yield SharedEvents(tag, _times(events, unit, "fill start"), begins, late_by_s)


def _alarm_events(
    record: Sequence[AlarmEvent], journal: Sequence[AlarmEvent]
) -> Iterator[SharedEvents]:
    def coming(alarms: Sequence[AlarmEvent], kind: tuple[str, str]) -> NDArray[np.int64]:
        return np.array(
            sorted(
                a.t_ms
                for a in alarms
                if (a.tag, a.message) == kind and a.transition is AlarmTransition.ANNUNCIATED
            ),
            dtype=np.int64,
        )

    for kind in sorted({(a.tag, a.message) for a in record}):
        yield SharedEvents(": ".join(kind), coming(record, kind), coming(journal, kind))


def differences_s(shared: SharedEvents) -> NDArray[np.float64]:
    """Historian minus record, in s, of all events with one possible partner on either side."""
    if shared.record_ms.size == 0 or shared.historian_ms.size == 0:
        return np.zeros(0)
    apart = (shared.historian_ms[None, :] - shared.record_ms[:, None]) / 1000.0
    near = np.abs(apart) <= TOLERANCE_S
    sole = near & (near.sum(axis=1, keepdims=True) == 1) & (near.sum(axis=0, keepdims=True) == 1)
    found: NDArray[np.float64] = apart[sole] - shared.late_by_s
    return found


def offset_of(differences: NDArray[np.float64], *, grid_s: float = 0.0) -> ClockOffset:
    """The clock offset that differences (s) of matched events tell.

    Standard uncertainty: that of the median from the median absolute deviation, no better than the
    grid allows, and the whole seconds of the stamps, in quadrature.
    """
    if differences.size:
        differences = differences[np.abs(differences - np.median(differences)) <= AGREEMENT_S]
    count = int(differences.size)
    if count < FEWEST_PAIRS:
        return ClockOffset(SOURCE, 0.0, UNKNOWN_S, count)
    middle = float(np.median(differences))
    spread = NORMAL_MAD * float(np.median(np.abs(differences - middle)))
    spread = max(spread, grid_s / math.sqrt(12.0))
    error = MEDIAN_LOSS * spread / math.sqrt(count)
    uncertainty = math.hypot(error, STAMP_S / math.sqrt(12.0))
    return ClockOffset(SOURCE, round(middle, 3), round(uncertainty, 3), count)


def record_offset(
    events: Sequence[RecordEvent],
    record_alarms: Sequence[AlarmEvent],
    trajectories: Mapping[str, Trajectory],
    journal: Sequence[AlarmEvent],
    *,
    grid_s: float,
) -> ClockOffset:
    """Seconds to add to times of the batch record to get the historian's.

    Args:
        events, record_alarms: of the batch record, on its own clock.
        trajectories: of the historian.
        journal: alarms on the historian's clock.
        grid_s: grid of an interpolated historian export, 0 for stored samples. A change of state
            shows at the next grid time, half a grid late on average.

    Exact pairs (to the second) are preferred; pairs seen on a coarse grid serve when they are few.
    """
    gridded = [differences_s(s) for s in _process_events(events, trajectories, grid_s / 2.0)]
    exact = [differences_s(s) for s in _alarm_events(record_alarms, journal)]
    if grid_s <= 2.0 * STAMP_S:
        return offset_of(np.concatenate([np.zeros(0), *exact, *gridded]))
    alone = offset_of(np.concatenate([np.zeros(0), *exact]))
    if alone.matched_events >= FEWEST_PAIRS:
        return alone
    return offset_of(np.concatenate([np.zeros(0), *exact, *gridded]), grid_s=grid_s)
