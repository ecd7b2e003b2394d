"""A folder before it is admitted, in words and numbers."""

from dataclasses import replace

import pytest
from support.investigations import EVIDENCE, SCOPED, walked
from support.previews import (
    DOUBT,
    PROFILE,
    UNKNOWN_FORMAT,
    a_preview,
    a_table,
    an_unknown_table,
)
from support.scenes import a_scene, an_evidence

from investigator.casework.preview import FolderPreview
from investigator.casework.profiles import KeptProfile, ReadingChoices
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.folder_preview import (
    Preview,
    TableRow,
    inspected_table,
    preview,
)


def shown(seen: FolderPreview) -> Preview:
    found = preview(replace(a_scene(walked(until=SCOPED)), preview=seen))
    assert found is not None
    return found


def first(seen: FolderPreview) -> TableRow:
    return shown(seen).tables[0]


@pytest.mark.requirement("WIN-036")
def test_a_preview_says_clocks_with_uncertainty_and_what_was_assumed() -> None:
    assert preview(a_scene(walked(until=SCOPED))) is None
    found = shown(a_preview())
    assert found.title == "/site/export"
    assert found.note.endswith("; 2 findings on data quality to be judged")
    assert found.facts == (
        ("Clock", "batch_record.xml: +31.0 ± 1.0 s, from 12 events"),
        *(("Assumed", text) for text in an_evidence().assumptions),
    )
    assert found.replaces == ""
    again = preview(replace(a_scene(walked(until=EVIDENCE)), preview=a_preview()))
    assert again is not None
    assert "takes the place of the evidence of entry" in again.replaces


@pytest.mark.requirement("WIN-107")
def test_a_table_says_how_it_is_read_and_what_is_doubtful() -> None:
    row = first(a_preview())
    assert (row.table, row.kind, row.zone) == ("historian.csv", "historian", "Europe/Berlin")
    assert (row.rows, row.lost, row.origin) == ("100", "3", "proposed")
    assert (row.doubts, row.tone) == ((DOUBT,), Tone.WARN)
    said = inspected_table(row)
    assert ("Written in", "utf-8, semicolon, decimal comma") in said.facts
    assert said.findings[0].text == DOUBT
    assert shown(a_preview()).tables[1].origin == ""


@pytest.mark.requirement("WIN-107", "CAS-145")
def test_a_table_of_no_known_kind_says_so_and_waits_for_its_profile() -> None:
    row = first(a_preview(tables=(an_unknown_table(),), read=None, refused=UNKNOWN_FORMAT))
    assert (row.kind, row.origin, row.tone) == ("not recognised", "none yet", Tone.WARN)
    assert row.doubts == (UNKNOWN_FORMAT,)


@pytest.mark.requirement("WIN-107", "WIN-108")
def test_where_a_profile_comes_from_is_told() -> None:
    kept = KeptProfile("DEV-7", "export.csv", replace(PROFILE, zone="UTC"))
    assert first(a_preview(tables=(a_table(kept=kept),))).origin == "kept with DEV-7"
    corrected = ReadingChoices({"historian.csv": PROFILE})
    assert first(a_preview(choices=corrected)).origin == "corrected"


@pytest.mark.requirement("WIN-109")
def test_a_folder_with_several_batches_suggests_that_of_the_case() -> None:
    case = walked(until=SCOPED)
    own = case.opened.act.batch_id
    seen = a_preview(read=None, refused="holds 2 batches", batches=("B-0", own))
    found = shown(seen)
    assert (found.suggested, found.refused) == (own, "holds 2 batches")
    assert found.note == "2 tables recognised, none read"
    assert (found.tables[0].rows, found.facts) == ("–", ())
    assert shown(replace(seen, batches=("B-0", "B-9"))).suggested == ""


@pytest.mark.requirement("WIN-107")
def test_a_table_that_its_profile_cannot_read_says_why() -> None:
    table = replace(a_table(), first=None, refused="it has no column of times")
    assert first(a_preview(tables=(table,))).doubts == ("it has no column of times", DOUBT)
