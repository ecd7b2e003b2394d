"""Values as historians write them: numbers, states, and what stands where there is none."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.trajectory import Quality, Signal
from investigator.evidence.historian.values import DIFFERENT, Values, read_values, with_status

FLOW = Signal("FLOW")
MODE = Signal("MODE", states=((0, "OFF"), (1, "Run"), (200, "Rinse")))


def read(*texts: str, signal: Signal = FLOW, thousands: str = "", comma: bool = False) -> Values:
    zero = np.zeros(len(texts), np.int64)
    return read_values(pa.array(texts), zero, (signal,), decimal_comma=comma, thousands=thousands)


def remark(values: Values, row: int) -> str:
    return values.remarks[values.remark[row] - 1] if values.remark[row] else ""


@pytest.mark.requirement("EVD-153")
@pytest.mark.parametrize(
    "text",
    [
        "Bad Input",
        "i/o  timeout",
        "Pt Created",
        "Arc Off-line",
        "Calc Failed",
        "Keine Daten",
        "[-11059] No Good Data For Calculation",
        "#N/A",
        "NaN",
        "-1.#IND",
        '{"Name": "I/O Timeout", "Value": 246, "IsSystem": true}',
    ],
)
def test_a_system_state_keeps_its_place_without_value(text: str) -> None:
    for signal in (FLOW, MODE):
        values = read(text, signal=signal)
        assert np.isnan(values.value[0])
        assert (values.quality[0], bool(values.usable[0])) == (Quality.BAD, True)
        assert remark(values, 0).startswith("no value: ")


@pytest.mark.requirement("EVD-153")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("OFF", 0),
        ("run", 1),
        ("1", 1),
        ("1.0", 1),
        ("200", 200),
        ('{"Name": "Run", "Value": 1, "IsSystem": false}', 1),
    ],
)
def test_a_state_of_the_tag_becomes_its_code(text: str, code: int) -> None:
    values = read(text, signal=MODE)
    assert (values.value[0], values.quality[0], remark(values, 0)) == (code, Quality.GOOD, "")


def test_a_reserved_number_in_a_digital_tag_is_no_value() -> None:
    values = read("246", "7", "Fast", signal=MODE)
    assert values.usable.tolist() == [True, False, False]
    assert remark(values, 0) == "no value: system state 246"
    assert (remark(values, 1), remark(values, 2)) == ("unknown state", "unknown state")


@pytest.mark.requirement("EVD-153")
@pytest.mark.parametrize(
    "text", ["", "A", "0x1F", "1,5", "1.2.3", "{", '{"Name": 1}', "[-1] ", "246 kg", "1e999"]
)
def test_anything_else_gives_no_sample_and_says_so(text: str) -> None:
    values = read(text, "1.5")
    assert values.usable.tolist() == [False, True]
    assert remark(values, 0) in {"value cannot be read", "no value"}


def test_marks_inside_numbers() -> None:
    assert read("1.234,5", "7", comma=True, thousands=".").value.tolist() == [1234.5, 7.0]
    assert read("66,00", "60.00", comma=True).value.tolist() == [66.0, 60.0]


@pytest.mark.requirement("EVD-154")
def test_a_status_takes_away_widens_or_leaves() -> None:
    words = ("Good", "Questionable", "Substituted", "Goo", "UncertainSensorNotAccurate")
    values = read("1", "2", "3", "4", "5", "Bad Input")
    out = with_status(values, np.array([0, 1, 2, 3, 4, 1]), words)
    assert out.quality.tolist() == [
        Quality.GOOD, Quality.UNCERTAIN, Quality.BAD, Quality.GOOD, Quality.UNCERTAIN, Quality.BAD,
    ]  # fmt: skip
    assert np.isnan(out.value).tolist() == [False, False, True, False, False, True]
    assert out.usable.tolist() == [True, True, True, False, True, True]
    assert out.sd_factor is not None
    assert out.sd_factor.tolist() == [1, 3, 1, 1, 2, 3]
    assert [remark(out, n) for n in range(6)] == [
        "",
        "status Questionable",
        "status Substituted",
        "unknown status 'Goo'",
        "status UncertainSensorNotAccurate",
        "no value: Bad Input",
    ]


def test_a_file_of_good_values_has_no_factor() -> None:
    assert with_status(read("1"), np.zeros(1, np.int64), ("Good",)).sd_factor is None


def test_a_ruined_status_column_makes_few_remarks() -> None:
    words = [f"x{n}" for n in range(70_000)]
    values = read_values(
        pa.array(["1"] * len(words)),
        np.zeros(len(words), np.int64),
        (FLOW,),
        decimal_comma=False,
    )
    out = with_status(values, np.arange(len(words)), words)
    assert len(out.remarks) == DIFFERENT + 1
    assert remark(out, len(words) - 1) == "unknown status"
    assert not out.usable.any()


@given(
    st.lists(
        st.tuples(st.sampled_from(["1", "OFF", "Bad", "", "x", "7"]), st.integers(0, 1)),
        min_size=1,
    )
)
def test_rows_of_several_tags_read_as_each_tag_alone(rows: list[tuple[str, int]]) -> None:
    texts, tags = [text for text, _ in rows], np.array([tag for _, tag in rows])
    signals = (FLOW, MODE)
    together = read_values(pa.array(texts), tags, signals, decimal_comma=False)
    for n, (text, tag) in enumerate(rows):
        alone = read(text, signal=signals[tag])
        assert np.array_equal(together.value[n], alone.value[0], equal_nan=True)
        assert (together.quality[n], together.usable[n]) == (alone.quality[0], alone.usable[0])
        assert remark(together, n) == remark(alone, 0)
