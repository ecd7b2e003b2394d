"""What curves read at the two cursors, and the difference."""

import math
from typing import NamedTuple

from investigator.desktop.plots.ticks import clock, duration


class Reading(NamedTuple):
    """A curve's values at A and B; None where the cursor is not put, NaN where nothing is known."""

    name: str
    a: float | None
    b: float | None


def number(value: float) -> str:
    """A value as read off a curve: four significant digits; "–" where nothing is known."""
    if not math.isfinite(value):
        return "–"
    return f"{value:.4g}".replace("-", "−")


def reading_words(reading: Reading, unit: str) -> str:
    """E.g. "A 118.2   B 96.0   Δ −22.2 N"; empty without cursors."""
    parts = [f"{n} {number(v)}" for n, v in (("A", reading.a), ("B", reading.b)) if v is not None]
    if reading.a is not None and reading.b is not None:
        parts.append(f"Δ {number(reading.b - reading.a)}")
    return "   ".join(parts) + (f" {unit}" if parts and unit else "")


def cursor_words(a_ms: int | None, b_ms: int | None, zone: str) -> str:
    """E.g. "A 11:20:04   B 12:05:00   Δt 44 min 56 s"; empty without cursors."""
    parts = [f"{n} {clock(t, zone)}" for n, t in (("A", a_ms), ("B", b_ms)) if t is not None]
    if a_ms is not None and b_ms is not None:
        parts.append(f"Δt {duration(b_ms - a_ms)}")
    return "   ".join(parts)
