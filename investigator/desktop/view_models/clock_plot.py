"""What an offset rests on, to be looked at: pairs of events over time, or the match of two courses.

The line is the offset in force with its drift; the band is its 95 % interval.
"""

from dataclasses import dataclass

import numpy as np

from investigator.desktop.plots.content import Band, Curve, Floats, Plot, Times
from investigator.desktop.view_models.clocks import NORMAL_95, ClockRow
from investigator.domain.clock_evidence import EventPair
from investigator.domain.evidence import ClockOffset

NOTHING_COMPARED = "No events or courses of this source were compared with the historian's."
NOT_USED, OTHERS = "not used", "others"
_KINDS, _OTHERS_COLOUR, _POINTS = 4, 5, 60
_LEAST_SPAN_MS = 60_000
_DEEPEST = -20.0


@dataclass(frozen=True, slots=True, eq=False)
class PairsPlot:
    """The pairs over the historian's time. `bounds`: first and last instant shown, ms."""

    plot: Plot
    bounds: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class MatchPlot:
    """How well two courses match, by lag.

    Attributes:
        lag_s: shape (n,), increasing.
        match: log-likelihood relative to the best lag, shape (n,), 0 at the best.
        offset_s, half_width_s: the offset in force and its 95 % half-width.
    """

    lag_s: Floats
    match: Floats
    offset_s: float
    half_width_s: float


def clock_plot(row: ClockRow) -> PairsPlot | MatchPlot | None:
    """What is drawn of a clock; None where nothing was compared."""
    offset = row.standing.in_force if row.standing is not None else None
    if row.basis is None or offset is None:
        return None
    if row.basis.pairs:
        return _pairs(row.basis.pairs, offset)
    if row.basis.match:
        lag_s, match = np.array(sorted(row.basis.match)).T
        deepest = np.maximum(match - match.max(), _DEEPEST)
        return MatchPlot(lag_s, deepest, offset.offset_s, NORMAL_95 * offset.uncertainty_s)
    return None


def _pairs(pairs: tuple[EventPair, ...], offset: ClockOffset) -> PairsPlot:
    at = [pair.historian_ms for pair in pairs]
    bounds = (min(at), max(*at, min(at) + _LEAST_SPAN_MS))
    t_ms = np.linspace(*bounds, _POINTS).astype(np.int64)
    line, half = _in_force(offset, t_ms)
    plot = Plot(
        "clock",
        "historian's time minus the source's",
        "s",
        (*_dots(pairs), Curve("in force", t_ms, line)),
        (Band("95 % interval", t_ms, line - half, line + half, colour=None, opacity=0.10),),
    )
    return PairsPlot(plot, bounds)


def _in_force(offset: ClockOffset, t_ms: Times) -> tuple[Floats, Floats]:
    """Offset and 95 % half-width, s, at times of the historian."""
    source_ms = t_ms.astype(np.float64) - 1000.0 * offset.offset_s
    elapsed = (source_ms - offset.reference_ms) * 1e-9
    if not offset.drift_ppm and not offset.drift_uncertainty_ppm:
        elapsed = np.zeros(t_ms.shape)
    line = offset.offset_s + elapsed * offset.drift_ppm
    half = NORMAL_95 * np.hypot(offset.uncertainty_s, elapsed * offset.drift_uncertainty_ppm)
    return line, half


def _dots(pairs: tuple[EventPair, ...]) -> list[Curve]:
    """One colour for each of the kinds with most pairs, one for the others, ink for not used."""
    used = [pair for pair in pairs if pair.used]
    kinds = sorted({p.kind for p in used}, key=lambda k: (-sum(p.kind == k for p in used), k))
    named = kinds if len(kinds) <= _KINDS + 1 else kinds[:_KINDS]
    curves = [
        _curve(kind, [p for p in used if p.kind == kind], colour)
        for colour, kind in enumerate(named)
    ]
    others = [p for p in used if p.kind not in named]
    left = [p for p in pairs if not p.used]
    if others:
        curves.append(_curve(OTHERS, others, _OTHERS_COLOUR))
    return [*curves, *([_curve(NOT_USED, left, None)] if left else [])]


def _curve(name: str, pairs: list[EventPair], colour: int | None) -> Curve:
    ordered = sorted(pairs, key=lambda pair: pair.historian_ms)
    return Curve(
        name,
        np.array([p.historian_ms for p in ordered], dtype=np.int64),
        np.array([p.difference_s for p in ordered]),
        colour=colour,
        dots=True,
    )
