"""The tabs on a twin: what is selected in them is told."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from support.twin_contents import a_content, a_standing

from investigator.casework.twin_details import TwinDetails
from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.views.twin_content import TwinContent
from investigator.desktop.widgets.table import Table


class Content:
    """The tabs with what they told."""

    def __init__(self, qtbot: QtBot, details: TwinDetails) -> None:
        self.told: list[Inspected] = []
        self.tabs = TwinContent(Command("twin.save_report", "Save report…", lambda: None))
        self.tabs.inspected.connect(self.told.append)
        self.tabs.resize(768, 640)
        qtbot.addWidget(self.tabs)
        self.tabs.show()
        self.tabs.show_details(details, a_standing())

    def choose(self, table: Table) -> Inspected:  # type: ignore[type-arg]
        """Go to the first row of a table; what was told."""
        table.choose(lambda _row: True)
        return self.told[-1]


@pytest.fixture
def content(qtbot: QtBot) -> Content:
    return Content(qtbot, a_content())


@pytest.mark.requirement("WIN-130")
def test_use_and_life_are_shown(content: Content) -> None:
    use = content.tabs.use
    assert [step.sequence for step in use.steps.rows_model.rows] == [4, 3, 2, 1]
    assert content.choose(use.steps).kind == "step of a twin"
    content.tabs.show_details(a_content(), replace(a_standing(), history=()))
    assert not use.steps.isVisible()


@pytest.mark.requirement("WIN-131")
def test_criteria_carry_sign_and_word(content: Content) -> None:
    part = content.tabs.validation
    content.tabs.show_part(part)
    model = part.criteria.rows_model
    assert model.index(0, 3).data() == "✗ failed"
    assert model.index(1, 3).data() == "▲ not assessed"
    assert model.index(2, 3).data() == "✓ passed"
    assert part.tabs.tabText(0) == "Criteria  ✗ 1"
    assert content.choose(part.criteria).kind == "acceptance criterion"


@pytest.mark.requirement("WIN-133")
def test_tags_deviations_checks_and_batches_are_told(content: Content) -> None:
    part = content.tabs.validation
    content.tabs.show_part(part)
    for table, kind in (
        (part.tags, "measured tag"),
        (part.deviations, "earlier deviation"),
        (part.checks, "check of the edges"),
        (part.batches, "batch of a validation"),
    ):
        assert content.choose(table).kind == kind
    assert part.tabs.tabText(2) == "Tags  ✗ 2"


@pytest.mark.requirement("WIN-135")
def test_limits_and_limitations_are_shown(content: Content) -> None:
    part = content.tabs.limits
    content.tabs.show_part(part)
    assert content.choose(part.table).kind == "limit of the domain"
    assert part.limitations.text().startswith("– Powder does not segregate")


@pytest.mark.requirement("WIN-136")
def test_parameters_are_searched_by_keyboard(content: Content, qtbot: QtBot) -> None:
    part = content.tabs.parameters
    content.tabs.show_part(part)
    everything = len(part.table.rows_model.rows)
    field = content.tabs.findChild(QLineEdit, "twin.search")
    assert field is not None
    qtbot.keyClicks(field, "blender.holdup_ref")
    assert [row.name for row in part.table.rows_model.rows] == ["blender.holdup_ref_kg"]
    assert content.choose(part.table).title == "blender.holdup_ref_kg"
    field.clear()
    assert len(part.table.rows_model.rows) == everything


@pytest.mark.requirement("WIN-137")
def test_failure_modes_are_shown_in_the_order_of_the_package(content: Content) -> None:
    part = content.tabs.modes
    content.tabs.show_part(part)
    assert part.table.rows_model.rows == a_content().failure_modes
    assert content.choose(part.table).kind == "failure mode"


@pytest.mark.requirement("WIN-138")
def test_a_draft_says_how_it_is_validated(qtbot: QtBot) -> None:
    content = Content(qtbot, a_content(validated=False))
    part = content.tabs.validation
    content.tabs.show_part(part)
    assert not part.tabs.isVisible()
    content.tabs.show_details(a_content(), a_standing())
    assert part.tabs.isVisible()
