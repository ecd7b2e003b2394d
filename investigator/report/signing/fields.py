"""The signature fields of a report, placed where the layout puts them.

- A report for signature has three fields, in the order of signing: Author, Reviewer, Approver. A
  report made unattended has one, Seal, which no person can fill.
- A field stands in the file from the start, empty, so that signing changes nothing but the field.
- What an empty field shows belongs to the field and goes when it is filled: no page ever says
  "not signed" beside a signature.
- The approver's field locks the file: what is added after it shows as a change.
"""

from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFString,
    xObjectName,
)
from reportlab.platypus import Flowable

from investigator.domain.acts.closing import SignatureField
from investigator.report.fonts import REGULAR
from investigator.report.paper import QUIET
from investigator.report.signing.stamp import framed

SEAL = "Seal"
PERSONS = tuple(field.value.capitalize() for field in SignatureField)
"""Names of the fields of persons, in the order of signing."""

WIDTH, HEIGHT = 139.8 * mm, 22 * mm
_LOCKS = PERSONS[-1]
_PRINTED_AND_LOCKED = 4 + 128
_SIGNATURES_EXIST = 1
_NO_CHANGES = 1


def name_of(field: SignatureField) -> str:
    """The field's name in the PDF."""
    return field.value.capitalize()


class EmptyField(Flowable):
    """An empty signature field of fixed size; it becomes part of the page on which it is drawn."""

    def __init__(self, name: str, empty: str) -> None:
        """Args: `name` of the field in the PDF; `empty`: what it shows until it is filled."""
        super().__init__()
        self._name, self._empty = name, empty
        self.width, self.height = WIDTH, HEIGHT

    def draw(self) -> None:
        """Put the field on the page, with what it shows while it is empty."""
        canvas: Any = self.canv
        self._draw_empty(canvas)
        key = f"signature-{self._name}"
        canvas._addAnnotation(self._widget(canvas), key)
        _form(canvas)["Fields"].sequence.append(canvas._doc.refAnnotation(key))

    def _draw_empty(self, canvas: Any) -> None:
        canvas.beginForm(self._look, 0, 0, WIDTH, HEIGHT)
        framed(canvas, WIDTH, HEIGHT)
        canvas.setFillColor(QUIET)
        canvas.setFont(REGULAR, 8)
        canvas.drawString(6, HEIGHT / 2 - 3, self._empty)
        canvas.endForm()

    def _widget(self, canvas: Any) -> PDFDictionary:
        x, y = canvas.absolutePosition(0, 0)
        look = PDFObjectReference(xObjectName(self._look))
        entries = {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Widget"),
            "FT": PDFName("Sig"),
            "T": PDFString(self._name),
            "F": _PRINTED_AND_LOCKED,
            "Rect": PDFArray([x, y, x + WIDTH, y + HEIGHT]),
            "AP": PDFDictionary({"N": look}),
        }
        if self._name == _LOCKS:
            entries["Lock"] = _lock()
        return PDFDictionary(entries)

    @property
    def _look(self) -> str:
        return f"empty-{self._name}"


def _lock() -> PDFDictionary:
    return PDFDictionary(
        {"Type": PDFName("SigFieldLock"), "Action": PDFName("All"), "P": _NO_CHANGES}
    )


def _form(canvas: Any) -> PDFDictionary:
    """The document's form; made with its first field."""
    catalog = canvas._doc.Catalog
    if getattr(catalog, "AcroForm", None) is None:
        catalog.AcroForm = PDFDictionary({"Fields": PDFArray([]), "SigFlags": _SIGNATURES_EXIST})
    form: PDFDictionary = catalog.AcroForm
    return form
