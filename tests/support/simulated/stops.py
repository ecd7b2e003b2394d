"""A short stop of a normal batch made a long one: everything after it happens later.

- Every instant in historian, alarms, monitoring and batch record from the middle of the stop on is
  moved by the same time; what was held during the stop is held for longer. Laboratory dates stay.
- What stagnant powder does to the first tablets after the restart is not simulated: the line shows
  the stop, and its product is as it was.
"""

import gzip
import re
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd

from investigator.domain.instant import Span
from investigator.twin.record import LONG_STOP_S, LineRecord

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
LONG_LAYOUT = b"Tag,"


def short_stop(record: LineRecord) -> Span | None:
    """The longest stop of a run that is no deviation; None where there is none."""
    short = [s for s in record.standstills if s.seconds < LONG_STOP_S]
    return max(short, key=lambda s: s.seconds, default=None)


def can_be_stretched(batch: Path) -> bool:
    """Whether the historian of a batch stores samples; a grid would have a hole."""
    file = next(batch.glob("historian.*"))
    if file.suffix == ".parquet":
        return True
    raw = file.read_bytes()
    return (gzip.decompress(raw) if file.suffix == ".gz" else raw).startswith(LONG_LAYOUT)


def write_stretched(batch: Path, folder: Path, stop: Span, longer_s: float) -> None:
    """The evidence of a batch with a stop that lasts `longer_s` longer."""
    middle_ms = (stop.start_ms + stop.end_ms) // 2
    folder.mkdir(parents=True)
    for file in sorted(batch.iterdir()):
        target = folder / file.name
        if file.name == "lab_results.csv":
            target.write_bytes(file.read_bytes())
        elif file.suffix == ".parquet":
            rows = pd.read_parquet(file)
            later = [_later(t, middle_ms, longer_s) for t in rows["Timestamp"]]
            rows.assign(Timestamp=later).to_parquet(target, index=False)
        else:
            raw = file.read_bytes()
            zipped = file.suffix == ".gz"
            text = (gzip.decompress(raw) if zipped else raw).decode("utf-8")
            moved = STAMP.sub(lambda m: _later(m.group(0), middle_ms, longer_s), text)
            data = moved.encode("utf-8")
            target.write_bytes(gzip.compress(data, mtime=0) if zipped else data)


def _later(stamp: str, middle_ms: int, longer_s: float) -> str:
    at = datetime.fromisoformat(stamp.replace("Z", "+00:00"))
    if at.timestamp() * 1000 < middle_ms:
        return stamp
    moved = (at + timedelta(seconds=longer_s)).isoformat(timespec="seconds")
    return moved.replace("+00:00", "Z") if stamp.endswith("Z") else moved
