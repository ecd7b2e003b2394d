"""What a document shows: text as text, pictures as pixels small enough, and what is not shown."""

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage
from support.investigations import DOCUMENT

from investigator.desktop.document_content import PICTURE_PX, TEXT_LIMIT, content_of


def photo(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 30, 40))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


@pytest.mark.requirement("WIN-038")
def test_text_is_shown_as_text() -> None:
    assert content_of(DOCUMENT, "Übergabe: LW-311 refilled".encode()).text.startswith("Übergabe")
    assert content_of(DOCUMENT, "\ufeffwith mark".encode()).text == "with mark"
    long = content_of(DOCUMENT, b"x" * (TEXT_LIMIT + 1))
    assert len(long.text) == TEXT_LIMIT
    assert long.note == "The first 100000 characters."


@pytest.mark.requirement("WIN-038")
def test_a_picture_is_made_small_enough_to_be_painted() -> None:
    small = content_of(DOCUMENT, photo(3, 2)).picture
    assert small is not None
    assert (small.width, small.height) == (3, 2)
    assert small.rgb == bytes((200, 30, 40)) * 6
    large = content_of(DOCUMENT, photo(2 * PICTURE_PX, PICTURE_PX)).picture
    assert large is not None
    assert (large.width, large.height) == (PICTURE_PX, PICTURE_PX // 2)


@pytest.mark.requirement("WIN-038")
def test_pages_are_handed_on_and_anything_else_is_said() -> None:
    assert content_of(DOCUMENT, b"%PDF-1.7 ...").pdf == b"%PDF-1.7 ..."
    assert "not shown here" in content_of(DOCUMENT, b"\xd0\xcf\x11\xe0").note
    assert "not shown here" in content_of(DOCUMENT, b"text\0with a hole").note
