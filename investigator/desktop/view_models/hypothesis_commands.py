"""What can be done with the hypotheses: raise, rank, judge, link a document."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from investigator.desktop.commands import Command
from investigator.desktop.requests import Analysis, RaiseFailureModes, Request
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.hypotheses import Hypotheses, HypothesisRow
from investigator.desktop.view_models.judging import (
    why_not_judged,
    why_not_linked_to,
    why_not_own,
    why_not_raised,
)
from investigator.desktop.view_models.results import analysis_command

_NOTHING_OPEN = "No hypothesis waits for a verdict."


@dataclass(frozen=True, slots=True)
class Hands:
    """How the commands do what they say.

    `ask`: carries out a request. `raise_own`, `judge`, `link`: open their forms. `select_open`:
    selects the hypotheses that wait for a verdict.
    """

    ask: Callable[[Request], None]
    raise_own: Callable[[], None]
    select_open: Callable[[], None]
    judge: Callable[[], None]
    link: Callable[[], None]


def on_the_bar(
    scene: Scene | None, shown: Hypotheses, selected: Sequence[HypothesisRow], hands: Hands
) -> tuple[Command, ...]:
    """The commands above the list, from the left.

    Args:
        scene: the case; None before there is one.
        shown: the hypotheses.
        selected: those that are selected.
        hands: how it is done.
    """
    waiting = any(row.is_open for row in shown.rows)
    number = f" {len(selected)}" if len(selected) > 1 else ""
    again = " again" if scene and scene.case and scene.case.ranking else ""
    return (
        Command(
            "hypotheses.raise",
            "Raise failure modes",
            lambda: hands.ask(RaiseFailureModes()),
            why_not=why_not_raised(scene),
        ),
        Command("hypotheses.own", "Raise own…", hands.raise_own, "Ctrl+N", why_not_own(scene)),
        analysis_command(scene, Analysis.RANKING, f"Rank{again}", hands.ask, shortcut="Ctrl+R"),
        Command(
            "hypotheses.open",
            "Select open",
            hands.select_open,
            why_not="" if waiting else _NOTHING_OPEN,
        ),
        Command(
            "hypotheses.judge",
            f"Judge{number}…",
            hands.judge,
            "Ctrl+J",
            why_not_judged(scene, selected),
        ),
    )


def linking(scene: Scene | None, row: HypothesisRow | None, hands: Hands) -> Command:
    """The command that links a document to a hypothesis."""
    why_not = why_not_linked_to(scene, row)
    return Command("hypotheses.link", "Link a document…", hands.link, "", why_not)
