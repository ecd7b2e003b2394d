"""A first is/is-not table from what is known of a case; a person corrects it and states it.

- Rows are facts - which containers, when, which channels, which lots - never hypotheses.
- A cell that nothing is known for is left empty; every other names its evidence.
"""

from investigator.domain.acts.reasoning import (
    Cell,
    Dimension,
    EvidenceLink,
    IsIsNotStated,
    LinkKind,
)
from investigator.domain.impact import ContainerImpact
from investigator.domain.instant import Span
from investigator.domain.quantities import period, significant
from investigator.domain.results import ImpactResult
from investigator.domain.toolbox import ChangePoint, Toolbox
from investigator.domain.tracing import OriginKind, Traced

LEAST_SHARE = 0.05
MOST_CHANGES = 4
NOTHING = Cell("")


def propose_is_is_not(
    result: ImpactResult, toolbox: Toolbox | None, zone: str
) -> tuple[IsIsNotStated, ...]:
    """Rows for what, where, when and extent, as far as something is known; none where no container
    is affected.

    Args:
        result: which containers are affected, and what they came from.
        toolbox: the change points of the replay; None where it has none.
        zone: in which times are written.
    """
    containers = result.impact.containers
    affected = [c for c in containers if c.affected]
    if not affected:
        return ()
    others = [c for c in containers if not c.affected]
    changes = _strongest(toolbox)
    rows = [
        *_what(changes),
        *_where(result.traced, affected, others),
        *_when(result, changes, zone),
        _extent(affected, others, zone),
    ]
    return tuple(rows)


def _strongest(toolbox: Toolbox | None) -> list[ChangePoint]:
    """The changes of recorded signals that stand out most, in order of onset."""
    known = [p for p in toolbox.changes if p.signals] if toolbox else []
    known.sort(key=lambda p: -p.gain / p.usual_gain)
    return sorted(known[:MOST_CHANGES], key=lambda p: p.onset_ms)


def _what(changes: list[ChangePoint]) -> list[IsIsNotStated]:
    if not changes:
        return []
    words = "; ".join(f"{p.title} by {_size(p)}" for p in changes)
    cell = Cell(f"Changed: {words}.", tuple(link for p in changes for link in _of(p)))
    return [IsIsNotStated(Dimension.WHAT, "signals", cell, NOTHING, NOTHING)]


def _size(change: ChangePoint) -> str:
    """With its sign, and a true minus: a person states it as it stands."""
    sign, unit = "+" if change.size > 0 else "", "" if change.unit == "-" else f" {change.unit}"
    return f"{sign}{significant(change.size)}{unit}"


def _of(change: ChangePoint) -> tuple[EvidenceLink, ...]:
    begin, end = change.onset_95.start_ms, change.onset_95.end_ms
    return tuple(EvidenceLink(LinkKind.SIGNAL, tag, begin, end) for tag in change.signals)


def _where(
    traced: Traced | None, affected: list[ContainerImpact], others: list[ContainerImpact]
) -> list[IsIsNotStated]:
    """Which lots are in affected containers, which are in others only."""
    if traced is None or not traced.origins:
        return []
    inside, outside = _lots(traced, affected), _lots(traced, others)
    if not inside:
        return []
    only_outside, only_inside = outside - inside, inside - outside
    return [
        IsIsNotStated(
            Dimension.WHERE,
            "lots",
            Cell(_listed("Lots in affected containers", inside), _links(affected)),
            _cell(_listed("Lots in others only", only_outside), _links(others), only_outside),
            _cell(
                _listed("Lots in affected containers only", only_inside),
                (*_links(affected), *_links(others)),
                only_inside,
            ),
        )
    ]


def _lots(traced: Traced, containers: list[ContainerImpact]) -> set[str]:
    ids = {c.container_id for c in containers}
    return {
        origin.name
        for one in traced.origins
        if one.container_id in ids
        for origin in one.origins
        if origin.kind is OriginKind.LOT and origin.share >= LEAST_SHARE
    }


def _listed(what: str, names: set[str]) -> str:
    return f"{what}: {', '.join(sorted(names))}."


def _cell(words: str, links: tuple[EvidenceLink, ...], names: set[str]) -> Cell:
    return Cell(words, links) if names and links else NOTHING


def _links(containers: list[ContainerImpact]) -> tuple[EvidenceLink, ...]:
    return tuple(EvidenceLink(LinkKind.CONTAINER, c.container_id) for c in containers)


def _when(result: ImpactResult, changes: list[ChangePoint], zone: str) -> list[IsIsNotStated]:
    window = result.disturbance_window
    links = tuple(dict.fromkeys(link for p in changes for link in _of(p)))
    if window is None or not links:
        return []
    first = min(changes, key=lambda p: p.onset_ms)
    return [
        IsIsNotStated(
            Dimension.WHEN,
            "disturbance",
            Cell(f"At work {period(window, zone)}.", links),
            NOTHING,
            Cell(f"First to change: {first.title}, {period(first.onset_95, zone)}.", _of(first)),
        )
    ]


def _extent(
    affected: list[ContainerImpact], others: list[ContainerImpact], zone: str
) -> IsIsNotStated:
    filled = Span(min(c.filled.start_ms for c in affected), max(c.filled.end_ms for c in affected))
    names = {c.container_id for c in affected}
    rest = {c.container_id for c in others}
    return IsIsNotStated(
        Dimension.EXTENT,
        "containers",
        Cell(_listed(f"{len(names)} of {len(names) + len(rest)}", names), _links(affected)),
        _cell(_listed("Not affected", rest), _links(others), rest),
        Cell(f"Affected ones were filled {period(filled, zone)}.", _links(affected)),
    )
