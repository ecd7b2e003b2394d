"""The visible stamp of a signature, drawn as a page of its own that fits the field.

- Every word is printed whole: a line too long for the field is set smaller, never cut; what would
  be too small to read is refused.
- The background is opaque, so nothing of the page shows through a signature.
"""

from datetime import datetime
from io import BytesIO
from typing import Any

from reportlab.lib.colors import white
from reportlab.pdfgen.canvas import Canvas

from investigator.domain.errors import UnusableRequest
from investigator.report.fonts import BOLD, REGULAR, printable, register_fonts, width_of
from investigator.report.paper import INK, QUIET, RULE
from investigator.report.signing.mark import Mark

_INSET, _LABELS = 6.0, 56.0
_SIZE, _SMALLEST = 8.0, 4.5
_FRAME = 0.5


def printed_lines(mark: Mark, local: datetime) -> tuple[str, ...]:
    """The stamp's text, line by line: label and value in turn."""
    return tuple(printable(text) for line in mark.lines(local) for text in line)


def stamp(mark: Mark, local: datetime, width: float, height: float) -> bytes:
    """The stamp as a PDF of one page of `width` by `height` points.

    Raises:
        UnusableRequest: a name, or another word, is too long to be printed legibly.
    """
    register_fonts()
    target = BytesIO()
    canvas = _canvas(target, width, height)
    framed(canvas, width, height)
    texts = printed_lines(mark, local)
    pitch = (height - _INSET) / (len(texts) / 2)
    baseline = height - _INSET / 2 - pitch / 2 - _SIZE / 3
    for n, (label, value) in enumerate(zip(texts[::2], texts[1::2], strict=True)):
        y = baseline - n * pitch
        canvas.setFillColor(QUIET)
        canvas.setFont(REGULAR, _SIZE)
        canvas.drawString(_INSET, y, label)
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, _fitting(value, width - _LABELS - _INSET))
        canvas.drawString(_LABELS, y, value)
    canvas.save()
    return target.getvalue()


def _canvas(target: BytesIO, width: float, height: float) -> Canvas:
    # Without a font named here, Helvetica comes in, which is not embedded.
    font: Any = REGULAR
    return Canvas(target, (width, height), invariant=1, initialFontName=font)


def framed(canvas: Canvas, width: float, height: float) -> None:
    """Draw the background and the frame of a field of this size."""
    canvas.setFillColor(white)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(_FRAME)
    canvas.rect(_FRAME / 2, _FRAME / 2, width - _FRAME, height - _FRAME, stroke=1, fill=1)


def _fitting(text: str, width: float) -> float:
    """The size at which the text fits."""
    size = min(_SIZE, _SIZE * width / max(width_of(text, _SIZE, bold=True), 1.0))
    if size < _SMALLEST:
        raise UnusableRequest(
            f'"{text[:60]}…" is too long to be printed legibly in a signature; nothing was signed.'
        )
    return size
