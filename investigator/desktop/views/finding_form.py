"""The sheet that asks for a finding of one's own: tag, stretch of time, what is done, and why."""

from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do, Request
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.own_finding import (
    TREATMENTS,
    known_tags,
    own_finding,
    time_said,
)
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.views.asking import ask
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.sheet import Sheet
from investigator.domain.doubt import Treatment
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import Span

_NAMES = ("tag", "kind", "start", "end", "treatment", "factor", "words")


def ask_finding(view: View, scene: Scene, *, tag: str = "", span: Span | None = None) -> Sheet:
    """Ask for a finding.

    Args:
        view: sends the request.
        scene: the case with its evidence.
        tag: that is seen now; empty for none.
        span: that is brushed; None for none.
    """
    zone, form = zone_of(scene), Form()
    tags = known_tags(scene)
    form.choice("tag", "Tag", [(t, t) for t in tags], required=True, value=tag)
    form.text("kind", "Kind of doubt", required=True, hint="such as fouled probe")
    start, end = (time_said(t, zone) for t in (span.start_ms, span.end_ms)) if span else ("", "")
    form.text("start", f"From, in {zone}", required=True, value=start, hint="2026-03-31 14:05:00")
    form.text("end", "To, not included", required=True, value=end, hint="2026-03-31 14:20:00")
    form.choice("treatment", "What the analyses do", TREATMENTS, required=True)
    form.text("factor", "Factor of the standard deviation, for widen", hint="such as 3")
    form.lines("words", "What was seen", required=True)
    form.reason("why", "Why the samples are doubted")
    form.changed.connect(lambda: form.widget("factor").setEnabled(_widens(form)))

    def make() -> Request | None:
        try:
            act = own_finding(scene, {name: form.value(name) for name in _NAMES})
        except UnusableRequest as refused:
            form.show_error("factor" if _widens(form) else "end", str(refused))
            return None
        return Do((act,), form.value("why"))

    note = "It is acted on in every analysis from now on; what was read stays as it is."
    return ask(view, "Add a finding", form, make, send="Add", note=note)


def _widens(form: Form) -> bool:
    return form.value("treatment") == Treatment.WIDEN.value
