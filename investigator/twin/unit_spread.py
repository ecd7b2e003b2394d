"""How much single tablets of a container usually differ, learned from normal batches.

- Of what the laboratory tests tablet by tablet: the standard deviation within a container, less
  what the replayed course varies by while it was filled. It holds the error of the method on one
  tablet, as every reported single value does.
- Of what the at-line tester tests: the standard deviation within a sample.
- Batches differ by a factor: the spread of the logarithm of the standard deviation between batches,
  beyond what so few tablets would show of themselves.
- They lie in `reference/units.json` with six significant digits.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy as np

from investigator.domain.errors import UnusableInput
from investigator.process.line import LineOutputs
from investigator.twin.parameters import Parameters
from investigator.twin.record import Array, LineRecord
from investigator.twin.reference import Reference
from investigator.twin.replayed_run import replayed_run

FILE = "units"
FEWEST = 5
"""Tablets from which a standard deviation is taken."""

COURSES: Mapping[str, str] = {"assay": "assay_pct", "hardness": "hardness_n", "q30": "q30_pct"}
"""Course of the line by attribute that the laboratory tests tablet by tablet."""
AT_LINE = {"weight": "ipc_weight"}


@dataclass(frozen=True, slots=True)
class UnitSpread:
    """Standard deviation of single tablets in the unit of the attribute.

    `between`: spread of its natural logarithm between batches. `units`: from how many tablets.
    """

    sd: float
    between: float
    units: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Variance of the tablets of one container or sample, with its degrees of freedom, and the
    variance of the replayed course meanwhile."""

    variance: float
    freedom: int
    course: float


def estimate_units(
    runs: Sequence[tuple[str, LineRecord]],
    reference: Reference,
    parameters: Parameters,
    executor: Executor,
) -> dict[str, Any]:
    """The JSON document of the spreads, from normal runs (batch id, record).

    Raises:
        UnusableInput: an attribute was tested on single tablets in no batch.
    """

    def told(run: tuple[str, LineRecord]) -> dict[str, list[Spread]]:
        replayed = replayed_run(run[1], reference, parameters)
        return spreads_of(replayed.record, replayed.replayed)

    batches = list(executor.map(told, runs))
    return {
        "batches": [batch for batch, _ in runs],
        "attributes": {name: _row(_unit_spread(name, batches)) for name in (*COURSES, *AT_LINE)},
    }


def spreads_of(record: LineRecord, outputs: LineOutputs) -> dict[str, list[Spread]]:
    """The spread of single tablets in every container or sample of a run, by attribute."""
    tests = {
        record.named.laboratory_test("lab_cu_spread"): "assay",
        record.named.laboratory_test("lab_hardness"): "hardness",
        record.named.methods["q30"]: "q30",
    }
    found: dict[str, list[Spread]] = {name: [] for name in (*COURSES, *AT_LINE)}
    for (container, test), values in sorted(_by_container(record, tests).items()):
        course = _course(record, container, getattr(outputs, COURSES[tests[test]]))
        found[tests[test]] += _spread(values, course)
    for name, sample in _at_line(record):
        found[name] += _spread(sample, 0.0)
    return found


def _by_container(
    record: LineRecord, tests: Mapping[str, str]
) -> dict[tuple[str, str], list[float]]:
    values: dict[tuple[str, str], list[float]] = {}
    for result in record.laboratory:
        if result.test in tests and result.container_id:
            values.setdefault((result.container_id, result.test), []).append(result.result)
    return values


def _at_line(record: LineRecord) -> Iterator[tuple[str, Sequence[float]]]:
    attributes = {channel: name for name, channel in AT_LINE.items()}
    for sample in record.samples:
        for test in sample.tests:
            name = attributes.get(record.named.in_process.get(test.code, ""))
            if name is not None:
                yield name, test.values


def _course(record: LineRecord, container_id: str, course: Array) -> float:
    """Variance of a course while a container was filled; 0 where that is not in the record."""
    filled = next((c.filled for c in record.containers if c.container_id == container_id), None)
    if filled is None:
        return 0.0
    inside = (record.grid_ms >= filled.start_ms) & (record.grid_ms < filled.end_ms)
    values = course[inside & record.running]
    return float(np.var(values)) if values.size else 0.0


def _spread(values: Sequence[float], course: float) -> list[Spread]:
    if len(values) < FEWEST:
        return []
    return [Spread(float(np.var(values, ddof=1)), len(values) - 1, course)]


def _unit_spread(name: str, batches: Sequence[Mapping[str, list[Spread]]]) -> UnitSpread:
    told = [batch[name] for batch in batches if batch[name]]
    if not told:
        raise UnusableInput(
            "the normal batches", f"hold no {name} of single tablets", "add batches that do"
        )
    of_batch = [_pooled(spreads) for spreads in told]
    freedom = np.array([sum(s.freedom for s in spreads) for spreads in told])
    variance = float(np.average(of_batch, weights=freedom))
    # The logarithm of a variance with f degrees of freedom varies by about 2/f of itself.
    seen = float(np.var(np.log(of_batch), ddof=1)) if len(of_batch) > 1 else 0.0
    between = np.sqrt(max(seen - float(np.mean(2.0 / freedom)), 0.0)) / 2.0
    units = sum(s.freedom + 1 for spreads in told for s in spreads)
    return UnitSpread(float(np.sqrt(variance)), float(between), units)


def _pooled(spreads: Sequence[Spread]) -> float:
    """Variance of single tablets over the containers of a batch.

    At least a tenth of what is seen: a course may be wrong, and no tablet is exactly like the next.
    Of the courses the median, because what was rejected is not among the tablets of a container.
    """
    freedom = [s.freedom for s in spreads]
    seen = float(np.average([s.variance for s in spreads], weights=freedom))
    course = float(np.median([s.course for s in spreads]))
    return max(seen - course, 0.1 * seen)


def _row(spread: UnitSpread) -> dict[str, float | int]:
    return {
        "sd": float(f"{spread.sd:.6g}"),
        "between": float(f"{spread.between:.6g}"),
        "units": spread.units,
    }


def read_unit_spreads(statistics: Mapping[str, Any]) -> dict[str, UnitSpread]:
    """The spreads by attribute from the parsed JSON files of a package; none without such a file.

    Raises:
        UnusableInput: the file is incomplete, or a spread is none.
    """
    if FILE not in statistics:
        return {}
    try:
        rows = statistics[FILE]["attributes"]
        found = {
            name: UnitSpread(
                float(rows[name]["sd"]), float(rows[name]["between"]), int(rows[name]["units"])
            )
            for name in (*COURSES, *AT_LINE)
        }
    except (KeyError, TypeError, ValueError, OverflowError) as fault:
        raise _unusable(f"the spreads of single tablets are incomplete ({fault})") from fault
    for name, spread in found.items():
        if not (0.0 < spread.sd < np.inf and 0.0 <= spread.between < np.inf and spread.units > 0):
            raise _unusable(f"the spread of {name} between tablets is none")
    return found


def _unusable(wrong: str) -> UnusableInput:
    return UnusableInput(
        f"reference/{FILE}.json", wrong, "estimate them again with `investigator twin reference`"
    )
