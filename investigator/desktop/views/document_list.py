"""The documents of a case, and beneath them what the selected one shows."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QSplitter,
    QStackedLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from investigator.desktop.commands import Command
from investigator.desktop.scene import DocumentContent, Picture
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.document_links import NO_LINKS, LinkRow
from investigator.desktop.view_models.documents import EMPTY, DocumentRow
from investigator.desktop.view_models.recurrence import SubjectRow, deviations_before
from investigator.desktop.views.link_table import links_of_document
from investigator.desktop.views.recurrence_pane import RecurrencePane
from investigator.desktop.views.report_pages import ReportPages
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import label
from investigator.desktop.widgets.table import Cell, Column, Table

_COLUMNS: tuple[Column[DocumentRow], ...] = (
    Column("Id", lambda row: row.document_id),
    Column("Kind", lambda row: row.kind),
    Column("Title", lambda row: Cell(row.title, tip=row.title), width=-1),
    Column("Dated", lambda row: row.dated),
    Column("Author", lambda row: row.author),
    Column("Copy", lambda row: row.original),
    Column("Hypotheses", lambda row: Cell(row.bears_on, tip=row.bears_on), width=130),
)
_NOTHING = "Select a document to see it here."


class PictureLabel(QLabel):
    """A picture as large as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._whole = QPixmap()

    def show_picture(self, picture: Picture) -> None:
        """Show another picture."""
        stride = 3 * picture.width
        image = QImage(
            picture.rgb, picture.width, picture.height, stride, QImage.Format.Format_RGB888
        )
        self._whole = QPixmap.fromImage(image)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """May become small."""
        return QSize(80, 80)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Follow the room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._whole.isNull():
            return
        room = self.size().boundedTo(self._whole.size())
        keep, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self.setPixmap(self._whole.scaled(room, keep, smooth))


class DocumentPane(QWidget):
    """What one document shows."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.picture, self.pages = QPlainTextEdit(), PictureLabel(), ReportPages()
        self.text.setReadOnly(True)
        self.text.setObjectName("document.text")
        self._note = label(_NOTHING, "soft")
        self._shown: DocumentContent | None = None
        column, self._stack = QVBoxLayout(self), QStackedLayout()
        column.setContentsMargins(0, GRID, 0, GRID)
        column.addWidget(self._note)
        column.addLayout(self._stack, 1)
        for part in (QWidget(), self.text, self.picture, self.pages):
            self._stack.addWidget(part)

    @property
    def note(self) -> str:
        """What is said above the content."""
        return self._note.text()

    def show_content(self, content: DocumentContent | None) -> None:
        """Show another content; None for none."""
        if content == self._shown:
            return
        self._shown = content
        self._say(content.note if content else _NOTHING)
        self._stack.setCurrentIndex(0)
        if content is not None:
            self._show(content)

    def _show(self, content: DocumentContent) -> None:
        if content.picture is not None:
            self.picture.show_picture(content.picture)
            self._stack.setCurrentWidget(self.picture)
        elif content.pdf is not None:
            self._show_pages(content.pdf)
        elif content.text:
            self.text.setPlainText(content.text)
            self._stack.setCurrentWidget(self.text)

    def _show_pages(self, pdf: bytes) -> None:
        try:
            self.pages.show_pdf(pdf)
        except RuntimeError as fault:
            self._say(f"Its pages cannot be shown ({fault}); save a copy to read them.")
            return
        self._stack.setCurrentWidget(self.pages)

    def _say(self, note: str) -> None:
        self._note.setText(note)
        self._note.setVisible(bool(note))


class DocumentList(QWidget):
    """Table above; beneath the content of one, its links, and what came before.

    Signals:
        chosen(DocumentRow): the person went to one.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.table: Table[DocumentRow] = Table(_COLUMNS)
        self.pane, self.recurrence = DocumentPane(), RecurrencePane()
        self.links, self.below = links_of_document(), QTabWidget()
        self._no_links = label(NO_LINKS, "soft")
        self.link = CommandButton(Command("document.link", "", lambda: None))
        self.link.setObjectName("document.link")
        self.admit = CommandButton(Command("document.admit", "", lambda: None))
        self.admit.setObjectName("document.admit")
        self._empty = EmptyState(*EMPTY)
        self._rows: tuple[DocumentRow, ...] = ()
        self._opened = False
        self.table.chosen.connect(self.chosen)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._page())
        self._stack.addWidget(self._empty)

    def show_documents(
        self,
        rows: tuple[DocumentRow, ...],
        content: DocumentContent | None,
        commands: tuple[Command, Command],
    ) -> None:
        """Show other documents, and the content of the one that was asked for.

        Args:
            rows: the documents.
            content: of the one that was asked for.
            commands: the ones that admit and that link.
        """
        admit, link = commands
        if rows != self._rows:
            self._rows = rows
            self.table.show_rows(rows, keep=lambda row: row.document_id)
        self.pane.show_content(content)
        self.admit.show_command(admit)
        self.link.show_command(link)
        self._empty.show_empty(*EMPTY, admit)
        self._stack.setCurrentIndex(0 if rows or self._opened else 1)

    def show_links(self, rows: tuple[LinkRow, ...]) -> None:
        """Show the links of the document that is gone to."""
        self.links.show_rows(rows, keep=lambda row: row.key)
        self._no_links.setVisible(not rows)
        self.links.setVisible(bool(rows))
        self.below.setTabText(1, f"Hypotheses ({len(rows)})")

    def open_recurrence(self) -> None:
        """Show the earlier deviations, also while there is no document."""
        self._opened = True
        self._stack.setCurrentIndex(0)
        self.below.setCurrentWidget(self.recurrence)

    def show_recurrence(self, rows: tuple[SubjectRow, ...]) -> None:
        """Show which earlier deviations there were."""
        self.recurrence.show_subjects(rows)
        self.below.setTabText(2, f"Earlier deviations ({deviations_before(rows)})")

    def _page(self) -> QWidget:
        page, row = QWidget(), QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.link)
        row.addWidget(self.admit)
        linked = QWidget()
        held = QVBoxLayout(linked)
        held.setContentsMargins(0, GRID, 0, 0)
        held.addWidget(self._no_links)
        held.addWidget(self.links, 1)
        held.addStretch()
        for part, title in (
            (self.pane, "Content"),
            (linked, "Hypotheses (0)"),
            (self.recurrence, "Earlier deviations (0)"),
        ):
            self.below.addTab(part, title)
        self.below.setDocumentMode(True)
        self.below.tabBar().setDrawBase(False)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.table)
        parts.addWidget(self.below)
        parts.setStretchFactor(0, 1)
        parts.setStretchFactor(1, 2)
        parts.setChildrenCollapsible(False)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(parts, 1)
        return page
