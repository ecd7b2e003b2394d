"""Pages of a PDF as pictures, and its headings."""

import pytest
from pytestqt.qtbot import QtBot
from support.scenes import a_report

from investigator.desktop.pdf_pages import KEPT, Bookmark, PdfPages


@pytest.fixture
def pages(qtbot: QtBot) -> PdfPages:
    return PdfPages(a_report())


@pytest.mark.requirement("WIN-090")
def test_headings_are_in_order_with_their_pages(pages: PdfPages) -> None:
    assert pages.bookmarks == (
        Bookmark("1 Executive summary", 0, 0),
        Bookmark("2 Event", 0, 1),
        Bookmark("As notified", 1, 1),
        Bookmark("11 Impact", 0, 2),
        Bookmark("Appendix A Raw data", 0, 3),
    )


@pytest.mark.requirement("WIN-090")
def test_a_page_is_as_wide_as_asked_for_and_shows_ink(pages: PdfPages) -> None:
    picture = pages.picture(0, 300)
    assert picture.width() == 300
    width, height = pages.sizes_pt[0]
    assert picture.height() == pytest.approx(300 * height / width, abs=1)
    ink = {picture.pixelColor(x, y).lightness() for x in range(0, 300, 2) for y in range(0, 400, 2)}
    assert max(ink) == 255
    assert min(ink) < 120


def test_what_was_seen_last_is_kept(pages: PdfPages) -> None:
    first = pages.picture(0, 300)
    assert pages.picture(0, 300) is first
    for width in range(100, 100 + KEPT):
        pages.picture(1, width)
    assert pages.picture(0, 300) is not first


def test_a_heading_is_found_on_its_page(pages: PdfPages) -> None:
    event, notified = pages.bookmarks[1:3]
    assert 0 < pages.top_of(event) < pages.top_of(notified) < pages.sizes_pt[1][1] / 2


def test_a_heading_that_is_not_printed_is_at_the_top(pages: PdfPages) -> None:
    assert pages.top_of(Bookmark("never printed", 0, 1)) == 0.0
