"""The press under weight control: a closed loop of fill depth, force, force signal, controller.

- Fill depth and the density to which the powder fills the die give the weight; weight, gap and
  powder give the true force (`press.force_of_weight_kn`); the force signal, as its sensor shows it,
  drives the fill depth.
- Powder, speeds, gap and the faults of the sensor are given as courses; each holds over a step.
- Where the turret stands, nothing is pressed and the controller waits.
- With the trim, tablets are weighed at intervals and the set-point of the force follows.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from investigator.process import composition, press
from investigator.process.weight_control import (
    WeightControlParameters,
    WeightControlState,
    WeightTrimParameters,
    advance_weight_control,
    trimmed_kn,
)

Floats = NDArray[np.float64]


class _Moves(NamedTuple):
    """What the loop needs of every step, each (n,)."""

    mg_per_mm: Floats
    gap_mm: Floats
    yield_mpa: Floats
    density: Floats
    running: NDArray[np.bool_]
    gain: Floats
    bias_kn: Floats
    controlled: NDArray[np.bool_]
    weighing_mg: Floats


@dataclass(frozen=True, slots=True)
class PressInputs:
    """What drives the press, courses (n,) on a uniform grid.

    Mass fractions, water and size are those of the powder at the die. `fill_ratio` is the density
    of filling over that of the powder known, `yield_ratio` the same of the yield pressure. The
    force shown is `force_gain` x true force + `force_bias_kn`. `controlled`: the loop is closed.
    `weighing_mg` is the error of weighing a sample.
    """

    step_s: float
    mcc: Floats
    api: Floats
    mgst: Floats
    water_pct: Floats
    api_d50_um: Floats
    turret_rpm: Floats
    paddle_rpm: Floats
    gap_mm: Floats
    fill_ratio: Floats
    yield_ratio: Floats
    force_gain: Floats
    force_bias_kn: Floats
    controlled: NDArray[np.bool_]
    weighing_mg: Floats

    def __post_init__(self) -> None:
        if not self.step_s > 0.0:
            raise ValueError("the step must be positive")
        for name in self.__slots__[1:]:
            course = getattr(self, name)
            if course.shape != self.turret_rpm.shape:
                raise ValueError(f"{name} differs in length from turret_rpm")
            if not np.all(np.isfinite(course)):
                raise ValueError(f"{name} holds values that are no numbers")


@dataclass(frozen=True, slots=True)
class PressCourse:
    """What the press does, each (n,): values in the step, after the controller's last move."""

    fill_depth_mm: Floats
    weight_mg: Floats
    force_kn: Floats
    shown_kn: Floats
    set_point_kn: Floats


def weight_per_depth_mg_mm(
    p: press.PressParameters, blend: composition.BlendParameters, inputs: PressInputs
) -> Floats:
    """Weight of a millimetre of filled die in mg, shape (n,)."""
    api, mcc, mgst = inputs.api, inputs.mcc, inputs.mgst
    one = np.ones_like(inputs.turret_rpm)
    depth = press.fill_depth_mm(
        p,
        one,
        inputs.turret_rpm,
        inputs.paddle_rpm,
        inputs.mgst,
        inputs.api_d50_um,
        inputs.water_pct,
        composition.bulk_volume(blend, api, mcc, 1.0 - api - mcc - mgst, mgst),
    )
    return np.asarray(inputs.fill_ratio / depth)


def run_press(
    p: press.PressParameters,
    blend: composition.BlendParameters,
    control: WeightControlParameters,
    trim: WeightTrimParameters,
    inputs: PressInputs,
    *,
    set_point_kn: float,
    start: WeightControlState,
) -> PressCourse:
    """The course of the press from a state of its controller on. Pure and deterministic."""
    moves = _Moves(
        mg_per_mm=weight_per_depth_mg_mm(p, blend, inputs),
        gap_mm=inputs.gap_mm,
        yield_mpa=press.yield_pressure_mpa(p, inputs.turret_rpm, inputs.water_pct)
        * inputs.yield_ratio,
        density=composition.true_density(blend, inputs.api, inputs.mcc, inputs.mgst),
        running=inputs.turret_rpm > 1.0,
        gain=inputs.force_gain,
        bias_kn=inputs.force_bias_kn,
        controlled=inputs.controlled,
        weighing_mg=inputs.weighing_mg,
    )
    out = np.empty((5, inputs.turret_rpm.size))
    _loop(p, control, trim, moves, inputs.step_s, set_point_kn, start, out)
    return PressCourse(*out)


def steady_press(
    p: press.PressParameters,
    blend: composition.BlendParameters,
    inputs: PressInputs,
    set_point_kn: float,
) -> WeightControlState:
    """The controller at rest at this set-point with the first powder and a sound sensor."""
    density = composition.true_density(blend, inputs.api, inputs.mcc, inputs.mgst)
    force = np.full_like(inputs.gap_mm, set_point_kn)
    solid = press.loaded_solid_fraction(p, force, inputs.turret_rpm, inputs.water_pct)
    weight = press.tablet_weight_mg(p, force, inputs.gap_mm, solid, density)
    depth = weight[0] / weight_per_depth_mg_mm(p, blend, inputs)[0]
    return WeightControlState(float(depth), set_point_kn)


@njit(nogil=True, cache=True)
def _loop(
    p: press.PressParameters,
    control: WeightControlParameters,
    trim: WeightTrimParameters,
    moves: _Moves,
    step_s: float,
    set_point_kn: float,
    start: WeightControlState,
    out: Floats,
) -> None:
    """Step by step; `out` (5, n) as in `PressCourse`."""
    s = start
    every = max(round(trim.interval_s / step_s), 1)
    later = max(round(trim.delay_s / step_s), 1)
    waiting = set_point_kn
    due = -1
    for i in range(moves.gap_mm.size):
        weight = s.fill_depth_mm * moves.mg_per_mm[i]
        force = press.force_of_weight_kn(
            p, weight, moves.gap_mm[i], moves.yield_mpa[i], moves.density[i]
        )
        shown = moves.gain[i] * force + moves.bias_kn[i]
        if i == due:
            set_point_kn = waiting
        if i > 0 and i % every == 0 and moves.running[i]:
            waiting = trimmed_kn(trim, set_point_kn, weight + moves.weighing_mg[i])
            due = i + later
        out[0, i] = s.fill_depth_mm
        out[1, i] = weight
        out[2, i] = force
        out[3, i] = shown
        out[4, i] = set_point_kn
        if moves.running[i] and moves.controlled[i]:
            s = advance_weight_control(control, s, shown, set_point_kn, step_s)
