"""What is typed for an argument is the value that it means, or one reason why it is none."""

import argparse
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.casework.session import Role
from investigator.cli import arguments
from investigator.cli.arguments import choices, day, ids, instant, one_of, some_of, text, typed
from investigator.domain.acts.analysis import Verdict
from investigator.domain.acts.case import Classification, ScopeDecision, Shared
from investigator.domain.acts.closing import ActionKind, Level, RootCause, SignatureField
from investigator.domain.acts.evidence import DocumentKind
from investigator.domain.impact import Proposal
from investigator.domain.ranking import CauseCategory

WORDS: tuple[type[StrEnum], ...] = (
    Role,
    Classification,
    ScopeDecision,
    Shared,
    DocumentKind,
    Verdict,
    Proposal,
    CauseCategory,
    RootCause,
    Level,
    ActionKind,
    SignatureField,
)


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.__name__)
def test_every_word_is_typed_with_hyphens_or_as_it_is_printed(words: type[StrEnum]) -> None:
    read: Any = one_of(words)
    for word in words:
        assert " " not in typed(word)
        assert all(read(form) is word for form in (typed(word), word.value, word.upper()))
    assert len({typed(word) for word in words}) == len(words)
    assert choices(words).count(",") == len(words) - 1


def test_another_word_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="'maybe' is none of: supported, refuted"):
        one_of(Verdict)("maybe")
    with pytest.raises(argparse.ArgumentTypeError, match="'shape' is none of"):
        some_of(Shared)("material-lot,shape")


def test_several_words_are_typed_with_commas() -> None:
    found = some_of(Shared)("tooling, material-lot,tooling")
    assert found == (Shared.TOOLING, Shared.LOT)
    assert ids(" D1 ,D2,") == ("D1", "D2")
    with pytest.raises(argparse.ArgumentTypeError, match="at least one"):
        ids(" , ")


@given(st.dates())
def test_a_date_is_iso_8601(value: date) -> None:
    assert day(value.isoformat()) == value


@pytest.mark.parametrize("wrong", ["", "31.03.2026", "2026-02-30", "tomorrow"])
def test_what_is_no_date_is_refused(wrong: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="such as 2026-03-31"):
        day(wrong)


def test_a_time_is_iso_8601_with_or_without_offset() -> None:
    assert instant("2026-03-31T14:05:00+02:00").utcoffset() is not None
    assert instant("2026-03-31 14:05") == datetime(2026, 3, 31, 14, 5)  # noqa: DTZ001
    with pytest.raises(argparse.ArgumentTypeError, match="is no time"):
        instant("14 Uhr")


def test_a_text_says_something() -> None:
    assert text("  line stopped ") == "line stopped"
    with pytest.raises(argparse.ArgumentTypeError, match="is empty"):
        text(" \n")


@pytest.mark.parametrize(
    ("read", "wrong", "says"),
    [
        (arguments.workers, "0", "at least one worker"),
        (arguments.workers, "two", "not a whole number"),
        (arguments.seed, "-1", "is not between"),
        (arguments.seed, str(2**63), "is not between"),
        (arguments.whole, "1.5", "not a whole number"),
    ],
)
def test_numbers_have_their_range(read: Any, wrong: str, says: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=says):
        read(wrong)
    assert read("1") == 1


def test_the_machine_has_a_core() -> None:
    assert arguments.all_cores() >= 1
