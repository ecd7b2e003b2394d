"""Short-term scatter of the feed, apart from the noise of the scale that catches it.

- Differences of a catch-scale reading hold the flow of each second and the difference of two
  readings' noise; the two have different spectra, so both variances are told apart.
- The flow's scatter is taken as white over a second; a slow drift of the feed factor is taken out
  with a straight line for each run.

Source: maximum likelihood in the sine transform, which diagonalises the covariance of differences
of white noise; Whittle, J. Roy. Stat. Soc. B 15 (1953) 125.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from investigator.twin.calibrate.fit import Calibration, origin_of
from investigator.twin.calibrate.table import Floats, column, read_table
from investigator.twin.parameters import Parameter

FILE = "feeder_catch_scale_volumetric.csv"
SCORINGS = 100
LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class CatchScale:
    """Noise of the scale (g), relative scatter of the flow over a second and its sd, seconds."""

    noise_g: float
    flow_scatter: float
    flow_scatter_sd: float
    seconds: int


def spectrum(n: int) -> Floats:
    """Variance of each sine component of n differences of white noise of variance 1."""
    return np.asarray(2.0 - 2.0 * np.cos(np.pi * np.arange(1, n + 1) / (n + 1)))


def sine_components(differences: Floats) -> Floats:
    """The sine transform of differences, orthonormal."""
    from scipy.fft import dst

    return np.asarray(dst(differences, type=1, norm="ortho"))


def catch_scales(folder: Path, units: Mapping[str, str]) -> dict[str, CatchScale]:
    """Scale and scatter of every feeder by name, from its volumetric runs.

    `units`: equipment id by feeder.

    Raises:
        UnusableInput: the table cannot be read or lacks a column.
    """
    table = read_table(folder, FILE, ("feeder", "run", "time_s", "catch_scale_g"))
    found = {}
    for name, unit in units.items():
        runs = table[table["feeder"] == unit].groupby("run", sort=True)
        found[name] = told_apart([np.diff(column(rows, "catch_scale_g")) for _, rows in runs])
    return found


def told_apart(runs: list[Floats]) -> CatchScale:
    """Both variances by Fisher scoring on the squared sine components of all runs.

    `runs` hold the grams caught in each second.
    """
    squares, flow, scale = [], [], []
    for caught in runs:
        time = np.arange(caught.size) - 0.5 * (caught.size - 1)
        slope = float(time @ caught) / float(time @ time)
        squares.append(sine_components(caught - caught.mean() - slope * time) ** 2)
        flow.append(np.full(caught.size, float(caught.mean()) ** 2))
        scale.append(spectrum(caught.size))
    square = np.concatenate(squares)
    design = np.column_stack([np.concatenate(flow), np.concatenate(scale)])
    weight = 1.0 / square.mean() ** 2 * np.ones(square.size)
    for _ in range(SCORINGS):
        information = design.T @ (weight[:, None] * design)
        variances = np.linalg.solve(information, design.T @ (weight * square))
        variances = np.maximum(variances, LEAST**2)
        weight = 1.0 / (design @ variances) ** 2
    sd = np.sqrt(2.0 * np.diag(np.linalg.inv(information)))
    scatter = float(np.sqrt(variances[0]))
    return CatchScale(
        float(np.sqrt(variances[1])), scatter, float(sd[0]) / (2.0 * scatter), square.size
    )


def calibrate_flow_scatter(scales: dict[str, CatchScale]) -> Calibration:
    """`feeder_*.flow_scatter`: relative scatter of the delivered flow over a second, white."""
    return Calibration(
        {
            f"feeder_{name}.flow_scatter": Parameter(
                value=scale.flow_scatter,
                sd=scale.flow_scatter_sd,
                unit="-",
                origin=origin_of(FILE, scale.seconds),
                lower=0.0,
                upper=1.0,
            )
            for name, scale in scales.items()
        }
    )
