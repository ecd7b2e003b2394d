"""The tag map: as packaged, departed from with a conversion, taken by the analyses."""

import numpy as np
import pytest
from support.investigations import EVIDENCE, Story, walked
from support.scenes import TAGS, an_evidence

from investigator.casework.decisions import decisions_of
from investigator.casework.tag_map import departure, map_reviewed, map_rows, mapped
from investigator.domain.errors import UnusableRequest
from investigator.domain.evidence_decisions import TagMapping

FLOW, NIR = TAGS
PACKAGE = {"api.flow": FLOW, "nir.api": "NIR-331.OLD"}
UNITS = {FLOW: "kg/h", "NIR-331.OLD": "%"}


def reviewed(*departures: object) -> Story:
    """A case whose map was reviewed, with these departures."""
    story = Story(walked(until=EVIDENCE))
    rows = map_rows(story.case, an_evidence(), PACKAGE, UNITS)
    story.do(map_reviewed("cdc_line_3", rows, departures))  # type: ignore[arg-type]
    return story


@pytest.mark.requirement("CAS-126")
def test_the_map_is_that_of_the_package_with_what_the_export_lacks_first() -> None:
    rows = map_rows(walked(until=EVIDENCE), an_evidence(), PACKAGE, UNITS)
    assert [(r.signal, r.packaged, r.in_export) for r in rows] == [
        ("nir.api", "NIR-331.OLD", False),
        ("api.flow", FLOW, True),
    ]
    assert not any(r.departs for r in rows)


@pytest.mark.requirement("CAS-126")
def test_confirming_the_map_names_every_signal_and_changes_no_data() -> None:
    case = reviewed().case
    assert case.tag_map
    assert [m.signal for m in case.tag_map.act.mappings] == ["api.flow", "nir.api"]
    assert not case.tag_map.act.changes_data()


@pytest.mark.requirement("CAS-126")
def test_a_departure_is_exact_stays_and_can_be_taken_back() -> None:
    story = reviewed(departure("nir.api", NIR, unit="g/kg", factor="0.10", offset="-1.5"))
    assert decisions_of(story.case).tags == (TagMapping("nir.api", NIR, "g/kg", 0.1, -1.5),)
    rows = map_rows(story.case, an_evidence(), PACKAGE, UNITS)
    again = map_reviewed("cdc_line_3", rows, [])
    assert story.case.tag_map
    assert again == story.case.tag_map.act
    back = map_reviewed("cdc_line_3", rows, [departure("nir.api", "NIR-331.OLD", unit="")])
    assert not back.changes_data()


@pytest.mark.requirement("CAS-126")
def test_an_analysis_sees_the_mapped_tag_under_the_packaged_name_converted() -> None:
    evidence = an_evidence()
    seen = mapped(evidence, [TagMapping("nir.api", NIR, "g/kg", 0.1, -1.5)], PACKAGE)
    before, after = evidence.trajectories[NIR], seen.trajectories["NIR-331.OLD"]
    np.testing.assert_allclose(after.value, 0.1 * before.value - 1.5)
    assert after.signal.tag == "NIR-331.OLD"
    assert seen.trajectories[NIR] is before
    assert mapped(evidence, (), PACKAGE).trajectories == dict(evidence.trajectories)


@pytest.mark.requirement("CAS-126")
def test_a_signal_without_a_tag_is_missing_to_the_analysis() -> None:
    evidence = an_evidence()
    seen = mapped(evidence, [TagMapping("api.flow", "", "")], PACKAGE)
    assert set(seen.trajectories) == {NIR}


@pytest.mark.requirement("CAS-126")
def test_what_cannot_be_mapped_is_one_sentence() -> None:
    with pytest.raises(UnusableRequest, match='no signal "sabotage"'):
        reviewed(departure("sabotage", NIR, unit=""))
    with pytest.raises(UnusableRequest, match="factor of 0"):
        departure("nir.api", NIR, unit="", factor="0")
    with pytest.raises(UnusableRequest, match='"ten" is no number'):
        departure("nir.api", NIR, unit="", factor="ten")
    evidence = an_evidence()
    with pytest.raises(UnusableRequest, match=r'no tag "X" for nir\.api'):
        mapped(evidence, [TagMapping("nir.api", "X", "")], PACKAGE)
    with pytest.raises(UnusableRequest, match='no signal "gone"'):
        mapped(evidence, [TagMapping("gone", NIR, "")], PACKAGE)
