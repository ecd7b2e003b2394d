"""How a folder would be read, from the console: proposals, profiles as text, given back."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from support.console import Console
from support.investigations import CASE

from investigator.cli.case import evidence as commands
from investigator.cli.case.profiles import file_name
from investigator.domain.errors import UnusableRequest

ConsoleAt = Callable[[str], Console]


@pytest.mark.requirement("CLI-063")
def test_a_folder_is_shown_before_it_is_read_and_its_profiles_written(
    console_at: ConsoleAt, example: Path, tmp_path: Path
) -> None:
    console = console_at("scope")
    words = ("case", "read", CASE, example)
    found = console.by("ann", *words, "--save-profiles", tmp_path / "p", "--json").json
    by_table = {row["table"]: row for row in found}
    assert by_table["lab_results.csv"]["profile"]["kind"] == "laboratory"
    assert by_table["batch_record.xml"]["profile"] is None
    saved = {path.name for path in (tmp_path / "p").iterdir()}
    assert saved == {file_name(row["table"]) for row in found if row["profile"]}
    lines = console.done("ann", *words).splitlines()
    assert any(line.startswith("historian.csv.gz") and "proposed" in line for line in lines)


@pytest.mark.requirement("CLI-063")
def test_what_was_chosen_reaches_the_reading(
    console_at: ConsoleAt, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = console_at("scope")
    console.done("ann", "case", "read", CASE, example, "--save-profiles", tmp_path)
    file = tmp_path / file_name("lab_results.csv")
    text = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**text, "zone": "Europe/Zurich"}), "utf-8")
    heard = []

    def worked(title: str, _work: object, *args: object) -> None:
        heard.append(args[2])
        raise UnusableRequest("That is enough.")

    monkeypatch.setattr(commands, "worked", worked)
    given = ("--profile", f"lab_results.csv={file}", "--batch", "B-7")
    assert "That is enough." in console.refused("ann", "case", "admit", CASE, example, *given)
    (choices,) = heard
    assert choices.batch_id == "B-7"
    assert choices.profiles["lab_results.csv"].zone == "Europe/Zurich"
    assert choices.kept == ()


@pytest.mark.requirement("CLI-008")
@pytest.mark.parametrize(
    ("given", "says"),
    [("lab.json", "names no table"), ("lab_results.csv=gone.json", "cannot be read as an import")],
)
def test_a_profile_that_cannot_be_used_is_one_sentence(
    given: str, says: str, console_at: ConsoleAt, example: Path
) -> None:
    words = ("case", "read", CASE, example, "--profile", given)
    assert says in console_at("scope").refused("ann", *words)


@pytest.mark.requirement("CLI-063", "CAS-145")
def test_a_table_of_no_known_kind_is_shown_its_profile_written_and_its_folder_refused(
    console_at: ConsoleAt, example: Path, tmp_path: Path
) -> None:
    folder, saved = tmp_path / "folder", tmp_path / "p"
    folder.mkdir()
    (folder / "lab_results.csv").symlink_to(example / "lab_results.csv")
    (folder / "foreign.csv").write_text("a,b\n1,2\n", "utf-8")
    console = console_at("scope")
    words = ("case", "read", CASE, folder, "--save-profiles", saved)
    lines = console.done("ann", *words).splitlines()
    (row,) = [line for line in lines if line.startswith("foreign.csv ")]
    assert "not recognised" in row
    assert row.endswith("to be given")
    assert any(line.startswith("foreign.csv: is of no known format") for line in lines)
    profile = saved / file_name("foreign.csv")
    assert json.loads(profile.read_text("utf-8"))["columns"][0]["role"] == "unused"
    admit = ("case", "admit", CASE, folder)
    assert "case admit --profile" in console.refused("ann", *admit)
    text = json.loads(profile.read_text("utf-8"))
    profile.write_text(json.dumps({**text, "kind": "document"}), "utf-8")
    told = console.by("ann", *admit, "--profile", f"foreign.csv={profile}")
    assert told.status == 2
    assert "reading foreign.csv (document" in told.err
    assert "of no known format" not in told.err


@pytest.mark.data
@pytest.mark.requirement("CLI-064", "CLI-065")
def test_a_folder_of_a_line_without_twin_is_shown_and_admitted(
    console_at: ConsoleAt, shared_data: Path, tmp_path: Path
) -> None:
    for name in ("Laboratory.csv", "Normalization.csv", "Process/3.csv"):
        (tmp_path / Path(name).name).symlink_to(shared_data / "tablet_press" / name)
    console = console_at("scope")
    asked = (CASE, tmp_path, "--without-twin", "Europe/Ljubljana", "--batch", "325")
    rows = console.by("ann", "case", "read", *asked, "--json").json
    by_table = {row["table"]: row for row in rows}
    assert by_table["3.csv"]["profile"]["zone"] == "Europe/Ljubljana"
    assert by_table["Normalization.csv"]["kind"] == "document"
    console.done("ann", "case", "admit", *asked, "--why", "the batch of the press is 325")
    findings = console.by("ann", "case", "findings", CASE, "--json").json
    assert any("freeze" in row["words"] for row in findings)
    found = console.by("ann", "case", "reread", CASE, "--json").json
    assert found["outcome"] == "the same bytes"
    both = ("--twin", "cdc_line_3")
    assert "not allowed with" in console.refused("ann", "case", "admit", *asked, *both)
    refused = console.refused("ann", "case", "twin", CASE, "--why", "to try")
    assert "for a line that no twin is of" in refused
