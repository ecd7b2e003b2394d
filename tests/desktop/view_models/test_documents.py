"""Documents: what a person states of each, and how it is kept."""

import pytest
from support.investigations import DOCUMENT, EVIDENCE, walked
from support.scenes import AUDITOR, a_scene

from investigator.desktop.commands import Command
from investigator.desktop.view_models.documents import (
    KINDS,
    documents,
    inspected_document,
    why_not_admit,
)

SAVE = Command("document.save", "Save a copy…", lambda: None)


@pytest.mark.requirement("WIN-038")
def test_a_document_says_what_it_is_and_how_its_copy_was_compared() -> None:
    scene = a_scene(walked(until=DOCUMENT))
    row = documents(scene)[0]
    assert (row.document_id, row.kind, row.dated) == ("DOC-1", "logbook page", "2025-10-09")
    assert row.original == "true copy"
    said = inspected_document(scene, row, lambda _r: None, (SAVE,))
    assert ("Copy", "compared with the original") in said.facts
    assert said.digest == DOCUMENT.sha256
    assert [action.title for action in said.actions] == ["Save a copy…", "Withdraw…"]


@pytest.mark.requirement("WIN-038")
def test_every_kind_of_document_can_be_admitted() -> None:
    assert {"maintenance entry", "calibration certificate", "interview", "photo"} <= {
        words for _, words in KINDS
    }
    assert why_not_admit(a_scene(walked(until=EVIDENCE))) == ""
    assert "auditor" in why_not_admit(a_scene(walked(until=EVIDENCE), person=AUDITOR))
