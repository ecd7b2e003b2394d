"""`investigator verify`: sentences on standard output, 1 where something does not agree."""

import json
from pathlib import Path

import pytest
from support.desks import desk_at, populated
from support.investigations import CASE
from support.trust import PASSWORD

from investigator.casework import installation
from investigator.casework.report_signing import current_pdf
from investigator.cli.main import main


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(installation.HOME, str(tmp_path / "home"))
    signed = populated(tmp_path, before=None)
    with desk_at(signed) as desk:
        desk.sign_in("aud", PASSWORD)
        (tmp_path / "report.pdf").write_bytes(current_pdf(desk, desk.case(CASE)))
    return signed


@pytest.mark.requirement("CLI-014")
def test_a_sound_workspace_and_its_report_are_told(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(workspace)]) == 0
    assert "Proven: Every act was done by a person" in capsys.readouterr().out
    report = str(workspace.parent / "report.pdf")
    assert main(["verify", report, "--workspace", str(workspace), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["faults"] == []
    assert "It is the report in force of the case DEV-1." in found["proven"]


@pytest.mark.requirement("CLI-014")
def test_something_wrong_ends_with_1(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "changed.pdf"
    report.write_bytes((workspace.parent / "report.pdf").read_bytes() + b"more")
    assert main(["verify", str(report)]) == 1
    assert (
        "FAULT: Behind the end of the last signature 4 bytes were added." in capsys.readouterr().out
    )


@pytest.mark.requirement("CLI-014")
def test_what_was_kept_elsewhere_is_compared(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "checkpoint.txt"
    note.write_text((workspace / "checkpoint.txt").read_text("utf-8"), encoding="utf-8")
    assert main(["verify", str(workspace), "--checkpoint", str(note)]) == 0
    assert (
        "Checkpoints kept elsewhere that agree, so that no history was swapped: 1."
        in capsys.readouterr().out
    )
    note.write_text("no note\n", encoding="utf-8")
    assert main(["verify", str(workspace), "--checkpoint", str(note)]) == 1
    assert main(["verify", str(workspace), "--key", str(tmp_path / "none")]) == 2
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.requirement("CLI-065")
def test_evidence_is_read_again_where_it_is_asked_for(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of this case it is not stored how its evidence was read."""
    assert main(["verify", str(workspace), "--reread"]) == 0
    told = f"Not proven: Evidence of {CASE}: How it was read is not stored with it."
    assert told in capsys.readouterr().out
    assert main(["verify", str(workspace)]) == 0
    assert f"Evidence of {CASE}" not in capsys.readouterr().out
