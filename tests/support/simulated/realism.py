"""How a simulated cause looks beside the real deviations that had it: channel by channel.

    python -m support.simulated.realism DATA MODELS OUT

- For every single cause of a real deviation the same cause is simulated at the same severity.
- A channel's move is its median distance from the twin between onset and end, less that of the rest
  of the run, in standard deviations of its 30 s values there. Signs of a cause are free: what is
  compared is the size, and the sign against the channel that moves most.
- In-process and laboratory values: the median inside less outside, in their units.
"""

import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from investigator.analysis.comparison import Comparison, compare
from investigator.domain.errors import UnusableInput
from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder
from investigator.twin.channels import SERIES
from investigator.twin.record import line_record
from support.simulated.cases import Plan, Plant, build, plant
from support.simulated.causes import SIZES

WORTH_TELLING_SD = 1.5
SETTLED_MS = 600_000
SEED = 26
TRIES = 8


@dataclass(frozen=True, slots=True)
class Moves:
    """Moves by series channel in sd, by point channel in its unit."""

    series: Mapping[str, float]
    points: Mapping[str, float]


def compared(folder: Path, site: Plant) -> Comparison:
    """A folder of evidence beside the twin."""
    m, package = site.package.manifest, site.package
    read = read_folder(folder, tags=site.tags, line_id=m.line_id, site_zone=m.site_zone)
    record = line_record(decided(read), package.tag_map, package.record_map)
    return compare(record, package.parameters.line(), site.reference)


def moves(c: Comparison, cause: Mapping[str, Any]) -> Moves:
    """What moved between the onset and the end of a cause."""
    start = int(c.record.grid_ms[0])
    onset, end = start + 1000 * cause["onset_s"], start + 1000 * cause["end_s"]
    settle = min(SETTLED_MS, (end - onset) // 3)
    bins = c.measured.bin_ms
    inside = (bins >= onset + settle) & (bins <= end)
    series = {}
    for i, channel in enumerate(SERIES):
        raw, known = c.residual.raw_series[i], c.series_known[i]
        within, without = raw[inside & known], raw[~inside & (bins < onset) & known]
        if within.size > 3 and without.size > 20:
            sd = 1.4826 * float(np.median(np.abs(without - np.median(without)))) + 1e-6
            series[channel.channel] = (float(np.median(within)) - float(np.median(without))) / sd
    points: dict[str, tuple[list[float], list[float]]] = {}
    for p in c.measured.points:
        middle = (p.span.start_ms + p.span.end_ms) // 2
        sides = points.setdefault(p.channel, ([], []))
        sides[0 if onset + settle <= middle <= end else 1].append(p.value)
    return Moves(
        series, {n: float(np.median(a) - np.median(b)) for n, (a, b) in points.items() if a and b}
    )


def simulated(cause: str, severity: float, site: Plant, out: Path) -> Moves | None:
    """The same cause in a normal batch that has a place for it."""
    batches = site.batches()
    for k in range(TRIES):
        shutil.rmtree(out, ignore_errors=True)
        batch = batches[(5 * k + 3) % len(batches)]
        try:
            told = build(Plan("CASE", "single", SEED + k, batch, (cause,), severity), site, out)
        except ValueError:
            continue
        return moves(compared(out / "cases" / "CASE", site), told["causes"][0])
    return None


def beside(real: Moves, made: Moves) -> list[str]:
    """Channels that moved in either, most in the real one first: real, simulated."""
    names = {n for m in (real, made) for n, v in m.series.items() if abs(v) > WORTH_TELLING_SD}
    ordered = sorted(names, key=lambda n: (-abs(real.series.get(n, 0.0)), n))
    lines = [
        f"    {n:20s} {real.series.get(n, np.nan):9.1f} {made.series.get(n, np.nan):9.1f}"
        for n in ordered
    ]
    return lines + [
        f"    {n:20s} {real.points[n]:9.2f} {made.points[n]:9.2f}  (unit of the channel)"
        for n in sorted(set(real.points) & set(made.points))
    ]


def main(data: Path, models: Path, out: Path) -> None:
    """All single causes of the real deviations, one after the other."""
    site = plant(data, models)
    for truth_folder in ("past_deviations", "deviations"):
        for place in sorted((data / f"{truth_folder}-truth").glob("*.truth.json")):
            truth = json.loads(place.read_text(encoding="utf-8"))
            causes = [c for c in truth["causes"] if c["cause"] in SIZES]
            if len(truth["causes"]) != 1 or not causes or "end_s" not in causes[0]:
                continue
            cause = causes[0]
            made = simulated(cause["cause"], float(cause["severity"]), site, out)
            try:
                real = moves(compared(data / truth_folder / truth["case"], site), cause)
            except UnusableInput as fault:
                sys.stdout.write(f"{truth['case']}: {fault}\n")
                continue
            title = f"{cause['cause']} {cause['severity']} ({truth['case']}): real, simulated"
            lines = beside(real, made) if made else ["    no batch has a place for it"]
            sys.stdout.write("\n".join([title, *lines]) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*(Path(a) for a in sys.argv[1:4]))
