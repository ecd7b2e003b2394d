"""What a scenario comes to beside the data: plots, gains by channel, its place beside the ranking.

- It is a what-if: nothing of it is recorded by looking at it.
- A probability is told only where there is a ranking for it to stand in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from investigator.desktop.plots.content import Curve, MarkedInstant, Plot
from investigator.desktop.view_models.fit import loudness
from investigator.desktop.view_models.hypotheses import capital
from investigator.desktop.view_models.replay import plot_of
from investigator.domain.panel import Panel
from investigator.domain.quantities import UNKNOWN, fixed, probability
from investigator.domain.ranking import NO_CAUSE, NONE_OF_THESE
from investigator.domain.results import RankingResult, ReplayResult
from investigator.domain.scenario import Course, Scenario
from investigator.domain.what_if import WhatIf

MOST_MOVED = ""
"""Instead of a channel: those that the scenario moves most."""
_MOST = 3
THIS = "this scenario"
_BESIDE = 5
_MOVED_SIGMA2 = 0.5


@dataclass(frozen=True, slots=True)
class GainRow:
    """How much better or worse a channel is explained than by the undisturbed line."""

    channel: str
    gain: float
    said: str


@dataclass(frozen=True, slots=True)
class BesideRow:
    """The scenario, or one of the ranking's outcomes, by log evidence and probability."""

    title: str
    log_evidence: float | None
    evidence_said: str
    probability: str
    is_scenario: bool


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A what-if as it is shown. `without`: why there are no plots; empty where there are.

    `channels`: that can be chosen, those that it moves most first.
    """

    plots: tuple[Plot, ...]
    without: str
    channels: tuple[str, ...]
    gains: tuple[GainRow, ...]
    beside: tuple[BesideRow, ...]
    summary: str


def what_if_shown(
    result: WhatIf,
    replay: ReplayResult | None,
    ranking: RankingResult | None,
    *,
    channel: str,
    title: str = "",
) -> Shown:
    """A what-if over the panels of the replay.

    Args:
        result: what it came to.
        replay: of the case, with what was measured.
        ranking: of the case, to stand beside.
        channel: title of the channel to be shown alone, or `MOST_MOVED`.
        title: of the scenario as it is entered now; empty where it has none.
    """
    pairs = _moved(result, replay.panels) if replay else []
    chosen = [pair for pair in pairs if pair[0].title == channel] or _loudest(pairs)
    plots = tuple(plot_of(panel, fitted=curve) for panel, curve in chosen)
    return Shown(
        plots=plots,
        without="" if plots else "Replay the batch again; the scenario is then drawn over it.",
        channels=tuple(panel.title for panel, _ in pairs),
        gains=_gains(result),
        beside=_beside(result, ranking, title),
        summary=_summary(result),
    )


def undisturbed(replay: ReplayResult | None, *, channel: str) -> tuple[Plot, ...]:
    """What was measured and what is expected with nothing wrong, while no scenario can be run."""
    panels = replay.panels if replay else ()
    chosen = [panel for panel in panels if panel.title == channel] or list(panels[:_MOST])
    return tuple(plot_of(panel) for panel in chosen)


def instants_of(scenario: Scenario) -> tuple[MarkedInstant, ...]:
    """Begin and end of every change that does not last the whole batch."""
    found: dict[tuple[int, str], list[str]] = {}
    for number, part in enumerate(scenario.parts, start=1):
        if part.course is not Course.WHOLE_BATCH:
            for t_ms, word in ((part.onset_ms, "begins"), (part.end_ms, "ends")):
                found.setdefault((t_ms, word), []).append(str(number))
    several = len(scenario.parts) > 1
    return tuple(
        MarkedInstant(t_ms, t_ms, t_ms, f"{word} {', '.join(of)}" if several else word)
        for (t_ms, word), of in found.items()
    )


def _moved(result: WhatIf, panels: Sequence[Panel]) -> list[tuple[Panel, Curve]]:
    """Channels with the course that is predicted, those that it moves most first."""
    curves = {curve.label: curve for curve in result.curves}
    pairs = [
        (panel, Curve(THIS, curves[panel.title].t_ms, curves[panel.title].value, colour=1))
        for panel in panels
        if panel.title in curves
    ]
    return sorted(pairs, key=lambda pair: -loudness(pair[0], pair[1].value))


def _loudest(pairs: list[tuple[Panel, Curve]]) -> list[tuple[Panel, Curve]]:
    """At least one, else those that it moves at all."""
    moved = [pair for pair in pairs if loudness(pair[0], pair[1].value) > _MOVED_SIGMA2]
    return (moved or pairs[:1])[:_MOST]


def _gains(result: WhatIf) -> tuple[GainRow, ...]:
    """What speaks loudest first, be it for the scenario or against it."""
    loudest = sorted(result.gains, key=lambda found: -abs(found[1]))
    return tuple(GainRow(name, gain, _signed(gain)) for name, gain in loudest)


def _beside(result: WhatIf, ranking: RankingResult | None, title: str) -> tuple[BesideRow, ...]:
    own = BesideRow(
        title or capital(THIS),
        result.log_evidence,
        fixed(result.log_evidence, 1),
        UNKNOWN if result.probability is None else probability(result.probability),
        is_scenario=True,
    )
    if ranking is None:
        return (own,)
    found = ranking.ranking
    others = [
        BesideRow(
            h.title,
            h.log_bayes_factor,
            fixed(h.log_bayes_factor, 1),
            probability(h.probability),
            is_scenario=False,
        )
        for h in found.hypotheses[:_BESIDE]
    ]
    rest = (
        BesideRow(
            capital(NONE_OF_THESE),
            None,
            UNKNOWN,
            probability(found.none_of_the_above),
            is_scenario=False,
        ),
        BesideRow(
            capital(NO_CAUSE), 0.0, "0.0", probability(found.no_deviation), is_scenario=False
        ),
    )
    return (own, *others, *rest)


def _summary(result: WhatIf) -> str:
    """One line: how strongly the evidence speaks for it."""
    words = f"Log evidence {_signed(result.log_evidence)}"
    if result.probability is None:
        return words
    return f"{words}  ·  probability {probability(result.probability)}"


def _signed(value: float) -> str:
    text = fixed(value, 1)
    return f"+{text}" if value > 0 and text.strip("0.") else text
