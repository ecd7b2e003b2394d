"""What rejects a hypothesis, drawn: each over the signal that speaks worst against it."""

from reportlab.platypus import Flowable, KeepTogether

from investigator.domain.dossier import Dossier
from investigator.report.figures.contradiction import ACROSS, contradiction_row
from investigator.report.pages import Heading
from investigator.report.paper import gap, para

_WORDS = (
    "A hypothesis is rejected where two signals at least lie more than three standard deviations "
    "from what it predicts at best; measurement, twin, discrepancy and the search for changes are "
    "counted in. What is less probable without such a contradiction is not rejected."
)


def rejected(dossier: Dossier) -> list[Flowable]:
    """The pictures of section 9; nothing where no hypothesis is rejected with one."""
    told = {h.cause: h for h in dossier.ranking.hypotheses}
    shown = [
        (told[cause].title, found, panel)
        for cause, panel in dossier.contradicted
        if (found := told[cause].elimination) is not None
    ]
    if not shown:
        return []
    rows = [tuple(shown[k : k + ACROSS]) for k in range(0, len(shown), ACROSS)]
    first, *others = [contradiction_row(row, dossier.zone) for row in rows]
    story: list[Flowable] = [
        KeepTogether([Heading("What rejects them", 1), para(_WORDS), first]),
    ]
    for row in others[:-1]:
        story += [gap(4), row]
    caption = (
        "Figure 6a: rejected hypotheses over the signal that speaks worst against each. Dots or "
        "thin line: measured; solid: predicted with nothing wrong; dashed: under the hypothesis, "
        "fitted best; shaded: the contradiction."
    )
    return [*story, KeepTogether([gap(4), *others[-1:], para(caption, "caption")])]
