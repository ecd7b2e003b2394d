"""A preview of files: what they are read as."""

import json
from pathlib import Path

import pytest
from support.evidence_files import FLOW, LINE, ZONE, tag_list, usual_files, write_folder

from investigator.domain.errors import UnusableInput
from investigator.evidence.inspect import Inspection, inspect_path


def inspected(path: Path) -> Inspection:
    return inspect_path(path, tags=tag_list(), line_id=LINE, site_zone=ZONE)


@pytest.mark.parametrize("file", sorted(usual_files()))
def test_every_kind_of_file_alone(tmp_path: Path, file: str) -> None:
    write_folder(tmp_path, {file: usual_files()[file]})
    (one,) = inspected(tmp_path / file).files
    assert one.item.file == file
    assert one.item.rows_reported == 0
    assert (one.item.kind == "document") == (file == "deviation.md")


def test_a_folder_as_json(tmp_path: Path) -> None:
    said = inspected(write_folder(tmp_path, usual_files())).as_json()
    assert json.loads(json.dumps(said)) == said
    historian = next(f for f in said["files"] if f["kind"] == "historian")
    assert FLOW in historian["tags"]
    assert historian["span"] == ["2026-03-04T11:00:00+01:00", "2026-03-04T13:00:00+01:00"]
    assert historian["zone"] == "UTC+01:00"


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="is not there"):
        inspected(tmp_path / "none")
