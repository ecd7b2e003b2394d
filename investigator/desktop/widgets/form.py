"""Forms: a label, a field, and beneath it what is wrong with what was entered.

- What must be given is marked; `check` names what is missing, beside its field.
- The form judges no content: an act that is refused tells its sentence with `show_error`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.widgets.labels import label

Value = str | date | tuple[str, ...]
Options = Sequence[tuple[str, str]]
_MISSING = "This must be given."
_FEWEST_LETTERS = 12


class Form(QWidget):
    """Fields from above to below, each asked for by its name.

    Signals:
        changed(): a field was edited.
        submitted(): Enter was pressed in a field of one line.
        resized(): there are more or fewer fields to be seen.
    """

    changed = Signal()
    submitted = Signal()
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID // 2)
        self._column.addStretch(1)
        self._fields: dict[str, _Field] = {}

    def text(
        self, name: str, title: str, *, required: bool = False, value: str = "", hint: str = ""
    ) -> QLineEdit:
        """Add a field of one line."""
        edit = QLineEdit(value)
        edit.setPlaceholderText(hint)
        edit.returnPressed.connect(self.submitted)
        edit.textChanged.connect(self.changed)
        self._add(name, title, edit, required, lambda: edit.text().strip())
        return edit

    def secret(self, name: str, title: str) -> QLineEdit:
        """Add a field for a password; it must be given, and nothing of it is cut off."""
        edit = QLineEdit()
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        edit.returnPressed.connect(self.submitted)
        edit.textChanged.connect(self.changed)
        self._add(name, title, edit, True, edit.text)
        return edit

    def lines(
        self,
        name: str,
        title: str,
        *,
        required: bool = False,
        value: str = "",
        hint: str = "",
        height: int = 72,
    ) -> QPlainTextEdit:
        """Add a field of several lines, `height` pixels high."""
        edit = QPlainTextEdit(value)
        edit.setPlaceholderText(hint)
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(height)
        edit.textChanged.connect(self.changed)
        self._add(name, title, edit, required, lambda: edit.toPlainText().strip())
        return edit

    def reason(self, name: str = "reason", title: str = "Reason") -> QPlainTextEdit:
        """Add the field for a reason that the record demands."""
        return self.lines(name, title, required=True, hint="Goes into the record as you write it.")

    def choice(
        self,
        name: str,
        title: str,
        options: Options,
        *,
        required: bool = False,
        value: str = "",
        hint: str = "Choose",
    ) -> QComboBox:
        """Add a choice of one among (key, words); without `value` nothing is chosen yet."""
        box = QComboBox()
        for key, words in options:
            box.addItem(words, key)
        box.setPlaceholderText(hint)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_FEWEST_LETTERS)
        box.setCurrentIndex(box.findData(value))
        box.currentIndexChanged.connect(self.changed)
        self._add(name, title, box, required, lambda: box.currentData() or "")
        return box

    def date(self, name: str, title: str, *, value: date, required: bool = True) -> QDateEdit:
        """Add a day, as year-month-day, with a calendar."""
        edit = QDateEdit(QDate(value.year, value.month, value.day))
        edit.setDisplayFormat("yyyy-MM-dd")
        edit.setCalendarPopup(True)
        edit.dateChanged.connect(self.changed)
        self._add(name, title, edit, required, lambda: _day(edit.date()))
        return edit

    def checks(
        self,
        name: str,
        title: str,
        options: Options,
        *,
        required: bool = False,
        value: Sequence[str] = (),
    ) -> QListWidget:
        """Add a list of (key, words) of which any number can be checked."""
        box = QListWidget()
        for key, words in options:
            item = QListWidgetItem(words, box)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
            state = Qt.CheckState.Checked if key in value else Qt.CheckState.Unchecked
            item.setCheckState(state)
        box.setFixedHeight(min(max(len(options), 2), 6) * 24 + 10)
        box.itemChanged.connect(self.changed)
        self._add(name, title, box, required, lambda: _checked(box))
        return box

    def add(self, widget: QWidget) -> None:
        """Put something else below the fields: a note, a rule, buttons."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def widget(self, name: str) -> QWidget:
        """The field of a name."""
        return self._fields[name].widget

    def values(self) -> dict[str, Value]:
        """What is entered: texts without blanks at their ends, keys, days, tuples of keys."""
        return {name: field.read() for name, field in self._fields.items()}

    def value(self, name: str) -> str:
        """What is entered in a field of text or choice."""
        return str(self._fields[name].read())

    def show_fields(self, names: Iterable[str], *, shown: bool) -> None:
        """Show fields that were put away, or put them away; one that is away need not be given."""
        for name in names:
            self._fields[name].show(shown)
        self.resized.emit()

    def check(self) -> bool:
        """Whether all that must be given is; says so beside each field and goes to the first."""
        asked = [f for f in self._fields.values() if not f.is_away]
        missing = [f for f in asked if f.required and not f.read()]
        for field in self._fields.values():
            field.show_error(_MISSING if field in missing else "")
        if missing:
            missing[0].widget.setFocus()
        return not missing

    def show_error(self, name: str, sentence: str) -> None:
        """Say beside a field what is wrong with it; an empty sentence takes that back."""
        self._fields[name].show_error(sentence)

    def error(self, name: str) -> str:
        """What is said beside a field now."""
        return self._fields[name].sentence

    def _add(
        self, name: str, title: str, widget: QWidget, required: bool, read: Callable[[], Value]
    ) -> None:
        head = label(f"{title} · required" if required else title, "soft")
        field = _Field(head, widget, required, read)
        head.setBuddy(widget)
        widget.setAccessibleName(title)
        widget.setObjectName(name)
        if self._fields:
            head.setContentsMargins(0, GRID, 0, 0)
        for part in (head, widget, field.error):
            self.add(part)
        self._fields[name] = field


class _Field:
    def __init__(
        self, head: QLabel, widget: QWidget, required: bool, read: Callable[[], Value]
    ) -> None:
        self.head, self.widget, self.required, self.read = head, widget, required, read
        self.is_away = False
        self.error: QLabel = label("", "small")
        self.error.setProperty("tone", Tone.BAD.value)
        self.error.hide()

    def show(self, shown: bool) -> None:
        self.is_away = not shown
        self.head.setVisible(shown)
        self.widget.setVisible(shown)
        self.error.setVisible(shown and bool(self.sentence))

    @property
    def sentence(self) -> str:
        return self.error.text().removeprefix(Tone.BAD.said(""))

    def show_error(self, sentence: str) -> None:
        self.error.setText(Tone.BAD.said(sentence) if sentence else "")
        self.error.setVisible(bool(sentence))
        self.widget.setProperty("wrong", "true" if sentence else "false")
        self.widget.style().unpolish(self.widget)
        self.widget.style().polish(self.widget)


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())


def _checked(box: QListWidget) -> tuple[str, ...]:
    items = [box.item(row) for row in range(box.count())]
    checked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
    return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in checked)
