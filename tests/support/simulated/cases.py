"""Building the cases of a simulated campaign: a normal batch, a draw, a folder of evidence.

- About 70 % one cause of the list, 15 % two at once, 10 % outside the list, 5 % sensor or
  laboratory only; normal batches with a notice besides, all of their own files as they are.
- Everything follows from one seed: the same seed makes the same bytes, case by case.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder
from investigator.evidence.historian.facts import TagFacts, read_tag_list
from investigator.twin.failure_mode import FailureMode
from investigator.twin.package import TwinPackage, load_package
from investigator.twin.record import LineRecord, line_record
from investigator.twin.reference import Reference, read_reference
from investigator.twin.replayed_run import ReplayedRun, replayed_run
from investigator.twin.scenario import UNPERTURBED, Perturbation
from support.simulated.alarms import Raised, raised_alarms, write_alarms
from support.simulated.causes import SEVERITY, Drawn, draw_cause
from support.simulated.effects import Effects, effects
from support.simulated.evidence_files import (
    LABORATORY,
    steps_of,
    write_laboratory,
    write_record,
    write_rooms,
)
from support.simulated.historian_file import Altered, write_altered
from support.simulated.mismatch import Mismatch
from support.simulated.outside import KINDS, Stretch, on_the_line, stretch_course
from support.simulated.stops import can_be_stretched, short_stop, write_stretched
from support.simulated.truth import Cause, iso, truth

INSTRUMENTS = frozenset({"nir_fouling", "hardness_tester_bias", "lab_analytical_error"})
OUTSIDE = "outside_list"
SHARES = (("single", 0.70), ("double", 0.15), ("outside", 0.10), ("sensor_lab_only", 0.05))
NORMAL = "no_cause"
TRIES = 40
STOP, STOP_MIN = "line_stop_stagnation", (10.0, 84.0)


@dataclass(frozen=True, slots=True)
class Plan:
    """One case to be built: its name, category, seed, and batch (a folder of the history).

    `causes`: asked for by name; empty: drawn. `severity`: asked for; None: drawn. `shapes`: whether
    a cause may take another than its usual time shape.
    """

    case: str
    category: str
    seed: int
    batch: Path
    causes: tuple[str, ...] = ()
    severity: float | None = None
    shapes: bool = False


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal batch as read, replayed by the twin."""

    folder: Path
    run: ReplayedRun

    @property
    def record(self) -> LineRecord:
        """The run."""
        return self.run.record


@dataclass(frozen=True)
class Plant:
    """The plant's data and the twin that the simulated plants are drawn around."""

    data: Path
    package: TwinPackage

    @cached_property
    def tags(self) -> dict[str, TagFacts]:
        """The tag list of the site."""
        return read_tag_list(self.data / "tags.csv")

    @cached_property
    def reference(self) -> Reference:
        """Usual levels of the twin."""
        return read_reference(self.package.reference)

    def batches(self) -> list[Path]:
        """Folders of the normal batches."""
        return sorted((self.data / "history").iterdir())

    def normal(self, folder: Path) -> Normal:
        """A normal batch, read and replayed."""
        site = self.package.manifest
        read = read_folder(folder, tags=self.tags, line_id=site.line_id, site_zone=site.site_zone)
        record = line_record(decided(read), self.package.tag_map, self.package.record_map)
        return Normal(folder, replayed_run(record, self.reference, self.package.parameters))


def plant(data: Path, models: Path) -> Plant:
    """The plant of line CDC-3."""
    return Plant(data, load_package(models / "cdc_line_3"))


def plans(batches: Sequence[Path], number: int, normals: int, seed: int) -> Iterator[Plan]:
    """The cases of a campaign: `number` with a cause in the shares of the plant, then `normals`.

    Shares are kept as well as whole cases allow; every listed cause is drawn as often as others.
    """
    draw = np.random.default_rng([seed, 1])
    names = [name for name, share in SHARES for _ in range(round(share * number))]
    names = (names + ["single"] * number)[:number]
    for k, category in enumerate(draw.permutation(names)):
        batch = batches[int(draw.integers(len(batches)))]
        case = f"SIM-{seed:03d}-{k + 1:03d}"
        yield Plan(case, str(category), int(draw.integers(2**31)), batch, shapes=True)
    for k, at in enumerate(draw.permutation(len(batches))[:normals]):
        case = f"SIM-{seed:03d}-N{k + 1:02d}"
        yield Plan(case, NORMAL, int(draw.integers(2**31)), batches[int(at)])


def build(plan: Plan, site: Plant, out: Path) -> dict[str, Any]:
    """Write the folder of a case to `out`/cases and its truth to `out`/truth; the truth."""
    draw = np.random.default_rng([plan.seed, 2])
    if plan.category == "single" and _stops(plan, site, draw):
        return _build_stop(plan, site, out, draw)
    normal = site.normal(plan.batch)
    by = Mismatch(plan.seed)
    drawn = _drawn(plan, normal.record, site.package.failure_modes, by, draw)
    acting, causes = UNPERTURBED, [_cause(d) for d in drawn]
    for one in drawn:
        acting = acting + one.perturbation
    stretch, kind = None, ""
    if plan.category == "outside":
        kind = plan.causes[0] if plan.causes else str(draw.choice(sorted(KINDS)))
        stretch, cause = _outside(kind, normal.record, draw)
        acting, causes = acting + on_the_line(kind, stretch), [cause]
    changed = _effects(normal, acting, site, by, at_work=bool(causes))
    if stretch is not None:
        changed = KINDS[kind](stretch, changed)
    raised = raised_alarms(normal.record, changed)
    folder = out / "cases" / plan.case
    folder.mkdir(parents=True)
    _write(plan.batch, folder, normal.record, changed, raised, site, draw)
    _notice(folder, plan, normal.record, raised)
    told = truth(plan.case, plan.batch.name, plan.category, normal.record, changed, causes)
    _keep(told, out)
    return told


def _keep(told: Mapping[str, Any], out: Path) -> None:
    place = out / "truth" / f"{told['case']}.truth.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(told, indent=1), encoding="utf-8")


def _stops(plan: Plan, site: Plant, draw: np.random.Generator) -> bool:
    """Whether the case is a line stop: asked for, or drawn as often as any other cause."""
    if plan.causes:
        return plan.causes == (STOP,)
    return bool(draw.uniform() < 1.0 / len(site.package.failure_modes))


def _build_stop(plan: Plan, site: Plant, out: Path, draw: np.random.Generator) -> dict[str, Any]:
    """A batch with a stop, the planned one or the next that has one, its stop made long."""
    batches = site.batches()
    at = batches.index(plan.batch)
    folder = out / "cases" / plan.case
    for batch in filter(can_be_stretched, (*batches[at:], *batches[:at])):
        stop = short_stop(site.normal(batch).record)
        if stop is None:
            continue
        severity = float(draw.uniform(*SEVERITY)) if plan.severity is None else plan.severity
        minutes = STOP_MIN[0] + severity * (STOP_MIN[1] - STOP_MIN[0])
        write_stretched(batch, folder, stop, 60.0 * minutes - stop.seconds)
        normal = site.normal(folder)
        changed = _effects(normal, UNPERTURBED, site, Mismatch(plan.seed), at_work=False)
        end_ms = stop.start_ms + int(minutes * 60_000)
        cause = Cause(STOP, STOP, severity, stop.start_ms, end_ms, minutes)
        _notice(folder, replace(plan, batch=batch), normal.record, [])
        told = truth(plan.case, batch.name, plan.category, normal.record, changed, [cause])
        _keep(told, out)
        return told
    raise ValueError(f"{plan.case}: no batch has a stop to make longer")


def _drawn(
    plan: Plan,
    record: LineRecord,
    modes: Sequence[FailureMode],
    by: Mismatch,
    draw: np.random.Generator,
) -> list[Drawn]:
    if plan.category in (NORMAL, "outside"):
        return []
    wanted = 2 if plan.category == "double" else 1
    only_instruments = plan.category == "sensor_lab_only"
    if plan.causes:
        pool = [m for m in modes if m.cause in plan.causes]
        wanted = len(pool)
    else:
        pool = [m for m in modes if not only_instruments or m.cause in INSTRUMENTS]
    drawn: list[Drawn] = []
    shapes = np.random.default_rng([plan.seed, 3]) if plan.shapes else None
    for _ in range(TRIES):
        if len(drawn) == wanted:
            break
        taken = {d.mode.cause for d in drawn}
        left = [m for m in pool if m.cause not in taken]
        mode = left[int(draw.integers(len(left)))]
        one = draw_cause(by.mode(mode), record, draw, plan.severity, shapes)
        if one is not None:
            drawn.append(one)
    if len(drawn) < wanted:
        raise ValueError(f"{plan.case}: {plan.batch.name} has no place for what was asked")
    return drawn


def _cause(drawn: Drawn) -> Cause:
    w = drawn.window
    return Cause(
        drawn.mode.cause,
        drawn.mode.cause,
        drawn.severity,
        w.onset_ms,
        w.end_ms,
        drawn.sizes[0],
        drawn.mode.shape.value,
    )


def _outside(kind: str, record: LineRecord, draw: np.random.Generator) -> tuple[Stretch, Cause]:
    made = record.grid_ms[record.producing]
    first, last = int(made[0]), int(made[-1])
    onset = first + int(draw.uniform(0.05, 0.6) * (last - first))
    end = min(onset + int(draw.uniform(40.0, 180.0) * 60_000), last)
    severity = float(draw.uniform(0.1, 1.0))
    stretch = Stretch(record, stretch_course(record, onset, end), severity, draw)
    return stretch, Cause(OUTSIDE, kind, severity, onset, end, severity)


def _effects(
    normal: Normal, acting: Perturbation, site: Plant, by: Mismatch, *, at_work: bool
) -> Effects:
    line = by.line(site.package.parameters) if at_work else site.package.parameters.line()
    changed = effects(normal.run, acting, line, site.reference.nominals, by)
    shifts = _laboratory_shifts(normal.record, changed)

    def settled(courses: Mapping[str, Any]) -> dict[str, Any]:
        return {name: course + shifts.get(name, 0.0) for name, course in courses.items()}

    return replace(changed, base=settled(changed.base), product=settled(changed.product))


def _laboratory_shifts(record: LineRecord, changed: Effects) -> dict[str, float]:
    """Laboratory mean of the batch less the twin's, by attribute."""
    away: dict[str, list[float]] = {}
    spans = {c.container_id: c.filled for c in record.containers}
    for r in record.laboratory:
        name = LABORATORY.get(r.test)
        if name is None or r.container_id not in spans or r.test.endswith("unit"):
            continue
        span = spans[r.container_id]
        at = steps_of(record, span.start_ms, span.end_ms)
        if at.size:
            away.setdefault(name, []).append(r.result - float(changed.base[name][at].mean()))
    return {name: float(np.mean(values)) for name, values in away.items()}


def _write(
    source: Path,
    folder: Path,
    record: LineRecord,
    changed: Effects,
    raised: list[Raised],
    site: Plant,
    draw: np.random.Generator,
) -> None:
    tag_map = site.package.tag_map
    altered = Altered(
        grid_ms=record.grid_ms,
        changes={
            tag_map.get(name, name): change
            for name, change in changed.signals.items()
            if np.any(change.factor != 1.0) or np.any(change.offset != 0.0)
        },
        held={tag_map[h.role]: h for h in changed.held},
        deviations={tag: _deviation(facts) for tag, facts in site.tags.items()},
    )
    for file in sorted(source.iterdir()):
        target = folder / file.name
        if file.name.startswith("historian") and (altered.changes or altered.held):
            write_altered(file, target, altered)
        elif file.name == "lab_results.csv":
            write_laboratory(file, target, record, changed, draw)
        elif file.name == "batch_record.xml":
            write_record(file, target, record, changed, draw)
        elif file.name == "environmental.csv":
            write_rooms(file, target, record, changed)
        elif file.name == "alarms.csv":
            write_alarms(file, target, raised)
        else:
            target.write_bytes(file.read_bytes())


def _deviation(facts: TagFacts) -> float:
    return float(facts.compression_deviation or 0.0)


def _notice(folder: Path, plan: Plan, record: LineRecord, raised: list[Raised]) -> None:
    """The deviation notice: the gravest alarm raised, or a remark of the review of the record."""
    first = min(raised, key=lambda r: (r.alarm.priority, r.start_ms), default=None)
    end = int(record.grid_ms[-1])
    observation: dict[str, Any] = {
        "description": "Batch record review: atypical course compared with previous batches",
        "detected_at": iso(end + 3_600_000),
        "parameter": "batch record",
        "observed_value": None,
        "limit": "no formal limit",
        "source": "batch record review",
        "containers_mentioned": None,
    }
    if first is not None:
        observation |= {
            "description": first.alarm.message,
            "detected_at": iso(first.start_ms),
            "parameter": first.alarm.tag,
            "observed_value": round(first.value, 3),
            "limit": first.alarm.limit,
            "source": "alarm journal",
        }
    notice = {
        "deviation_number": plan.case,
        "title": f"{observation['description']}, batch {plan.batch.name}",
        "site": "Northfield",
        "line": "CDC-3",
        "product": "Tablet A 50 mg (FP-50050)",
        "batch_id": plan.batch.name,
        "opened": iso(end + 7_200_000),
        "opened_by": "QA-204",
        "status": "OPEN - investigation",
        "preliminary_classification": "Minor",
        "observation": observation,
        "further_observations": [],
        "production_window": [iso(int(record.grid_ms[0])), iso(end)],
        "root_cause": None,
    }
    (folder / "deviation.json").write_text(json.dumps(notice, indent=1), encoding="utf-8")
