"""What a document shows in the window: its text, or a picture of it, small enough to be painted.

- Nothing of a document is run or followed: text is shown as text, a picture as pixels.
- What cannot be shown here is said; the bytes stay as they were admitted.
"""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from investigator.desktop.scene import DocumentContent, Picture
from investigator.domain.acts.evidence import DocumentAdmitted

TEXT_LIMIT = 100_000
PICTURE_PX = 1600
_PDF = b"%PDF-"


def content_of(document: DocumentAdmitted, data: bytes) -> DocumentContent:
    """What a document shows; runs in any thread."""
    found = document.document_id
    if data.startswith(_PDF):
        return DocumentContent(found, pdf=data)
    if (picture := _picture(data)) is not None:
        return DocumentContent(found, picture=picture)
    if (text := _text(data)) is not None:
        cut = f"The first {TEXT_LIMIT} characters." if len(text) > TEXT_LIMIT else ""
        return DocumentContent(found, text=text[:TEXT_LIMIT], note=cut)
    return DocumentContent(
        found, note="This kind of file is not shown here; save a copy to read it."
    )


def _text(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _picture(data: bytes) -> Picture | None:
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    if not reader.canRead():
        return None
    size = reader.size()
    if size.width() > PICTURE_PX or size.height() > PICTURE_PX:
        within = QSize(PICTURE_PX, PICTURE_PX)
        reader.setScaledSize(size.scaled(within, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else _pixels(image)


def _pixels(image: QImage) -> Picture:
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    width, height, stride = plain.width(), plain.height(), plain.bytesPerLine()
    raw = bytes(plain.constBits())
    rows = [raw[y * stride : y * stride + 3 * width] for y in range(height)]
    return Picture(width, height, b"".join(rows))
