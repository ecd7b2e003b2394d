"""What is read off at the cursors."""

import pytest

from investigator.desktop.plots.readings import Reading, cursor_words, number, reading_words

pytestmark = pytest.mark.requirement("WIN-015")


@pytest.mark.parametrize(
    ("value", "words"),
    [(118.23456, "118.2"), (-0.001234567, "−0.001235"), (0.0, "0"), (float("nan"), "–")],
)
def test_four_significant_digits(value: float, words: str) -> None:
    assert number(value) == words


def test_both_cursors_and_their_difference() -> None:
    assert reading_words(Reading("x", 118.2, 96.0), "N") == "A 118.2   B 96   Δ −22.2 N"
    assert reading_words(Reading("x", None, 96.0), "N") == "B 96 N"
    assert reading_words(Reading("x", None, None), "N") == ""
    assert reading_words(Reading("x", 1.0, float("nan")), "") == "A 1   B –   Δ –"


def test_where_the_cursors_stand() -> None:
    hour = 3_600_000
    assert cursor_words(None, None, "UTC") == ""
    assert cursor_words(hour, None, "Europe/Berlin") == "A 02:00:00"
    assert cursor_words(hour, 3 * hour, "UTC") == "A 01:00:00   B 03:00:00   Δt 2 h 00 min 00 s"
