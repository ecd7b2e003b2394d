"""The feeders' loops, and how they are refilled, from the gravimetric runs.

- Gain and integral rate of the controller: change of the screw's speed over `OVER_S` against the
  change of the flow's relative error and its sum, where the loop is closed.
- Rate of filling and time of settling: from the weight and the modes. What a refill does to the
  flow is a matter of its own (`refill`).
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from investigator.domain.errors import UnusableInput
from investigator.process.weigh_feeding import FeederMode
from investigator.twin.calibrate.fit import (
    Calibration,
    Estimate,
    Response,
    Unknown,
    estimate,
    origin_of,
    quality,
)
from investigator.twin.calibrate.table import Floats, column, read_table
from investigator.twin.parameters import Parameter

FILE = "feeder_gravimetric_refill.csv.gz"
OVER_S = 20.0

_COLUMNS = (
    "feeder",
    "time_s",
    "net_weight_kg",
    "controller_mass_flow_kg_per_h",
    "screw_speed_rpm",
    "mode_code",
)


def calibrate_feeder_control(folder: Path, units: Mapping[str, str]) -> tuple[Calibration, ...]:
    """Gain, integral rate, rate of filling and time of settling of every feeder.

    `units`: equipment id by feeder.

    Raises:
        UnusableInput: the table cannot be used, or a feeder was never refilled in it.
    """
    table = read_table(folder, FILE, _COLUMNS)
    found = []
    for name, feeder in units.items():
        rows, unit = table[table["feeder"] == feeder], f"feeder_{name}"
        found.append(_loop(unit, rows).joined_by(_timing(unit, rows)))
    return tuple(found)


def _loop(unit: str, rows: pd.DataFrame) -> Calibration:
    """Gain and integral rate by least squares on the changes of the speed."""
    shown, speed = column(rows, "controller_mass_flow_kg_per_h"), column(rows, "screw_speed_rpm")
    step_s = _step_s(rows)
    lag = round(OVER_S / step_s)
    closed = column(rows, "mode_code") == FeederMode.GRAVIMETRIC
    places = np.arange(0, shown.size - lag, lag)
    places = places[[bool(closed[i : i + lag + 1].all()) for i in places]]
    error = 1.0 - shown / float(np.median(shown[closed]))
    total = np.concatenate([[0.0], np.cumsum(error)]) * step_s
    change = error[places + lag] - error[places]
    summed = total[places + lag] - total[places]
    moved = (speed[places + lag] - speed[places]) / float(np.median(speed[closed]))
    unknowns = (
        Unknown(f"{unit}.gain", "-", 0.3, 0.0, 5.0),
        Unknown(f"{unit}.integral_rate_per_s", "1/s", 0.01, 0.0, 1.0),
    )

    def predicted(values: Mapping[str, float]) -> Floats:
        gain, rate = values[f"{unit}.gain"], values[f"{unit}.integral_rate_per_s"]
        return np.asarray(gain * change + rate * summed)

    fit = estimate(unknowns, lambda v: predicted(v) - moved)
    times = column(rows, "time_s")[places]
    response = _response(f"speed of {unit}", fit, moved, predicted(fit.values), times)
    return fit.calibration(origin_of(FILE, places.size), (response,))


def _timing(unit: str, rows: pd.DataFrame) -> dict[str, Parameter]:
    """Rate of filling (with what leaves meanwhile) and time of settling, mean of the refills."""
    mode = column(rows, "mode_code")
    step_s, weight = _step_s(rows), column(rows, "net_weight_kg")
    drawn = column(rows, "controller_mass_flow_kg_per_h") / 3600.0
    filling = mode == FeederMode.REFILL
    rates = [
        (weight[b] - weight[a]) / ((b - a) * step_s) + float(drawn[a : b + 1].mean())
        for a, b in _stretches(filling)
    ]
    if not rates:
        raise UnusableInput(
            f"characterisation/{FILE}", f"shows no refill of {unit}", "restore the twin package"
        )
    lasting = [(b - a) * step_s for a, b in _stretches(mode == FeederMode.SETTLE)]
    origin = origin_of(FILE, len(rates))
    return {
        f"{unit}.refill_kg_s": _mean(rates, 0.02 * max(rates), "kg/s", origin, 10.0),
        f"{unit}.settle_s": _mean(lasting, step_s, "s", origin, 600.0),
    }


def _mean(values: list[float], least_sd: float, unit: str, origin: str, most: float) -> Parameter:
    sd = float(np.std(values, ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0
    return Parameter(float(np.mean(values)), max(sd, least_sd), unit, origin, 0.0, most)


def _stretches(on: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First place in and first place after every stretch that ends within the record."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], on]).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    return list(zip(starts[: ends.size].tolist(), ends.tolist(), strict=True))


def _step_s(rows: pd.DataFrame) -> float:
    return float(np.median(np.diff(column(rows, "time_s"))))


def _response(
    what: str, fit: Estimate, measured: Floats, fitted: Floats, times: Floats
) -> Response:
    """One response whose residuals are in its own unit."""
    one = ("run",) * measured.size
    return Response(
        report=quality(FILE, what, measured, fitted, "-", used=len(fit.unknowns)),
        part=np.arange(measured.size),
        fitted=fitted,
        unit_per_residual=np.ones(measured.size),
        rows=tuple(f"{t:g} s" for t in times),
        together=one,
        series=one,
    )
