"""What is kept is what was read."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.dossiers import a_batch

from investigator.casework.originals import keep_originals
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Evidence, EvidenceItem
from investigator.evidence.sources.content import digest_of


def evidence_of(folder: Path, *names: str) -> Evidence:
    items = tuple(
        EvidenceItem(name, digest_of(folder / name), 1, "document", "-", "r", 0, 0)
        for name in names
    )
    return Evidence("X", items, {}, {}, (), a_batch(), (), None, (), (), ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "evidence"
    (made / "lab").mkdir(parents=True)
    (made / "a.csv").write_bytes(b"\xef\xbb\xbfa;b\r\n1,5;2\r\n")
    (made / "lab" / "a.csv").write_bytes(b"other")
    return made


@pytest.mark.requirement("EVD-003")
def test_originals_are_kept_byte_for_byte_under_their_digest(folder: Path, tmp_path: Path) -> None:
    evidence = evidence_of(folder, "a.csv", "lab/a.csv")
    keep_originals(folder, evidence, tmp_path / "vault")
    kept = {item.file: (tmp_path / "vault" / item.sha256).read_bytes() for item in evidence.items}
    assert kept == {name: (folder / name).read_bytes() for name in ("a.csv", "lab/a.csv")}


@pytest.mark.requirement("EVD-003")
def test_a_file_that_changed_since_it_was_read_stops_the_work(folder: Path, tmp_path: Path) -> None:
    evidence = evidence_of(folder, "a.csv")
    (folder / "a.csv").write_bytes(b"a;b\n2,5;2\n")
    with pytest.raises(UnusableInput, match=r"a\.csv: changed while it was read"):
        keep_originals(folder, evidence, tmp_path / "vault")


def test_a_file_that_is_gone_stops_the_work(folder: Path, tmp_path: Path) -> None:
    evidence = evidence_of(folder, "a.csv")
    gone = replace(evidence, items=(replace(evidence.items[0], file="b.csv"),))
    with pytest.raises(UnusableInput, match=r"b\.csv"):
        keep_originals(folder, gone, tmp_path / "vault")
