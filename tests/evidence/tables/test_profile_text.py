"""Import profiles as text, and how they are found again."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import (
    Arrangement,
    ColumnUse,
    ImportProfile,
    Kind,
    TimeOrder,
)
from investigator.evidence.tables.profile_text import (
    carried_over,
    fingerprint,
    profile_from,
    profile_text,
)

words = st.text(max_size=8)
columns = st.lists(
    st.builds(
        ColumnUse,
        st.just(0),
        st.sampled_from(["time", "signal", "unused"]),
        words,
        words,
        words,
        st.integers(0, 3),
    ),
    max_size=6,
).map(lambda uses: tuple(replace(use, position=n) for n, use in enumerate(uses)))
profiles = st.builds(
    ImportProfile,
    st.sampled_from(Kind),
    st.sampled_from(Arrangement),
    st.sampled_from(["utf-8", "cp1252", "utf-16"]),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(['"', ""]),
    st.sampled_from([".", ","]),
    st.sampled_from(["", " "]),
    st.integers(0, 9),
    st.integers(10, 12),
    columns,
    st.sampled_from(TimeOrder),
    st.sampled_from(["UTC", "Europe/Berlin"]),
    words,
)
PLAIN = ImportProfile(
    Kind.HISTORIAN,
    Arrangement.WIDE,
    columns=(ColumnUse(0, "time", "Zeit"), ColumnUse(1, "signal", "T1", "°C")),
)


@pytest.mark.requirement("EVD-124")
@given(profiles)
def test_a_profile_is_what_its_text_says(profile: ImportProfile) -> None:
    text = profile_text(profile)
    assert profile_from(text) == profile
    assert profile_text(profile_from(text)) == text


@pytest.mark.requirement("EVD-124")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "investigator-import-profile/9"}, "is no import profile of the format"),
        ({"colour": "red"}, "says 'colour', which is not known"),
        ({"kind": "music"}, "says kind 'music', which is none of historian"),
        ({"time_order": "guess"}, "says time_order 'guess'"),
        ({"header_line": -1}, "says header_line -1, which is no line"),
        ({"zone": "Middle/Earth"}, "says the zone 'Middle/Earth'"),
        ({"zone": 3}, "says zone 3, which is no text"),
        ({"encoding": "rot13"}, "says the encoding 'rot13'"),
        ({"delimiter": ";;"}, "more than one character"),
        ({"thousands": "."}, "the decimal mark '.' and the thousands mark '.'"),
        ({"first_line": 1}, "data begin above their header"),
        ({"columns": 4}, "lists no columns"),
        ({"columns": [{"position": 1, "role": "time"}]}, "has no column 1"),
        ({"columns": [{"position": 0}]}, "does not say what column 1 is used for"),
        ({"columns": [{"position": 0, "role": "time", "size": 1}]}, "says 'size'"),
        ({"columns": [7]}, "has a column 1 that is no list"),
    ],
)
def test_what_is_no_profile_is_refused_in_one_sentence(change: dict, said: str) -> None:
    text = json.dumps(json.loads(profile_text(PLAIN)) | change)
    with pytest.raises(UnusableInput) as refusal:
        profile_from(text, "p.json")
    assert str(refusal.value).startswith("p.json: ")
    assert said in str(refusal.value)


def test_a_damaged_text_is_refused() -> None:
    with pytest.raises(UnusableInput, match=r"is damaged at line \d+"):
        profile_from(profile_text(PLAIN)[:-5])


@pytest.mark.requirement("EVD-125")
def test_a_kept_profile_is_found_for_the_next_export_and_follows_its_lines() -> None:
    proposal = replace(PLAIN, header_line=4, first_line=6, encoding="cp1252")
    kept = replace(PLAIN, zone="Europe/Berlin", decimal=",", time_order=TimeOrder.DAY_FIRST)
    assert fingerprint(kept) == fingerprint(proposal)
    carried = carried_over(kept, proposal)
    assert (carried.header_line, carried.first_line, carried.encoding) == (4, 6, "cp1252")
    assert (carried.zone, carried.decimal) == ("Europe/Berlin", ",")
    other = replace(PLAIN, columns=PLAIN.columns[:1])
    assert fingerprint(other) != fingerprint(PLAIN)
    assert fingerprint(replace(PLAIN, delimiter=";")) != fingerprint(PLAIN)
