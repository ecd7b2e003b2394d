"""The whole applicability domain, sampled by a Latin hypercube: nothing impossible comes out.

What leaves it is reported. Quantities of the domain that are no inputs of the line (hold-up, water)
follow from those that are.

Sampling: McKay, Beckman, Conover, Technometrics 21 (1979) 239-245.
"""

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from investigator.domain.applicability import DomainLimit
from investigator.domain.validation import Check
from investigator.process.line import LineOutputs, LineParameters, line_flows, simulate
from investigator.twin.domain import ApplicabilityDomain, excursions, quantity_courses
from investigator.twin.validate.edge_check import at_most
from investigator.twin.validate.mass import leaving_kg
from investigator.twin.validate.operating_point import INPUTS, OperatingPoint, course

Floats = NDArray[np.float64]

RUNS = 256
TROUGH_DM3 = 4.0
"""Volume of the blender's trough (equipment dossier, 2): more powder than this is impossible."""
_STEPS, _STEP_S = 60, 60.0
_ASIDE = 0.1

_SIGNED = frozenset({"water_pct", "nir_water_pct"})


def corner_checks(
    point: OperatingPoint, p: LineParameters, domain: ApplicabilityDomain, *, seed: int
) -> tuple[Check, ...]:
    """Checks over `RUNS` constant runs of an hour anywhere in the domain, and just beyond it."""
    points = sampled(point, domain.limits, seed=seed)
    courses = [course(one, _STEPS, _STEP_S) for one in points]
    outs = [simulate(inputs, p) for inputs in courses]
    flows = [line_flows(inputs, p) for inputs in courses]
    told = f"{len(points)} runs over the domain"
    names = [f.name for f in fields(LineOutputs)]
    values = {name: np.concatenate([getattr(out, name) for out in outs]) for name in names}
    trough = TROUGH_DM3 * p.press.fill_density
    return (
        at_most("domain.finite", f"{told}: values that are no numbers",
                sum(int((~np.isfinite(v)).sum()) for v in values.values()), 0.0),
        at_most("domain.positive", f"{told}: values that are not above zero",
                sum(int((~(v > 0.0)).sum()) for n, v in values.items() if n not in _SIGNED), 0.0),
        at_most("domain.solid", f"{told}: largest solid fraction",
                float(values["solid_fraction"].max()), 1.0),
        at_most("domain.dissolved", f"{told}: largest Q30", float(values["q30_pct"].max()), 105.0,
                "% LC"),
        at_most("domain.fractions", f"{told}: largest sum of API, MCC and lubricant",
                _sum_of_fractions(values, points), 1.0),
        at_most("domain.holdup", f"{told}: largest blender hold-up (trough of {TROUGH_DM3:g} dm3)",
                float(values["blender_holdup_kg"].max()), trough, "kg"),
        at_most("domain.backwards", f"{told}: powder that would flow backwards in a step",
                max(0.0, *(float(-leaving_kg(f).min()) for f in flows)), 0.0, "kg"),
        _reported(point, p, domain),
    )  # fmt: skip


def _reported(point: OperatingPoint, p: LineParameters, domain: ApplicabilityDomain) -> Check:
    """Whether a run that leaves the domain by one quantity is reported with this quantity."""
    beyond = [
        (limit.quantity, value)
        for limit in domain.limits
        if _given(limit)
        for value in (limit.low - _ASIDE * limit.scale, limit.high + _ASIDE * limit.scale)
        if value > 0.0
    ]
    silent = [
        f"{name} {value:g}" for name, value in beyond if not _told(point, p, domain, name, value)
    ]
    found = f"{len(beyond) - len(silent)} of {len(beyond)} reported"
    told = f"{found}, not {', '.join(silent)}" if silent else found
    title = f"Runs that leave the domain by {_ASIDE:g} units of distance"
    return Check("domain.reported", title, "each reported with its quantity", told, not silent)


def _told(
    point: OperatingPoint,
    p: LineParameters,
    domain: ApplicabilityDomain,
    quantity: str,
    value: float,
) -> bool:
    inputs = course(_moved(point, {quantity: value}), _STEPS, _STEP_S)
    courses = quantity_courses(inputs, simulate(inputs, p))
    t_ms = np.arange(_STEPS, dtype=np.int64) * int(1000 * _STEP_S)
    left = excursions(domain, t_ms, courses, np.ones(_STEPS, dtype=np.bool_))
    return any(one.limit.quantity == quantity for one in left)


def sampled(
    point: OperatingPoint, limits: Sequence[DomainLimit], *, seed: int
) -> list[OperatingPoint]:
    """Points of a Latin hypercube over the limits of inputs; the rest stays as at the point."""
    from scipy.stats import qmc

    bounds = [(limit.quantity, limit.low, limit.high) for limit in limits if _given(limit)]
    if not bounds:
        return [point]
    unit = qmc.LatinHypercube(d=len(bounds), seed=seed).random(RUNS)
    low, high = (np.array([b[k] for b in bounds], dtype=np.float64) for k in (1, 2))
    names = [b[0] for b in bounds]
    return [_moved(point, dict(zip(names, row, strict=True))) for row in low + unit * (high - low)]


def _given(limit: DomainLimit) -> bool:
    return limit.quantity in INPUTS or limit.quantity in _DERIVED


_DERIVED = frozenset({"turret_speed", "api_fraction", "mgst_fraction"})


def _moved(point: OperatingPoint, values: dict[str, float]) -> OperatingPoint:
    """The point with quantities of the domain; active content and turret speed as inputs."""
    direct = {INPUTS[n]: float(v) for n, v in values.items() if n in INPUTS}
    made = replace(point, **direct)
    if "turret_speed" in values:
        made = replace(made, turret_per_kg_h=values["turret_speed"] / made.throughput_kg_h)
    if "mgst_fraction" in values:
        made = replace(made, mgst_pct=values["mgst_fraction"])
    if "api_fraction" in values:
        made = replace(made, api_pct=100.0 * values["api_fraction"] / made.potency_pct)
    return made


def _sum_of_fractions(values: dict[str, Floats], points: Sequence[OperatingPoint]) -> float:
    potency = np.repeat([one.potency_pct / 100.0 for one in points], _STEPS)
    api = values["api_fraction"] / potency
    return float((api + values["mcc_fraction"] + values["mgst_fraction"]).max())
