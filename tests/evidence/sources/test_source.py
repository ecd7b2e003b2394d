"""Bytes of files and of members of archives, and everything an archive can try."""

import gzip
import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest

from investigator.domain.errors import UnusableInput
from investigator.evidence.sources import source
from investigator.evidence.sources.hashing import hashing
from investigator.evidence.sources.source import Source, sources_of

TEXT = b"Tag,Timestamp,Value\nA,2026-03-04T10:00:00Z,1.5\n" * 50


def archive(tmp_path: Path, members: dict[str, bytes], name: str = "export.zip") -> Path:
    place = tmp_path / name
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as target:
        for member, content in members.items():
            target.writestr(member, content)
    return place


def only(path: Path) -> Source:
    (found,) = sources_of(path, path.name)
    return found


@pytest.mark.requirement("EVD-100")
@pytest.mark.parametrize("packed", [False, True])
def test_a_file_is_one_source_and_gzip_is_unpacked_whatever_its_name(
    tmp_path: Path, packed: bool
) -> None:
    place = tmp_path / "h.dat"
    place.write_bytes(gzip.compress(TEXT) if packed else TEXT)
    found = only(place)
    assert (found.name, found.size_bytes) == ("h.dat", place.stat().st_size)
    assert found.packed is packed
    assert found.whole() == TEXT
    assert found.head(10) == TEXT[:10]
    with found.open() as stream:
        assert stream.read(7) == TEXT[:7]


@pytest.mark.requirement("EVD-100")
def test_a_zip_gives_a_source_a_file_and_gzip_inside_is_unpacked(tmp_path: Path) -> None:
    inside = {"a.csv": TEXT, "sub/b.csv.gz": gzip.compress(TEXT[:96]), "sub/": b"", ".hidden": b"x"}
    place = archive(tmp_path, {**inside, "__MACOSX/a.csv": b"x"})
    found = sources_of(place, "in/export.zip")
    assert [s.name for s in found] == ["in/export.zip!a.csv", "in/export.zip!sub/b.csv.gz"]
    assert [s.whole() for s in found] == [TEXT, TEXT[:96]]
    assert all(s.packed for s in found)


def test_a_workbook_is_no_archive(tmp_path: Path) -> None:
    place = archive(tmp_path, {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"})
    assert only(place).whole() == place.read_bytes()


@pytest.mark.requirement("EVD-101")
def test_names_that_climb_out_of_the_archive_are_only_names(tmp_path: Path) -> None:
    place = archive(tmp_path, {"../../etc/passwd": TEXT, "/abs.csv": TEXT})
    before = sorted(p for p in tmp_path.rglob("*"))
    assert [s.whole() for s in sources_of(place, "z")] == [TEXT, TEXT]
    assert sorted(p for p in tmp_path.rglob("*")) == before


@pytest.mark.requirement("EVD-101")
@pytest.mark.parametrize("wrapped", ["gzip", "zip", "gzip in zip"])
def test_a_bomb_is_refused_before_it_fills_memory(
    tmp_path: Path, wrapped: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "RATIO_FROM", 1 << 20)
    zeros = bytes(1 << 23)
    place = tmp_path / "bomb"
    if wrapped == "gzip":
        place.write_bytes(gzip.compress(zeros))
    else:
        content = zeros if wrapped == "zip" else gzip.compress(zeros)
        place = archive(tmp_path, {"a.csv": content})
    with only(place).open() as stream, pytest.raises(UnusableInput, match="times its size"):
        while stream.read(1 << 20):
            pass


@pytest.mark.requirement("EVD-101")
def test_an_archive_of_too_many_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MEMBER_LIMIT", 3)
    place = archive(tmp_path, {f"{n}.csv": b"x" for n in range(4)})
    with pytest.raises(UnusableInput, match=r"z: is an archive of more than 3 files; unpack it"):
        sources_of(place, "z")


@pytest.mark.requirement("EVD-101")
def test_what_states_to_be_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "UNPACKED_LIMIT", len(TEXT) - 1)
    with pytest.raises(UnusableInput, match="unpacks to more than"):
        sources_of(archive(tmp_path, {"a.csv": TEXT}), "z")


@pytest.mark.requirement("EVD-006")
def test_an_encrypted_archive_says_so(tmp_path: Path) -> None:
    place = archive(tmp_path, {"a.csv": TEXT})
    content = bytearray(place.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    place.write_bytes(bytes(content))
    with pytest.raises(UnusableInput, match="is an encrypted archive"):
        sources_of(place, "z")


@pytest.mark.requirement("EVD-006")
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_without_files_or_with_doubled_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="without files"):
        sources_of(archive(tmp_path, {"sub/": b""}), "z")
    place = tmp_path / "twice.zip"
    with zipfile.ZipFile(place, "w") as target:
        target.writestr("a", b"1")
        target.writestr("a", b"2")
    with pytest.raises(UnusableInput, match="two files of the same name"):
        sources_of(place, "z")


@pytest.mark.requirement("EVD-006")
@pytest.mark.parametrize("cut", [0.5, 0.99])
def test_cut_gzip_and_cut_zip_end_in_a_sentence(tmp_path: Path, cut: float) -> None:
    noise = os.urandom(4000)
    packed = gzip.compress(noise)
    place = tmp_path / "h.gz"
    place.write_bytes(packed[: int(len(packed) * cut)])
    with pytest.raises(UnusableInput, match="damaged or cut short"):
        only(place).whole()
    place = archive(tmp_path, {"a.csv": noise})
    place.write_bytes(place.read_bytes()[: int(place.stat().st_size * cut)])
    with pytest.raises(UnusableInput, match="cannot be unpacked"):
        sources_of(place, "z")


@pytest.mark.requirement("EVD-006")
def test_a_member_whose_bytes_were_altered_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "stored.zip"
    with zipfile.ZipFile(place, "w") as target:
        target.writestr("a.csv", TEXT)
    place.write_bytes(place.read_bytes().replace(b"1.5", b"1.6", 1))
    with pytest.raises(UnusableInput, match=r"stored\.zip!a\.csv: the archive cannot be unpacked"):
        only(place).whole()


@pytest.mark.requirement("EVD-006")
def test_what_is_not_there_or_too_large_for_memory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match=r"gone\.csv: cannot be opened"):
        sources_of(tmp_path / "gone.csv", "gone.csv")
    place = tmp_path / "h.csv"
    place.write_bytes(TEXT)
    with pytest.raises(UnusableInput, match="too much for this kind of file"):
        only(place).whole(limit=10)


@pytest.mark.requirement("EVD-003")
def test_the_digest_is_made_beside_the_reading(tmp_path: Path) -> None:
    place = tmp_path / "h.csv"
    place.write_bytes(TEXT)
    with hashing(place, "h.csv") as digest:
        content = only(place).whole()
        assert digest() == hashlib.sha256(content).hexdigest()


@pytest.mark.requirement("EVD-003")
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "h.csv"
    place.write_bytes(TEXT)
    with hashing(place, "h.csv") as digest:
        with io.FileIO(place, "a") as stream:
            stream.write(b"more")
        with pytest.raises(UnusableInput, match=r"h\.csv: changed while it was read"):
            digest()
