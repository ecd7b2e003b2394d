"""Estimates of clocks as the domain holds them: rounded, whole hours apart, every pair kept."""

import math

from investigator.domain.clock_evidence import EventPair
from investigator.domain.evidence import ClockOffset
from investigator.evidence.clocks.fit import ClockFit
from investigator.evidence.clocks.match import HOUR_S, Match
from investigator.evidence.clocks.room import RoomFit


def event_offset(source: str, fit: ClockFit, hours: int) -> ClockOffset:
    """The fit without its whole hours, which the uncertainty holds instead."""
    return ClockOffset(
        source=source,
        offset_s=round(fit.offset_s - hours * HOUR_S, 3),
        uncertainty_s=round(math.hypot(fit.uncertainty_s, hours * HOUR_S), 3),
        matched_events=int(fit.used.sum()),
        drift_ppm=round(fit.drift_ppm, 3),
        drift_uncertainty_ppm=round(fit.drift_uncertainty_ppm, 3),
        reference_ms=fit.reference_ms,
    )


def event_pairs(match: Match, fit: ClockFit | None) -> tuple[EventPair, ...]:
    """All pairs within the window, those that the fit rests on marked."""
    found: dict[tuple[int, int, int], EventPair] = {}
    used = fit.pairs.only(fit.used) if fit else None
    for pairs, counts in ((match.wide, False), (match.near, False), (used, True)):
        if pairs is None:
            continue
        for k, source_ms, historian_ms, difference_s in zip(
            pairs.kind.tolist(),
            pairs.source_ms.tolist(),
            pairs.historian_ms.tolist(),
            pairs.difference_s.tolist(),
            strict=True,
        ):
            late_s = round((historian_ms - source_ms) / 1000.0 - difference_s, 3)
            pair = EventPair(pairs.kinds[k], source_ms, historian_ms, late_s, counts)
            found[k, source_ms, historian_ms] = pair
    return tuple(found[key] for key in sorted(found, key=lambda key: (key[1], key[0], key[2])))


def room_offset(source: str, fit: RoomFit) -> ClockOffset:
    """The lag of a room as the offset of its monitoring, without its whole hours as well."""
    return ClockOffset(
        source,
        round(fit.lag_s - fit.hours * HOUR_S, 1),
        round(math.hypot(fit.uncertainty_s, fit.hours * HOUR_S), 1),
        fit.readings,
    )
