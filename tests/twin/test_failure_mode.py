"""Failure modes as data: the shipped file, the site's vocabulary, and files that cannot be read."""

import csv
import tomllib

import pytest
from support.line_run import SHIPPED

from investigator.domain.errors import UnusableInput
from investigator.twin.failure_mode import Anchor, Kind, Shape, read_failure_modes

FILE = SHIPPED / "failure_modes.toml"

ONE = """
[[failure_mode]]
id = "blocked"
title = "Blocked"
category = "machine"
description = "Nothing comes."
unit = "LW-311"
prior = 2.0
shape = "step"
length_min = [5, 60]
screened_by = ["feed_api"]
confirm_by = "Look."
why_prior = "Seen."
[[failure_mode.magnitude]]
name = "under-feed"
unit = "%"
prior_sd = 50.0
least = 5.0
effects = [{ quantity = "feed.api", kind = "scale", coefficient = -0.01 }]
"""


def read(tmp_path, text: str):
    path = tmp_path / "failure_modes.toml"
    path.write_text(text, encoding="utf-8")
    return read_failure_modes(path)


def test_what_is_not_said_is_taken_as_usual(tmp_path):
    (mode,) = read(tmp_path, ONE)
    assert mode.cause == "blocked"
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
