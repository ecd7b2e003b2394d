"""A design reaches the whole program."""

import re

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication

from investigator.desktop.fonts import FAMILY, font
from investigator.desktop.theme.apply import apply_theme, current_theme
from investigator.desktop.theme.stylesheet import stylesheet
from investigator.desktop.theme.tokens import DARK, LIGHT, Theme


def test_the_program_has_the_design_that_it_was_given(qapp: QApplication, design: Theme) -> None:
    assert current_theme() is design
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == design.paper
    assert qapp.font().family() == FAMILY
    assert qapp.font().pixelSize() == 13
    apply_theme(qapp, DARK if design is LIGHT else LIGHT)
    assert current_theme() is not design


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_has_no_colour_of_its_own(theme: Theme) -> None:
    sheet = stylesheet(theme, arrow="arrow.svg", check="check.svg")
    used = set(re.findall(r"#[0-9a-f]{6}\b", sheet))
    known = {getattr(theme, name) for name in Theme.__dataclass_fields__}
    assert used <= {colour for colour in known if isinstance(colour, str)}
    assert "$" not in sheet
    sizes = set(re.findall(r"font-size: (\d+)px", sheet))
    weights = set(re.findall(r"font-weight: (\d+)", sheet))
    assert sizes == {"11", "16"}
    assert weights == {"400", "600"}


def test_figures_are_equally_wide(qapp: QApplication, design: Theme) -> None:
    for semibold in (False, True):
        made = font(semibold=semibold)
        assert QFontInfo(made).family() == FAMILY
        metrics = QFontMetricsF(made)
        assert len({round(metrics.horizontalAdvance(figure), 3) for figure in "0123456789"}) == 1
