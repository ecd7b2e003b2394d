"""Figures of the impact over the open and earlier deviations of the plant, their causes given.

    python -m support.impact_figures DATA OUT [CASE ...]

- Only the truth beside the data says the causes and the product; the program never reads it. A case
  whose causes are all listed is investigated with them given; one without cause, or with a cause
  that is on no list, as it is, and it stands apart in the figures.
- Results are written where `score_cases.py` reads them: OUT/open and OUT/past.
- Figures: containers missed, mass held over mass of the truly affected, cases left alone, coverage
  and width of the intervals of container quality.
"""

import csv
import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from investigator.casework.investigate import investigate

GROUPS = {"open": "deviations", "past": "past_deviations"}
SMALL_KG = 0.1
# Full widths of history's +/- 2 sd of container means.
HISTORY = {"assay": 2.0, "hardness": 10.0, "q30": 7.0, "water": 0.4, "weight": 2.1}

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scored:
    """A case: its truth, its result, and whether its cause was given."""

    truth: Json
    result: Json
    given: bool


def truths(plant_data: Path, folder: str) -> Iterator[Json]:
    """The truths of a folder of deviations, in order of case."""
    for place in sorted((plant_data / f"{folder}-truth").glob("*.truth.json")):
        yield json.loads(place.read_text(encoding="utf-8"))


def causes_of(truth: Json, listed: set[str]) -> tuple[str, ...] | None:
    """The causes to give; None where there is none to give."""
    causes = tuple(truth["cause_ids"])
    return causes if causes and set(causes) <= listed else None


def listed_causes(plant_data: Path) -> set[str]:
    """The site's vocabulary of causes."""
    with (plant_data / "causes.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"] for row in csv.DictReader(file)}


def run(plant_data: Path, out: Path, cases: Sequence[str]) -> list[Scored]:
    """Investigate all cases, or those named; the reports are not kept."""
    listed, scored = listed_causes(plant_data), []
    for group, folder in GROUPS.items():
        for truth in truths(plant_data, folder):
            case = truth["case"]
            if cases and case not in cases:
                continue
            causes, place = causes_of(truth, listed), out / group / case
            investigate(
                plant_data / folder / case, place, causes=causes, workers=2, with_timings=False
            )
            result = json.loads((place / "result.json").read_text(encoding="utf-8"))
            shutil.rmtree(place / "originals", ignore_errors=True)
            scored.append(Scored(truth, result, causes is not None))
    return scored


def figures(scored: Sequence[Scored]) -> dict[str, float]:
    """Misses, mass held and cases left alone.

    A case without cause counts in none: nothing is affected there, and no cause can be given.
    """
    of_cause = [s for s in scored if s.truth["causes"]]
    missed = [kg for s in of_cause for kg in _missed(s)]
    small = [kg for s in of_cause for kg in _affected(s.truth).values() if kg < SMALL_KG]
    touched = [s for s in of_cause if s.truth["affected_containers"]]
    untouched = [s for s in of_cause if not s.truth["affected_containers"]]
    held = sum(_net(s, s.result["affected_containers"]) for s in touched)
    true = sum(_net(s, s.truth["affected_containers"]) for s in touched)
    alone = [not s.result["affected_containers"] for s in untouched]
    return {
        "cases": len(of_cause),
        "containers affected": sum(len(s.truth["affected_containers"]) for s in of_cause),
        "missed, 0.1 kg or more": sum(kg >= SMALL_KG for kg in missed),
        "of those with less, missed": sum(kg < SMALL_KG for kg in missed) / max(len(small), 1),
        "mass held over mass of affected drums": held / true if true else float("nan"),
        "cases without affected drum left alone": float(np.mean(alone)) if alone else float("nan"),
    }


def _affected(truth: Json) -> dict[str, float]:
    return {k: truth["containers"][k]["affected_kg"] for k in truth["affected_containers"]}


def _missed(s: Scored) -> Iterator[float]:
    for container, kg in _affected(s.truth).items():
        if container not in s.result["affected_containers"]:
            yield kg


def _net(s: Scored, containers: Sequence[str]) -> float:
    return sum(s.truth["containers"][name]["net_kg"] for name in containers)


def quality_rows(scored: Sequence[Scored]) -> Iterator[tuple[str, bool, bool, float]]:
    """Attribute, whether the container is affected, whether its mean is inside, width."""
    for s in scored:
        for container, attributes in s.result["container_quality"].items():
            true = s.truth["containers"][container]
            for name, told in attributes.items():
                inside = told["lo95"] <= true["quality"][name]["mean"] <= told["hi95"]
                yield name, bool(true["affected"]), inside, told["hi95"] - told["lo95"]


def quality_table(scored: Sequence[Scored]) -> list[str]:
    """Coverage and width by attribute, one line each, and overall."""
    rows = list(quality_rows(scored))
    lines = [f"  {'attribute':18s} {'coverage':>9s} {'affected':>9s} {'width':>9s} {'history':>9s}"]
    for name in sorted({row[0] for row in rows}):
        own = [row for row in rows if row[0] == name]
        touched = [row[2] for row in own if row[1]]
        width = float(np.mean([row[3] for row in own if not row[1]]))
        among = f"{np.mean(touched):9.3f}" if touched else f"{'-':>9s}"
        usual = f"{HISTORY[name]:9.3g}" if name in HISTORY else f"{'-':>9s}"
        covered = np.mean([row[2] for row in own])
        lines.append(f"  {name:18s} {covered:9.3f} {among} {width:9.4g} {usual}")
    lines.append(f"  {'all':18s} {np.mean([row[2] for row in rows]):9.3f}")
    return lines


def told(scored: Sequence[Scored]) -> list[str]:
    """All figures in words, and every case in which a container is missed or held too much."""
    given = [s for s in scored if s.given]
    others = [s for s in scored if not s.given]
    lines = []
    for title, some in (("cause given", given), ("no listed cause to give", others)):
        lines.append(f"{title}: {len(some)} cases")
        if some:
            lines += [f"  {name}: {value:.4g}" for name, value in figures(some).items()]
            lines += quality_table(some)
    for s in scored:
        true, held = set(s.truth["affected_containers"]), set(s.result["affected_containers"])
        if true != held:
            kg = {k[-3:]: round(s.truth["containers"][k]["affected_kg"], 3) for k in true - held}
            more = sorted(k[-3:] for k in held - true)
            lines.append(f"  {s.truth['case']}: missed {kg or 'none'}, held beyond {more}")
    return lines


if __name__ == "__main__":
    found = run(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
    sys.stdout.write("\n".join(told(found)) + "\n")
