"""Findings on data quality: an id by content, a sentence, an act for each."""

from dataclasses import replace

import pytest
from support.dossiers import START

from investigator.casework.findings import finding_id, finding_in_words, judged
from investigator.domain.acts.evidence import Judgement
from investigator.domain.evidence import Finding
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
