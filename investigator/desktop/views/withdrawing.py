"""The sheet in which an act is withdrawn: what it was, and the reason that the record demands."""

from dataclasses import replace
from functools import partial
from typing import Any

from investigator.desktop.commands import Command
from investigator.desktop.frame.view import View
from investigator.desktop.requests import Withdraw
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.recorded import withdrawal
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


def withdrawing(
    name: str, view: View, scene: Scene | None, recorded: Recorded[Any] | None, why_none: str
) -> Command:
    """The command that withdraws what is gone to.

    Args:
        name: id of the command.
        view: over which the reason is asked for.
        scene: the case.
        recorded: what is gone to; None where it is nothing that could be withdrawn.
        why_none: what is said then.
    """
    if scene is None or recorded is None:
        return Command(name, "Withdraw…", lambda: None, why_not=why_none)
    return replace(withdrawal(scene, recorded, partial(ask_withdrawal, view)), id=name)
