"""A sheet over a view that asks for the file to be written.

- A file that is there is replaced only after the person has said so of this very file.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from investigator.desktop.frame.view import View
from investigator.desktop.requests import Request
from investigator.desktop.views.asking import ask
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.sheet import Sheet

_TAKEN = "There is a file of this name; choose another one, or replace it."


def ask_file(
    view: View,
    title: str,
    make: Callable[[Path], Request],
    *,
    suggested: Path,
    words: str = "File",
    send: str = "Save",
    note: str = "",
) -> Sheet:
    """Ask over a view where something is written.

    Args:
        view: sends the request.
        title: what is done, as a verb and its object.
        make: from the file to the request.
        suggested: the file that is put in.
        words: what kind of file it is.
        send: the word on the button.
        note: what explains it.
    """
    form = Form()
    place = _Place(form, title, words, suggested)

    def made() -> Request | None:
        file = place.free_to_write()
        return None if file is None else make(file)

    return ask(view, title, form, made, send=send, note=note)


class _Place:
    """The field for a file, and whether what is there may be replaced."""

    def __init__(self, form: Form, title: str, words: str, suggested: Path) -> None:
        self._form, self._title = form, title
        self._agreed: Path | None = None
        self._field = form.text("file", words, required=True, value=str(suggested))
        choose = button("Choose a place…", "link")
        choose.clicked.connect(self._choose)
        self._replace = button("Replace the file that is there")
        self._replace.setObjectName("replace")
        self._replace.clicked.connect(self._agree)
        form.add(choose)
        form.add(self._replace)
        self._replace.hide()
        self._field.textChanged.connect(self._replace.hide)

    @property
    def file(self) -> Path:
        """The file as entered."""
        return Path(self._form.value("file")).expanduser()

    def free_to_write(self) -> Path | None:
        """The file, unless it is there and the person has not said that it is to be replaced."""
        file = self.file
        if file != self._agreed and file.exists():
            self._form.show_error("file", _TAKEN)
            self._replace.show()
            return None
        return file

    def _choose(self) -> None:
        """The dialog itself asks before it gives a file that is there."""
        chosen, _filter = QFileDialog.getSaveFileName(self._form, self._title, self._field.text())
        if chosen:
            self._field.setText(chosen)
            self._agreed = self.file

    def _agree(self) -> None:
        self._replace.hide()
        self._agreed = self.file
        self._form.submitted.emit()
