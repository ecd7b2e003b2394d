"""The twin commands tell what a twin is and how it stands."""

import json
import shutil
from pathlib import Path

import pytest

from investigator.casework.places import models_folder
from investigator.cli.main import main
from investigator.twin.calibrate import residence


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["twin", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return str(out)


@pytest.mark.requirement("TWN-001")
def test_the_list_tells_version_status_and_line(capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(capsys, "list").splitlines()
    row = lines[1].split()
    assert row[:2] == ["cdc_line_3", "0.1.0"]
    assert row[2] in {"draft", "validated"}
    assert row[3] == "CDC-3"
    assert lines[3].startswith("cdc_line_3: It")


@pytest.mark.requirement("TWN-001", "DIA-001")
def test_a_twin_tells_its_use_its_digest_and_its_failure_modes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = told(capsys, "show", "cdc_line_3").splitlines()
    assert any(line.startswith("Package digest ") and " sha256:" in line for line in lines)
    assert any(line.startswith("Intended use ") for line in lines)
    modes = lines[lines.index("") + 2 :]
    assert len(modes) >= 10
    assert any(line.startswith("api_bridging ") for line in modes)


@pytest.mark.data
@pytest.mark.requirement("TWN-004", "CLI-005")
def test_the_reference_is_told_channel_by_channel(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    plant_data: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(models_folder() / "cdc_line_3", tmp_path / "models" / "cdc_line_3")
    monkeypatch.setenv("INVESTIGATOR_MODELS", str(tmp_path / "models"))
    history = tmp_path / "history"
    for batch in sorted((plant_data / "history").iterdir())[:3]:
        shutil.copytree(batch, history / batch.name)
    command = ["twin", "reference", "cdc_line_3", "--history", str(history)]
    assert main([*command, "--json"]) == 0
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert f"reading {document['batches'][0]}" in err
    assert main(command) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == f"3 normal batches; the package has the digest {document['digest']}"
    rows = [line.split() for line in lines[1 : lines.index("")]]
    assert [row[0] for row in rows] == [noise["channel"] for noise in document["noise"]]
    assert [float(row[-1]) for row in rows] == [
        pytest.approx(document["usual_gains"][row[0]], rel=1e-3) for row in rows
    ]


@pytest.mark.requirement("CLI-001")
@pytest.mark.parametrize("command", [["show"], ["calibrate"], ["reference", "--history", "h"]])
def test_an_unknown_twin_is_one_sentence(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["twin", *command, "no_such_line"]) == 2
    assert "no_such_line: there is no such twin" in capsys.readouterr().err


@pytest.mark.requirement("TWN-035", "TWN-037")
def test_a_calibration_tells_fits_doubts_and_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(residence, "BLENDER_TANKS", ((12, 2),))
    monkeypatch.setattr(residence, "CHUTE_TANKS", (12,))
    monkeypatch.setattr(residence, "FEED_FRAME_TANKS", (1,))
    shutil.copytree(models_folder() / "cdc_line_3", tmp_path / "models" / "cdc_line_3")
    monkeypatch.setenv("INVESTIGATOR_MODELS", str(tmp_path / "models"))
    assert main(["twin", "calibrate", "cdc_line_3", "--seed", "7"]) == 0
    lines = capsys.readouterr().out.splitlines()
    fits, left = (lines[i].split("  ") for i in (0, lines.index("") + 1))
    assert "Held out" in [cell.strip() for cell in fits]
    assert left[0] == "Parameter"
    assert any(line.startswith("nir.api_bias_pct ") for line in lines)
    assert any("are exchanged for one another" in line for line in lines)
    assert "(seed 7 for the hold-out)" in lines[-1]
