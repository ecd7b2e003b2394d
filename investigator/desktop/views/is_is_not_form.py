"""The sheet that states a row of the is/is-not table: three cells, each with its evidence."""

from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do, Request
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.is_is_not import COLUMNS, QUESTIONS, stated_row
from investigator.desktop.views.asking import ask
from investigator.desktop.views.evidence_picker import EvidencePicker, LinkedList
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.sheet import Sheet
from investigator.domain.acts.reasoning import Cell, IsIsNotStated

_NAMES = ("affected", "unaffected", "distinction")
_HINTS = (
    "What is affected.",
    "What could be affected and is not.",
    "What is different about what is affected.",
)
_NOTE = (
    "One row for each subject of a question; a row of the same question and subject takes the "
    "place of the one before."
)


def ask_row(view: View, scene: Scene, act: IsIsNotStated | None = None) -> Sheet:
    """Ask for a row.

    Args:
        view: sends the request.
        scene: the case with its evidence.
        act: the row that is stated again, or is proposed; None for a new one.
    """
    form, cells = Form(), act.cells() if act else (Cell(""),) * len(_NAMES)
    question = act.dimension.value if act else ""
    form.choice("dimension", "Question", QUESTIONS, required=True, value=question)
    subject, hint = act.subject if act else "", "what is compared, such as containers"
    form.text("subject", "Of", required=True, value=subject, hint=hint)
    lists = {}
    for name, title, tip, cell in zip(_NAMES, COLUMNS, _HINTS, cells, strict=True):
        required = name == _NAMES[0]
        form.lines(name, title, required=required, value=cell.words, hint=tip, height=44)
        linked = lists[f"→ {title}"] = LinkedList(scene, name, cell.links)
        linked.changed.connect(form.resized)
        form.add(linked)
    form.add(EvidencePicker(scene, lists))
    form.lines("why", "Remark", height=40)

    def make() -> Request:
        entered = zip(_NAMES, lists.values(), strict=True)
        stated = [Cell(form.value(name), linked.links) for name, linked in entered]
        row = stated_row(form.value("dimension"), form.value("subject"), stated)
        return Do((row,), form.value("why"))

    title = f"State the row of {act.subject}" if act else "State a row of the table"
    return ask(view, title, form, make, send="State", note=_NOTE, wide=True)
