"""What a file or folder is read as, with the tag list and the zone of the twin's line."""

from pathlib import Path

from investigator.casework.lines import known_line
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
    line = known_line(twin_id, without_twin=without_twin)
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
