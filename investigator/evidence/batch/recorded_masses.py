"""The masses of a batch as its records give them, for the account of its material."""

from investigator.domain.evidence import Evidence
from investigator.domain.material_account import RecordedMasses
from investigator.evidence.batch import record_quantities as figures
from investigator.evidence.batch.reconciliation import consumed_of, net_of


def recorded_masses(evidence: Evidence) -> RecordedMasses:
    """What batch record, in-process samples and laboratory say of the masses."""
    batch, mass = evidence.batch, figures.mean_weight(evidence)
    return RecordedMasses(
        consumed=consumed_of(batch.lots),
        containers=net_of(batch.containers),
        rejects=figures.reject_mass(batch),
        in_process_samples=figures.sample_mass(batch, mass),
        good_tablets=figures.good_count(batch),
        rejected_tablets=figures.reject_count(batch),
        tablet_mass=mass,
    )
