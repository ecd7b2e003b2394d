"""What a file or folder is read as, with the tag list and the zone of the twin's line."""

from pathlib import Path

from investigator.casework.twins import choose_twin, tag_list
from investigator.evidence.inspect import FileInspection, Inspection, inspect_path

__all__ = ["FileInspection", "Inspection", "inspect_evidence"]


def inspect_evidence(path: Path, *, twin_id: str | None = None) -> Inspection:
    """Read a file or every file of a folder and say what was read; nothing is recorded.

    Raises:
        UnusableInput: there is nothing at the path, or a file cannot be used.
        UnusableRequest: the twin cannot be chosen.
    """
    package = choose_twin(twin_id)
    manifest = package.manifest
    return inspect_path(
        path,
        tags=tag_list(package),
        line_id=manifest.line_id,
        site_zone=manifest.site_zone,
    )
