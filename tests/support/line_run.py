"""A run of line CDC-3 on paper: the shipped twin's own line, three hours long, nothing wrong.

The run has refills, one change of the API lot, in-process samples, drums with laboratory results
and certificates. Its channels are what the twin predicts plus a draw of the shipped noise models:
what an inference says of it can be checked against what was put in.
"""

import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import numpy as np

from investigator.analysis.comparison import Comparison, compare
from investigator.analysis.diagnosis import Diagnosis, Replay, diagnose
from investigator.analysis.views import replay_rows
from investigator.domain.batch import (
    BatchRecord,
    Container,
    InProcessSample,
    InProcessTest,
    MaterialLot,
    RecipeParameter,
    RecordEvent,
)
from investigator.domain.entered_check import EnteredCheck
from investigator.domain.evidence import Evidence
from investigator.domain.instant import Span
from investigator.domain.laboratory import LabResult
from investigator.domain.trajectory import Interpolation, Quality, Signal, Trajectory
from investigator.twin.channels import SERIES
from investigator.twin.digests import seal
from investigator.twin.failure_mode import FailureMode, Shape
from investigator.twin.measured import lot_changes
from investigator.twin.package import TwinPackage, load_package
from investigator.twin.predicted import Predicted, predict
from investigator.twin.record import STEP_S, Array, LineRecord, line_record
from investigator.twin.reference import Reference, read_reference
from investigator.twin.scenario import Perturbation, Window, perturbation

SHIPPED = Path(__file__).parents[2] / "models" / "cdc_line_3"
START_MS = 1_772_600_400_000
MINUTES = 180
PRESS_ON_MIN, FEEDERS_OFF_MIN, PRESS_OFF_MIN = 4, 172, 174
LOT_CONNECTED_MIN = 80
DRUM_MIN = 36
FLOWS = {"api": 4.032, "mcc": 9.768, "lactose": 6.0, "mgst": 0.2}
REFILL_EVERY_MIN = {"api": 25, "mcc": 18, "lactose": 30, "mgst": 60}
SET_POINTS = {
    "main_force": 10.35,
    "main_gap": 2.80,
    "turret_speed": 37.04,
    "blender_speed": 220.0,
    "paddle_speed": 40.0,
}
STEPS_PER_MIN = int(60 / STEP_S)


def at_min(minutes: float) -> int:
    """The instant so many minutes after the start of the export."""
    return START_MS + round(minutes * 60_000)


@cache
def package() -> TwinPackage:
    """The shipped twin, its digests written anew so that a tuned file is no changed file."""
    with tempfile.TemporaryDirectory() as there:
        folder = Path(there) / "cdc_line_3"
        for path in SHIPPED.rglob("*"):
            if path.is_file():
                copy = folder / path.relative_to(SHIPPED)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(path.read_bytes())
        seal(folder)
        return load_package(folder)


@cache
def reference() -> Reference:
    """What the shipped twin knows of normal batches."""
    return read_reference(package().reference)


def mode_of(cause: str, shape: Shape | None = None) -> FailureMode:
    """A failure mode of the shipped twin, in its usual time shape or in the one that is named."""
    mode = next(m for m in package().failure_modes if m.cause == cause)
    return next(m for m in mode.in_each_shape() if shape in (None, m.shape))


def trajectory(
    tag: str, t_ms: Array, value: Array, interpolation: Interpolation = Interpolation.LINEAR
) -> Trajectory:
    """Good samples of one tag."""
    return Trajectory(
        Signal(tag, interpolation=interpolation),
        np.asarray(t_ms, dtype=np.int64),
        np.asarray(value, dtype=np.float64),
        np.full(len(t_ms), Quality.GOOD, dtype=np.uint8),
    )


def courses() -> dict[str, Array]:
    """What every role shows, on steps of 10 s."""
    n = MINUTES * STEPS_PER_MIN
    minute = np.arange(n) / STEPS_PER_MIN
    one = np.ones(n)
    fed = (minute >= 2) & (minute < FEEDERS_OFF_MIN)
    turning = (minute >= PRESS_ON_MIN) & (minute < PRESS_OFF_MIN)
    roles: dict[str, Array] = {}
    for feeder, flow in FLOWS.items():
        step = np.arange(n) % (REFILL_EVERY_MIN[feeder] * STEPS_PER_MIN)
        late = fed & (minute >= REFILL_EVERY_MIN[feeder])
        mode = np.where(fed, 1.0, 0.0)
        mode[late & (step < 2)] = 2.0
        mode[late & (step >= 2) & (step < 4)] = 3.0
        roles |= {
            f"{feeder}.flow": np.where(fed, flow, 0.0),
            f"{feeder}.flow_set_point": np.where(fed, flow, 0.0),
            f"{feeder}.screw_speed": np.where(fed, 50.0, 0.0),
            f"{feeder}.mode": mode,
            f"{feeder}.net_weight": 3.0 - 1e-3 * step,
        }
    roles |= {
        "blender.speed": np.where(fed, 220.0, 0.0),
        "blender.holdup": 0.8 * one,
        "nir.api": 20.0 * one,
        "nir.water": 2.5 * one,
        "nir.q": 1.0 * one,
        "chute.level": 60.0 * one,
        "paddle.speed": np.where(turning, 40.0, 0.0),
        "turret.speed": np.where(turning, 37.04, 0.0),
        "press.fill_depth": 8.0 * one,
        "press.force": np.where(turning, 10.35, 0.0),
        "press.force_set_point": 10.35 * one,
        "press.force_srel": 2.5 * one,
        "press.force_min": 9.8 * one,
        "press.pre_force": 3.0 * one,
        "press.ejection_force": 190.0 * one,
        "press.gap": 2.80 * one,
        "gate.command": np.where(turning & (minute >= PRESS_ON_MIN + 4), 0.0, 1.0),
        "gate.feedback": np.where(turning & (minute >= PRESS_ON_MIN + 4), 0.0, 1.0),
        "room.rh": 40.0 * one,
        "line.state": np.where(turning, 5.0, 0.0),
    }
    return roles


HELD = ("mode", "set_point", "command", "feedback", "state")


def evidence(changed: Mapping[str, Array] | None = None) -> Evidence:
    """The run as evidence; `changed` replaces courses by role."""
    shown = {**courses(), **(changed or {})}
    grid = START_MS + np.arange(MINUTES * STEPS_PER_MIN) * int(STEP_S * 1000)
    tags = package().tag_map
    curves = {
        tags[role]: trajectory(
            tags[role],
            grid,
            shown[role],
            Interpolation.STEP if role.endswith(HELD) else Interpolation.LINEAR,
        )
        for role in shown
    }
    return Evidence("RUN-ON-PAPER", (), curves, {}, (), batch(), laboratory(), None, (), (), ())


def drums() -> tuple[Container, ...]:
    """Drums in order, the last one shorter."""
    edges = [*range(PRESS_ON_MIN + 4, PRESS_OFF_MIN, DRUM_MIN), PRESS_OFF_MIN]
    return tuple(
        Container(f"B1-D{k:02d}", Span(at_min(a), at_min(b)), (b - a) / 3.0)
        for k, (a, b) in enumerate(pairwise(edges), start=1)
    )


def batch() -> BatchRecord:
    """The batch record of the run."""
    recipe = package().record_map.recipe
    return BatchRecord(
        record_id="R1",
        batch_id="B1",
        product_id="FP-50050",
        line_id="CDC-3",
        recipe_id="",
        status="Completed",
        span=Span(START_MS, at_min(MINUTES)),
        equipment=("LW-311",),
        parameters=(
            *(RecipeParameter(recipe[k], "", str(v), "") for k, v in SET_POINTS.items()),
            RecipeParameter("COMPRESSION_DWELL_SP", "ms", "12.0", ""),
            RecipeParameter("RECIPE_NAME", "", "Tablet A", ""),
        ),
        lots=(
            MaterialLot("A1", "RM-10021", "API", "LW-311", 20.0, 0.0, 5.0, 99.2),
            MaterialLot("A2", "RM-10021", "API", "LW-311", 20.0, 0.0, 5.0, 98.7),
            MaterialLot("M1", "RM-20110", "MCC", "LW-312", 40.0, 0.0, 30.0, None),
            MaterialLot("X1", "RM-99999", "dye", "DD-361", 1.0, 0.0, 1.0, None),
        ),
        events=(
            RecordEvent(at_min(LOT_CONNECTED_MIN), "Operator", "", "LW-311", "Lot connected", "A2"),
        ),
        comments=(),
        phases=(),
        containers=drums(),
        samples=samples(),
    )


def samples() -> tuple[InProcessSample, ...]:
    """Ten tablets, 8 min after press start and then every 15 min."""
    made = []
    for minute in range(PRESS_ON_MIN + 8, PRESS_OFF_MIN, 15):
        tests = (
            InProcessTest("WT", "weight", "mg", tuple(250.0 + 0.1 * k for k in range(10))),
            InProcessTest("TH", "thickness", "mm", (3.25,) * 10),
            InProcessTest("HD", "hardness", "N", (110.0,) * 10),
        )
        made.append(InProcessSample(at_min(minute), "IPC", "", tests))
    return tuple(made)


def result(
    test: str, value: float, *, drum: str = "", lot: str = "", run: str = "", replicate: int = 1
) -> LabResult:
    """One reported value."""
    return LabResult(
        f"S-{drum or lot}", "B1", drum, "", test, replicate, value, "", None, None, "pass", "AN-1",
        "HPLC-1", run, "2026-03-05", lot,
    )  # fmt: skip


def laboratory() -> tuple[LabResult, ...]:
    """Certificates of the lots and the usual tests of each drum, in one run a test."""
    rows = [
        result("Potency (as is)", 99.2, lot="A1"),
        result("Potency (as is)", 98.7, lot="A2"),
        result("Bulk density", 0.45, lot="A2"),
        result("LOD", 4.4, lot="M1"),
    ]
    for drum in drums():
        name = drum.container_id
        rows += [result("Assay (HPLC)", 100.0 + k, drum=name, run="HP1") for k in (-0.1, 0.1)]
        rows += [
            result("Content uniformity unit", 100.0 + k, drum=name, run="HP2")
            for k in (-1.5, -1.0, -0.5, 0.0, 0.0, 0.0, 0.5, 1.0, 1.5, 0.2)
        ]
        rows += [result("Hardness", 110.0 + k, drum=name, run="HT1") for k in range(-2, 3)]
        rows += [
            result("Dissolution Q30 mean", 90.0, drum=name, run="DI1"),
            result("Mean weight (20)", 250.0, drum=name, run="WT1"),
            result("Water (LOD)", 2.4, drum=name, run="LD1"),
        ]
    return tuple(rows)


@cache
def record() -> LineRecord:
    """The run on its grid."""
    return line_record(evidence(), package().tag_map, package().record_map)


@cache
def bare() -> Comparison:
    """The run compared with the twin; its values are placeholders, its pattern is real."""
    return compare(record(), package().parameters.line(), reference())


def coloured(generator: np.random.Generator, row: Array, changing: Array) -> Array:
    """A draw of one channel's noise: bias + level + autoregression + white, shape (n,)."""
    bias, between, walk, phi, drift, white = (float(v) for v in row)
    n = changing.size
    z = generator.standard_normal((3, n + 1))
    level = between * z[0, 0]
    x = drift / np.sqrt(max(1.0 - phi * phi, 1e-6)) * z[1, 0]
    out = np.zeros(n)
    for i in range(n):
        out[i] = bias + level + x + white * z[2, i]
        level += np.sqrt(walk**2 + changing[i] * between**2) * z[0, i + 1]
        x = phi * x + drift * z[1, i + 1]
    return out


def with_values(c: Comparison, series: Array, points: Array) -> Comparison:
    """The comparison of a run in which this was measured; the pattern of what is known stays."""
    told = tuple(replace(p, value=float(v)) for p, v in zip(c.measured.points, points, strict=True))
    measured = replace(c.measured, series=series, points=told)
    with patch("investigator.analysis.comparison.measure", return_value=measured):
        return compare(c.record, c.parameters, reference())


@cache
def quiet() -> Comparison:
    """The run exactly as the twin and its usual biases say, without any noise."""
    c = bare()
    series = np.where(c.series_known, c.null.series + c.series_noise[:, :1], np.nan)
    points = c.null.points + c.points_noise[[row for row, _ in c.slots], 0]
    return with_values(c, series, points)


def noisy(seed: int = 0) -> Comparison:
    """The run with every channel as predicted plus a draw of its noise."""
    c = bare()
    generator = np.random.default_rng(seed)
    changing = lot_changes(c.record)
    series = np.vstack(
        [coloured(generator, c.series_noise[i], changing) for i in range(len(SERIES))]
    )
    series = np.where(c.series_known, c.null.series + series, np.nan)
    still = np.zeros(c.points_known.shape[1])
    rows = [coloured(generator, row, still) for row in c.points_noise]
    points = np.array([e + rows[r][k] for e, (r, k) in zip(c.null.points, c.slots, strict=True)])
    return with_values(c, series, points)


@dataclass(frozen=True, slots=True)
class Planted:
    """A failure mode put into a run: which, when, how large, and the run."""

    cause: str
    window: Window
    sizes: tuple[float, ...]
    comparison: Comparison


def planted(
    c: Comparison,
    cause: str,
    window: Window,
    sizes: tuple[float, ...],
    shape: Shape | None = None,
) -> Planted:
    """The run as it would have been measured with the failure mode at work, in its usual time shape
    or in the one that is named."""
    own = perturbation(mode_of(cause, shape), window, sizes, c.record, c.departures)
    return Planted(cause, window, sizes, perturbed(c, own))


def perturbed(c: Comparison, p: Perturbation) -> Comparison:
    """The run as it would have been measured under a perturbation."""
    under: Predicted = predict(c.frame, p, c.parameters, c.nominals, c.null)
    values = np.array([q.value for q in c.measured.points])
    return with_values(
        c,
        c.measured.series + under.series - c.null.series,
        values + under.points - c.null.points,
    )


QUIET = ("mode", "set_point", "command", "feedback", "state", "net_weight", "gap", "level")


@cache
def noisy_record(seed: int) -> LineRecord:
    """The run with white noise on every instrument; d50 of the first API lot is on its certificate.

    The NIR reading has sd 0.15 % w/w on each step of 10 s, the others 0.5 % of their value.
    """
    generator = np.random.default_rng(seed)
    shown = courses()
    for role in sorted(shown):
        z = generator.standard_normal(shown[role].size)
        if role == "nir.api":
            shown[role] = shown[role] + 0.15 * z
        elif not role.endswith(QUIET):
            shown[role] = shown[role] * (1.0 + 0.005 * z)
    told = evidence(shown)
    d50 = result("Particle size d50 (laser diffraction)", 28.0, lot="A1")
    return line_record(
        replace(told, laboratory=(*told.laboratory, d50)), package().tag_map, package().record_map
    )


def replayed(c: Comparison) -> Replay:
    """A comparison as diagnosis takes it."""
    return Replay(c, replay_rows(c), ())


def diagnosed(
    c: Comparison,
    causes: tuple[str, ...] | None = None,
    among: tuple[str, ...] | None = None,
    entered: tuple[EnteredCheck, ...] = (),
) -> Diagnosis:
    """What diagnosis makes of a run; `among` leaves only these failure modes on the twin's list."""
    twin = package()
    if among is not None:
        kept = tuple(m for m in twin.failure_modes if m.cause in among)
        twin = replace(twin, failure_modes=kept)
    with ThreadPoolExecutor(1) as executor:
        return diagnose(replayed(c), twin, executor=executor, causes=causes, entered=entered)
