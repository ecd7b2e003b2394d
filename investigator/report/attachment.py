"""A file carried inside a PDF (ISO 32000-1, 7.11.4): same content, same bytes, no time in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to be carried: its name, its bytes, and what it is in words."""

    name: str
    data: bytes
    words: str


def attach(document: Any, attachments: Sequence[Attachment]) -> None:
    """Embed files in reportlab's document while it is being written, in order of their names."""
    if not attachments:
        return
    named: list[Any] = []
    for attachment in sorted(attachments, key=lambda one: one.name):
        named += [
            PDFString(attachment.name),
            document.Reference(_specification(document, attachment)),
        ]
    tree = PDFDictionary({"Names": PDFArray(named)})
    document.Catalog.Names = PDFDictionary({"EmbeddedFiles": tree})


def _specification(document: Any, attachment: Attachment) -> PDFDictionary:
    stream = PDFStream(PDFDictionary({"Type": PDFName("EmbeddedFile")}), attachment.data)
    name = PDFString(attachment.name)
    return PDFDictionary(
        {
            "Type": PDFName("Filespec"),
            "F": name,
            "UF": name,
            "Desc": PDFString(attachment.words),
            "EF": PDFDictionary({"F": document.Reference(stream)}),
        }
    )
