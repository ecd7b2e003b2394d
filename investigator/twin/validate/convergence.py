"""How far results of containers move when the step is halved (discretisation error).

A container is the steps of the coarse grid that it touches, as in a replay, on both grids.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from investigator.process.line import LineInputs, LineParameters, simulate

Floats = NDArray[np.float64]

METHODS: Mapping[str, str] = {
    "assay_pct": "method.assay_repeatability",
    "hardness_n": "method.hardness_qc_repeatability",
    "q30_pct": "method.q30_repeatability",
    "water_pct": "method.water_repeatability",
    "weight_mg": "method.weight_ipc_repeatability",
}
"""The results that a container has, with the parameter that says how well its method repeats."""


@dataclass(frozen=True, slots=True)
class NormalRun:
    """The inputs of a normal batch, and its containers as start and end in s since the start."""

    inputs: LineInputs
    containers_s: tuple[tuple[float, float], ...]


def halving_changes(p: LineParameters, run: NormalRun) -> dict[str, float]:
    """Largest change of a container mean when the step is halved, by output, in its unit."""
    step_s = run.inputs.step_s
    whole = [(a // step_s * step_s, b // step_s * step_s + step_s) for a, b in run.containers_s]
    coarse = container_means(run.inputs, p, whole)
    fine = container_means(halved(run.inputs), p, whole)
    return {name: float(np.abs(fine[name] - coarse[name]).max()) for name in METHODS}


def halved(inputs: LineInputs) -> LineInputs:
    """The same course on a grid of half the step."""
    series = {f.name: getattr(inputs, f.name) for f in fields(LineInputs) if f.name != "step_s"}
    doubled = {name: np.repeat(values, 2, axis=-1) for name, values in series.items()}
    return LineInputs(step_s=0.5 * inputs.step_s, **doubled)


def container_means(
    inputs: LineInputs, p: LineParameters, containers_s: Sequence[tuple[float, float]]
) -> dict[str, Floats]:
    """Means of the results over the tablets of each container, by output, shape (containers,).

    A container for which nothing was pressed is left out.
    """
    out = simulate(inputs, p)
    t = inputs.step_s * np.arange(inputs.turret_rpm.size)
    inside = np.array([(t >= start) & (t < end) for start, end in containers_s])
    made = inside * inputs.turret_rpm
    made = made[made.sum(axis=1) > 0.0]
    return {
        name: np.asarray((made * getattr(out, name)).sum(axis=1) / made.sum(axis=1))
        for name in METHODS
    }
