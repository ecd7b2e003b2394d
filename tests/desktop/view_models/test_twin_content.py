"""Limits, parameters and failure modes: digits by uncertainty, doubts in the open."""

import math
from dataclasses import replace

import pytest
from support.twin_contents import a_content

from investigator.casework.twin_details import Determined, Parameter
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.twin_content import (
    ParameterRow,
    about_limit,
    about_mode,
    about_parameter,
    bounds_said,
    doubtful,
    found,
    limit_value,
    parameters,
    prior_share,
    sd_said,
    value_said,
)


def row(value: float, sd: float, said: Determined | None = None, **more: float) -> ParameterRow:
    return ParameterRow("x.y", Parameter(value, sd, "kg", "a test", **more), said)


@pytest.mark.requirement("WIN-136")
@pytest.mark.parametrize(
    ("value", "sd", "said"),
    [
        (0.96199, 0.0093, ("0.9620", "0.0093")),
        (123.456, 23.0, ("123", "23")),
        (-5.0, 0.3, ("−5.00", "0.30")),
        (7.5e-5, 0.0, ("7.5e−05", "–")),
        (1.234e-7, 3.0e-9, ("1.234e−07", "3.0e−09")),
        (0.0, 1e-9, ("0", "1.0e−09")),
        (20.0, 0.0, ("20", "–")),
    ],
)
def test_a_value_has_two_digits_of_its_uncertainty(
    value: float, sd: float, said: tuple[str, str]
) -> None:
    assert (value_said(row(value, sd)), sd_said(row(value, sd))) == said


@pytest.mark.requirement("WIN-136")
def test_bounds_are_told_where_there_are_any() -> None:
    assert bounds_said(row(1.0, 0.0)) == "–"
    assert bounds_said(row(1.0, 0.0, lower=0.0, upper=2.5)) == "0 to 2.5"
    assert bounds_said(row(1.0, 0.0, lower=0.0)) == "from 0"
    assert bounds_said(row(1.0, 0.0, upper=3.0)) == "to 3"


@pytest.mark.requirement("WIN-136")
def test_what_the_data_do_not_determine_carries_a_warning() -> None:
    weak = Determined("weakly determined", (0.5, None), ("a.csv",))
    assert row(1.0, 0.4, weak).tone is Tone.WARN
    assert row(1.0, 0.4).tone is Tone.PLAIN
    said = about_parameter(row(1.0, 0.4, weak), a_content())
    assert ("Profile likelihood, 95 %", "0.500 to flat to its bound") in said.facts
    assert said.findings[0].text == "By its data it is weakly determined."
    assert about_parameter(row(1.0, 0.0), a_content()).findings == ()


@pytest.mark.requirement("WIN-136")
def test_all_parameters_of_the_package_are_there_and_searched() -> None:
    rows = parameters(a_content())
    assert [r.name for r in rows] == list(a_content().parameters)
    verdicts = [said.verdict for said in a_content().determined.values()]
    assert doubtful(rows) == sum(verdict != "determined" for verdict in verdicts) > 0
    some = found(rows, "BLENDER estimated")
    assert 0 < len(some) < len(rows)
    assert all("blender" in r.name + r.parameter.origin for r in some)
    assert found(rows, "") == rows
    assert found(rows, "no such thing") == ()


@pytest.mark.requirement("WIN-135")
def test_a_limit_is_told_with_the_evidence_that_it_comes_from() -> None:
    limit = a_content().limits[0]
    facts = dict(about_limit(limit, a_content()).facts)
    assert facts["From"] == "15 kg/h"
    assert facts["Origin"] == limit.origin
    assert limit_value(-4.66101) == "−4.661"
    bare = about_limit(replace(limit, unit="-"), a_content())
    assert dict(bare.facts)["To"] == "25"


@pytest.mark.requirement("WIN-137")
def test_a_failure_mode_is_told_with_its_prior_and_how_it_is_confirmed() -> None:
    mode = a_content().failure_modes[0]
    shares = [prior_share(m, a_content().failure_modes) for m in a_content().failure_modes]
    assert math.isclose(sum(shares), 100.0)
    said = about_mode(mode, a_content())
    facts = dict(said.facts)
    assert facts["Confirm by"] == mode.confirm_by
    assert mode.why_prior in facts["Prior"]
    assert said.source.startswith("failure_modes.toml of the package cdc_line_3")


@pytest.mark.requirement("WIN-204")
def test_every_time_shape_of_a_failure_mode_is_told_with_its_times_and_its_reason() -> None:
    for mode in a_content().failure_modes:
        lines = dict(about_mode(mode, a_content()).facts)["Time shapes"].split("\n")
        assert len(lines) == len(mode.shapes)
        for line, each in zip(lines, mode.shapes, strict=True):
            assert line.startswith(each.shape.value)
            assert line.endswith(f": {each.why}")
            assert ("s): " in line) is (max(each.tau_s) > 0.0)
