"""Batch records against the schema files that a site names."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.evidence_files import batch_record

from investigator.domain.errors import UnusableInput
from investigator.evidence.batch.schema import validate

OPENING = '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">'


@pytest.fixture
def schema_folder(shared_data: Path) -> Path:
    return shared_data / "b2mml" / "Schema"


@pytest.mark.requirement("EVD-172")
@pytest.mark.data
def test_the_records_of_the_plant_are_valid(plant_data: Path, schema_folder: Path) -> None:
    records = sorted(plant_data.glob("history/*/batch_record.xml"))
    assert {validate(r.read_bytes(), schema_folder) for r in records} == {()}


@pytest.mark.requirement("EVD-172")
@pytest.mark.data
def test_every_breach_is_told_by_its_line(plant_data: Path, schema_folder: Path) -> None:
    content = next(plant_data.glob("history/*/batch_record.xml")).read_bytes()
    lines = content.splitlines(keepends=True)
    typed = next(n for n, line in enumerate(lines) if b"<EventType>Material<" in line)
    named = next(n for n, line in enumerate(lines) if b"<ID>FEEDING</ID>" in line)
    lines[typed] = lines[typed].replace(b"Material", b"Wishful")
    lines[named] = lines[named].replace(b"ID>", b"Ident>")
    errors = validate(b"".join(lines), schema_folder)
    assert [e.line for e in errors] == [typed + 1, named + 1]
    assert "Wishful" in errors[0].text
    assert "Ident" in errors[1].text


@pytest.mark.data
def test_a_record_of_another_version_is_told_apart(schema_folder: Path) -> None:
    with pytest.raises(UnusableInput, match=r"namespace urn:other \(only in http://www\.mesa"):
        validate(batch_record(namespace="urn:other"), schema_folder)


def test_a_folder_without_schema_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="no schema for BatchProductionRecord"):
        validate(batch_record(), tmp_path)


def test_a_torn_schema_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.xsd").write_text(OPENING, encoding="utf-8")
    with pytest.raises(UnusableInput, match=r"a\.xsd: is no readable schema file"):
        validate(batch_record(), tmp_path)


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and what was asked of it."""
    paths: list[str] = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """A test says nothing on the console."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.requirement("EVD-173")
def test_nothing_is_fetched_for_a_schema(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    text = f'{OPENING}<xsd:include schemaLocation="{address}/b.xsd"/><xsd:element name="X"/>'
    (tmp_path / "a.xsd").write_text(f"{text}</xsd:schema>", encoding="utf-8")
    with pytest.raises(UnusableInput, match=r"a\.xsd: is no usable schema"):
        validate(b"<X/>", tmp_path)
    assert paths == []


@pytest.mark.requirement("EVD-173")
def test_nothing_is_fetched_for_a_record(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    (tmp_path / "a.xsd").write_text(
        f'{OPENING}<xsd:element name="X"/></xsd:schema>', encoding="utf-8"
    )
    entity = f'<!DOCTYPE X [<!ENTITY e SYSTEM "{address}/e">]><X>&e;</X>'
    external = f'<!DOCTYPE X SYSTEM "{address}/x.dtd"><X/>'
    for content in (entity, external):
        with pytest.raises(UnusableInput, match="DOCTYPE"):
            validate(content.encode(), tmp_path)
    assert paths == []
