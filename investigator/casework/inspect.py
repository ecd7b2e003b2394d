"""What a file or folder is read as, with the tag list and the zone of the twin's line."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from investigator.casework.twins import choose_twin, tag_list
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import known_zone
from investigator.evidence.facts import TagFacts
from investigator.evidence.inspect import FileInspection, Inspection, inspect_path
from investigator.evidence.inspect_schema import against_schema

__all__ = ["FileInspection", "Inspection", "inspect_evidence"]


def inspect_evidence(
    path: Path,
    *,
    twin_id: str | None = None,
    schema_folder: Path | None = None,
    batch_id: str | None = None,
    without_twin: str | None = None,
) -> Inspection:
    """Read a file or every file of a folder and say what was read; nothing is recorded.

    Args:
        path: a file or a folder.
        twin_id: the twin whose tag list and zone are used; None for the only one.
        schema_folder: MESA schema files that B2MML files are held against.
        batch_id: the batch, where files hold several.
        without_twin: for data of a line that no twin is of, the IANA zone of its times without
            offset; its tags are then taken as they are.

    Raises:
        UnusableInput: there is nothing at the path, or a file cannot be used.
        UnusableRequest: the twin cannot be chosen, or there is no such zone.
    """
    line = _any_line(without_twin) if without_twin is not None else _line_of(twin_id)
    inspection = inspect_path(
        path,
        tags=line.tags,
        line_id=line.line_id,
        site_zone=line.zone,
        batch_id=batch_id,
    )
    if schema_folder is None:
        return inspection
    return against_schema(inspection, path, schema_folder)


@dataclass(frozen=True, slots=True)
class _Line:
    """Tag list, id and zone of a line; an empty id is any line."""

    tags: Mapping[str, TagFacts]
    line_id: str
    zone: str


def _line_of(twin_id: str | None) -> _Line:
    package = choose_twin(twin_id)
    return _Line(tag_list(package), package.manifest.line_id, package.manifest.site_zone)


def _any_line(zone: str) -> _Line:
    if not known_zone(zone):
        raise UnusableRequest(f"{zone!r} is no IANA zone; name one such as Europe/Berlin.")
    return _Line({}, "", zone)
