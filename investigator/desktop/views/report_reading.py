"""The pages of a PDF with the number of the page that is read, and buttons for their width."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from investigator.desktop.views.report_pages import ReportPages
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.labels import line_label


class ReportReading(QWidget):
    """Pages beneath a strip; other buttons stand at its right."""

    def __init__(self, *buttons: QWidget) -> None:
        super().__init__()
        self.pages = ReportPages()
        self._number = line_label("", "soft")
        self._number.setObjectName("page-number")
        strip = QHBoxLayout()
        strip.addWidget(self._number, 1)
        for made in (*self._zooming(), *buttons):
            strip.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(strip)
        column.addWidget(self.pages, 1)
        self.pages.page_changed.connect(self._follow_page)

    def show_pdf(self, data: bytes | None) -> bool:
        """Show another PDF, at the place where the one before was; whether it is another one."""
        other = self.pages.show_pdf(data)
        if other:
            self._follow_page(self.pages.page)
        return other

    def _zooming(self) -> tuple[QWidget, ...]:
        narrower, wider = (
            button("−", "sign", tip="Narrower (Ctrl −)"),
            button("+", "sign", tip="Wider (Ctrl +)"),
        )
        fitting = button("Fit width", "quiet", tip="As wide as there is room (Ctrl 0)")
        for made, steps in ((narrower, -1), (wider, 1), (fitting, 0)):
            made.clicked.connect(partial(self._zoom, steps))
        return narrower, wider, fitting

    def _zoom(self, steps: int, _checked: bool = False) -> None:
        self.pages.change_zoom(steps)

    def _follow_page(self, page: int) -> None:
        self._number.setText(f"Page {page + 1} of {self.pages.count}" if self.pages.count else "")
