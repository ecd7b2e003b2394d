"""Statuses of every historian, in words, flags and numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.trajectory import Quality
from investigator.evidence.historian.status import Scale, meanings, scale_of

GOOD, BAD = (Quality.GOOD, 1.0), (Quality.BAD, 1.0)
UNCERTAIN, NOT_ACCURATE = (Quality.UNCERTAIN, 3.0), (Quality.UNCERTAIN, 2.0)


def read(*words: str) -> list[tuple[Quality, float] | None]:
    return [m and (m.quality, m.sd_factor) for m in meanings(words)]


@pytest.mark.requirement("EVD-154")
@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("Good", GOOD),
        ("GOOD", GOOD),
        (" good ", GOOD),
        ("GoodQuality", GOOD),
        ("Good_NonCascade", GOOD),
        ("Good, Annotated", GOOD),
        ("Annotated", GOOD),
        ("O", GOOD),
        ("A", GOOD),
        ("True", GOOD),
        ("Gut", GOOD),
        ("Bad", BAD),
        ("BadQuality", BAD),
        ("BadSensorFailure", BAD),
        ("Bad - Comm Failure", BAD),
        ("I/O Timeout", BAD),
        ("Substituted", BAD),
        ("S", BAD),
        ("Good - Local Override", BAD),
        ("UncertainSubstituteValue", BAD),
        ("ungültig", BAD),
        ("Not good", BAD),
        ("Questionable", UNCERTAIN),
        ("Q", UNCERTAIN),
        ("A,Q", UNCERTAIN),
        ("S Q", BAD),
        ("Uncertain", UNCERTAIN),
        ("UncertainLastUsableValue", UNCERTAIN),
        ("Uncertain - Sensor Not Accurate", NOT_ACCURATE),
        ("UncertainEngineeringUnitsExceeded", NOT_ACCURATE),
        ("fraglich", UNCERTAIN),
    ],
)
def test_words(word: str, meaning: tuple[Quality, float]) -> None:
    assert read(word, "Good") == [meaning, GOOD]


@pytest.mark.requirement("EVD-154")
@pytest.mark.parametrize(
    ("numbers", "meaning"),
    [
        (["192", "0"], [GOOD, BAD]),
        (["192", "3", "197"], [GOOD, BAD, GOOD]),
        (["192", "64", "68", "80", "84", "216"],
         [GOOD, UNCERTAIN, UNCERTAIN, NOT_ACCURATE, NOT_ACCURATE, BAD]),
        (["192", "128"], [GOOD, None]),
        (["49344", "192"], [GOOD, GOOD]),
        (["0", "0x808C0000"], [GOOD, BAD]),
        (["0", "2156658688", "0x40900000", "0x40930000", "0x40910000", "0x00960000"],
         [GOOD, BAD, UNCERTAIN, NOT_ACCURATE, BAD, BAD]),
        (["0", "1"], [BAD, GOOD]),
        (["1"], [GOOD]),
        (["0", "100"], [BAD, GOOD]),
        (["0"], [None]),
        (["Good", "0"], [GOOD, None]),
        (["0192", "192"], [None, GOOD]),
        (["-1", "192"], [None, GOOD]),
    ],
)  # fmt: skip
def test_numbers_are_read_by_what_the_file_holds(
    numbers: list[str], meaning: list[tuple[Quality, float] | None]
) -> None:
    assert read(*numbers) == meaning


@pytest.mark.requirement("EVD-154")
@pytest.mark.parametrize("word", ["Goo", "x", "G0od", "Q,Z", ",", "12:30", "{}", "1e3"])
def test_a_word_that_is_not_known_is_not_guessed(word: str) -> None:
    assert read(word, "Good") == [None, GOOD]


def test_s_is_suspect_beside_g_and_substituted_beside_q() -> None:
    assert read("G", "S", "B") == [GOOD, UNCERTAIN, BAD]
    assert read("Q", "S", "") == [UNCERTAIN, BAD, GOOD]


def test_no_status_among_words_is_told_and_among_flags_is_none() -> None:
    assert [m and m.remarkable for m in meanings(["", "Good"])] == [True, False]
    assert [m and m.remarkable for m in meanings(["", "A"])] == [False, False]


@given(st.lists(st.text(max_size=12)))
def test_any_words_have_a_meaning_or_none(words: list[str]) -> None:
    assert len(meanings(words)) == len(words)


@given(st.sets(st.integers(0, 2**32 - 1), min_size=1))
def test_a_scale_is_found_for_any_numbers(numbers: set[int]) -> None:
    assert (scale_of(numbers) is Scale.UNKNOWN) == (numbers == {0})
