"""What an offset between two clocks was estimated from, kept so that a person can look at it.

- A pair is one event that both sources hold; its difference is one reading of the offset. Pairs
  that disagree with the rest are kept and marked: a scatter that hides them would prove nothing.
- Where the sources share a course instead of events, the match of the two is kept by lag.
- Times are those of the sources, never corrected.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EventPair:
    """One event as two clocks saw it.

    `kind` names the tag or alarm that both hold. `late_s` is by how much the historian's side is
    late on average (half the step of an interpolated export). `used` tells whether the estimate
    rests on it.
    """

    kind: str
    source_ms: int
    historian_ms: int
    late_s: float = 0.0
    used: bool = True

    @property
    def difference_s(self) -> float:
        """Historian's time minus the source's, s."""
        return (self.historian_ms - self.source_ms) / 1000.0 - self.late_s


@dataclass(frozen=True, slots=True)
class ClockEvidence:
    """What was compared for one source.

    Attributes:
        source: its name, as in `ClockOffset.source`.
        method: what was compared, in words.
        pairs: events that both hold, in order of the source's time; empty where a course was
            compared.
        match: (lag in s, log-likelihood relative to the best lag) of a course compared with the
            historian's; empty where events were compared.
    """

    source: str
    method: str
    pairs: tuple[EventPair, ...] = ()
    match: tuple[tuple[float, float], ...] = ()
