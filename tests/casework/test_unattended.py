"""A run that nobody attended is recorded as that: sealed by the workspace, signed by nobody."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from support.attended import basis_of
from support.desks import populated
from support.dossiers import a_dossier

from investigator.casework import installation
from investigator.casework.unattended import RECORDED, UnattendedRun, is_workspace, record_run
from investigator.casework.verification import KnownElsewhere, verify
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import EvidenceItem
from investigator.records.blobs import Blobs
from investigator.records.workspace import BLOBS, entries_found
from investigator.report.build import build_report

BYTES = b"tag,time,value\n"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(installation.HOME, str(tmp_path / "home"))
    return populated(tmp_path)


@pytest.fixture
def run(tmp_path: Path) -> UnattendedRun:
    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "a.csv").write_bytes(BYTES)
    dossier = a_dossier()
    item = EvidenceItem(
        "a.csv", sha256(BYTES).hexdigest(), len(BYTES), "historian", "long CSV", "test", 0, 0
    )
    evidence = replace(basis_of(dossier).evidence, items=(item,))
    return UnattendedRun(folder, evidence, build_report(dossier), b"{}\n")


@pytest.mark.requirement("RPT-010")
def test_the_report_is_sealed_and_the_run_is_on_record(
    workspace: Path, run: UnattendedRun, tmp_path: Path
) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(record_run(workspace, run))
    entry = entries_found(workspace)[-1]
    assert (entry.act, entry.who.user_id, entry.who.role) == (RECORDED, "unattended", "no role")
    assert Blobs(workspace / BLOBS).read(sha256(BYTES).hexdigest()) == BYTES
    assert verify(workspace).faults == ()
    said = "\n".join(verify(report, KnownElsewhere(workspace=workspace)).sentences())
    assert "FAULT" not in said
    assert "Seal: sealed unattended: reviewed and signed by nobody" in said
    assert "It is the report of an unattended run on record." in said


@pytest.mark.requirement("RPT-010")
def test_evidence_that_changed_meanwhile_leaves_no_record(
    workspace: Path, run: UnattendedRun
) -> None:
    before = len(entries_found(workspace))
    (run.folder / "a.csv").write_bytes(b"something else")
    with pytest.raises(UnusableInput, match="changed while it was read"):
        record_run(workspace, run)
    assert len(entries_found(workspace)) == before


def test_a_workspace_is_told_from_another_folder(workspace: Path, tmp_path: Path) -> None:
    assert is_workspace(workspace)
    assert not is_workspace(tmp_path)
    assert not is_workspace(None)
