"""Choosing evidence for a statement: searched among what the case has, a stretch for a signal.

- A double click, or Enter, links what is gone to; where a form has several places for evidence,
  to the one that a button names.
- What is linked stands beneath each statement, and is taken off there.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.evidence_links import (
    Choice,
    LinkShown,
    choices,
    found,
    shown,
    stretch_said,
    with_stretch,
)
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.labels import label, line_label, set_tone
from investigator.desktop.widgets.table import ROW_PX, Cell, Column, Table
from investigator.domain.acts.reasoning import EvidenceLink, LinkKind
from investigator.domain.errors import UnusableRequest

_CHOICES: tuple[Column[Choice], ...] = (
    Column("Kind", lambda row: row.kind, width=82),
    Column("Evidence", lambda row: Cell(row.title, tip=row.title), width=196),
    Column("What is known of it", lambda row: Cell(row.words, tip=row.words), width=-1),
)
_LINKED: tuple[Column[LinkShown], ...] = (
    Column("Linked evidence", lambda row: Cell(row.words, tone=row.tone, tip=row.tip), width=-1),
)
_SEEN_CHOICES, _SEEN_LINKS = 6, 4
_NOTHING = "No evidence is linked to it yet."
_GO_TO_ONE = "Go to a piece of evidence first."


class LinkedList(QWidget):
    """The evidence that one statement names.

    Signals:
        changed(): a link was added or taken off, and the list is higher or lower.
    """

    changed = Signal()

    def __init__(self, scene: Scene, name: str, links: Sequence[EvidenceLink] = ()) -> None:
        super().__init__()
        self._scene, self._links = scene, tuple(links)
        self.table: Table[LinkShown] = Table(_LINKED)
        self._none = label(_NOTHING, "small")
        self.table.setObjectName(f"{name}.linked")
        self.table.setAccessibleName("Linked evidence")
        self._remove = button("Remove", "link", tip="Take the link that is gone to off")
        self._remove.setObjectName(f"{name}.remove")
        self._remove.clicked.connect(self._take_off)
        self.table.opened.connect(lambda _row: self._take_off())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._none)
        row.addWidget(self.table, 1)
        row.addWidget(self._remove)
        self._show()

    @property
    def links(self) -> tuple[EvidenceLink, ...]:
        """What is linked, in the order in which it was."""
        return self._links

    def add(self, link: EvidenceLink) -> None:
        """Link one more; what is linked already stays once."""
        self._links = tuple(dict.fromkeys((*self._links, link)))
        self._show()

    def _take_off(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self._links = tuple(link for link in self._links if link != row.link)
            self._show()

    def _show(self) -> None:
        self.table.show_rows(shown(self._scene, self._links))
        self.table.setFixedHeight((min(len(self._links), _SEEN_LINKS) + 1) * ROW_PX)
        for part in (self.table, self._remove):
            part.setVisible(bool(self._links))
        self._none.setVisible(not self._links)
        self.changed.emit()


class EvidencePicker(QWidget):
    """The search among all evidence of the case, with a button for each list that it fills."""

    def __init__(self, scene: Scene, lists: Mapping[str, LinkedList]) -> None:
        """Make it; `lists`: what is filled, by the words on the button."""
        super().__init__()
        self._zone, self._all, self._lists = zone_of(scene), choices(scene), dict(lists)
        self.search, self.table = QLineEdit(), Table(_CHOICES)
        self.begin, self.end = QLineEdit(), QLineEdit()
        self._stretch, self._error = QWidget(), label("", "small", tone=Tone.BAD)
        self._buttons = {words: button(words) for words in self._lists}
        self._lay_out()
        self.search.textChanged.connect(self._show_found)
        self.search.returnPressed.connect(self._go_to_first)
        self.table.chosen.connect(self._offer)
        self.table.opened.connect(lambda _row: self._link(next(iter(self._lists.values()))))
        for words, made in self._buttons.items():
            made.clicked.connect(lambda _down=False, into=self._lists[words]: self._link(into))
        self._show_found()

    @property
    def error(self) -> str:
        """What is said to be wrong; empty for nothing."""
        return self._error.text() if not self._error.isHidden() else ""

    def say(self, sentence: str) -> None:
        """Say what is wrong with the evidence; an empty sentence takes that back."""
        self._error.setText(Tone.BAD.said(sentence))
        set_tone(self._error, Tone.BAD)
        self._error.setVisible(bool(sentence))

    def _link(self, into: LinkedList) -> None:
        row: Choice | None = self.table.current_row()
        if row is None:
            self.say(_GO_TO_ONE)
            return
        try:
            into.add(self._meant(row))
        except UnusableRequest as refused:
            self.say(str(refused))
        else:
            self.say("")

    def _meant(self, row: Choice) -> EvidenceLink:
        if row.link.kind is not LinkKind.SIGNAL:
            return row.link
        begin, end = self.begin.text().strip(), self.end.text().strip()
        whole = EvidenceLink(row.link.kind, row.link.target)
        return with_stretch(whole, begin, end, self._zone)

    def _show_found(self) -> None:
        self.table.show_rows(found(self._all, self.search.text()), keep=lambda row: row.link)
        self._offer(self.table.current_row())

    def _go_to_first(self) -> None:
        self.table.choose(lambda _row: True)
        self.table.setFocus()

    def _offer(self, row: Choice | None) -> None:
        """The stretch is asked of signals only; that of a change point is put in."""
        is_signal = row is not None and row.link.kind is LinkKind.SIGNAL
        begin, end = stretch_said(row.link, self._zone) if row else ("", "")
        self.begin.setText(begin)
        self.end.setText(end)
        self._stretch.setEnabled(is_signal)

    def _lay_out(self) -> None:
        self._error.hide()
        self.setObjectName("evidence.picker")
        for field, name, words, hint in (
            (self.search, "evidence.search", "Search the evidence", "Search the evidence"),
            (self.begin, "evidence.begin", "From", "2026-03-31 14:05:00"),
            (self.end, "evidence.end", "To, not included", "2026-03-31 14:20:00"),
        ):
            field.setObjectName(name)
            field.setAccessibleName(words)
            field.setPlaceholderText(hint)
        self.search.setClearButtonEnabled(True)
        self.table.setObjectName("evidence.choices")
        self.table.setAccessibleName("Evidence of the case")
        self.table.setFixedHeight((_SEEN_CHOICES + 1) * ROW_PX)
        stretch = QHBoxLayout(self._stretch)
        stretch.setContentsMargins(0, 0, 0, 0)
        stretch.setSpacing(GRID)
        said = line_label("Stretch of the signal, or nothing for all of it", "small")
        said.setToolTip(f"Times in {self._zone}")
        stretch.addWidget(said)
        stretch.addWidget(self.begin)
        stretch.addWidget(self.end)
        send = QHBoxLayout()
        send.setSpacing(GRID)
        send.addStretch(1)
        for words, made in self._buttons.items():
            made.setObjectName(f"evidence.link.{words}")
            send.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(label("Evidence of the case", "soft"))
        column.addWidget(self.search)
        column.addWidget(self.table)
        column.addWidget(self._stretch)
        column.addLayout(send)
        column.addWidget(self._error)
