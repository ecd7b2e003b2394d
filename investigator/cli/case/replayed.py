"""The replay of the recorded inputs as the console tells it: domain, signals, containers.

Numbers are those of the stored result; nothing is computed here.
"""

from typing import TYPE_CHECKING

from investigator.casework.plain_values import Json
from investigator.casework.result import replayed_document
from investigator.cli.table import table
from investigator.domain.applicability import Excursion
from investigator.domain.impact import attribute_in_words
from investigator.domain.instant import to_datetime
from investigator.domain.quantities import UNKNOWN, count, decimals_for, fixed, significant
from investigator.domain.replayed import Replayed, ReplayedContainer, Shortcoming

if TYPE_CHECKING:
    from investigator.casework.snapshot import Snapshot


def replayed_lines(seen: "Snapshot") -> list[str]:
    """Where the run left the domain, what of the signals is lacking, and the containers."""
    found = seen.replay.replayed if seen.replay else None
    if found is None:
        return ["The recorded inputs were not replayed."]
    zone = seen.case.opened.act.zone
    return [*domain_lines(found, zone), _quality_line(found), *_container_lines(found)]


def replayed_documents(seen: "Snapshot") -> Json:
    """The same as values."""
    found = seen.replay.replayed if seen.replay else None
    return replayed_document(found, seen.case.opened.act.zone)


def domain_lines(found: Replayed, zone: str) -> list[str]:
    """One line for each excursion, or that there is none."""
    if not found.excursions:
        limits = count(len(found.limits), "limit")
        return [f"The run kept to all {limits} of the domain of the twin."]
    return [_excursion_line(e, zone) for e in found.excursions]


def _excursion_line(excursion: Excursion, zone: str) -> str:
    limit, span = excursion.limit, excursion.span
    unit = "" if limit.unit == "-" else f" {limit.unit}"
    times = f"{to_datetime(span.start_ms, zone):%H:%M}-{to_datetime(span.end_ms, zone):%H:%M}"
    bounds = f"{significant(limit.low)} to {significant(limit.high)}{unit}"
    return (
        f"Extrapolating {times}: {limit.title} up to {significant(excursion.farthest)}{unit}, "
        f"outside {bounds} by {significant(excursion.distance, 2)} of {significant(limit.scale)}."
    )


def _quality_line(found: Replayed) -> str:
    counted = []
    for shortcoming in Shortcoming:
        stretches = [s for s in found.quality if s.shortcoming is shortcoming]
        if stretches:
            tags = len({s.tag for s in stretches})
            words = f"{shortcoming.value} in {count(len(stretches), 'stretch', 'stretches')}"
            counted.append(f"{words} of {count(tags, 'tag')}")
    return f"Signals: {'; '.join(counted) or 'nothing missing, nothing in doubt'}."


def _container_lines(found: Replayed) -> list[str]:
    if not found.containers:
        return []
    rows = [("Container", "Attribute", "Replayed (95 %)", "Laboratory", "Domain")]
    return ["", *table([*rows, *(_container(c) for c in found.containers)])]


def _container(row: ReplayedContainer) -> tuple[str, ...]:
    places = decimals_for((row.high95 - row.low95) / 4)
    interval = f"{fixed(row.low95, places)} to {fixed(row.high95, places)}"
    outside = "" if row.inside in (None, True) else " outside interval"
    return (
        row.container_id,
        attribute_in_words(row.attribute),
        f"{fixed(row.predicted, places)} ({interval}) {row.unit}",
        UNKNOWN if row.measured is None else f"{fixed(row.measured, places)}{outside}",
        "extrapolating" if row.extrapolated else "inside",
    )
