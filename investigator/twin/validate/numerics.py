"""Whether the equations of a line are solved as they are written down, apart from being right.

- Mass: what enters leaves or stays, over stops and changes of speed, for the powder as a whole and
  for what it carries.
- Solver: the same equations by an independent adaptive solver (`equations`).
- Convergence: results that a person sees do not change when the step is halved.

Terms: code verification and discretisation error of ASME V&V 40.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from investigator.domain.quantities import significant
from investigator.domain.validation import Check, Criterion
from investigator.process.line import LineInputs, LineParameters, line_flows, simulate
from investigator.twin.package import TwinPackage
from investigator.twin.validate.convergence import METHODS, NormalRun, halving_changes
from investigator.twin.validate.equations import Solution, solve
from investigator.twin.validate.mass import (
    composition_drift,
    powder_lost,
    recovery_error,
    stepped,
)
from investigator.twin.validate.operating_point import OperatingPoint, nominal_point

__all__ = ["NormalRun", "NumericCheck", "figures", "numeric_checks", "solver_difference"]

MASS, SOLVER, CONVERGENCE = "numerics.mass", "numerics.solver", "numerics.convergence"
ORDER = "numerics.order"
FINE_S, RECORD_S = 1.0, 10.0
"""Steps at which the simulation is used: of a fine replay, which the solver is held against, and of
a record, whose discretisation error is judged by convergence."""
_LEAST_ORDER = 1.8
_UNITS = frozenset({"pct", "n", "mg", "kg", "s"})

_MASS_TITLES = {
    "powder": "Powder over an hour with a stop and steps: in, less out, less stored",
    "composition": "A feed of one composition stays so through every change of content",
    "recovery": "Marked powder that comes out over two stops, of what went in",
}


@dataclass(frozen=True, slots=True)
class NumericCheck:
    """A check, and the figure by which a criterion `criterion_id` is judged where there is one."""

    criterion_id: str
    figure: float
    check: Check


def numeric_checks(package: TwinPackage, run: NormalRun) -> tuple[NumericCheck, ...]:
    """Every check of the numerics; a criterion is judged by the largest figure of its checks."""
    limits = {c.criterion_id: c for c in package.manifest.acceptance}
    parameters, point = package.parameters.line(), nominal_point(package)
    repeats = {name: package.parameters[of].value for name, of in METHODS.items()}
    return (
        *_mass(parameters, point, limits.get(MASS)),
        *_solver(parameters, point, limits.get(SOLVER)),
        *_convergence(parameters, run, repeats, limits.get(CONVERGENCE)),
    )


def figures(checks: Sequence[NumericCheck]) -> dict[str, float]:
    """The figure of every criterion: the largest of its checks."""
    found: dict[str, float] = {}
    for one in checks:
        found[one.criterion_id] = max(one.figure, found.get(one.criterion_id, one.figure))
    return found


def _judged(
    name: str, title: str, figure: float, criterion: Criterion | None, kind: str
) -> NumericCheck:
    expected = f"at most {criterion.limit:g}" if criterion else "no criterion"
    passed = criterion is None or criterion.met_by(figure, figure)
    check = Check(f"{kind}.{name}", title, expected, significant(figure, 2), passed)
    return NumericCheck(kind, figure, check)


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


def _solver(
    p: LineParameters, point: OperatingPoint, criterion: Criterion | None
) -> tuple[NumericCheck, ...]:
    name, fine = solver_difference(stepped(point, FINE_S, blend=True), p)
    coarse = solver_difference(stepped(point, RECORD_S, blend=True), p)[1]
    title = (
        f"One hour at steps of {FINE_S:g} s against an adaptive solver; largest in {in_words(name)}"
    )
    return (
        _judged("difference", title, fine, criterion, SOLVER),
        _order(fine, coarse, criterion),
    )


def _order(fine: float, coarse: float, criterion: Criterion | None) -> NumericCheck:
    """How fast the difference falls with the step; an exact solution has none to fall."""
    exact = criterion is not None and criterion.met_by(coarse, coarse)
    order = float(np.log(coarse / fine) / np.log(RECORD_S / FINE_S)) if fine > 0.0 else np.inf
    check = Check(
        f"{ORDER}.difference",
        f"Order by which that difference falls, from {significant(coarse, 2)} at {RECORD_S:g} s",
        f"at least {_LEAST_ORDER:g}, or within the limit already",
        significant(order, 2),
        bool(exact or order >= _LEAST_ORDER),
    )
    return NumericCheck(ORDER, order, check)


def in_words(output: str) -> str:
    """The name of an output without its unit."""
    words = output.split("_")
    return " ".join(words[:-1] if words[-1] in _UNITS else words)


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
            in_words(name),
            f"{in_words(name)}, step halved from {run.inputs.step_s:g} s, "
            f"n = {len(run.containers_s)} containers: largest change over the repeatability of the "
            "method",
            change / repeats[name],
            criterion,
            CONVERGENCE,
        )
        for name, change in changes.items()
    )
