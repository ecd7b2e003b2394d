"""Which of the two designs the program has: the person's choice, remembered, else the system's."""

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from investigator.casework.installation import home
from investigator.desktop.theme.apply import apply_theme, current_theme
from investigator.desktop.theme.tokens import DARK, LIGHT, THEMES, Theme

_FILE = "window.ini"
_KEY = "design"


def apply_design(app: QApplication) -> None:
    """Give the program the design that the person chose, else that of the system."""
    chosen = THEMES.get(str(_settings().value(_KEY, "")))
    apply_theme(app, chosen or _of_the_system())


def toggle_design(app: QApplication) -> None:
    """Change to the other design, and remember it."""
    other = LIGHT if current_theme() is DARK else DARK
    _settings().setValue(_KEY, other.name)
    apply_theme(app, other)
    for window in app.topLevelWidgets():
        window.update()


def _of_the_system() -> Theme:
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def _settings() -> QSettings:
    return QSettings(str(home() / _FILE), QSettings.Format.IniFormat)
