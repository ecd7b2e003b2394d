"""The operating point of a line, and the course of inputs that stays there.

- The nominal point makes tablets of nominal blend with the target weight and hardness; the main
  force and the roller position that do so are computed, since they are set up batch by batch.
- The press runs at the turret speed that belongs to the throughput.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from investigator.domain.errors import UnusableInput
from investigator.process.line import LineInputs, LineOutputs, LineParameters, simulate
from investigator.twin.package import TwinPackage
from investigator.twin.reference import read_reference
from investigator.twin.specification import Specification

_FORCES_KN = (4.0, 16.0)


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """Everything that drives the line, held constant.

    Attributes:
        throughput_kg_h: of all powders. turret_per_kg_h: turret speed (rpm) for 1 kg/h.
        api_pct, mgst_pct: as-is API and lubricant in the feed, % w/w; lactose_pct likewise, MCC is
            the rest.
        potency_pct: active in the API. lod_pct: loss on drying of the MCC.
    """

    throughput_kg_h: float
    turret_per_kg_h: float
    blender_rpm: float
    paddle_rpm: float
    chute_level_pct: float
    force_kn: float
    gap_mm: float
    room_rh_pct: float
    api_pct: float
    lactose_pct: float
    mgst_pct: float
    potency_pct: float
    d50_um: float
    lod_pct: float
    compactability: float


INPUTS: Mapping[str, str] = {
    "throughput": "throughput_kg_h",
    "blender_speed": "blender_rpm",
    "paddle_speed": "paddle_rpm",
    "chute_level": "chute_level_pct",
    "main_force": "force_kn",
    "main_gap": "gap_mm",
    "room_rh": "room_rh_pct",
    "api_feed": "api_pct",
    "mgst_feed": "mgst_pct",
    "api_potency": "potency_pct",
    "api_d50": "d50_um",
    "mcc_lod": "lod_pct",
    "mcc_compactability": "compactability",
}
"""The inputs that can be varied, by the name of their quantity."""


def moved(point: OperatingPoint, values: Mapping[str, float]) -> OperatingPoint:
    """The point with some inputs changed, named as in `INPUTS`."""
    return replace(point, **{INPUTS[name]: float(value) for name, value in values.items()})


def course(point: OperatingPoint, steps: int, step_s: float) -> LineInputs:
    """Inputs that stay at the point for `steps` steps."""
    lactose, mgst = point.lactose_pct, point.mgst_pct
    shares = np.array([point.api_pct, 100.0 - point.api_pct - lactose - mgst, lactose, mgst])
    feed = shares / 100.0 * point.throughput_kg_h
    turret = point.turret_per_kg_h * point.throughput_kg_h
    return LineInputs(
        step_s=step_s,
        feed_kg_h=np.tile(feed[:, None], (1, steps)),
        api_potency=np.full(steps, point.potency_pct / 100.0),
        api_d50_um=np.full(steps, point.d50_um),
        mcc_lod_pct=np.full(steps, point.lod_pct),
        mcc_compactability=np.full(steps, point.compactability),
        mcc_bulk=np.ones(steps),
        lactose_bulk=np.ones(steps),
        blender_rpm=np.full(steps, point.blender_rpm),
        paddle_rpm=np.full(steps, point.paddle_rpm),
        turret_rpm=np.full(steps, turret),
        chute_level_pct=np.full(steps, point.chute_level_pct),
        main_force_kn=np.full(steps, point.force_kn),
        main_gap_mm=np.full(steps, point.gap_mm),
        room_rh_pct=np.full(steps, point.room_rh_pct),
    )


def nominal_point(package: TwinPackage) -> OperatingPoint:
    """The point of the manifest's set-points and usual lots with the target weight and hardness.

    Raises:
        UnusableInput: statistics of batches or a target are missing, or no force gives the target.
    """
    points = {name: row.value for name, row in package.manifest.set_points.items()}
    parameters = package.parameters.line()
    usual = read_reference(package.reference).nominals
    blend = parameters.blend
    start = OperatingPoint(
        throughput_kg_h=points["throughput"],
        turret_per_kg_h=points["turret_speed"] / points["throughput"],
        blender_rpm=points["blender_speed"],
        paddle_rpm=points["paddle_speed"],
        chute_level_pct=points["chute_level"],
        force_kn=10.0,
        gap_mm=2.8,
        room_rh_pct=points["room_rh"],
        api_pct=100.0 * blend.api_nominal,
        lactose_pct=100.0 * blend.lactose_nominal,
        mgst_pct=100.0 * blend.mgst_nominal,
        potency_pct=100.0 * points["api_active"] / blend.api_nominal,
        d50_um=usual.api_d50_um,
        lod_pct=usual.mcc_lod_pct,
        compactability=1.0,
    )
    weight, hardness = (_target(package.specifications, name) for name in ("weight", "hardness"))
    return _set_up(start, parameters, weight, hardness)


def _target(specifications: Sequence[Specification], attribute: str) -> float:
    found = [s.target for s in specifications if s.attribute == attribute]
    if len(found) != 1 or found[0] is None:
        raise UnusableInput("specifications.csv", f"has no target of {attribute}", "complete it")
    return found[0]


def _set_up(
    point: OperatingPoint, parameters: LineParameters, weight_mg: float, hardness_n: float
) -> OperatingPoint:
    """Force and roller position that give both targets."""
    from scipy.optimize import brentq

    def at(force_kn: float) -> OperatingPoint:
        tried = replace(point, force_kn=force_kn)
        ratio = weight_mg / float(first_tablet(tried, parameters).weight_mg[0])
        loaded = force_kn / parameters.press.stiffness_kn_mm
        return replace(tried, gap_mm=(tried.gap_mm + loaded) * ratio - loaded)

    def short(force_kn: float) -> float:
        return float(first_tablet(at(force_kn), parameters).hardness_n[0]) - hardness_n

    low, high = _FORCES_KN
    if short(low) * short(high) > 0.0:
        raise UnusableInput(
            "specifications.csv",
            f"has a target of {hardness_n:g} N that no force of {low:g} to {high:g} kN gives",
            "check the parameters of the twin",
        )
    return at(float(brentq(short, low, high, xtol=1e-9)))


def first_tablet(point: OperatingPoint, parameters: LineParameters) -> LineOutputs:
    """The tablet at the start of a run at this point: of nominal blend."""
    return simulate(course(point, 1, 1.0), parameters)
