"""Fixtures of the window's tests: no display is needed, both designs are tried where it counts."""

import os
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from investigator.desktop.theme.apply import apply_theme
from investigator.desktop.theme.tokens import DARK, LIGHT, Theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def design(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    """The program in one design; afterwards it is as before."""
    apply_theme(qapp, request.param)
    yield request.param
    apply_theme(qapp, LIGHT)
