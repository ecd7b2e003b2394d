"""A sheet over a view that asks for what a request needs, and sends the request."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPushButton

from investigator.desktop.frame.view import View
from investigator.desktop.notices import Notice
from investigator.desktop.requests import Request
from investigator.desktop.tone import Tone
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.sheet import Sheet

_DIFFERENT = "The two passwords differ; enter the same twice."

Make = Callable[[], Request | None]
"""Makes the request from what is entered; None: not yet, and the form says why."""


def ask(
    view: View,
    title: str,
    form: Form,
    make: Make,
    *,
    send: str = "Record",
    note: str = "",
    wide: bool = False,
) -> Sheet:
    """Ask over a view.

    Args:
        view: sends the request.
        title: what is done, as a verb and its object.
        form: what is asked for.
        make: from what is entered to the request.
        send: the word on the button.
        note: what explains it.
        wide: half as wide again.
    """
    sheet = Sheet(view, title, form, send=send, note=note, wide=wide)

    def refused(sentence: str) -> None:
        if sheet.is_closed:
            view.noticed.emit(Notice(sentence, tone=Tone.BAD))
        else:
            sheet.refuse(sentence)

    def cancelled() -> None:
        sheet.refuse("")

    def sent() -> None:
        request = make()
        if request is None:
            sheet.refuse("")
        else:
            view.act_requested.emit(
                replace(request, done=sheet.close_sheet, refused=refused, cancelled=cancelled)
            )

    sheet.sent.connect(sent)
    sheet.open_sheet()
    return sheet


def new_password(form: Form, title: str) -> None:
    """Ask for a new password, twice."""
    form.secret("password", title)
    form.secret("again", "The same password again")


def same_twice(form: Form) -> bool:
    """Whether the new password was entered twice the same; says so beside the field if not."""
    same = form.value("password") == form.value("again")
    form.show_error("again", "" if same else _DIFFERENT)
    return same


def browse(into: QLineEdit, words: str, choose: Callable[[], Any]) -> QPushButton:
    """A button that asks for a file or folder and writes it into a field."""
    from investigator.desktop.widgets.buttons import button

    def chosen() -> None:
        if found := choose():
            into.setText(str(found))

    made = button(words, "link")
    made.clicked.connect(chosen)
    return made
