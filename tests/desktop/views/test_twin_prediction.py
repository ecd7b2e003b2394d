"""Plots of a validation: what is pointed at or pressed is told; one choice for both plots."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from support.twin_contents import ATTRIBUTES, a_content, a_standing

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.theme.tokens import Theme
from investigator.desktop.views.twin_container_plots import ContainerPlots
from investigator.desktop.views.twin_prediction import ContainersPart, SensitivityPart
from investigator.domain.validation import PredictedContainer

SIZE = (760, 560)


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
    assert {c.attribute for c in plots.agreement.containers} == {"assay"}
    containers.table.choose(lambda row: row.attribute == "water")
    assert {c.attribute for c in plots.agreement.containers} == {"water"}
    assert plots.offsets.containers == plots.agreement.containers
    assert plots.agreement.unit == "%"


@pytest.mark.requirement("WIN-132")
def test_a_container_that_is_pressed_is_told_with_its_batch(
    containers: ContainersPart, qtbot: QtBot
) -> None:
    told: list[Inspected] = []
    containers.inspected.connect(told.append)
    plot = containers.plots.agreement
    wanted = plot.containers[17]
    at = plot.place(wanted)
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert told[-1].kind == "validated container"
    batches = {c.batch_id for c in plot.containers}
    assert dict(told[-1].facts)["Batch"] in batches
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
    first, second = plot.containers[:2]
    assert chosen == [first, second, first, first]


@pytest.mark.requirement("WIN-132")
def test_points_stand_at_their_values(qtbot: QtBot) -> None:
    plots = ContainerPlots()
    plots.resize(*SIZE)
    qtbot.addWidget(plots)
    plots.show()
    one = PredictedContainer("B1", "D1", "hardness", 110.0, 110.0, 106.0, 116.0)
    two = replace(one, container_id="D2", measured=114.0, predicted=112.0)
    other = replace(one, batch_id="B2", measured=104.0)
    plots.show_containers((one, two, other), "N")
    agreement, offsets = plots.agreement, plots.offsets
    area = agreement.area
    equal = agreement.place(one)
    from_left = (equal.x() - area.left()) / area.width()
    from_below = (area.bottom() - equal.y()) / area.height()
    assert from_left == pytest.approx(from_below)
    assert offsets.place(one).y() == pytest.approx(offsets.area.center().y())
    assert offsets.place(two).y() > offsets.place(one).y() > offsets.place(other).y()
    assert offsets.place(one).x() < offsets.place(two).x() < offsets.area.center().x()
    assert offsets.nearest(offsets.place(other)) is other
    assert offsets.nearest(offsets.area.topLeft()) is None
    plots.show_containers((), "N")
    assert agreement.nearest(agreement.area.center()) is None


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
    plot = containers.plots.agreement
    container = replace(plot.containers[0], measured=0.0, predicted=5.0, low95=4.0, high95=6.0)
    plot.show_containers((container, replace(container, measured=5.0)), "N")
    painted = plot.grab().toImage()
    outside, inside = (plot.place(c).toPoint() for c in plot.containers)
    assert painted.pixelColor(outside).name() != painted.pixelColor(inside).name()
    assert painted.pixelColor(inside).name() != design.paper
