"""The sheets of the report: sign it, send it back.

User id and password are typed for every signature; nothing of either is remembered.
"""

from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do, SignReport
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.report_signatures import Signing
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.labels import KeyValues
from investigator.desktop.widgets.sheet import Sheet
from investigator.domain.acts.closing import ReportReturned

_SIGNS = "signs"
RETURNING = "The author mends what you name and issues the report again; signatures become void."


def ask_signature(view: View, signing: Signing) -> Sheet:
    """Ask over a view for a signature, showing what it is on and what it says."""
    form = Form()
    form.add(_what_is_signed(signing))
    user = form.text("user", "User id", required=True)
    password = form.secret("password", "Password")
    comment = form.text("comment", "Comment")
    sheet = Sheet(view, f"Sign as {signing.field}", form, send="Sign", note=signing.statement)

    def refused(sentence: str) -> None:
        password.clear()
        password.setFocus()
        sheet.refuse(sentence)

    def sign() -> None:
        typed = password.text()
        view.act_requested.emit(
            SignReport(
                signing.field,
                signing.digest,
                user.text().strip(),
                typed,
                comment.text().strip(),
                done=sheet.close_sheet,
                refused=refused,
            )
        )

    sheet.setProperty(_SIGNS, signing.digest)
    sheet.sent.connect(sign)
    sheet.open_sheet()
    return sheet


def put_away_signing(view: View, now: Signing | None) -> None:
    """Put away the sheet of a signature whose report is no longer the one to be signed."""
    for sheet in view.findChildren(Sheet):
        signs = sheet.property(_SIGNS)
        if signs and (now is None or signs != now.digest):
            sheet.close_sheet()


def ask_return(view: View) -> Sheet:
    """Ask over a view why the report is sent back."""
    form = Form()
    reason = form.reason()
    sheet = Sheet(view, "Return the report", form, send="Return", note=RETURNING)
    sheet.sent.connect(
        lambda: view.act_requested.emit(
            Do(
                (ReportReturned(),),
                reason.toPlainText().strip(),
                done=sheet.close_sheet,
                refused=sheet.refuse,
            )
        )
    )
    sheet.open_sheet()
    return sheet


def _what_is_signed(signing: Signing) -> KeyValues:
    digest = signing.digest.removeprefix("sha256:")
    halves = "\n".join((digest[: len(digest) // 2], digest[len(digest) // 2 :]))
    facts = KeyValues(
        (
            ("Record", signing.record),
            ("Meaning", signing.meaning),
            ("SHA-256", halves),
        )
    )
    facts.setObjectName("what-is-signed")
    facts.setContentsMargins(0, 0, 0, GRID)
    return facts
