"""What drove a run, as recorded: the inputs of the line with their quality.

- Flows, speeds, level, force, gap and humidity are those recorded, not those set; lots enter with
  the properties of their certificates.
- A missing stretch is bridged by set-point or usual level, its standard deviation grows with the
  distance from the last value known. It never stops a replay, and it is always said.
- A value in doubt keeps its value; its standard deviation is larger by the factor of the doubt.
- The analyser's water is no input: it stands downstream of the blender. It tells of the water that
  the MCC brought through the attribute model of the water.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from investigator.domain.instant import iso
from investigator.process.line import LineInputs
from investigator.twin.bridging import Bridged, bridge
from investigator.twin.lot_properties import lot_courses
from investigator.twin.parameters import Parameters
from investigator.twin.predicted import nominal_inputs
from investigator.twin.record import (
    RUNNING_RPM,
    STEP_S,
    Array,
    LineRecord,
    Mask,
)
from investigator.twin.record_map import FEEDERS
from investigator.twin.recorded_feeds import recorded_feed
from investigator.twin.reference import Reference


@dataclass(frozen=True, slots=True)
class RecordedInputs:
    """The inputs of a replay.

    `sd` (absolute, in the unit of the input) and `filled` (bridged, not recorded) by quantity, each
    of shape (n,): `feed.api` … `feed.mgst`, `api.potency`, `api.d50`, `mcc.lod`,
    `mcc.compactability`, `mcc.bulk`, `lactose.bulk`, `blender.speed`, `paddle.speed`,
    `turret.speed`, `chute.level`, `main.force`, `main.gap`, `room.rh`. `sure_sd`: what the sd would
    be if nothing were missing or in doubt. `assumptions`: a sentence for everything supposed.
    """

    inputs: LineInputs
    sd: Mapping[str, Array]
    sure_sd: Mapping[str, Array]
    filled: Mapping[str, Mask]
    assumptions: tuple[str, ...]

    def doubt_sd(self) -> dict[str, Array]:
        """What doubt in a reading adds to the sd of each quantity, (n,); nothing where bridged."""
        return {
            name: np.where(
                self.filled[name],
                0.0,
                np.sqrt(np.maximum(sd**2 - self.sure_sd[name] ** 2, 0.0)),
            )
            for name, sd in self.sd.items()
        }


@dataclass(frozen=True, slots=True)
class Signal:
    """How a recorded input is taken.

    `sd`: half of the accuracy in the tag list of the line, as a share of the usual value where
    `relative`. `usual_sd`, in the same measure: by how much it differs from its usual course.
    """

    quantity: str
    role: str
    title: str
    sd: float
    usual_sd: float
    memory_s: float
    relative: bool
    stands_in: str


SIGNALS = (
    Signal("blender.speed", "blender.speed", "Blender speed", 0.5, 2.0, 60.0, False, "set-point"),
    Signal("paddle.speed", "paddle.speed", "Paddle speed", 0.25, 0.5, 60.0, False, "set-point"),
    Signal("turret.speed", "turret.speed", "Turret speed", 0.05, 0.2, 60.0, False, "set-point"),
    Signal("chute.level", "chute.level", "Chute level", 1.5, 8.0, 600.0, False, "set-point"),
    Signal("main.force", "press.force", "Main force", 0.005, 0.006, 60.0, True, "set-point"),
    Signal("main.gap", "press.gap", "Roller gap", 0.0025, 0.01, 3600.0, False, "set-point"),
    Signal("room.rh", "room.rh", "Room humidity", 1.0, 3.0, 3600.0, False, "usual level"),
)
TITLES = {"api": "API", "mcc": "MCC", "lactose": "lactose", "mgst": "magnesium stearate"}


def recorded_inputs(
    record: LineRecord, reference: Reference, parameters: Parameters
) -> RecordedInputs:
    """The inputs that a run recorded, on its own grid.

    Args:
        record: the run. reference: usual levels and spreads of normal batches.
        parameters: of the twin, for the feed factors of refills.
    """
    feeds = {f"feed.{f}": recorded_feed(record, f, parameters) for f in FEEDERS}
    usual = _usual_courses(record, reference)
    signals = {s.quantity: _signal(record, s, usual[s.quantity]) for s in SIGNALS}
    flows = {f: feeds[f"feed.{f}"].value for f in FEEDERS}
    lots, lot_assumptions = lot_courses(record, reference, parameters, flows)
    courses = feeds | signals | lots
    set_point = _stands_in_for_feeds(record)
    said = [_said(record, f"Feed of {TITLES[f]}", feeds[f"feed.{f}"], set_point) for f in FEEDERS]
    said += [_said(record, s.title, signals[s.quantity], s.stands_in) for s in SIGNALS]
    return RecordedInputs(
        inputs=_line_inputs(courses),
        sd={name: course.sd for name, course in courses.items()},
        sure_sd={name: course.sure_sd for name, course in courses.items()},
        filled={name: course.filled for name, course in courses.items()},
        assumptions=tuple(sentence for sentence in said if sentence) + lot_assumptions,
    )


def _stands_in_for_feeds(record: LineRecord) -> str:
    if any(np.isfinite(record.roles[f"{f}.flow_set_point"]).any() for f in FEEDERS):
        return "set-point"
    in_recipe = "throughput" in record.set_points
    return "flow in the recipe" if in_recipe else "flow of zero, for no recipe tells another,"


def _usual_courses(record: LineRecord, reference: Reference) -> dict[str, Array]:
    base = nominal_inputs(record, reference.nominals)
    return {
        "blender.speed": base.blender_rpm,
        "paddle.speed": base.paddle_rpm,
        "turret.speed": np.where(_turning(record), np.max(base.turret_rpm), 0.0),
        "chute.level": np.full(record.grid_ms.shape, record.named.usual["chute_level"]),
        "main.force": base.main_force_kn,
        "main.gap": base.main_gap_mm,
        "room.rh": base.room_rh_pct,
    }


def _turning(record: LineRecord) -> Mask:
    """Press turning; without a recorded speed as last seen, unless the line stood."""
    speed = record.roles["turret.speed"]
    last = np.maximum.accumulate(np.where(np.isfinite(speed), np.arange(speed.size), 0))
    standing = np.isin(record.roles["line.state"], record.named.standing)
    return np.asarray((np.nan_to_num(speed[last]) > RUNNING_RPM) & ~standing)


def _signal(record: LineRecord, signal: Signal, usual: Array) -> Bridged:
    value = np.maximum(record.roles[signal.role], 0.0)
    scale = float(np.median(usual)) if signal.relative else 1.0
    if signal.role == "press.force":
        value = _while_turning(value, usual, _turning(record))
    return bridge(
        value,
        usual,
        sure_sd=np.full(value.shape, signal.sd * scale),
        doubt=record.sd_factor(signal.role),
        usual_sd=signal.usual_sd * scale,
        memory_s=signal.memory_s,
    )


def _while_turning(force: Array, usual: Array, turning: Mask) -> Array:
    """Force of the turning press; a standing one shows none, and the set-point does no harm."""
    return np.where(turning, np.where(force > 0.5, force, np.nan), usual)


def _said(record: LineRecord, title: str, course: Bridged, stands_in: str) -> str:
    filled = np.flatnonzero(course.filled)
    if filled.size == 0:
        return ""
    if filled.size == course.filled.size:
        return f"{title} was not recorded; its {stands_in} stands in throughout."
    minutes = filled.size * STEP_S / 60.0
    return (
        f"{title} was not recorded for {minutes:.1f} min in all, first at "
        f"{iso(int(record.grid_ms[filled[0]]))}; its {stands_in} stands in there, less certain "
        "the longer the stretch."
    )


def _line_inputs(courses: Mapping[str, Bridged]) -> LineInputs:
    return LineInputs(
        step_s=STEP_S,
        feed_kg_h=np.vstack([courses[f"feed.{f}"].value for f in FEEDERS]),
        api_potency=courses["api.potency"].value,
        api_d50_um=courses["api.d50"].value,
        mcc_lod_pct=courses["mcc.lod"].value,
        mcc_compactability=courses["mcc.compactability"].value,
        mcc_bulk=courses["mcc.bulk"].value,
        lactose_bulk=courses["lactose.bulk"].value,
        blender_rpm=courses["blender.speed"].value,
        paddle_rpm=courses["paddle.speed"].value,
        turret_rpm=courses["turret.speed"].value,
        chute_level_pct=courses["chute.level"].value,
        main_force_kn=courses["main.force"].value,
        main_gap_mm=courses["main.gap"].value,
        room_rh_pct=courses["room.rh"].value,
    )
