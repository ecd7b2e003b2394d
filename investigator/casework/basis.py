"""What a dossier rests on, and the part of it that follows: the same in any kind of investigation.

Read by the dossier of an unattended run and by that of a case, so that no result reaches the one
and not the other. What people decided and what was assumed is added by them.
"""

from dataclasses import dataclass
from importlib.metadata import version

from investigator.casework.findings import finding_id
from investigator.domain.clock_evidence import ClockEvidence
from investigator.domain.contradicted import contradicted_panels
from investigator.domain.departures import departures
from investigator.domain.dossier import Dossier, TwinStatement
from investigator.domain.evidence import Evidence
from investigator.domain.recurrence import Recurrence
from investigator.domain.remedy import RemedyResult
from investigator.domain.results import ImpactResult, RankingResult, ReplayResult
from investigator.evidence.batch.genealogy import genealogy_of
from investigator.evidence.batch.reconciliation import reconciled


@dataclass(frozen=True, slots=True)
class Basis:
    """What was found: evidence, twin, and the results of the analyses.

    `clocks`: what the offsets rest on. `recurrence`: earlier deviations like this one. `remedies`:
    what could be done; None where it was not simulated.
    """

    evidence: Evidence
    twin: TwinStatement
    replay: ReplayResult
    ranking: RankingResult
    impact: ImpactResult
    clocks: tuple[ClockEvidence, ...] = ()
    recurrence: tuple[Recurrence, ...] = ()
    remedies: RemedyResult | None = None


def dossier_on(
    basis: Basis,
    *,
    marking: str,
    case: str,
    zone: str,
    seed: int,
    assumptions: tuple[str, ...],
) -> Dossier:
    """The dossier of what was found.

    Args:
        basis: what was found.
        marking: stands at the head of every page.
        case: its number or name.
        zone: of all printed times.
        seed: of every random draw.
        assumptions: sentences, in the order in which they are told.
    """
    evidence, replay, ranking, impact = basis.evidence, basis.replay, basis.ranking, basis.impact
    origin = genealogy_of(evidence)
    findings = (*evidence.findings, *ranking.findings, *impact.findings)
    return Dossier(
        marking=marking,
        case=case,
        zone=zone,
        software=version("deviation-investigator"),
        seed=seed,
        deviation=evidence.deviation,
        batch=evidence.batch,
        items=evidence.items,
        clock_offsets=evidence.clock_offsets,
        findings=findings,
        assumptions=assumptions,
        alarms=evidence.alarms,
        twin=basis.twin,
        replay=replay.rows,
        panels=ranking.panels,
        ranking=ranking.ranking,
        impact=impact.impact,
        affected_share=impact.affected_share,
        disturbance_window=impact.disturbance_window,
        residence_time=impact.residence_time,
        clock_evidence=basis.clocks,
        finding_ids=tuple(finding_id(finding) for finding in findings),
        reconciliation=reconciled(evidence),
        genealogy=origin.edges,
        genealogy_labels=tuple(origin.labels.items()),
        recurrence=basis.recurrence,
        departures=departures(replay.panels),
        replayed=replay.replayed,
        traced=impact.traced,
        detectability=impact.detectability,
        remedies=basis.remedies,
        account=impact.account,
        contradicted=contradicted_panels(ranking.ranking, replay.panels, ranking.fits),
        toolbox=replay.toolbox,
        control_chart=replay.control_chart,
        pls_chart=replay.pls_chart,
    )
