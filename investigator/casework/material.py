"""What went into a batch and where it went, as the window and the console show it."""

from investigator.casework.snapshot import Snapshot
from investigator.domain.errors import UnusableRequest
from investigator.domain.evidence import Evidence
from investigator.domain.genealogy import Genealogy
from investigator.domain.reconciliation import Reconciliation


def reconciliation_of(seen: Snapshot) -> Reconciliation:
    """Issued, consumed, returned, samples and rejects of the batch, each line against its limit.

    Raises:
        UnusableRequest: no evidence was admitted yet.
    """
    from investigator.evidence.batch.reconciliation import reconciled

    return reconciled(_evidence(seen))


def genealogy_of(seen: Snapshot) -> Genealogy:
    """Lots, batch, containers and samples as one graph, to be walked both ways.

    Raises:
        UnusableRequest: no evidence was admitted yet.
    """
    from investigator.evidence.batch import genealogy

    return genealogy.genealogy_of(_evidence(seen))


def _evidence(seen: Snapshot) -> Evidence:
    if seen.evidence is None:
        raise UnusableRequest(
            f"The case {seen.case.case_id} has no evidence yet; admit a folder first."
        )
    return seen.evidence
