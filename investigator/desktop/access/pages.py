"""The pages of access: choose a workspace, set one up, sign in, own password, open the lock."""

from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import available_timezones

from PySide6.QtCore import QTimeZone
from PySide6.QtWidgets import QCompleter, QFileDialog, QLineEdit, QPushButton

from investigator.desktop.access.page import AccessPage
from investigator.desktop.commands import Command
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.form import Form

_DIFFERENT = "The two passwords differ; enter the same twice."


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    """What a workspace is set up with; its first account is the administrator's own."""

    folder: Path
    site: str
    zone: str
    user_id: str
    full_name: str
    password: str = field(repr=False)


class ChoosePage(AccessPage):
    """Which workspace is worked in."""

    def __init__(self, latest: Path | None, set_up: Command) -> None:
        form = Form()
        field_ = form.text(
            "folder", "Folder of the workspace", required=True, value=str(latest or "")
        )
        form.add(_browse(field_, "Folder of the workspace"))
        super().__init__(
            "Open a workspace",
            form,
            send="Open",
            note="A workspace holds the cases of a site, their evidence and their log.",
            others=(set_up,),
        )
        self.first("folder")

    def folder(self) -> Path:
        """The folder as entered."""
        return Path(self.form.value("folder")).expanduser()


class SetUpPage(AccessPage):
    """A new workspace with its first administrator."""

    def __init__(self, folder: Path | None, back: Command) -> None:
        form = Form()
        place = form.text("folder", "Folder, new or empty", required=True, value=str(folder or ""))
        form.add(_browse(place, "Folder of the new workspace"))
        form.text("site", "Name of the site", required=True)
        zone = form.text("zone", "Time zone of the site", required=True, value=_own_zone())
        zone.setCompleter(QCompleter(sorted(available_timezones()), zone))
        form.text("user_id", "User id of the administrator", required=True)
        form.text("full_name", "Full name", required=True)
        form.secret("password", "Password, 15 characters or more")
        form.secret("again", "The same password again")
        super().__init__(
            "Set up a workspace",
            form,
            send="Set up",
            note="The administrator keeps the accounts and holds no right to any case.",
            others=(back,),
        )
        self.first("folder")

    def try_to_send(self) -> None:
        """Go on, if the password was entered twice the same."""
        if _same_twice(self.form):
            super().try_to_send()

    def asked(self) -> NewWorkspace:
        """What was entered."""
        value = self.form.value
        return NewWorkspace(
            Path(value("folder")).expanduser(),
            value("site"),
            value("zone"),
            value("user_id"),
            value("full_name"),
            value("password"),
        )


class PasswordPage(AccessPage):
    """A page whose password is asked for anew after a refusal."""

    def refuse(self, sentence: str) -> None:
        """Say why it was refused."""
        super().refuse(sentence)
        password = self.form.widget("password")
        if isinstance(password, QLineEdit):
            password.clear()
        password.setFocus()


class SignInPage(PasswordPage):
    """User id and password."""

    def __init__(self, origin: str, folder: Path, other: Command, user_id: str = "") -> None:
        form = Form()
        form.text("user_id", "User id", required=True, value=user_id)
        form.secret("password", "Password")
        super().__init__(
            "Sign in", form, send="Sign in", note=f"{origin}, in {folder}", others=(other,)
        )
        self.first("password" if user_id else "user_id")


class OwnPasswordPage(PasswordPage):
    """An own password in place of the one that an administrator gave.

    The given one, just typed, is kept in here for this one step.
    """

    def __init__(self, full_name: str, user_id: str, given: str, sign_out: Command) -> None:
        form = Form()
        form.secret("password", "New password, 15 to 128 characters")
        form.secret("again", "The same password again")
        super().__init__(
            "Choose your own password",
            form,
            send="Choose",
            note=f"{full_name} ({user_id}): the password that you entered was given by an "
            "administrator, and opens nothing else. Choose one of 15 to 128 characters that does "
            "not contain your user id; nobody else ever knows it.",
            others=(sign_out,),
        )
        self._given = given
        self.first("password")

    def try_to_send(self) -> None:
        """Go on, if the password was entered twice the same."""
        if _same_twice(self.form):
            super().try_to_send()

    def refuse(self, sentence: str) -> None:
        """Say why it was refused; both fields are asked for anew."""
        again = self.form.widget("again")
        if isinstance(again, QLineEdit):
            again.clear()
        super().refuse(sentence)

    def asked(self) -> tuple[str, str]:
        """The given password and the own one."""
        return self._given, self.form.value("password")


class LockPage(PasswordPage):
    """The work is kept behind it until the same person's password is given."""

    def __init__(self, full_name: str, user_id: str, sign_out: Command) -> None:
        form = Form()
        form.secret("password", "Password")
        super().__init__(
            f"Locked: {full_name} ({user_id})",
            form,
            send="Unlock",
            note="What was begun is kept; work in the background goes on.",
            others=(sign_out,),
        )
        self.first("password")


def _same_twice(form: Form) -> bool:
    """Whether all is given, and the password twice the same; what is not is said beside it."""
    given = form.check()
    if given and form.value("password") != form.value("again"):
        form.show_error("again", _DIFFERENT)
        return False
    return given


def _browse(into: QLineEdit, title: str) -> QPushButton:
    def ask() -> None:
        if chosen := QFileDialog.getExistingDirectory(into, title, into.text()):
            into.setText(chosen)

    choose = button("Choose a folder…", "link")
    choose.clicked.connect(ask)
    return choose


def _own_zone() -> str:
    return bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
