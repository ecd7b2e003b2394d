"""The rules of order on other batches: none that shares something is left without a decision.

- What is decided here is another batch than that of the case.
- A batch that is affected and on the market is decided on where something was done about it: a
  containment or an action is recorded.
- Every batch that was found to share something is decided on before the scope is completed; one
  that is found later, before the conclusion, the report and the closing (21 CFR 211.192).
- Where a batch is may stay not known; it is then shown as open.
"""

from collections.abc import Sequence

from investigator.domain.acts.act import Act
from investigator.domain.acts.case import (
    CaseClosed,
    RelatedBatchDecided,
    ScopeCompleted,
    ScopeDecision,
)
from investigator.domain.acts.closing import ConclusionStated, ReportIssued
from investigator.domain.distribution import ON_THE_MARKET, DistributionStatus
from investigator.domain.investigation import Investigation

WAITING_FOR_BATCHES = (ScopeCompleted, ConclusionStated, ReportIssued, CaseClosed)
"""Acts that wait until every batch that is found then has a decision."""


def undecided_batches(case: Investigation, found: Sequence[str]) -> tuple[str, ...]:
    """Those of the batches found that have no decision."""
    decided = {r.act.batch_id for r in case.related_batches}
    return tuple(name for name in dict.fromkeys(found) if name not in decided)


def unknown_distribution(case: Investigation) -> tuple[str, ...]:
    """The batches decided on of which it is not known where they are."""
    return tuple(
        r.act.batch_id
        for r in case.related_batches
        if r.act.distribution is DistributionStatus.UNKNOWN
    )


def refusal_of_undecided(case: Investigation, act: Act, found: Sequence[str]) -> str | None:
    """Why the act waits for other batches, in one sentence; None if it does not.

    `found`: ids of the batches that share something with that of the case, as known now.
    """
    if not isinstance(act, WAITING_FOR_BATCHES):
        return None
    waiting = undecided_batches(case, found)
    if not waiting:
        return None
    return (
        f"A decision is missing on {listed(waiting)}, which shares something with this batch: "
        "decide whether it is affected."
    )


def before_scope(case: Investigation, act: ScopeCompleted) -> str | None:
    """Why the scope is not completed now; None if it can be."""
    return refusal_of_undecided(case, act, act.found)


def before_decision(case: Investigation, act: RelatedBatchDecided) -> str | None:
    """Why the decision on another batch is not taken now; None if it can be."""
    if act.batch_id == case.opened.act.batch_id:
        return f"The batch {act.batch_id} is that of this case; name another one."
    if act.decision is not ScopeDecision.AFFECTED or act.distribution not in ON_THE_MARKET:
        return None
    if case.containment is not None or case.actions:
        return None
    return (
        f"The batch {act.batch_id} is affected and {act.distribution}: record the containment or "
        "propose an action first, and say in the reason what is done about it."
    )


def listed(names: Sequence[str], most: int = 5) -> str:
    """The first of the names, and how many more there are."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
