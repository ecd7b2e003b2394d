"""What a file or folder is read as, with the tag list and the zone of the twin's line."""

from pathlib import Path

from investigator.casework.twins import choose_twin, tag_list
from investigator.evidence.inspect import FileInspection, Inspection, inspect_path
from investigator.evidence.inspect_schema import against_schema

__all__ = ["FileInspection", "Inspection", "inspect_evidence"]


def inspect_evidence(
    path: Path, *, twin_id: str | None = None, schema_folder: Path | None = None
) -> Inspection:
    """Read a file or every file of a folder and say what was read; nothing is recorded.

    Where the site names a folder of MESA schema files, B2MML files are held against them.

    Raises:
        UnusableInput: there is nothing at the path, or a file cannot be used.
        UnusableRequest: the twin cannot be chosen.
    """
    package = choose_twin(twin_id)
    manifest = package.manifest
    inspection = inspect_path(
        path,
        tags=tag_list(package),
        line_id=manifest.line_id,
        site_zone=manifest.site_zone,
    )
    if schema_folder is None:
        return inspection
    return against_schema(inspection, path, schema_folder)
