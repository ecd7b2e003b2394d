"""A report's PDF as it is read for verification: its fields, its revisions, what comes from where.

- Only the structure is read here; nothing is believed yet.
- Whatever a damaged or foreign file does to the reader ends in one sentence.
"""

import logging
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator.errors import PathError, ValidationError

from investigator.domain.errors import AlteredRecord
from investigator.report.signing.fields import PERSONS, SEAL
from investigator.trust.carried_approval import NAME

BROKEN = (
    AlteredRecord,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    PathError,
    PdfError,
    RecursionError,
    TypeError,
    ValidationError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What reading raises on bytes that are no PDF, or one that was damaged."""

_END = b"%%EOF"

# PyHanko logs what it finds, with traces; here it is said in facts.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the file's form.

    `embedded`: the signature in it, None where it is empty or cannot be read. `end`: how many bytes
    of the file stand before the end of what the signature covers.
    """

    name: str
    filled: bool
    embedded: EmbeddedPdfSignature | None = None
    end: int = 0


@dataclass(frozen=True, slots=True)
class ReportPdf:
    """The file as read.

    `data`: all its bytes. `issued`: how many of them stood before the first signature.
    `expected`: names of the fields that it should have, in the order of signing. `fields`: those
    that it has, in its own order. `carried`: the approval of the twin that it carries; empty
    without one.
    """

    data: bytes
    issued: int
    expected: tuple[str, ...]
    fields: tuple[FormField, ...]
    carried: bytes = b""

    def field(self, name: str) -> FormField | None:
        """The first field of that name."""
        return next((field for field in self.fields if field.name == name), None)


def read_report(pdf: bytes) -> ReportPdf:
    """The structure of a report's PDF.

    Raises:
        AlteredRecord: it cannot be read, or is no report of this program.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=True)
        fields = tuple(_form_fields(reader))
        issued = _end_of_first_revision(pdf, reader)
        carried = _carried(reader)
    except BROKEN:
        raise AlteredRecord(
            "The file cannot be read: it is no PDF, or it was cut or damaged."
        ) from None
    names = {field.name for field in fields}
    expected = PERSONS if names & set(PERSONS) else (SEAL,)
    if not names & set(expected):
        raise AlteredRecord("The PDF is no report of this program: it has none of its fields.")
    return ReportPdf(pdf, issued, expected, fields, carried)


def _form_fields(reader: PdfFileReader) -> Iterator[FormField]:
    if "/AcroForm" not in reader.root:
        return
    for reference in reader.root["/AcroForm"]["/Fields"]:
        yield _form_field(reader, reference.get_object())


def _form_field(reader: PdfFileReader, dictionary: DictionaryObject) -> FormField:
    name = str(dictionary["/T"])
    if "/V" not in dictionary:
        return FormField(name, filled=False)
    try:
        embedded = EmbeddedPdfSignature(reader, dictionary, name)
        _, _, start, length = (int(number) for number in embedded.byte_range)
    except BROKEN:
        return FormField(name, filled=True)
    return FormField(name, filled=True, embedded=embedded, end=start + length)


def _carried(reader: PdfFileReader) -> bytes:
    if "/Names" not in reader.root or "/EmbeddedFiles" not in reader.root["/Names"]:
        return b""
    named = list(reader.root["/Names"]["/EmbeddedFiles"]["/Names"])
    for name, specification in zip(named[::2], named[1::2], strict=True):
        if str(name) == NAME:
            return bytes(specification.get_object()["/EF"]["/F"].data)
    return b""


def _end_of_first_revision(pdf: bytes, reader: PdfFileReader) -> int:
    table = reader.xrefs.get_startxref_for_revision(0)
    end = pdf.index(_END, table) + len(_END)
    return end + pdf[end:].startswith(b"\n")
