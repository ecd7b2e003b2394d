"""Other batches that share something with the one that deviated, as far as this workspace knows.

- Compared are the batch records that were admitted as evidence: lots, equipment, tooling and time.
- A batch made on the same equipment within two days before or after shares the time window.
- A batch without a record here is known where an extract names a lot of this batch weighed out for
  it, or a document names the lot with it.
- What the workspace does not hold is not found here: the person looks in the site's systems too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from investigator.casework.reading import StoredReading
from investigator.casework.stored import decoded
from investigator.domain.acts.act import Act
from investigator.domain.acts.case import Shared
from investigator.domain.acts.evidence import EarlierDeviation
from investigator.domain.batch import BatchRecord
from investigator.domain.evidence import Evidence
from investigator.domain.genealogy import Edge
from investigator.domain.instant import Span
from investigator.domain.investigation import Investigation
from investigator.domain.lot_reach import told_with, weighed_out
from investigator.domain.scope_rules import WAITING_FOR_BATCHES, refusal_of_undecided
from investigator.records.blobs import Blobs

if TYPE_CHECKING:
    from investigator.casework.desk import Desk

NEAR_MS = 2 * 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class RelatedBatch:
    """Another batch, the case it is known from, what it shares, and that in words."""

    batch_id: str
    case_id: str
    shares: tuple[Shared, ...]
    words: str


@dataclass(frozen=True, slots=True)
class KnownFrom:
    """What one case knows of batches: its evidence without samples (None before there is any), and
    the earlier deviations that its documents tell of."""

    case_id: str
    evidence: Evidence | None
    earlier: tuple[EarlierDeviation, ...]


def related_batches(desk: "Desk", case_id: str) -> tuple[RelatedBatch, ...]:
    """The other batches that share something with that of the case, in order of id.

    Raises:
        AccessRefused, UnusableRequest: the case cannot be read.
        AlteredRecord: a stored reading is missing or changed.
    """
    return related_in(desk.workspace.blobs, desk.case(case_id), desk.cases())


def related_in(
    blobs: Blobs, case: Investigation, cases: Iterable[Investigation]
) -> tuple[RelatedBatch, ...]:
    """The same, of the cases handed in."""
    own = known_from(blobs, case)
    if own.evidence is None:
        return ()
    others = [known_from(blobs, other) for other in cases if other.case_id != case.case_id]
    batch = own.evidence.batch
    found = [
        related
        for other in others
        if other.evidence and other.evidence.batch.batch_id != batch.batch_id
        if (related := related_batch(batch, other.evidence.batch, other.case_id))
    ]
    for known in (own, *others):
        found += _by_lot(batch, known)
    return _merged(found)


def refusal_while_undecided(
    blobs: Blobs, case: Investigation, cases: Iterable[Investigation], act: Act
) -> str | None:
    """Why the act waits for a decision on another batch of the workspace; None if it does not.

    Raises:
        AlteredRecord: a stored reading is missing or changed.
    """
    if not isinstance(act, WAITING_FOR_BATCHES):
        return None
    found = related_in(blobs, case, cases)
    return refusal_of_undecided(case, act, [related.batch_id for related in found])


def known_from(blobs: Blobs, case: Investigation) -> KnownFrom:
    """What a case knows of batches.

    Raises:
        AlteredRecord: its stored reading is missing or changed.
    """
    earlier = tuple(told for r in case.documents for told in r.act.earlier)
    return KnownFrom(case.case_id, stored_evidence(blobs, case), earlier)


def named_elsewhere(known: KnownFrom) -> Iterator[Edge]:
    """Lots in batches of which a case holds no record, as extracts and documents name them."""
    if known.evidence is not None:
        batch = known.evidence.batch
        yield from weighed_out(
            known.evidence.materials, order_id=batch.order_id, batch_id=batch.batch_id
        )
    yield from told_with(known.earlier)


def related_batch(own: BatchRecord, other: BatchRecord, case_id: str) -> RelatedBatch | None:
    """What another batch shares with this one; None where it shares nothing."""
    lots = sorted(_lots(own) & _lots(other))
    units = sorted(set(own.equipment) & set(other.equipment))
    tools = sorted(set(own.tooling) & set(other.tooling))
    near = Span(own.span.start_ms - NEAR_MS, own.span.end_ms + NEAR_MS).overlaps(other.span)
    said = {
        Shared.LOT: f"lots {', '.join(lots)}" if lots else "",
        Shared.EQUIPMENT: f"equipment {', '.join(units)}" if units else "",
        Shared.TOOLING: f"tooling {', '.join(tools)}" if tools else "",
        Shared.TIME_WINDOW: "made within two days on the same equipment" if near and units else "",
    }
    shares = tuple(kind for kind, words in said.items() if words)
    if not shares:
        return None
    return RelatedBatch(other.batch_id, case_id, shares, "; ".join(said[kind] for kind in shares))


def batch_record_of(desk: "Desk", case: Investigation) -> BatchRecord | None:
    """The batch record of the evidence of a case; None where none was admitted."""
    evidence = stored_evidence(desk.workspace.blobs, case)
    return None if evidence is None else evidence.batch


def stored_evidence(blobs: Blobs, case: Investigation) -> Evidence | None:
    """The evidence of a case without its samples; None where none was admitted."""
    if case.evidence is None:
        return None
    return decoded(blobs.read(case.evidence.act.reading), StoredReading).evidence


def _lots(batch: BatchRecord) -> frozenset[str]:
    return frozenset(lot.lot_id for lot in batch.lots if lot.lot_id)


def _by_lot(own: BatchRecord, known: KnownFrom) -> Iterator[RelatedBatch]:
    lots = _lots(own)
    for edge in named_elsewhere(known):
        lot, batch_id = edge.source.node_id, edge.target.node_id
        if lot in lots and batch_id != own.batch_id:
            yield RelatedBatch(batch_id, known.case_id, (Shared.LOT,), f"lot {lot}, {edge.reason}")


def _merged(found: Iterable[RelatedBatch]) -> tuple[RelatedBatch, ...]:
    """Each batch once, with all that it shares and all that says so."""
    by_id: dict[str, list[RelatedBatch]] = defaultdict(list)
    for related in found:
        by_id[related.batch_id].append(related)
    return tuple(
        RelatedBatch(
            batch_id,
            same[0].case_id,
            tuple(kind for kind in Shared if any(kind in r.shares for r in same)),
            "; ".join(dict.fromkeys(r.words for r in same)),
        )
        for batch_id, same in sorted(by_id.items())
    )
