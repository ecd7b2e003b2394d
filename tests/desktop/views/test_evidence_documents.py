"""Documents linked to hypotheses, earlier deviations admitted and found, by keyboard and mouse."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QLabel
from pytestqt.qtbot import QtBot
from support.earlier import recurrences_found
from support.investigations import DOCUMENT, EVIDENCE, FILTER, LINKED, walked
from support.scenes import a_scene
from support.viewing import Shown

from investigator.desktop.requests import AdmitDocument, Do, Withdraw
from investigator.desktop.views.evidence import EvidenceView
from investigator.desktop.views.evidence_documents import DocumentsPart
from investigator.domain.acts.data_review import Bearing, DocumentLinked
from investigator.domain.acts.evidence import EarlierDeviation


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(EvidenceView(), qtbot)


def documents(shown: Shown) -> DocumentsPart:
    assert isinstance(shown.view, EvidenceView)
    part = shown.view.documents
    shown.view.show_part(part)
    return part


@pytest.mark.requirement("WIN-123")
def test_a_document_is_linked_to_a_hypothesis(shown: Shown) -> None:
    shown.view.show_snapshot(a_scene(walked(until=LINKED)))
    documents(shown).table.selectRow(0)
    shown.click("document.link")
    assert shown.sheet.form.value("document") == "DOC-1"
    shown.fill(bearing="speaks against", cause=FILTER, why="page 3")
    shown.send()
    act = DocumentLinked("DOC-1", FILTER, Bearing.AGAINST)
    assert shown.last == Do((act,), "page 3")


@pytest.mark.requirement("WIN-123")
def test_without_a_hypothesis_the_button_says_why(shown: Shown) -> None:
    shown.view.show_snapshot(a_scene(walked(until=DOCUMENT)))
    part = documents(shown)
    part.table.selectRow(0)
    assert shown.why_not("document.link").startswith("Raise a hypothesis first")
    part.below.setCurrentIndex(1)
    assert part.links.isHidden()


@pytest.mark.requirement("WIN-123")
def test_a_link_is_shown_at_the_document_and_withdrawn(shown: Shown) -> None:
    shown.view.show_snapshot(a_scene(walked(until=LINKED)))
    part = documents(shown)
    part.table.selectRow(0)
    assert ("Supports", FILTER.title()) in shown.inspected[-1].facts
    assert part.below.tabText(1) == "Hypotheses (1)"
    part.below.setCurrentIndex(1)
    part.links.selectRow(0)
    shown.action("Withdraw the link…").run()
    shown.fill(reason="the page is of another line")
    shown.send()
    assert isinstance(shown.last, Withdraw)


@pytest.mark.requirement("WIN-124")
def test_earlier_deviations_are_seen_beneath_the_documents(shown: Shown) -> None:
    shown.view.show_snapshot(a_scene(walked(until=LINKED), recurrences=recurrences_found()))
    part = documents(shown)
    next(c for c in shown.view.commands() if c.id == "document.earlier").run()
    assert part.recurrence.isVisible()
    assert part.below.tabText(2) == "Earlier deviations (1)"
    part.recurrence.subjects.selectRow(1)
    earlier = part.recurrence.earlier
    assert [row.number for row in earlier.rows_model.rows] == ["DEV-2025-7", "DEV-2022-1"]
    earlier.selectRow(0)
    assert shown.inspected[-1].kind == "earlier deviation"
    note = shown.part(QLabel, "recurrence.note").text()
    assert "1 earlier deviation in 24 months" in note


@pytest.mark.requirement("WIN-124")
def test_earlier_deviations_are_seen_while_there_is_no_document(shown: Shown) -> None:
    shown.view.show_snapshot(a_scene(walked(until=EVIDENCE), recurrences=recurrences_found()))
    part = documents(shown)
    assert not part.recurrence.isVisible()
    next(c for c in shown.view.commands() if c.id == "document.earlier").run()
    assert part.recurrence.isVisible()


def fill_facts(shown: Shown, file: str) -> None:
    next(c for c in shown.view.commands() if c.id == "document.admit").run()
    shown.fill(file=file, kind="earlier deviation", title="Report", author="QA")
    shown.fill(original="original")


@pytest.mark.requirement("WIN-125")
def test_an_earlier_deviation_is_admitted_with_what_it_tells(shown: Shown) -> None:
    shown.view.show_snapshot(a_scene(walked(until=EVIDENCE)))
    documents(shown)
    fill_facts(shown, "/site/DEV-7.pdf")
    shown.send()
    assert shown.asked == []
    assert shown.sheet.form.error("number").startswith("Give the number")
    shown.fill(number="DEV-7", cause="filter_blocked", batch="B-70")
    shown.fill(equipment="LW-311, LW-312", lots="A1", conclusion="Filter replaced.")
    happened = shown.sheet.form.widget("happened")
    assert isinstance(happened, QDateEdit)
    happened.setDate(QDate(2025, 6, 4))
    shown.send()
    assert isinstance(shown.last, AdmitDocument)
    assert shown.last.facts.earlier == (
        EarlierDeviation(
            "DEV-7",
            date(2025, 6, 4),
            "filter_blocked",
            "B-70",
            ("LW-311", "LW-312"),
            ("A1",),
            "Filter replaced.",
        ),
    )


@pytest.mark.requirement("WIN-125")
def test_a_list_of_earlier_deviations_needs_no_number(shown: Shown) -> None:
    shown.view.show_snapshot(a_scene(walked(until=EVIDENCE)))
    documents(shown)
    fill_facts(shown, "/site/list.csv")
    shown.send()
    assert isinstance(shown.last, AdmitDocument)
    assert shown.last.file == Path("/site/list.csv")
    assert shown.last.facts.earlier == ()


@pytest.mark.requirement("WIN-125")
def test_other_documents_are_not_asked_for_an_earlier_deviation(shown: Shown) -> None:
    shown.view.show_snapshot(a_scene(walked(until=EVIDENCE)))
    documents(shown)
    next(c for c in shown.view.commands() if c.id == "document.admit").run()
    form = shown.sheet.form
    assert not form.widget("number").isVisible()
    shown.fill(kind="earlier deviation")
    assert form.widget("number").isVisible()
    shown.fill(kind="interview")
    assert not form.widget("number").isVisible()
