"""The sheets of the tag map: a signal is mapped by hand, or as packaged; the map is confirmed."""

from investigator.casework.tag_map import TagMap
from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do, Request
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.mapping import (
    MapRow,
    act_to_confirm,
    act_to_map,
    act_to_take_back,
    choice_of,
    tag_choices,
)
from investigator.desktop.views.asking import ask
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.sheet import Sheet
from investigator.domain.errors import UnusableRequest
from investigator.domain.tag_review import Suggestion

_NAMES = ("tag", "unit", "factor", "offset")


def ask_mapping(
    view: View, scene: Scene, found: TagMap, row: MapRow, suggested: Suggestion | None = None
) -> Sheet:
    """Ask which tag stands for a signal.

    Args:
        view: sends the request.
        scene: the case with its evidence.
        found: the map in force.
        row: the signal.
        suggested: what is put in to begin with; None: what is in force.
    """
    form, begin = Form(), suggested or row.reviewed
    unit = begin.unit if isinstance(begin, Suggestion) else begin.tag_unit
    form.choice("tag", "Tag", tag_choices(scene), required=True, value=choice_of(begin.tag))
    form.text("unit", "Unit of the tag", value=unit)
    form.text("factor", "Factor", required=True, value=f"{begin.factor:g}")
    form.text("offset", "Offset", required=True, value=f"{begin.offset:g}")
    form.reason("why", "Why this tag, and why this conversion")

    def make() -> Request | None:
        try:
            act = act_to_map(found, row, {name: form.value(name) for name in _NAMES})
        except UnusableRequest as refused:
            form.show_error("factor", str(refused))
            return None
        return Do((act,), form.value("why"))

    unit_said = f" in {row.unit}" if row.unit and row.unit != "-" else ""
    note = f"The value of {row.signal}{unit_said} is factor × the tag's value + offset."
    return ask(view, f"Map {row.signal}", form, make, send="Map", note=note)


def ask_as_packaged(view: View, found: TagMap, row: MapRow) -> Sheet:
    """Ask why the tag of the package is taken again."""
    form = Form()
    form.reason("why", "Why the tag of the package holds after all")
    return ask(
        view,
        f"Take {row.signal} from the package",
        form,
        lambda: Do((act_to_take_back(found, row),), form.value("why")),
        note=f"It is taken from {row.packaged}, as it is.",
    )


def ask_confirmation(view: View, found: TagMap) -> Sheet:
    """Ask why the departures of the map hold."""
    form = Form()
    form.reason("why", "Why the departures from the package hold")
    return ask(
        view,
        "Confirm the tag map",
        form,
        lambda: Do((act_to_confirm(found),), form.value("why")),
        send="Confirm",
    )
