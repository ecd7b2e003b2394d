"""Results appear whole or not at all."""

import json
from pathlib import Path

import pytest

from investigator.casework.output import FORMAT, RESULT, written_whole
from investigator.domain.errors import UnusableRequest


def write_result(folder: Path, text: str = "new") -> None:
    (folder / RESULT).write_text(json.dumps({"format": FORMAT, "note": text}), encoding="utf-8")


def note(folder: Path) -> str:
    return str(json.loads((folder / RESULT).read_text(encoding="utf-8"))["note"])


@pytest.mark.requirement("OUT-001")
def test_the_folder_takes_its_name_only_at_the_end(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    with written_whole(out) as draft:
        write_result(draft)
        assert not out.exists()
    assert note(out) == "new"
    assert [entry.name for entry in out.parent.iterdir()] == ["out"]


@pytest.mark.requirement("OUT-001")
def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), written_whole(tmp_path / "out") as draft:
        write_result(draft)
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.requirement("OUT-001")
def test_a_failure_leaves_an_earlier_result_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    write_result(out, "old")
    with pytest.raises(RuntimeError), written_whole(out) as draft:
        write_result(draft)
        raise RuntimeError
    assert note(out) == "old"


def test_an_earlier_result_is_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    write_result(out, "old")
    with written_whole(out) as draft:
        write_result(draft)
    assert note(out) == "new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with written_whole(out) as draft:
        write_result(draft)
    assert note(out) == "new"


@pytest.mark.requirement("OUT-002")
@pytest.mark.parametrize(
    "content",
    [
        {"thesis.txt": "three years of work"},
        {RESULT: json.dumps({"format": FORMAT}), "thesis.txt": "three years of work"},
        {RESULT: json.dumps({"format": "something else"})},
        {RESULT: "no JSON"},
        {RESULT: "[]"},
        {"report.pdf": "somebody's report"},
    ],
)
def test_what_is_not_ours_is_not_touched(tmp_path: Path, content: dict[str, str]) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name, text in content.items():
        (out / name).write_text(text, encoding="utf-8")
    with pytest.raises(UnusableRequest, match="not an earlier result"), written_whole(out):
        pytest.fail("the block must not run")
    assert {p.name: p.read_text(encoding="utf-8") for p in out.iterdir()} == content


def test_a_file_in_the_way_is_not_touched(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("a file", encoding="utf-8")
    with pytest.raises(UnusableRequest), written_whole(out):
        pytest.fail("the block must not run")
    assert out.read_text(encoding="utf-8") == "a file"


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with (
        pytest.raises(UnusableRequest, match="cannot be written"),
        written_whole(tmp_path / "file" / "out"),
    ):
        pytest.fail("the block must not run")
