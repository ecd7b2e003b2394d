"""One thing on a ribbon under the time axis, drawn and told, and how several share rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.plots.content import RibbonSpan
from investigator.desktop.tone import Tone
from investigator.domain.instant import Span


@dataclass(frozen=True, slots=True)
class Marked:
    """One thing that lies on a ribbon: what is drawn, and what is told of it."""

    drawn: RibbonSpan
    told: Inspected


def marked(key: str, span: Span, label: str, tone: Tone, tip: str, told: Inspected) -> Marked:
    """A span with its key, label, tone, tip and what is told of it."""
    return Marked(RibbonSpan(key, span.start_ms, span.end_ms, label, tone, tip), told)


Row = tuple[str, Sequence[Marked]]
"""Title of a ribbon, empty for one that continues another, and what lies on it."""


def in_one_row(title: str, marks: Sequence[Marked]) -> list[Row]:
    """Long ones below short ones, so that each can be clicked; no row for nothing."""
    ordered = sorted(marks, key=lambda m: m.drawn.start_ms - m.drawn.end_ms)
    return [(title, ordered)] if ordered else []


def in_lanes(title: str, marks: Sequence[Marked]) -> list[Row]:
    """As many rows as are needed for no two to overlap; only the first has the title."""
    lanes: list[list[Marked]] = []
    for mark in sorted(marks, key=lambda m: m.drawn.start_ms):
        free = (lane for lane in lanes if lane[-1].drawn.end_ms <= mark.drawn.start_ms)
        lane = next(free, None)
        if lane is None:
            lanes.append([mark])
        else:
            lane.append(mark)
    return [(title if not place else "", lane) for place, lane in enumerate(lanes)]
