"""One thing on a ribbon under the time axis, drawn and told."""

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
