"""Laboratory, reconciliation and genealogy as tabs of the evidence, by mouse and keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from support.investigations import SCOPED, walked
from support.material_scenes import DRUM_10, LOT_A, material_scene
from support.scenes import a_scene
from support.viewing import Shown

from investigator.desktop.views.evidence import EvidenceView
from investigator.domain.genealogy import Edge, Genealogy, Node, NodeKind, Relation, united


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    made = Shown(EvidenceView(), qtbot)
    made.view.show_snapshot(material_scene())
    return made


def view(shown: Shown) -> EvidenceView:
    assert isinstance(shown.view, EvidenceView)
    return shown.view


def titles(shown: Shown) -> list[str]:
    tabs = view(shown).tabs
    return [tabs.tabText(place) for place in range(tabs.count())]


@pytest.mark.requirement("WIN-120")
def test_a_balance_shows_its_formula_and_its_figures(shown: Shown) -> None:
    part = view(shown).reconciliation
    view(shown).show_part(part)
    assert "Reconciliation  ✗ 1" in titles(shown)
    assert [row.line_id for row in part.table.rows_model.rows] == ["api", "mass", "yield"]
    part.table.selectRow(1)
    assert shown.inspected[-1].title == "Mass"
    assert shown.part(QLabel, "reconciliation.formula").text() == "Mass = out / in"
    assert [row.name for row in part.inputs.rows_model.rows] == ["rejects"]


@pytest.mark.requirement("WIN-121")
def test_the_genealogy_is_walked_from_a_lot_into_a_container_and_on(shown: Shown) -> None:
    part = view(shown).genealogy
    view(shown).show_part(part)
    part.table.selectRow(0)
    assert shown.inspected[-1].title == LOT_A.node_id
    assert part.backward.rows_model.rows == ()
    reached = part.forward.rows_model.rows
    assert [row.node_id for row in reached] == ["B1", "B1-D2", "B1-D10", "S-D10"]
    part.forward.selectRow(2)
    assert ("Certainty", "possible") in shown.inspected[-1].facts
    part.forward.setFocus()
    shown.bot.keyClick(part.forward, Qt.Key.Key_Return)
    current = part.table.current_row()
    assert current is not None
    assert current.node == DRUM_10
    assert [row.node_id for row in part.backward.rows_model.rows] == ["A1", "A2", "B1"]


@pytest.mark.requirement("WIN-121")
def test_a_search_leaves_what_is_meant_and_a_walk_goes_beyond_it(shown: Shown) -> None:
    part = view(shown).genealogy
    view(shown).show_part(part)
    shown.bot.keyClicks(shown.part(QLineEdit, "genealogy.search"), "lot")
    assert [row.node_id for row in part.table.rows_model.rows] == ["A1", "A2"]
    part.go_to(DRUM_10)
    assert part.search.text() == ""
    current = part.table.current_row()
    assert current is not None
    assert current.node == DRUM_10


@pytest.mark.requirement("WIN-122")
def test_laboratory_results_are_searched_and_told(shown: Shown) -> None:
    part = view(shown).laboratory
    view(shown).show_part(part)
    assert "Laboratory  ✗ 1" in titles(shown)
    heads = [column.title for column in part.table.rows_model.columns]
    hidden = [head for place, head in enumerate(heads) if part.table.isColumnHidden(place)]
    assert hidden == ["Sampled"]
    part.table.selectRow(0)
    assert shown.inspected[-1].kind == "laboratory result"
    shown.bot.keyClicks(shown.part(QLineEdit, "laboratory.search"), "impurity")
    assert [row.test for row in part.table.rows_model.rows] == ["Impurity"]


@pytest.mark.requirement("WIN-030")
def test_each_can_be_gone_to_from_the_palette(shown: Shown) -> None:
    things = {thing.title: thing for thing in shown.view.things()}
    things["API"].go()
    assert view(shown).tabs.currentWidget() is view(shown).reconciliation
    things["A1 RM-1 API"].go()
    assert view(shown).tabs.currentWidget() is view(shown).genealogy
    things["Impurity S-D10"].go()
    assert view(shown).tabs.currentWidget() is view(shown).laboratory
    commands = {command.id: command for command in shown.view.commands()}
    commands["genealogy.find"].run()
    assert view(shown).genealogy.search.hasFocus()
    commands["laboratory.find"].run()
    assert view(shown).laboratory.search.hasFocus()


@pytest.mark.requirement("WIN-120")
@pytest.mark.requirement("WIN-121")
@pytest.mark.requirement("WIN-122")
def test_without_evidence_each_says_what_is_missing(shown: Shown) -> None:
    bare = replace(a_scene(walked(until=SCOPED)), reconciliation=None, genealogy=None)
    shown.view.show_snapshot(bare)
    for part, words in (
        (view(shown).reconciliation, "No reconciliation yet"),
        (view(shown).genealogy, "No genealogy yet"),
        (view(shown).laboratory, "No laboratory result yet"),
    ):
        view(shown).show_part(part)
        seen = [label.text() for label in part.findChildren(QLabel) if label.isVisible()]
        assert words in seen


@pytest.mark.requirement("WIN-122")
def test_evidence_without_a_laboratory_file_says_so(shown: Shown) -> None:
    scene = material_scene()
    assert scene.seen is not None
    assert scene.seen.evidence is not None
    bare = replace(scene.seen.evidence, laboratory=())
    shown.view.show_snapshot(replace(scene, seen=replace(scene.seen, evidence=bare)))
    part = view(shown).laboratory
    view(shown).show_part(part)
    seen = [label.text() for label in part.findChildren(QLabel) if label.isVisible()]
    assert "No laboratory result" in seen


@pytest.mark.requirement("WIN-148")
def test_a_batch_that_another_case_brings_is_walked_at_once(shown: Shown) -> None:
    part = view(shown).genealogy
    view(shown).show_part(part)
    part.table.selectRow(0)
    assert "B-9" not in [row.node_id for row in part.forward.rows_model.rows]
    scene = material_scene()
    edge = Edge(LOT_A, Node(NodeKind.BATCH, "B-9"), Relation.CONSUMED_BY, False, "weighed out")
    assert scene.genealogy is not None
    everywhere = united((scene.genealogy, Genealogy((edge,), {})))
    shown.view.show_snapshot(replace(scene, genealogy=scene.genealogy, everywhere=everywhere))
    assert "B-9" in [row.node_id for row in part.forward.rows_model.rows]
