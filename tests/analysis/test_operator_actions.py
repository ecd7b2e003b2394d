"""What operators did around the time of the leading hypothesis."""

from dataclasses import replace

import pytest
from support.dossiers import a_dossier
from support.line_run import evidence

from investigator.analysis.operator_actions import AROUND_MS, MOST, actions_around
from investigator.domain.batch import RecordComment, RecordEvent

LEAD = a_dossier().ranking.hypotheses[0]
ONSET, END = LEAD.onset_ms, LEAD.end_ms


def record(*, comments=(), events=()):
    return replace(evidence().batch, comments=tuple(comments), events=tuple(events))


@pytest.mark.requirement("DIA-053")
def test_comments_and_actions_of_the_hour_around_stand_in_order_of_time():
    changed = RecordEvent(
        ONSET + 60_000, "Equipment", "Property Value Change", "TP-351", "Force adjusted",
        value="10.4", previous="10.2", unit="kN",
    )  # fmt: skip
    acknowledged = RecordEvent(
        ONSET + 90_000, "Operator", "Prompt Response", "", "Acknowledged", person_id="OP-3"
    )
    refill = RecordEvent(ONSET, "Equipment", "Process", "LW-311", "Hopper refill")
    comments = [
        RecordComment(END + AROUND_MS - 1, "late", "OP-2"),
        RecordComment(ONSET - AROUND_MS, "early", "OP-1"),
        RecordComment(ONSET - AROUND_MS - 1, "too early", "OP-1"),
        RecordComment(END + AROUND_MS, "too late", "OP-1"),
    ]
    batch = record(comments=comments, events=(acknowledged, refill, changed))
    told = actions_around(batch, LEAD)
    assert [a.text for a in told] == [
        "early", "Force adjusted from 10.2 to 10.4 kN", "Acknowledged", "late",
    ]  # fmt: skip
    assert all(a.gain == 0.0 for a in told)


def test_of_many_those_nearest_to_the_onset_are_told():
    comments = [RecordComment(ONSET + 1000 * k, f"c{k:03}", "OP-1") for k in range(3 * MOST)]
    told = actions_around(record(comments=comments), LEAD)
    assert [a.text for a in told] == [f"c{k:03}" for k in range(MOST)]
    long_before = [RecordComment(ONSET - 3_000_000 + k, f"b{k:03}", "OP-1") for k in range(MOST)]
    assert actions_around(record(comments=(*long_before, *comments)), LEAD) == told


def test_without_record_or_hypothesis_nothing_is_told():
    batch = record(comments=[RecordComment(ONSET, "now", "OP-1")])
    assert actions_around(None, LEAD) == ()
    assert actions_around(batch, None) == ()
    assert actions_around(batch, replace(LEAD, onset_ms=None)) == ()
