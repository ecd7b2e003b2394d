"""What alarms and operators say of a hypothesis: alarms that should have come, actions that speak.

An alarm that the twin expects under a hypothesis and that did not come speaks against it, as one
that came speaks for it. Both say little: an alarm follows from signals that are weighed themselves.
"""

import math
from dataclasses import dataclass

from investigator.domain.instant import Span
from investigator.domain.quantities import fixed, moment, period

_WORTH_A_FACTOR = 1.05


@dataclass(frozen=True, slots=True)
class ExpectedAlarm:
    """An alarm that the twin expects under a hypothesis.

    `alarm`: its message. `expected`: when. `came_ms`: when it stood first in that time; None where
    it did not come. `gain`: what that adds to the log likelihood, before all is bounded together.
    """

    alarm: str
    expected: Span
    came_ms: int | None
    gain: float


@dataclass(frozen=True, slots=True)
class OperatorAction:
    """What an operator did or wrote: when, who, in the words of the record.

    `gain`: what it adds to the log likelihood of the hypothesis that it speaks of; 0 as context.
    """

    t_ms: int
    person_id: str
    text: str
    gain: float = 0.0


def alarm_in_words(told: ExpectedAlarm, zone: str) -> str:
    """The expected alarm as a sentence, times in the zone (IANA)."""
    if told.came_ms is None:
        came = "it did not come"
    elif told.came_ms < told.expected.start_ms:
        came = f"it came earlier, at {moment(told.came_ms, zone)}"
    else:
        came = f"it came at {moment(told.came_ms, zone)}"
    return f"Alarm {told.alarm} was expected {period(told.expected, zone)} and {came}."


def action_in_words(action: OperatorAction, onset_ms: int | None, zone: str) -> str:
    """The action as a sentence, with its time from the onset where there is one."""
    who = f" ({action.person_id})" if action.person_id else ""
    since = "" if onset_ms is None else f", {_from_onset(action.t_ms - onset_ms)}"
    return f"{moment(action.t_ms, zone)}{since}: {action.text}{who}"


def witness_in_words(
    alarms: tuple[ExpectedAlarm, ...],
    actions: tuple[OperatorAction, ...],
    onset_ms: int | None,
    zone: str,
) -> tuple[str, ...]:
    """What alarms and operators say of a hypothesis, a sentence each, alarms first."""
    return (
        *(alarm_in_words(alarm, zone) for alarm in alarms),
        *(f"Operator, {action_in_words(action, onset_ms, zone)}." for action in actions),
    )


def prior_in_words(told_gain: float | None) -> str:
    """By what factor alarms and operators change the prior of a hypothesis; empty where by none.

    `told_gain`: what they add to its natural log, together; None where they do not enter it.
    """
    factor = math.exp(abs(told_gain or 0.0))
    if told_gain is None or factor < _WORTH_A_FACTOR:
        return ""
    changed = "raise" if told_gain > 0.0 else "lower"
    return f"Alarms and operators {changed} its prior by a factor of {fixed(factor, 1)}."


def _from_onset(late_ms: int) -> str:
    minutes = round(abs(late_ms) / 60_000)
    if minutes == 0:
        return "at the onset"
    return f"{minutes} min {'before' if late_ms < 0 else 'after'} the onset"
