"""The line under its own control: feeders on their scales, the press on its force signal.

Where a recorded batch gives what the actuators did, the simulation takes that (`line.simulate`).
Here only set-points are given, and what can be wrong with feeders, scales and force signal; the
loops decide the rest.

- Feeders, powder, level and press depend on each other in a ring, through contents: the ring is
  gone round until rate and force stand still. Each time round the courses are right for a while
  longer (waveform relaxation), so they do so for certain; that the controller foresees what its
  answer does to the level makes it a few times only.
- The press finds its force on the powder that reaches it, and the tablets follow.
- The chute holds what comes and is not taken; nothing draws it to a level, as a recorded level does
  in a replay.

Source: waveform relaxation, Lelarasmee, Ruehli, Sangiovanni-Vincentelli, IEEE Trans. CAD 1 (1982).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from investigator.process.composition import COMPONENTS
from investigator.process.contents import line_flows
from investigator.process.feeder import FeederParameters
from investigator.process.feeding import FeederCourse, FeederInputs, feed
from investigator.process.line import LineInputs, LineOutputs, LineParameters, simulate
from investigator.process.naming import named_tuple_of
from investigator.process.press_loop import PressCourse, PressInputs, run_press, steady_press
from investigator.process.rate_control import RateControlParameters, rate_course
from investigator.process.route import VesselKind
from investigator.process.weigh_feeding import FeedingParameters, steady_feeding
from investigator.process.weight_control import WeightControlParameters, WeightTrimParameters

Floats = NDArray[np.float64]

STANDS_STILL = 1e-9
# So slow that nothing is drawn to a level in a run, yet not so slow that rounding would show.
FREE_S = 1e8


@dataclass(frozen=True, slots=True)
class LoopParameters:
    """Parameters of the loops; feeders in the order of `composition.COMPONENTS`."""

    screws: tuple[FeederParameters, ...]
    feeding: tuple[FeedingParameters, ...]
    weight: WeightControlParameters
    trim: WeightTrimParameters
    rate: RateControlParameters

    @classmethod
    def of(cls, values: Mapping[str, float]) -> "LoopParameters":
        """From values named `unit.field`; a missing one: KeyError."""
        units = [f"feeder_{component}" for component in COMPONENTS]
        return cls(
            screws=tuple(named_tuple_of(FeederParameters, unit, values) for unit in units),
            feeding=tuple(named_tuple_of(FeedingParameters, unit, values) for unit in units),
            weight=named_tuple_of(WeightControlParameters, "weight_control", values),
            trim=named_tuple_of(WeightTrimParameters, "weight_trim", values),
            rate=named_tuple_of(RateControlParameters, "rate_control", values),
        )


@dataclass(frozen=True, slots=True)
class PressFaults:
    """What is wrong at the press, courses (n,); see `press_loop.PressInputs`."""

    fill_ratio: Floats
    force_gain: Floats
    force_bias_kn: Floats
    controlled: NDArray[np.bool_]

    @classmethod
    def none(cls, n: int) -> "PressFaults":
        """Nothing is wrong."""
        return cls(np.ones(n), np.ones(n), np.zeros(n), np.ones(n, dtype=bool))


@dataclass(frozen=True, slots=True)
class OperatedLine:
    """What the loops made of the set-points: true inputs, product, and what each loop shows.

    `rate`: total rate over its set-point, shape (n,).
    """

    inputs: LineInputs
    outputs: LineOutputs
    feeders: tuple[FeederCourse, ...]
    press: PressCourse
    rate: Floats


def operate(
    plan: LineInputs,
    line: LineParameters,
    loops: LoopParameters,
    feeders: Sequence[FeederInputs],
    faults: PressFaults,
    *,
    content_kg: Sequence[float],
) -> OperatedLine:
    """The line under its own control from a steady state on. Pure and deterministic.

    Args:
        plan: set-points in the form of inputs: flows, level and main force are those to be held,
            speeds, gap, lots and room as they are. The first force is the set-point at the start.
        line, loops: parameters.
        feeders: what drives each feeder, in the order of `composition.COMPONENTS`; their set-points
            are those that count.
        faults: what is wrong at the press.
        content_kg: content of each hopper at the start.
    """
    free = replace(line, chute=line.chute._replace(level_time_s=FREE_S))
    rate, force = np.ones_like(plan.turret_rpm), plan.main_force_kn
    while True:
        courses = _feeding(loops, feeders, rate, content_kg)
        flows = np.vstack([course.flow_kg_h for course in courses])
        fed = replace(plan, feed_kg_h=flows, main_force_kn=force)
        level = level_pct(fed, free)
        answered = rate_course(
            loops.rate, level, plan.chute_level_pct, plan.step_s, rate, *_foreseen(line)
        )
        powder = simulate(fed, free)
        pressed = _pressed(fed, powder, free, loops, faults, float(plan.main_force_kn[0]))
        moved = max(
            float(np.abs(answered - rate).max()),
            float(np.abs(pressed.force_kn - force).max()),
        )
        if moved <= STANDS_STILL:
            inputs = replace(fed, chute_level_pct=level)
            return OperatedLine(inputs, powder, courses, pressed, rate)
        rate, force = answered, pressed.force_kn


def _foreseen(line: LineParameters) -> tuple[float, float]:
    """How fast the whole flow fills the chute (%/s), and its mean stay in the blender (s)."""
    flow_kg_s = line.blender.flow_ref_kg_h / 3600.0
    return 100.0 * flow_kg_s / line.chute.full_kg, line.blender.holdup_ref_kg / flow_kg_s


def level_pct(inputs: LineInputs, line: LineParameters) -> Floats:
    """Level of the chute at the starts of the steps, %, shape (n,)."""
    at = [vessel.kind for vessel in line.route.vessels].index(VesselKind.CHUTE)
    return np.asarray(100.0 * line_flows(inputs, line).holdup_kg[:-1, at] / line.chute.full_kg)


def _feeding(
    loops: LoopParameters,
    feeders: Sequence[FeederInputs],
    rate: Floats,
    content_kg: Sequence[float],
) -> tuple[FeederCourse, ...]:
    """The courses of the feeders at this rate over their set-points."""
    return tuple(
        feed(
            screw,
            control,
            replace(given, set_point_kg_h=given.set_point_kg_h * rate),
            steady_feeding(screw, control, given.set_point_kg_h[0], start),
        )
        for screw, control, given, start in zip(
            loops.screws, loops.feeding, feeders, content_kg, strict=True
        )
    )


def _pressed(
    fed: LineInputs,
    powder: LineOutputs,
    line: LineParameters,
    loops: LoopParameters,
    faults: PressFaults,
    set_point: float,
) -> PressCourse:
    """The course of the press on the powder that reaches it."""
    one = np.ones_like(fed.turret_rpm)
    given = PressInputs(
        step_s=fed.step_s,
        api=powder.api_fraction / fed.api_potency,
        mcc=powder.mcc_fraction,
        mgst=powder.mgst_fraction,
        water_pct=powder.water_pct,
        api_d50_um=powder.api_d50_um,
        turret_rpm=fed.turret_rpm,
        paddle_rpm=fed.paddle_rpm,
        gap_mm=fed.main_gap_mm,
        fill_ratio=faults.fill_ratio,
        yield_ratio=one,
        force_gain=faults.force_gain,
        force_bias_kn=faults.force_bias_kn,
        controlled=faults.controlled,
        weighing_mg=0.0 * one,
    )
    start = steady_press(line.press, line.blend, given, set_point)
    return run_press(
        line.press, line.blend, loops.weight, loops.trim, given, set_point_kn=set_point, start=start
    )
