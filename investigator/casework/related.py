"""Other batches of this workspace that share something with the one that deviated.

- Compared are the batch records that were admitted as evidence: lots, equipment, and time.
- A batch made on the same equipment within two days before or after shares the time window.
- What the workspace does not hold is not found here: the person looks in the site's systems too.
"""

from dataclasses import dataclass

from investigator.casework.desk import Desk
from investigator.casework.reading import StoredReading
from investigator.casework.stored import decoded
from investigator.domain.acts.case import Shared
from investigator.domain.batch import BatchRecord
from investigator.domain.instant import Span
from investigator.domain.investigation import Investigation

NEAR_MS = 2 * 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class RelatedBatch:
    """Another batch, the case it is known from, what it shares, and that in words."""

    batch_id: str
    case_id: str
    shares: tuple[Shared, ...]
    words: str


def related_batches(desk: Desk, case_id: str) -> tuple[RelatedBatch, ...]:
    """The batches of other cases that share something with that of this one.

    Raises:
        AccessRefused, UnusableRequest: the case cannot be read.
        AlteredRecord: a stored reading is missing or changed.
    """
    case = desk.case(case_id)
    own = batch_record_of(desk, case)
    if own is None:
        return ()
    others = ((other.case_id, batch_record_of(desk, other)) for other in desk.cases())
    found = (
        related_batch(own, record, other_id)
        for other_id, record in others
        if record is not None and record.batch_id != own.batch_id
    )
    unique = {r.batch_id: r for r in found if r is not None}
    return tuple(unique[name] for name in sorted(unique))


def related_batch(own: BatchRecord, other: BatchRecord, case_id: str) -> RelatedBatch | None:
    """What another batch shares with this one; None where it shares nothing."""
    lots = sorted({lot.lot_id for lot in own.lots} & {lot.lot_id for lot in other.lots})
    units = sorted(set(own.equipment) & set(other.equipment))
    near = Span(own.span.start_ms - NEAR_MS, own.span.end_ms + NEAR_MS).overlaps(other.span)
    said = {
        Shared.LOT: f"lots {', '.join(lots)}" if lots else "",
        Shared.EQUIPMENT: f"equipment {', '.join(units)}" if units else "",
        Shared.TIME_WINDOW: "made within two days on the same equipment" if near and units else "",
    }
    shares = tuple(kind for kind, words in said.items() if words)
    if not shares:
        return None
    return RelatedBatch(other.batch_id, case_id, shares, "; ".join(said[kind] for kind in shares))


def batch_record_of(desk: Desk, case: Investigation) -> BatchRecord | None:
    """The batch record of the evidence of a case; None where none was admitted."""
    if case.evidence is None:
        return None
    stored = decoded(desk.workspace.blobs.read(case.evidence.act.reading), StoredReading)
    return stored.evidence.batch
