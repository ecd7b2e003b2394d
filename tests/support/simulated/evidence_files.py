"""Laboratory results, batch record and room monitoring on disk, changed by a cause.

- Only values are touched, in the digits in which they stand; a file that nothing reaches is copied
  byte for byte.
- A result that now lies outside its limits fails.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np

from investigator.twin.record import Array, LineRecord
from investigator.twin.record_map import RecordMap
from support.simulated.effects import Effects

LABORATORY = {
    "Assay (HPLC)": "assay",
    "Content uniformity unit": "assay",
    "Dissolution Q30 unit": "q30",
    "Dissolution Q30 mean": "q30",
    "Hardness": "hardness",
    "Mean weight (20)": "weight",
    "Water (LOD)": "water",
}
IN_PROCESS = {"WT": "weight", "TH": "thickness", "HD": "hardness"}
STATIONS = 36
HARDNESS_PER_MM = 110.0
SAMPLE = re.compile(r"<Sample>.*?</Sample>", re.DOTALL)
TEST = re.compile(r"<SampleTest>.*?</SampleTest>", re.DOTALL)
RESULT = re.compile(r"(<Results>\s*<ValueString>)([^<]*)(</ValueString>.*?<Key>)([^<]*)", re.DOTALL)


def changed_mean(effects: Effects, attribute: str, at: Array) -> float:
    """Mean change of an attribute over some steps; 0 where there are none."""
    change = effects.product[attribute] - effects.base[attribute]
    return float(change[at].mean()) if at.size else 0.0


def steps_of(record: LineRecord, start_ms: int, end_ms: int) -> Array:
    """Steps between two instants in which the press turned."""
    inside = (record.grid_ms >= start_ms) & (record.grid_ms < end_ms)
    return np.flatnonzero(inside & record.running)


def write_laboratory(
    source: Path, target: Path, record: LineRecord, effects: Effects, draw: np.random.Generator
) -> None:
    """Laboratory results: containers by what their tablets changed, runs and lots by their own."""
    text = source.read_bytes().decode("utf-8")
    ending = "\r\n" if "\r\n" in text else "\n"
    rows = list(csv.DictReader(io.StringIO(text)))
    filled = {
        c.container_id: steps_of(record, c.filled.start_ms, c.filled.end_ms)
        for c in record.containers
    }
    certificates = {
        (lot, record.named.certificates[feeder][channel]): value
        for (lot, channel), value in effects.lots.items()
        for feeder in record.named.certificates
        if channel in record.named.certificates[feeder]
    }
    was = [row["Result"] for row in rows]
    for row in rows:
        value = _laboratory_value(row, filled, certificates, record.named, effects, draw)
        if value is not None:
            _put(row, value)
    _acceptance_values(rows)
    if was == [row["Result"] for row in rows]:
        target.write_bytes(source.read_bytes())
        return
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator=ending)
    writer.writeheader()
    writer.writerows(rows)
    target.write_bytes(out.getvalue().encode("utf-8"))


def _laboratory_value(
    row: Mapping[str, str],
    filled: Mapping[str, Array],
    certificates: Mapping[tuple[str, str], float],
    named: RecordMap,
    effects: Effects,
    draw: np.random.Generator,
) -> float | None:
    test, drum = row["Test"], row["ContainerID"]
    try:
        value = float(row["Result"])
    except ValueError:
        return None
    if row["MaterialLot"] and not drum:
        more = certificates.get((row["MaterialLot"], test))
        return None if more is None else value + more
    attribute = LABORATORY.get(test)
    if attribute is None or drum not in filled:
        return None
    at = filled[drum]
    if test == "Content uniformity unit" and at.size:
        at = draw.choice(at, size=1)
    value += changed_mean(effects, attribute, at) + effects.drums.get((drum, attribute), 0.0)
    channel = named.laboratory.get(test, "")
    factor = effects.lab_runs.get((channel, row["RunID"]), 1.0)
    if test == "Dissolution Q30 unit":
        factor = effects.lab_runs.get(("lab_q30", row["RunID"]), 1.0)
    return value * factor


def _put(row: dict[str, str], value: float) -> None:
    digits = len(row["Result"].partition(".")[2])
    row["Result"] = f"{value:.{digits}f}"
    if row["Evaluation"] in ("PASS", "FAIL"):
        told = float(row["Result"])
        low, high = row["SpecLow"], row["SpecHigh"]
        good = (not low or told >= float(low)) and (not high or told <= float(high))
        row["Evaluation"] = "PASS" if good else "FAIL"


def _acceptance_values(rows: list[dict[str, str]]) -> None:
    """The acceptance value of ten units (USP <905>), where the units stand in the file."""
    units: dict[str, list[float]] = {}
    for row in rows:
        if row["Test"] == "Content uniformity unit":
            units.setdefault(row["ContainerID"], []).append(float(row["Result"]))
    for row in rows:
        of_drum = units.get(row["ContainerID"], [])
        if row["Test"] == "Content uniformity AV" and len(of_drum) == 10:
            mean = float(np.mean(of_drum))
            away = abs(mean - float(np.clip(mean, 98.5, 101.5)))
            value = away + 2.4 * float(np.std(of_drum, ddof=1))
            if abs(value - float(row["Result"])) > 0.11:
                _put(row, value)


def write_record(
    source: Path, target: Path, record: LineRecord, effects: Effects, draw: np.random.Generator
) -> None:
    """The batch record: values of the in-process samples, in the order of the record."""
    text = source.read_bytes().decode("utf-8")
    number = 0

    def one(match: re.Match[str]) -> str:
        nonlocal number
        t_ms = record.samples[number].t_ms
        number += 1
        return _sample(match.group(0), record, t_ms, effects, draw)

    if len(SAMPLE.findall(text)) != len(record.samples):
        raise ValueError(f"{source}: its samples are not those that were read")
    target.write_bytes(SAMPLE.sub(one, text).encode("utf-8"))


def _sample(
    block: str, record: LineRecord, t_ms: int, effects: Effects, draw: np.random.Generator
) -> str:
    at = record.index(t_ms)
    struck = int(draw.integers(STATIONS))

    def one(match: re.Match[str]) -> str:
        code = re.search(r"<TestCode>([^<]*)", match.group(0))
        attribute = IN_PROCESS.get(code.group(1)) if code else None
        if attribute is None:
            return match.group(0)
        shift = changed_mean(effects, attribute, np.array([at]))
        factor = float(effects.tester[at]) if attribute == "hardness" else 1.0
        loss = float(effects.punch_mm[at]) * HARDNESS_PER_MM if attribute == "hardness" else 0.0
        if not shift and factor == 1.0 and not loss:
            return match.group(0)
        return _values(match.group(0), lambda key: loss * (key == struck), shift, factor)

    return TEST.sub(one, block)


def _values(block: str, lost: Callable[[int], float], shift: float, factor: float) -> str:
    told: list[float] = []

    def one(match: re.Match[str]) -> str:
        digits = len(match.group(2).partition(".")[2])
        if match.group(4) == "MEAN":
            value = float(np.mean(told))
        else:
            value = (float(match.group(2)) + shift - lost(int(match.group(4)))) * factor
            told.append(round(value, digits))
        return f"{match.group(1)}{value:.{digits}f}{match.group(3)}{match.group(4)}"

    return RESULT.sub(one, block)


def write_rooms(source: Path, target: Path, record: LineRecord, effects: Effects) -> None:
    """Room monitoring, in UTC: its points by what the room does."""
    lines = source.read_bytes().decode("utf-8").split("\n")
    for i, line in enumerate(lines[1:], start=1):
        cells = line.split(",")
        if len(cells) < 4 or cells[2] not in effects.rooms:
            continue
        t_ms = int(datetime.fromisoformat(cells[0].replace("Z", "+00:00")).timestamp() * 1000)
        more = float(effects.rooms[cells[2]][record.index(t_ms)])
        if abs(more) >= 0.05 and record.span.start_ms <= t_ms <= record.span.end_ms:
            cells[3] = f"{float(cells[3]) + more:.1f}"
            lines[i] = ",".join(cells)
    target.write_bytes("\n".join(lines).encode("utf-8"))


def stamp(t_ms: int, like: str) -> str:
    """An instant as ISO 8601 with the offset of another stamp."""
    offset = datetime.fromisoformat(like).utcoffset() or timedelta()
    return datetime.fromtimestamp(t_ms / 1000.0, timezone(offset)).isoformat(timespec="seconds")
