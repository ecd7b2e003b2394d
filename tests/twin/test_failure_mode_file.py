"""Failure modes as data, read strictly: the shipped file, the site's vocabulary, unusable files."""

import csv
import re
import tomllib

import pytest
from support.line_run import SHIPPED

from investigator.domain.errors import UnusableInput
from investigator.twin.failure_mode import TIED, TIMED, Anchor, Kind, Shape, TimeShape
from investigator.twin.failure_mode_file import read_failure_modes

FILE = SHIPPED / "failure_modes.toml"

ONE = """
[[failure_mode]]
id = "blocked"
title = "Blocked"
category = "machine"
description = "Nothing comes."
unit = "LW-311"
prior = 2.0
length_min = [5, 60]
screened_by = ["feed_api"]
confirm_by = "Look."
why_prior = "Seen."
why_window = "Within a shift."
[[failure_mode.time_shape]]
shape = "step"
why = "At once."
[[failure_mode.magnitude]]
name = "under-feed"
unit = "%"
prior_sd = 50.0
least = 5.0
why = "Much."
effects = [{ quantity = "feed.api", kind = "scale", coefficient = -0.01 }]
"""


def read(tmp_path, text: str):
    path = tmp_path / "failure_modes.toml"
    path.write_text(text, encoding="utf-8")
    return read_failure_modes(path)


def test_what_is_not_said_is_taken_as_usual(tmp_path):
    (mode,) = read(tmp_path, ONE)
    assert mode.cause == "blocked"
    assert mode.shapes == (TimeShape(Shape.STEP, (0.0,), "At once."),)
    assert mode.shape is Shape.STEP
    assert mode.anchor is Anchor.ANY
    assert mode.tau_s == (0.0,)
    assert mode.length_min == (5.0, 60.0)
    assert mode.product_affected
    assert mode.magnitudes[0].sign == 0
    assert mode.magnitudes[0].effects[0].kind is Kind.SCALE


@pytest.mark.requirement("DIA-001")
def test_the_shipped_modes_are_read_in_the_order_of_the_file():
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["failure_mode"]
    modes = read_failure_modes(FILE)
    assert [m.cause for m in modes] == [row["id"] for row in rows]
    assert len(modes) == 22
    for mode in modes:
        assert mode.prior > 0.0, mode.cause
        assert 0.0 < mode.length_min[0] <= mode.length_min[1], mode.cause
        assert mode.magnitudes, mode.cause
        assert mode.shapes, mode.cause
        assert len(mode.shapes) == 1 or not TIED & {each.shape for each in mode.shapes}, mode.cause
        for each in mode.shapes:
            assert (min(each.tau_s) > 0.0) is (each.shape in TIMED), mode.cause
        for magnitude in mode.magnitudes:
            assert magnitude.prior_sd > 0.0, mode.cause
            assert magnitude.least >= 0.0, mode.cause
            assert magnitude.sign in (-1, 0, 1), mode.cause
            assert all(isinstance(e.kind, Kind) for e in magnitude.effects), mode.cause


@pytest.mark.data
@pytest.mark.requirement("DIA-001")
def test_the_shipped_modes_bear_the_ids_of_the_site(plant_data):
    with (plant_data / "causes.csv").open(encoding="utf-8", newline="") as file:
        site = {row["id"] for row in csv.DictReader(file)}
    assert {m.cause for m in read_failure_modes(FILE)} == site


@pytest.mark.parametrize(
    "field", ["id", "title", "category", "prior", "shape", "length_min", "screened_by", "unit"]
)
def test_a_missing_field_is_refused(tmp_path, field):
    text = "\n".join(line for line in ONE.splitlines() if not line.startswith(f"{field} ="))
    text = text.replace('name = "under-feed"', 'name = "under-feed"\nunit = "%"')
    if field != "unit":
        text = text.replace('name = "under-feed"\nunit = "%"', 'name = "under-feed"')
    with pytest.raises(UnusableInput, match=rf"failure_modes\.toml.*{field}"):
        read(tmp_path, text)


@pytest.mark.requirement("TWN-164")
@pytest.mark.parametrize("anchor", ["refill", "lot", "stop", "start", "end_of_run"])
def test_what_repeats_is_tied_to_nothing(tmp_path, anchor):
    """Onset and period of it are looked for together."""
    text = ONE.replace('shape = "step"', 'shape = "pulse train"\ntau_s = [600.0]')
    assert read(tmp_path, text)[0].shape is Shape.PULSES
    tied = text.replace("prior = 2.0", f'prior = 2.0\nanchor = "{anchor}"')
    with pytest.raises(UnusableInput, match=f"blocked: the shape pulse train .* anchor {anchor}"):
        read(tmp_path, tied)


@pytest.mark.requirement("TWN-164")
@pytest.mark.parametrize(("period_s", "fits"), [(3600, True), (3700, False)])
def test_a_period_beyond_the_longest_length_is_refused(tmp_path, period_s, fits):
    text = ONE.replace('shape = "step"', f'shape = "pulse train"\ntau_s = [{period_s}]')
    if fits:
        assert read(tmp_path, text)[0].tau_s == (3600.0,)
        return
    with pytest.raises(UnusableInput, match=r"blocked: a period of 3700 s .* length_min of 60 min"):
        read(tmp_path, text)


@pytest.mark.requirement("TWN-164")
@pytest.mark.parametrize(
    ("earlier", "named"),
    [
        ('shape = "step"', "shape belong"),
        ("tau_s = [300.0]", "tau_s belong"),
        ('shape = "ramp"\ntau_s = [300.0]', "shape and tau_s belong"),
    ],
)
def test_a_file_of_before_modes_had_several_shapes_is_told_where_they_belong(
    tmp_path, earlier, named
):
    text = ONE.replace("prior = 2.0", f"prior = 2.0\n{earlier}")
    with pytest.raises(UnusableInput, match=rf"blocked: {named}.*failure_mode\.time_shape"):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('category = "machine"', 'category = "magic"'),
        ('shape = "step"', 'shape = "zigzag"'),
        ('unit = "LW-311"', 'unit = "LW-311"\nanchor = "sea"'),
        ("prior = 2.0", 'prior = "often"'),
        ("length_min = [5, 60]", "length_min = [5]"),
        ("length_min = [5, 60]", "length_min = 5"),
        ('kind = "scale"', 'kind = "multiply"'),
        ("[[failure_mode]]", "[failure_mode]"),
    ],
)
def test_an_unknown_word_is_refused(tmp_path, right, wrong):
    with pytest.raises(UnusableInput, match=r"failure_modes\.toml"):
        read(tmp_path, ONE.replace(right, wrong))


@pytest.mark.parametrize("text", ["", "[[failure_mode]", "a = 1"])
def test_what_is_no_list_of_failure_modes_is_refused(tmp_path, text):
    with pytest.raises(UnusableInput, match=r"failure_modes\.toml"):
        read(tmp_path, text)


def test_an_id_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(UnusableInput, match="blocked stands twice"):
        read(tmp_path, ONE + ONE)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UnusableInput, match=r"failure_modes\.toml"):
        read_failure_modes(tmp_path / "failure_modes.toml")


@pytest.mark.requirement("TWN-164")
@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("prior = 2.0", "prior = 0", "blocked: prior must be above 0"),
        ("prior = 2.0", "prior = -1.0", "blocked: prior -1.0 is no finite number of 0 or more"),
        ("prior = 2.0", "prior = nan", "blocked: prior nan"),
        ("prior = 2.0", "prior = true", "blocked: prior needs a number"),
        ("prior_sd = 50.0", "prior_sd = 0.0", "blocked, magnitude 1: prior_sd must be above 0"),
        ('why = "At once."', 'why = ""', "blocked, time shape 1: why needs words"),
        ('why = "Much."\n', "", "why is missing"),
        ('why = "At once."', 'why = "At once."\ntau_s = [5.0]', "the shape step has no tau_s"),
        ('shape = "step"', 'shape = "periodic"', "tau_s must be above 0 for the shape periodic"),
        ('shape = "step"', 'shape = "zigzag"', "blocked, time shape 1: shape"),
        (
            'shape = "step"',
            'shape = "pulse train"\ntau_s = [600, 90]',
            "time shape 1: a period of 90 s is too short to be seen, the shortest is 120 s",
        ),
        (
            '[[failure_mode.time_shape]]\nshape = "step"',
            'anchor = "lot"\n[[failure_mode.time_shape]]\nshape = "whole batch"',
            "blocked: the shape whole batch begins with the run, anchor lot elsewhere",
        ),
        (
            'why = "At once."\n[[failure_mode.magnitude]]',
            'why = "So."\n[[failure_mode.time_shape]]\nshape = "periodic"\ntau_s = [600]\n'
            'why = "It hunts."\n[[failure_mode.magnitude]]\nsign = 1',
            "blocked: the shape periodic swings to both sides, a sign allows one only",
        ),
        ('why_window = "Within a shift."', 'why_window = ""', "blocked: why_window needs words"),
        (
            '[[failure_mode.time_shape]]\nshape = "step"\nwhy = "At once."',
            "time_shape = []",
            "blocked: time_shape is empty",
        ),
        (
            "[[failure_mode.magnitude]]",
            '[[failure_mode.time_shape]]\nshape = "step"\nwhy = "So."\n[[failure_mode.magnitude]]',
            "blocked: time shape step stands twice",
        ),
        (
            "[[failure_mode.magnitude]]",
            '[[failure_mode.time_shape]]\nshape = "stop"\nwhy = "So."\n[[failure_mode.magnitude]]',
            "blocked: the shape stop follows from the record; name no other",
        ),
        (
            "least = 5.0",
            "least = 250.1",
            "blocked, magnitude 1: least 250.1 lies beyond 5 prior_sd",
        ),
        ('unit = "%"', 'unit = "furlong"', "blocked, magnitude 1: unit furlong is none of"),
        (
            '"feed.api"',
            '"feed.sand"',
            "magnitude 1, effect 1: the twin knows no quantity feed.sand",
        ),
        ('kind = "scale"', 'kind = "add"', "quantity feed.api is multiplied, kind add does"),
        ('"feed.api"', '"room.rh"', "quantity room.rh is added to, kind scale does"),
        ("-0.01", "0.0", "magnitude 1, effect 1: coefficient must not be 0"),
        ("-0.01", '"much"', "effect 1: coefficient needs a number"),
        ("[5, 60]", "[60, 5]", "blocked: length_min needs the lesser number first"),
        ("[5, 60]", "[0, 60]", "blocked: length_min must be above 0"),
        ('["feed_api"]', '["feed_sand"]', "screened_by names feed_sand, which is no channel"),
        ('["feed_api"]', "[]", "blocked: screened_by is empty"),
        ('shape = "step"', 'shape = "ramp"', "tau_s must be above 0 for the shape ramp"),
        ('shape = "step"', 'shape = "ramp"\ntau_s = [60.0, 0.0]', "tau_s must be above 0 for"),
        ('why_prior = "Seen."', 'why_prior = " "', "blocked: why_prior needs words"),
        ("least = 5.0", "least = 5.0\nsign = 2", "blocked, magnitude 1: sign must be -1, 0 or 1"),
        ("prior = 2.0", "prior = 2.0\nweight = 1", "blocked: weight means nothing here"),
        ("prior = 2.0", "prior = 2.0\nusual_score = -1", "blocked: usual_score -1 is no"),
        ("prior = 2.0", "prior = 2.0\nusual_score = true", "blocked: usual_score needs a number"),
    ],
)
@pytest.mark.requirement("TWN-173")
def test_a_mode_that_could_not_be_weighed_is_refused_by_its_entry(tmp_path, right, wrong, told):
    assert right in ONE
    with pytest.raises(UnusableInput) as refused:
        read(tmp_path, ONE.replace(right, wrong))
    assert str(refused.value).startswith("failure_modes.toml: ")
    assert told in str(refused.value)


@pytest.mark.requirement("TWN-173")
def test_a_mode_is_taken_in_each_of_its_shapes(tmp_path):
    ramp = '[[failure_mode.time_shape]]\nshape = "ramp"\ntau_s = [60]\nwhy = "Slowly."\n'
    (mode,) = read(
        tmp_path, ONE.replace("[[failure_mode.magnitude]]", f"{ramp}[[failure_mode.magnitude]]")
    )
    step, rising = mode.in_each_shape()
    assert step == mode
    assert (rising.shape, rising.tau_s, rising.cause) == (Shape.RAMP, (60.0,), mode.cause)


@pytest.mark.requirement("TWN-173")
def test_the_example_of_the_manual_is_read(tmp_path):
    manual = (SHIPPED.parents[1] / "docs" / "twin-packages.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(\[\[failure_mode\]\].*?)```", manual, re.DOTALL)
    (mode,) = read(tmp_path, example)
    assert [each.shape for each in mode.shapes] == [Shape.STEP, Shape.PULSES]
    assert mode.unit == "LW-313"
    for name in (*Shape, *Anchor, *Kind):
        assert f"`{name.value}`" in manual


@pytest.mark.requirement("TWN-164")
def test_a_departure_that_nothing_records_is_refused(tmp_path):
    text = ONE.replace('"feed.api", kind = "scale"', '"turret.speed", kind = "recorded"')
    with pytest.raises(UnusableInput, match=r"no departure of quantity turret\.speed is recorded"):
        read(tmp_path, text)


@pytest.mark.requirement("TWN-164")
def test_a_file_that_names_no_mode_is_refused(tmp_path):
    with pytest.raises(UnusableInput, match="the file names none"):
        read(tmp_path, "failure_mode = []")
