"""A first is/is-not table for a case: what the program knows of it, for a person to state."""

from investigator.casework.snapshot import Snapshot
from investigator.domain.acts.reasoning import IsIsNotStated
from investigator.domain.errors import UnusableRequest


def proposed_is_is_not(seen: Snapshot) -> tuple[IsIsNotStated, ...]:
    """The rows that the results of the case suggest, without those that a person stated.

    Raises:
        UnusableRequest: the material was not followed yet, or the impact is stale.
    """
    from investigator.analysis.is_is_not import propose_is_is_not

    recorded = seen.case.impact
    if recorded is None or seen.impact is None or seen.case.is_stale(recorded):
        raise UnusableRequest(
            "A first table rests on an impact that is not stale; follow the material first."
        )
    toolbox = seen.replay.toolbox if seen.replay else None
    stated = {r.act.about() for r in seen.case.is_is_not}
    rows = propose_is_is_not(seen.impact, toolbox, seen.case.opened.act.zone)
    return tuple(row for row in rows if row.about() not in stated)
