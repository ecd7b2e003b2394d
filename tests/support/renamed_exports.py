"""The shipped example as another site would export it: other names of tags, other units."""

import csv
import gzip
import io
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path


def otherwise(
    source: Path,
    folder: Path,
    units: Mapping[str, tuple[str, Callable[[Decimal], Decimal]]],
    *,
    names: Mapping[str, str],
) -> Path:
    """The example in `source` with tags renamed and numbers in other units, those stated."""
    folder.mkdir()
    for path in source.iterdir():
        if path.name != "historian.csv.gz":
            (folder / path.name).write_bytes(path.read_bytes())
    rows = csv.DictReader(
        io.StringIO(gzip.decompress((source / "historian.csv.gz").read_bytes()).decode())
    )
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(["Tag", "Timestamp", "Value", "Unit", "Status"])
    for row in rows:
        tag, value = row["Tag"], row["Value"]
        unit, change = units.get(tag, ("", Decimal))
        if tag in units and row["Status"] == "Good":
            value = str(change(Decimal(value)))
        write.writerow([names.get(tag, tag), row["Timestamp"], value, unit, row["Status"]])
    (folder / "historian.csv").write_text(out.getvalue(), encoding="utf-8")
    return folder
