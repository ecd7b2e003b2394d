"""What the analyses came to, recorded: each outcome by its recipe and the digest of its bytes."""

import os

from investigator.casework.analyses import ASKED_PER_MILLE, Task, remedy_step
from investigator.casework.checks import entered_checks, of_laboratory
from investigator.casework.decisions import decisions_of
from investigator.casework.desk import Desk
from investigator.casework.software import software
from investigator.casework.stored import decoded
from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import (
    HypothesisRaised,
    ImpactRecorded,
    Origin,
    RankingRecorded,
    RemedyRecorded,
    ReplayRecorded,
)
from investigator.domain.errors import UnusableRequest
from investigator.domain.investigation import Investigation
from investigator.domain.results import ImpactResult
from investigator.records.workspace import BLOBS

SEED = 0
"""Seed of every random draw of an attended case; it stands in every recipe."""


def task_for(desk: Desk, case_id: str, kind: type[Act]) -> Task:
    """What an analysis of the case is to be made from, if it is in order now.

    Args:
        desk: where the case is.
        case_id: the case.
        kind: `ReplayRecorded`, `RankingRecorded`, `ImpactRecorded` or `RemedyRecorded`.

    Raises:
        AccessRefused, UnusableRequest: the analysis could not be recorded; it is not begun.
    """
    case = desk.case(case_id)
    if refused := desk.why_not(case_id, _probe(kind)):
        raise UnusableRequest(refused)
    if case.evidence is None or case.twin is None:
        raise UnusableRequest("An analysis needs admitted evidence and a chosen twin.")
    return Task(
        blobs=desk.workspace.folder / BLOBS,
        reading=case.evidence.act.reading,
        samples=case.evidence.act.samples,
        twin_id=case.twin.act.twin_id,
        twin_digest=case.twin.act.digest,
        seed=SEED,
        workers=os.cpu_count() or 1,
        software=software(),
        scratch=desk.scratch,
        decisions=decisions_of(case),
        use=case.twin.act.use,
        checks=() if kind is ReplayRecorded else entered_checks(case),
    )


def record_replay(desk: Desk, case_id: str, task: Task, result: bytes) -> Investigation:
    """Record a replay.

    Raises:
        UnusableRequest: what it was made from is no longer what the case holds.
        AccessRefused: as `Desk.do`.
    """
    _refuse_overtaken(desk, case_id, ReplayRecorded, task, "replay")
    kept = desk.workspace.blobs.keep(result)
    return desk.do(case_id, ReplayRecorded(task.recipe("replay"), kept))


def record_ranking(desk: Desk, case_id: str, task: Task, result: bytes) -> Investigation:
    """Record a ranking; raises as `record_replay`."""
    _refuse_overtaken(desk, case_id, RankingRecorded, task, "ranking")
    kept = desk.workspace.blobs.keep(result)
    return desk.do(case_id, RankingRecorded(task.recipe("ranking"), kept))


def record_impact(desk: Desk, case_id: str, task: Task, result: bytes) -> Investigation:
    """Record an impact, with the containers that a decision is due for; raises as
    `record_replay`."""
    _refuse_overtaken(desk, case_id, ImpactRecorded, task, "impact")
    found = decoded(result, ImpactResult)
    containers = tuple(c.container_id for c in found.impact.containers)
    outside = tuple(c.container_id for c in found.impact.containers if c.out_of_specification)
    kept = desk.workspace.blobs.keep(result)
    return desk.do(case_id, ImpactRecorded(task.recipe("impact"), kept, containers, outside))


def record_remedies(
    desk: Desk, case_id: str, task: Task, result: bytes, *, asked_per_mille: int
) -> Investigation:
    """Record what could be done, simulated for a probability in thousandths; raises as
    `record_replay`."""
    step = remedy_step(asked_per_mille)
    _refuse_overtaken(desk, case_id, RemedyRecorded, task, step)
    kept = desk.workspace.blobs.keep(result)
    return desk.do(case_id, RemedyRecorded(task.recipe(step), kept, asked_per_mille))


def failure_modes_raised(desk: Desk, case_id: str) -> Investigation:
    """Raise every failure mode of the chosen twin as a hypothesis, those not raised before.

    One raised by a person under its id, or before it was asked whether a cause lies in the
    laboratory, is raised anew.

    Raises:
        UnusableRequest: no twin was chosen, or all are raised.
    """
    from investigator.casework.twins import choose_twin

    case = desk.case(case_id)
    if case.twin is None:
        raise UnusableRequest("Choose a twin first; its failure modes become hypotheses.")
    known = {r.act.cause for r in case.hypotheses if r.act.is_all_the_twin_says}
    acts = [
        HypothesisRaised(
            mode.cause,
            mode.title,
            mode.category,
            Origin.TWIN,
            mode.description,
            of_laboratory(mode),
        )
        for mode in choose_twin(case.twin.act.twin_id).failure_modes
        if mode.cause not in known
    ]
    if not acts:
        raise UnusableRequest("All failure modes of the twin are raised already.")
    return desk.do(case_id, *acts)


def _refuse_overtaken(desk: Desk, case_id: str, kind: type[Act], task: Task, step: str) -> None:
    """Work takes long; what it was begun with may have been replaced or withdrawn meanwhile."""
    if task_for(desk, case_id, kind).recipe(step) != task.recipe(step):
        raise UnusableRequest(
            f"What the {step} rests on was changed while it ran; nothing was recorded, run it "
            "again."
        )


def _probe(kind: type[Act]) -> Act:
    probes: dict[type[Act], Act] = {
        ReplayRecorded: ReplayRecorded("", ""),
        RankingRecorded: RankingRecorded("", ""),
        ImpactRecorded: ImpactRecorded("", "", ()),
        RemedyRecorded: RemedyRecorded("", "", ASKED_PER_MILLE),
    }
    return probes[kind]
