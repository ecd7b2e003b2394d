"""Rejected hypotheses over the data: of each, the channel that speaks worst against it."""

from collections.abc import Sequence
from dataclasses import replace

from investigator.domain.panel import Panel
from investigator.domain.ranking import Ranking
from investigator.domain.results import HypothesisFit


def contradicted_panels(
    ranking: Ranking, panels: Sequence[Panel], fits: Sequence[HypothesisFit]
) -> tuple[tuple[str, Panel], ...]:
    """Cause and panel of each rejected hypothesis, in the order of the ranking.

    Args:
        ranking: with what rejects each.
        panels: of the replay, every channel.
        fits: predictions under the hypotheses; of one that has none there is no panel.
    """
    shown = {panel.title: panel for panel in panels}
    curves = {(fit.cause, curve.label): curve for fit in fits for curve in fit.curves}
    found = []
    for hypothesis in ranking.hypotheses:
        if hypothesis.elimination is None:
            continue
        title = hypothesis.elimination.channel
        curve = curves.get((hypothesis.cause, title))
        if curve is not None and title in shown:
            found.append((hypothesis.cause, replace(shown[title], fitted=curve)))
    return tuple(found)
