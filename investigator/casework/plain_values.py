"""Numbers and times as the plain values of a document: rounded, and ISO 8601 with offset."""

import math
from typing import Any

from investigator.domain.instant import Span, iso

SIGNIFICANT_DIGITS = 6

Json = dict[str, Any]


def rounded(value: float | None) -> float | None:
    """To six significant digits; None for what is not a finite number (JSON has no NaN)."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}") + 0.0


def instant_text(t_ms: int | None, zone: str) -> str | None:
    """An instant in the zone; None stays None."""
    return None if t_ms is None else iso(t_ms, zone)


def span_texts(span: Span, zone: str) -> list[str]:
    """Start and end of a span in the zone."""
    return [iso(span.start_ms, zone), iso(span.end_ms, zone)]
