"""What was read and what was found become one value, the dossier, of which the report is made.

The dossier of an unattended run says so, and carries every assumption in the order of the walk:
choice of twin, reading, diagnosis, impact.
"""

from dataclasses import dataclass
from importlib.metadata import version

from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.views import replay_panels
from investigator.casework.defaults import assumed_of_data
from investigator.casework.findings import finding_id
from investigator.domain.clock_evidence import ClockEvidence
from investigator.domain.departures import departures
from investigator.domain.dossier import Dossier, TwinStatement
from investigator.domain.evidence import Evidence
from investigator.domain.replayed import Replayed
from investigator.domain.results import ImpactResult
from investigator.domain.twin_status import USABLE, PackageStanding
from investigator.evidence.batch.genealogy import genealogy_of
from investigator.evidence.batch.reconciliation import reconciled
from investigator.twin.package import TwinPackage

UNATTENDED = "unattended draft, not reviewed"


@dataclass(frozen=True, slots=True)
class Settings:
    """What was asked for: seed, causes taken as given (None: all are ranked), choice of twin."""

    seed: int
    causes: tuple[str, ...] | None
    twin_named: bool


def assemble_dossier(
    evidence: Evidence,
    package: TwinPackage,
    diagnosis: Diagnosis,
    driven: Replayed,
    impact: ImpactResult,
    settings: Settings,
    clocks: tuple[ClockEvidence, ...] = (),
) -> Dossier:
    """The dossier of an unattended investigation.

    `driven`: the run replayed from its recorded inputs. `clocks`: what the offsets rest on.
    """
    origin = genealogy_of(evidence)
    findings = (*evidence.findings, *diagnosis.findings, *impact.findings)
    return Dossier(
        marking=UNATTENDED,
        case=evidence.name,
        zone=package.manifest.site_zone,
        software=version("deviation-investigator"),
        seed=settings.seed,
        deviation=evidence.deviation,
        batch=evidence.batch,
        items=evidence.items,
        clock_offsets=evidence.clock_offsets,
        findings=findings,
        assumptions=(
            *_assumed_on_request(package, settings),
            *evidence.assumptions,
            *assumed_of_data(evidence, package.tag_map),
            *diagnosis.assumptions,
            *driven.assumptions,
            *impact.assumptions,
        ),
        alarms=evidence.alarms,
        twin=twin_statement(package),
        replay=diagnosis.replay.rows,
        panels=diagnosis.panels,
        ranking=diagnosis.ranking,
        impact=impact.impact,
        affected_share=impact.affected_share,
        disturbance_window=impact.disturbance_window,
        residence_time=impact.residence_time,
        clock_evidence=clocks,
        finding_ids=tuple(finding_id(finding) for finding in findings),
        reconciliation=reconciled(evidence),
        genealogy=origin.edges,
        genealogy_labels=tuple(origin.labels.items()),
        departures=departures(replay_panels(diagnosis.replay.comparison)),
        replayed=driven,
        traced=impact.traced,
        detectability=impact.detectability,
        account=impact.account,
    )


def twin_statement(package: TwinPackage, standing: PackageStanding | None = None) -> TwinStatement:
    """How the twin stands, with a warning where it did not pass its validation or has ended.

    `standing`: in a workspace; None for what follows from the package alone.
    """
    manifest, standing = package.manifest, standing or package.standing
    warnings: tuple[str, ...] = ()
    if standing.status not in USABLE:
        warnings = (
            f"The twin has the status {standing.status}: its predictions are not validated for "
            f"decisions on product. {standing.why}",
        )
    return TwinStatement(
        twin_id=manifest.twin_id,
        title=manifest.title,
        version=manifest.version,
        digest=package.digest,
        status=standing.status,
        context_of_use=manifest.context_of_use,
        warnings=warnings,
    )


def _assumed_on_request(package: TwinPackage, settings: Settings) -> list[str]:
    assumed = []
    if not settings.twin_named:
        assumed.append(f"The twin {package.manifest.twin_id} was taken: it is the only one.")
    if settings.causes is not None:
        given = ", ".join(settings.causes)
        assumed.append(f"The cause was given ({given}); no other cause was considered.")
    return assumed
