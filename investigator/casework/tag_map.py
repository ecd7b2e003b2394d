"""The map from the twin's signals to the tags of the export, reviewed before anything runs.

- The package of the twin names a tag for every signal; a person may name another one, with the
  factor and the offset that turn its numbers into the twin's unit.
- The evidence is never rewritten: an analysis sees the named tag under the packaged name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

import numpy as np

from investigator.casework.decisions import decisions_of
from investigator.casework.snapshot import Snapshot
from investigator.domain.acts.data_review import MappedTag, TagsMapped
from investigator.domain.errors import UnusableRequest
from investigator.domain.evidence import Evidence
from investigator.domain.evidence_decisions import TagMapping
from investigator.domain.investigation import Investigation
from investigator.domain.trajectory import Trajectory


@dataclass(frozen=True, slots=True)
class MapRow:
    """One signal of the twin as the map has it.

    Attributes:
        signal: role of the twin.
        unit: in which the twin takes it.
        packaged: the tag that the package names.
        mapping: what is in force.
        in_export: whether the export holds the tag in force.
        departs: whether a person named it.
    """

    signal: str
    unit: str
    packaged: str
    mapping: TagMapping
    in_export: bool
    departs: bool


def map_rows(
    case: Investigation,
    evidence: Evidence,
    tag_map: Mapping[str, str],
    units: Mapping[str, str],
) -> tuple[MapRow, ...]:
    """The whole map as it is in force, those first whose tag the export does not hold.

    Args:
        case: the investigation.
        evidence: its evidence.
        tag_map: tag of every signal, as the package has it.
        units: unit of every packaged tag.
    """
    set_by_person = {m.signal: m for m in decisions_of(case).tags}
    rows = []
    for signal, tag in tag_map.items():
        unit = units.get(tag, "")
        mapping = set_by_person.get(signal) or TagMapping(signal, tag, unit)
        held = mapping.tag in evidence.trajectories
        rows.append(MapRow(signal, unit, tag, mapping, held, signal in set_by_person))
    return tuple(sorted(rows, key=lambda row: row.in_export))


def map_of(seen: Snapshot, twin_id: str | None = None) -> tuple[str, tuple[MapRow, ...]]:
    """The twin whose map is reviewed, and the map as it is in force for a case.

    Args:
        seen: the case with its evidence.
        twin_id: the twin; None: that of the case, else the only one.

    Raises:
        UnusableRequest: the case has no evidence yet, or which twin is not clear.
    """
    from investigator.casework.twins import choose_twin, tag_list

    if seen.evidence is None:
        raise UnusableRequest(f"The case {seen.case.case_id} has no evidence yet; admit a folder.")
    chosen = seen.case.twin.act.twin_id if seen.case.twin else None
    package = choose_twin(twin_id or chosen)
    units = {tag: facts.signal.unit for tag, facts in tag_list(package).items()}
    rows = map_rows(seen.case, seen.evidence, package.tag_map, units)
    return package.manifest.twin_id, rows


def map_reviewed(
    twin_id: str, rows: Iterable[MapRow], departures: Iterable[MappedTag]
) -> TagsMapped:
    """The act that records the review: every signal, with the departures now wanted.

    Args:
        twin_id: whose signals they are.
        rows: the map as it is in force.
        departures: what is to be otherwise; one equal to the package takes a departure back.

    Raises:
        UnusableRequest: a signal that the twin does not have.
    """
    wanted = {m.signal: m for m in departures}
    known = {row.signal: row for row in rows}
    for signal in wanted:
        if signal not in known:
            raise UnusableRequest(f'The twin has no signal "{signal}"; name one of its map.')
    mappings = [
        _as_wanted(wanted[signal], row) if signal in wanted else _as_is(row)
        for signal, row in sorted(known.items())
    ]
    return TagsMapped(twin_id, tuple(mappings))


def departure(
    signal: str, tag: str, *, unit: str, factor: str = "1", offset: str = "0"
) -> MappedTag:
    """One line that a person wants; `factor` and `offset` are decimal text.

    Raises:
        UnusableRequest: a text is no number, or the factor is 0.
    """
    if not _decimal(factor):
        raise UnusableRequest("A factor of 0 would make every value the same; give another one.")
    return MappedTag(
        signal, tag.strip(), unit.strip(), _plain(factor), _plain(offset), packaged=False
    )


def mapped(
    evidence: Evidence, mappings: Iterable[TagMapping], tag_map: Mapping[str, str]
) -> Evidence:
    """The evidence as an analysis takes it: mapped tags under the names of the package.

    Raises:
        UnusableRequest: a mapping names a signal that the twin, or a tag that the export, has not.
    """
    trajectories = dict(evidence.trajectories)
    for mapping in mappings:
        if mapping.signal not in tag_map:
            raise UnusableRequest(f'The twin has no signal "{mapping.signal}"; review the tag map.')
        packaged = tag_map[mapping.signal]
        trajectories.pop(packaged, None)
        if mapping.tag:
            trajectories[packaged] = _converted(evidence, mapping, packaged)
    return replace(evidence, trajectories=trajectories)


def _converted(evidence: Evidence, mapping: TagMapping, packaged: str) -> Trajectory:
    found = evidence.trajectories.get(mapping.tag)
    if found is None:
        raise UnusableRequest(
            f'The evidence has no tag "{mapping.tag}" for {mapping.signal}; review the tag map.'
        )
    known = evidence.trajectories.get(packaged, found)
    value: np.ndarray[tuple[int], np.dtype[np.float64]] = (
        mapping.factor * found.value + mapping.offset
    )
    signal = replace(found.signal, tag=packaged, unit=known.signal.unit)
    return replace(found, signal=signal, value=value)


def _as_is(row: MapRow) -> MappedTag:
    m = row.mapping
    return MappedTag(
        m.signal, m.tag, m.unit, _plain(repr(m.factor)), _plain(repr(m.offset)), not row.departs
    )


def _as_wanted(wanted: MappedTag, row: MapRow) -> MappedTag:
    same = wanted.tag == row.packaged and (wanted.factor, wanted.offset) == ("1", "0")
    return replace(wanted, packaged=same, unit=wanted.unit or row.unit)


def _plain(text: str) -> str:
    return f"{_decimal(text).normalize():f}"


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > Decimal(10) ** 12:
        raise UnusableRequest(f'"{text}" is no number that converts a unit; give it such as 0.001.')
    return number
