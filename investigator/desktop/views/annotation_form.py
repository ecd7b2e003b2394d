"""The sheet that asks for a remark on a stretch of time."""

from collections.abc import Mapping

from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do, Request
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.view_models.timeline import ALL_SIGNALS, annotation
from investigator.desktop.views.asking import ask
from investigator.desktop.widgets.form import Form
from investigator.domain.instant import Span
from investigator.domain.quantities import period


def ask_annotation(view: View, scene: Scene, span: Span, titles: Mapping[str, str]) -> None:
    """Ask for a remark; `titles`: of the signals that are plotted, by key."""
    case, form = scene.case, Form()
    if case is None:
        return
    options = [(ALL_SIGNALS, "all signals"), *titles.items()]
    form.choice("signal", "On", options, value=ALL_SIGNALS)
    form.lines("text", "Remark", required=True, hint="What is seen here.")

    def make() -> Request:
        return Do((annotation(case, form.value("signal"), span, form.value("text")),))

    ask(view, "Annotate", form, make, note=period(span, zone_of(scene)))
