"""Evidence links and cells of the is/is-not table as words, the same in window, console, report."""

from collections.abc import Iterable

from investigator.domain.acts.reasoning import Cell, EvidenceLink
from investigator.domain.instant import Span
from investigator.domain.quantities import UNKNOWN, period


def link_in_words(link: EvidenceLink, zone: str) -> str:
    """What the link is to, with its stretch of time, if any; times in the zone."""
    if link.start_ms is None or link.end_ms is None:
        return f"{link.kind} {link.target}"
    return f"{link.kind} {link.target}, {period(Span(link.start_ms, link.end_ms), zone)}"


def links_in_words(links: Iterable[EvidenceLink], zone: str) -> str:
    """All of them; a dash where there is none."""
    return "; ".join(link_in_words(link, zone) for link in links) or UNKNOWN


def cell_in_words(cell: Cell, zone: str) -> str:
    """What the cell says, then its evidence in brackets; a dash where it says nothing."""
    return f"{cell.words} [{links_in_words(cell.links, zone)}]" if cell.words else UNKNOWN
