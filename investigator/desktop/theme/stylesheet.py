"""The style sheet, made from the tokens of a design: rules are written once, for both designs.

Widgets say what they are by the dynamic properties `role` ("title", "small", "soft", "faint",
"primary", "quiet", "link", "sign"), `tone` (see `Tone`) and by the object names of the frame.
"""

from string import Template

from investigator.desktop.theme.tokens import GRID, SMALL_PX, TITLE_PX, Theme
from investigator.desktop.tone import Tone

_RULES = Template("""
QMainWindow, QDialog { background: $paper; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="soft"] { color: $ink_soft; }
QLabel[role="faint"] { color: $ink_faint; }
QLabel[role="small"] { font-size: ${small}px; color: $ink_soft; }
QToolTip { background: $raised; color: $ink; border: 1px solid $edge; padding: 4px; }

#header { background: $panel; border-bottom: 1px solid $line; }
#steps { background: $panel; border-right: 1px solid $line; }
#inspector { background: $panel; border-left: 1px solid $line; }
#statusline { background: $panel; border-top: 1px solid $line; }
#stage, #cover { background: $paper; }
#rule { background: $line; }

QPushButton {
    background: $raised; color: $ink; border: 1px solid $edge; border-radius: 4px;
    padding: 0 ${gap}px; min-height: 26px;
}
QPushButton:hover { border-color: $ink_faint; }
QPushButton:pressed { background: $panel; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $ink_faint; border-color: $line; background: transparent; }
QPushButton[role="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[role="primary"]:focus { border-color: $ink; }
QPushButton[role="primary"]:disabled {
    background: transparent; color: $ink_faint; border-color: $line; font-weight: 400;
}
QPushButton[role="quiet"] { background: transparent; border-color: transparent; }
QPushButton[role="quiet"]:hover { border-color: $edge; }
QPushButton[role="quiet"]:focus { border-color: $accent; }
QPushButton[role="quiet"]:checked { background: $accent_wash; border-color: $accent_wash; }
QPushButton[role="quiet"]:checked:focus { border-color: $accent; }
QPushButton[role="sign"] {
    background: transparent; border-color: transparent; padding: 0; color: $ink_soft;
    min-height: 20px; max-height: 20px; min-width: 20px; max-width: 20px;
}
QPushButton[role="sign"]:hover { color: $ink; border-color: $edge; }
QPushButton[role="sign"]:focus { border-color: $accent; }
QPushButton[role="link"] {
    background: transparent; border: none; border-bottom: 1px solid transparent; border-radius: 0;
    padding: 1px 0 0 0; min-height: 18px; color: $accent; text-align: left;
}
QPushButton[role="link"]:hover, QPushButton[role="link"]:focus { border-bottom-color: $accent; }
QPushButton[role="link"]:disabled { color: $ink_faint; }
QPushButton::menu-indicator { width: 0; }
#search { color: $ink_soft; text-align: left; padding-left: 12px; }

QLineEdit, QPlainTextEdit, QDateEdit, QComboBox {
    background: $raised; color: $ink; border: 1px solid $edge; border-radius: 4px;
    padding: 0 6px; selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $ink_faint;
}
QLineEdit, QDateEdit, QComboBox { min-height: 26px; }
QPlainTextEdit { padding: 4px; }
QComboBox { padding: 0 8px; }
QDateEdit { max-height: 26px; }
QLineEdit:focus, QPlainTextEdit:focus, QDateEdit:focus, QComboBox:focus { border-color: $accent; }
QLineEdit:disabled, QPlainTextEdit:disabled, QDateEdit:disabled, QComboBox:disabled {
    background: transparent; color: $ink_faint; border-color: $line;
}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QDateEdit[wrong="true"],
QComboBox[wrong="true"], QListWidget[wrong="true"] { border-color: $bad; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 22px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("$arrow"); width: 10px; height: 6px; }
QComboBox QAbstractItemView {
    background: $raised; color: $ink; border: 1px solid $edge; outline: none;
    selection-background-color: $accent_wash; selection-color: $ink;
}

QTableView, QListView, QTreeView {
    background: $paper; color: $ink; border: none; outline: none;
    selection-background-color: $accent_wash; selection-color: $ink; gridline-color: $line;
}
QTableView::item { padding: 0 5px; border: none; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {
    background: $accent_wash;
}
QCheckBox { spacing: 8px; }
QCheckBox::indicator, QListView::indicator, QTreeView::indicator {
    width: 14px; height: 14px; border: 1px solid $edge; border-radius: 3px; background: $raised;
}
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$check");
}
QListWidget::item { min-height: 24px; }
QListWidget { border: 1px solid $edge; border-radius: 4px; background: $raised; padding: 4px; }
QListWidget:focus, QTreeView:focus { border-color: $accent; }
QHeaderView, QHeaderView::section { background: $paper; }
QHeaderView::section {
    color: $ink_soft; border: none; border-bottom: 1px solid $edge; padding: 0 8px;
    font-size: ${small}px; font-weight: 400;
}
QTableCornerButton::section { background: $paper; border: none; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; }
QTabBar::tab {
    background: transparent; color: $ink_soft; border: none; border-bottom: 2px solid transparent;
    padding: 6px 4px; margin-right: 16px;
}
QTabBar[dense="true"]::tab { margin-right: 6px; }
QTabBar::tab:selected { color: $ink; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $ink; }
QTabBar::tab:selected:focus { background: $accent_wash; }
QTabBar::tab:disabled { color: $ink_faint; }

QMenu { background: $raised; color: $ink; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 3px; }
QMenu::item:selected { background: $accent_wash; }
QMenu::item:disabled { color: $ink_faint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: $ink_faint; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: transparent; border: none; width: 0; height: 0;
}
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QProgressBar {
    background: $line; border: none; border-radius: 2px; max-height: 4px; min-height: 4px;
}
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QSlider::groove:horizontal { background: $edge; height: 2px; }
QSlider::handle:horizontal {
    background: $accent; width: 12px; margin: -5px 0; border-radius: 6px;
}

#sheet { background: $paper; border: 1px solid $edge; border-radius: 8px; }
#palette { background: $raised; border: 1px solid $edge; border-radius: 8px; }
#palette QLineEdit {
    border: none; border-bottom: 1px solid $line; border-radius: 0; background: transparent;
    font-size: ${title}px; min-height: 38px; padding: 0 16px;
}
#palette QListView { background: transparent; }
""")

_TONES = Template("""
QLabel[tone="$tone"] { color: $colour; }
QLabel[chip="$tone"], QPushButton[chip="$tone"] {
    color: $colour; background: $ground; border: 1px solid $border; border-radius: 4px;
    padding: 0 8px; min-height: 20px;
}
QPushButton[chip="$tone"]:hover, QPushButton[chip="$tone"]:focus { border-color: $colour; }
#notice[tone="$tone"] { background: $ground; border-bottom: 1px solid $border; }
""")


def stylesheet(theme: Theme, *, arrow: str, check: str) -> str:
    """The style sheet of a design.

    Args:
        theme: the design.
        arrow: path of the picture of a small arrow that points down.
        check: path of the picture of a check mark on the accent.
    """
    tokens = {
        name: value
        for name in Theme.__dataclass_fields__
        if isinstance(value := getattr(theme, name), str)
    }
    sizes = {"small": SMALL_PX, "title": TITLE_PX, "gap": GRID + GRID // 2}
    return _RULES.substitute(tokens, **sizes, arrow=arrow, check=check) + "".join(
        _tone(theme, tone) for tone in Tone
    )


def _tone(theme: Theme, tone: Tone) -> str:
    plain = tone is Tone.PLAIN
    return _TONES.substitute(
        tone=tone.value,
        colour=theme.tone(tone),
        ground=theme.wash(tone),
        border=theme.edge if plain else theme.wash(tone),
    )
