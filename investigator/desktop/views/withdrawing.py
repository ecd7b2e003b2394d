"""The sheet in which an act is withdrawn: what it was, and the reason that the record demands."""

from typing import Any

from investigator.desktop.frame.view import View
from investigator.desktop.requests import Withdraw
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.sheet import Sheet
from investigator.domain.acts.act import Recorded

NOTE = "The entry stays in the log; what rests on it becomes stale, and signatures become void."


def ask_withdrawal(view: View, recorded: Recorded[Any]) -> Sheet:
    """Ask over a view for the reason, then let the view ask for the withdrawal."""
    form = Form()
    reason = form.reason()
    thing = recorded.act.about()
    title = f"Withdraw entry {recorded.sequence}: {recorded.act.WORD}"
    sheet = Sheet(view, f"{title}, {thing}" if thing else title, form, send="Withdraw", note=NOTE)
    sheet.sent.connect(
        lambda: view.act_requested.emit(
            Withdraw(
                recorded.sequence,
                reason.toPlainText().strip(),
                done=sheet.close_sheet,
                refused=sheet.refuse,
            )
        )
    )
    sheet.open_sheet()
    return sheet
