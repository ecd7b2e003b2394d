"""What a refill does to the flow of a feeder: how far it raises the feed factor, and how it fades.

- The catch scale under the feeder tells the flow that the controller cannot see; against screw
  speed times feed factor it shows the disturbance. A refill begins it at its end.
- Every refill has a level of its own (the filling of the screw differs from day to day).
- Residuals are sine components of the differences in units of their expected noise, known from the
  volumetric runs: scale and flow scatter differ by frequency, and the slow ones tell most.

Source of the form: Engisch & Muzzio, Powder Technol. (2015): step and exponential fading.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from investigator.domain.errors import UnusableInput
from investigator.process.feeder import FeederParameters, feed_factor
from investigator.process.weigh_feeding import FeederMode
from investigator.twin.calibrate.catch_scale import CatchScale, sine_components, spectrum
from investigator.twin.calibrate.fit import (
    Calibration,
    FitReport,
    Response,
    Unknown,
    estimate,
    origin_of,
)
from investigator.twin.calibrate.neutral import unit_with
from investigator.twin.calibrate.table import Floats, column, read_table

FILE = "feeder_gravimetric_refill.csv.gz"
BEFORE_S, AFTER_S = 200.0, 400.0

Values = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Refill:
    """Steps around one refill: time since its end, grams caught, grams drawn by feed factor."""

    name: str
    since_s: Floats
    caught_g: Floats
    drawn_g: Floats
    step_s: float


def calibrate_refill(
    folder: Path, units: Mapping[str, str], known: Values, scales: Mapping[str, CatchScale]
) -> tuple[Calibration, ...]:
    """`refill_gain` and `refill_fading_s` of the feeders.

    Args:
        folder: the package. units: equipment id by feeder.
        known: holds the feed factors. scales: of every feeder.

    Raises:
        UnusableInput: the table cannot be used, or a feeder was never refilled in it.
    """
    columns = ("feeder", "time_s", "net_weight_kg", "screw_speed_rpm", "mode_code", "catch_scale_g")
    table = read_table(folder, FILE, columns)
    return tuple(
        _feeder(f"feeder_{name}", table[table["feeder"] == unit], known, scales[name])
        for name, unit in units.items()
    )


def _feeder(unit: str, rows: pd.DataFrame, known: Values, scale: CatchScale) -> Calibration:
    refills = _refills(unit, rows, known)
    gain, fading = f"{unit}.refill_gain", f"{unit}.refill_fading_s"
    unknowns = (Unknown(gain, "-", 0.02, -0.5, 0.5), Unknown(fading, "s", 30.0, 2.0, 300.0))

    def left(values: Values) -> Floats:
        return np.concatenate([_left(r, values[gain], values[fading], scale) for r in refills])

    fit = estimate(unknowns, left)
    without = left({gain: 0.0, fading: 30.0})
    labels = tuple(r.name for r in refills for _ in r.since_s)
    places = tuple(f"{r.name}, component {k + 1}" for r in refills for k in range(r.since_s.size))
    report = FitReport(
        experiment=FILE,
        response=f"flow after a refill {unit.removeprefix('feeder_')}",
        n=len(labels),
        residual_sd=float(np.sqrt(fit.variance)),
        unit="expected noise",
        r_squared=1.0 - float(fit.residuals @ fit.residuals) / float(without @ without),
        note="share of variance against no disturbance",
    )
    response = Response(
        report=report,
        part=np.arange(len(labels)),
        fitted=np.concatenate([np.arange(1.0, r.since_s.size + 1.0) for r in refills]),
        unit_per_residual=np.ones(len(labels)),
        rows=places,
        together=labels,
        series=labels,
    )
    return fit.calibration(origin_of(FILE, len(refills)), (response,))


def _refills(unit: str, rows: pd.DataFrame, known: Values) -> list[_Refill]:
    t, mode = column(rows, "time_s"), column(rows, "mode_code")
    begun = np.flatnonzero((mode[:-1] != FeederMode.REFILL) & (mode[1:] == FeederMode.REFILL)) + 1
    ended = np.flatnonzero((mode[:-1] == FeederMode.REFILL) & (mode[1:] != FeederMode.REFILL)) + 1
    if ended.size == 0:
        raise UnusableInput(
            f"characterisation/{FILE}", f"shows no refill of {unit}", "restore the twin package"
        )
    step_s = float(np.median(np.diff(t)))
    speed, content = column(rows, "screw_speed_rpm"), column(rows, "net_weight_kg")
    drawn = feed_factor(unit_with(FeederParameters, unit, known), content) * speed / 60.0 * step_s
    drawn = 0.5 * (drawn[1:] + drawn[:-1])
    caught, middle = np.diff(column(rows, "catch_scale_g")), 0.5 * (t[1:] + t[:-1])
    found = []
    for number, (first, end) in enumerate(zip(begun, ended, strict=True)):
        near = (middle > t[first] - BEFORE_S) & (middle < t[first] + AFTER_S)
        since = middle[near] - t[end]
        found.append(_Refill(f"refill {number + 1}", since, caught[near], drawn[near], step_s))
    return found


def _left(refill: _Refill, gain: float, fading_s: float, scale: CatchScale) -> Floats:
    """Sine components in units of their noise, the level of this refill taken out."""
    raised = np.where(
        refill.since_s > 0.0, np.exp(-np.maximum(refill.since_s, 0.0) / fading_s), 0.0
    )
    flow = (float(refill.drawn_g.mean()) * scale.flow_scatter) ** 2 / refill.step_s
    noise = np.sqrt(flow + scale.noise_g**2 * spectrum(refill.since_s.size))
    shape = sine_components(refill.drawn_g * (1.0 + gain * raised)) / noise
    caught = sine_components(refill.caught_g) / noise
    level = float(shape @ caught) / float(shape @ shape)
    return np.asarray(caught - level * shape)
