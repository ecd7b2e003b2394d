"""Running the program over a simulated campaign: its results, a confusion table, reliability.

    python -m support.simulated.campaign DATA MODELS OUT [NUMBER [NORMALS [SEED]]]

- Folders of cases go to OUT/cases, truths to OUT/truth, results to OUT/results, where
  `score_cases.py` reads them. The program never sees a truth.
- Seconds by case go to OUT/seconds.csv, the reliability diagram to OUT/reliability.svg.
- A case whose result is there already is not run again, so that a campaign can be continued; of the
  evidence only the folder in OUT/cases is kept.
"""

import json
import shutil
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from investigator.casework.investigate import investigate
from investigator.casework.output import ORIGINALS
from support.simulated.cases import OUTSIDE, Plan, Plant, build, plans, plant

NONE, NORMAL = "none_of_the_above", "no_deviation"
BINS = ((0.0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01))
TIMES, PICTURE = "seconds.csv", "reliability.svg"

Json = Mapping[str, Any]


def run(plan: Plan, site: Plant, out: Path) -> tuple[Json, Json]:
    """Truth and result of a case, made where they are not there yet."""
    place = out / "truth" / f"{plan.case}.truth.json"
    result = out / "results" / plan.case / "result.json"
    if not result.exists():
        shutil.rmtree(out / "cases" / plan.case, ignore_errors=True)
        build(plan, site, out)
        began = time.monotonic()
        investigate(out / "cases" / plan.case, result.parent, workers=2, with_timings=False)
        shutil.rmtree(result.parent / ORIGINALS)
        with (out / TIMES).open("a", encoding="utf-8") as times:
            times.write(f"{plan.case},{time.monotonic() - began:.1f}\n")
    return _read(place), _read(result)


def _read(place: Path) -> Json:
    document: Json = json.loads(place.read_text(encoding="utf-8"))
    return document


def probabilities(result: Json) -> dict[str, float]:
    """What a result says of each cause, of none of these and of nothing."""
    told = {h["cause"]: float(h["probability"]) for h in result["ranked_hypotheses"]}
    return told | {NONE: float(result[NONE]), NORMAL: float(result[NORMAL])}


def true_classes(truth: Json) -> set[str]:
    """What a right answer would be."""
    if not truth["cause_ids"]:
        return {NORMAL}
    return {NONE if cause == OUTSIDE else cause for cause in truth["cause_ids"]}


def confusion(pairs: Sequence[tuple[Json, Json]]) -> list[str]:
    """For each true class, how often each class came first; of two, the one named first counts."""
    table: dict[str, dict[str, int]] = {}
    for truth, result in pairs:
        first = max(probabilities(result).items(), key=lambda item: (item[1], item[0]))[0]
        right = true_classes(truth)
        row = first if first in right else "+".join(sorted(right))
        of_row = table.setdefault(row, {})
        of_row[first] = of_row.get(first, 0) + 1
    return [
        f"  {row}: " + ", ".join(f"{name} {n}" for name, n in sorted(table[row].items()))
        for row in sorted(table)
    ]


def reliability(pairs: Sequence[tuple[Json, Json]]) -> list[tuple[int, float, float]]:
    """Cases, mean stated probability of the first and how often it is true, by bin of `BINS`."""
    tops = []
    for truth, result in pairs:
        name, p = max(probabilities(result).items(), key=lambda item: (item[1], item[0]))
        tops.append((p, name in true_classes(truth)))
    bins = []
    for low, high in BINS:
        inside = [(p, right) for p, right in tops if low <= p < high]
        if inside:
            stated = sum(p for p, _ in inside) / len(inside)
            bins.append((len(inside), stated, sum(right for _, right in inside) / len(inside)))
    return bins


def reliability_table(bins: Sequence[tuple[int, float, float]]) -> list[str]:
    """The bins in words."""
    lines = [f"  {'cases':>6s} {'stated':>7s} {'true':>6s}"]
    return lines + [f"  {n:6d} {stated:7.2f} {true:6.2f}" for n, stated, true in bins]


def reliability_picture(bins: Sequence[tuple[int, float, float]]) -> str:
    """The reliability diagram as SVG: circles by number of cases, the diagonal is calibrated."""
    side, edge = 300, 40

    def at(share: float) -> float:
        return edge + share * side

    circles = "".join(
        f'<circle cx="{at(stated):.1f}" cy="{at(1.0 - true):.1f}" r="{3.0 + n**0.5:.1f}"/>'
        for n, stated, true in bins
    )
    whole = side + 2 * edge
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}"'
        ' font-family="sans-serif" font-size="12">'
        f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="none" stroke="gray"/>'
        f'<line x1="{at(0)}" y1="{at(1)}" x2="{at(1)}" y2="{at(0)}" stroke="gray"/>'
        f'<g fill="steelblue">{circles}</g>'
        f'<text x="{at(0.3)}" y="{at(1.0) + 25}">stated for the first</text>'
        f'<text x="{at(0.0)}" y="{at(0.0) - 10}">share that is true</text></svg>\n'
    )


def case_line(truth: Json, result: Json) -> str:
    """A case in one line: what was done, what the program says."""
    done = ", ".join(map(_done, truth["causes"])) or "nothing"
    told = sorted(probabilities(result).items(), key=lambda item: -item[1])[:3]
    said = ", ".join(f"{name} {p:.2f}" for name, p in told)
    return f"  {truth['case']} ({truth['batch_id']}): {done} -> {said}"


def _done(cause: Json) -> str:
    shape = cause.get("time_shape", "")
    return f"{cause['kind']} {cause['severity']:.2f}{shape and f' ({shape})'}"


def _asked(arguments: Sequence[str]) -> Namespace:
    parser = ArgumentParser("support.simulated.campaign", description="A simulated campaign.")
    for name in ("data", "models"):
        parser.add_argument(name, type=_folder)
    parser.add_argument("out", type=Path)
    for name, usual in (("number", 8), ("normals", 2), ("seed", 1)):
        parser.add_argument(name, type=_whole, nargs="?", default=usual)
    return parser.parse_args(arguments)


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise ArgumentTypeError(f"{text} is not a folder")
    return Path(text)


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"{text} is not a whole number")
    return int(text)


def main(arguments: Sequence[str]) -> None:
    """The campaign of the command line."""
    asked = _asked(arguments)
    out: Path = asked.out
    site, pairs = plant(asked.data, asked.models), []
    for plan in plans(site.batches(), asked.number, asked.normals, asked.seed):
        pairs.append(run(plan, site, out))
        sys.stdout.write(case_line(*pairs[-1]) + "\n")
        sys.stdout.flush()
    bins = reliability(pairs)
    (out / PICTURE).write_text(reliability_picture(bins), encoding="utf-8")
    lines = ["first by truth:", *confusion(pairs), "reliability of the first:"]
    lines += reliability_table(bins)
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
