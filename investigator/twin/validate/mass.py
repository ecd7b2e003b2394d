"""Whether powder is conserved: as a whole, in what it carries, and from where it went in.

The hour over which this is asked has steps in throughput, speeds and level, a stop and a run-down.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from investigator.process.line import LineFlows, LineInputs, LineParameters, line_flows, simulate
from investigator.process.trace import Entry, marked_share
from investigator.twin.validate.operating_point import OperatingPoint, course

Floats = NDArray[np.float64]


def stepped(point: OperatingPoint, step_s: float, *, blend: bool) -> LineInputs:
    """One hour with steps in throughput, speeds and level, a stop, and a run-down at its end.

    With `blend` also a pulse of API and a step of lubricant. The stop takes five minutes; in the
    last 90 s the feeders stand and the rest runs on.
    """
    steady = course(point, round(3600.0 / step_s) + 1, step_s)
    t = steady.step_s * np.arange(steady.blender_rpm.size)
    flow = np.where(t < 600.0, 1.0, np.where(t < 1500.0, 0.85, 1.1))
    feed, turret = steady.feed_kg_h * flow, steady.turret_rpm * flow
    if blend:
        feed[0, (t >= 300.0) & (t < 340.0)] *= 1.2
        feed[3, t >= 1000.0] *= 1.3
    stop = (t >= 2400.0) & (t < 2700.0)
    return replace(
        steady,
        feed_kg_h=np.where(stop | (t >= 3510.0), 0.0, feed),
        turret_rpm=np.where(stop, 0.0, turret),
        blender_rpm=np.where(stop, 0.0, np.where(t >= 900.0, 1.09, 1.0) * steady.blender_rpm),
        paddle_rpm=np.where(t >= 1200.0, 1.2, 1.0) * steady.paddle_rpm,
        chute_level_pct=np.where(t >= 1800.0, 1.25, 1.0) * steady.chute_level_pct,
    )


def leaving_kg(flows: LineFlows) -> Floats:
    """What each vessel hands on in each step by its balance, kg, shape (n, V); may be negative."""
    change = np.diff(flows.holdup_kg, axis=0)
    return np.asarray(np.cumsum(flows.entered_kg - change, axis=1))


def powder_lost(flows: LineFlows) -> float:
    """Mass that no balance accounts for, relative to what entered.

    A vessel that stores more than it gets would have to draw powder back; what is lacking there is
    made out of nothing.
    """
    lacking = np.maximum(-leaving_kg(flows), 0.0).sum()
    return float(lacking / flows.entered_kg.sum())


def composition_drift(inputs: LineInputs, p: LineParameters) -> float:
    """Largest relative change of the API in the powders, lubricant apart, at a constant feed."""
    out = simulate(inputs, p)
    share = out.api_fraction / (1.0 - out.mgst_fraction)
    return float(np.abs(share / share[0] - 1.0).max())


def recovery_error(point: OperatingPoint, p: LineParameters) -> float:
    """Relative error of the powder marked for 5 min at the blender that the press takes out.

    Over 2.5 h at constant flow, with two stops while marked powder is on its way.
    """
    step_s, begin, end = 1.0, 600.0, 900.0
    steady = course(point, 9000, step_s)
    t = step_s * np.arange(9000)
    stop = ((t >= 700.0) & (t < 1000.0)) | ((t >= 1300.0) & (t < 1400.0))
    inputs = replace(
        steady,
        feed_kg_h=np.where(stop, 0.0, steady.feed_kg_h),
        turret_rpm=np.where(stop, 0.0, steady.turret_rpm),
        blender_rpm=np.where(stop, 0.0, steady.blender_rpm),
    )
    flows = line_flows(inputs, p)
    share = marked_share(flows, step_s, Entry.BLENDER, [(begin, end)])[:, 0]
    left = leaving_kg(flows)[:, -1]
    passed = 0.5 * (left + np.concatenate([left[:1], left[:-1]]))
    powder = flows.main_kg.sum() / flows.entered_kg.sum()
    marked = flows.main_kg[(t >= begin) & (t < end)].sum()
    return float(abs((share * passed).sum() * powder / marked - 1.0))
