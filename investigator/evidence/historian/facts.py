"""What is known of the historian's tags before any export is opened: the site's tag list."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from investigator.domain.errors import UnusableInput
from investigator.domain.instant import from_datetime
from investigator.domain.trajectory import Interpolation, Signal
from investigator.evidence.sources.content import as_text, load

REQUIRED = ("tag", "description", "unit", "type")


@dataclass(frozen=True, slots=True)
class TagFacts:
    """A tag of the historian as its tag list states it.

    Attributes:
        signal: tag, words, unit, how to interpolate, names of digital states.
        range_low, range_high: instrument range in the signal's unit; None where not stated.
        scan_s: how often the historian looks at it, in s; None where not stated.
        compression_deviation: swinging-door deviation in the signal's unit; None where not stated.
        equipment: id of the unit that carries it, empty where not stated.
        calibration_due_ms: the instant from which its calibration is past due; None where not
            stated.
        redundant_with: the tag that measures the same, empty where not stated.
    """

    signal: Signal
    range_low: float | None = None
    range_high: float | None = None
    scan_s: float | None = None
    compression_deviation: float | None = None
    equipment: str = ""
    calibration_due_ms: int | None = None
    redundant_with: str = ""


def _states(text: str) -> tuple[tuple[int, str], ...]:
    pairs = (entry.split("=", 1) for entry in text.split("|") if entry)
    return tuple((int(code), name) for code, name in pairs)


def _number(text: str | None) -> float | None:
    return float(text) if text and text.strip() not in {"", "-"} else None


def _day_after(text: str | None) -> int | None:
    """The instant at which a day, `2026-12-15`, is over (UTC)."""
    if not text or text.strip() in {"", "-"}:
        return None
    day = date.fromisoformat(text.strip()) + timedelta(days=1)
    return from_datetime(datetime(day.year, day.month, day.day, tzinfo=UTC))


def _facts(row: Mapping[str, str]) -> TagFacts:
    """A tag whose every change is stored (deviation 0: a drum number) is held, like a digital one:
    between two samples it had the earlier value, and half a drum there is not.
    """
    deviation = _number(row.get("compression_deviation"))
    held = row["type"] == "digital" or deviation == 0.0
    signal = Signal(
        tag=row["tag"],
        description=row["description"],
        unit=row["unit"],
        interpolation=Interpolation.STEP if held else Interpolation.LINEAR,
        states=_states(row.get("states") or ""),
    )
    return TagFacts(
        signal=signal,
        range_low=_number(row.get("range_low")),
        range_high=_number(row.get("range_high")),
        scan_s=_number(row.get("scan_s")),
        compression_deviation=deviation,
        equipment=row.get("equipment") or "",
        calibration_due_ms=_day_after(row.get("calibration_due")),
        redundant_with=row.get("redundant_with") or "",
    )


def read_tag_list(path: Path) -> dict[str, TagFacts]:
    """The tag list of a site, keyed by tag, in the order of the list.

    A CSV with the columns tag, description, unit, type (analog or digital) and, where known, states
    (`0=OFF|1=ON`), range_low, range_high, scan_s, compression_deviation, equipment, calibration_due
    (an ISO date, UTC) and redundant_with (the tag that measures the same).

    Raises:
        UnusableInput: the list cannot be opened, lacks a column, or a row cannot be read.
    """
    text, _ = as_text(load(path, path.name).content)
    rows = csv.DictReader(io.StringIO(text))
    missing = [name for name in REQUIRED if name not in (rows.fieldnames or ())]
    if missing:
        raise UnusableInput(
            path.name, f"lacks the column {', '.join(missing)}", "export the tag list with it"
        )
    facts: dict[str, TagFacts] = {}
    for row in rows:
        try:
            facts[row["tag"]] = _facts(row)
        except (ValueError, TypeError) as fault:
            raise UnusableInput(
                path.name, f"line {rows.line_num} cannot be read ({fault})", "correct this line"
            ) from fault
    return facts
