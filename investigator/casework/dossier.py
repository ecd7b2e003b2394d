"""What was read and what was found become one value, the dossier, of which the report is made.

The dossier of an unattended run says so, and carries every assumption in the order of the walk:
choice of twin, reading, diagnosis, impact.
"""

from dataclasses import dataclass

from investigator.analysis.contradicted import contradicted_fits
from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.multivariate.control_chart import control_chart_of
from investigator.analysis.multivariate.pls_chart import pls_chart_of
from investigator.analysis.toolbox import toolbox
from investigator.analysis.views import replay_panels
from investigator.casework.basis import Basis, dossier_on
from investigator.casework.defaults import assumed_of_data
from investigator.domain.clock_evidence import ClockEvidence
from investigator.domain.dossier import Dossier, TwinStatement
from investigator.domain.evidence import Evidence
from investigator.domain.replayed import Replayed
from investigator.domain.results import ImpactResult, RankingResult, ReplayResult
from investigator.domain.twin_status import USABLE, PackageStanding
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
    basis = Basis(
        evidence,
        twin_statement(package),
        _replay_result(evidence, package, diagnosis, driven),
        RankingResult(
            diagnosis.ranking,
            diagnosis.panels,
            contradicted_fits(diagnosis.replay.comparison, diagnosis.hypotheses, diagnosis.ranking),
            diagnosis.assumptions,
            diagnosis.findings,
        ),
        impact,
        clocks,
    )
    return dossier_on(
        basis,
        marking=UNATTENDED,
        case=evidence.name,
        zone=package.manifest.site_zone,
        seed=settings.seed,
        assumptions=(
            *_assumed_on_request(package, settings),
            *evidence.assumptions,
            *assumed_of_data(evidence, package.tag_map),
            *diagnosis.assumptions,
            *driven.assumptions,
            *impact.assumptions,
        ),
    )


def _replay_result(
    evidence: Evidence, package: TwinPackage, diagnosis: Diagnosis, driven: Replayed
) -> ReplayResult:
    """The replay with what the classical tools say of the batch, as for a case."""
    replayed = diagnosis.replay
    run = replayed.comparison
    return ReplayResult(
        replayed.rows,
        replay_panels(run),
        driven.assumptions,
        replayed=driven,
        toolbox=toolbox(run, evidence, package, searches=diagnosis.searches),
        control_chart=control_chart_of(run.measured, evidence, package),
        pls_chart=pls_chart_of(run.measured, evidence, package),
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
