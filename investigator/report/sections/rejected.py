"""What rejects a hypothesis, drawn: each over the signal that speaks worst against it.

One picture serves all that predict no change of the same signal where it changed.
"""

from collections.abc import Iterable

import numpy as np
from reportlab.platypus import Flowable, KeepTogether

from investigator.domain.dossier import Dossier
from investigator.domain.panel import Panel
from investigator.domain.ranking import Elimination
from investigator.report.figures.contradiction import ACROSS, contradiction_row
from investigator.report.pages import Heading
from investigator.report.paper import bullets, gap, para

_Drawn = tuple[str, Elimination, Panel]

_SAME = 1e-6
"""Of the unit that is drawn: stored curves are not exact to the last bit."""

_WORDS = (
    "A hypothesis is rejected where two signals at least lie more than three standard deviations "
    "from what it predicts at best; measurement, twin, discrepancy and the search for changes are "
    "counted in. What is less probable without such a contradiction is not rejected."
)


def rejected(dossier: Dossier) -> list[Flowable]:
    """The pictures of section 9; nothing where no hypothesis is rejected with one."""
    told = {h.cause: h for h in dossier.ranking.hypotheses}
    alike = _alike(
        (told[cause].title, found, panel)
        for cause, panel in dossier.contradicted
        if (found := told[cause].elimination) is not None
    )
    if not alike:
        return []
    shown = [(_head(group), *group[0][1:]) for group in alike]
    rows = [tuple(shown[k : k + ACROSS]) for k in range(0, len(shown), ACROSS)]
    first, *others = [contradiction_row(row, dossier.zone) for row in rows]
    story: list[Flowable] = [
        KeepTogether([Heading("What rejects them", 1), para(_WORDS), *_served(alike), first]),
    ]
    for row in others[:-1]:
        story += [gap(4), row]
    caption = (
        "Figure 6a: rejected hypotheses over the signal that speaks worst against each. Dots or "
        "thin line: measured; solid: predicted with nothing wrong; dashed: under the hypothesis, "
        "fitted best; shaded: the contradiction."
    )
    return [*story, KeepTogether([gap(4), *others[-1:], para(caption, "caption")])]


def _alike(drawn: Iterable[_Drawn]) -> list[list[_Drawn]]:
    """Those that one picture serves, in the order of the first of each."""
    groups: dict[tuple[object, ...], list[_Drawn]] = {}
    for title, found, panel in drawn:
        key = (found.channel, found.span) if _unmoved(panel) else (title,)
        groups.setdefault(key, []).append((title, found, panel))
    return list(groups.values())


def _unmoved(panel: Panel) -> bool:
    """Whether the hypothesis predicts what the undisturbed line gives."""
    fitted, undisturbed = panel.fitted, panel.predicted
    if fitted is None or not np.array_equal(fitted.t_ms, undisturbed.t_ms):
        return False
    moved = np.abs(fitted.value - undisturbed.value)
    return not (moved > _SAME).any()


def _head(group: list[_Drawn]) -> str:
    title = group[0][0]
    return title if len(group) == 1 else f"{len(group)} hypotheses that predict no change"


def _served(alike: list[list[_Drawn]]) -> list[Flowable]:
    """Which hypotheses share a picture."""
    return bullets(
        [
            f"No change of {group[0][1].channel} is predicted by: "
            f"{'; '.join(title for title, *_ in group)}."
            for group in alike
            if len(group) > 1
        ]
    )
