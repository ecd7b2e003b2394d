"""Figures of the classical tools as they are read, the same in window and report."""

from investigator.domain.quantities import UNKNOWN, fixed, significant

_CERTAIN = 0.0001


def change_in_words(size: float, unit: str) -> str:
    """A change or a departure with its sign and unit; a pure number has none."""
    unit = "" if unit == "-" else f" {unit}"
    return f"{'+' if size > 0 else ''}{significant(size)}{unit}"


def correlation_in_words(correlation: float) -> str:
    """A correlation with its sign."""
    return f"{'+' if correlation > 0 else ''}{fixed(correlation, 2)}"


def chance_in_words(value: float) -> str:
    """A p- or q-value; never a bare nil."""
    return "< 0.0001" if value < _CERTAIN else significant(value, 2)


def interval_in_words(seconds: tuple[float, float] | None) -> str:
    """From and to in whole seconds, without their unit."""
    return UNKNOWN if seconds is None else " to ".join(fixed(one, 0) for one in seconds)
