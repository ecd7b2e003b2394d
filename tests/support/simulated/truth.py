"""The truth of a simulated case, in the form of the plant's own truth files.

- The product of the batch is what the twin says of its recorded inputs, moved to its laboratory
  means; it is no independent measurement. What a cause changes comes on top.
- Affected, by the rule of the plant: accepted tablets off composition by more than 2 % (API) or
  20 % (MgSt), more than 0.7 % of it due to the cause, or with an attribute outside its limit; from
  a minute before the onset to an hour after the end. A container counts from 20 g on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from investigator.twin.record import STEP_S, Array, LineRecord, Mask
from support.simulated.effects import Effects
from support.simulated.evidence_files import steps_of

LIMITS: Mapping[str, tuple[float, float]] = {
    "assay": (95.0, 105.0),
    "weight": (242.5, 257.5),
    "hardness": (85.0, 135.0),
    "q30": (80.0, np.inf),
    "water": (-np.inf, 4.0),
}
API_NOMINAL, MGST_NOMINAL = 0.2, 0.01
API_OFF, API_CAUSED, MGST_OFF = 0.02, 0.007, 0.2
LEAST_KG = 0.02
STATION_LOSS_MM = 0.3
BEFORE_MS, AFTER_MS = 60_000, 3_600_000
STEP_MS = int(STEP_S * 1000)
QUALITY = (*LIMITS, "api_fraction", "mgst_fraction", "tensile_strength")


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause as the truth names it: id, what was done, severity, from when to when; the time shape
    of one of the list."""

    cause: str
    kind: str
    severity: float
    onset_ms: int
    end_ms: int
    magnitude: float
    time_shape: str = ""


def affected_steps(
    record: LineRecord, effects: Effects, causes: Sequence[Cause]
) -> dict[str, Mask]:
    """Where what was made is affected, (n,), by reason."""
    if not causes:
        return {}
    near = np.zeros(record.grid_ms.shape, dtype=np.bool_)
    for c in causes:
        inside = (record.grid_ms >= c.onset_ms - BEFORE_MS) & (record.grid_ms < c.end_ms + AFTER_MS)
        near |= inside
    near &= record.running & (accepted(record) | effects.passed)
    was, now = effects.base, effects.product
    api = now["api_fraction"] / API_NOMINAL - 1.0
    caused = (now["api_fraction"] - was["api_fraction"]) / API_NOMINAL
    mgst = now["mgst_fraction"] / MGST_NOMINAL - 1.0
    mgst_caused = np.abs(now["mgst_fraction"] - was["mgst_fraction"]) > API_CAUSED * MGST_NOMINAL
    reasons = {
        "composition_api": (np.abs(api) > API_OFF) & (np.abs(caused) > API_CAUSED),
        "composition_mgst": (np.abs(mgst) > MGST_OFF) & mgst_caused,
        "oos_individual_station": effects.punch_mm > STATION_LOSS_MM,
        "rejected_passed": effects.passed,
    }
    for name, (low, high) in LIMITS.items():
        outside = (now[name] < low) | (now[name] > high)
        # What is out without the cause, as after an ordinary restart, is not out because of it.
        reasons[f"oos_{name}"] = outside & (was[name] >= low) & (was[name] <= high)
    return {name: np.asarray(where & near) for name, where in reasons.items()}


def accepted(record: LineRecord) -> Mask:
    """Where tablets went to a container."""
    return np.asarray(np.nan_to_num(record.roles["gate.feedback"]) != 1)


def truth(
    case: str,
    batch_id: str,
    category: str,
    record: LineRecord,
    effects: Effects,
    causes: Sequence[Cause],
) -> dict[str, Any]:
    """The truth file of a case, as a document."""
    reasons = affected_steps(record, effects, causes)
    touched = np.zeros(record.grid_ms.shape, dtype=np.bool_)
    for where in reasons.values():
        touched |= where
    masses = _masses(record, effects)
    containers = {
        c.container_id: _container(
            record, effects, c.filled.start_ms, c.filled.end_ms, mass, reasons
        )
        for c, mass in masses
    }
    told = [name for name, c in containers.items() if c["affected"]]
    per_kg = {s: kg for _, mass in masses for s, kg in mass.items()}
    return {
        "case": case,
        "batch_id": batch_id,
        "line": "CDC-3",
        "category": category,
        "clock": "UTC of the historian clock; production interval = press outlet",
        "causes": [_cause(c, record) for c in causes],
        "cause_ids": [c.cause for c in causes],
        "onset": iso(min(c.onset_ms for c in causes)) if causes else None,
        "affected_intervals": _intervals(record, touched, per_kg),
        "affected_containers": told,
        "affected_kg": round(sum(containers[name]["affected_kg"] for name in told), 3),
        "total_kg": round(sum(c["net_kg"] for c in containers.values()), 3),
        "containers": containers,
    }


def iso(t_ms: int) -> str:
    """An instant in UTC."""
    at = datetime.fromtimestamp(t_ms / 1000.0, UTC)
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _cause(c: Cause, record: LineRecord) -> dict[str, Any]:
    start = int(record.grid_ms[0])
    return {
        "cause": c.cause,
        "hidden_cause": c.cause,
        "kind": c.kind,
        "time_shape": c.time_shape,
        "severity": round(c.severity, 3),
        "magnitude": round(c.magnitude, 4),
        "onset": iso(c.onset_ms),
        "end": iso(c.end_ms),
        "onset_s": (c.onset_ms - start) // 1000,
        "end_s": (c.end_ms - start) // 1000,
    }


def _masses(record: LineRecord, effects: Effects) -> list[tuple[Any, dict[int, float]]]:
    """Of each container, the mass that each step put into it, kg; its steps share its net mass.

    It takes what went on from the end of the one before to its own end: what should have been
    rejected before the first drum lies in that drum.
    """
    filled, before_ms = [], int(record.grid_ms[0])
    for c in record.containers:
        at = steps_of(record, before_ms, c.filled.end_ms)
        before_ms = c.filled.end_ms
        at = at[(accepted(record) | effects.passed)[at]]
        each = (c.net_kg or 0.0) / max(at.size, 1)
        filled.append((c, {int(i): each for i in at}))
    return filled


def _container(
    record: LineRecord,
    effects: Effects,
    start_ms: int,
    end_ms: int,
    mass: Mapping[int, float],
    reasons: Mapping[str, Mask],
) -> dict[str, Any]:
    at = np.array(sorted(mass), dtype=np.int64)
    touched = {
        name: float(sum(mass[int(i)] for i in at[where[at]])) for name, where in reasons.items()
    }
    either = np.zeros(at.shape, dtype=np.bool_)
    for where in reasons.values():
        either |= where[at]
    kg = float(sum(mass[int(i)] for i in at[either]))
    affected = kg >= LEAST_KG
    return {
        "net_kg": round(sum(mass.values()), 3),
        "affected_kg": round(kg, 4),
        "affected": affected,
        "reasons": sorted(n for n, some in touched.items() if some >= LEAST_KG) if affected else [],
        "quality": {name: _quality(effects.product[name], at) for name in QUALITY},
        "press_start": iso(start_ms),
        "press_end": iso(end_ms),
    }


def _quality(course: Array, at: np.ndarray[Any, np.dtype[np.int64]]) -> dict[str, float]:
    if not at.size:
        return {}
    part = course[at]
    told = {"mean": part.mean(), "min": part.min(), "max": part.max(), "sd": part.std()}
    return {name: round(float(value), 6) for name, value in told.items()}


def _intervals(
    record: LineRecord, touched: Mask, per_kg: Mapping[int, float]
) -> list[dict[str, Any]]:
    at = np.flatnonzero(touched)
    if not at.size:
        return []
    parts = np.split(at, np.flatnonzero(np.diff(at) > 3) + 1)
    return [
        {
            "start": iso(int(record.grid_ms[p[0]])),
            "end": iso(int(record.grid_ms[p[-1]]) + STEP_MS),
            "kg": round(sum(per_kg.get(int(i), 0.0) for i in p), 3),
            "reasons": [],
        }
        for p in parts
    ]
