"""A case as it is at one moment, with the results it names: frozen, to be shown and printed."""

from dataclasses import dataclass

from investigator.casework.checks import KnownCheck, known_checks
from investigator.casework.decisions import decisions_of
from investigator.casework.desk import Desk
from investigator.casework.ranking_history import ranking_history
from investigator.casework.reading import evidence_from
from investigator.casework.scenarios import outcomes_of
from investigator.casework.session import SignedIn
from investigator.casework.stored import decoded
from investigator.domain.errors import UnusableInput, UnusableRequest
from investigator.domain.evidence import Evidence, EvidenceAsRead
from investigator.domain.investigation import Investigation
from investigator.domain.ranking_history import PastRanking
from investigator.domain.remedy import RemedyResult
from investigator.domain.results import ImpactResult, RankingResult, ReplayResult
from investigator.domain.scenario_outcome import ScenarioOutcome
from investigator.domain.twin_life import change_since


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A case and what it names.

    `person`: who looks at it. `case`: its acts. `evidence`: as the analyses take it, with what was
    decided about it; `read`: the same before anything was decided. `replay`, `ranking`, `impact`,
    `remedies`: the stored results of the latest acts, stale or not (ask `case.is_stale`); None
    where there is none. `scenario_runs`: every recorded run of a scenario with its result.
    `checks`: those that the chosen twin knows. `rankings`: every ranking that was recorded.
    `log_size`: entries of the log at that moment. `twin_note`: what befell the twin of the case
    after it was chosen, in one sentence; mostly empty.
    """

    person: SignedIn
    case: Investigation
    evidence: Evidence | None
    replay: ReplayResult | None
    ranking: RankingResult | None
    impact: ImpactResult | None
    log_size: int
    read: EvidenceAsRead | None = None
    twin_note: str = ""
    remedies: RemedyResult | None = None
    scenario_runs: tuple[ScenarioOutcome, ...] = ()
    checks: tuple[KnownCheck, ...] = ()
    rankings: tuple[PastRanking, ...] = ()


def snapshot(desk: Desk, case_id: str, earlier: Snapshot | None = None) -> Snapshot:
    """The case now.

    Args:
        desk: where it is.
        case_id: the case.
        earlier: a snapshot of the same case; what has not changed is taken from it.

    Raises:
        AccessRefused, UnusableRequest: the case cannot be read.
        AlteredRecord: a stored result is missing or changed.
    """
    case = desk.case(case_id)
    before = earlier if earlier is not None and earlier.case.case_id == case_id else None
    read = _read(desk, case, before)
    return Snapshot(
        person=desk.session.demanded(),
        case=case,
        evidence=_evidence(case, read, before),
        replay=_replay(desk, case, before),
        ranking=_ranking(desk, case, before),
        impact=_impact(desk, case, before),
        log_size=desk.workspace.log.size,
        read=read,
        twin_note=_twin_note(desk, case),
        remedies=_remedies(desk, case, before),
        scenario_runs=outcomes_of(desk, case, before.scenario_runs if before else ()),
        checks=_checks(case, before),
        rankings=ranking_history(desk, case, before.rankings if before else ()),
    )


def _twin_note(desk: Desk, case: Investigation) -> str:
    chosen = case.twin
    return "" if chosen is None else change_since(desk.twins.life(chosen.act.digest), chosen)


def _checks(case: Investigation, before: Snapshot | None) -> tuple[KnownCheck, ...]:
    """None while there is no twin, or where its package cannot be read, which the twin tells."""
    if case.twin is None:
        return ()
    if before and before.case.twin == case.twin:
        return before.checks
    try:
        return known_checks(case)
    except (UnusableInput, UnusableRequest):
        return ()


def _read(desk: Desk, case: Investigation, before: Snapshot | None) -> EvidenceAsRead | None:
    found = case.evidence
    if found is None:
        return None
    if before and before.case.evidence == found:
        return before.read
    blobs = desk.workspace.blobs
    return evidence_from(blobs.read(found.act.reading), blobs.read(found.act.samples))


def _evidence(
    case: Investigation, read: EvidenceAsRead | None, before: Snapshot | None
) -> Evidence | None:
    if read is None:
        return None
    decisions = decisions_of(case)
    if before and before.read is read and decisions_of(before.case) == decisions:
        return before.evidence
    from investigator.evidence.decided import decided

    return decided(read, decisions)


def _replay(desk: Desk, case: Investigation, before: Snapshot | None) -> ReplayResult | None:
    found = case.replay
    if found is None:
        return None
    if before and before.case.replay == found:
        return before.replay
    return decoded(desk.workspace.blobs.read(found.act.result), ReplayResult)


def _ranking(desk: Desk, case: Investigation, before: Snapshot | None) -> RankingResult | None:
    found = case.ranking
    if found is None:
        return None
    if before and before.case.ranking == found:
        return before.ranking
    return decoded(desk.workspace.blobs.read(found.act.result), RankingResult)


def _impact(desk: Desk, case: Investigation, before: Snapshot | None) -> ImpactResult | None:
    found = case.impact
    if found is None:
        return None
    if before and before.case.impact == found:
        return before.impact
    return decoded(desk.workspace.blobs.read(found.act.result), ImpactResult)


def _remedies(desk: Desk, case: Investigation, before: Snapshot | None) -> RemedyResult | None:
    found = case.remedies
    if found is None:
        return None
    if before and before.case.remedies == found:
        return before.remedies
    return decoded(desk.workspace.blobs.read(found.act.result), RemedyResult)
