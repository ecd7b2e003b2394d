"""Which design the program has, and that it is remembered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from support.desks import home_in

from investigator.desktop.design import apply_design, toggle_design
from investigator.desktop.theme.apply import apply_theme, current_theme
from investigator.desktop.theme.tokens import DARK, LIGHT


@pytest.fixture
def app(qapp: QApplication, tmp_path: Path) -> Iterator[QApplication]:
    with home_in(tmp_path):
        yield qapp
    apply_theme(qapp, LIGHT)


@pytest.mark.requirement("WIN-031")
def test_a_chosen_design_is_remembered(app: QApplication) -> None:
    apply_design(app)
    first = current_theme()
    toggle_design(app)
    assert current_theme() is not first
    apply_theme(app, first)
    apply_design(app)
    assert current_theme() is (DARK if first is LIGHT else LIGHT)
    toggle_design(app)
    assert current_theme() is first
