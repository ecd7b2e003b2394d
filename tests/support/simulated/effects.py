"""What a cause changes in the evidence and in the product: the line with it less the line without.

- The line is driven by what the batch itself recorded, with the cause on top, by a twin that is not
  the one that diagnoses (see `mismatch`).
- A change of a signal is a factor and an offset on what was recorded, so that the noise of the
  plant and its own distance from the twin stay in it.
- The product changes by what tablets change by: in-process and laboratory values follow it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from investigator.process.line import LineOutputs, LineParameters, simulate
from investigator.twin.feed_reading import weight_slope
from investigator.twin.measured import Point
from investigator.twin.predicted import Frame, Nominals, frame, perturbed_inputs
from investigator.twin.record import Array, LineRecord, LotInUse, Mask
from investigator.twin.record_map import FEEDERS
from investigator.twin.replayed_run import ReplayedRun
from investigator.twin.scenario import Perturbation
from support.simulated.mismatch import Mismatch

NO_POINTS: tuple[Point, ...] = ()
PRODUCT: Mapping[str, str] = {
    "assay": "assay_pct",
    "weight": "weight_mg",
    "hardness": "hardness_n",
    "q30": "q30_pct",
    "water": "water_pct",
    "thickness": "thickness_mm",
    "api_fraction": "api_fraction",
    "mgst_fraction": "mgst_fraction",
    "tensile_strength": "tensile_strength_mpa",
}
SWING_PERIOD_S = 60.0
FASTEST_SCREW = 3.5
# As set-points move after samples in past deviations of the force cell.
CORRECTED_FROM, CORRECTED_SHARE, CORRECTED_AFTER_MS = 0.015, 0.8, 90_000
WEIGHT_PER_FORCE = 0.4


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to a signal: times `factor`, plus `offset`, each (n,) on the record's grid."""

    factor: Array | float = 1.0
    offset: Array | float = 0.0

    def on(self, values: Array) -> Array:
        """Values with the change on them."""
        return np.asarray(values * self.factor + self.offset)


@dataclass(frozen=True, slots=True)
class Held:
    """A digital signal that shows `word` (number `code`) from `start_ms` to `end_ms`."""

    role: str
    start_ms: int
    end_ms: int
    word: str
    code: int


@dataclass(frozen=True, slots=True)
class Effects:
    """All that a case changes.

    Attributes:
        signals: by role of the twin, or by historian tag. held: digital signals.
        base, product: courses of the tablets without and with it, by attribute, (n,).
        tester: factor on the hardness that the at-line tester reads, (n,).
        lab_runs: factor on the results of a run, by (channel, run id).
        lots: what certificates say more, by (lot, channel).
        rooms: offset of a monitoring point, (n,). drums: laboratory offset by (drum, attribute).
        punch_mm: loss of length of one punch, (n,).
        passed: where tablets to be rejected went on, (n,).
    """

    signals: Mapping[str, Change]
    base: Mapping[str, Array]
    product: Mapping[str, Array]
    tester: Array
    punch_mm: Array
    passed: Mask
    held: tuple[Held, ...] = ()
    lab_runs: Mapping[tuple[str, str], float] = field(default_factory=dict)
    lots: Mapping[tuple[str, str], float] = field(default_factory=dict)
    rooms: Mapping[str, Array] = field(default_factory=dict)
    drums: Mapping[tuple[str, str], float] = field(default_factory=dict)


def effects(
    run: ReplayedRun, p: Perturbation, line: LineParameters, nominals: Nominals, by: Mismatch
) -> Effects:
    """The effects of what is put on the line and its instruments.

    Args:
        run: the normal batch. p: what is at work. line: parameters of the plant that is simulated.
        nominals: of the twin. by: how the plant answers otherwise than the twin.
    """
    record = run.record
    trim = corrected_set_point(record, p)
    p = p + Perturbation({"main.force": trim})
    ready = replace(frame(record, NO_POINTS, nominals, coarse=False), base=run.driven.inputs)
    without, with_it = simulate(ready.base, line), simulate(perturbed_inputs(ready, p), line)
    base = {name: _course(run.replayed, field_name) for name, field_name in PRODUCT.items()}
    changes = {
        name: _course(with_it, field_name) - _course(without, field_name)
        for name, field_name in PRODUCT.items()
    }
    product = {name: base[name] + change for name, change in by.told(changes).items()}
    swing = _force_swing(record, ready, p)
    product["weight"] = product["weight"] * (1.0 + WEIGHT_PER_FORCE * swing)
    return Effects(
        signals={
            **_feeders(ready, p),
            **_drives(ready, p),
            **_analyser(ready, p, without, with_it, line, nominals, by),
            **_press(ready, p, without, with_it, line, by, swing, trim),
        },
        base=base,
        product=product,
        tester=ready.course(p.factor("reading.ipc_hardness")),
        punch_mm=ready.course(p.offset("press.punch_loss")),
        passed=np.asarray((ready.course(p.offset("press.gate_failure")) > 0) & record.running),
        held=_held(record, ready, p),
        lab_runs=dict(p.lab_runs),
        lots=_lots(record, ready, p),
        rooms={"EMS.P-114.RH": ready.course(p.offset("room.rh"))},
    )


def corrected_set_point(record: LineRecord, p: Perturbation) -> Array:
    """Factor on the set-point of main force, (n,), as operators correct it after a sample.

    A weight that a wrong force has moved is seen in the next sample; most of it is taken back at
    once, so that weights return while the readings stay wrong.
    """
    wrong = np.broadcast_to(p.factor("main.force"), record.grid_ms.shape)
    trim = np.ones(record.grid_ms.shape)
    for sample in sorted(record.samples, key=lambda s: s.t_ms):
        at = record.index(sample.t_ms)
        away = float(wrong[at] * trim[at])
        if abs(away - 1.0) > CORRECTED_FROM:
            later = record.index(sample.t_ms + CORRECTED_AFTER_MS)
            trim[later:] = trim[at] * away**-CORRECTED_SHARE
    return trim


def _course(out: LineOutputs, name: str) -> Array:
    course: Array = getattr(out, name)
    return course


def _feeders(ready: Frame, p: Perturbation) -> dict[str, Change]:
    changes: dict[str, Change] = {}
    for name in FEEDERS:
        reading = ready.course(p.factor(f"reading.feed_{name}"))
        flow = np.asarray(weight_slope(ready.course(p.factor(f"feed.{name}")))) * reading
        turns = flow / (np.maximum(ready.course(p.factor(f"feed_factor.{name}")), 0.02) * reading)
        changes[f"{name}.flow"] = Change(flow)
        changes[f"{name}.screw_speed"] = Change(np.clip(turns, 0.0, FASTEST_SCREW))
    emptied = ready.course(p.factor("reading.hopper_low")) - 1.0
    weight = ready.record.roles["api.net_weight"]
    below = np.maximum(ready.record.named.usual["api_hopper_low"] - emptied, 0.0) - weight
    low = np.nan_to_num(np.where(emptied > 0.0, np.minimum(below, 0.0), 0.0))
    changes["api.net_weight"] = Change(1.0, low)
    return changes


def _drives(ready: Frame, p: Perturbation) -> dict[str, Change]:
    names = ("blender.speed", "paddle.speed", "turret.speed")
    return {name: Change(ready.course(p.factor(name))) for name in names}


def _analyser(
    ready: Frame,
    p: Perturbation,
    without: LineOutputs,
    with_it: LineOutputs,
    line: LineParameters,
    nominals: Nominals,
    by: Mismatch,
) -> dict[str, Change]:
    def sized(out: LineOutputs) -> Array:
        sizes = np.log(np.maximum(out.api_d50_um, 1.0) / nominals.api_d50_um)
        return np.asarray(out.nir_api_pct + line.nir.api_d50 * sizes)

    api = by.answered("nir_api", sized(with_it) - sized(without))
    water = by.answered("nir_water", with_it.nir_water_pct - without.nir_water_pct)
    held = by.answered("holdup", with_it.blender_holdup_kg - without.blender_holdup_kg)
    reading = ready.course(p.factor("reading.nir_api"))
    return {
        "nir.api": Change(reading, api * reading),
        "nir.water": Change(1.0, water),
        "nir.q": Change(1.0, by.answered("nir_q", ready.course(p.offset("reading.nir_q")))),
        "blender.holdup": Change(1.0, held),
        "room.rh": Change(1.0, ready.course(p.offset("room.rh"))),
    }


def _press(
    ready: Frame,
    p: Perturbation,
    without: LineOutputs,
    with_it: LineOutputs,
    line: LineParameters,
    by: Mismatch,
    swing: Array,
    trim: Array,
) -> dict[str, Change]:
    def ratio(channel: str, name: str) -> Array:
        turned = np.log(np.maximum(_course(with_it, name), 1e-3))
        return by.answered(channel, turned - np.log(np.maximum(_course(without, name), 1e-3)))

    signature = line.signature
    drop = ready.course(p.offset("press.punch_loss")) * signature.punch_force_per_mm
    record = ready.record
    force = np.nan_to_num(record.roles["press.force"])
    usual = np.nan_to_num(record.roles["press.force_srel"])
    spread = np.sqrt(usual**2 + (100.0 * drop) ** 2 * 35.0 / 36.0**2) - usual
    lowest = np.nan_to_num(record.roles["press.force_min"])
    fallen = np.where(drop > 0.0, np.minimum(force * (1.0 - drop) - lowest, 0.0), 0.0)
    swing_fill = np.roll(swing, 2) * signature.fill_per_force_mm
    return {
        "press.fill_depth": Change(np.exp(ratio("fill_depth", "fill_depth_mm")) + swing_fill),
        "press.force": Change((1.0 + swing) * trim),
        "press.force_set_point": Change(trim),
        "press.force_srel": Change(1.0, by.answered("force_srel", spread)),
        "press.force_min": Change((1.0 + swing) * trim, fallen),
        "press.pre_force": Change(np.exp(ratio("pre_force", "pre_force_kn")) + 0.6 * swing),
        "press.ejection_force": Change(np.exp(ratio("ejection", "ejection_n"))),
    }


def _force_swing(record: LineRecord, ready: Frame, p: Perturbation) -> Array:
    amplitude = ready.course(p.offset("press.oscillation")) / 100.0
    age_s = (record.grid_ms - record.grid_ms[0]) / 1000.0
    return np.asarray(amplitude * np.sin(2.0 * np.pi * age_s / SWING_PERIOD_S))


def _held(record: LineRecord, ready: Frame, p: Perturbation) -> tuple[Held, ...]:
    held = []
    for quantity, role, word, code in (
        ("reading.volumetric_mgst", "mgst.mode", "VOLUMETRIC", record.named.volumetric),
        ("press.gate_failure", "gate.feedback", "ACCEPT", 0),
    ):
        at = np.flatnonzero(ready.course(p.offset(quantity)) > 0.5)
        if at.size:
            start, end = int(record.grid_ms[at[0]]), int(record.grid_ms[at[-1]])
            held.append(Held(role, start, end, word, code))
    return tuple(held)


def _lots(record: LineRecord, ready: Frame, p: Perturbation) -> dict[tuple[str, str], float]:
    """What the certificate of a lot says more than that of a usual one, where it says anything.

    A potency entered too high stands in the record; the certificate is the lower one.
    """
    told: dict[tuple[str, str], float] = {}
    for quantity, feeder, channel, sign in (
        ("reading.potency_entry", "api", "potency_entry", -1.0),
        ("api.d50", "api", "lot_api_d50", 1.0),
        ("mcc.lod", "mcc", "lot_mcc_lod", 1.0),
    ):
        course = ready.course(p.offset(quantity))
        for lot in (lot for lot in record.lots if lot.feeder == feeder):
            later = [o.start_ms for o in record.lots if o.feeder == feeder and not o.first]
            until = min([t for t in later if t > lot.start_ms], default=int(record.grid_ms[-1]))
            value = float(course[max(record.index(until) - 1, 0)])
            if value:
                told[(lot.lot_id, channel)] = sign * value
            if value and channel == "lot_api_d50":
                told |= _density(record, ready, p, lot, until)
    return told


def _density(
    record: LineRecord, ready: Frame, p: Perturbation, lot: LotInUse, until: int
) -> dict[tuple[str, str], float]:
    """A lot of other size has another bulk density; its certificate says so in g/mL."""
    stated = lot.certificate.get(record.named.certificates["api"]["lot_api_density"])
    if stated is None:
        return {}
    factor = float(ready.course(p.factor("feed_factor.api"))[max(record.index(until) - 1, 0)])
    return {(lot.lot_id, "lot_api_density"): stated * (factor - 1.0)}
