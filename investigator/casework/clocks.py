"""The clocks of the sources of a case: estimated, accepted, or set by a person with a reason.

- Original times are never altered: an offset says what is added to them.
- A source that is there and could not be compared has no estimate; its clock can be set all the
  same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from investigator.casework.decisions import offset_of
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.data_review import ClockBasis, ClockJudged
from investigator.domain.errors import UnusableRequest
from investigator.domain.evidence import ClockOffset, Evidence, EvidenceAsRead
from investigator.domain.investigation import Investigation

LARGEST_MS = 366 * 24 * 3600 * 1000
"""No clock of a site is off by more than a year."""

LARGEST_DRIFT_PPB = 10_000_000
"""1 %, a hundred times what a free-running clock drifts; far more would fold times together."""


@dataclass(frozen=True, slots=True)
class ClockStanding:
    """A clock as it stands: what was estimated, what is in force, who judged it.

    `estimated` is None where nothing could be estimated. `in_force` is the offset that the analyses
    use; None for a source that is taken as in step. `judged` is None while nobody did, or where the
    judgement is stale.
    """

    source: str
    estimated: ClockOffset | None
    in_force: ClockOffset | None
    judged: Recorded[ClockJudged] | None


def clock_standings(
    case: Investigation, estimated: Iterable[ClockOffset], others: Iterable[str] = ()
) -> tuple[ClockStanding, ...]:
    """Every clock of the evidence as read.

    Args:
        case: with what people decided.
        estimated: the offsets of the reading.
        others: sources without an estimate, as `without_estimate` tells them.
    """
    current = {source: r for source, r in case.clocks.items() if not case.is_stale(r)}
    known = {offset.source: offset for offset in estimated}
    sources = (*known, *(source for source in others if source not in known))
    return tuple(_standing(s, known.get(s), current.get(s)) for s in sources)


def without_estimate(read: EvidenceAsRead) -> tuple[str, ...]:
    """Sources of the evidence that times are placed by and that nothing could be estimated of."""
    from investigator.evidence.decided import PLACED

    estimated = {offset.source for offset in read.evidence.clock_offsets}
    there = {basis.source for basis in read.clocks}
    return tuple(source for source in PLACED if source in there - estimated)


def accepted(offsets: Iterable[ClockOffset]) -> list[ClockJudged]:
    """The acts that accept these clocks as estimated, to be handed to the desk together."""
    return [_as_estimated(offset) for offset in offsets]


def clock_set(
    source: str,
    *,
    offset_s: str,
    uncertainty_s: str,
    drift_ppm: str = "0",
    drift_uncertainty_ppm: str = "0",
    reference_ms: int = 0,
) -> ClockJudged:
    """The act that sets a clock; numbers are decimal text, kept to the millisecond.

    Raises:
        UnusableRequest: a text is no number, or no clock can be so far off.
    """
    offset_ms, uncertainty_ms = _thousandths(offset_s), _thousandths(uncertainty_s)
    drift_ppb, drift_sd_ppb = _thousandths(drift_ppm), _thousandths(drift_uncertainty_ppm)
    if uncertainty_ms < 0 or drift_sd_ppb < 0:
        raise UnusableRequest("An uncertainty is not negative; give a standard uncertainty.")
    if abs(offset_ms) > LARGEST_MS or uncertainty_ms > LARGEST_MS:
        raise UnusableRequest("A clock is not off by more than a year; give the offset in seconds.")
    if max(abs(drift_ppb), drift_sd_ppb) > LARGEST_DRIFT_PPB:
        raise UnusableRequest(
            "A clock does not drift by more than 10,000 ppm (1 %); give the drift in ppm."
        )
    return ClockJudged(
        source,
        ClockBasis.SET,
        offset_ms,
        uncertainty_ms,
        drift_ppb,
        drift_sd_ppb,
        reference_ms,
        0,
    )


def drift_counts_from(estimated: ClockOffset | None, evidence: Evidence) -> int:
    """The time, ms, at which an offset with a drift holds: that of the estimate, else the begin of
    the batch."""
    stated = estimated.reference_ms if estimated is not None else 0
    return stated or evidence.batch.span.start_ms


def _standing(
    source: str, offset: ClockOffset | None, judged: Recorded[ClockJudged] | None
) -> ClockStanding:
    set_by_person = judged is not None and judged.act.basis is ClockBasis.SET
    in_force = offset_of(judged.act) if judged is not None and set_by_person else offset
    return ClockStanding(source, offset, in_force, judged)


def _as_estimated(offset: ClockOffset) -> ClockJudged:
    return ClockJudged(
        offset.source,
        ClockBasis.ESTIMATED,
        round(1000 * offset.offset_s),
        round(1000 * offset.uncertainty_s),
        round(1000 * offset.drift_ppm),
        round(1000 * offset.drift_uncertainty_ppm),
        offset.reference_ms,
        offset.matched_events,
    )


def _thousandths(text: str) -> int:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise UnusableRequest(f'"{text}" is no number; give it such as -37.2.')
    if abs(number) > LARGEST_MS:
        raise UnusableRequest(f"{text} is too large for the clock of a site; give it in seconds.")
    return round(number * 1000)
