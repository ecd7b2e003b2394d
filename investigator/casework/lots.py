"""Suspect lots walked forward to every batch and drum they reached, over the whole workspace.

- Looked through are the records of all cases here, the extracts that came with them, and the
  earlier deviations that their documents tell of.
- A lot is suspect where a leading hypothesis is of a property of it: the lot that was at the unit
  of the hypothesis at its onset. A person may name any other.
- What the workspace does not hold is not found here: a where-used list of the site says more.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from investigator.casework.desk import Desk
from investigator.casework.recurrence import leading_causes
from investigator.casework.related import KnownFrom, known_from, named_elsewhere
from investigator.casework.snapshot import Snapshot
from investigator.domain.batch import BatchRecord
from investigator.domain.errors import UnusableRequest
from investigator.domain.genealogy import Genealogy, Node, NodeKind, united
from investigator.domain.lot_reach import LotReach, lot_reach

LATE_MS = 15 * 60 * 1000
"""So much later than the onset a lot may have entered and still be the one that is meant."""


@dataclass(frozen=True, slots=True)
class FollowedLot:
    """A lot, why it is followed, and where it went."""

    why: str
    reach: LotReach


def followed_lots(desk: Desk, seen: Snapshot, lot_id: str | None = None) -> tuple[FollowedLot, ...]:
    """The suspect lots of the case, or the one that a person names, each walked forward.

    Empty where no leading hypothesis is of a lot and none is named.

    Raises:
        AccessRefused: the person may not read cases.
        AlteredRecord: a stored reading is missing or changed.
        UnusableRequest: nothing here knows the lot that is named; as `suspect_lots`.
    """
    graph = genealogy_of_all(desk)
    if lot_id is None:
        return tuple(
            FollowedLot(why, lot_reach(graph, lot)) for lot, why in suspect_lots(seen).items()
        )
    if Node(NodeKind.LOT, lot_id) not in graph.nodes:
        raise UnusableRequest(f'No record or extract in the cases here names a lot "{lot_id}".')
    return (FollowedLot("named by a person", lot_reach(graph, lot_id)),)


def genealogy_of_all(desk: Desk) -> Genealogy:
    """All batches that the workspace knows of, as one graph."""
    known = [known_from(desk.workspace.blobs, case) for case in desk.cases()]
    return united(part for one in known for part in _parts(one))


def suspect_lots(seen: Snapshot) -> dict[str, str]:
    """The lots that the leading hypotheses are of, each with the reason in words.

    Raises:
        UnusableRequest, UnusableInput: the package of the twin is not at hand, or damaged.
    """
    from investigator.casework.twins import folder_of
    from investigator.twin.failure_mode import Shape
    from investigator.twin.failure_mode_file import read_failure_modes
    from investigator.twin.package import FAILURE_MODES

    if seen.evidence is None or seen.case.twin is None:
        return {}
    modes = read_failure_modes(folder_of(seen.case.twin.act.twin_id) / FAILURE_MODES)
    units = {mode.cause: mode.unit for mode in modes if mode.shape is Shape.LOT}
    onsets = {h.cause: h.onset_ms for h in seen.ranking.ranking.hypotheses} if seen.ranking else {}
    found: dict[str, str] = {}
    for cause, title in leading_causes(seen).items():
        for lot in _at(seen.evidence.batch, units.get(cause, ""), onsets.get(cause)):
            found.setdefault(lot, f'"{title or cause}" is of the lot at {units[cause]}')
    return found


def _at(batch: BatchRecord, unit_id: str, onset_ms: int | None) -> tuple[str, ...]:
    """The lot at a unit at the onset; all that it may be where the record does not tell."""
    from investigator.evidence.batch.genealogy import lots_entered

    lots = [lot.lot_id for lot in batch.lots if lot.lot_id and lot.unit_id == unit_id]
    entered = lots_entered(batch, unit_id)
    if onset_ms is None or len(lots) < 2:
        return tuple(dict.fromkeys(lots))
    since = {lot: entered.get(lot, -math.inf) for lot in lots}
    in_time = [t_ms for t_ms in since.values() if t_ms <= onset_ms + LATE_MS]
    if not in_time:
        return tuple(since)
    return tuple(lot for lot, t_ms in since.items() if t_ms == max(in_time))


def _parts(known: KnownFrom) -> Iterator[Genealogy]:
    from investigator.evidence.batch.genealogy import genealogy_of

    if known.evidence is not None:
        yield genealogy_of(known.evidence)
    yield Genealogy(tuple(named_elsewhere(known)), {})
