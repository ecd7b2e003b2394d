"""The twin commands tell what a twin is and how it stands."""

import pytest

from investigator.cli.main import main


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["twin", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return str(out)


@pytest.mark.requirement("TWN-001")
def test_the_list_tells_version_status_and_line(capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = [line.split() for line in told(capsys, "list").splitlines()[1:]]
    assert row[:4] == ["cdc_line_3", "0.1.0", "draft", "CDC-3"]


@pytest.mark.requirement("TWN-001", "DIA-001")
def test_a_twin_tells_its_use_its_digest_and_its_failure_modes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = told(capsys, "show", "cdc_line_3").splitlines()
    assert any(line.startswith("Digest  sha256:") for line in lines)
    assert any(line.startswith("For ") for line in lines)
    modes = lines[lines.index("") + 2 :]
    assert len(modes) >= 10
    assert any(line.startswith("api_bridging ") for line in modes)


@pytest.mark.requirement("CLI-001")
@pytest.mark.parametrize("command", ["show", "calibrate"])
def test_an_unknown_twin_is_one_sentence(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["twin", command, "no_such_line"]) == 2
    assert "no_such_line: there is no such twin" in capsys.readouterr().err
