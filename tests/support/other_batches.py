"""A workspace that knows of other batches: by a record of another case, by an extract, by a letter.

The case of the walk is of batch B-OWN. Lot A-1 is in it, in batch B-OTHER of the case DEV-0 beside
lot A-2 that was connected later, weighed out for batch B-X, and named with batch B-T.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

from investigator.casework.desk import Desk
from investigator.casework.reading import reading_bytes
from investigator.domain.acts.evidence import EarlierDeviation, EvidenceAdmitted
from investigator.domain.batch import BatchRecord, MaterialLot, RecordEvent
from investigator.domain.evidence import EvidenceAsRead
from investigator.domain.materials import (
    NO_EXTRACTS,
    MaterialExtracts,
    ProductionOrder,
    Weighing,
)
from support.desks import desk_at, person
from support.dossiers import DRUMS, START, a_batch
from support.investigations import CASE, DOCUMENT, EVIDENCE, OPENED, WHY
from support.scenes import an_evidence

LOT = MaterialLot("A-1", "RM-1", "API", "LW-311", 9.0, 0.0, 9.0, 99.0)
LATER = replace(LOT, lot_id="A-2")
CONNECTED = RecordEvent(START + 50 * 60_000, "Material", "", "LW-311", "Lot connected", "A-2")
EXTRACTS = MaterialExtracts(
    orders=(ProductionOrder("4711", "B-X", "FP-1"),),
    weighings=(Weighing("4711", "RM-1", "A-1", 3.0), Weighing("4711", "RM-1", "A-9", 3.0)),
)
TOLD = EarlierDeviation("DEV-7", date(2025, 9, 1), "", "B-T", lots=("A-1",))


def own() -> BatchRecord:
    """The batch of the case of the walk: two drums, one lot."""
    return replace(a_batch(), batch_id="B-OWN", lots=(LOT,), tooling=("DS-B-07",))


def other() -> BatchRecord:
    """A batch on the same line: its second drum holds lot A-1 or A-2."""
    drums = tuple(
        replace(container, container_id=name.replace("B1", "B-OTHER"))
        for container, name in zip(a_batch().containers, DRUMS, strict=True)
    )
    record = replace(own(), batch_id="B-OTHER", containers=drums)
    return replace(record, lots=(LOT, LATER), events=(CONNECTED,))


def holding(
    desk: Desk, batch: BatchRecord, materials: MaterialExtracts = NO_EXTRACTS
) -> EvidenceAdmitted:
    """Evidence with this record, stored at the desk."""
    evidence = replace(an_evidence(), batch=batch, materials=materials)
    reading, samples = map(desk.workspace.blobs.keep, reading_bytes(EvidenceAsRead(evidence)))
    return replace(EVIDENCE, reading=reading, samples=samples)


def bring_others(desk: Desk) -> None:
    """The workspace comes to know of all of them; the desk is that of an investigator then."""
    person(desk, "ann")
    desk.do("DEV-0", replace(OPENED, number="DEV-0", batch_id="B-OTHER"), why=WHY)
    desk.do("DEV-0", holding(desk, other()), why=WHY)
    desk.do(CASE, holding(desk, own(), EXTRACTS), why=WHY)
    desk.do(CASE, replace(DOCUMENT, earlier=(TOLD,)), why=WHY)


def bring_others_to(workspace: Path) -> None:
    """The same, of a workspace that nobody has open."""
    with desk_at(workspace) as desk:
        bring_others(desk)
