"""What alarms and operators say of the selected hypothesis, and what was done around its onset."""

from investigator.domain.alarm_evidence import action_in_words, witness_in_words
from investigator.domain.ranking import HypothesisAssessment, Ranking

NONE_TOLD = "No alarm is expected under it, and no action of an operator speaks of it."


def alarms_told(assessed: HypothesisAssessment | None, zone: str) -> tuple[str, ...]:
    """A sentence for every alarm that it expects and every action that speaks of it."""
    if assessed is None:
        return ()
    return witness_in_words(assessed.alarms, assessed.actions, assessed.onset_ms, zone)


def done_around(
    assessed: HypothesisAssessment | None, ranking: Ranking | None, zone: str
) -> tuple[str, ...]:
    """What operators did and wrote around the leading hypothesis, with the time from this onset."""
    if assessed is None or ranking is None:
        return ()
    spoken = {(action.t_ms, action.text) for action in assessed.actions}
    return tuple(
        action_in_words(action, assessed.onset_ms, zone)
        for action in ranking.actions
        if (action.t_ms, action.text) not in spoken
    )
