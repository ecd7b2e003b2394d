"""Units as plants write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.evidence.mapping.units import SPELLINGS, Conversion, canonical, conversion


def factor(one: str, other: str) -> Conversion:
    how = conversion(one, other)
    assert isinstance(how, Conversion), how
    return how


@pytest.mark.requirement("EVD-240")
@pytest.mark.parametrize(
    ("one", "other", "times", "plus"),
    [
        ("kg/h", "g/min", 1000.0 / 60.0, 0.0),
        ("g/h", "kg/h", 0.001, 0.0),
        ("kg/Std.", "kg/h", 1.0, 0.0),
        ("U/min", "rpm", 1.0, 0.0),
        ("rpm", "Hz", 1.0 / 60.0, 0.0),
        ("min⁻¹", "1/min", 1.0, 0.0),
        ("kp", "N", 9.80665, 0.0),
        ("kN", "N", 1000.0, 0.0),
        ("°F", "°C", 5.0 / 9.0, -160.0 / 9.0),
        ("degC", "K", 1.0, 273.15),
        ("Grad C", "°C", 1.0, 0.0),
        ("mbar", "Pa", 100.0, 0.0),
        ("m³/h", "l/min", 1000.0 / 60.0, 0.0),
        ("m3/h", "m³/h", 1.0, 0.0),
        ("%", "%RH", 1.0, 0.0),
        ("kg/m³", "g/cm³", 0.001, 0.0),
        ("nm", "µm", 0.001, 0.0),
        ("Nm", "N·m", 1.0, 0.0),
        ("[kg/h]", "kg/h", 1.0, 0.0),
        ("-", "", 1.0, 0.0),
    ],
)
def test_a_number_is_converted(one: str, other: str, times: float, plus: float) -> None:
    how = factor(one, other)
    assert (how.factor, how.offset) == pytest.approx((times, plus), rel=1e-9)


@pytest.mark.requirement("EVD-240")
@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("kg/h", "N", "kg/h and N measure different things"),
        ("%RH", "% LC", "%RH is a relative humidity, % LC a label claim"),
        ("", "kg/h", "a number without unit cannot be converted to kg/h"),
        ("state", "kg/h", "state cannot be converted to kg/h"),
        ("furlong per", "kg/h", "the unit 'furlong per' is not known"),
        ("Nm", "nm", "Nm and nm measure different things"),
        ("tablets/h", "1/h", "tablets/h counts tablets, 1/h does not"),
        ("7 kg", "kg", "the unit '7 kg' is not known"),
    ],
)
def test_what_is_no_conversion_is_said_in_a_sentence(one: str, other: str, why: str) -> None:
    assert conversion(one, other) == why


@pytest.mark.requirement("EVD-240")
def test_every_spelling_is_known_and_canonical_is_its_own() -> None:
    for unit, spellings in SPELLINGS.items():
        assert canonical(unit) == unit
        assert {canonical(text) for text in spellings} == {unit}


@given(
    value=st.floats(min_value=-1e6, max_value=1e6),
    pair=st.sampled_from([
        ("kg/h", "g/min"), ("°F", "°C"), ("K", "°F"), ("kp", "kN"), ("psi", "mbar"), ("mm", "µm"),
    ]),
)  # fmt: skip
def test_there_and_back_is_the_same_number(value: float, pair: tuple[str, str]) -> None:
    there, back = factor(*pair), factor(*reversed(pair))
    again = back.factor * (there.factor * value + there.offset) + back.offset
    assert again == pytest.approx(value, rel=1e-8, abs=1e-6)


@given(st.text(max_size=60))
def test_any_text_is_a_unit_or_none(text: str) -> None:
    how = conversion(text, "kg/h")
    assert isinstance(how, Conversion) or "\n" not in how
