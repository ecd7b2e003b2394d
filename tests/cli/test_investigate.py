"""What cannot be investigated ends with status 2 and one sentence; nothing is left in `--out`."""

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from investigator.cli.main import main

Spoil = Callable[[Path], None]


def without_historian(folder: Path) -> None:
    (folder / "historian.csv.gz").unlink()


def without_record_and_notice(folder: Path) -> None:
    (folder / "batch_record.xml").unlink()
    (folder / "deviation.json").unlink()


def unknown_format(folder: Path) -> None:
    (folder / "historian.csv.gz").unlink()
    (folder / "historian.dat").write_bytes(bytes(range(256)) * 64)


def truncated_record(folder: Path) -> None:
    record = folder / "batch_record.xml"
    record.write_bytes(record.read_bytes()[: record.stat().st_size // 2])


def truncated_export(folder: Path) -> None:
    export = folder / "historian.csv.gz"
    export.write_bytes(export.read_bytes()[: export.stat().st_size // 2])


def rewrite_export(folder: Path, change: Callable[[str], str]) -> None:
    export = folder / "historian.csv.gz"
    text = gzip.decompress(export.read_bytes()).decode("utf-8")
    export.write_bytes(gzip.compress(change(text).encode("utf-8"), mtime=0))


def wrong_delimiter(folder: Path) -> None:
    rewrite_export(folder, lambda text: text.replace(",", "|"))


def unknown_tags(folder: Path) -> None:
    rewrite_export(
        folder,
        lambda text: "\n".join(
            line if number == 0 or not line else f"X9-{line}"
            for number, line in enumerate(text.splitlines())
        ),
    )


def other_line(folder: Path) -> None:
    record = folder / "batch_record.xml"
    record.write_bytes(record.read_bytes().replace(b"CDC-3", b"CDC-9"))


@pytest.fixture
def folder(example: Path, tmp_path: Path) -> Path:
    return shutil.copytree(example, tmp_path / "DEV-X", copy_function=shutil.copyfile)


def sentence_of(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert out == ""
    last = str(err.splitlines()[-1])
    assert last.startswith("investigator: ")
    assert "Traceback" not in err
    return last


@pytest.mark.requirement("CLI-001", "OUT-001")
@pytest.mark.parametrize(
    ("spoil", "names"),
    [
        pytest.param(without_historian, "historian", marks=pytest.mark.requirement("EVD-006")),
        pytest.param(
            without_record_and_notice, "batch record", marks=pytest.mark.requirement("EVD-006")
        ),
        pytest.param(unknown_format, "historian", marks=pytest.mark.requirement("EVD-006")),
        pytest.param(truncated_record, "batch_record.xml"),
        pytest.param(truncated_export, "historian.csv.gz"),
        pytest.param(wrong_delimiter, "historian.csv.gz"),
        pytest.param(unknown_tags, "no tag of this twin"),
        pytest.param(other_line, "CDC-9", marks=pytest.mark.requirement("EVD-007")),
    ],
)
def test_evidence_that_cannot_be_used(
    spoil: Spoil, names: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder)
    out = tmp_path / "out"
    assert main(["investigate", str(folder), "--out", str(out)]) == 2
    assert names in sentence_of(capsys)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["DEV-X"]


@pytest.mark.requirement("CLI-001")
@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--twin", "no_such_line"], "no_such_line"),
        (["--cause", "gremlins"], "gremlins"),
        (["--cause", "api_bridging,gremlins"], "gremlins"),
    ],
)
def test_a_request_that_cannot_be_carried_out(
    options: list[str],
    says: str,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["investigate", str(folder), "--out", str(tmp_path / "out"), *options]) == 2
    assert says in sentence_of(capsys)
    assert not (tmp_path / "out").exists()


@pytest.mark.requirement("CLI-001")
def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "nowhere"
    assert main(["investigate", str(missing), "--out", str(tmp_path / "out")]) == 2
    assert str(missing) in sentence_of(capsys)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.requirement("OUT-002")
def test_a_folder_of_somebody_else_is_not_written(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("three years of work", encoding="utf-8")
    assert main(["investigate", str(folder), "--out", str(out)]) == 2
    assert "not an earlier result" in sentence_of(capsys)
    assert [entry.name for entry in out.iterdir()] == ["thesis.txt"]


def test_the_result_may_not_lie_in_the_evidence(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(folder.iterdir())
    assert main(["investigate", str(folder), "--out", str(folder / "out")]) == 2
    assert "inside the evidence" in sentence_of(capsys)
    assert sorted(folder.iterdir()) == before
