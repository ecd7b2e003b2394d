"""The date at the left of the time axis, unless a date stands there already."""

import pytest
from pytestqt.qtbot import QtBot

from investigator.desktop.plots.axis import TimeAxis
from investigator.desktop.plots.ticks import Tick
from investigator.desktop.plots.time_window import TimeWindow

START, HOUR = 1_793_433_600_000, 3_600_000


@pytest.mark.requirement("WIN-015")
@pytest.mark.parametrize(
    ("t_ms", "label", "under"),
    [
        (START + 60_000, "2026-10-31", True),
        (START + 60_000, "09:01", False),
        (START + HOUR, "2026-10-31", False),
    ],
)
def test_two_dates_never_lie_over_each_other(
    qtbot: QtBot, t_ms: int, label: str, *, under: bool
) -> None:
    axis = TimeAxis(TimeWindow("Europe/Berlin", (START, START + 2 * HOUR), gutter_px=80))
    qtbot.addWidget(axis)
    axis.resize(900, 22)
    assert axis._begins_with_date([Tick(t_ms, label)], axis.area().left()) is under
