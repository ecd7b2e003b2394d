"""Evidence by keyboard, mouse and drop: read, seen, admitted; findings judged; documents kept."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDateEdit
from pytestqt.qtbot import QtBot
from support import dossiers
from support.investigations import DOCUMENT, EVIDENCE, SCOPED, walked
from support.previews import (
    DOUBT,
    FIRST,
    FOLDER,
    PROFILE,
    UNKNOWN_FORMAT,
    a_preview,
    an_unknown_table,
)
from support.scenes import AUDITOR, TAGS, a_scene, clocked, doubted, mapped
from support.signed_reports import unsigned
from support.viewing import Shown, fill

from investigator.casework.intake import DocumentFacts
from investigator.casework.preview import FolderPreview
from investigator.desktop.requests import (
    AdmitDocument,
    AdmitEvidence,
    DiscardReading,
    Do,
    LoadProfile,
    ReadEvidence,
    SaveDocument,
    SaveProfile,
    ShowDocument,
    TryProfile,
    Withdraw,
)
from investigator.desktop.scene import DocumentContent, Picture, Scene, TriedProfile
from investigator.desktop.view_models.clocks import acts_to_accept, clocks
from investigator.desktop.view_models.findings import acts_for, findings
from investigator.desktop.view_models.mapping import act_to_confirm
from investigator.desktop.view_models.profile_editor import with_column
from investigator.desktop.views.evidence import EvidenceView
from investigator.domain.acts.evidence import DocumentKind, Judgement
from investigator.domain.evidence import RowProblem
from investigator.domain.import_profile import Kind

_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    made = Shown(EvidenceView(), qtbot)
    made.view.show_snapshot(a_scene(walked(until=SCOPED)))
    return made


def view(shown: Shown) -> EvidenceView:
    assert isinstance(shown.view, EvidenceView)
    return shown.view


def admitted(shown: Shown) -> Scene:
    scene = a_scene(walked(until=EVIDENCE))
    shown.view.show_snapshot(scene)
    return scene


def dropped(shown: Shown, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), copy, data, _LEFT, keys)
    shown.view.dragEnterEvent(enter)
    assert enter.isAccepted()
    shown.view.dropEvent(QDropEvent(QPoint(9, 9), copy, data, _LEFT, keys))


@pytest.mark.requirement("WIN-036")
def test_a_folder_is_read_by_its_path(shown: Shown) -> None:
    shown.click("evidence.read")
    shown.fill(folder="/site/export")
    shown.send()
    assert shown.last == ReadEvidence(Path("/site/export"))
    shown.last.refused("The reading was cancelled; nothing of it was recorded.")
    assert "cancelled" in shown.sheet.refusal


@pytest.mark.requirement("WIN-036")
def test_a_folder_that_is_dropped_is_read(shown: Shown, tmp_path: Path) -> None:
    dropped(shown, tmp_path)
    assert shown.last == ReadEvidence(tmp_path)
    shown.view.show_snapshot(a_scene(walked(until=SCOPED), person=AUDITOR))
    dropped(shown, tmp_path)
    assert len(shown.asked) == 1


@pytest.mark.requirement("WIN-036")
def test_a_folder_that_was_read_is_seen_then_admitted_or_put_aside(shown: Shown) -> None:
    seen = of_case(a_preview())
    shown.view.show_snapshot(replace(a_scene(walked(until=SCOPED)), preview=seen))
    preview = view(shown).preview
    assert preview.isVisible()
    preview.table.selectRow(0)
    assert shown.inspected[-1].title == "historian.csv"
    shown.click("evidence.admit")
    assert isinstance(shown.last, AdmitEvidence)
    assert shown.last.read is seen.read
    shown.click("evidence.discard")
    assert shown.last == DiscardReading()
    admitted(shown)
    assert not preview.isVisible()


@pytest.mark.requirement("WIN-036")
def test_who_may_not_admit_sees_why(shown: Shown) -> None:
    scene = a_scene(walked(until=SCOPED), person=AUDITOR)
    shown.view.show_snapshot(replace(scene, preview=a_preview()))
    assert "auditor" in shown.why_not("evidence.admit")


@pytest.mark.requirement("WIN-037")
def test_one_finding_is_accepted_and_all_that_remain(shown: Shown) -> None:
    scene = admitted(shown)
    view(shown).show_part(view(shown).findings)
    assert shown.why_not("evidence.accept") == "Select one or more findings first."
    view(shown).findings.table.selectRow(0)
    shown.click("evidence.accept")
    rows = findings(scene)
    assert shown.last == Do(acts_for(scene, rows[:1], Judgement.ACCEPTED))
    shown.click("evidence.accept_all")
    assert shown.last == Do(acts_for(scene, rows, Judgement.ACCEPTED))


@pytest.mark.requirement("WIN-037")
def test_findings_are_dismissed_together_with_a_reason(shown: Shown) -> None:
    scene = admitted(shown)
    view(shown).show_part(view(shown).findings)
    view(shown).findings.table.selectAll()
    shown.click("evidence.dismiss")
    shown.send()
    assert shown.sheet.form.error("why") == "This must be given."
    shown.fill(why="the archive repeats rows")
    shown.send()
    acts = acts_for(scene, findings(scene), Judgement.DISMISSED)
    assert shown.last == Do(acts, "the archive repeats rows")


@pytest.mark.requirement("WIN-037")
def test_a_judged_finding_is_inspected_as_it_stands(shown: Shown) -> None:
    admitted(shown)
    view(shown).show_part(view(shown).findings)
    view(shown).findings.table.selectRow(0)
    assert [a.title for a in shown.inspected[-1].actions] == ["Accept", "Dismiss…"]
    shown.action("Accept").run()
    assert isinstance(shown.last, Do)


@pytest.mark.requirement("WIN-037")
def test_what_is_inspected_is_judged_even_where_it_is_not_selected(shown: Shown) -> None:
    scene = admitted(shown)
    view(shown).show_part(view(shown).findings)
    table = view(shown).findings.table
    table.selectRow(0)
    table.clearSelection()
    assert shown.why_not("evidence.accept") == "Select one or more findings first."
    shown.view.inspect_selected()
    accept = shown.action("Accept")
    assert accept.enabled
    accept.run()
    assert shown.last == Do(acts_for(scene, findings(scene)[:1], Judgement.ACCEPTED))
    shown.action("Dismiss…").run()
    shown.fill(why="the archive repeats rows")
    shown.send()
    dismissed = acts_for(scene, findings(scene)[:1], Judgement.DISMISSED)
    assert shown.last == Do(dismissed, "the archive repeats rows")


@pytest.mark.requirement("WIN-038")
def test_a_document_is_admitted_with_its_true_copy_statement(shown: Shown) -> None:
    view(shown).show_part(view(shown).documents)
    next(c for c in shown.view.commands() if c.id == "document.admit").run()
    shown.fill(
        file="/site/page.jpg",
        kind="logbook page",
        title="Shift book",
        author="Shift lead",
        original="copy",
    )
    dated = shown.sheet.form.widget("dated")
    assert isinstance(dated, QDateEdit)
    dated.setDate(QDate(2026, 3, 4))
    shown.send()
    assert shown.asked == []
    assert shown.sheet.form.error("true_copy").startswith("Say how")
    shown.fill(true_copy="compared page by page")
    shown.send()
    facts = DocumentFacts(
        DocumentKind.LOGBOOK,
        "Shift book",
        date(2026, 3, 4),
        "Shift lead",
        "compared page by page",
    )
    assert shown.last == AdmitDocument(Path("/site/page.jpg"), facts)


@pytest.mark.requirement("WIN-038")
def test_a_file_that_is_dropped_is_a_document(shown: Shown, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text("x", encoding="utf-8")
    dropped(shown, file)
    assert shown.sheet.form.value("file") == str(file)
    shown.fill(kind="interview", title="Talk", author="QA", original="original", true_copy="no")
    shown.send()
    assert shown.last.facts.true_copy == ""


@pytest.mark.requirement("WIN-038")
def test_what_a_document_shows_is_seen_beneath(shown: Shown) -> None:
    scene = a_scene(walked(until=DOCUMENT))
    shown.view.show_snapshot(scene)
    view(shown).show_part(view(shown).documents)
    view(shown).documents.table.selectRow(0)
    assert shown.last == ShowDocument("DOC-1")
    pane = view(shown).documents.pane
    shown.view.show_snapshot(replace(scene, document=DocumentContent("DOC-1", text="refilled")))
    assert pane.text.isVisible()
    assert pane.text.toPlainText() == "refilled"
    picture = Picture(2, 1, bytes(6))
    content = DocumentContent("DOC-1", picture=picture, note="One page.")
    shown.view.show_snapshot(replace(scene, document=content))
    assert pane.picture.isVisible()
    assert pane.note == "One page."
    shown.view.show_snapshot(replace(scene, document=DocumentContent("DOC-1", pdf=unsigned())))
    assert pane.pages.isVisible()
    assert pane.pages.count > 0
    broken = DocumentContent("DOC-1", pdf=b"%PDF-1.7 cut off")
    shown.view.show_snapshot(replace(scene, document=broken))
    assert not pane.pages.isVisible()
    assert pane.note.startswith("Its pages cannot be shown")


@pytest.mark.requirement("WIN-038")
def test_a_copy_of_a_document_is_saved_and_a_document_withdrawn(
    shown: Shown, tmp_path: Path
) -> None:
    shown.view.show_snapshot(a_scene(walked(until=DOCUMENT)))
    view(shown).show_part(view(shown).documents)
    view(shown).documents.table.selectRow(0)
    shown.action("Save a copy…").run()
    shown.fill(file=str(tmp_path / "copy.pdf"))
    shown.send()
    assert shown.last == SaveDocument("DOC-1", tmp_path / "copy.pdf")
    shown.last.done()
    shown.action("Withdraw…").run()
    shown.fill(reason="wrong page")
    shown.send()
    assert isinstance(shown.last, Withdraw)


def test_files_findings_and_documents_can_be_gone_to(shown: Shown) -> None:
    shown.view.show_snapshot(a_scene(walked(until=DOCUMENT)))
    seen = view(shown)
    found = {thing.kind: thing for thing in reversed(shown.view.things())}
    for kind, part in (
        ("finding", seen.findings),
        ("document", seen.documents),
        ("file", seen.files),
    ):
        found[kind].go()
        assert seen.tabs.currentWidget() is part
    assert shown.inspected[-1].title == "historian.csv"
    seen.show_part(seen.findings)
    seen.show_part(seen.files)
    assert shown.inspected[-1].kind == "evidence"


@pytest.mark.requirement("WIN-100", "WIN-102")
def test_a_cause_is_opened_and_judged_as_a_whole_beside_its_signal(shown: Shown) -> None:
    scene = doubted(admitted(shown))
    shown.view.show_snapshot(scene)
    part = view(shown).findings
    view(shown).show_part(part)
    assert part.title.endswith("● 6")
    lines = part.table.rows_model.rows
    assert part.table.choose(lambda line: line.is_head)
    head = part.table.current_row()
    assert part.pane.note == "In this stretch 1 sample left out"
    part.table.opened.emit(head)
    assert part.table.rows_model.rowCount() == len(lines) + 2
    shown.click("evidence.accept")
    assert shown.last == Do(acts_for(scene, head.rows, Judgement.ACCEPTED))
    part.table.selectAll()
    assert shown.why_not("evidence.accept") == "A critical finding is judged on its own."


@pytest.mark.requirement("WIN-102")
def test_a_finding_on_the_ribbon_is_gone_to(shown: Shown) -> None:
    shown.view.show_snapshot(doubted(admitted(shown)))
    part = view(shown).findings
    view(shown).show_part(part)
    part.table.selectRow(0)
    flat = part.table.current_row()
    spike = next(r for r in findings(doubted(admitted(shown))) if r.kind == "spike")
    shown.view.show_snapshot(doubted(admitted(shown)))
    part.pane.span_chosen.emit(spike.finding_id)
    assert part.table.current_row().key == spike.finding_id != flat.key


@pytest.mark.requirement("WIN-101")
def test_a_finding_of_ones_own_is_added_from_a_brushed_stretch(shown: Shown) -> None:
    shown.view.show_snapshot(doubted(admitted(shown)))
    part = view(shown).findings
    view(shown).show_part(part)
    part.table.selectRow(0)
    span = dossiers.a_span(12, 20)
    part.pane.time.draw_brush((span.start_ms, span.end_ms), done=True)
    shown.click("evidence.add_finding")
    assert shown.sheet.form.value("tag") == TAGS[0]
    assert shown.sheet.form.value("start") == "2026-03-04 10:12:00"
    shown.fill(kind="fouled probe", treatment="widen", words="film", why="window was wiped")
    shown.send()
    assert "above 1" in shown.sheet.form.error("factor")
    shown.fill(factor="3")
    shown.send()
    assert shown.last.why == "window was wiped"
    act = shown.last.acts[0]
    assert (act.tag, act.start_ms, act.end_ms) == (TAGS[0], span.start_ms, span.end_ms)
    assert (act.treatment.value, act.sd_factor) == ("widen", "3")


@pytest.mark.requirement("WIN-103", "WIN-104")
def test_a_clock_is_accepted_beside_its_pairs_or_set_with_a_reason(shown: Shown) -> None:
    scene = clocked(admitted(shown))
    shown.view.show_snapshot(scene)
    part = view(shown).clocks
    view(shown).show_part(part)
    assert part.title == "Clocks  ● 1"
    assert shown.why_not("clock.accept") == "Select a clock first."
    part.table.selectRow(0)
    assert part.pane.stack.isVisible()
    shown.click("clock.accept")
    row = clocks(scene)[0]
    assert shown.last == Do(acts_to_accept((row,)))
    shown.click("clock.accept_all")
    assert shown.last == Do(acts_to_accept((row,)))
    shown.click("clock.set")
    shown.fill(offset="much", uncertainty="1.5", why="read beside the historian")
    shown.send()
    assert "is no number" in shown.sheet.form.error("offset")
    shown.fill(offset="-37.2")
    shown.send()
    assert shown.last.why == "read beside the historian"
    assert shown.last.acts[0].offset_ms == -37_200
    part.table.selectRow(1)
    assert shown.why_not("clock.accept") == "Select a clock first."


@pytest.mark.requirement("WIN-105", "WIN-106")
def test_a_signal_is_mapped_by_a_suggestion_or_by_hand_with_a_reason(shown: Shown) -> None:
    scene = mapped(admitted(shown))
    shown.view.show_snapshot(scene)
    part = view(shown).mapping
    view(shown).show_part(part)
    assert part.title == "Mapping  ● 1"
    part.table.selectRow(0)
    assert "holds no LW311.FLOW" in shown.inspected[-1].findings[0].text
    assert shown.why_not("mapping.suggested") == "Select a suggestion first."
    assert shown.why_not("mapping.as_packaged") == "It is as in the package."
    part.suggestions.table.selectRow(0)
    shown.click("mapping.suggested")
    assert (shown.sheet.form.value("tag"), shown.sheet.form.value("factor")) == (TAGS[1], "0.001")
    shown.fill(why="renamed with the last release of the historian")
    shown.send()
    assert shown.last.why == "renamed with the last release of the historian"
    wanted = {m.signal: m for m in shown.last.acts[0].mappings}
    assert (wanted["api.flow"].tag, wanted["api.flow"].factor) == (TAGS[1], "0.001")
    assert wanted["nir.api"].packaged


@pytest.mark.requirement("WIN-106")
def test_the_map_is_confirmed_and_a_wrong_number_is_said_beside_its_field(shown: Shown) -> None:
    scene = mapped(admitted(shown))
    shown.view.show_snapshot(scene)
    part = view(shown).mapping
    view(shown).show_part(part)
    shown.click("mapping.confirm")
    assert scene.tag_map is not None
    assert shown.last == Do((act_to_confirm(scene.tag_map),))
    part.table.selectRow(1)
    shown.click("mapping.map")
    shown.fill(factor="0", why="in grams")
    shown.send()
    assert "factor of 0" in shown.sheet.form.error("factor")
    assert len(shown.asked) == 1


def of_case(seen: FolderPreview, batch_id: str | None = None) -> FolderPreview:
    """The folder as that of the batch of the case, or of another one."""
    assert seen.read is not None
    evidence = seen.read.evidence
    batch_id = batch_id or walked(until=SCOPED).opened.act.batch_id
    other = replace(evidence, batch=replace(evidence.batch, batch_id=batch_id))
    return replace(seen, read=replace(seen.read, evidence=other))


def looked_at(shown: Shown, **more: Any) -> Scene:
    scene = replace(a_scene(walked(until=SCOPED)), preview=a_preview(**more))
    shown.view.show_snapshot(scene)
    return scene


@pytest.mark.requirement("WIN-107")
def test_a_table_is_seen_with_its_first_rows_its_doubts_and_its_problems(shown: Shown) -> None:
    looked_at(shown)
    preview = view(shown).preview
    assert shown.inspected[-1].title == "historian.csv"
    assert preview.details.first.table is not None
    assert preview.details.first.table.rows_model.rowCount() == 2
    assert DOUBT in preview.details.doubts
    preview.table.selectRow(1)
    assert preview.details.first.note.startswith("Nothing of this file")
    assert "Nothing of how this file" in shown.why_not("evidence.edit_profile")


@pytest.mark.requirement("WIN-108")
def test_a_profile_is_corrected_tried_and_used_for_the_next_reading(shown: Shown) -> None:
    scene = looked_at(shown)
    shown.click("evidence.edit_profile")
    editor = view(shown).stage.editor
    assert editor.isVisible()
    assert shown.why_not("profile.proposed") == "It is as it was proposed."
    fill(shown.bot, editor, zone="UTC")
    utc = replace(PROFILE, zone="UTC")
    shown.bot.waitUntil(lambda: shown.asked != [])
    assert shown.last == TryProfile(FOLDER, "historian.csv", utc)
    wrong = TriedProfile("historian.csv", utc, utc, None, "no such column")
    shown.view.show_snapshot(replace(scene, tried=wrong))
    assert shown.why_not("profile.use") == editor.refusal == "no such column"
    shown.view.show_snapshot(replace(scene, tried=replace(wrong, first=FIRST, refused="")))
    editor.columns.table.selectRow(2)
    fill(shown.bot, editor, **{"column.role": "unused"})
    unused = with_column(utc, 2, role="unused", name="Wert", unit="")
    shown.bot.waitUntil(lambda: shown.last == TryProfile(FOLDER, "historian.csv", unused))
    shown.click("profile.use")
    assert not editor.isVisible()
    shown.click("evidence.read_again")
    assert shown.last == ReadEvidence(FOLDER, (("historian.csv", unused),))


@pytest.mark.requirement("WIN-107", "WIN-108", "CAS-145")
def test_a_table_of_no_known_kind_is_given_a_profile_before_the_folder_is_admitted(
    shown: Shown,
) -> None:
    unknown = an_unknown_table()
    looked_at(shown, tables=(unknown,), read=None, refused=UNKNOWN_FORMAT)
    assert UNKNOWN_FORMAT in view(shown).preview.details.doubts
    assert "could not be read" in shown.why_not("evidence.admit")
    shown.click("evidence.edit_profile")
    editor = view(shown).stage.editor
    assert editor.profile == unknown.used
    fill(shown.bot, editor, kind="document")
    shown.bot.waitUntil(lambda: shown.asked != [])
    assert unknown.used is not None
    kept = replace(unknown.used, kind=Kind.DOCUMENT)
    assert shown.last == TryProfile(FOLDER, "foreign.csv", kept)
    shown.click("profile.use")
    shown.click("evidence.read_again")
    assert shown.last == ReadEvidence(FOLDER, (("foreign.csv", kept),))


@pytest.mark.requirement("WIN-108")
def test_an_answer_to_what_was_changed_meanwhile_is_not_taken(shown: Shown) -> None:
    scene = looked_at(shown)
    shown.click("evidence.edit_profile")
    editor = view(shown).stage.editor
    other = replace(PROFILE, zone="UTC")
    shown.view.show_snapshot(
        replace(scene, tried=TriedProfile("historian.csv", other, other, None, "late"))
    )
    assert editor.refusal == ""
    assert editor.profile == PROFILE


@pytest.mark.requirement("WIN-110")
def test_a_profile_is_saved_to_a_file_and_loaded_from_one(shown: Shown, tmp_path: Path) -> None:
    scene = looked_at(shown)
    shown.click("evidence.edit_profile")
    shown.click("profile.save")
    shown.fill(file=str(tmp_path / "kept.json"))
    shown.send()
    assert shown.last == SaveProfile(PROFILE, tmp_path / "kept.json")
    shown.last.done()
    shown.click("profile.load")
    shown.fill(file=str(tmp_path / "kept.json"))
    shown.send()
    assert shown.last == LoadProfile(FOLDER, "historian.csv", tmp_path / "kept.json")
    shown.last.done()
    other = replace(PROFILE, zone="UTC")
    tried = TriedProfile("historian.csv", other, other, FIRST, loaded=True)
    shown.view.show_snapshot(replace(scene, tried=tried))
    editor = view(shown).stage.editor
    assert editor.profile == other
    assert editor.form.value("zone") == "UTC"
    shown.click("profile.cancel")
    assert not editor.isVisible()


@pytest.mark.requirement("WIN-109")
def test_where_files_hold_several_batches_one_is_chosen_and_read(shown: Shown) -> None:
    looked_at(shown, read=None, refused="holds 2 batches", batches=("B-0", "B-9"))
    assert shown.why_not("evidence.admit").startswith("It could not be read")
    assert shown.why_not("evidence.read_again") == "Choose one of the batches first."
    view(shown).preview.batch.box.setCurrentText("B-9")
    shown.click("evidence.read_again")
    assert shown.last == ReadEvidence(FOLDER, (), "B-9")


@pytest.mark.requirement("WIN-109")
def test_a_line_without_twin_is_read_in_the_zone_that_is_named(shown: Shown) -> None:
    shown.click("evidence.read")
    shown.fill(folder="/site/export", zone="Europe/Ljubljana")
    shown.send()
    assert shown.last == ReadEvidence(Path("/site/export"), without_twin="Europe/Ljubljana")


def test_what_was_shown_of_another_case_is_gone_with_it(shown: Shown) -> None:
    scene = doubted(clocked(mapped(admitted(shown))))
    shown.view.show_snapshot(scene)
    seen = view(shown)
    for part in (seen.findings, seen.clocks, seen.mapping):
        seen.show_part(part)
        part.table.selectRow(0)
    assert seen.findings.pane.tag == TAGS[0]
    shown.view.show_snapshot(a_scene(walked(until=SCOPED)))
    assert seen.findings.pane.tag == ""
    assert seen.findings.pane.note.startswith("Go to a finding")
    assert not seen.clocks.pane.stack.isVisibleTo(seen)
    assert seen.mapping.suggestions.table.rows_model.rowCount() == 0


@pytest.mark.requirement("WIN-109")
def test_evidence_of_another_batch_is_admitted_with_a_reason_only(shown: Shown) -> None:
    seen = of_case(a_preview(), "B-9")
    shown.view.show_snapshot(replace(a_scene(walked(until=SCOPED)), preview=seen))
    shown.click("evidence.admit")
    assert shown.asked == []
    shown.fill(why="the deviation names the wrong batch")
    shown.send()
    assert isinstance(shown.last, AdmitEvidence)
    assert shown.last.read is seen.read
    assert shown.last.why == "the deviation names the wrong batch"


@pytest.mark.requirement("WIN-107")
def test_the_rows_that_are_reported_are_listed_under_the_files(shown: Shown) -> None:
    scene = a_scene(walked(until=EVIDENCE))
    assert scene.seen is not None
    assert scene.seen.evidence is not None
    lost = (RowProblem(7, "FIC-101.PV;noon;1", "time cannot be read"),)
    sheets = tuple(
        replace(scene.seen.evidence.items[0], member=member, problems=lost)
        for member in ("Export B", "Export A")
    )
    evidence = replace(scene.seen.evidence, items=sheets)
    shown.view.show_snapshot(replace(scene, seen=replace(scene.seen, evidence=evidence)))
    part = view(shown).files
    names = [row.name for row in part.table.rows_model.rows]
    assert names == ["historian.csv!Export A", "historian.csv!Export B"]
    part.table.selectRow(1)
    assert part.problems.rows_model.rows == lost
    assert shown.inspected[-1].title == "historian.csv!Export B"
