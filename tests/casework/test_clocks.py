"""Clocks: as estimated, accepted, or set by a person; what is in force is said for each."""

import pytest
from support.investigations import EVIDENCE, T0_MS, Story, admitted, walked

from investigator.casework.clocks import accepted, clock_set, clock_standings
from investigator.casework.decisions import offset_of
from investigator.domain.acts.data_review import ClockBasis
from investigator.domain.errors import UnusableRequest
from investigator.domain.evidence import ClockOffset

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
    ],
)
def test_what_is_no_clock_is_one_sentence(
    offset: str, uncertainty: str, drift: str, says: str
) -> None:
    with pytest.raises(UnusableRequest, match=says):
        clock_set("MES", offset_s=offset, uncertainty_s=uncertainty, drift_ppm=drift)
