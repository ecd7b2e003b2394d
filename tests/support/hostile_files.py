"""Files that are made to do harm: to fill memory, to take for ever, to reach for other files."""

import gzip
import io
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

HEADER = b"Tag,Timestamp,Value,Status\n"
ROW = b"T,2026-03-01T00:00:00Z,1,Good\n"
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
CELL = b'<row r="1"><c r="A1" t="inlineStr"><is><t>%b</t></is></c></row>'
MEGABYTE = 1 << 20

PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
"""The least that a workbook of one sheet has beside its sheet."""


def laughs() -> bytes:
    """Entities that grow tenfold nine times, as a document type."""
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE BatchProductionRecord [<!ENTITY l0 "lol">{steps}]>'.encode()


def record(inside: bytes, kind: bytes = b"") -> bytes:
    """A batch record with these bytes in its id."""
    body = b"<BatchProductionRecord><ID>" + inside + b"</ID></BatchProductionRecord>"
    return b'<?xml version="1.0"?>' + kind + body


def outside(address: str) -> bytes:
    """A record whose id is to be fetched from an address."""
    kind = f'<!DOCTYPE BatchProductionRecord [<!ENTITY x SYSTEM "{address}">]>'.encode()
    return record(b"&x;", kind)


def zipped(name: str, pieces: Iterable[bytes]) -> bytes:
    """An archive of one file."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w", force_zip64=True) as part,
    ):
        for piece in pieces:
            part.write(piece)
    return out.getvalue()


def nested() -> bytes:
    """An archive in an archive, twenty times."""
    inner = HEADER + ROW
    for _ in range(20):
        inner = zipped("a.zip", [inner])
    return inner


def workbook(sheet: Iterable[bytes]) -> bytes:
    """A workbook of one sheet of these bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in PARTS.items():
            archive.writestr(name, part)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for piece in sheet:
                part.write(piece)
    return out.getvalue()


def sheet_of(rows: bytes) -> list[bytes]:
    """The bytes of a sheet with these rows."""
    return [SHEET + b"<sheetData>" + rows + b"</sheetData></worksheet>"]


HOSTILE: dict[str, Callable[[], bytes]] = {
    "laughs.xml": lambda: record(b"&l9;", laughs()),
    "quadratic.xml": lambda: record(
        b"&a;" * 100_000,
        b'<!DOCTYPE BatchProductionRecord [<!ENTITY a "' + b"a" * 100_000 + b'">]>',
    ),
    "deep.xml": lambda: record(b"<a>" * 300_000 + b"</a>" * 300_000),
    "deep.json": lambda: b'{"deviation_id": ' + b"[" * 200_000,
    "zeros.csv.gz": lambda: gzip.compress(HEADER + bytes(80 * MEGABYTE), 1),
    "zeros.zip": lambda: zipped("a.csv", [HEADER, *[bytes(MEGABYTE)] * 80]),
    "spaces.csv.gz": lambda: gzip.compress(HEADER + ROW + b" " * (80 * MEGABYTE), 1),
    "nested.zip": nested,
    "quoted.csv": lambda: HEADER + ROW + b'"' + ROW * 300_000,
    "columns.csv": lambda: b"Time," + b",".join(b"t%d" % n for n in range(1_000_000)) + b"\n",
    "cells.csv": lambda: b",".join([b"1"] * 1_000_000) + b"\n",
    "laughs.xlsx": lambda: workbook([laughs() + sheet_of(CELL % b"&l9;")[0]]),
    "far.xlsx": lambda: workbook(
        sheet_of(CELL % b"Note" + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    ),
    "stated.xlsx": lambda: workbook([SHEET + b'<dimension ref="A1:XFD1048576"/></worksheet>']),
    "blank.xlsx": lambda: workbook([SHEET, *[b" " * MEGABYTE] * 80, b"</worksheet>"]),
    "rows.xlsx": lambda: workbook(
        [SHEET + b"<sheetData>", *[b"<row><c><v>1</v></c></row>" * 40_000] * 75]
    ),
}
"""How each hostile file is made, by its name."""


def write_hostile(folder: Path) -> list[Path]:
    """All hostile files in a folder, and one of 4 GB that takes no room on the disk."""
    paths = []
    for name, made in HOSTILE.items():
        path = folder / name
        path.write_bytes(made())
        paths.append(path)
    line = folder / "line.csv"
    with line.open("wb") as stream:
        stream.write(HEADER + ROW + b"T,")
        stream.truncate(4 << 30)
    return [*paths, line]
