"""What was measured held against the criteria that the manifest fixed beforehand.

- A criterion is found by its id, `kind.subject`; one that is not known, or for which nothing was
  measured, is not assessed, and a twin with such a criterion is not validated.
- Nothing is rounded before it is judged, and no limit is changed.
- A bias is judged by its absolute value; its interval stands beside it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from investigator.domain.quantities import significant
from investigator.domain.validation import (
    AttributeFigures,
    Check,
    Criterion,
    CriterionResult,
    DeviationFigures,
    Figure,
    Outcome,
    TagFigures,
)
from investigator.twin.validate.metrics import share_by_batch

NO_KIND = "No validation knows this kind of criterion."
NOTHING = "Nothing was measured for it."


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a validation measured; `numerics`: figures by criterion id."""

    attributes: Sequence[AttributeFigures]
    tags: Sequence[TagFigures]
    deviations: Sequence[DeviationFigures]
    numerics: Mapping[str, float]
    edges: Sequence[Check]
    seed: int


Measured = tuple[Figure | None, str]


def judge(criteria: Sequence[Criterion], found: Findings) -> tuple[CriterionResult, ...]:
    """Every criterion with what was measured for it, in the order of the manifest."""
    return tuple(_judged(criterion, found) for criterion in criteria)


def _judged(criterion: Criterion, found: Findings) -> CriterionResult:
    kind, _, subject = criterion.criterion_id.partition(".")
    measure = _KINDS.get(kind)
    figure, remark = measure(found, subject) if measure else (None, NO_KIND)
    if figure is None:
        return CriterionResult(criterion, None, Outcome.NOT_ASSESSED, remark)
    met = criterion.met_by(figure.low, figure.high)
    return CriterionResult(criterion, figure, Outcome.PASSED if met else Outcome.FAILED, remark)


def _plain(value: float) -> Figure:
    return Figure(value, value, value)


def _attribute(
    measure: Callable[[AttributeFigures], Measured],
) -> Callable[[Findings, str], Measured]:
    def of(found: Findings, subject: str) -> Measured:
        chosen = next((a for a in found.attributes if a.attribute == subject), None)
        return measure(chosen) if chosen else (None, NOTHING)

    return of


def _rmsep(a: AttributeFigures) -> Measured:
    twin, mean = significant(a.rmsep), significant(a.rmsep_of_mean)
    return _plain(a.rmsep / a.rmsep_of_mean), f"Twin {twin} {a.unit}, mean {mean} {a.unit}."


def _bias(a: AttributeFigures) -> Measured:
    low, high = significant(a.bias.low), significant(a.bias.high)
    return _plain(abs(a.bias.value)), f"Interval of the bias {low} to {high} {a.unit}."


def _coverage95(a: AttributeFigures) -> Measured:
    share = next((c.share for c in a.coverage if c.level == 0.95), None)
    return share, f"{a.containers} containers of {a.batches} batches."


def _width95(a: AttributeFigures) -> Measured:
    return _plain(a.width95), f"Sd of history {significant(a.history_sd)} {a.unit}."


def _tags(found: Findings, subject: str) -> Measured:
    if subject != "tags" or not found.tags:
        return None, NOTHING
    outside = [t.channel for t in found.tags if not t.nis_low <= t.nis <= t.nis_high]
    share = 1.0 - len(outside) / len(found.tags)
    words = f"outside: {', '.join(outside)}" if outside else "all inside"
    widest = max(found.tags, key=lambda t: t.nis_high)
    band = f"{significant(widest.nis_low)} to {significant(widest.nis_high)}"
    told = f"{len(found.tags)} channels, {words}; widest band {band} ({widest.channel})."
    return _plain(share), told


def _deviations(found: Findings, subject: str) -> Measured:
    number = np.array([d.values for d in found.deviations if d.values], dtype=np.float64)
    if subject != "inside95" or not number.size:
        return None, NOTHING
    inside = np.array([d.inside95 for d in found.deviations if d.values])
    unmoved = [d.case for d in found.deviations if not d.values]
    words = f"{number.size} deviations"
    if unmoved:
        words += f"; nothing that is predicted moved beyond noise in {', '.join(unmoved)}"
    return share_by_batch(inside * number, number, seed=found.seed), f"{words}."


def _numerics(found: Findings, subject: str) -> Measured:
    figure = found.numerics.get(f"numerics.{subject}")
    return (None, NOTHING) if figure is None else (_plain(figure), "")


def _edges(found: Findings, subject: str) -> Measured:
    if subject != "behaviour" or not found.edges:
        return None, NOTHING
    failed = [check.check_id for check in found.edges if not check.passed]
    share = 1.0 - len(failed) / len(found.edges)
    words = f"failed: {', '.join(failed)}" if failed else "all passed"
    return _plain(share), f"{len(found.edges)} checks, {words}."


_KINDS: Mapping[str, Callable[[Findings, str], Measured]] = {
    "rmsep": _attribute(_rmsep),
    "bias": _attribute(_bias),
    "coverage95": _attribute(_coverage95),
    "width95": _attribute(_width95),
    "nis": _tags,
    "deviations": _deviations,
    "numerics": _numerics,
    "edges": _edges,
}
