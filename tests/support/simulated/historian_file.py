"""A historian export as it lies on disk, with some signals changed and all else as it is.

- A stored value is changed by what happens at its time, in the digits of its tag. `Bad` rows stay.
- A signal that was stored on exception alone gets further samples where a change bends between two
  of them by more than the deviation to which its tag is compressed.
- Long CSV, gzipped or not, by tag or by time; Parquet of the same; wide CSV on a grid of 10 s.
"""

import gzip
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from investigator.twin.record import Array
from support.simulated.effects import Change, Held
from support.simulated.evidence_files import stamp

HEADING = ("Tag", "Timestamp", "Value", "Status")
STEP_MS = 10_000


@dataclass(frozen=True, slots=True)
class Altered:
    """What happens to the tags of an export: changes on a grid, and digital signals held."""

    grid_ms: NDArray[np.int64]
    changes: Mapping[str, Change]
    held: Mapping[str, Held]
    deviations: Mapping[str, float]


def write_altered(source: Path, target: Path, altered: Altered) -> None:
    """The export at `source` with the changes, written in its own format to `target`."""
    if source.suffix == ".parquet":
        _long(pd.read_parquet(source), altered).to_parquet(target, index=False)
        return
    raw = source.read_bytes()
    zipped = source.suffix == ".gz"
    data = gzip.decompress(raw) if zipped else raw
    if data.startswith(b"Tag,"):
        text = data.decode("utf-8")
        ending = "\r\n" if "\r\n" in text[:2000] else "\n"
        rows = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
        out = _long(rows, altered).to_csv(index=False, lineterminator=ending).encode("utf-8")
    else:
        out = _wide(data.decode("latin-1"), altered).encode("latin-1")
    target.write_bytes(gzip.compress(out, mtime=0) if zipped else out)


def _times(stamps: Sequence[str]) -> NDArray[np.int64]:
    parsed = pd.to_datetime(pd.Series(stamps, dtype=object), utc=True, format="ISO8601")
    return parsed.dt.as_unit("ms").astype("int64").to_numpy()


def _long(rows: pd.DataFrame, altered: Altered) -> pd.DataFrame:
    times = _times(list(rows["Timestamp"]))
    order = np.arange(len(rows), dtype=np.float64)
    by_time = bool((np.diff(times) >= 0).all())
    values, keep = rows["Value"].to_numpy(dtype=object).copy(), np.ones(len(rows), dtype=bool)
    tags, good = rows["Tag"].to_numpy(), rows["Status"].to_numpy() == "Good"
    added: list[tuple[float, int, str, str, str, str]] = []
    stamps = rows["Timestamp"].to_numpy()
    for tag, change in altered.changes.items():
        at = np.flatnonzero((tags == tag) & good)
        numbers = pd.to_numeric(pd.Series(values[at]), errors="coerce").to_numpy(dtype=np.float64)
        at, numbers = at[np.isfinite(numbers)], numbers[np.isfinite(numbers)]
        if not at.size:
            continue
        digits = len(str(values[at[0]]).partition(".")[2])
        told = _changed(change, altered.grid_ms, times[at], numbers)
        moved = np.flatnonzero(np.abs(told - numbers) > 0.5 * 10.0**-digits)
        values[at[moved]] = [f"{v:.{digits}f}" for v in told[moved]]
        for i, t_ms, value in _between(
            change, altered, times[at], numbers, altered.deviations.get(tag, 0.0)
        ):
            at_ms = stamp(int(t_ms), str(stamps[at[i]]))
            added.append((order[at[i]] + 0.5, t_ms, tag, at_ms, f"{value:.{digits}f}", "Good"))
    for tag, held in altered.held.items():
        at = np.flatnonzero((tags == tag) & good)
        before = at[times[at] <= held.start_ms]
        until = at[times[at] <= held.end_ms]
        if not before.size:
            continue
        keep[at[(times[at] > held.start_ms) & (times[at] <= held.end_ms)]] = False
        for t_ms, word in ((held.start_ms, held.word), (held.end_ms, str(values[until[-1]]))):
            at_ms = stamp(t_ms, str(stamps[before[-1]]))
            added.append((order[before[-1]] + 0.5, t_ms, tag, at_ms, word, "Good"))
    told_rows = rows.assign(Value=values)[keep]
    if not added:
        return told_rows
    more = pd.DataFrame([row[2:] for row in added], columns=list(HEADING))
    whole = pd.concat([told_rows[list(HEADING)], more], ignore_index=True)
    place = np.concatenate([order[keep], [row[0] for row in added]])
    when = np.concatenate([times[keep], np.array([row[1] for row in added], dtype=np.int64)])
    keys = (place, when) if by_time else (when, place)
    return whole.iloc[np.lexsort(keys)]


def _changed(
    change: Change, grid_ms: NDArray[np.int64], t_ms: NDArray[np.int64], numbers: Array
) -> Array:
    factor = _at(change.factor, grid_ms, t_ms)
    return numbers * factor + _at(change.offset, grid_ms, t_ms)


def _at(course: Array | float, grid_ms: NDArray[np.int64], t_ms: NDArray[np.int64]) -> Array:
    if np.ndim(course) == 0:
        return np.full(t_ms.shape, float(course))
    return np.interp(t_ms, grid_ms, np.asarray(course))


def _between(
    change: Change,
    altered: Altered,
    times: NDArray[np.int64],
    numbers: Array,
    deviation: float,
) -> list[tuple[int, int, float]]:
    """Samples to add: position of the stored one before, time, value."""
    grid = altered.grid_ms[(altered.grid_ms > times[0]) & (altered.grid_ms < times[-1])]
    was = np.interp(grid, times, numbers)
    now = _changed(change, altered.grid_ms, grid, was)
    stored = np.interp(grid, times, _changed(change, altered.grid_ms, times, numbers))
    before = np.searchsorted(times, grid, side="right") - 1
    bent = np.abs(now - stored) > max(deviation, 1e-9)
    bent &= times[np.minimum(before + 1, times.size - 1)] - times[before] > STEP_MS
    bent &= grid != times[before]
    gap = np.isin(before, np.unique(before[bent])) & (np.abs(now - was) > 0.0)
    gap &= grid != times[before]
    return [(int(before[k]), int(grid[k]), float(now[k])) for k in np.flatnonzero(gap)]


def _wide(text: str, altered: Altered) -> str:
    ending = "\r\n" if "\r\n" in text[:4000] else "\n"
    lines = text.split(ending)
    head = next(i for i, line in enumerate(lines) if line.startswith("Zeit;"))
    tags = lines[head].split(";")
    body = [i for i in range(head + 2, len(lines)) if lines[i]]
    cells = [lines[i].split(";") for i in body]
    times = np.array([_wide_time(row[0], row[1]) for row in cells], dtype=np.int64)
    for tag in [t for t in tags if t in altered.changes or t in altered.held]:
        column = tags.index(tag)
        if tag in altered.held:
            held = altered.held[tag]
            for k in np.flatnonzero((times >= held.start_ms) & (times < held.end_ms)):
                cells[k][column] = held.word
            continue
        _change_column(cells, column, times, altered.changes[tag], altered.grid_ms)
    for i, row in zip(body, cells, strict=True):
        lines[i] = ";".join(row)
    return ending.join(lines)


def _change_column(
    cells: list[list[str]],
    column: int,
    times: NDArray[np.int64],
    change: Change,
    grid_ms: NDArray[np.int64],
) -> None:
    numbers = np.array([_number(row[column]) for row in cells])
    told = _changed(change, grid_ms, times, numbers)
    for k in np.flatnonzero(np.isfinite(numbers)):
        digits = len(cells[k][column].partition(",")[2])
        if abs(told[k] - numbers[k]) > 0.5 * 10.0**-digits:
            cells[k][column] = f"{told[k]:.{digits}f}".replace(".", ",")


def _number(cell: str) -> float:
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return float("nan")


def _wide_time(stamp: str, offset: str) -> int:
    at = datetime.strptime(f"{stamp}{offset}", "%d.%m.%Y %H:%M:%S%z")
    return round(at.timestamp() * 1000)
