"""The one clock: when something was done, and whether the clock can be believed.

- Times are UTC in whole milliseconds; the zone of the site is kept beside them, for people.
- Every reading has a counter that only rises, also over restarts: it orders what the wall clock
  cannot.
- The latest time ever seen is remembered. A wall clock that stands before it has been set back,
  and the reading says by how much; nothing is corrected in silence.
- Within a session the wall clock is compared with one that cannot be set: the difference is the
  drift of the reading.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

TOLERANCE_MS = 2_000
"""Time servers move a clock by less than this; a larger step was made by somebody."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One reading of the clock.

    `t_ms`: milliseconds since 1970 UTC. `zone`: IANA name of the site's zone. `counter`: rises by
    one with every reading. `behind_ms`: how far the wall clock stands before the latest time seen
    (0: not at all). `drift_ms`: wall clock minus unsettable clock since the session began.
    """

    t_ms: int
    zone: str
    counter: int
    behind_ms: int = 0
    drift_ms: int = 0

    @property
    def set_back(self) -> bool:
        """The wall clock was set back by more than a time server would."""
        return self.behind_ms > TOLERANCE_MS

    @property
    def drifted(self) -> bool:
        """The wall clock was set, forward or back, while the program ran."""
        return abs(self.drift_ms) > TOLERANCE_MS


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000


def _steady_ms() -> int:
    return time.monotonic_ns() // 1_000_000


class Clock:
    """Reads the time; the only place in the program that does.

    Args:
        zone: IANA name of the site's zone.
        latest_ms: the latest time seen in an earlier session.
        counter: the last counter given in an earlier session.
        wall_ms: milliseconds since 1970 UTC; a test hands in its own.
        steady_ms: milliseconds on a clock that cannot be set.
    """

    def __init__(
        self,
        zone: str,
        *,
        latest_ms: int = 0,
        counter: int = 0,
        wall_ms: Callable[[], int] = _wall_ms,
        steady_ms: Callable[[], int] = _steady_ms,
    ) -> None:
        self._zone, self._latest_ms, self._counter = zone, latest_ms, counter
        self._wall_ms, self._steady_ms = wall_ms, steady_ms
        self._origin_ms = wall_ms() - steady_ms()

    def read(self) -> Moment:
        """The time now, with what is to be said about it."""
        t_ms = self._wall_ms()
        drift_ms = t_ms - self._steady_ms() - self._origin_ms
        behind_ms = max(0, self._latest_ms - t_ms)
        self._counter += 1
        self._latest_ms = max(self._latest_ms, t_ms)
        return Moment(t_ms, self._zone, self._counter, behind_ms, drift_ms)

    def has_seen(self, *, t_ms: int, counter: int) -> None:
        """Remember a time and counter of an earlier session; neither ever falls."""
        self._latest_ms = max(self._latest_ms, t_ms)
        self._counter = max(self._counter, counter)
