"""Inputs of the line: what is no number or does not fit is named."""

from dataclasses import fields, replace

import numpy as np
import pytest

from investigator.process.line import LineInputs

NAMES = [field.name for field in fields(LineInputs) if field.name != "step_s"]


@pytest.mark.requirement("TWN-017")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_an_input_that_is_no_number_is_named(steady: LineInputs, name: str, value: float) -> None:
    course = getattr(steady, name).copy()
    course[..., 17] = value
    with pytest.raises(ValueError, match=f"^{name} holds values that are no numbers$"):
        replace(steady, **{name: course})


@pytest.mark.requirement("TWN-017")
@pytest.mark.parametrize("name", NAMES)
def test_an_input_of_another_length_is_named(steady: LineInputs, name: str) -> None:
    with pytest.raises(ValueError, match=r"differs in length|must be of shape"):
        replace(steady, **{name: getattr(steady, name)[..., :-1]})


@pytest.mark.requirement("TWN-017")
@pytest.mark.parametrize("step_s", [0.0, -1.0, np.nan])
def test_a_step_that_leads_nowhere_is_refused(steady: LineInputs, step_s: float) -> None:
    with pytest.raises(ValueError, match="the step must be positive"):
        replace(steady, step_s=step_s)
