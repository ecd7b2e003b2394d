"""The inspector: what the selected thing is, where it came from, what it rests on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.widgets.buttons import CommandButton, button
from investigator.desktop.widgets.labels import KeyValues, label

WIDTH_PX = 288
FOLDED_PX = 28
_NOTHING = "Click anything to see what it is, where it came from, and what it rests on."


class Inspector(QFrame):
    """The panel at the right, the same for everything."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.shown: Inspected | None = None
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(self._scroll)
        self.fold_button = button("›", "sign")
        self.fold_button.setParent(self)
        self.fold_button.clicked.connect(self.toggle)
        self._show_folded(False)
        self.inspect(None)

    @property
    def folded(self) -> bool:
        """Whether it is folded away."""
        return self._scroll.isHidden()

    def page(self) -> QWidget:
        """What is shown now, as a widget."""
        return self._scroll.widget()

    def toggle(self) -> None:
        """Fold it away, or back."""
        self._show_folded(not self.folded)

    def inspect(self, thing: Inspected | None) -> None:
        """Show another thing; None for nothing."""
        self.shown = thing
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID // 2)
        for part in _parts(thing) if thing else (label(_NOTHING, "soft"),):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll.setWidget(page)

    def _show_folded(self, folded: bool) -> None:
        self._scroll.setVisible(not folded)
        self.setFixedWidth(FOLDED_PX if folded else WIDTH_PX)
        self.fold_button.move(self.width() - 26, GRID // 2)
        self.fold_button.raise_()
        self.fold_button.setText("‹" if folded else "›")
        said = "Show the inspector" if folded else "Hide the inspector"
        self.fold_button.setToolTip(f"{said} (Ctrl+I)")
        self.fold_button.setAccessibleName(said)


def _parts(thing: Inspected) -> list[QWidget]:
    parts: list[QWidget] = [
        label(thing.kind, "small"),
        label(thing.title, "title", selectable=True),
        *([_spaced(KeyValues(thing.facts))] if thing.facts else []),
    ]
    parts += _section(
        "Findings", [label(f.text, tone=f.tone, selectable=True) for f in thing.findings]
    )
    parts += _section("Source", [label(thing.source, selectable=True)] if thing.source else [])
    parts += _section("SHA-256", _digest(thing.digest) if thing.digest else [])
    parts += _section("Rests on", [_link(on) for on in thing.rests_on])
    parts += _section("Actions", [part for action in thing.actions for part in _action(action)])
    return parts


def _action(action: Command) -> list[QWidget]:
    """Its button, and why it cannot be pressed."""
    why_not = [] if action.enabled else [label(action.why_not, "small")]
    return [CommandButton(action), *why_not]


def _section(title: str, parts: list[QWidget]) -> list[QWidget]:
    return [_spaced(label(title, "small")), *parts] if parts else []


def _spaced(part: QWidget) -> QWidget:
    part.setContentsMargins(0, GRID + GRID // 2, 0, 0)
    return part


def _digest(digest: str) -> list[QWidget]:
    """In lines of 32, so that two digests can be compared by eye."""
    lines = "\n".join(digest[k : k + 32] for k in range(0, len(digest), 32))
    copy = button("Copy", "link", tip="Copy the whole digest")
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(digest))
    return [label(lines, "small", selectable=True), copy]


def _link(thing: Thing) -> QWidget:
    return _Link(Command(f"go.{thing.kind}", f"{thing.title}  ({thing.kind})", thing.go))


class _Link(CommandButton):
    """As wide as the inspector; what has no room is cut with an ellipsis, the tooltip has it."""

    def __init__(self, command: Command) -> None:
        super().__init__(command, "link")
        self._words = command.title
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._words)
        self.setToolTip(self._words)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Cut what has no room."""
        super().resizeEvent(event)
        cut = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._words, cut, self.width()))
