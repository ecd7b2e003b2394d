"""A long historian export of any size, as a plant of many tags would write it.

Every tag is sampled every `PERIOD_S` seconds, each in its own second, so that the tags stand mixed
in order of time. Of a thousand samples one is a system state and one more the state of a digital
tag. The same seed gives the same bytes.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from investigator.domain.import_profile import Arrangement, ColumnUse, ImportProfile, Kind

PERIOD_S = 5
START_S = 1_772_615_640
"""2026-03-04 10:14:00 at +01:00."""

AHEAD_S = 3600
SYSTEM = ("Bad Input", "I/O Timeout", "No Data", "Pt Created")
STATES = ("OFF", "RUN", "REFILL")
CHUNK_ROWS = 1_000_000
HEADER = ("Tag", "Timestamp", "Value", "Status")
ROLES = ("tag", "time", "value", "status")

PROFILE = ImportProfile(
    kind=Kind.HISTORIAN,
    arrangement=Arrangement.LONG,
    columns=tuple(ColumnUse(n, r, h) for n, (r, h) in enumerate(zip(ROLES, HEADER, strict=True))),
)


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows of a chunk say; `state` is -1 for a number, else the place in SYSTEM."""

    tag: NDArray[np.int64]
    t_s: NDArray[np.int64]
    value: NDArray[np.float64]
    state: NDArray[np.int64]


def tag_names(tags: int) -> list[str]:
    """Names as the plant's; the last one is digital."""
    return [f"NF.CDC3.LW{n:03d}.NETWT.PV" for n in range(tags - 1)] + ["NF.CDC3.LW999.MODE.STS"]


def rows_of(first: int, last: int, tags: int, seed: int) -> Rows:
    """Rows [first, last) of the export."""
    rng = np.random.default_rng([seed, first])
    number = np.arange(first, last)
    turn, place = np.divmod(number, tags)
    t_s = START_S + PERIOD_S * turn + place * PERIOD_S // tags
    value = np.round(100 + 20 * np.sin(number * 1e-5) + rng.normal(0, 0.5, number.size), 4)
    odd = rng.random(number.size) < 0.001
    state = np.where(odd, rng.integers(0, len(SYSTEM), number.size), -1)
    return Rows(place, t_s, value, state)


def digital(rows: Rows, tags: int) -> NDArray[np.bool_]:
    """Rows of the digital tag."""
    return rows.tag == tags - 1


def write_long_export(path: Path, *, rows: int, tags: int = 200, seed: int = 7) -> None:
    """Write the export; about 61 bytes a row."""
    names = pa.array(tag_names(tags))
    with path.open("wb") as target:
        target.write((",".join(HEADER) + "\n").encode())
        for first in range(0, rows, CHUNK_ROWS):
            chunk = rows_of(first, min(first + CHUNK_ROWS, rows), tags, seed)
            target.write(_text(chunk, names, tags))


def _text(rows: Rows, names: pa.Array, tags: int) -> bytes:
    local = pa.array(rows.t_s + AHEAD_S, pa.timestamp("s"))
    stamp = pc.binary_join_element_wise(
        pc.replace_substring(pc.cast(local, pa.string()), " ", "T"), "+01:00", ""
    )
    number = pc.cast(pa.array(rows.value), pa.string())
    words = pa.array([*SYSTEM, ""]).take(pa.array(np.where(rows.state < 0, 4, rows.state)))
    states = pa.array(STATES).take(pa.array(rows.t_s // 3600 % len(STATES)))
    value = pc.if_else(pa.array(digital(rows, tags)), states, number)
    value = pc.if_else(pa.array(rows.state >= 0), words, value)
    status = pc.if_else(pa.array(rows.state >= 0), "Bad", "Good")
    line = pc.binary_join_element_wise(names.take(pa.array(rows.tag)), stamp, value, status, ",")
    line = pc.binary_join_element_wise(line, "", "\n")
    _, offsets, data = line.buffers()
    end = int(np.frombuffer(offsets, np.int32)[len(line)])
    return data.slice(0, end).to_pybytes()
