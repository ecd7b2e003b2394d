"""Files and fields of a package: what is read, and that each fault names its place."""

from pathlib import Path

import pytest

from investigator.domain.errors import UnusableInput
from investigator.twin import strict_fields as fields


def numbers(folder: Path) -> list[float]:
    def made(document) -> list[float]:
        return [fields.number(row, "n", at) for row, at in fields.rows(document, "of", "it", "row")]

    return fields.entries_of(folder, "numbers.toml", 2, made, [])


def test_what_is_made_of_a_file_is_given_on(tmp_path: Path) -> None:
    (tmp_path / "numbers.toml").write_text("format = 2\nof = [{n = 1}, {n = 2.5}]")
    assert numbers(tmp_path) == [1.0, 2.5]


def test_without_the_file_what_holds_then_is_given(tmp_path: Path) -> None:
    assert numbers(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("format = [", "cannot be read"),
        ("format = 1", "has format 1, this version reads format 2; update the program or take"),
        ("format = true", "has format True"),
        ("of = []", "has format None"),
        ("format = 2", "lacks the entry it.of; correct it"),
        ("format = 2\nof = 3", "it: of needs a list, not 3; correct it"),
        ("format = 2\nof = [{n = 1}, 3]", "row 2 is no table; correct it"),
        ("format = 2\nof = [{n = 1}, {m = 1}]", "lacks the entry row 2.n; correct it"),
        ("format = 2\nof = [{n = 1}, {n = -1}]", "row 2: n -1 is no finite number of 0 or more"),
    ],
)
def test_a_fault_is_one_sentence_with_its_file_and_place(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "numbers.toml").write_text(text)
    with pytest.raises(UnusableInput) as refused:
        numbers(tmp_path)
    assert str(refused.value).startswith(f"{tmp_path.name}/numbers.toml: ")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("value", "told"),
    [(float("nan"), "nan"), (float("-inf"), "-inf"), (10**400, "inf"), (-(10**400), "-inf")],
)
def test_a_number_that_no_float_holds_is_refused(value: float, told: str) -> None:
    assert fields.finite({"n": -2}, "n", "x") == -2.0
    with pytest.raises(ValueError, match=f"x: n {told} is no finite number"):
        fields.finite({"n": value}, "n", "x")


@pytest.mark.parametrize(("value", "said"), [(0.0, "above 0"), (1.0, "below 1"), (True, "number")])
def test_a_chance_leaves_room_for_the_other_outcome(value: object, said: str) -> None:
    assert fields.chance({"p": 0.999}, "p", "x") == 0.999
    with pytest.raises((TypeError, ValueError), match=said):
        fields.chance({"p": value}, "p", "x")


def test_a_count_is_a_whole_number_of_nought_or_more() -> None:
    assert fields.count({"n": 3.0}, "n", "x") == 3
    assert fields.count({"n": 0}, "n", "x") == 0
    with pytest.raises(ValueError, match="x: n must be a whole number"):
        fields.count({"n": 2.5}, "n", "x")


def test_yes_or_no_takes_nothing_that_only_counts_as_true() -> None:
    assert fields.yes_or_no({"b": False}, "b", "x") is False
    with pytest.raises(TypeError, match="x: b needs true or false, not 1"):
        fields.yes_or_no({"b": 1}, "b", "x")


def test_a_word_or_text_that_is_not_listed_is_named_with_what_it_should_be() -> None:
    assert fields.one_of({"w": "b"}, "w", "x", ("a", "b")) == "b"
    assert fields.texts_among({"t": ["b", "a"]}, "t", "x", ("a", "b"), "letter") == ("b", "a")
    with pytest.raises(ValueError, match="x: w c is none of a, b"):
        fields.one_of({"w": "c"}, "w", "x", ("a", "b"))
    with pytest.raises(ValueError, match="x: t names c, which is no letter"):
        fields.texts_among({"t": ["b", "c"]}, "t", "x", ("a", "b"), "letter")


def test_a_table_within_a_table_is_named_by_both() -> None:
    assert fields.inner({"t": {"a": 1}}, "t", "x") == {"a": 1}
    with pytest.raises(TypeError, match=r"x\.t is no table"):
        fields.inner({"t": 1}, "t", "x")
    with pytest.raises(KeyError, match=r"x\.t"):
        fields.inner({}, "t", "x")


def test_what_stands_twice_is_named() -> None:
    fields.none_twice(("a", "b"), "thing")
    with pytest.raises(ValueError, match="thing b stands twice"):
        fields.none_twice(iter(("a", "b", "b")), "thing")
