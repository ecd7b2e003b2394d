"""Campaign: the clock of the batch record, shifted and made to drift on every normal batch.

The true offsets of the normal batches are not given. What is known is what the campaign adds: the
truth of a run is the estimate of the record as it is, plus the shift and drift put on top. What is
measured is therefore how well a change of the clock is recovered, by the same events. The record
is stamped anew in whole seconds, as a record is; some of its events are left out of every run.

`CLOCK_RUNS` is the number of runs a batch, two in the suite; `make clocks` takes forty.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from investigator.domain.batch import BatchRecord
from investigator.domain.evidence import ClockOffset, EvidenceAsRead
from investigator.evidence.clocks.estimate import ClockSources, estimate_clocks
from investigator.evidence.folder import read_folder
from investigator.evidence.historian.facts import TagFacts, read_tag_list

RUNS = int(os.environ.get("CLOCK_RUNS", "2"))
PLACES = (0.0, 0.25, 0.5, 0.75, 1.0)
GRID_S = 10.0


@dataclass(frozen=True, slots=True)
class Run:
    """One run: what was put on, what was found; errors at five places of the batch, s."""

    gridded: bool
    drift_ppm: float
    found_ppm: float
    found_ppm_sd: float
    errors_s: tuple[float, ...]
    sds_s: tuple[float, ...]

    @property
    def recovered(self) -> bool:
        """Within 3 s everywhere in the batch."""
        return max(abs(e) for e in self.errors_s) <= 3.0


def shifted(batch: BatchRecord, shift_s: float, drift_ppm: float, kept: np.ndarray) -> BatchRecord:
    """The record as another clock would have stamped it, to the second."""
    start_ms = batch.span.start_ms

    def at(t_ms: int) -> int:
        drift_s = (t_ms - start_ms) * drift_ppm * 1e-9
        return round((t_ms / 1000.0) - shift_s - drift_s) * 1000

    events = tuple(e for e, keep in zip(batch.events, kept, strict=True) if keep)
    return replace(batch, events=events).on_clock(at)


def uncertainty_s(offset: ClockOffset, t_ms: int) -> float:
    """Standard uncertainty of the offset at a time of the source, s."""
    since_s = (t_ms - offset.reference_ms) / 1000.0 if offset.drift_ppm else 0.0
    return float(np.hypot(offset.uncertainty_s, 1e-6 * offset.drift_uncertainty_ppm * since_s))


def offset_of(read: EvidenceAsRead, batch: BatchRecord, tags: dict[str, TagFacts]) -> ClockOffset:
    """The offset of a record against the historian of a reading."""
    evidence = read.evidence
    gridded = any(f"{GRID_S:g} s" in item.layout for item in evidence.items)
    sources = ClockSources(
        batch=batch,
        record_alarms=(),
        trajectories=evidence.trajectories,
        facts=tags,
        journal=(),
        environment={},
        laboratory=(),
        grid_s=GRID_S if gridded else 0.0,
        zone="Europe/Berlin",
    )
    return estimate_clocks(sources).record


def runs_of(read: EvidenceAsRead, tags: dict[str, TagFacts], seed: int) -> Iterator[Run]:
    """The runs of one batch, every other one with a drift."""
    draw = np.random.default_rng([20261126, seed])
    batch = read.evidence.batch
    start_ms, length_ms = batch.span.start_ms, batch.span.end_ms - batch.span.start_ms
    base = offset_of(read, batch, tags)
    for number in range(RUNS):
        shift_s = float(draw.uniform(-90.0, 90.0))
        ppm = float(draw.choice([-1.0, 1.0]) * draw.uniform(0.0, 100.0)) if number % 2 else 0.0
        kept = draw.uniform(size=len(batch.events)) > 0.1
        found = offset_of(read, shifted(batch, shift_s, ppm, kept), tags)
        errors, sds = [], []
        for place in PLACES:
            before_ms = start_ms + place * length_ms
            drift_s = 1e-9 * ppm * (before_ms - start_ms)
            now_ms = round(before_ms - 1000.0 * (shift_s + drift_s))
            told_s = (found.at(now_ms) - now_ms) / 1000.0
            errors.append(told_s - (base.offset_s + shift_s + drift_s))
            sds.append(uncertainty_s(found, now_ms))
        yield Run(
            gridded=any(f"{GRID_S:g} s" in item.layout for item in read.evidence.items),
            drift_ppm=ppm,
            found_ppm=found.drift_ppm,
            found_ppm_sd=found.drift_uncertainty_ppm,
            errors_s=tuple(errors),
            sds_s=tuple(sds),
        )


def covered(runs: list[Run]) -> float:
    """Share of the stated 95 % intervals that hold the truth, over all places."""
    return float(
        np.mean(
            [
                abs(e) <= 1.96 * s
                for run in runs
                for e, s in zip(run.errors_s, run.sds_s, strict=True)
            ]
        )
    )


def told(name: str, runs: list[Run]) -> str:
    """One line of the campaign's table."""
    worst = max(abs(e) for run in runs for e in run.errors_s)
    claimed = [run for run in runs if run.found_ppm]
    inside = [abs(r.found_ppm - r.drift_ppm) <= 1.96 * r.found_ppm_sd for r in claimed]
    drift = f"{np.mean(inside):.3f}" if inside else "-"
    width = float(np.median([s for run in runs for s in run.sds_s]))
    return (
        f"{name:<31} {len(runs):>5} {np.mean([r.recovered for r in runs]):>10.3f} {worst:>9.2f}"
        f" {covered(runs):>9.3f} {width:>8.2f} {len(claimed) / len(runs):>8.2f} {drift:>12}"
    )


@pytest.mark.data
@pytest.mark.requirement("EVD-230", "EVD-231", "EVD-232")
def test_a_shifted_record_is_put_back_on_every_normal_batch(plant_data: Path) -> None:
    tags = read_tag_list(plant_data / "tags.csv")
    runs: list[Run] = []
    for seed, folder in enumerate(sorted((plant_data / "history").iterdir())):
        read = read_folder(folder, tags=tags, line_id="CDC-3", site_zone="Europe/Berlin")
        runs += runs_of(read, tags, seed)
    lines = [
        f"{'':<31} {'runs':>5} {'within 3 s':>10} {'worst, s':>9} {'coverage':>9} {'sd, s':>8}"
        f" {'drift':>8} {'its coverage':>12}"
    ]
    for gridded, name in ((False, "stored samples"), (True, "grid of 10 s")):
        for drifting, kind in ((False, "shift"), (True, "shift and drift")):
            chosen = [r for r in runs if r.gridded == gridded and bool(r.drift_ppm) == drifting]
            lines.append(told(f"{name}, {kind}", chosen))
    lines.append(told("all", runs))
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
    assert len(runs) == 24 * RUNS
    assert np.mean([run.recovered for run in runs]) >= 0.95
    assert covered(runs) >= 0.93
    claimed = [run for run in runs if run.found_ppm]
    false = [run for run in claimed if not run.drift_ppm]
    assert len(false) <= max(1, 0.05 * len(runs))
