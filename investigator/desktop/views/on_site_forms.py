"""The forms of what is looked at on site: a check of the twin, one of one's own, phase I, the seven
questions."""

from collections.abc import Callable
from typing import Any

from investigator.casework.checks import KnownCheck
from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do, Request
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.document_links import document_choices, hypothesis_choices
from investigator.desktop.view_models.on_site_acts import (
    BEARINGS,
    OUTCOMES,
    check_entered,
    human_error_examined,
    own_check_entered,
    phase_one_stated,
    places_of,
)
from investigator.desktop.views.asking import ask
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.sheet import Sheet
from investigator.domain.acts.act import Act
from investigator.domain.acts.checks import HUMAN_ERROR_QUESTIONS, PHASE_ONE_POINTS
from investigator.domain.errors import UnusableRequest

_WHEN = "such as 2026-03-31 14:05, in the zone of the case"
_FOUND = (("yes", "an assignable error was found"), ("no", "no assignable error was found"))
_LINE_PX = 46


def ask_check(view: View, scene: Scene, check: KnownCheck) -> Sheet:
    """Ask for what a check of the twin found."""
    form = Form()
    if check.unit:
        form.text("value", f"Value, {check.unit}", required=True)
        hint = f"{check.uncertainty}, that of the check, if empty"
        form.text("uncertainty", f"Standard uncertainty, {check.unit}", hint=hint)
        places = tuple((place, place) for place in places_of(scene, check))
        form.choice("place", check.place.capitalize(), places, required=True)
    else:
        form.choice("outcome", "Outcome", OUTCOMES, required=True)
    _ask_source(form, scene)
    after = "The ranking becomes stale and takes the result in when it is run again."
    make = _made(form, lambda values: check_entered(scene, check, values), at="done")
    return ask(
        view, check.title, form, make, send="Enter", note=f"It reads: {check.reads}. {after}"
    )


def ask_own_check(view: View, scene: Scene, cause: str = "") -> Sheet:
    """Ask for a check that the twin does not know."""
    form = Form()
    form.text("title", "What was looked at", required=True)
    form.lines("found", "What was found", required=True, hint="with its figures and units")
    form.choice("bearing", "What it says of the causes below", BEARINGS, required=True)
    chosen = (cause,) if cause else ()
    form.checks("causes", "Causes", hypothesis_choices(scene), required=True, value=chosen)
    _ask_source(form, scene)
    make = _made(form, lambda values: own_check_entered(scene, values), at="done")
    note = "It moves no probability: the twin does not know how likely each cause makes it."
    return ask(view, "Enter a check of your own", form, make, send="Enter", note=note)


def ask_phase_one(view: View, scene: Scene, cause: str) -> Sheet:
    """Ask for phase I of the laboratory on a hypothesis."""
    form = Form()
    form.choice("document", "Its record", document_choices(scene), required=True)
    for name, point in PHASE_ONE_POINTS.items():
        form.lines(name, point, required=True, height=_LINE_PX)
    form.choice("error_found", "Outcome", _FOUND, required=True)
    make = _made(form, lambda values: phase_one_stated(cause, values), at="document")
    title = f"Phase I of the laboratory on {_titled(scene, cause)}"
    return ask(view, title, form, make, send="State", wide=True)


def ask_human_error(view: View, scene: Scene, cause: str) -> Sheet:
    """Ask the seven questions on a hypothesis."""
    form = Form()
    for name, question in HUMAN_ERROR_QUESTIONS.items():
        form.lines(name, question, required=True, height=_LINE_PX)
    form.choice("document", "Document", document_choices(scene), hint="none")
    make = _made(form, lambda values: human_error_examined(cause, values), at="document")
    title = f"Human error on {_titled(scene, cause)}"
    return ask(view, title, form, make, send="Record", wide=True)


def _ask_source(form: Form, scene: Scene) -> None:
    form.text("done", "Done", required=True, hint=_WHEN)
    form.choice("document", "Document", document_choices(scene), hint="none")


def _made(
    form: Form, act: Callable[[dict[str, Any]], Act], *, at: str
) -> Callable[[], Request | None]:
    """The request, or None with what is wrong said beside the field `at`."""

    def make() -> Request | None:
        try:
            made = Do((act(form.values()),))
        except UnusableRequest as refused:
            form.show_error(at, str(refused))
            return None
        form.show_error(at, "")
        return made

    return make


def _titled(scene: Scene, cause: str) -> str:
    return dict(hypothesis_choices(scene)).get(cause, cause)
