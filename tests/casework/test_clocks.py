"""Clocks: as estimated, accepted, or set by a person; what is in force is said for each."""

from dataclasses import replace

import pytest
from support.investigations import EVIDENCE, T0_MS, Story, admitted, walked
from support.scenes import an_evidence

from investigator.casework.clocks import (
    accepted,
    clock_set,
    clock_standings,
    drift_counts_from,
    without_estimate,
)
from investigator.casework.decisions import decisions_of, offset_of
from investigator.domain.acts.data_review import ClockBasis
from investigator.domain.clock_evidence import ClockEvidence
from investigator.domain.errors import UnusableRequest
from investigator.domain.evidence import ClockOffset, EvidenceAsRead
from investigator.evidence.decided import decided

MES = ClockOffset("MES", 31.25, 1.5, 12, 40.125, 2.5, T0_MS)
LIMS = ClockOffset("LIMS", 0.0, 120.0, 0)


@pytest.mark.requirement("CAS-125")
def test_a_clock_accepted_as_estimated_is_recorded_exactly() -> None:
    (act,) = accepted([MES])
    assert act.basis is ClockBasis.ESTIMATED
    assert (act.offset_ms, act.uncertainty_ms, act.drift_ppb) == (31_250, 1_500, 40_125)
    assert offset_of(act) == MES
    assert not act.changes_data()


@pytest.mark.requirement("CAS-125")
def test_what_is_in_force_is_the_estimate_until_a_person_sets_it() -> None:
    story = Story(walked(until=EVIDENCE))
    mes, lims = clock_standings(story.case, (MES, LIMS))
    assert (mes.in_force, mes.judged, lims.in_force) == (MES, None, LIMS)
    story.do(*accepted([MES]), clock_set("LIMS", offset_s="-3600", uncertainty_s="0.5"))
    mes, lims = clock_standings(story.case, (MES, LIMS))
    assert mes.in_force == mes.estimated == MES
    assert mes.judged
    assert lims.estimated == LIMS
    assert (lims.in_force.offset_s, lims.in_force.uncertainty_s) == (-3600.0, 0.5)
    story.do(admitted("the rest"))
    _, lims = clock_standings(story.case, (MES, LIMS))
    assert (lims.in_force, lims.judged) == (LIMS, None)


@pytest.mark.requirement("CAS-143")
def test_a_source_without_an_estimate_is_offered_and_can_be_set() -> None:
    evidence = an_evidence()
    point, before = next(iter(evidence.trajectories.items()))
    evidence = replace(
        evidence,
        environment={point: before},
        clock_offsets=(ClockOffset("batch record", 1.0, 0.3, 84),),
    )
    compared = ("batch record", "alarm journal", "environment", "laboratory")
    read = EvidenceAsRead(evidence, tuple(ClockEvidence(source, "events") for source in compared))
    others = without_estimate(read)
    assert others == ("alarm journal", "environment")

    story = Story(walked(until=EVIDENCE))
    record, journal, room = clock_standings(story.case, evidence.clock_offsets, others)
    assert record.estimated == record.in_force
    assert (journal.estimated, journal.in_force, journal.judged) == (None, None, None)
    assert drift_counts_from(journal.estimated, evidence) == evidence.batch.span.start_ms
    story.do(clock_set("environment", offset_s="-60", uncertainty_s="1"))
    _, journal, room = clock_standings(story.case, evidence.clock_offsets, others)
    assert journal.in_force is None
    assert room.estimated is None
    assert room.in_force == ClockOffset("environment", -60.0, 1.0, 0)

    moved = decided(read, decisions_of(story.case))
    assert (moved.environment[point].t_ms == before.t_ms - 60_000).all()


@pytest.mark.requirement("CAS-125")
@pytest.mark.parametrize(
    ("offset", "uncertainty", "drift", "says"),
    [
        ("soon", "1", "0", '"soon" is no number'),
        ("nan", "1", "0", '"nan" is no number'),
        ("1e400", "1", "0", "too large"),
        ("1", "-1", "0", "not negative"),
        ("31700000", "1", "0", "more than a year"),
        ("1", "1", "-", '"-" is no number'),
        ("1", "1", "-600000", "more than 10,000 ppm"),
        ("1", "1", "10001", "more than 10,000 ppm"),
    ],
)
def test_what_is_no_clock_is_one_sentence(
    offset: str, uncertainty: str, drift: str, says: str
) -> None:
    with pytest.raises(UnusableRequest, match=says):
        clock_set("MES", offset_s=offset, uncertainty_s=uncertainty, drift_ppm=drift)
