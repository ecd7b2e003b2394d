"""Findings on data quality: an id by content, a sentence, an act for each."""

from dataclasses import replace
from typing import Any

import pytest
from support.dossiers import START
from support.investigations import OPENED, admitted, told
from support.scenes import an_evidence

from investigator.casework.decisions import decisions_of
from investigator.casework.findings import (
    added,
    blocking_ids,
    critical_ids,
    exception_first,
    finding_id,
    finding_in_words,
    judged,
    open_ones,
    open_together,
)
from investigator.domain.acts.data_review import FindingAdded
from investigator.domain.acts.evidence import Judgement
from investigator.domain.errors import UnusableRequest
from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.instant import Span

GAP = Finding("NIR-331", "gap", Span(START, START + 90_000), "left out", "90 s without a sample")
DUPLICATE = Finding("lab_results.csv", "duplicate", None, "first taken")


@pytest.mark.requirement("CAS-063")
def test_the_same_finding_has_the_same_id() -> None:
    assert finding_id(GAP) == finding_id(replace(GAP))
    assert len(finding_id(GAP)) == 8
    assert int(finding_id(GAP), 16) >= 0


@pytest.mark.requirement("CAS-063")
def test_another_finding_has_another_id() -> None:
    others = (
        replace(GAP, subject="NIR-332"),
        replace(GAP, kind="spike"),
        replace(GAP, span=None),
        replace(GAP, span=Span(START, START + 90_001)),
        replace(GAP, action="kept"),
        replace(GAP, detail=""),
    )
    assert len({finding_id(f) for f in (GAP, *others)}) == len(others) + 1


def test_a_finding_in_words() -> None:
    assert finding_in_words(GAP, "Europe/Berlin") == (
        "NIR-331: gap, 2026-03-04T10:00:00+01:00 to 2026-03-04T10:01:30+01:00 "
        "(90 s without a sample); left out"
    )
    assert finding_in_words(DUPLICATE, "UTC") == "lab_results.csv: duplicate; first taken"


@pytest.mark.requirement("CAS-063")
def test_each_finding_is_judged_once() -> None:
    acts = judged([GAP, DUPLICATE, GAP], Judgement.DISMISSED, "UTC")
    assert [act.finding_id for act in acts] == [finding_id(GAP), finding_id(DUPLICATE)]
    assert {act.judgement for act in acts} == {Judgement.DISMISSED}
    assert acts[1].finding == finding_in_words(DUPLICATE, "UTC")
    assert judged([], Judgement.ACCEPTED, "UTC") == []


@pytest.mark.requirement("CAS-127")
def test_what_needs_a_person_stands_first_then_by_time() -> None:
    late = replace(GAP, severity=Severity.CRITICAL)
    early = replace(late, span=Span(START - 1000, START), kind="freeze")
    major = replace(GAP, subject="A", severity=Severity.MAJOR)
    assert exception_first([DUPLICATE, GAP, major, late, early]) == (
        early,
        late,
        major,
        DUPLICATE,
        GAP,
    )


@pytest.mark.requirement("CAS-127", "CAS-122")
def test_all_but_the_critical_findings_are_accepted_together() -> None:
    freeze = replace(GAP, kind="freeze", severity=Severity.CRITICAL)
    wrong_unit = replace(freeze, kind="unit_differs")
    found = (GAP, freeze, DUPLICATE, wrong_unit)
    critical = critical_ids(found)
    assert set(critical) == {finding_id(freeze), finding_id(wrong_unit)}
    assert blocking_ids(found) == (finding_id(wrong_unit),)
    evidence = replace(an_evidence(), findings=found)
    story = told([OPENED, admitted("frozen", findings=4, critical=critical)])
    assert list(open_ones(story.case, evidence))[:2] == [finding_id(freeze), finding_id(wrong_unit)]
    assert set(open_together(story.case, evidence)) == {finding_id(GAP), finding_id(DUPLICATE)}
    story.do(*judged(open_together(story.case, evidence).values(), Judgement.ACCEPTED, "UTC"))
    assert set(open_ones(story.case, evidence)) == set(critical)
    story.do(admitted("frozen, again", findings=4, critical=critical))
    assert len(open_ones(story.case, evidence)) == 4


@pytest.mark.requirement("CAS-127")
def test_a_finding_of_ones_own_has_its_id_by_content_and_waits_for_nobody() -> None:
    act = own()
    assert own() == act
    (found,) = decisions_of(told([OPENED, admitted("x"), act]).case).added
    assert finding_id(found) == act.finding_id
    evidence = replace(an_evidence(), findings=(found,))
    assert open_ones(told([OPENED, admitted("x"), act]).case, evidence) == {}
    assert own(sd_factor="2.50").sd_factor == "2.5"
    assert own(treatment=Treatment.DROP, sd_factor="7").sd_factor == "1"


@pytest.mark.requirement("CAS-127")
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"tag": "X"}, 'no tag "X"'),
        ({"kind": " "}, "needs its kind"),
        ({"words": ""}, "what was seen"),
        ({"span": Span(START, START)}, "ends before it begins"),
        ({"sd_factor": "much"}, "no factor"),
        ({"sd_factor": "1"}, "factor above 1"),
        ({"sd_factor": "inf"}, "factor above 1"),
    ],
)
def test_what_is_no_finding_is_one_sentence(change: dict[str, Any], says: str) -> None:
    with pytest.raises(UnusableRequest, match=says):
        own(**change)


def own(**change: Any) -> FindingAdded:
    """A finding of a person on the NIR analyser."""
    fields: dict[str, Any] = {
        "tag": "NIR-331",
        "kind": "fouled window",
        "span": Span(START, START + 60_000),
        "treatment": Treatment.WIDEN,
        "sd_factor": "3",
        "words": "cleaned at 10:01",
        "known_tags": ["NIR-331"],
        **change,
    }
    return added(**fields)
