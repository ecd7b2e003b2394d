"""What operators did and wrote around the time of a hypothesis, as context beside the ranking.

Comments of the batch record, acknowledgements and entries of operators, and changes of set-point
that the record lists: what may have been an answer to the deviation, or what it came from.
"""

from investigator.domain.alarm_evidence import OperatorAction
from investigator.domain.batch import BatchRecord, RecordEvent
from investigator.domain.instant import Span
from investigator.domain.ranking import HypothesisAssessment

AROUND_MS = 3_600_000
"""So long before the onset and after the end is looked."""

MOST = 12
"""So many are told, those nearest to the onset."""

OPERATOR, CHANGE = "operator", "property value change"


def actions_around(
    batch: BatchRecord | None, lead: HypothesisAssessment | None
) -> tuple[OperatorAction, ...]:
    """Comments and actions within an hour of the time of a hypothesis, in order of time.

    Args:
        batch: the record, on the historian's clock; none are told without one.
        lead: the leading hypothesis; none are told without one or its onset.
    """
    if batch is None or lead is None or lead.onset_ms is None or lead.end_ms is None:
        return ()
    onset = lead.onset_ms
    around = Span(onset - AROUND_MS, max(lead.end_ms, onset) + AROUND_MS)
    told = [OperatorAction(c.t_ms, c.person_id, c.text) for c in batch.comments]
    told += [_action(event) for event in batch.events if _by_hand(event)]
    inside = [action for action in told if around.start_ms <= action.t_ms < around.end_ms]
    nearest = sorted(inside, key=lambda a: (abs(a.t_ms - onset), a.text, a.person_id))[:MOST]
    return tuple(sorted(nearest, key=lambda a: (a.t_ms, a.text, a.person_id)))


def _by_hand(event: RecordEvent) -> bool:
    kinds = (event.event_type.casefold(), event.event_subtype.casefold())
    return OPERATOR in kinds or CHANGE in kinds


def _action(event: RecordEvent) -> OperatorAction:
    to = f" from {event.previous}" if event.previous else ""
    to += f" to {event.value}" if event.value and event.previous else ""
    unit = f" {event.unit}" if to and event.unit else ""
    return OperatorAction(event.t_ms, event.person_id, f"{event.message}{to}{unit}")
