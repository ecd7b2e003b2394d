"""Whether the equations of a line are solved as they are written down, apart from being right.

- Mass: what enters leaves or stays, over stops and changes of speed, for the powder as a whole and
  for what it carries.
- Solver: the same equations by an independent adaptive solver (`equations`).
- Convergence: results that a person sees do not change when the step is halved.

Terms: code verification and discretisation error of ASME V&V 40.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from investigator.domain.quantities import significant
from investigator.domain.validation import Check, Criterion
from investigator.process.line import LineFlows, LineInputs, LineParameters, line_flows, simulate
from investigator.process.trace import Entry, marked_share
from investigator.twin.package import TwinPackage
from investigator.twin.validate.equations import Solution, solve
from investigator.twin.validate.operating_point import OperatingPoint, course, nominal_point

Floats = NDArray[np.float64]

MASS, SOLVER, CONVERGENCE = "numerics.mass", "numerics.solver", "numerics.convergence"
STEPS_S = (1.0, 10.0)
"""Steps at which the simulation is used: of a fine replay, and of a record."""

METHODS: Mapping[str, str] = {
    "assay_pct": "method.assay_repeatability",
    "hardness_n": "method.hardness_qc_repeatability",
    "q30_pct": "method.q30_repeatability",
    "water_pct": "method.water_repeatability",
    "weight_mg": "method.weight_ipc_repeatability",
}
"""The results that a container has, with the parameter that says how well its method repeats."""

_MASS_TITLES = {
    "powder": "Powder over an hour with a stop and steps: in, less out, less stored",
    "composition": "A feed of one composition stays so through every change of content",
    "recovery": "Marked powder that comes out over two stops, of what went in",
}


@dataclass(frozen=True, slots=True)
class NumericCheck:
    """A check, and the figure by which the criterion `criterion_id` is judged."""

    criterion_id: str
    figure: float
    check: Check


@dataclass(frozen=True, slots=True)
class NormalRun:
    """The inputs of a normal batch, and its containers as start and end in s since the start."""

    inputs: LineInputs
    containers_s: tuple[tuple[float, float], ...]


def numeric_checks(package: TwinPackage, run: NormalRun) -> tuple[NumericCheck, ...]:
    """Every check of the numerics; a criterion is judged by the largest figure of its checks."""
    limits = {c.criterion_id: c for c in package.manifest.acceptance}
    parameters, point = package.parameters.line(), nominal_point(package)
    repeats = {name: package.parameters[of].value for name, of in METHODS.items()}
    return (
        *_mass(parameters, point, limits.get(MASS)),
        *(_solver(parameters, point, step_s, limits.get(SOLVER)) for step_s in STEPS_S),
        *_convergence(parameters, run, repeats, limits.get(CONVERGENCE)),
    )


def largest(checks: Sequence[NumericCheck], criterion_id: str) -> float | None:
    """The figure of a criterion: the largest of its checks; None where there is none."""
    return max((c.figure for c in checks if c.criterion_id == criterion_id), default=None)


def _judged(
    name: str, title: str, figure: float, criterion: Criterion | None, kind: str
) -> NumericCheck:
    expected = f"at most {criterion.limit:g}" if criterion else "no criterion"
    passed = criterion is None or criterion.met_by(figure, figure)
    check = Check(f"{kind}.{name}", title, expected, significant(figure, 2), passed)
    return NumericCheck(kind, figure, check)


def stepped(point: OperatingPoint, step_s: float, *, blend: bool) -> LineInputs:
    """One hour with steps in throughput, speeds and level, and a stop of five minutes.

    With `blend` also a pulse of API and a step of lubricant.
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
        feed_kg_h=np.where(stop, 0.0, feed),
        turret_rpm=np.where(stop, 0.0, turret),
        blender_rpm=np.where(stop, 0.0, np.where(t >= 900.0, 1.09, 1.0) * steady.blender_rpm),
        paddle_rpm=np.where(t >= 1200.0, 1.2, 1.0) * steady.paddle_rpm,
        chute_level_pct=np.where(t >= 1800.0, 1.25, 1.0) * steady.chute_level_pct,
    )


def _mass(
    p: LineParameters, point: OperatingPoint, criterion: Criterion | None
) -> tuple[NumericCheck, ...]:
    inputs = stepped(point, 10.0, blend=False)
    found = {
        "powder": powder_lost(line_flows(inputs, p)),
        "composition": composition_drift(inputs, p),
        "recovery": recovery_error(point, p),
    }
    return tuple(
        _judged(name, _MASS_TITLES[name], figure, criterion, MASS) for name, figure in found.items()
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


def _solver(
    p: LineParameters, point: OperatingPoint, step_s: float, criterion: Criterion | None
) -> NumericCheck:
    name, figure = solver_difference(stepped(point, step_s, blend=True), p)
    title = f"One hour at steps of {step_s:g} s against an adaptive solver; largest in {name}"
    return _judged(f"{step_s:g}s", title, figure, criterion, SOLVER)


def solver_difference(inputs: LineInputs, p: LineParameters) -> tuple[str, float]:
    """The output that differs most from the adaptive solver, over its largest value, and by it."""
    out, solution = simulate(inputs, p), solve(inputs, p)
    found = {}
    for field in fields(Solution):
        right = getattr(solution, field.name)
        difference = np.abs(getattr(out, field.name) - right).max()
        found[field.name] = float(difference / np.abs(right).max())
    return max(found.items(), key=lambda item: item[1])


def _convergence(
    p: LineParameters,
    run: NormalRun,
    repeats: Mapping[str, float],
    criterion: Criterion | None,
) -> tuple[NumericCheck, ...]:
    changes = halving_changes(p, run)
    return tuple(
        _judged(
            name,
            f"{name}: step halved from {run.inputs.step_s:g} s, n = {len(run.containers_s)} "
            "containers, largest change over the repeatability of the method",
            change / repeats[name],
            criterion,
            CONVERGENCE,
        )
        for name, change in changes.items()
    )


def halving_changes(p: LineParameters, run: NormalRun) -> dict[str, float]:
    """Largest change of a container mean when the step is halved, by output, in its unit."""
    coarse = container_means(run.inputs, p, run.containers_s)
    fine = container_means(halved(run.inputs), p, run.containers_s)
    return {name: float(np.abs(fine[name] - coarse[name]).max()) for name in METHODS}


def halved(inputs: LineInputs) -> LineInputs:
    """The same course on a grid of half the step."""
    series = {f.name: getattr(inputs, f.name) for f in fields(LineInputs) if f.name != "step_s"}
    doubled = {name: np.repeat(values, 2, axis=-1) for name, values in series.items()}
    return LineInputs(step_s=0.5 * inputs.step_s, **doubled)


def container_means(
    inputs: LineInputs, p: LineParameters, containers_s: Sequence[tuple[float, float]]
) -> dict[str, Floats]:
    """Means of the results over the tablets of each container, by output, shape (containers,)."""
    out = simulate(inputs, p)
    t = inputs.step_s * np.arange(inputs.turret_rpm.size)
    inside = np.array([(t >= start) & (t < end) for start, end in containers_s])
    made = inside * inputs.turret_rpm
    return {
        name: np.asarray((made * getattr(out, name)).sum(axis=1) / made.sum(axis=1))
        for name in METHODS
    }
