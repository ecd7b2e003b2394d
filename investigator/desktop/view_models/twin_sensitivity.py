"""What each output of a twin depends on: Sobol indices, the largest first."""

from investigator.casework.twin_details import name
from investigator.desktop.frame.inspected import Inspected
from investigator.domain.quantities import count, fixed
from investigator.domain.validation import Figure, SensitivityIndex, ValidationRecord

LEAST = 0.01
"""Factors with a smaller total index are counted, not drawn."""


def outputs(record: ValidationRecord) -> tuple[tuple[str, str], ...]:
    """Key and title of every output, in the order of the record."""
    keys = dict.fromkeys(index.output for index in record.sensitivity)
    return tuple((key, name(key)) for key in keys)


def indices_of(record: ValidationRecord, output: str) -> tuple[SensitivityIndex, ...]:
    """The factors of an output that are drawn; at least the first."""
    ranked = sorted(_all_of(record, output), key=lambda index: -index.total.value)
    shown = tuple(index for index in ranked if index.total.value >= LEAST)
    return shown or tuple(ranked[:1])


def rest_said(record: ValidationRecord, output: str) -> str:
    """What the bars mean, and how many factors are not drawn."""
    rest = len(_all_of(record, output)) - len(indices_of(record, output))
    more = f" {count(rest, 'further factor')} below {LEAST:g}." if rest else ""
    return f"Share of the variance that a factor explains alone and with its interactions.{more}"


def index_said(index: SensitivityIndex) -> str:
    """A factor with both indices, in three lines."""
    return (
        f"{index.factor} ({index.kind})\nfirst order {_with_interval(index.first)}\n"
        f"total {_with_interval(index.total)}"
    )


def about_index(index: SensitivityIndex, source: str) -> Inspected:
    """A factor and what it explains of an output."""
    facts = (
        ("Output", name(index.output)),
        ("Kind", index.kind),
        ("First order (95 %)", _with_interval(index.first)),
        ("Total (95 %)", _with_interval(index.total)),
    )
    return Inspected(index.factor, "sensitivity", facts, source)


def _all_of(record: ValidationRecord, output: str) -> list[SensitivityIndex]:
    return [index for index in record.sensitivity if index.output == output]


def _with_interval(value: Figure) -> str:
    low, middle, high = (fixed(v, 2) for v in (value.low, value.value, value.high))
    return f"{middle} ({low} to {high})"
