"""The editor of a scenario: what it supposes, and the changes that it makes of the line."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.judging import CATEGORIES
from investigator.desktop.view_models.scenario_draft import Draft, Ground, new_part, with_span
from investigator.desktop.view_models.scenario_reading import Fault, Field
from investigator.desktop.views.scenario_fields import FieldGrid
from investigator.desktop.views.scenario_part_form import PartForm
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.labels import label, rule
from investigator.domain.instant import Span
from investigator.domain.scenario import Course
from investigator.domain.scenario_rules import MOST_PARTS

_NOTE_PX = 56


class ScenarioForm(QScrollArea):
    """The fields of a scenario.

    Signals:
        changed(Draft): the person entered something.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self._ground: Ground | None = None
        self._current = 0
        self.title, self.category, self.note = QLineEdit(), QComboBox(), QPlainTextEdit()
        self.add = button("Add a change", "link", tip="Both are at work together")
        self.parts: list[PartForm] = []
        self._fields, self._whole = FieldGrid(), label("", "small")
        self._page = QWidget()
        self._lay_out()
        self.title.textEdited.connect(self._changed)
        self.category.activated.connect(self._changed)
        self.note.textChanged.connect(self._changed)
        self.add.clicked.connect(self._add_part)

    def show_draft(self, draft: Draft | None, ground: Ground | None, *, editable: bool) -> None:
        """Show a scenario to be edited, or to be read only."""
        self._draft, self._ground = draft, ground
        self._page.setVisible(draft is not None and ground is not None)
        self._page.setEnabled(editable)
        if draft is None or ground is None:
            return
        was = self.note.blockSignals(True)
        if self.title.text().strip() != draft.title:
            self.title.setText(draft.title)
        self.category.setCurrentIndex(self.category.findData(draft.category))
        if self.note.toPlainText().strip() != draft.note:
            self.note.setPlainText(draft.note)
        self.note.blockSignals(was)
        self._show_parts(draft, ground)

    def offer(self, *, editable: bool) -> None:
        """Whether it can be edited now."""
        self._page.setEnabled(editable)

    def show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Say beside each field what is wrong with it."""
        own = {fault.field: fault.sentence for fault in faults if fault.part is None}
        for field in (Field.TITLE, Field.CATEGORY):
            self._fields.show_fault(field.value, own.get(field, ""))
        self._whole.setText(own.get(Field.TARGET, ""))
        self._whole.setVisible(bool(self._whole.text()))
        for place, part in enumerate(self.parts):
            part.show_faults(tuple(fault for fault in faults if fault.part == place))

    def go_to(self, field: Field) -> None:
        """Let the keyboard go to title or branch."""
        (self.title if field is Field.TITLE else self.category).setFocus()

    def take_span(self, span: Span) -> None:
        """Let the change that was gone to last be over this stretch of time."""
        draft, ground, place = self._draft, self._ground, self._current
        if draft is None or ground is None or not place < len(draft.parts):
            return
        part = draft.parts[place]
        if part.course is not Course.WHOLE_BATCH and self._page.isEnabled():
            made = with_span(part, span, ground)
            parts = (*draft.parts[:place], made, *draft.parts[place + 1 :])
            self._take(replace(draft, parts=parts))

    def _show_parts(self, draft: Draft, ground: Ground) -> None:
        while len(self.parts) > len(draft.parts):
            gone = self.parts.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.parts) < len(draft.parts):
            self._make_part(len(self.parts))
        for form, part in zip(self.parts, draft.parts, strict=True):
            form.show_part(part, ground, removable=len(draft.parts) > 1)
        self.add.setVisible(len(draft.parts) < MOST_PARTS)
        self._current = min(self._current, max(len(draft.parts) - 1, 0))

    def _make_part(self, place: int) -> None:
        form = PartForm(place)
        form.changed.connect(self._changed)
        form.removed.connect(lambda: self._remove_part(place))
        form.gone_to.connect(lambda: self._go_to(place))
        self.parts.append(form)
        self._column.insertWidget(self._column.indexOf(self.add), form)

    def _go_to(self, place: int) -> None:
        self._current = place

    def _changed(self, *_what: object) -> None:
        if self._draft is None:
            return
        entered = tuple(form.entered for form in self.parts)
        self._draft = replace(
            self._draft,
            title=self.title.text().strip(),
            category=self.category.currentData() or "",
            note=self.note.toPlainText().strip(),
            parts=tuple(part for part in entered if part is not None),
        )
        self.changed.emit(self._draft)

    def _add_part(self) -> None:
        if self._draft is None or self._ground is None or not self._ground.targets:
            return
        made = new_part(self._ground.targets[0], self._ground)
        self._take(replace(self._draft, parts=(*self._draft.parts, made)))
        self.parts[-1].target.begin_search()

    def _remove_part(self, place: int) -> None:
        if self._draft is not None and len(self._draft.parts) > 1:
            parts = self._draft.parts
            self._take(replace(self._draft, parts=parts[:place] + parts[place + 1 :]))

    def _take(self, draft: Draft) -> None:
        self.show_draft(draft, self._ground, editable=True)
        self.changed.emit(draft)

    def _lay_out(self) -> None:
        for name, field in (("title", self.title), ("category", self.category)):
            field.setObjectName(name)
        self.note.setObjectName("note")
        self.add.setObjectName("add-change")
        for key, words in CATEGORIES:
            self.category.addItem(words, key)
        self.category.setPlaceholderText("Choose")
        self.title.setPlaceholderText("What it supposes, in a few words")
        self.note.setPlaceholderText("Why it is worth trying; what it is to tell")
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(_NOTE_PX)
        self._fields.add(Field.TITLE.value, "Title", self.title)
        self._fields.add(Field.CATEGORY.value, "Branch", self.category)
        remark = FieldGrid()
        remark.add("note", "Note", self.note)
        self._column = column = QVBoxLayout(self._page)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID // 2)
        column.addWidget(self._fields)
        column.addWidget(self._whole)
        column.addWidget(self.add)
        column.addWidget(rule())
        column.addWidget(remark)
        column.addStretch(1)
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
