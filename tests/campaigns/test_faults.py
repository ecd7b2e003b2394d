"""How much of what is wrong with data is found, and how much is found that is not there.

Faults of every kind, in several sizes, are put into many signals of clean batches: made ones, and
the normal batches of the plant after what is found in them is taken out. A fault counts as found
where a finding of its kind names its tag and overlaps it. Of each kind the size that matters is
stated with the kind: from it on, at least 95 % must be found. A clean batch of some fifty tags must
have less than one false finding on average.

Thresholds were chosen on even seeds. What is asserted is asserted on odd ones. `FAULT_BATCHES` made
batches and as many of the plant are used; `make faults` takes twelve.
"""

import gzip
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from support.clean_batch import PREFIX, clean_batch, on_grid, tag_list
from support.faults import GRID, KINDS, STORED, Fault, Kind, put_in
from support.line_run import FEEDERS_OFF_MIN, PRESS_ON_MIN, at_min

from investigator.domain.evidence import Finding, Severity
from investigator.domain.instant import Span
from investigator.domain.trajectory import Quality, Trajectory
from investigator.evidence.folder import read_folder
from investigator.evidence.historian.facts import TagFacts, read_tag_list
from investigator.evidence.quality.review import review
from investigator.evidence.quality.stretches import measured

BATCHES = int(os.environ.get("FAULT_BATCHES", "2"))
FIRST = int(os.environ.get("FAULT_FIRST", "1"))
TWIN_TAG = PREFIX + "RM114.TEMP2.PV"
COPIED = PREFIX + "TP351.BEDTEMP.PV"
MADE = Span(at_min(PRESS_ON_MIN + 16), at_min(FEEDERS_OFF_MIN - 6))
"""The steady part of a made run."""

ROW_S = 10.0
UNFIT = {
    "detail lost": ("NETWT", "CNT", ".SP", "MAINGAP", "DX381", "RM114", "PADDLE"),
    "coarse steps": ("NETWT", "CNT", ".SP", "MAINGAP", "PADDLE"),
    "jump": ("NETWT", "CNT", ".SP", "SCREWSPD", "SPEED", "PADDLE", "TURRET"),
    "flat line": ("CNT", ".SP"),
    "spike to an end": ("NETWT", "CNT", ".SP"),
    "saturated": ("CNT", ".SP"),
    "gap": ("NETWT", "CNT", ".SP", "MAINGAP"),
}
"""Parts of names of tags in which a kind of fault is none: a counter stands still by nature, and a
signal with less noise than a coarse step shows no step, a drive may change its speed."""

LENGTH_MIN = {
    "spike": 1 / 60,
    "spike to an end": 20.0,
    "bad status": 1.0,
    "jump": 30.0,
    "beyond range": 2.0,
    "impossible": 1.0,
    "coarse steps": 60.0,
    "drift of one of two": 100.0,
    "clock set forward": 5.0,
}
"""Minutes that a fault lasts, where its size is not its length."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One injection: found or not."""

    fault: Fault
    gridded: bool
    found: bool


def with_a_twin_sensor(seed: int) -> tuple[dict[str, Trajectory], dict[str, TagFacts]]:
    """A clean batch in which a second sensor measures the bed temperature, and its tag list."""
    curves, tags = dict(clean_batch(seed)), dict(tag_list())
    other = clean_batch(seed + 1000)[COPIED]
    signal = replace(other.signal, tag=TWIN_TAG)
    curves[TWIN_TAG] = replace(other, signal=signal)
    tags[TWIN_TAG] = replace(tags[COPIED], signal=signal, redundant_with=COPIED)
    return curves, tags


def cleaned(batch: Path, tags: Mapping[str, TagFacts]) -> dict[str, Trajectory]:
    """A batch of the plant without what is found in it: a tag with a finding is left out.

    But for one that is beyond its range before the run: those samples alone are.
    """
    read = read_folder(batch, tags=tags, line_id="CDC-3", site_zone="Europe/Berlin")
    curves = read.evidence.trajectories
    told = review(curves, tags, gridded=False)
    doubtful = {f.subject for f in told.findings if f.kind != "out_of_range"}
    return {tag: _without_bad(t) for tag, t in told.trajectories.items() if tag not in doubtful}


def _without_bad(t: Trajectory) -> Trajectory:
    kept = t.quality != Quality.BAD
    return Trajectory(t.signal, t.t_ms[kept], t.value[kept], t.quality[kept])


def stored_every_s(trajectory: Trajectory) -> float:
    """Median distance of stored samples: where it is less than a row, a row may not show one."""
    return float(np.median(np.diff(trajectory.t_ms))) / 1000.0


def faults_of(
    kind: Kind, curves: Mapping[str, Trajectory], run: Span, seed: int
) -> Iterator[Fault]:
    """One fault of each size, in tags and at times of the run that the seed chooses."""
    random = np.random.default_rng([seed, KINDS.index(kind)])
    unfit = UNFIT.get(kind.name, (".SP", "CNT"))
    able = [t for t in sorted(measured(curves)) if not any(u in t for u in (*unfit, TWIN_TAG))]
    if kind.name == "spike to an end":
        able = [t for t in able if stored_every_s(curves[t]) >= ROW_S]
    for size in kind.sizes:
        length = round(60_000 * LENGTH_MIN.get(kind.name, size))
        begin = round(random.uniform(run.start_ms, run.end_ms - length))
        tag = COPIED if kind.name.startswith("drift") else str(random.choice(able))
        yield Fault(kind, size, tag, Span(begin, begin + length))


def found(fault: Fault, findings: Iterable[Finding]) -> bool:
    """Whether a finding of the fault's kind names it and overlaps it."""
    near = Span(fault.span.start_ms - 2000, fault.span.end_ms + 2000)
    return any(
        f.kind in fault.kind.finding
        and (fault.kind.whole or f.subject == fault.tag)
        and f.span is not None
        and f.span.overlaps(near)
        for f in findings
    )


def injected(seed: int, *, gridded: bool) -> Iterator[Outcome]:
    """Every kind in every size, each in a clean batch of its own."""
    curves, tags = with_a_twin_sensor(seed)
    clean: Mapping[str, Trajectory] = on_grid(curves, tags) if gridded else curves
    for kind in KINDS:
        if (GRID if gridded else STORED) not in kind.layouts:
            continue
        for fault in faults_of(kind, curves, MADE, seed + 100_000 * gridded):
            faulty = put_in(curves, fault)
            if gridded:
                shown = on_grid({**curves, fault.tag: faulty[fault.tag]}, tags, only=fault.tag)
                faulty = {**clean, **shown}
            told = review(faulty, tags, gridded=gridded).findings
            yield Outcome(fault, gridded, found(fault, told))


def table(outcomes: Iterable[Outcome]) -> str:
    """Recall by kind and size."""
    counted: dict[tuple[str, float], list[bool]] = {}
    for o in outcomes:
        counted.setdefault((o.fault.kind.name, o.fault.size), []).append(o.found)
    lines = [f"{'kind':22}{'size':>12}  {'unit':12}{'found':>8}{'of':>6}  recall"]
    for kind in KINDS:
        for size in kind.sizes:
            hits = counted.get((kind.name, size), [])
            mark = "  matters" if size >= kind.matters else ""
            share = f"{np.mean(hits):7.3f}" if hits else "      -"
            lines.append(
                f"{kind.name:22}{size:12g}  {kind.unit:12}{sum(hits):8}{len(hits):6} {share}{mark}"
            )
    return "\n".join(lines)


def asserted(outcomes: list[Outcome], words: str) -> None:
    """At least 95 % of what matters is found, of all kinds together and of each but one."""
    shown = table(outcomes)
    sys.stdout.write(f"\n{len(outcomes)} injections into {words}\n{shown}\n")
    hits = [o.found for o in outcomes if o.fault.size >= o.fault.kind.matters]
    assert np.mean(hits) >= 0.95, shown
    for kind in KINDS:
        hits = [o.found for o in outcomes if o.fault.kind == kind and o.fault.size >= kind.matters]
        assert len(hits) - sum(hits) <= max(1, round(0.05 * len(hits))), f"{kind.name}\n{shown}"


@pytest.mark.requirement("EVD-274")
def test_what_is_wrong_is_found() -> None:
    outcomes = [
        outcome
        for seed in range(FIRST, FIRST + 2 * BATCHES, 2)
        for gridded in (False, True)
        for outcome in injected(seed, gridded=gridded)
    ]
    asserted(outcomes, f"{BATCHES} made batches, stored and on a grid")


def false_findings(told: list[Finding], reviewed: int, words: str) -> None:
    """Fewer than one finding a batch."""
    grave = [f for f in told if f.severity is not Severity.MINOR]
    sys.stdout.write(
        f"\n{reviewed} {words}: {len(told)} findings, {len(grave)} of them major or critical\n"
    )
    for f in told:
        sys.stdout.write(f"  {f.subject} {f.kind} {f.severity} {f.detail}\n")
    assert len(told) < reviewed


@pytest.mark.requirement("EVD-274")
def test_in_a_clean_batch_next_to_nothing_is_found() -> None:
    told: list[Finding] = []
    reviewed = 0
    for seed in range(FIRST, FIRST + 4 * BATCHES, 2):
        for gridded in (False, True):
            clean = clean_batch(seed)
            curves = on_grid(clean, tag_list()) if gridded else clean
            told += review(curves, tag_list(), gridded=gridded).findings
            reviewed += 1
    false_findings(told, reviewed, "made batches")


@pytest.mark.data
@pytest.mark.requirement("EVD-274")
def test_batches_of_the_plant_say_the_same(plant_data: Path) -> None:
    tags = read_tag_list(plant_data / "tags.csv")
    told: list[Finding] = []
    outcomes: list[Outcome] = []
    stored = [
        batch
        for batch in sorted((plant_data / "history").iterdir())
        if not any(p.name.startswith("historian.csv") and is_wide(p) for p in batch.iterdir())
    ]
    chosen = stored[FIRST % 2 :: 2][:BATCHES]
    for number, batch in enumerate(chosen):
        curves = cleaned(batch, tags)
        told += [f for f in review(curves, tags, gridded=False).findings if f.span is not None]
        start_ms = min(int(t.t_ms[0]) for t in curves.values())
        run = Span(start_ms + 3_600_000, start_ms + 25_200_000)
        for kind in KINDS:
            if STORED not in kind.layouts or kind.name.startswith("drift"):
                continue
            for fault in faults_of(kind, curves, run, number):
                seen = review(put_in(curves, fault), tags, gridded=False).findings
                outcomes.append(Outcome(fault, False, found(fault, seen)))
    asserted(outcomes, f"{len(chosen)} batches of the plant")
    false_findings(told, len(chosen), "batches of the plant")


def is_wide(historian: Path) -> bool:
    """Whether the first line of an export is the comment of the wide layout."""
    content = historian.read_bytes()
    first = gzip.decompress(content) if historian.suffix == ".gz" else content
    return first.startswith(b"#")
