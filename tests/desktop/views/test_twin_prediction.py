"""Plots of a validation: what is pointed at or pressed is told; one choice for both plots."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot
from support.twin_contents import ATTRIBUTES, a_content, a_standing

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.theme.tokens import Theme
from investigator.desktop.views.twin_container_plot import ContainerPlot
from investigator.desktop.views.twin_prediction import ContainersPart, SensitivityPart
from investigator.domain.validation import PredictedContainer

SIZE = (760, 560)


def shown(plot: ContainerPlot) -> tuple[PredictedContainer, ...]:
    """The containers of a plot."""
    assert plot.points is not None
    return plot.points.containers


def place(plot: ContainerPlot, number: int) -> QPoint:
    """Where a point stands."""
    assert plot.points is not None
    x, y = plot.places(plot.points)
    return QPointF(x[number], y[number]).toPoint()


@pytest.fixture
def containers(qtbot: QtBot) -> ContainersPart:
    part = ContainersPart()
    part.resize(*SIZE)
    qtbot.addWidget(part)
    part.show()
    part.show_details(a_content(), a_standing())
    return part


@pytest.mark.requirement("WIN-132")
def test_the_attribute_that_is_gone_to_is_plotted(containers: ContainersPart) -> None:
    plots = containers.plots
    assert {c.attribute for c in shown(plots.agreement)} == {"assay"}
    containers.table.choose(lambda row: row.attribute == "water")
    assert {c.attribute for c in shown(plots.agreement)} == {"water"}
    assert shown(plots.offsets) == shown(plots.agreement)


@pytest.mark.requirement("WIN-132")
def test_a_container_that_is_pressed_is_told_with_its_batch(
    containers: ContainersPart, qtbot: QtBot
) -> None:
    told: list[Inspected] = []
    containers.inspected.connect(told.append)
    plot = containers.plots.agreement
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=place(plot, 17))
    assert told[-1].kind == "validated container"
    assert dict(told[-1].facts)["Batch"] == shown(plot)[17].batch_id
    nowhere = QPoint(1, 1)
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=nowhere)
    assert len(told) == 1


@pytest.mark.requirement("WIN-132")
def test_containers_are_walked_by_keyboard(containers: ContainersPart, qtbot: QtBot) -> None:
    chosen: list[PredictedContainer] = []
    containers.plots.chosen.connect(chosen.append)
    plot = containers.plots.offsets
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        qtbot.keyClick(plot, key)
    first, second = shown(plot)[:2]
    assert chosen == [first, second, first, first]


@pytest.mark.requirement("WIN-132")
def test_what_is_near_is_pointed_at(containers: ContainersPart) -> None:
    plot = containers.plots.offsets
    for number in (0, 40, 83):
        near = plot.nearest(QPointF(place(plot, number)))
        assert near is shown(plot)[number]
    assert plot.nearest(QPointF(2.0, 2.0)) is None
    containers.plots.show_containers((), "N")
    assert plot.nearest(plot.area.center()) is None
    containers.plots.grab()


@pytest.mark.requirement("WIN-134")
def test_the_factors_of_the_chosen_output_are_drawn_and_told(qtbot: QtBot) -> None:
    part, told = SensitivityPart(), list[Inspected]()
    part.inspected.connect(told.append)
    part.resize(*SIZE)
    qtbot.addWidget(part)
    part.show()
    part.show_details(a_content(), a_standing())
    assert part.output.count() == len(ATTRIBUTES)
    part.output.setCurrentIndex(part.output.findData("water"))
    assert {index.output for index in part.plot.indices} == {"water"}
    qtbot.keyClick(part.plot, Qt.Key.Key_Down)
    qtbot.keyClick(part.plot, Qt.Key.Key_Down)
    assert [said.title for said in told] == [i.factor for i in part.plot.indices[:2]]
    qtbot.mouseClick(part.plot, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    assert told[-1].title == part.plot.indices[0].factor
    part.show_details(a_content(), a_standing())
    assert part.output.currentData() == "water"
    part.show_details(a_content(validated=False), a_standing())
    assert part.plot.indices == ()


@pytest.mark.requirement("WIN-132")
@pytest.mark.requirement("WIN-134")
def test_both_designs_paint_points_and_bars_in_their_colours(
    containers: ContainersPart, qtbot: QtBot, design: Theme
) -> None:
    factors = SensitivityPart()
    factors.resize(*SIZE)
    qtbot.addWidget(factors)
    factors.show()
    factors.show_details(a_content(), a_standing())
    bar = factors.plot.grab().toImage()
    colours = {bar.pixelColor(x, 33).name() for x in range(bar.width())}
    assert design.series[0] in colours
    plots = containers.plots
    one = replace(shown(plots.agreement)[0], measured=0.0, predicted=5.0, low95=4.0, high95=6.0)
    plots.show_containers((one, replace(one, measured=5.0)), "N")
    painted = plots.agreement.grab().toImage()
    outside, inside = (painted.pixelColor(place(plots.agreement, n)).name() for n in range(2))
    assert len({outside, inside, design.paper}) == 3
