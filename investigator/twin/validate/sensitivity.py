"""What the quality of the tablets depends on: Sobol indices of outputs to inputs and parameters.

- Inputs vary evenly over their range in normal production; parameters normally with their standard
  uncertainty. Parameters that were estimated together vary together, by the root of their
  covariance, and are one factor: the indices take factors as independent, which the members of such
  a group are not.
- One run a sample: steady state, then a surge of API as after an ordinary refill.
- A factor that moves no output by itself is not sampled and has index 0.
- Seeded, scrambled sequence of N samples; N (factors + 2) runs.

Indices: Sobol, Math. Comput. Simul. 55 (2001) 271-280; sampling and estimators as in Saltelli et
al., Comput. Phys. Commun. 181 (2010) 259-270 (SALib); bootstrap intervals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.domain.validation import Figure, SensitivityIndex
from investigator.process.line import LineParameters, simulate
from investigator.twin.package import TwinPackage
from investigator.twin.parameters import Parameters
from investigator.twin.validate.factors import Factor, factors
from investigator.twin.validate.operating_point import (
    OperatingPoint,
    course,
    moved,
    nominal_point,
)
from investigator.twin.validate.ranges import read_ranges

Floats = NDArray[np.float64]

SAMPLES = 512
"""Base samples N, a power of two; the bootstrap intervals say whether they are enough."""
RESAMPLES = 200

STEADY_OUTPUTS = {
    "assay": "assay_pct",
    "weight": "weight_mg",
    "hardness": "hardness_n",
    "q30": "q30_pct",
    "water": "water_pct",
    "api_fraction": "api_fraction",
    "mgst_fraction": "mgst_fraction",
    "tensile_strength": "tensile_strength_mpa",
}
PEAK = "api_peak_after_refill"
OUTPUTS = (*STEADY_OUTPUTS, PEAK)
"""The outputs: at steady state, and the highest API content after a surge over that before it."""

_STEP_S, _SETTLED_S, _END_S = 10.0, 2400.0, 3600.0
_SURGE, _SURGE_S = 1.2, 20.0
_INERT = 1e-9


def sobol_indices(
    package: TwinPackage, *, seed: int, samples: int = SAMPLES
) -> tuple[SensitivityIndex, ...]:
    """First and total order of every output to every factor, by output in the order of `OUTPUTS`.

    Args:
        package: the twin, with `input_ranges.toml`.
        seed: of sequence and bootstrap, at least 1.
        samples: base samples, a power of two.
    """
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sampling

    point, parameters = nominal_point(package), package.parameters
    every = factors(parameters, read_ranges(package.folder))
    moving = tuple(f for f in every if moves(f, every, point, parameters))
    problem = _problem(moving)
    drawn = sampling.sample(problem, samples, calc_second_order=False, seed=seed)
    results = np.array([_run(moving, row, point, parameters) for row in drawn])
    found: list[SensitivityIndex] = []
    for output, values in zip(OUTPUTS, results.T, strict=True):
        indices = analysis.analyze(
            problem, values, calc_second_order=False, num_resamples=RESAMPLES, seed=seed
        )
        found += _of_output(output, every, moving, indices)
    return tuple(found)


def moves(
    factor: Factor, every: Sequence[Factor], point: OperatingPoint, parameters: Parameters
) -> bool:
    """Whether an output changes when this factor alone is moved.

    Seen from where every input stands at three quarters of its range: at the nominal point effects
    of departures from it would not show.
    """
    inputs = [f for f in every if f.range is not None]
    aside = np.array([f.at(0.75)[0] for f in inputs])
    start = _run(inputs, aside, point, parameters)
    other = [f.at(0.9) if f is factor else f.at(0.75) for f in inputs]
    if factor.range is None:
        inputs, other = [*inputs, factor], [*other, factor.at(0.9)]
    after = _run(inputs, np.concatenate(other), point, parameters)
    return bool(np.any(np.abs(after - start) > _INERT * np.abs(start)))


def _problem(chosen: Sequence[Factor]) -> dict[str, Any]:
    """The factors as SALib takes them: columns in groups, uniform or standard normal."""
    columns = [(n, k) for n, factor in enumerate(chosen) for k in range(factor.width)]
    return {
        "num_vars": len(columns),
        "names": [f"{n:03d}.{k:02d}" for n, k in columns],
        "groups": [f"{n:03d}" for n, _ in columns],
        "bounds": [chosen[n].bounds for n, _ in columns],
        "dists": ["unif" if chosen[n].range else "norm" for n, _ in columns],
    }


def _run(
    chosen: Sequence[Factor], row: Floats, point: OperatingPoint, parameters: Parameters
) -> Floats:
    """The outputs for one sample, shape (outputs,)."""
    inputs: dict[str, float] = {}
    changed: dict[str, float] = {}
    first = 0
    for factor in chosen:
        own = row[first : first + factor.width]
        first += factor.width
        if factor.range is not None:
            inputs[factor.range.quantity] = float(own[0])
        else:
            changed |= factor.values(own, parameters)
    return outputs_of(moved(point, inputs), parameters.line_with(changed))


def outputs_of(point: OperatingPoint, parameters: LineParameters) -> Floats:
    """The outputs at an operating point, in the order of `OUTPUTS`: one run of an hour."""
    steady = course(point, round(_END_S / _STEP_S), _STEP_S)
    t = _STEP_S * np.arange(steady.blender_rpm.size)
    feed = steady.feed_kg_h.copy()
    feed[0, (t >= _SETTLED_S) & (t < _SETTLED_S + _SURGE_S)] *= _SURGE
    out = simulate(replace(steady, feed_kg_h=feed), parameters)
    settled = round(_SETTLED_S / _STEP_S)
    values = [float(getattr(out, name)[settled]) for name in STEADY_OUTPUTS.values()]
    peak = float(out.api_fraction[settled:].max() / out.api_fraction[settled]) - 1.0
    return np.array([*values, 100.0 * peak])


def _of_output(
    output: str, every: Sequence[Factor], moving: Sequence[Factor], indices: Mapping[str, Floats]
) -> list[SensitivityIndex]:
    """The indices of one output; a factor that moves nothing has none."""
    place = {factor: n for n, factor in enumerate(moving)}
    nothing = Figure(0.0, 0.0, 0.0)
    return [
        SensitivityIndex(
            output=output,
            factor=factor.title,
            kind=factor.kind,
            first=_figure(indices, "S1", place[factor]) if factor in place else nothing,
            total=_figure(indices, "ST", place[factor]) if factor in place else nothing,
        )
        for factor in every
    ]


def _figure(indices: Mapping[str, Floats], name: str, n: int) -> Figure:
    value, half = float(indices[name][n]), float(indices[f"{name}_conf"][n])
    return Figure(value, value - half, value + half)
