"""Events that two sources hold of the same physical moment, kind by kind.

- Batch record and historian: a hopper refill and its feeder's mode, a container change and the
  container counter, a phase change or line stop and the line's state, a set-point entered and the
  set-point's tag.
- Alarm journal and historian: an alarm and the state or limit of its own tag. Alarm journal and
  batch record: alarms that both list.
- Never a pair with residence time, filtering or an operator's delay in between: that would be taken
  for a difference of clocks.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.alarm import AlarmEvent, AlarmTransition
from investigator.domain.batch import RecordEvent
from investigator.domain.trajectory import Quality, Trajectory
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.mapping.tag_suggestions import words_of

Times = NDArray[np.int64]

FILTERED = "mean"
"""An alarm on a mean comes later than its signal crosses the limit."""

LIMIT = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s*(\S*)")
SET_POINT = re.compile(r"set-?\s?point", re.IGNORECASE)
STATE_CHANGE = "State Change"
LINE_MESSAGES = ("line stop", "line restarted")


@dataclass(frozen=True, slots=True)
class SharedEvents:
    """Events of one kind at one place as both clocks saw them, ms, sorted, without repetition.

    `late_s` is by how much the historian's side is late on average, `sd_s` the standard deviation
    of one difference: whole seconds, and the step of an interpolated export.
    """

    kind: str
    source_ms: Times
    historian_ms: Times
    late_s: float = 0.0
    sd_s: float = 0.5


@dataclass(frozen=True, slots=True)
class Grid:
    """The step of an interpolated export, 0 for stored samples: a change shows at its next time.

    Stamps are whole seconds on both sides, also those between which the historian interpolates.
    """

    step_s: float
    stamp_s: float = 1.0

    @property
    def late_s(self) -> float:
        """By how much a change shows late on average, s: at once, or a stamp less than a step."""
        return max(self.step_s - self.stamp_s, 0.0) / 2.0

    @property
    def sd_s(self) -> float:
        """Standard deviation of one difference, s: both stamps and the step, each uniform."""
        return float(np.sqrt((2.0 * self.stamp_s**2 + self.step_s**2) / 12.0))


def _times(moments: Iterator[int]) -> Times:
    return np.array(sorted(set(moments)), dtype=np.int64)


def _steps(trajectory: Trajectory) -> tuple[Times, NDArray[np.float64], NDArray[np.float64]]:
    """Times at which a good value differs from the one before it, and both values."""
    good = (trajectory.quality != Quality.BAD) & np.isfinite(trajectory.value)
    t_ms, value = trajectory.t_ms[good], trajectory.value[good]
    after = np.flatnonzero(np.diff(value) != 0) + 1
    return t_ms[after], value[after - 1], value[after]


def _state(trajectory: Trajectory, name: str) -> float | None:
    return next((float(c) for c, n in trajectory.signal.states if n.upper() == name), None)


def _carried_by(unit: str, tag: str, facts: Mapping[str, TagFacts]) -> bool:
    """Whether the tag is of this unit: as the tag list says, else as the words of the tag say."""
    stated = facts[tag].equipment if tag in facts else ""
    if stated:
        return unit == stated
    asked, seen = words_of(unit), words_of(tag)
    return any(seen[n : n + len(asked)] == asked for n in range(len(seen)))


def record_events(
    events: Sequence[RecordEvent],
    trajectories: Mapping[str, Trajectory],
    facts: Mapping[str, TagFacts],
    grid: Grid,
) -> Iterator[SharedEvents]:
    """Events of the batch record with the signals that they switch."""
    units = sorted({e.equipment_id for e in events if e.equipment_id})
    for tag, trajectory in sorted(trajectories.items()):
        for unit in units:
            if _carried_by(unit, tag, facts):
                own = [e for e in events if e.equipment_id == unit]
                yield from _switched(tag, trajectory, own, grid)


def _switched(
    tag: str, trajectory: Trajectory, events: Sequence[RecordEvent], grid: Grid
) -> Iterator[SharedEvents]:
    def having(says: Callable[[RecordEvent], bool]) -> Times:
        return _times(e.t_ms for e in events if says(e))

    refill, running = _state(trajectory, "REFILL"), _state(trajectory, "RUNNING")
    t_ms, _, after = _steps(trajectory)
    if refill is not None:
        at = having(lambda e: "refill" in e.message.casefold())
        yield SharedEvents(tag, at, t_ms[after == refill], grid.late_s, grid.sd_s)
    elif running is not None:
        at = having(_of_state)
        yield SharedEvents(tag, at, t_ms, grid.late_s, grid.sd_s)
    elif words_of(tag)[-1:] == ["drumno"]:
        at = having(lambda e: "fill start" in e.message.casefold())
        yield SharedEvents(tag, at, t_ms, grid.late_s, grid.sd_s)
    elif words_of(tag)[-1:] == ["sp"]:
        entered = [e for e in events if SET_POINT.search(e.message)]
        for value in sorted({e.value for e in entered}):
            at = _times(e.t_ms for e in entered if e.value == value)
            begins = t_ms[_written_as(after, value)]
            yield SharedEvents(f"{tag} = {value}", at, begins, grid.late_s, grid.sd_s)


def _of_state(event: RecordEvent) -> bool:
    return event.event_subtype == STATE_CHANGE or event.message.casefold().startswith(LINE_MESSAGES)


def _written_as(values: NDArray[np.float64], text: str) -> NDArray[np.bool_]:
    """Which of the values the text stands for, to its last digit."""
    try:
        number = float(text)
    except ValueError:
        return np.zeros(values.shape, dtype=bool)
    digits = len(text.partition(".")[2])
    return np.abs(values - number) <= 0.5000001 * 10.0**-digits


def alarms_in_both(
    source: Sequence[AlarmEvent], other: Sequence[AlarmEvent], grid: Grid
) -> Iterator[SharedEvents]:
    """Alarms of one source that another one lists too, kind by kind; the other's times are taken
    for the historian's."""

    def coming(alarms: Sequence[AlarmEvent], kind: tuple[str, str]) -> Times:
        return _times(a.t_ms for a in _annunciated(alarms) if (a.tag, a.message) == kind)

    for kind in sorted({(a.tag, a.message) for a in source}):
        at, seen = coming(source, kind), coming(other, kind)
        yield SharedEvents(": ".join(kind), at, seen, 0.0, Grid(0.0, grid.stamp_s).sd_s)


def _annunciated(alarms: Sequence[AlarmEvent]) -> Iterator[AlarmEvent]:
    return (a for a in alarms if a.transition is AlarmTransition.ANNUNCIATED)


def alarm_events(
    journal: Sequence[AlarmEvent], trajectories: Mapping[str, Trajectory], grid: Grid
) -> Iterator[SharedEvents]:
    """Alarms of the journal with the state or the limit of their own tag in the historian."""
    kinds = sorted({(a.tag, a.message, a.limit) for a in journal if a.tag in trajectories})
    for tag, message, limit in kinds:
        trajectory = trajectories[tag]
        at = _times(
            a.t_ms
            for a in _annunciated(journal)
            if (a.tag, a.message, a.limit) == (tag, message, limit)
        )
        if trajectory.signal.states:
            begins, sd_s = _steps(trajectory)[0], grid.sd_s
        else:
            begins, sd_s = _crossings(trajectory, message, limit)
        late_s = grid.late_s if trajectory.signal.states else 0.0
        yield SharedEvents(f"{tag}: {message}", at, begins, late_s, max(sd_s, grid.sd_s))


def _crossings(trajectory: Trajectory, message: str, limit: str) -> tuple[Times, float]:
    """Times at which the signal leaves its limit upward or downward, and how sure they are, s.

    None of them where the limit is no plain number in the tag's unit, or the alarm is on a mean.
    """
    found = LIMIT.fullmatch(limit.strip())
    nothing = np.zeros(0, dtype=np.int64)
    if found is None or FILTERED in message.casefold():
        return nothing, 0.0
    if found[2] not in ("", trajectory.signal.unit):
        return nothing, 0.0
    level = float(found[1].replace(",", "."))
    good = (trajectory.quality != Quality.BAD) & np.isfinite(trajectory.value)
    t_ms, above = trajectory.t_ms[good], trajectory.value[good] - level
    before = np.flatnonzero(np.sign(above[:-1]) * np.sign(above[1:]) < 0)
    if not before.size:
        return nothing, 0.0
    gap_ms = t_ms[before + 1] - t_ms[before]
    share = above[before] / (above[before] - above[before + 1])
    at = t_ms[before] + np.rint(share * gap_ms).astype(np.int64)
    return at, float(np.median(gap_ms)) / 1000.0 / float(np.sqrt(12.0))
