"""Decisions as the analyses take them: those in force on the evidence as admitted, and no more."""

from dataclasses import replace

import pytest
from support.investigations import (
    ADDED,
    CLOCK,
    EVIDENCE,
    FINDING,
    MAPPED,
    OPENED,
    T0_MS,
    TWIN,
    Story,
    admitted,
    clock,
    doubted,
    judged_finding,
    mapped,
    told,
    walked,
)

from investigator.casework.decisions import decisions_of
from investigator.domain.acts.data_review import ClockBasis
from investigator.domain.acts.evidence import Judgement
from investigator.domain.evidence import Severity, Treatment
from investigator.domain.evidence_decisions import EvidenceDecisions, TagMapping
from investigator.domain.instant import Span

SOURCE = "batch_record.xml"


@pytest.mark.requirement("CAS-124")
def test_what_is_accepted_as_found_estimated_and_packaged_is_no_decision() -> None:
    story = told([OPENED, EVIDENCE, FINDING, CLOCK, MAPPED])
    assert decisions_of(story.case) == EvidenceDecisions()
    assert decisions_of(told([OPENED]).case) == EvidenceDecisions()


@pytest.mark.requirement("CAS-124")
def test_departures_are_decisions_in_a_fixed_order() -> None:
    story = told(
        [
            OPENED,
            EVIDENCE,
            judged_finding("F-2", Judgement.DISMISSED),
            judged_finding("F-1", Judgement.DISMISSED),
            replace(doubted("F-8"), start_ms=T0_MS + 1),
            ADDED,
            clock(SOURCE, ClockBasis.SET),
            mapped(packaged=False),
        ]
    )
    found = decisions_of(story.case)
    assert found.dismissed == ("F-1", "F-2")
    assert [f.span for f in found.added] == [
        Span(T0_MS, T0_MS + 60_000),
        Span(T0_MS + 1, T0_MS + 60_000),
    ]
    (offset,) = found.clocks
    assert (offset.source, offset.offset_s, offset.uncertainty_s) == (SOURCE, -37.0, 1.4)
    assert found.tags == (TagMapping("moisture", "MIC-201", "%", 0.01, 0.0),)


@pytest.mark.requirement("CAS-124")
def test_an_added_finding_says_what_is_done_with_its_samples() -> None:
    (found,) = decisions_of(walked(until=ADDED)).added
    assert (found.subject, found.kind, found.detail) == ("FIC-101", "plug", "hopper tapped")
    assert (found.treatment, found.sd_factor) == (Treatment.WIDEN, 3.0)
    assert found.severity is Severity.MAJOR
    assert found.action == "standard deviation multiplied by 3"


@pytest.mark.requirement("CAS-124")
@pytest.mark.parametrize(
    "act",
    [
        judged_finding("F-1", Judgement.DISMISSED),
        ADDED,
        clock(SOURCE, ClockBasis.SET),
        mapped(packaged=False),
    ],
    ids=lambda act: act.WORD,
)
def test_a_decision_withdrawn_or_about_other_evidence_does_not_count(act: object) -> None:
    story = told([OPENED, EVIDENCE])
    story.do(act)  # type: ignore[arg-type]
    assert decisions_of(story.case) != EvidenceDecisions()
    other = Story(story.case)
    other.do(admitted("the rest"))
    assert decisions_of(other.case) == EvidenceDecisions()
    story.withdraw(act)  # type: ignore[arg-type]
    assert decisions_of(story.case) == EvidenceDecisions()


@pytest.mark.requirement("CAS-124")
def test_a_map_counts_for_the_twin_that_it_was_reviewed_for() -> None:
    story = told([OPENED, EVIDENCE, replace(mapped(packaged=False), twin_id="another line")])
    assert decisions_of(story.case).tags
    story.do(TWIN)
    assert decisions_of(story.case).tags == ()
