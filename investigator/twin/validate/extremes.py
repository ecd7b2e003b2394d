"""Standing, empty and extreme operation: the model gives what the balances say, or shows it.

Each run begins at the nominal operating point; what happens at an edge begins after forty minutes.
"""

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from investigator.domain.validation import Check
from investigator.process.line import LineInputs, LineOutputs, LineParameters, line_flows, simulate
from investigator.twin.validate.edge_check import at_most, rises
from investigator.twin.validate.mass import leaving_kg
from investigator.twin.validate.operating_point import OperatingPoint, course

Floats = NDArray[np.float64]

_STEP_S, _STEPS, _FROM = 10.0, 360, 240


def _changed(point: OperatingPoint, **factors: float) -> LineInputs:
    """An hour at the point; from forty minutes on the named courses are multiplied."""
    steady = course(point, _STEPS, _STEP_S)
    late = np.arange(_STEPS) >= _FROM
    changed = {
        name: np.where(late, factor * getattr(steady, name), getattr(steady, name))
        for name, factor in factors.items()
    }
    return replace(steady, **changed)


def standing(point: OperatingPoint, p: LineParameters) -> tuple[Check, ...]:
    """All stands, and the press stands while the feeders run: powder is kept where it is."""
    stopped = _changed(point, feed_kg_h=0.0, turret_rpm=0.0, blender_rpm=0.0, paddle_rpm=0.0)
    out, flows = simulate(stopped, p), line_flows(stopped, p)
    moved_kg = float(np.abs(leaving_kg(flows)[_FROM:]).max())
    names = ("api_fraction", "mgst_fraction", "mcc_fraction", "exposure", "nir_api_pct")
    drift = max(float(np.ptp(getattr(out, name)[_FROM:])) for name in names)
    fed = _changed(point, turret_rpm=0.0)
    held = line_flows(fed, p)
    stored = held.holdup_kg[-1].sum() - held.holdup_kg[_FROM].sum()
    lost = abs(stored / held.entered_kg[_FROM:].sum() - 1.0)
    left = float(np.abs(leaving_kg(held)[_FROM:, -1]).max())
    return (
        at_most("zero_flow.moves", "All stands: powder that moves in a step", moved_kg, 1e-12,
                "kg"),
        at_most("zero_flow.drifts", "All stands: change of any composition", drift, 1e-9),
        at_most("press_stands.out", "Press stands, feeders run: powder out in a step", left, 1e-12,
                "kg"),
        at_most("press_stands.kept", "Press stands, feeders run: share of the feed not kept", lost,
                1e-9),
    )  # fmt: skip


def empty(point: OperatingPoint, p: LineParameters) -> tuple[Check, ...]:
    """Hoppers run empty: it shows, and no powder is made of nothing."""
    steady = course(point, _STEPS, _STEP_S)
    late = np.arange(_STEPS) >= _FROM
    bare = steady.feed_kg_h.copy()
    bare[0, late] = 0.0
    no_api = simulate(replace(steady, feed_kg_h=bare), p)
    nothing = _changed(point, feed_kg_h=0.0)
    flows, out = line_flows(nothing, p), simulate(nothing, p)
    least = float(flows.holdup_kg.min())
    more = float(leaving_kg(flows)[_FROM:, -1].sum() - flows.holdup_kg[_FROM].sum())
    return (
        rises("no_api.assay", "API hopper empty: assay at the press", _later(no_api.assay_pct),
              "% LC", falls=True),
        at_most("no_api.finite", "API hopper empty: values that are no numbers",
                _not_finite(no_api), 0.0),
        at_most("no_feed.content", "All hoppers empty, press runs: content below zero",
                max(-least, 0.0), 0.0, "kg"),
        at_most("no_feed.out", "All hoppers empty: powder out beyond what was there",
                max(more, 0.0), 1e-9, "kg"),
        at_most("no_feed.finite", "All hoppers empty: values that are no numbers",
                _not_finite(out), 0.0),
    )  # fmt: skip


def _later(values: Floats) -> Floats:
    """Every 150 s from five minutes after the change, when it has come to the press."""
    return values[_FROM + 30 :: 15]


def extreme(point: OperatingPoint, p: LineParameters) -> tuple[Check, ...]:
    """Force, lubricant, water and speeds as far as the machine goes, and beyond the domain."""
    no_force = settled(replace(point, force_kn=0.0), p)
    lubricated = [settled(replace(point, mgst_pct=v), p) for v in (0.0, 1.0, 3.0)]
    wetted = [
        settled(replace(point, lod_pct=lod, room_rh_pct=rh), p)
        for lod, rh in ((0.0, 0.0), (4.4, 40.0), (10.0, 100.0))
    ]
    speeds = [settled(replace(point, blender_rpm=v), p) for v in (50.0, 220.0, 350.0)]
    paddles = [settled(replace(point, paddle_rpm=v), p) for v in (10.0, 40.0, 120.0)]
    runs = [no_force, *lubricated, *wetted, *speeds, *paddles]
    return (
        at_most("force_0.hardness", "Main force 0: hardness", _end(no_force.hardness_n), 20.0, "N"),
        series("mgst_0_3.hardness", "Magnesium stearate 0, 1, 3 %: hardness", lubricated,
                "hardness_n", "N", falls=True),
        series("mgst_0_3.ejection", "Magnesium stearate 0, 1, 3 %: ejection force", lubricated,
                "ejection_n", "N", falls=True),
        series("dry_wet.water", "Powder and room dry, usual, wet: water", wetted,
                "water_pct", "%"),
        series("blender_50_350.holdup", "Blender 50, 220, 350 rpm: hold-up", speeds,
                "blender_holdup_kg", "kg", falls=True),
        series("paddle_10_120.hardness", "Paddles 10, 40, 120 rpm: hardness", paddles,
                "hardness_n", "N", falls=True),
        at_most("extreme.finite", f"In these {len(runs)} runs: values that are no numbers",
                sum(_not_finite(run) for run in runs), 0.0),
    )  # fmt: skip


def settled(point: OperatingPoint, p: LineParameters) -> LineOutputs:
    """An hour at an operating point, in steps of a minute."""
    return simulate(course(point, _STEPS // 6, 6.0 * _STEP_S), p)


def _end(values: Floats) -> float:
    return float(values[-1])


def series(
    check_id: str,
    title: str,
    runs: Sequence[LineOutputs],
    output: str,
    unit: str,
    *,
    falls: bool = False,
) -> Check:
    """Whether an output at the end of runs rises from one to the next, or falls."""
    values = np.array([_end(getattr(run, output)) for run in runs])
    return rises(check_id, title, values, unit, falls=falls)


def _not_finite(out: LineOutputs) -> int:
    return sum(int((~np.isfinite(getattr(out, f.name))).sum()) for f in fields(LineOutputs))
