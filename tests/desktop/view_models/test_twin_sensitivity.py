"""Factors by their total index; what explains next to nothing is counted only."""

from dataclasses import replace

import pytest
from support.twin_contents import ATTRIBUTES, the_record

from investigator.desktop.view_models.twin_sensitivity import (
    about_index,
    index_said,
    indices_of,
    outputs,
    rest_said,
)
from investigator.domain.validation import Figure


@pytest.mark.requirement("WIN-134")
def test_outputs_are_those_of_the_record() -> None:
    assert [key for key, _ in outputs(the_record())] == list(ATTRIBUTES)
    assert outputs(the_record())[0][1] == "Assay"


@pytest.mark.requirement("WIN-134")
def test_the_largest_factor_stands_first_and_small_ones_are_counted() -> None:
    shown = indices_of(the_record(), "assay")
    assert [i.total.value for i in shown] == sorted((i.total.value for i in shown), reverse=True)
    nothing = Figure(0.0, -0.01, 0.01)
    small = replace(
        the_record(),
        sensitivity=(
            replace(shown[0], first=nothing, total=nothing),
            replace(shown[1], first=nothing, total=nothing),
        ),
    )
    assert len(indices_of(small, "assay")) == 1
    assert rest_said(small, "assay").endswith("1 further factor below 0.01.")
    assert "further" not in rest_said(the_record(), "assay")


@pytest.mark.requirement("WIN-134")
def test_a_factor_is_told_with_both_indices() -> None:
    first = indices_of(the_record(), "assay")[0]
    assert index_said(first).split("\n")[1:] == [
        "first order 0.55 (0.52 to 0.58)",
        "total 0.60 (0.55 to 0.65)",
    ]
    assert about_index(first, "x").facts[0] == ("Output", "Assay")
