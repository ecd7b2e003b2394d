"""What a person means by a few letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.much import THINGS

from investigator.desktop.fuzzy import best, match

TITLES = [
    "Go to Replay",
    "Go to Report",
    "Start the replay",
    "Issue the report",
    "Admit evidence",
    "DRM-0105",
    "LF-101.PV mass flow API feeder",
    "Room humidity excursion",
]


def found(query: str) -> list[str]:
    return [title for title, _ in best(query, TITLES, text=str, limit=50)]


def folded(text: str) -> str:
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def is_within(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("replay", "Go to Replay"),
        ("issue", "Issue the report"),
        ("str", "Start the replay"),
        ("ae", "Admit evidence"),
        ("105", "DRM-0105"),
        ("lf101", "LF-101.PV mass flow API feeder"),
        ("API FEEDER", "LF-101.PV mass flow API feeder"),
        ("gr", "Go to Replay"),
        ("re", "Go to Replay"),
        ("go rep", "Go to Replay"),
        ("excur", "Room humidity excursion"),
    ],
)
def test_the_best_comes_first(query: str, first: str) -> None:
    assert found(query)[0] == first


def test_of_what_fits_equally_well_the_later_kind_comes_after() -> None:
    order = [t for t, _ in best("re", ["Report", "Go to Report"], text=str, limit=9)]
    assert order == ["Report", "Go to Report"]
    ranked = best("re", ["Report", "Go to Report"], text=str, limit=9, after="Report".__eq__)
    assert [t for t, _ in ranked] == ["Go to Report", "Report"]


def test_what_lacks_a_letter_is_not_found() -> None:
    assert found("xyz") == []
    assert match("ba", "ab") is None


def test_nothing_typed_finds_everything_in_its_order() -> None:
    assert found("") == TITLES
    assert found("   ") == found("")


def test_letters_that_were_meant_are_named() -> None:
    fit = match("rep", "Go to Replay")
    assert fit is not None
    assert fit.places == (6, 7, 8)


@given(st.text(max_size=6), st.text(max_size=30))
def test_found_is_what_has_the_letters_in_order(query: str, text: str) -> None:
    fit = match(query, text)
    assert (fit is not None) == is_within("".join(folded(query).split()), folded(text))
    if fit is not None:
        assert list(fit.places) == sorted(set(fit.places))
        assert all(0 <= place < len(text) for place in fit.places)


def test_the_one_that_was_meant_is_found_among_ten_thousand() -> None:
    found_first = best("drm 9417", THINGS, text=str, limit=50)[0][0]
    assert found_first == "DRM-09417 container of batch TA50-26-0217"
    assert len(best("drm", THINGS, text=str, limit=50)) == 50
