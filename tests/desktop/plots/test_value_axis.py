"""The axis of values: ticks of a logarithmic one that can be read side by side."""

import pytest
from PySide6.QtWidgets import QApplication

from investigator.desktop.plots.value_axis import ValueAxis


@pytest.mark.requirement("WIN-194")
@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-1.4, 0.35, ["0.05", "0.1", "0.2", "0.5", "1", "2"]),
        (-2.0, 3.2, ["0.01", "0.1", "1", "10", "100", "1000"]),
    ],
)
def test_a_decade_is_told_by_its_ones_and_where_there_is_room_by_two_and_five(
    qapp: QApplication, low: float, high: float, words: list[str]
) -> None:
    assert qapp is not None
    axis = ValueAxis()
    axis.setLogMode(True)
    ((_, levels),) = axis.tickValues(low, high, 200)
    assert axis.tickStrings(levels, 1.0, None) == words
