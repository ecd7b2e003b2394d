"""The sheet that asks for the offset of a clock, with the reason to depart from the estimate."""

from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do, Request
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.clocks import ClockRow, act_to_set
from investigator.desktop.views.asking import ask
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.sheet import Sheet
from investigator.domain.errors import UnusableRequest

_NAMES = ("offset", "uncertainty", "drift", "drift_uncertainty")
_NOTE = (
    "The offset is added to the source's times to get the historian's; the times as they were "
    "read are kept."
)


def ask_clock(view: View, scene: Scene, row: ClockRow) -> Sheet:
    """Ask for an offset in place of the one in force."""
    form = Form()
    form.text("offset", "Offset, s", required=True, hint="such as -37.2")
    form.text("uncertainty", "Its standard uncertainty, s", required=True, hint="such as 1.5")
    form.text("drift", "Drift, ppm; empty for none")
    form.text("drift_uncertainty", "Its standard uncertainty, ppm")
    form.reason("why", "Why the estimate does not hold")

    def make() -> Request | None:
        try:
            act = act_to_set(scene, row, {name: form.value(name) for name in _NAMES})
        except UnusableRequest as refused:
            form.show_error("offset", str(refused))
            return None
        return Do((act,), form.value("why"))

    return ask(view, f"Set the clock of the {row.source}", form, make, send="Set", note=_NOTE)
