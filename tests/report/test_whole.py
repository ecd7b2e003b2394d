"""Texts of people are printed to their last character."""

import re

import pypdfium2
import pytest

from investigator.report.pages import PageFrame, lay_out
from investigator.report.paper import grid
from investigator.report.whole import prose, whole_grid

WORDS = [f"w{n}." for n in range(3000)]
LONG = " ".join(WORDS)
FRAME = PageFrame("marking", "DEV-1", "B1", "software", "title")


def printed(story: list) -> str:
    document = pypdfium2.PdfDocument(lay_out(story, FRAME))
    try:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return re.sub(r"\s+", " ", " ".join(texts))


@pytest.mark.requirement("RPT-022")
def test_a_text_too_long_for_its_cell_stands_in_full_beneath_its_row() -> None:
    rows = [["first", LONG, "x"], ["next", "y", "z"]]
    text = printed([whole_grid(["A", "Told", "C"], rows, [20] * 3, marked=frozenset({0}))])
    assert all(word in text for word in WORDS)
    assert "first beneath this row x Told: w0. w1." in text
    assert text.index("w2999.") < text.rindex("next")
    assert "further characters" not in text


@pytest.mark.requirement("RPT-022")
def test_a_text_without_a_blank_is_printed_in_full() -> None:
    text = printed([whole_grid(["A", "B"], [["W" * 9000, "Q" * 9000]], [20, 20])])
    assert text.count("W") == text.count("Q") == 9000


@pytest.mark.requirement("RPT-022")
def test_paragraphs_stay_paragraphs_and_are_never_cut() -> None:
    assert len(prose("one\n\n  \ntwo\r\nthree")) == 3
    text = printed(prose(LONG))
    assert all(word in text for word in WORDS)


def test_nothing_is_a_dash_in_a_text_and_an_empty_cell_in_a_table() -> None:
    assert printed(prose(" \n ")).startswith("marking DEV-1 · B1 software page 1 of")
    assert "–" in printed(prose(""))
    assert "–" not in printed([whole_grid(["A", "B"], [["a", ""]], [20, 20])])


def test_a_text_is_not_read_as_markup() -> None:
    assert "<b>2 < 3 & 4</b>" in printed(prose("<b>2 < 3 & 4</b>"))
    assert "<b>2 < 3 & 4</b>" in printed([whole_grid(["A"], [["<b>2 < 3 & 4</b>"]], [60])])


def test_where_nothing_is_long_the_table_is_as_any_other() -> None:
    rows = [[f"{n}", "a", "b"] for n in range(9)]
    heads, widths, marked = ["A", "B", "C"], [20, 30, 40], frozenset({3})
    whole = lay_out([whole_grid(heads, rows, widths, marked=marked)], FRAME)
    assert whole == lay_out([grid(heads, rows, widths, marked=marked)], FRAME)
