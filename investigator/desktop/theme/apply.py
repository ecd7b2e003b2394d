"""Give the whole program one of the designs, and ask which it has.

The application owns its design; what is painted by hand asks for it when it paints, so a change
reaches everything with the next paint.
"""

from pathlib import Path

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from investigator.desktop.fonts import font, load_fonts
from investigator.desktop.theme.stylesheet import stylesheet
from investigator.desktop.theme.tokens import LIGHT, THEMES, Theme

_PROPERTY = "design"


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Type, palette and style sheet of a design for every window of the program."""
    load_fonts()
    if app.property(_PROPERTY) is None:
        app.setStyle("Fusion")
    app.setProperty(_PROPERTY, theme.name)
    app.setFont(font())
    app.setPalette(_palette(theme))
    app.setStyleSheet(
        stylesheet(theme, arrow=_picture("arrow", theme), check=_picture("check", theme))
    )


def current_theme() -> Theme:
    """The design that the program has; the light one before any was given."""
    app = QApplication.instance()
    return THEMES.get(app.property(_PROPERTY), LIGHT) if app is not None else LIGHT


def _picture(name: str, theme: Theme) -> str:
    return Path(__file__).with_name(f"{name}-{theme.name}.svg").as_posix()


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    for role, colour in {
        QPalette.ColorRole.Window: theme.paper,
        QPalette.ColorRole.WindowText: theme.ink,
        QPalette.ColorRole.Base: theme.paper,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.Text: theme.ink,
        QPalette.ColorRole.PlaceholderText: theme.ink_faint,
        QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.ButtonText: theme.ink,
        QPalette.ColorRole.ToolTipBase: theme.raised,
        QPalette.ColorRole.ToolTipText: theme.ink,
        QPalette.ColorRole.Highlight: theme.accent_wash,
        QPalette.ColorRole.HighlightedText: theme.ink,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.Accent: theme.accent,
    }.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.ink_faint))
    return palette
