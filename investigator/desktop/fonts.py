"""The one typeface of the window: DejaVu Sans Condensed, shipped with the program.

All its figures are equally wide, so columns of numbers stand under each other.
"""

from functools import cache
from importlib.resources import files

from PySide6.QtGui import QFont, QFontDatabase

from investigator.desktop.theme.tokens import BODY_PX

FAMILY = "DejaVu Sans Condensed"
_FILES = ("DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf")


@cache
def load_fonts() -> None:
    """Make the shipped typeface known to Qt; once for each program."""
    folder = files("investigator") / "fonts"
    for name in _FILES:
        QFontDatabase.addApplicationFontFromData((folder / name).read_bytes())


def font(size_px: int = BODY_PX, *, semibold: bool = False) -> QFont:
    """The typeface in one of the sizes of the window."""
    made = QFont(FAMILY)
    made.setPixelSize(size_px)
    made.setWeight(QFont.Weight.DemiBold if semibold else QFont.Weight.Normal)
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return made
