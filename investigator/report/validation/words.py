"""How the figures of a validation are written."""

from investigator.domain.impact import ATTRIBUTES_IN_WORDS, attribute_name
from investigator.domain.quantities import UNKNOWN, estimate, significant
from investigator.domain.validation import CriterionResult, Figure, Relation

_SMALL = 1e-3
_ABBREVIATIONS = {"api": "API", "mcc": "MCC", "mgst": "MgSt", "nir": "NIR"}


def with_unit(text: str, unit: str) -> str:
    """The text with its unit; the unit `-` of a pure number is not printed."""
    return text if unit in {"-", ""} else f"{text} {unit}"


def figure(value: Figure, unit: str = "-") -> str:
    """A figure with its 95 % interval where it has one."""
    if value.low == value.high:
        return with_unit(significant(value.value), unit)
    if max(abs(value.low), abs(value.high)) < _SMALL:
        return _with_interval(value, unit)
    return estimate(value.value, value.low, value.high, unit)


def _with_interval(value: Figure, unit: str) -> str:
    low, high = significant(value.low), significant(value.high)
    return with_unit(f"{significant(value.value)} ({low} to {high})", unit)


def found(result: CriterionResult) -> str:
    """What was measured for a criterion."""
    if result.figure is None:
        return UNKNOWN
    if result.criterion.relation is Relation.CONTAINS:
        return _with_interval(result.figure, result.criterion.unit)
    return figure(result.figure, result.criterion.unit)


def required(result: CriterionResult) -> str:
    """What a criterion asks for."""
    wanted = result.criterion
    limit = with_unit(_plain(wanted.limit), wanted.unit)
    return f"{wanted.relation.value} {limit}"


def name(output: str) -> str:
    """An attribute, output or input as a heading: `api_fraction` as `API content`."""
    if output in ATTRIBUTES_IN_WORDS:
        return attribute_name(output)
    words = [_ABBREVIATIONS.get(word, word) for word in output.split("_")]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def _plain(limit: float) -> str:
    """A limit as it was typed, e.g. `0.75` or `1e−06`."""
    return f"{limit:.6g}".replace("-", "−")
