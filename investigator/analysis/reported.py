"""What was reported of a container and is out of specification, as it stands: never replaced.

- Results of the laboratory that stand, with or without a number; one of the whole batch counts for
  every container. An invalidated result is not open.
- Means, acceptance values and results of the whole batch that lie outside the limits of the twin,
  whatever the laboratory says of them.
- Single values of the in-process tests outside the limits of single tablets.
"""

import math
from collections.abc import Iterator, Mapping

from investigator.analysis.material import Limits
from investigator.domain.batch import Container
from investigator.domain.impact import attribute_in_words
from investigator.domain.laboratory import LabResult
from investigator.twin.attribute_kind import ATTRIBUTES
from investigator.twin.record import LineRecord

INDIVIDUAL = {"ipc_weight": "weight_individual", "ipc_hardness": "hardness_individual"}
"""Attribute whose limits hold for single values of an in-process channel."""
_MOST_VALUES = 3


def reported_acceptance(record: LineRecord, attribute: str, container_id: str) -> float | None:
    """The latest result of an attribute that the laboratory reports as it stands; None without."""
    found = [
        r.result
        for r in record.laboratory
        if record.named.reported.get(r.test) == attribute and r.container_id == container_id
    ]
    return found[-1] if found else None


def out_of_specification(
    record: LineRecord, container: Container, means: Mapping[str, float], limits: Limits
) -> tuple[str, ...]:
    """Everything reported of a container that is out of specification, each in words.

    Args:
        record: the run. container: of it.
        means: reported by the laboratory, by attribute. limits: of the specification.
    """
    return (
        *_of_laboratory(record, container.container_id),
        *_of_means(means, limits),
        *_unflagged(record, container.container_id, limits),
        *_in_process(record, container, limits),
    )


def _of_laboratory(record: LineRecord, container_id: str) -> Iterator[str]:
    by_test: dict[str, list[LabResult]] = {}
    for result in record.out_of_specification:
        if result.container_id in ("", container_id):
            by_test.setdefault(result.test, []).append(result)
    for test, results in by_test.items():
        first = results[0]
        values = _values(list(dict.fromkeys(r.reported or f"{r.result:g}" for r in results)))
        limits = _limits(first.spec_low, first.spec_high)
        in_figures = any(digit.isdigit() for digit in values)
        yield f"{test} {values}{_unit(first.unit) if in_figures else ''}{limits}"


def _of_means(means: Mapping[str, float], limits: Limits) -> Iterator[str]:
    for name in sorted(means):
        low, high = limits.of.get(name, (-math.inf, math.inf))
        if not low <= means[name] <= high:
            words = attribute_in_words(name)
            yield f"mean {words} {means[name]:g}{_limits(_finite(low), _finite(high))}"


def _unflagged(record: LineRecord, container_id: str, limits: Limits) -> Iterator[str]:
    """Results outside the limits that the laboratory does not call so: attributes that it reports
    as they stand, and all of the whole batch."""
    named = record.named
    of_batch = {named.laboratory_test(kind.test): kind.attribute for kind in ATTRIBUTES}
    for test, name in {**of_batch, **named.reported}.items():
        single = f"{name}_individual"
        low, high = limits.of.get(single, limits.of.get(name, (-math.inf, math.inf)))
        whose = ("", container_id) if test in named.reported else ("",)
        wrong = [
            f"{r.result:g}"
            for r in record.laboratory
            if r.test == test and r.container_id in whose and not r.material_lot
            if not low <= r.result <= high and r not in record.out_of_specification
        ]
        if wrong:
            yield f"{test} {_values(wrong)}{_limits(_finite(low), _finite(high))}"


def _in_process(record: LineRecord, container: Container, limits: Limits) -> Iterator[str]:
    outside: dict[str, list[float]] = {}
    units: dict[str, str] = {}
    for sample in record.samples:
        if not _of_container(sample.container_id, sample.t_ms, container):
            continue
        for test in sample.tests:
            name = INDIVIDUAL.get(record.named.in_process.get(test.code, ""), "")
            low, high = limits.of.get(name, (-math.inf, math.inf))
            wrong = [v for v in test.values if not low <= v <= high]
            if wrong:
                outside.setdefault(name, []).extend(wrong)
                units[name] = test.unit
    for name, values in outside.items():
        low, high = limits.of[name]
        words = attribute_in_words(name.removesuffix("_individual"))
        shown = _values([f"{v:g}" for v in values])
        said = _limits(_finite(low), _finite(high))
        yield f"in-process {words} of single tablets {shown}{_unit(units[name])}{said}"


def _of_container(named: str, t_ms: int, container: Container) -> bool:
    """By its name, or by its time where it names none."""
    if named:
        return named == container.container_id
    return container.filled.start_ms <= t_ms < container.filled.end_ms


def _values(texts: list[str]) -> str:
    shown = ", ".join(texts[:_MOST_VALUES])
    more = len(texts) - _MOST_VALUES
    return f"{shown} and {more} more" if more > 0 else shown


def _unit(unit: str) -> str:
    return f" {unit}" if unit not in ("", "-") else ""


def _finite(limit: float) -> float | None:
    return limit if math.isfinite(limit) else None


def _limits(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f" (limits {low:g} to {high:g})"
    if high is not None:
        return f" (at most {high:g})"
    return f" (at least {low:g})" if low is not None else ""
