"""What was measured of one attribute in a batch, beside the twin: the data of an attribute model.

- Hours count from the first turn of the press.
- Laboratory results stand at the middle of the container's fill span, as the mean of its results.
- A container counts where the run was recorded for most of the time in which it was filled: what
  was not recorded is not supposed to have been like the rest.
- In-process values stand at their instant: the mean of the tablets of a sample, or a quarter of an
  hour of the analyser. A sample without the test says nothing.
- The tablets of one sample are made within a second. How thick they are at a constant gap tells how
  hard they happened to be pressed: that is the sample's own and not the container's.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.instant import Span
from investigator.process.line import LineOutputs
from investigator.twin.attribute_kind import ANALYSER, AttributeKind
from investigator.twin.measured import BIN
from investigator.twin.record import STEP_S, Array, LineRecord
from investigator.twin.replayed_run import ReplayedRun

MS_PER_H = 3_600_000.0
STEP_MS = int(STEP_S * 1000)
QUARTER = int(900 / STEP_S)
AROUND_SAMPLE = int(30 / STEP_S)
LEAST_RECORDED = 0.75

Steps = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class BatchMeasurements:
    """One attribute of one batch: what was measured minus the twin, and the twin's own values.

    Attributes:
        containers: ids, in order of filling. container_h: middles of their fill spans, h, (k,).
        predicted: the twin's mean over each container, (k,).
        laboratory: mean of the container's results, (k,), NaN where there is none.
        in_process_h, in_process: instants, h, and measured minus twin, (m,).
        first, last: steps of the record that each in-process value speaks for, (m,).
        thickness: deviation of the sample's thickness from that of the batch, mm, (m,); 0 for the
            analyser.
        lots: share of each lot of MCC, at the containers and then at the in-process values,
            (k + m, lots).
        set_up: mean of the twin from set-points over production; NaN where it does not count.
    """

    containers: tuple[str, ...]
    container_h: Array
    predicted: Array
    laboratory: Array
    in_process_h: Array
    in_process: Array
    first: Steps
    last: Steps
    thickness: Array
    lots: Array
    set_up: float


def batch_measurements(run: ReplayedRun, kind: AttributeKind) -> BatchMeasurements:
    """What a run tells of an attribute."""
    record, course = run.record, kind.of(run.replayed)
    made = [c for c in record.containers if _places(record, c.filled).size]
    names = tuple(c.container_id for c in made)
    seen = _in_process(record, kind, run.replayed)
    return BatchMeasurements(
        containers=names,
        container_h=np.array(
            [_hours(record, (c.filled.start_ms + c.filled.end_ms) // 2) for c in made]
        ),
        predicted=container_means(record, course),
        laboratory=np.array([_laboratory(record, kind.test, name) for name in names]),
        in_process_h=seen.hours,
        in_process=seen.values,
        first=seen.first,
        last=seen.last,
        thickness=seen.thickness,
        lots=_lots(run, seen),
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


def container_means(record: LineRecord, course: Array) -> Array:
    """Means of courses (..., n) over every container that was made, while the press turned,
    (..., k)."""
    places = [_places(record, c.filled) for c in record.containers]
    means = [course[..., p].mean(axis=-1) for p in places if p.size]
    return np.stack(means, axis=-1) if means else np.zeros((*course.shape[:-1], 0))


def in_process_means(told: BatchMeasurements, course: Array) -> Array:
    """Means of courses (..., n) over what each in-process value speaks for, (..., m)."""
    return _over_steps(told.first, told.last, course)


def _over_steps(first: Steps, last: Steps, course: Array) -> Array:
    means = [course[..., a : b + 1].mean(axis=-1) for a, b in zip(first, last, strict=True)]
    return np.stack(means, axis=-1) if means else np.zeros((*course.shape[:-1], 0))


def containers_unseen(record: LineRecord) -> tuple[str, ...]:
    """Ids of the containers of which nothing is told: while they were filled the press did not
    turn, or the run was not recorded for most of the time."""
    return tuple(c.container_id for c in record.containers if not _places(record, c.filled).size)


def _places(record: LineRecord, filled: Span) -> Steps:
    """Steps of the record in which the press turned while a container was filled; none where too
    little of that time was recorded."""
    inside = (record.grid_ms + STEP_MS > filled.start_ms) & (record.grid_ms <= filled.end_ms)
    recorded = int((inside & np.isfinite(record.roles["turret.speed"])).sum()) * STEP_MS
    if recorded < LEAST_RECORDED * (filled.end_ms - filled.start_ms):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(inside & record.running)


def _laboratory(record: LineRecord, channel: str, container: str) -> float:
    test = record.named.laboratory_test(channel)
    results = [
        r.result for r in record.laboratory if r.container_id == container and r.test == test
    ]
    return float(np.mean(results)) if results else float("nan")


def _lots(run: ReplayedRun, seen: "_Seen") -> Array:
    at_containers = [container_means(run.record, share) for share in run.mcc_lots]
    at_values = [_over_steps(seen.first, seen.last, share) for share in run.mcc_lots]
    return np.concatenate([np.array(at_containers), np.array(at_values)], axis=1).T


def _set_up(record: LineRecord, course: Array) -> float:
    made = course[record.producing]
    return float(made.mean()) if made.size else float("nan")


@dataclass(frozen=True, slots=True)
class _Seen:
    hours: Array
    values: Array
    first: Steps
    last: Steps
    thickness: Array


def _in_process(record: LineRecord, kind: AttributeKind, replayed: LineOutputs) -> _Seen:
    if kind.in_process == ANALYSER:
        return _analyser(record, replayed.nir_water_pct)
    if kind.in_process:
        return _samples(record, kind.in_process, kind.of(replayed), replayed.thickness_mm)
    none, nowhere = np.zeros(0), np.zeros(0, dtype=np.int64)
    return _Seen(none, none, nowhere, nowhere, none)


def _analyser(record: LineRecord, predicted: Array) -> _Seen:
    """Quarter-hour means of the analyser's water minus the twin, where nothing is in doubt."""
    residual = np.where(record.producing, record.sure("nir.water") - predicted, np.nan)
    count = residual.size // QUARTER
    blocks = residual[: count * QUARTER].reshape(count, QUARTER)
    told = np.flatnonzero(np.isfinite(blocks).sum(axis=1) >= QUARTER // 2)
    first = told * QUARTER
    turning = int(np.argmax(record.running))
    return _Seen(
        hours=np.asarray((first + 0.5 * QUARTER - turning) * STEP_S / 3600.0, dtype=np.float64),
        values=np.nanmean(blocks[told], axis=1) if told.size else np.zeros(0),
        first=first,
        last=first + QUARTER - 1,
        thickness=np.zeros(told.size),
    )


def _samples(record: LineRecord, channel: str, course: Array, thickness: Array) -> _Seen:
    called = record.named.in_process
    hours, values, thick, first, last = [], [], [], [], []
    for sample in record.samples:
        means = {called.get(t.code): float(np.mean(t.values)) for t in sample.tests if t.values}
        at = record.index(sample.t_ms)
        seen = record.span.start_ms <= sample.t_ms <= record.span.end_ms
        if channel in means and seen and record.running[at]:
            first.append(max(at - AROUND_SAMPLE, 0))
            last.append(min(at + AROUND_SAMPLE, course.size - 1))
            around = slice(first[-1], last[-1] + 1)
            hours.append(_hours(record, sample.t_ms))
            values.append(means[channel] - float(course[around].mean()))
            thick.append(means.get("ipc_thickness", float("nan")) - float(thickness[around].mean()))
    told = np.array(thick)
    usual = np.nanmedian(told) if np.isfinite(told).any() else 0.0
    return _Seen(
        hours=np.array(hours),
        values=np.array(values),
        first=np.array(first, dtype=np.int64),
        last=np.array(last, dtype=np.int64),
        thickness=np.nan_to_num(told - usual),
    )
