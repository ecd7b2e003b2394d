"""The tag map: as packaged, departed from with a conversion, taken by the analyses."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.investigations import EVIDENCE, Story, walked
from support.scenes import TAGS, a_scene, an_evidence

from investigator.casework.decisions import decisions_of
from investigator.casework.tag_map import (
    TagMap,
    departure,
    departures_in,
    map_of,
    map_reviewed,
)
from investigator.domain.acts.data_review import MappedTag
from investigator.domain.errors import UnusableInput, UnusableRequest
from investigator.domain.evidence_decisions import TagMapping
from investigator.domain.tag_review import MapState
from investigator.domain.trajectory import Signal
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.mapping.tag_mapping import review

FLOW, NIR = TAGS
PACKAGE = {"api.flow": FLOW, "nir.api": "NIR-331.OLD"}


def found(story: Story) -> TagMap:
    """The map as it is in force."""
    mappings = decisions_of(story.case).tags
    seen = review(an_evidence(), tag_map=PACKAGE, facts={}, mappings=mappings)
    departing = frozenset(m.signal for m in mappings)
    return TagMap("cdc_line_3", PACKAGE, seen, departing, frozenset(TAGS))


def reviewed(*departures: MappedTag) -> Story:
    """A case whose map was reviewed, with these departures."""
    story = Story(walked(until=EVIDENCE))
    story.do(map_reviewed(found(story), departures))
    return story


@pytest.mark.requirement("CAS-126")
def test_confirming_the_map_names_every_signal_as_packaged_and_changes_no_data() -> None:
    case = reviewed().case
    assert case.tag_map
    assert [(m.signal, m.tag) for m in case.tag_map.act.mappings] == [
        ("api.flow", FLOW),
        ("nir.api", "NIR-331.OLD"),
    ]
    assert not case.tag_map.act.changes_data()


@pytest.mark.requirement("CAS-126")
def test_a_departure_is_exact_stays_and_can_be_taken_back() -> None:
    story = reviewed(departure("nir.api", NIR, unit="g/kg", factor="0.10", offset="-1.5"))
    assert decisions_of(story.case).tags == (TagMapping("nir.api", NIR, "g/kg", 0.1, -1.5),)
    assert story.case.tag_map
    assert map_reviewed(found(story)) == story.case.tag_map.act
    back = map_reviewed(found(story), [departure("nir.api", "NIR-331.OLD", unit="")])
    assert not back.changes_data()


@pytest.mark.requirement("CAS-126")
def test_the_review_of_a_case_takes_the_twin_of_the_case_or_the_only_one() -> None:
    story = Story(walked(until=EVIDENCE))
    seen = a_scene(story.case).seen
    assert seen is not None
    shown = map_of(seen)
    assert shown.twin_id == "cdc_line_3"
    assert {row.state for row in shown.review.signals} == {MapState.MISSING}
    assert shown.review.unused == tuple(sorted(TAGS))
    with pytest.raises(UnusableRequest, match="no evidence yet"):
        map_of(replace(seen, evidence=None))


@pytest.mark.requirement("CAS-126")
def test_what_cannot_be_mapped_is_one_sentence() -> None:
    with pytest.raises(UnusableRequest, match='no signal "sabotage"'):
        reviewed(departure("sabotage", NIR, unit=""))
    with pytest.raises(UnusableRequest, match="factor of 0"):
        departure("nir.api", NIR, unit="", factor="0")
    with pytest.raises(UnusableRequest, match='"ten" is no number'):
        departure("nir.api", NIR, unit="", factor="ten")
    with pytest.raises(UnusableRequest, match=r"holds no tag NIR-999 for nir\.api"):
        reviewed(departure("nir.api", "NIR-999", unit=""))


@pytest.mark.requirement("CAS-126")
def test_a_tag_serves_one_signal() -> None:
    with pytest.raises(UnusableRequest, match=r"would serve api\.flow and nir\.api"):
        reviewed(departure("nir.api", FLOW, unit=""))
    swapped = reviewed(departure("nir.api", FLOW, unit=""), departure("api.flow", NIR, unit=""))
    assert len(decisions_of(swapped.case).tags) == 2


@pytest.mark.requirement("CAS-126")
@pytest.mark.parametrize(
    ("unit", "says"),
    [("g/kg", "by the units 0.1"), ("kg/h", "measure different things"), ("furlog", "not known")],
)
def test_another_unit_without_a_factor_is_refused(unit: str, says: str) -> None:
    facts = {"NIR-331.OLD": TagFacts(Signal("NIR-331.OLD", unit="% w/w"))}
    seen = review(an_evidence(), tag_map=PACKAGE, facts=facts, mappings=())
    with pytest.raises(UnusableRequest, match=says):
        map_reviewed(
            TagMap("cdc_line_3", PACKAGE, seen, frozenset(), frozenset(TAGS)),
            [departure("nir.api", NIR, unit=unit)],
        )


@pytest.mark.requirement("CAS-126")
def test_many_lines_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "map.csv"
    file.write_text(f"signal,tag,unit,factor,offset\nnir.api,{NIR},g/kg,0.10,\napi.flow,,,,\n")
    assert departures_in(file) == (
        departure("nir.api", NIR, unit="g/kg", factor="0.1"),
        departure("api.flow", "", unit=""),
    )
    assert not any(line.packaged for line in departures_in(file))


@pytest.mark.requirement("CAS-126")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no columns signal and tag"),
        ("signal,unit\na,b\n", "no columns signal and tag"),
        ("signal,tag\na,b\na,c\n", 'maps the signal "a" twice'),
    ],
)
def test_a_file_that_is_no_map_is_one_sentence(text: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "map.csv"
    file.write_text(text)
    with pytest.raises(UnusableInput, match=says):
        departures_in(file)
    with pytest.raises(UnusableInput, match="is not there"):
        departures_in(tmp_path / "gone.csv")
    with pytest.raises(UnusableInput, match="cannot be read as CSV"):
        departures_in(tmp_path)
