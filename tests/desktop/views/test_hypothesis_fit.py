"""What alarms and operators say stands beside what speaks for and against a hypothesis."""

import pytest
from pytestqt.qtbot import QtBot

from investigator.desktop.view_models.alarms_told import NONE_TOLD
from investigator.desktop.view_models.fit import Fit
from investigator.desktop.views.hypothesis_fit import FitPane
from investigator.desktop.widgets.labels import label

ALARMS = 4


def fit(alarms: tuple[str, ...] = (), around: tuple[str, ...] = ()) -> Fit:
    return Fit((), "no fit", (), (), "", "", "", None, alarms, around)


def shown(pane: FitPane) -> str:
    text = pane.findChild(type(label("")), "alarms")
    return text.text()


@pytest.mark.requirement("DIA-055")
def test_alarms_and_what_was_done_around_have_a_page(qtbot: QtBot) -> None:
    pane = FitPane()
    qtbot.addWidget(pane)
    pane.show_fit(None, fit(("Alarm A did not come.", "Operator, wiped."), ("Liner replaced",)))
    assert pane.tabs.tabText(ALARMS) == "Alarms (2)"
    assert shown(pane).splitlines() == [
        "Alarm A did not come.",
        "Operator, wiped.",
        "Around that time, as context:",
        "Liner replaced",
    ]
    pane.show_fit(None, fit((), ("Liner replaced",)))
    assert pane.tabs.tabText(ALARMS) == "Alarms (0)"
    assert shown(pane).splitlines()[0] == NONE_TOLD


@pytest.mark.requirement("DIA-055")
def test_where_nothing_is_told_it_says_so(qtbot: QtBot) -> None:
    pane = FitPane()
    qtbot.addWidget(pane)
    pane.show_fit(None, fit())
    page = pane.tabs.widget(ALARMS)
    assert page.currentIndex() == 1
    assert NONE_TOLD in [found.text() for found in page.findChildren(type(label("")))]


@pytest.mark.requirement("DIA-055")
def test_what_is_higher_than_its_room_is_moved_and_not_cut_off(qtbot: QtBot) -> None:
    pane = FitPane()
    qtbot.addWidget(pane)
    pane.show_fit(None, fit(tuple(f"Alarm {n} did not come." for n in range(60))))
    pane.tabs.setCurrentIndex(ALARMS)
    pane.resize(480, 560)
    pane.show()
    text = pane.findChild(type(label("")), "alarms")
    assert text.height() >= text.heightForWidth(text.width())
