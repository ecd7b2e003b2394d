"""`evidence inspect` says how each file is read, in all layouts, and records nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from investigator.cli.main import main

LAYOUTS = {
    "DEV-OPEN-01": "long CSV",
    "DEV-OPEN-02": "long CSV, gzip",
    "DEV-OPEN-03": "wide CSV",
    "DEV-OPEN-05": "Parquet, long",
}
HISTORIAN_TAGS = 58


def as_json(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    assert main(["evidence", "inspect", str(path), "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return {file["file"]: file for file in json.loads(out)["files"]}


@pytest.mark.requirement("EVD-002", "CLI-003")
def test_every_file_of_the_example_is_recognised(
    example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kinds = {name: file["kind"] for name, file in as_json(example, capsys).items()}
    assert kinds == {
        "alarms.csv": "alarm_journal",
        "batch_record.xml": "batch_record",
        "deviation.json": "deviation_notice",
        "deviation.md": "document",
        "environmental.csv": "environment",
        "historian.csv.gz": "historian",
        "lab_results.csv": "laboratory",
    }


@pytest.mark.requirement("CLI-003", "EVD-004")
def test_the_text_tells_rows_and_what_is_doubtful(
    example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {p: p.stat().st_mtime_ns for p in example.iterdir()}
    assert main(["evidence", "inspect", str(example)]) == 0
    out, _ = capsys.readouterr()
    historian = as_json(example, capsys)["historian.csv.gz"]
    line = next(line for line in out.splitlines() if line.startswith("historian.csv.gz "))
    assert f" {historian['rows_read']}  " in line
    assert f" {historian['rows_reported']}  " in line
    assert str(historian["problems"][0]["line"]) in out
    assert {p: p.stat().st_mtime_ns for p in example.iterdir()} == before


def test_a_reason_that_many_rows_share_does_not_hide_the_others(
    example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evidence", "inspect", str(example / "historian.csv.gz")]) == 0
    told = capsys.readouterr().out
    assert told.count("repeats another row") == 3
    assert "line 50132: no value: I/O Timeout" in told
    assert "and 13 further rows" in told


def test_one_file_may_be_inspected(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = as_json(example / "historian.csv.gz", capsys)
    assert list(files) == ["historian.csv.gz"]
    assert len(files["historian.csv.gz"]["tags"]) == HISTORIAN_TAGS


@pytest.mark.requirement("CLI-001")
def test_what_is_not_there_cannot_be_inspected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evidence", "inspect", str(tmp_path / "nothing")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "nothing: is not there" in err


@pytest.mark.data
@pytest.mark.requirement("EVD-001")
@pytest.mark.parametrize(("case", "layout"), LAYOUTS.items())
def test_all_layouts_of_the_historian_are_read(
    case: str, layout: str, plant_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = as_json(plant_data / "deviations" / case, capsys)
    (historian,) = (file for file in files.values() if file["kind"] == "historian")
    assert historian["layout"].startswith(layout)
    assert len(historian["tags"]) == HISTORIAN_TAGS


@pytest.mark.requirement("EVD-172")
@pytest.mark.data
def test_the_record_is_held_against_the_schema_files_of_the_site(
    example: Path, shared_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = str(shared_data / "b2mml" / "Schema")
    record = (example / "batch_record.xml").read_bytes()
    (tmp_path / "record.xml").write_bytes(
        record.replace(b">Material</EventType>", b">M</EventType>")
    )
    assert main(["evidence", "inspect", str(example / "batch_record.xml"), "--schema", schema]) == 0
    assert "schema" not in capsys.readouterr().out
    assert main(["evidence", "inspect", str(tmp_path / "record.xml"), "--schema", schema]) == 0
    line = record[: record.index(b">Material</EventType>")].count(b"\n") + 1
    assert f"line {line}: " in capsys.readouterr().out


@pytest.mark.data
@pytest.mark.requirement("EVD-215")
def test_data_of_a_line_without_twin_are_opened_by_batch(
    shared_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    press = shared_data / "tablet_press"
    for name in ("Laboratory.csv", "Process/3.csv"):
        (tmp_path / Path(name).name).symlink_to(press / name)
    asked = ["evidence", "inspect", str(tmp_path), "--without-twin", "Europe/Ljubljana"]
    assert main([*asked, "--batch", "325", "--json"]) == 0
    files = {file["file"]: file for file in json.loads(capsys.readouterr().out)["files"]}
    assert files["3.csv"]["span"] == ["2019-07-04T23:57:54+02:00", "2019-07-05T09:02:24+02:00"]
    assert "freeze" in {f["kind"] for f in files["3.csv"]["findings"]}
    assert "mean_outside_range" in {f["kind"] for f in files["Laboratory.csv"]["findings"]}
    assert main(asked) == 2
    assert "holds 16 batches" in capsys.readouterr().err


def test_without_twin_needs_a_zone_that_exists(
    example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evidence", "inspect", str(example), "--without-twin", "Mars/North"]) == 2
    assert "no IANA zone" in capsys.readouterr().err


@pytest.mark.requirement("CLI-003", "EVD-132")
def test_the_choices_of_a_reading_and_its_doubts_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "export.csv"
    place.write_text("Zeit;A;B\n03.04.2026 10:00:00;1,234;1\n03.04.2026 10:00:10;2,345;2\n")
    asked = ["evidence", "inspect", str(place), "--without-twin", "Europe/Berlin"]
    assert main(asked) == 0
    told = capsys.readouterr().out.splitlines()
    assert (
        "export.csv: read as wide; utf-8, cells cut by semicolon, decimal ,; times day first,"
        " Europe/Berlin; time in column 1, 2 columns of signals." in told
    )
    marks = "1,234 is read with a decimal comma, not as thousands"
    assert f"export.csv: doubt: {marks}." in told
    assert main([*asked, "--json"]) == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert marks in file["doubts"]
    assert file["profile"]["time_order"] == "day first"
    assert [use["role"] for use in file["profile"]["columns"]] == ["time", "signal", "signal"]
