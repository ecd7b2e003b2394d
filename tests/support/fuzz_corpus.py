"""Sample files for the fuzz campaign: those beside the checkout, cut short where they are long."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pyarrow as pa
from pyarrow import csv, parquet

LINES = 250
"""Lines that are kept of a long table."""

CASES = ("DEV-OPEN-01", "DEV-OPEN-03", "DEV-OPEN-06")


def samples(shared_data: Path) -> dict[str, bytes]:
    """Sample files by name, in order of name."""
    return dict(sorted(_samples(shared_data)))


def _samples(shared_data: Path) -> Iterator[tuple[str, bytes]]:
    formats = shared_data / "historian_formats"
    for path in formats.rglob("*"):
        if path.is_file() and path.suffix not in {".md", ".toml"} and path.name != "LICENSE":
            yield _named(formats, path), _cut(path.read_bytes())
    for path in (shared_data / "b2mml" / "Examples").rglob("*.xml"):
        yield f"b2mml-{path.name}", _cut_text(path.read_bytes(), 60_000)
    for path in (shared_data / "laboratory").glob("*.xml"):
        yield f"laboratory-{path.name}", path.read_bytes()
    yield from _line(shared_data / "cdc_line_3")
    tablets = shared_data / "tablet_press"
    yield "tablets-Laboratory.csv", _cut((tablets / "Laboratory.csv").read_bytes())
    yield "tablets-3.csv", _cut((tablets / "Process" / "3.csv").read_bytes())
    yield (
        "multivariate.xlsx",
        (shared_data / "multivariate" / "jrpls_tpls_dataset.xlsx").read_bytes(),
    )


def _named(folder: Path, path: Path) -> str:
    return "-".join(path.relative_to(folder).parts)


def _line(line: Path) -> Iterator[tuple[str, bytes]]:
    yield "tags.csv", (line / "tags.csv").read_bytes()
    for case in CASES:
        for path in (line / "deviations" / case).iterdir():
            content = path.read_bytes()
            if path.suffix == ".gz":
                yield f"{case}-{path.name}", gzip.compress(_cut(gzip.decompress(content)), mtime=0)
            elif path.suffix == ".csv":
                yield f"{case}-{path.name}", _cut(content)
            elif path.suffix != ".md":
                yield f"{case}-{path.name}", content
    long = _cut((line / "deviations" / CASES[0] / "historian.csv").read_bytes())
    yield "long.parquet", _as_parquet(long)
    yield "long.xlsx", _as_workbook(long)
    yield "several.zip", _as_zip({"a.csv": long, "b/c.csv": long, "alarms.csv": b"Time,Text\n"})


def _cut(content: bytes) -> bytes:
    return b"\n".join(content.split(b"\n")[:LINES]) if content.count(b"\n") > LINES else content


def _cut_text(content: bytes, size: int) -> bytes:
    return content if len(content) <= size else content[:size]


def _as_parquet(text: bytes) -> bytes:
    columns = dict.fromkeys(("Tag", "Timestamp", "Value", "Status"), pa.string())
    table = csv.read_csv(io.BytesIO(text), convert_options=csv.ConvertOptions(column_types=columns))
    out = io.BytesIO()
    parquet.write_table(table, out)
    return out.getvalue()


def _as_workbook(text: bytes) -> bytes:
    book = openpyxl.Workbook()
    for line in text.decode().splitlines()[:100]:
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _as_zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()
