"""Causes that are on no list: patterns of channels that no listed failure mode has.

Each kind puts its own changes on signals, tablets and results, chosen by engineering sense, not by
the twin; only what changes a feed goes through the simulation.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from investigator.twin.record import Array, LineRecord
from investigator.twin.scenario import Perturbation
from support.simulated.effects import Change, Effects

RISE_S = 600.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where and how much: course between 0 and 1 (n,), the severity, and a draw."""

    record: LineRecord
    course: Array
    severity: float
    draw: np.random.Generator

    def size(self, least: float, most: float) -> float:
        """A size by severity."""
        return least + self.severity * (most - least)

    def swing(self, period_s: float) -> Array:
        """A sine inside the stretch, (n,)."""
        age_s = (self.record.grid_ms - self.record.grid_ms[0]) / 1000.0
        return np.asarray(self.course * np.sin(2.0 * np.pi * age_s / period_s))


Kind = Callable[[Stretch, Effects], Effects]


def stretch_course(record: LineRecord, onset_ms: int, end_ms: int) -> Array:
    """Rises over ten minutes from the onset, holds to the end, (n,)."""
    age_s = (record.grid_ms - onset_ms) / 1000.0
    return np.asarray(np.clip(age_s / RISE_S, 0.0, 1.0) * (record.grid_ms < end_ms))


def _with(effects: Effects, signals: Mapping[str, Change], tablets: Mapping[str, Array]) -> Effects:
    product = {name: effects.product[name] + more for name, more in tablets.items()}
    return replace(
        effects,
        signals={**effects.signals, **signals},
        product={**effects.product, **product},
    )


def warm_room(s: Stretch, effects: Effects) -> Effects:
    """The room warms: bed and room temperature up, the analyser drifts, tablets get softer."""
    warm = s.course * s.size(2.0, 9.0)
    signals = {
        "NF.CDC3.RM114.TEMP.PV": Change(1.0, warm),
        "NF.CDC3.TP351.BEDTEMP.PV": Change(1.0, 0.9 * warm),
        "nir.api": Change(1.0, 0.06 * warm),
        "nir.water": Change(1.0, -0.03 * warm),
    }
    softer = _with(effects, signals, {"hardness": -1.6 * warm, "tensile_strength": -0.03 * warm})
    return replace(softer, rooms={**effects.rooms, "EMS.P-114.TEMP": warm})


def drifting_encoder(s: Stretch, effects: Effects) -> Effects:
    """The encoder of the turret reads too little: no tablet changes."""
    slow = 1.0 - s.course * s.size(0.02, 0.12)
    return _with(effects, {"turret.speed": Change(slow)}, {})


def swapped_label(s: Stretch, effects: Effects) -> Effects:
    """The label of one drum went on a drum of another batch: its results are of other tablets."""
    drums = [c.container_id for c in s.record.containers]
    drum = drums[int(s.draw.integers(1, len(drums) - 1))]
    away = s.size(0.6, 4.0)
    told = {"assay": -away, "hardness": 5.0 * away, "water": 0.25 * away, "q30": -1.5 * away}
    return replace(effects, drums={(drum, name): value for name, value in told.items()})


def segregation_after_probe(s: Stretch, effects: Effects) -> Effects:
    """Powder segregates in the chute, behind the probe: only tablets show it."""
    away = s.swing(s.draw.uniform(900.0, 2700.0)) * s.size(1.5, 9.0)
    return _with(effects, {}, {"assay": away, "api_fraction": 0.002 * away})


def vibration(s: Stretch, effects: Effects) -> Effects:
    """A loose mounting shakes blender, feeder of filler 2 and press; no tablet changes."""
    rough = s.swing(s.draw.uniform(70.0, 200.0)) * s.size(0.3, 2.0)
    signals = {
        "blender.holdup": Change(1.0, 0.05 * rough),
        "lactose.flow": Change(1.0 + 0.04 * rough),
        "press.force_srel": Change(1.0, np.abs(rough)),
        "press.pre_force": Change(1.0 + 0.03 * rough),
    }
    return _with(effects, signals, {})


def worn_ejection_cam(s: Stretch, effects: Effects) -> Effects:
    """The ejection cam wears: force and die table temperature up; no tablet changes."""
    worn = s.course * s.size(0.06, 0.6)
    signals = {
        "press.ejection_force": Change(1.0 + worn),
        "NF.CDC3.TP351.BEDTEMP.PV": Change(1.0, 8.0 * worn),
    }
    return _with(effects, signals, {})


def slow_disintegrant(s: Stretch, effects: Effects) -> Effects:
    """A disintegrant of the pre-blend that swells less: dissolution falls, hardness stays."""
    return _with(effects, {}, {"q30": -s.course * s.size(1.5, 14.0)})


def lactose_underfeed(s: Stretch, effects: Effects) -> Effects:
    """Filler 2, of which no failure mode is listed, feeds too little (see `on_the_line`)."""
    return effects


KINDS: Mapping[str, Kind] = {
    "warm_room": warm_room,
    "drifting_encoder": drifting_encoder,
    "swapped_label": swapped_label,
    "segregation_after_probe": segregation_after_probe,
    "vibration": vibration,
    "worn_ejection_cam": worn_ejection_cam,
    "slow_disintegrant": slow_disintegrant,
    "lactose_underfeed": lactose_underfeed,
}


def on_the_line(kind: str, s: Stretch) -> Perturbation:
    """What a kind does to the line itself, through the simulation."""
    if kind != "lactose_underfeed":
        return Perturbation()
    less = 1.0 - s.course * s.size(0.04, 0.3)
    return Perturbation({"feed.lactose": less, "feed_factor.lactose": less**0.5})
