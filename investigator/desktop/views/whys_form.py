"""The sheet that states a step of a chain of whys, with the evidence for it."""

from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do, Request
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.whys import ROOTS, Chain, stated
from investigator.desktop.views.asking import ask
from investigator.desktop.views.evidence_picker import EvidencePicker, LinkedList
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.sheet import Sheet

_LINK = "Link as evidence"


def ask_why(view: View, scene: Scene, chain: Chain, number: int) -> Sheet:
    """Ask for a step, or for another wording of the one that stands.

    Args:
        view: sends the request.
        scene: the case with its evidence.
        chain: of the hypothesis.
        number: of the step.
    """
    step, form = chain.step(number), Form()
    before = chain.step(number - 1)
    question = f'Why: "{before.statement if before else chain.title}"?'
    words = step.statement if step else ""
    form.lines("statement", "Because", required=True, value=words, height=56)
    known = step.recorded.act.evidence if step else ()
    linked = LinkedList(scene, "why", known)
    linked.changed.connect(form.resized)
    form.add(linked)
    form.add(EvidencePicker(scene, {_LINK: linked}))
    root = step.recorded.act.root if step else None
    form.choice("category", "Root cause in", ROOTS, value=root.value if root else "")
    if step:
        form.lines("why", "Remark on the change", height=40)

    def make() -> Request:
        act = stated(chain, number, form.value("statement"), linked.links, form.value("category"))
        return Do((act,), form.value("why") if step else "")

    title = f"State why {number} again" if step else f"State why {number}"
    return ask(view, title, form, make, send="State", note=question, wide=True)
