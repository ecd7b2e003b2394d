"""Figures of attributes, containers and tags, with digits that their uncertainty allows."""

from dataclasses import replace

import pytest
from support.twin_contents import the_record

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.twin_prediction import (
    about_attribute,
    about_container,
    about_tag,
    attribute_title,
    band_said,
    container_said,
    containers_of,
    inside95,
    is_inside,
    plot_note,
    ratio,
    tags,
)


@pytest.mark.requirement("WIN-132")
def test_an_attribute_is_told_with_unit_ratio_and_coverage() -> None:
    hardness = the_record().attributes[1]
    assert attribute_title(hardness) == "Hardness [N]"
    assert ratio(hardness) == "0.60"
    assert ratio(replace(hardness, rmsep_of_mean=0.0)) == "–"
    assert inside95(hardness.coverage) == "95.0 (90.0 to 99.0)"
    assert inside95(()) == "–"
    facts = dict(about_attribute(hardness, "x").facts)
    assert facts["Inside 50 %"] == "50.0 (45.0 to 54.0) %"
    assert facts["Bias (95 %)"] == "0.07 (−0.24 to 0.38) N"


@pytest.mark.requirement("WIN-132")
def test_an_attribute_that_is_not_predictable_says_so() -> None:
    assay, hardness = the_record().attributes[:2]
    own = containers_of(the_record(), "assay")
    assert "Not predictable beyond the mean" in plot_note(assay, own)
    assert "Not predictable" not in plot_note(hardness, containers_of(the_record(), "hardness"))
    assert about_attribute(assay, "x").findings
    assert not about_attribute(hardness, "x").findings


@pytest.mark.requirement("WIN-132")
def test_a_container_says_batch_measured_and_predicted_with_its_interval() -> None:
    container = containers_of(the_record(), "hardness")[0]
    lines = container_said(container, "N").split("\n")
    assert lines[0] == f"{container.container_id} of batch {container.batch_id}"
    assert lines[2].startswith("predicted ")
    assert " to " in lines[2]
    outside = replace(container, measured=container.high95 + 1.0)
    assert (is_inside(container), is_inside(outside)) == (True, False)
    assert about_container(container, "N", "x").findings[0].tone is Tone.GOOD
    assert about_container(outside, "N", "x").findings[0].text.startswith("Outside")


@pytest.mark.requirement("WIN-133")
def test_tags_out_of_their_band_stand_first_and_say_what_follows() -> None:
    high, low, inside = tags(the_record())
    assert [band_said(tag) for tag in (high, low, inside)] == ["above", "below", "inside"]
    assert "false alarms" in about_tag(high, "x").findings[0].text
    assert "hide" in about_tag(low, "x").findings[0].text
    assert about_tag(inside, "x").findings == ()
    assert dict(about_tag(inside, "x").facts)["95 % band of NIS"] == "0.90 to 1.10"
