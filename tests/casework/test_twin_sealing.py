"""What a twin author edits is sealed as a new content, or refused and left as it was."""

from pathlib import Path

import pytest
from support.validated_twins import copied, used_here, validated

from investigator.casework.twin_sealing import seal_twin
from investigator.casework.twins import choose_twin
from investigator.domain.errors import UnusableInput, UnusableRequest
from investigator.domain.twin_status import TwinStatus
from investigator.twin.digests import LIST
from investigator.twin.manifest import HEAD

LINE = "cdc_line_3"


def edited(folder: Path, old: str, new: str) -> None:
    head = folder / HEAD
    text = head.read_text(encoding="utf-8")
    assert old in text
    head.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.requirement("CLI-074")
def test_an_edited_package_is_another_content_and_a_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used_here(monkeypatch, tmp_path)
    folder = validated(tmp_path)
    before = choose_twin(LINE)
    assert seal_twin(LINE) == (before.digest, before.standing)
    edited(folder, "Tablet A 50 mg", "Tablet A 50 mg, coated")
    with pytest.raises(UnusableInput, match="seal it with twin seal where the change is meant"):
        choose_twin(LINE)
    digest, standing = seal_twin(LINE)
    assert digest == choose_twin(LINE).digest != before.digest
    assert standing.status is TwinStatus.DRAFT
    assert "was changed after it was validated" in standing.why


@pytest.mark.requirement("CLI-074")
def test_what_does_not_load_is_not_sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    used_here(monkeypatch, tmp_path)
    folder = copied(tmp_path)
    listed = (folder / LIST).read_bytes()
    edited(folder, "format = 2", "format = 99")
    with pytest.raises(UnusableInput, match="format"):
        seal_twin(LINE)
    assert (folder / LIST).read_bytes() == listed
    (folder / LIST).unlink()
    with pytest.raises(UnusableInput, match="format"):
        seal_twin(LINE)
    assert not (folder / LIST).exists()
    with pytest.raises(UnusableRequest, match="there is no such twin"):
        seal_twin("line_9")
