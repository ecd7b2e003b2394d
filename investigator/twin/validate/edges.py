"""How the model behaves at and beyond the edges of its domain: visibly wrong, never quietly.

- Standing, empty and extreme operation give what the balances say.
- What is no number, or does not fit, is refused in a sentence.
- Within the ranges of normal production effects have the sign that the trade knows.
- In a Latin hypercube over the whole applicability domain every output is finite and possible.

Signs of effects: dossier of the line, "known behaviour"; cdc literature as in `process`.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from functools import partial

import numpy as np

from investigator.domain.validation import Check
from investigator.process.line import LineInputs, LineOutputs, LineParameters, simulate
from investigator.twin.domain import ApplicabilityDomain
from investigator.twin.package import TwinPackage
from investigator.twin.parameters import Parameters, parameters_toml, read_parameters
from investigator.twin.validate.corners import corner_checks
from investigator.twin.validate.edge_check import at_most, refused
from investigator.twin.validate.extremes import empty, extreme, series, settled, standing
from investigator.twin.validate.operating_point import (
    OperatingPoint,
    course,
    moved,
    nominal_point,
)
from investigator.twin.validate.ranges import InputRange, read_ranges

_STEP_S = 10.0
_LEVELS = 9

_EFFECTS: tuple[tuple[str, str, str, str, bool], ...] = (
    ("main_force", "hardness_n", "Hardness with main force", "N", False),
    ("mgst_feed", "hardness_n", "Hardness with magnesium stearate", "N", True),
    ("paddle_speed", "hardness_n", "Hardness with paddle speed", "N", True),
    ("mcc_compactability", "hardness_n", "Hardness with compactability of the MCC", "N", False),
    ("main_gap", "weight_mg", "Weight with roller position", "mg", False),
    ("main_force", "weight_mg", "Weight with main force at one roller position", "mg", False),
    ("api_feed", "assay_pct", "Assay with API in the feed", "% LC", False),
    ("api_potency", "assay_pct", "Assay with potency", "% LC", False),
    ("api_d50", "q30_pct", "Q30 with d50 of the API", "% LC", True),
    ("mgst_feed", "q30_pct", "Q30 with magnesium stearate", "% LC", True),
    ("main_force", "q30_pct", "Q30 with main force", "% LC", True),
    ("room_rh", "water_pct", "Water with room humidity", "%", False),
    ("mcc_lod", "water_pct", "Water with loss on drying of the MCC", "%", False),
    ("mgst_feed", "ejection_n", "Ejection force with magnesium stearate", "N", True),
    ("throughput", "blender_holdup_kg", "Blender hold-up with throughput", "kg", False),
    ("blender_speed", "blender_holdup_kg", "Blender hold-up with speed", "kg", True),
    ("throughput", "transit_s", "Age of the material with throughput", "s", True),
    ("chute_level", "transit_s", "Age of the material with chute level", "s", False),
)


def edge_checks(
    package: TwinPackage, domain: ApplicabilityDomain, *, seed: int
) -> tuple[Check, ...]:
    """Every check; `seed`: of the hypercube over the domain."""
    parameters, point = package.parameters.line(), nominal_point(package)
    return (
        *standing(point, parameters),
        *empty(point, parameters),
        *extreme(point, parameters),
        *_refusals(point, package),
        _one_step(point, parameters),
        *_effects(point, parameters, read_ranges(package.folder)),
        *corner_checks(point, parameters, domain, seed=seed),
    )


def _refusals(point: OperatingPoint, package: TwinPackage) -> tuple[Check, ...]:
    steady = course(point, 10, _STEP_S)
    names = [f.name for f in fields(LineInputs) if f.name != "step_s"]
    bounded = next(n for n in sorted(package.parameters) if package.parameters[n].upper < np.inf)
    return (
        _each_refused(steady, names),
        refused("length", "Courses of different length",
                lambda: replace(steady, room_rh_pct=steady.room_rh_pct[:-1])),
        refused("step_0", "A step of 0 s", lambda: replace(steady, step_s=0.0)),
        refused("bounds", f"Parameter {bounded} above its upper bound",
                lambda: _out_of_bounds(package, bounded)),
    )  # fmt: skip


def _each_refused(steady: LineInputs, names: Sequence[str]) -> Check:
    """NaN in each course in turn: one that is accepted is named."""
    tried = [refused(name, name, partial(_spoilt, steady, name)) for name in names]
    accepted = [one.title for one in tried if not one.passed]
    found = f"{len(tried) - len(accepted)} of {len(tried)} refused"
    told = f"{found}, not {', '.join(accepted)}" if accepted else found
    return Check(
        "nan", "NaN in each of the inputs", "each refused in a sentence", told, not accepted
    )


def _spoilt(steady: LineInputs, series: str) -> LineInputs:
    values = getattr(steady, series).copy()
    values[..., 3] = np.nan
    return replace(steady, **{series: values})


def _out_of_bounds(package: TwinPackage, name: str) -> object:
    parameter = package.parameters[name]
    beyond = replace(parameter, value=parameter.upper + 1.0)
    return read_parameters("parameters.toml", parameters_toml(Parameters({name: beyond})))


def _one_step(point: OperatingPoint, p: LineParameters) -> Check:
    one, many = (simulate(course(point, n, _STEP_S), p) for n in (1, 5))
    apart = max(
        float(np.abs(getattr(one, f.name) - getattr(many, f.name)[:1]).max())
        for f in fields(LineOutputs)
    )
    return at_most("one_step", "A course of one step against the first of five", apart, 0.0)


def _effects(
    point: OperatingPoint, p: LineParameters, ranges: Sequence[InputRange]
) -> tuple[Check, ...]:
    within = {r.quantity: r for r in ranges}
    checks = []
    for quantity, output, title, unit, falls in _EFFECTS:
        r = within[quantity]
        runs = [
            settled(moved(point, {quantity: v}), p) for v in np.linspace(r.low, r.high, _LEVELS)
        ]
        name = f"effect.{output.split('_')[-2]}.{quantity}"
        told = f"{title}, {r.low:g} to {r.high:g} {r.unit}".removesuffix(" -")
        checks.append(series(name, told, runs, output, unit, falls=falls))
    return tuple(checks)
