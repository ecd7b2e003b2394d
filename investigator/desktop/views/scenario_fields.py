"""The fields of the scenario editor: a name, a field, perhaps a slider, and what is wrong beneath.

A field tells a change only when a person makes it; what is shown from outside is not told back.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSlider,
    QWidget,
)

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.scenario_scales import STEPS
from investigator.desktop.widgets.labels import label, line_label
from investigator.domain.scenario import Target

_FIELD_PX, _NAME_PX = 142, 56


class SliderField(QWidget):
    """A value as text, and a slider over the range that it may have.

    Signals:
        changed(): the person entered or moved something.
    """

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.edit, self.slider = QLineEdit(), QSlider(Qt.Orientation.Horizontal)
        self.edit.setObjectName(name)
        self.slider.setObjectName(f"{name}-slider")
        self.edit.setFixedWidth(_FIELD_PX)
        self.slider.setRange(0, STEPS)
        self.slider.setPageStep(STEPS // 10)
        self._text_at: Callable[[float], str] = str
        self._share_of: Callable[[str], float | None] = _nowhere
        row = QGridLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(GRID)
        self.slider.setMinimumWidth(48)
        row.addWidget(self.edit, 0, 0)
        row.addWidget(self.slider, 0, 1)
        self.edit.textEdited.connect(self._typed)
        self.slider.valueChanged.connect(self._moved)
        self.setFocusProxy(self.edit)

    def show_value(
        self,
        text: str,
        text_at: Callable[[float], str],
        share_of: Callable[[str], float | None],
    ) -> None:
        """Show a text.

        Args:
            text: as it stands.
            text_at: the text at a share of the range, 0 to 1.
            share_of: at which share of the range a text lies; None for a text that cannot be read.
        """
        self._text_at, self._share_of = text_at, share_of
        if self.edit.text() != text:
            self.edit.setText(text)
        self._follow(text)

    def offer(self, *, enabled: bool) -> None:
        """Whether it can be changed."""
        self.edit.setEnabled(enabled)
        self.slider.setEnabled(enabled)

    def _follow(self, text: str) -> None:
        share = self._share_of(text)
        if share is not None:
            was = self.slider.blockSignals(True)
            self.slider.setValue(round(min(max(share, 0.0), 1.0) * STEPS))
            self.slider.blockSignals(was)

    def _typed(self, text: str) -> None:
        self._follow(text)
        self.changed.emit()

    def _moved(self, step: int) -> None:
        self.edit.setText(self._text_at(step / STEPS))
        self.changed.emit()


class TargetField(QComboBox):
    """What is changed, found by any part of its name.

    Signals:
        picked(Target): the person chose one.
    """

    picked = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.search = QLineEdit()
        self.setEditable(True)
        self.setLineEdit(self.search)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(16)
        self.search.setPlaceholderText("Search what is changed")
        completer = QCompleter(self.model(), self)
        self.setCompleter(completer)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._targets: tuple[Target, ...] = ()
        self.activated.connect(self._tell)
        self.search.editingFinished.connect(self._show_again)

    def show_targets(self, targets: Sequence[Target], current: Target | None, name: str) -> None:
        """Show what can be chosen, and what is; `name` stands for one that the twin lacks."""
        was = self.blockSignals(True)
        if tuple(targets) != self._targets:
            self._targets = tuple(targets)
            self.clear()
            for place, target in enumerate(self._targets):
                self.addItem(_words_of(target))
                self.setItemData(place, target.target, Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(self._targets.index(current) if current is not None else -1)
        if current is None:
            self.setEditText(name)
        self.setToolTip(self.currentText())
        self.search.setCursorPosition(0)
        self.blockSignals(was)

    def begin_search(self) -> None:
        """Let what is typed next be searched for; until then the name is read from its begin."""
        self.search.setFocus()
        self.search.end(False)
        self.search.home(True)

    def _tell(self, place: int) -> None:
        self.picked.emit(self._targets[place])

    def _show_again(self) -> None:
        """What was typed and is no target is taken back."""
        if self.currentIndex() >= 0:
            self.setEditText(self.itemText(self.currentIndex()))


class FieldGrid(QWidget):
    """Names at the left, fields at the right, beneath each what is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, _NAME_PX)
        self._rows: dict[str, tuple[QLabel, QWidget, QLabel]] = {}

    def add(self, key: str, title: str, field: QWidget, *, above: bool = False) -> None:
        """Add a field under a key; with `above` its name, which may be long, stands over it."""
        head, wrong = line_label(title, "soft"), label("", "small", tone=Tone.BAD)
        head.setBuddy(field)
        wrong.setObjectName(f"wrong-{key}")
        field.setAccessibleName(title)
        wrong.hide()
        row = 3 * len(self._rows)
        head.setWordWrap(above)
        self._grid.addWidget(head, row if above else row + 1, 1 if above else 0)
        self._grid.addWidget(field, row + 1, 1)
        self._grid.addWidget(wrong, row + 2, 1)
        self._rows[key] = (head, field, wrong)

    def rename(self, key: str, title: str) -> None:
        """Call a field something else."""
        head, field, _ = self._rows[key]
        head.setText(title)
        field.setAccessibleName(title)

    def show_field(self, key: str, *, shown: bool) -> None:
        """Show a field that was put away, or put it away."""
        head, field, wrong = self._rows[key]
        head.setVisible(shown)
        field.setVisible(shown)
        wrong.setVisible(shown and bool(wrong.text()))

    def show_fault(self, key: str, sentence: str) -> None:
        """Say what is wrong with a field; an empty sentence takes that back."""
        _, field, wrong = self._rows[key]
        wrong.setText(Tone.BAD.said(sentence) if sentence else "")
        wrong.setVisible(bool(sentence))
        edit = field.edit if isinstance(field, SliderField) else field
        edit.setProperty("wrong", "true" if sentence else "false")
        edit.style().unpolish(edit)
        edit.style().polish(edit)

    @property
    def keys(self) -> tuple[str, ...]:
        """Of the fields, from above."""
        return tuple(self._rows)


def _words_of(target: Target) -> str:
    """As it is searched for: its name and what it is."""
    return f"{target.title} · {target.kind.value}"


def _nowhere(_text: str) -> float | None:
    return None
