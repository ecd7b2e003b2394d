"""Tables and documents of no known kind: refused unattended, listed for a person, read as told."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from support.evidence_files import LINE, ZONE, tag_list, usual_files, write_folder

from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import EvidenceAsRead
from investigator.domain.import_profile import ImportProfile, Kind
from investigator.evidence.folder import read_folder
from investigator.evidence.preview import Preview, propose_profiles

FOREIGN = b"Kennung;Pruefpunkt;Zahl;Unit\nP-1;Assay;99,1;%\nP-2;Assay;98,7;%\n"
ROLES = ("sample", "test", "result", "unit")


def workbook(*names: str) -> bytes:
    """A workbook with the foreign table on every sheet."""
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name in names:
        sheet = book.create_sheet(name)
        for line in FOREIGN.decode().splitlines():
            sheet.append(line.split(";"))
    book.save(stream)
    return stream.getvalue()


def shown(folder: Path, files: dict[str, bytes]) -> dict[str, Preview]:
    write_folder(folder, usual_files() | files)
    return {one.name: one for one in propose_profiles(folder, zone=ZONE)}


def read(folder: Path, profiles: dict[str, ImportProfile] | None = None) -> EvidenceAsRead:
    return read_folder(folder, tags=tag_list(), line_id=LINE, site_zone=ZONE, profiles=profiles)


def starting(one: Preview) -> ImportProfile:
    assert one.recognition.profile is not None
    return one.recognition.profile


def told(profile: ImportProfile) -> ImportProfile:
    """The profile with what a person says of the columns."""
    uses = zip(profile.columns, ROLES, strict=True)
    columns = tuple(replace(use, role=role) for use, role in uses)
    return replace(profile, kind=Kind.LABORATORY, columns=columns)


@pytest.mark.requirement("EVD-296")
def test_an_unknown_table_stands_in_the_preview_with_a_profile_to_begin_with(
    tmp_path: Path,
) -> None:
    found = shown(tmp_path, {"foreign.csv": FOREIGN})
    assert set(found) == {*usual_files(), "foreign.csv"}
    one = found["foreign.csv"]
    assert not one.recognition.recognised
    assert all(other.recognition.recognised for other in found.values() if other is not one)
    assert "is of no known format" in one.recognition.doubts[0]
    profile = starting(one)
    assert (profile.delimiter, profile.decimal, profile.first_line) == (";", ",", 2)
    assert [use.role for use in profile.columns] == ["unused", "unused", "unused", "unit"]


@pytest.mark.requirement("EVD-296")
def test_unattended_it_is_refused_and_with_its_profile_it_is_read(tmp_path: Path) -> None:
    profile = starting(shown(tmp_path, {"foreign.csv": FOREIGN})["foreign.csv"])
    with pytest.raises(UnusableInput, match=r"^foreign\.csv: is of no .*give it .*--profile") as no:
        read(tmp_path)
    assert "\n" not in str(no.value)
    evidence = read(tmp_path, {"foreign.csv": told(profile)}).evidence
    results = [r for r in evidence.laboratory if r.sample_id in {"P-1", "P-2"}]
    assert [(r.test, r.result, r.unit) for r in results] == [
        ("Assay", 99.1, "%"),
        ("Assay", 98.7, "%"),
    ]
    (item,) = [item for item in evidence.items if item.file == "foreign.csv"]
    assert (item.kind, item.rows_read) == ("laboratory", 2)


@pytest.mark.requirement("EVD-296")
def test_a_profile_may_keep_it_as_a_document_and_a_finding_says_so(tmp_path: Path) -> None:
    profile = starting(shown(tmp_path, {"foreign.csv": FOREIGN})["foreign.csv"])
    kept = read(tmp_path, {"foreign.csv": replace(profile, kind=Kind.DOCUMENT)}).evidence
    (said,) = [f for f in kept.findings if f.kind == "kept_as_document"]
    assert (said.subject, said.detail) == (
        "foreign.csv",
        "its import profile makes it a document: nothing of it is read",
    )


@pytest.mark.requirement("EVD-296")
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.HISTORIAN, "holds its time and its tag and its value"),
        (Kind.LABORATORY, "as laboratory without a column for test and result"),
        (Kind.ALARMS, "as alarm journal without a column for time and event and message"),
        (Kind.ENVIRONMENT, "as environment without a column for time and point and value"),
        (Kind.BATCH_RECORD, "foreign.csv"),
        (Kind.MATERIALS, "foreign.csv"),
    ],
)
def test_a_profile_without_what_its_kind_needs_is_one_sentence(
    tmp_path: Path, kind: Kind, said: str
) -> None:
    begun = starting(shown(tmp_path, {"foreign.csv": FOREIGN})["foreign.csv"])
    with pytest.raises(UnusableInput, match=said) as no:
        read(tmp_path, {"foreign.csv": replace(begun, kind=kind)})
    assert "\n" not in str(no.value)


@pytest.mark.requirement("EVD-296")
def test_a_section_ahead_of_it_makes_it_no_json(tmp_path: Path) -> None:
    one = shown(tmp_path, {"foreign.csv": b"[Data]\n" + FOREIGN})["foreign.csv"]
    assert starting(one).columns[0].name == "Kennung"


@pytest.mark.requirement("EVD-296")
def test_every_unknown_sheet_of_a_workbook_waits_for_its_profile(tmp_path: Path) -> None:
    found = shown(tmp_path, {"book.xlsx": workbook("One", "Two")})
    one, two = (starting(found[f"book.xlsx!{name}"]) for name in ("One", "Two"))
    assert (one.sheet, two.sheet) == ("One", "Two")
    with pytest.raises(UnusableInput, match=r"^book\.xlsx!Two: is of no known format"):
        read(tmp_path, {"book.xlsx!One": told(one)})
    both = {"book.xlsx!One": told(one), "book.xlsx!Two": told(two)}
    items = [item for item in read(tmp_path, both).evidence.items if item.file == "book.xlsx"]
    assert [(item.member, item.kind) for item in items] == [
        ("One", "laboratory"),
        ("Two", "laboratory"),
    ]


@pytest.mark.requirement("EVD-297")
@pytest.mark.parametrize("content", [b"<orders/>", b'{"a": 1}', b"\0" * 400])
def test_what_is_no_table_is_listed_without_a_profile(tmp_path: Path, content: bytes) -> None:
    found = shown(tmp_path, {"orders.xml": content})
    one = found["orders.xml"]
    assert not one.recognition.recognised
    assert one.recognition.profile is None
    assert "take it out of the folder" in one.recognition.doubts[0]
    with pytest.raises(UnusableInput, match=r"^orders\.xml: is of no known format") as no:
        read(tmp_path)
    assert "--profile" not in str(no.value)


@pytest.mark.requirement("EVD-297")
@pytest.mark.parametrize("version", ["b2mml-v02", "BatchML-V02", "B2MML-V03"])
def test_older_documents_of_the_standards_are_kept(tmp_path: Path, version: str) -> None:
    old = f'<a:Equipment xmlns:a="http://www.wbf.org/xml/{version}"/>'.encode()
    assert shown(tmp_path, {"old.xml": old})["old.xml"].recognition.kind is Kind.DOCUMENT
    (said,) = [f for f in read(tmp_path).evidence.findings if f.kind == "kept_as_document"]
    assert said.subject == "old.xml"


@pytest.mark.data
@pytest.mark.requirement("EVD-297")
def test_the_published_recipe_and_its_drawing_are_kept(shared_data: Path) -> None:
    folder = shared_data / "b2mml" / "Examples" / "BatchML v02 Cough Syrup Example Files"
    found = [one.recognition for one in propose_profiles(folder, zone=ZONE)]
    assert [one.kind for one in found] == [Kind.DOCUMENT, Kind.DOCUMENT]
    assert all(one.recognised and "nothing of it is read" in one.doubts[0] for one in found)
