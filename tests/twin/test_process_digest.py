"""The digest of the equations: changes with them and with nothing else."""

import hashlib

import pytest

from investigator.twin import process_digest as subject


@pytest.fixture
def room(tmp_path, monkeypatch):
    (tmp_path / "inner").mkdir()
    (tmp_path / "press.py").write_bytes(b"force = 1\n")
    (tmp_path / "inner" / "law.py").write_bytes(b"law = 2\n")
    monkeypatch.setattr(subject, "files", lambda _: tmp_path)
    return tmp_path


def test_it_is_the_digest_of_a_list_of_digests(room):
    def sha(content):
        return hashlib.sha256(content).hexdigest()

    lines = f"{sha(b'law = 2' + bytes([10]))}  inner/law.py\n"
    lines += f"{sha(b'force = 1' + bytes([10]))}  press.py\n"
    assert subject.process_digest() == "sha256:" + sha(lines.encode())


def test_one_changed_byte_changes_it(room):
    before = subject.process_digest()
    (room / "inner" / "law.py").write_bytes(b"law = 3\n")
    assert subject.process_digest() != before


def test_line_ends_caches_and_other_files_do_not(room):
    before = subject.process_digest()
    (room / "press.py").write_bytes(b"force = 1\r\n")
    (room / "__pycache__").mkdir()
    (room / "__pycache__" / "press.pyc").write_bytes(b"x")
    (room / "notes.txt").write_bytes(b"x")
    assert subject.process_digest() == before


def test_the_room_of_the_program_is_found():
    assert subject.process_digest().startswith("sha256:")
    assert subject.process_digest() == subject.process_digest()
