"""What was measured of one attribute in a batch, beside the twin: the data of an attribute model.

- Hours count from the first turn of the press.
- Laboratory results stand at the middle of the container's fill span, as the mean of its results.
- In-process values stand at their instant: the mean of the tablets of a sample, or a quarter of an
  hour of the analyser. A sample without the test says nothing.
- The tablets of one sample are made within a second. How thick they are at a constant gap tells how
  hard they happened to be pressed: that is the sample's own and not the container's.
"""

from dataclasses import dataclass

import numpy as np

from investigator.domain.instant import Span
from investigator.process.line import LineOutputs
from investigator.twin.attribute_kind import AttributeKind
from investigator.twin.measured import BIN, IPC_TESTS
from investigator.twin.record import STEP_S, Array, LineRecord
from investigator.twin.replayed_run import ReplayedRun

THICKNESS = next(code for code, channel in IPC_TESTS.items() if channel == "ipc_thickness")
MS_PER_H = 3_600_000.0
QUARTER = int(900 / STEP_S)
AROUND_SAMPLE = int(30 / STEP_S)


@dataclass(frozen=True, slots=True)
class BatchMeasurements:
    """One attribute of one batch: what was measured minus the twin, and the twin's own values.

    Attributes:
        containers: ids, in order of filling. container_h: middles of their fill spans, h, (k,).
        predicted: the twin's mean over each container, (k,).
        laboratory: mean of the container's results, (k,), NaN where there is none.
        in_process_h, in_process: instants, h, and measured minus twin, (m,).
        thickness: deviation of the sample's thickness from that of the batch, mm, (m,); 0 for the
            analyser.
        set_up: mean of the twin from set-points over production; NaN where it does not count.
    """

    containers: tuple[str, ...]
    container_h: Array
    predicted: Array
    laboratory: Array
    in_process_h: Array
    in_process: Array
    thickness: Array
    set_up: float


def batch_measurements(run: ReplayedRun, kind: AttributeKind) -> BatchMeasurements:
    """What a run tells of an attribute."""
    record, course = run.record, kind.of(run.replayed)
    filled = [(c, _mean_while_running(record, course, c.filled)) for c in record.containers]
    made = [(c, value) for c, value in filled if np.isfinite(value)]
    names = tuple(c.container_id for c, _ in made)
    hours, values, thickness = _in_process(record, kind, run.replayed)
    return BatchMeasurements(
        containers=names,
        container_h=np.array(
            [_hours(record, (c.filled.start_ms + c.filled.end_ms) // 2) for c, _ in made]
        ),
        predicted=np.array([value for _, value in made]),
        laboratory=np.array([_laboratory(record, kind.test, name) for name in names]),
        in_process_h=hours,
        in_process=values,
        thickness=thickness,
        set_up=_set_up(record, kind.of(run.as_set)) if kind.set_up else float("nan"),
    )


def _hours(record: LineRecord, t_ms: int) -> float:
    first = int(record.grid_ms[int(np.argmax(record.running))])
    return (t_ms - first) / MS_PER_H


def hours_of_bins(record: LineRecord) -> Array:
    """Middles of the bins of the comparison grid, h, (bins,)."""
    first = int(np.argmax(record.running))
    places = (np.arange(record.grid_ms.size // BIN) + 0.5) * BIN - first
    return np.asarray(places * STEP_S / 3600.0)


def _mean_while_running(record: LineRecord, course: Array, span: Span) -> float:
    first, last = record.index(span.start_ms), record.index(span.end_ms)
    running = record.running[first : last + 1]
    return float(course[first : last + 1][running].mean()) if running.any() else float("nan")


def _laboratory(record: LineRecord, test: str, container: str) -> float:
    results = [
        r.result for r in record.laboratory if r.container_id == container and r.test == test
    ]
    return float(np.mean(results)) if results else float("nan")


def _set_up(record: LineRecord, course: Array) -> float:
    made = course[record.producing]
    return float(made.mean()) if made.size else float("nan")


def _in_process(
    record: LineRecord, kind: AttributeKind, replayed: LineOutputs
) -> tuple[Array, Array, Array]:
    if kind.in_process == "nir.water":
        return _analyser(record, replayed.nir_water_pct)
    if kind.in_process:
        return _samples(record, kind.in_process, kind.of(replayed), replayed.thickness_mm)
    return np.zeros(0), np.zeros(0), np.zeros(0)


def _analyser(record: LineRecord, predicted: Array) -> tuple[Array, Array, Array]:
    """Quarter-hour means of the analyser's water minus the twin, where nothing is in doubt."""
    residual = np.where(record.producing, record.sure("nir.water") - predicted, np.nan)
    count = residual.size // QUARTER
    blocks = residual[: count * QUARTER].reshape(count, QUARTER)
    told = np.isfinite(blocks).sum(axis=1) >= QUARTER // 2
    first = int(np.argmax(record.running))
    middles = ((np.arange(count) + 0.5) * QUARTER - first) * STEP_S / 3600.0
    means = np.nanmean(blocks[told], axis=1) if told.any() else np.zeros(0)
    return middles[told], means, np.zeros(int(told.sum()))


def _samples(
    record: LineRecord, code: str, course: Array, thickness: Array
) -> tuple[Array, Array, Array]:
    rows = []
    for sample in record.samples:
        means = {t.code: float(np.mean(t.values)) for t in sample.tests if t.values}
        at = record.index(sample.t_ms)
        if code in means and record.running[at]:
            around = slice(max(at - AROUND_SAMPLE, 0), at + AROUND_SAMPLE + 1)
            thick = means.get(THICKNESS, float("nan")) - float(thickness[around].mean())
            value = means[code] - float(course[around].mean())
            rows.append((_hours(record, sample.t_ms), value, thick))
    if not rows:
        return np.zeros(0), np.zeros(0), np.zeros(0)
    hours, values, thick = np.array(rows).T
    usual = np.nanmedian(thick) if np.isfinite(thick).any() else 0.0
    return hours, values, np.nan_to_num(thick - usual)
