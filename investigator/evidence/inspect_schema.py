"""An inspection with its B2MML files held against the schema files that the site names."""

from dataclasses import replace
from pathlib import Path

from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import EvidenceItem, Finding, Severity
from investigator.evidence.batch.schema import validate
from investigator.evidence.inspect import FileInspection, Inspection
from investigator.evidence.recognition import Layout
from investigator.evidence.sources.source import sources_of

LISTED = 200
"""How many breaches of one file are written out."""

READ_ALL_THE_SAME = "read all the same: reading does not rest on the schema"


def against_schema(inspection: Inspection, path: Path, schema_folder: Path) -> Inspection:
    """The inspection with a finding for every breach of the schema.

    Args:
        inspection: of `path`.
        path: the file or folder that was inspected.
        schema_folder: holds the `.xsd` files, as MESA publishes them.

    Raises:
        UnusableInput: there is no such folder, or no schema file in it.
    """
    if not any(schema_folder.glob("*.xsd")):
        raise UnusableInput(
            str(schema_folder), "holds no schema file (.xsd)", "name the folder of the schema files"
        )
    files = tuple(_checked(one, path, schema_folder) for one in inspection.files)
    return replace(inspection, files=files)


def _checked(one: FileInspection, path: Path, schema_folder: Path) -> FileInspection:
    if not one.item.layout.startswith((Layout.XML, Layout.B2MML)):
        return one
    found = _breaches(one.item, path, schema_folder)
    return replace(one, findings=(*one.findings, *found))


def _breaches(item: EvidenceItem, path: Path, schema_folder: Path) -> tuple[Finding, ...]:
    place = path / item.file if path.is_dir() else path
    (source,) = (s for s in sources_of(place, item.file) if s.member == item.member)
    try:
        errors = validate(source.whole(), schema_folder, file=source.name)
    except UnusableInput as unfit:
        return (Finding(source.name, "schema_not_checked", None, READ_ALL_THE_SAME, str(unfit)),)
    told = [f"line {error.line}: {error.text}" for error in errors[:LISTED]]
    if len(errors) > LISTED:
        told.append(f"and {len(errors) - LISTED} further breaches of the schema")
    return tuple(
        Finding(source.name, "schema", None, READ_ALL_THE_SAME, said, Severity.MINOR)
        for said in told
    )
