"""Expected alarms and operators' actions in words."""

import pytest

from investigator.domain.alarm_evidence import (
    ExpectedAlarm,
    OperatorAction,
    action_in_words,
    alarm_in_words,
    prior_in_words,
    witness_in_words,
)
from investigator.domain.instant import Span

NOON_MS = 1_772_618_400_000
ZONE = "Europe/Berlin"


@pytest.mark.requirement("DIA-052")
def test_an_alarm_says_when_it_was_expected_and_whether_it_came() -> None:
    absent = ExpectedAlarm("NIR ACTION", Span(NOON_MS, NOON_MS + 300_000), None, -3.0)
    came = ExpectedAlarm("NIR ACTION", Span(NOON_MS, NOON_MS + 300_000), NOON_MS + 9_000, 5.0)
    earlier = ExpectedAlarm("NIR ACTION", Span(NOON_MS, NOON_MS + 300_000), NOON_MS - 9_000, 5.0)
    when = "expected 2026-03-04 11:00:00+01:00 to 11:05:00+01:00"
    assert alarm_in_words(absent, ZONE) == f"Alarm NIR ACTION was {when} and it did not come."
    assert alarm_in_words(came, ZONE) == (
        f"Alarm NIR ACTION was {when} and it came at 2026-03-04 11:00:09+01:00."
    )
    assert alarm_in_words(earlier, ZONE) == (
        f"Alarm NIR ACTION was {when} and it came earlier, at 2026-03-04 10:59:51+01:00."
    )


@pytest.mark.requirement("DIA-053")
@pytest.mark.parametrize(
    ("late_ms", "since"),
    [
        (600_000, ", 10 min after the onset"),
        (-90_001, ", 2 min before the onset"),
        (20_000, ", at the onset"),
    ],
)
def test_an_action_says_how_long_from_the_onset(late_ms: int, since: str) -> None:
    action = OperatorAction(NOON_MS, "OP-1", "wiped")
    said = action_in_words(action, NOON_MS - late_ms, ZONE)
    assert said == f"2026-03-04 11:00:00+01:00{since}: wiped (OP-1)"


def test_what_is_not_known_is_not_said() -> None:
    action = OperatorAction(NOON_MS, "", "wiped")
    assert action_in_words(action, None, ZONE) == "2026-03-04 11:00:00+01:00: wiped"
    assert witness_in_words((), (action,), None, ZONE) == (
        "Operator, 2026-03-04 11:00:00+01:00: wiped.",
    )


@pytest.mark.requirement("DIA-054")
def test_a_prior_that_is_changed_says_by_what_factor() -> None:
    assert prior_in_words(0.8) == "Alarms and operators raise its prior by a factor of 2.2."
    assert prior_in_words(-0.8) == "Alarms and operators lower its prior by a factor of 2.2."
    assert prior_in_words(0.03) == prior_in_words(0.0) == prior_in_words(None) == ""
