"""An inspection tells the breaches of the schema files that the site names, by line."""

from pathlib import Path

import pytest
from support.evidence_files import LINE, ZONE, batch_record, tag_list, usual_files, write_folder

from investigator.domain.errors import UnusableInput
from investigator.evidence.inspect import inspect_path
from investigator.evidence.inspect_schema import against_schema

SCHEMA = """<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:b"
 elementFormDefault="qualified"><xsd:element name="BatchProductionRecord"><xsd:complexType>
<xsd:sequence><xsd:element name="ID" type="xsd:int"/></xsd:sequence></xsd:complexType>
</xsd:element></xsd:schema>"""


def inspected(folder: Path, schema: Path) -> dict[str, list[tuple[str, str]]]:
    inspection = inspect_path(folder, tags=tag_list(), line_id=LINE, site_zone=ZONE)
    checked = against_schema(inspection, folder, schema)
    return {one.item.file: [(f.kind, f.detail) for f in one.findings] for one in checked.files}


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    folder = tmp_path / "schema"
    folder.mkdir()
    (folder / "a.xsd").write_text(SCHEMA, encoding="utf-8")
    return folder


@pytest.mark.requirement("EVD-172")
def test_breaches_are_findings_of_their_file(tmp_path: Path, schema: Path) -> None:
    files = usual_files() | {"batch_record.xml": batch_record(namespace="urn:b")}
    found = inspected(write_folder(tmp_path / "e", files), schema)
    assert "schema" not in [kind for kind, _ in found["historian.csv"]]
    details = [detail for kind, detail in found["batch_record.xml"] if kind == "schema"]
    assert any(d.startswith("line 2: ") and "BPR-B1" in d for d in details)


def test_a_file_of_another_version_is_not_checked_and_said_so(tmp_path: Path, schema: Path) -> None:
    found = inspected(write_folder(tmp_path / "e", usual_files()), schema)
    kinds = [kind for kind, _ in found["batch_record.xml"]]
    assert kinds[-1] == "schema_not_checked"


def test_one_file_may_be_checked(tmp_path: Path, schema: Path) -> None:
    folder = write_folder(tmp_path / "e", {"r.xml": batch_record(namespace="urn:b")})
    assert [k for k, _ in inspected(folder / "r.xml", schema)["r.xml"]].count("schema") >= 1


def test_a_folder_without_schema_files_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "e", {"r.xml": batch_record()})
    with pytest.raises(UnusableInput, match=r"holds no schema file"):
        inspected(folder, tmp_path / "none")
