"""Numbers, times and durations as a reader of the trade expects them, on screen and paper.

- A number is given to two significant digits of its uncertainty (GUM 7.2.6), otherwise to three.
- What is not known is printed as an en dash, never as "nan".
- Times carry their offset from UTC, in the zone of the dossier.
"""

import math
from statistics import median

from investigator.domain.instant import Span, to_datetime

UNKNOWN = "–"
_MOST_DECIMALS = 6


def decimals_for(uncertainty: float) -> int:
    """Decimals that show `uncertainty` with two significant digits (0 to 6)."""
    if not math.isfinite(uncertainty) or uncertainty <= 0:
        return 2
    return min(_MOST_DECIMALS, max(0, 1 - math.floor(math.log10(uncertainty))))


def fixed(value: float | None, decimals: int) -> str:
    """The number with so many decimals, a true minus sign, and no negative zero."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    text = f"{value:.{decimals}f}"
    if float(text) == 0.0:
        text = text.lstrip("-")
    return text.replace("-", "−")


def significant(value: float | None, digits: int = 3) -> str:
    """The number with so many significant digits; powers of ten only where it would be long."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    if value == 0:
        return "0"
    exponent = math.floor(math.log10(abs(value)))
    if not -5 < exponent < 7:
        return f"{value:.{digits - 1}e}".replace("-", "−")
    rounded = round(value, digits - 1 - exponent)
    return fixed(rounded, max(0, digits - 1 - exponent))


def estimate(mean: float, lo95: float, hi95: float, unit: str = "") -> str:
    """An estimate with its 95 % interval, e.g. `97.1 (95.9 to 98.2) % LC`.

    The unit `-` of a pure number is not printed.
    """
    places = decimals_for((hi95 - lo95) / 4)
    text = f"{fixed(mean, places)} ({fixed(lo95, places)} to {fixed(hi95, places)})"
    return text if unit == "-" else f"{text} {unit}".strip()


def side_by_side(one: float, other: float) -> tuple[str, str]:
    """Two values to be compared, both with the decimals that show how far apart they are."""
    places = decimals_for(abs(one - other))
    return fixed(one, places), fixed(other, places)


def common_decimals(uncertainties: list[float]) -> int:
    """Decimals for a column: those of the median uncertainty, so that the figures line up."""
    known = [u for u in uncertainties if math.isfinite(u) and u > 0]
    return decimals_for(median(known)) if known else 2


def probability(value: float | None) -> str:
    """A probability in per cent; never a bare 0 or 100, which nothing in a ranking is."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    if value < 0.001:
        return "< 0.1 %"
    if value > 0.999:
        return "> 99.9 %"
    return f"{100 * value:.{1 if not 0.1 <= value <= 0.9 else 0}f} %"


def per_cent(value: float | None) -> str:
    """As `probability` without its sign, for a column that has it in its head."""
    return probability(value).removesuffix(" %")


def share_of_mass(share: float | None) -> str:
    """A share of mass, which unlike a probability can be none or all."""
    if share is None or not math.isfinite(share):
        return UNKNOWN
    return "nothing" if share <= 0.0 else "all" if share >= 1.0 else probability(share)


def moment(t_ms: int | None, zone: str) -> str:
    """Date, time to the second and offset, e.g. `2026-02-06 03:48:50+01:00`."""
    if t_ms is None:
        return UNKNOWN
    return to_datetime(t_ms, zone).isoformat(sep=" ", timespec="seconds")


def later_moment(t_ms: int, zone: str, *, after_ms: int) -> str:
    """As `moment`, without the date where it is that of an earlier time on the same line."""
    full = moment(t_ms, zone)
    return full[11:] if full[:10] == moment(after_ms, zone)[:10] else full


def period(span: Span | None, zone: str) -> str:
    """Start and end of a span of time; one time where they are the same second."""
    if span is None:
        return UNKNOWN
    start = moment(span.start_ms, zone)
    if start == moment(span.end_ms, zone):
        return start
    return f"{start} to {later_moment(span.end_ms, zone, after_ms=span.start_ms)}"


def duration(seconds: float) -> str:
    """A length of time in the unit that suits it: s below 2 min, min below 2 h, else h."""
    if seconds < 120:
        return f"{significant(seconds)} s"
    return (
        f"{significant(seconds / 60)} min" if seconds < 7200 else f"{significant(seconds / 3600)} h"
    )


def count(number: int, one: str, many: str = "") -> str:
    """A count with its noun, e.g. `1 row`, `3 rows`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def round_ticks(low: float, high: float, wanted: int = 4) -> tuple[list[float], int]:
    """Round numbers within the range, 1-2-5 steps, and the decimals to print them with."""
    span = high - low
    if not math.isfinite(span) or span <= 0:
        return [low], 2
    raw = span / wanted
    power = 10.0 ** math.floor(math.log10(raw))
    step = next((f * power for f in (1, 2, 5, 10) if f * power >= raw * 0.999), 10 * power)
    first = math.ceil(low / step - 1e-9)
    ticks = [k * step for k in range(first, math.floor(high / step + 1e-9) + 1)]
    return ticks, max(0, -math.floor(math.log10(step) + 1e-9))
