"""Originals are kept byte for byte."""

import hashlib
from pathlib import Path

import pytest

from investigator.domain.errors import UnusableInput
from investigator.evidence.sources.vault import keep


def test_every_original_lies_under_its_digest(tmp_path: Path) -> None:
    one, two = tmp_path / "a.csv", tmp_path / "b.csv"
    one.write_bytes(b"x" * 3_000_000)
    two.write_bytes(b"y")
    places = keep([one, two, one], tmp_path / "vault")
    assert {p.read_bytes() for p in places.values()} == {one.read_bytes(), b"y"}
    for digest, place in places.items():
        assert hashlib.sha256(place.read_bytes()).hexdigest() == digest == place.name
    assert sorted(p.name for p in (tmp_path / "vault").iterdir()) == sorted(places)


def test_a_falsified_copy_in_the_vault_is_found(tmp_path: Path) -> None:
    one = tmp_path / "a.csv"
    one.write_bytes(b"x")
    (place,) = keep([one], tmp_path / "vault").values()
    place.write_bytes(b"z")
    with pytest.raises(UnusableInput, match="does not hold the bytes"):
        keep([one], tmp_path / "vault")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match=r"gone\.csv: cannot be kept"):
        keep([tmp_path / "gone.csv"], tmp_path / "vault")
