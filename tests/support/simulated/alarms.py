"""Alarms that a changed signal raises, in the words of the line's own journal.

- A rule looks at means over its window while the line produces; it adds what the change raises and
  the batch itself did not. Nothing that stands in the journal is taken away.
- The rules and their limits are those of the site's specifications and of past journals.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from investigator.twin.record import STEP_S, Array, LineRecord, Mask
from support.simulated.effects import Effects
from support.simulated.evidence_files import stamp

ADDED_FROM = 9001
APART_STEPS = 30
Rule = Callable[[Array, Array], Mask]


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm: its signal, what it is measured against, when it is raised, and its words."""

    role: str
    against: str
    tag: str
    message: str
    priority: int
    limit: str
    window_s: float
    raised: Rule


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm raised from `start_ms` to `end_ms`, with the value that raised it."""

    alarm: Alarm
    start_ms: int
    end_ms: int
    value: float


def _off(share: float, sense: int = 0) -> Rule:
    def raised(value: Array, usual: Array) -> Mask:
        away = value / np.maximum(usual, 1e-9) - 1.0
        return np.asarray((np.abs(away) if sense == 0 else sense * away) > share)

    return raised


def _above(limit: float) -> Rule:
    return lambda value, _: np.asarray(value > limit)


def _outside(low: float, high: float) -> Rule:
    return lambda value, _: np.asarray((value < low) | (value > high))


def _flow(role: str, unit: str, share: float, sense: int) -> Alarm:
    word, sign = ("HIGH", "+") if sense > 0 else ("LOW", "-")
    return Alarm(
        f"{role}.flow",
        f"{role}.flow_set_point",
        f"NF.CDC3.{unit.replace('-', '')}.MASSFLOW.PV",
        f"{unit} mass flow deviation {word}",
        2,
        f"{sign}{share:.0%} of SP".replace("%", " %"),
        20.0,
        _off(share, sense),
    )


FLOWS = (("api", "LW-311", 0.1), ("mcc", "LW-312", 0.1), ("lactose", "LW-313", 0.1))
RULES: tuple[Alarm, ...] = (
    *(_flow(*row, sense) for row in (*FLOWS, ("mgst", "LW-314", 0.25)) for sense in (1, -1)),
    Alarm(
        "nir.api",
        "",
        "NF.CDC3.NIR331.API.PV",
        "NIR API content ALERT limit (30 s mean)",
        3,
        "19.0-21.0 % w/w",
        30.0,
        _outside(19.0, 21.0),
    ),
    Alarm(
        "nir.api",
        "",
        "NF.CDC3.NIR331.API.PV",
        "NIR API content ACTION limit (30 s mean)",
        1,
        "18.0-22.0 % w/w",
        30.0,
        _outside(18.0, 22.0),
    ),
    Alarm(
        "nir.q",
        "",
        "NF.CDC3.NIR331.QRES.PV",
        "NIR spectral residual above limit (2 min mean)",
        3,
        "3",
        120.0,
        _above(3.0),
    ),
    Alarm(
        "blender.speed",
        "",
        "NF.CDC3.BL321.SPEED.PV",
        "BL-321 speed out of range",
        2,
        "198-242 rpm",
        10.0,
        _outside(198.0, 242.0),
    ),
    Alarm(
        "paddle.speed",
        "",
        "NF.CDC3.FF352.PADDLE.PV",
        "FF-352 paddle speed out of range",
        2,
        "30-50 rpm",
        10.0,
        _outside(30.0, 50.0),
    ),
    Alarm(
        "turret.speed",
        "usual",
        "NF.CDC3.TP351.TURRET.PV",
        "TP-351 turret speed out of range",
        2,
        "set-point ±8 %",
        10.0,
        _off(0.08),
    ),
    Alarm(
        "press.force",
        "press.force_set_point",
        "NF.CDC3.TP351.MAINF.PV",
        "TP-351 main force deviation ALERT (10 s mean)",
        3,
        "±8 % of SP",
        10.0,
        _off(0.08),
    ),
    Alarm(
        "press.force_srel",
        "",
        "NF.CDC3.TP351.MAINF.SREL",
        "TP-351 main force Srel HIGH (30 s mean)",
        3,
        "4.5 %",
        30.0,
        _above(4.5),
    ),
    Alarm(
        "press.ejection_force",
        "",
        "NF.CDC3.TP351.EJECTF.PV",
        "TP-351 ejection force HIGH",
        3,
        "300 N",
        10.0,
        _above(300.0),
    ),
    Alarm(
        "press.ejection_force",
        "",
        "NF.CDC3.TP351.EJECTF.PV",
        "TP-351 ejection force HIGH-HIGH",
        2,
        "420 N",
        10.0,
        _above(420.0),
    ),
    Alarm(
        "room.rh",
        "",
        "NF.CDC3.RM114.RH.PV",
        "P-114 relative humidity HIGH",
        2,
        "55 %RH",
        60.0,
        _above(55.0),
    ),
)


def raised_alarms(record: LineRecord, effects: Effects) -> list[Raised]:
    """Alarms that the changes raise, in order of time."""
    raised = [
        r for rule in RULES if rule.role in effects.signals for r in _of(rule, record, effects)
    ]
    for held in effects.held:
        alarm = HELD[held.role]
        raised.append(Raised(alarm, held.start_ms, held.end_ms, float(held.code)))
    return sorted(raised, key=lambda r: (r.start_ms, r.alarm.message))


HELD: Mapping[str, Alarm] = {
    "mgst.mode": Alarm(
        "mgst.mode",
        "",
        "NF.CDC3.LW314.MODE",
        "LW-314 control mode VOLUMETRIC",
        3,
        "GRAVIMETRIC",
        0.0,
        _above(0.0),
    ),
    "gate.feedback": Alarm(
        "gate.feedback",
        "",
        "NF.CDC3.TP351.GATE.FB",
        "TP-351 reject gate position mismatch",
        2,
        "REJECT",
        0.0,
        _above(0.0),
    ),
}


def _of(rule: Alarm, record: LineRecord, effects: Effects) -> list[Raised]:
    was = record.roles[rule.role]
    now = effects.signals[rule.role].on(was)
    usual = _usual(rule, record)
    steps = max(int(rule.window_s / STEP_S), 1)
    with np.errstate(invalid="ignore"):
        new = rule.raised(_mean(now, steps), usual) & ~rule.raised(_mean(was, steps), usual)
    at = np.flatnonzero(new & record.producing & (np.abs(now - was) > 0.0))
    if not at.size:
        return []
    parts = np.split(at, np.flatnonzero(np.diff(at) > APART_STEPS) + 1)
    grid = record.grid_ms
    return [
        Raised(rule, int(grid[p[0]]), int(grid[p[-1]]) + int(STEP_S * 1000), float(now[p[0]]))
        for p in parts
    ]


def _usual(rule: Alarm, record: LineRecord) -> Array:
    if rule.against == "usual":
        level = float(np.nanmedian(record.roles[rule.role][record.producing]))
        return np.full(record.grid_ms.shape, level)
    return record.roles.get(rule.against, np.ones(record.grid_ms.shape))


def _mean(values: Array, steps: int) -> Array:
    known = np.nan_to_num(values, nan=float(np.nanmedian(values)))
    total = np.concatenate([np.zeros(1), np.cumsum(known)])
    at = np.arange(values.size) + 1
    first = np.maximum(at - steps, 0)
    return np.asarray((total[at] - total[first]) / (at - first))


def write_alarms(source: Path, target: Path, raised: list[Raised]) -> None:
    """The journal with these alarms among its own, in order of time."""
    if not raised:
        target.write_bytes(source.read_bytes())
        return
    text = source.read_bytes().decode("utf-8")
    ending = "\r\n" if "\r\n" in text else "\n"
    head, *rows = [line for line in text.split(ending) if line]
    like = rows[0].split(",")[0]
    for number, r in enumerate(raised, start=ADDED_FROM):
        a = r.alarm
        front = f"A{number},{a.tag},{a.message},{a.priority}"
        rows.append(f"{stamp(r.start_ms, like)},{front},ALM,{r.value:.4g},{a.limit},")
        rows.append(f"{stamp(r.end_ms, like)},{front},RTN,,{a.limit},")
    rows.sort(key=lambda row: row.split(",")[0])
    target.write_bytes((ending.join([head, *rows]) + ending).encode("utf-8"))
