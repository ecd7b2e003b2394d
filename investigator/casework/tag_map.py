"""The map from the twin's signals to the tags of the export, reviewed before anything runs.

- The package of the twin names a tag for every signal; a person may name another one, with the
  factor and the offset that turn its numbers into the twin's unit.
- What is open about a signal, and which tag could be it, is told by the review; nothing of it is
  taken without a person.
- The evidence is never rewritten: an analysis sees the named tag under the packaged name.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from investigator.casework.decisions import decisions_of
from investigator.casework.snapshot import Snapshot
from investigator.domain.acts.data_review import MappedTag, TagsMapped
from investigator.domain.errors import UnusableInput, UnusableRequest
from investigator.domain.tag_review import MappingReview, ReviewedSignal

if TYPE_CHECKING:
    from investigator.evidence.mapping.units import Conversion


@dataclass(frozen=True, slots=True)
class TagMap:
    """The map as it is in force for a case.

    `twin_id`: whose signals they are. `packaged`: the tag that its package names for each.
    `review`: what stands for every signal, what is open, and what could stand there instead.
    `departing`: signals that a person mapped. `exported`: the tags that the evidence holds.
    """

    twin_id: str
    packaged: Mapping[str, str]
    review: MappingReview
    departing: frozenset[str]
    exported: frozenset[str]


def map_of(seen: Snapshot, twin_id: str | None = None) -> TagMap:
    """The map in force for a case, to be reviewed.

    Args:
        seen: the case with its evidence.
        twin_id: the twin; None: that of the case, else the only one.

    Raises:
        UnusableRequest: the case has no evidence yet, or none that was read for a twin, or which
            twin is not clear.
    """
    from investigator.casework.twins import choose_twin, tag_list
    from investigator.evidence.mapping.tag_mapping import review

    if seen.evidence is None:
        raise UnusableRequest(
            f"The case {seen.case.case_id} has no evidence yet; admit a folder first."
        )
    if seen.case.evidence is not None and seen.case.evidence.act.without_twin:
        raise UnusableRequest(
            f"The evidence of {seen.case.case_id} was read for a line that no twin is of; its tags "
            "are not mapped."
        )
    chosen = seen.case.twin.act.twin_id if seen.case.twin else None
    package = choose_twin(twin_id or chosen)
    mappings = decisions_of(seen.case).tags
    reviewed = review(
        seen.evidence, tag_map=package.tag_map, facts=tag_list(package), mappings=mappings
    )
    departing = frozenset(mapping.signal for mapping in mappings)
    exported = frozenset(seen.evidence.trajectories)
    return TagMap(package.manifest.twin_id, package.tag_map, reviewed, departing, exported)


def map_reviewed(found: TagMap, departures: Iterable[MappedTag] = ()) -> TagsMapped:
    """The act that records the review: every signal, with the departures now wanted.

    Args:
        found: the map as it is in force.
        departures: what is to be otherwise; one equal to the package takes a departure back.

    Raises:
        UnusableRequest: a signal that the twin does not have, a tag that the evidence does not hold
            or that serves another signal, or a unit that is not the signal's and no factor.
    """
    wanted = {m.signal: m for m in departures}
    known = {row.signal: row for row in found.review.signals}
    for signal in wanted:
        if signal not in known:
            raise UnusableRequest(f'The twin has no signal "{signal}"; name one of its map.')
    mappings = [
        _as_wanted(wanted[signal], row, found) if signal in wanted else _as_is(row, found)
        for signal, row in sorted(known.items())
    ]
    _refuse_served_twice(mappings)
    return TagsMapped(found.twin_id, tuple(mappings))


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


def departures_in(file: Path) -> tuple[MappedTag, ...]:
    """The lines of a map from a CSV file with the columns signal, tag, unit, factor and offset.

    Unit, factor and offset may be left out.

    Raises:
        UnusableInput: the file cannot be read, lacks a column, or names a signal twice.
        UnusableRequest: a number is none.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    except FileNotFoundError:
        raise UnusableInput(file.name, "is not there", "name the file of the map") from None
    except (OSError, UnicodeDecodeError, csv.Error):
        raise UnusableInput(file.name, "cannot be read as CSV", "save it as CSV, UTF-8") from None
    if not rows or not {"signal", "tag"} <= set(rows[0]):
        raise UnusableInput(
            file.name, "has no columns signal and tag", "name them in the first row"
        )
    signals = [row["signal"].strip() for row in rows]
    twice = next((name for name, count in Counter(signals).items() if count > 1), None)
    if twice is not None:
        raise UnusableInput(file.name, f'maps the signal "{twice}" twice', "leave one of them")
    return tuple(
        departure(
            signal,
            row["tag"] or "",
            unit=row.get("unit") or "",
            factor=row.get("factor") or "1",
            offset=row.get("offset") or "0",
        )
        for signal, row in zip(signals, rows, strict=True)
    )


def _as_is(row: ReviewedSignal, found: TagMap) -> MappedTag:
    if row.signal not in found.departing:
        return MappedTag(row.signal, found.packaged[row.signal], row.unit, "1", "0", packaged=True)
    factor, offset = _plain(repr(row.factor)), _plain(repr(row.offset))
    return MappedTag(row.signal, row.tag, row.tag_unit, factor, offset, packaged=False)


def _as_wanted(wanted: MappedTag, row: ReviewedSignal, found: TagMap) -> MappedTag:
    packaged = found.packaged[row.signal]
    if wanted.tag not in {"", packaged} and wanted.tag not in found.exported:
        raise UnusableRequest(
            f"The evidence holds no tag {wanted.tag} for {wanted.signal}; name one of its tags, or "
            "none to leave the signal out."
        )
    _refuse_unconverted(wanted, row)
    same = wanted.tag == packaged and (wanted.factor, wanted.offset) == ("1", "0")
    return replace(wanted, packaged=same, unit=wanted.unit or row.unit)


def _refuse_served_twice(mappings: Iterable[MappedTag]) -> None:
    """One tag is one signal: taken for two it would move both, and neither would be itself."""
    serves: dict[str, list[MappedTag]] = {}
    for mapping in mappings:
        serves.setdefault(mapping.tag, []).append(mapping)
    for tag, mine in serves.items():
        if tag and len(mine) > 1 and not all(m.packaged for m in mine):
            signals = " and ".join(m.signal for m in mine)
            raise UnusableRequest(
                f"The tag {tag} would serve {signals}; map each to a tag of its own, or leave one "
                "of them out."
            )


def _refuse_unconverted(wanted: MappedTag, row: ReviewedSignal) -> None:
    """Numbers in another unit are the signal's only by a factor; none is supplied in silence."""
    from investigator.evidence.mapping.units import Conversion, conversion

    given = (wanted.factor, wanted.offset) != ("1", "0")
    if given or not wanted.tag or not row.unit or wanted.unit in {"", row.unit}:
        return
    how = conversion(wanted.unit, row.unit)
    if how == Conversion():
        return
    by_units = f"; {how}" if isinstance(how, str) else f"; by the units {_in_words(how)}"
    raise UnusableRequest(
        f"{wanted.signal} is in {row.unit}, {wanted.tag} in {wanted.unit}: give the "
        f"factor and the offset that make the one of the other{by_units}."
    )


def _in_words(how: "Conversion") -> str:
    return f"{how.factor:.12g}" + (f" and {how.offset:.12g}" if how.offset else "")


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
