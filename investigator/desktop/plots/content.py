"""What plots show, as frozen values; times are int64 milliseconds since 1970 (UTC).

A colour is a place in the palette of the design (`Theme.series`); None is ink, for what was
measured. No Qt in here: view-models make these values.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.desktop.tone import Tone

Times = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """One curve.

    Attributes:
        name: in the legend.
        t_ms: shape (n,), increasing.
        value: shape (n,), in the unit of the plot; NaN is a gap.
        colour: place in the palette, or None for ink.
        held: values are held until the next one (digital tags, set-points).
        dots: single dots, not a line (samples of the laboratory).
        aside: marks samples of another curve (left out, widened): not read at the cursors, and
            where they lie far from the curves that are, drawn at the edge of the plot.
        trimmed: the outermost 1 % of what is seen, at either side, runs out of the plot rather
            than flatten the rest (starting and running down).
    """

    name: str
    t_ms: Times
    value: Floats
    colour: int | None = None
    held: bool = False
    dots: bool = False
    aside: bool = False
    trimmed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """A band between two courses, e.g. an interval of the prediction; NaN is a gap.

    Attributes:
        name: in the legend.
        t_ms, lower, upper: shape (n,), `t_ms` increasing.
        colour: place in the palette, or None for ink.
        opacity: 0 to 1; nested bands lie over each other.
        trimmed: as of a curve.
    """

    name: str
    t_ms: Times
    lower: Floats
    upper: Floats
    colour: int | None = 0
    opacity: float = 0.15
    trimmed: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """A level that should not be passed: its value, its name, and what passing means."""

    value: float
    name: str
    tone: Tone = Tone.BAD


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """One plot of a stack.

    Attributes:
        key: names the plot towards the view.
        title: what is plotted, e.g. "hardness".
        unit: of all its values.
        curves, bands, limits: what is drawn, later ones over earlier ones, curves over bands.
        logarithmic: all values are logarithms to base ten; the axis and the readings tell what
            they are the logarithms of.
    """

    key: str
    title: str
    unit: str = ""
    curves: tuple[Curve, ...] = ()
    bands: tuple[Band, ...] = ()
    limits: tuple[Limit, ...] = ()
    logarithmic: bool = False


@dataclass(frozen=True, slots=True)
class RibbonSpan:
    """A stretch of time on a ribbon: a container's filling, a phase, an alarm, a finding.

    Attributes:
        key: names it towards the view.
        start_ms, end_ms: from and to; equal for an instant.
        label: drawn on it where there is room.
        tone: how it stands; its glyph is drawn before the label.
        tip: one sentence more.
    """

    key: str
    start_ms: int
    end_ms: int
    label: str = ""
    tone: Tone = Tone.PLAIN
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A row of spans under the axis; spans may overlap, later ones lie over earlier ones."""

    title: str
    spans: tuple[RibbonSpan, ...]


@dataclass(frozen=True, slots=True)
class MarkedInstant:
    """A marked instant with the interval it may lie in, e.g. the estimated onset."""

    t_ms: int
    lower_ms: int
    upper_ms: int
    label: str


@dataclass(frozen=True, slots=True, eq=False)
class Heat:
    """Signals × time.

    Attributes:
        names: of the rows, from above; n of them.
        t_ms: shape (m,), increasing; a column reaches to the next one.
        value: shape (n, m), e.g. residuals in σ; NaN is not known.
        limit: value, above 0, at which the colour is strongest.
        unit: of the values.
    """

    names: tuple[str, ...]
    t_ms: Times
    value: Floats
    limit: float = 6.0
    unit: str = "σ"
