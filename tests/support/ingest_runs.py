"""One run of one way to take in a long historian export, in a process of its own.

`python -m support.ingest_runs WAY EXPORT FOLDER` prints what it took as JSON. The ways: `pyarrow`,
the plain parse with typed columns (the floor); `pandas`, the plain parse with typed columns (the
peer); `ours`, from the file to samples that are hashed, typed, judged, stored and looked at.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from support.long_export import PROFILE, STATES, tag_names

TAGS = 200


def with_pyarrow(export: Path, folder: Path) -> int:
    """Rows, parsed into tag, time, number and status."""
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv

    word = pa.dictionary(pa.int32(), pa.string())
    types = {"Tag": word, "Timestamp": pa.timestamp("ms", "UTC"), "Value": pa.string()}
    read = csv.read_csv(
        export, convert_options=csv.ConvertOptions(column_types={**types, "Status": word})
    )
    text = read.column("Value")
    words = pc.utf8_is_alpha(pc.utf8_slice_codeunits(text, 0, 1))
    pc.cast(pc.if_else(words, None, text), pa.float64())
    return int(read.num_rows)


def with_pandas(export: Path, folder: Path) -> int:
    """Rows, parsed into tag, time, number and status."""
    import pandas as pd

    read = pd.read_csv(export, dtype={"Tag": "category", "Value": "str", "Status": "category"})
    read["Timestamp"] = pd.to_datetime(read["Timestamp"], utc=True, format="ISO8601")
    read["Value"] = pd.to_numeric(read["Value"], errors="coerce")
    return len(read)


def with_ours(export: Path, folder: Path) -> int:
    """Rows, read, hashed, stored; then a view of one tag out of the store."""
    from investigator.domain.trajectory import Interpolation, Signal
    from investigator.evidence.historian.facts import TagFacts
    from investigator.evidence.historian.long_layout import read_long
    from investigator.evidence.sources.hashing import hashing
    from investigator.evidence.sources.source import sources_of
    from investigator.evidence.store.sample_layout import write_samples
    from investigator.evidence.store.sample_store import SampleStore

    *numbers, digital = tag_names(TAGS)
    tags = {tag: TagFacts(Signal(tag)) for tag in numbers}
    states = tuple(enumerate(STATES))
    tags[digital] = TagFacts(Signal(digital, interpolation=Interpolation.STEP, states=states))
    with hashing(export, export.name) as digest:
        (source,) = sources_of(export, export.name)
        reading = read_long(source, PROFILE, tags=tags)
        place = folder / f"{digest()}.parquet"
    write_samples(place, reading.trajectories.items())
    with SampleStore.open(place) as store:
        store.reduced(numbers[0], points=4000)
    return reading.ledger.rows_read


WAYS: dict[str, Callable[[Path, Path], int]] = {
    "pyarrow": with_pyarrow,
    "pandas": with_pandas,
    "ours": with_ours,
}


def peak_mb() -> float:
    """Most memory of this process, in MB.

    The system's own count of a process begins anew with its program; what `getrusage` says of a
    child may still be its parent's.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def main(way: str, export: str, folder: str) -> None:
    """Run one way and print what it took."""
    began = time.perf_counter()
    rows = WAYS[way](Path(export), Path(folder))
    used = resource.getrusage(resource.RUSAGE_SELF)
    figures = {
        "rows": rows,
        "wall_s": time.perf_counter() - began,
        "cpu_s": used.ru_utime + used.ru_stime,
        "peak_mb": peak_mb(),
    }
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
