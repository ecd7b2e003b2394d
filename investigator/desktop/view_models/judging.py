"""Raising and judging hypotheses: the acts, and why they cannot be done now."""

from collections.abc import Sequence

from investigator.desktop.scene import Scene
from investigator.desktop.view_models.document_links import why_not_linked
from investigator.desktop.view_models.hypotheses import HypothesisRow
from investigator.desktop.view_models.numbered import ever_recorded, next_number
from investigator.domain.acts.analysis import HypothesisRaised, Origin, Verdict, VerdictGiven
from investigator.domain.investigation import Investigation
from investigator.domain.ranking import CauseCategory

VERDICTS = tuple((verdict.value, verdict.value) for verdict in Verdict)
PROBE = HypothesisRaised("", "", CauseCategory.MACHINE, Origin.OWN, "")
"""The raising of a hypothesis, to be asked whether it is in order."""
WHERE = (
    ("product", "in the product or the line"),
    ("laboratory", "in the work of the laboratory"),
)
"""Where a cause may lie; one in the laboratory is confirmed with a phase I only."""
CATEGORIES = tuple((category.value, category.value) for category in CauseCategory)


def programs_reason(rows: Sequence[HypothesisRow]) -> str:
    """What the program says of these rows, to be taken over into a rationale; empty for nothing."""
    said = [row for row in rows if row.assessed is not None and row.why]
    if len(said) == 1:
        return said[0].why
    return "\n".join(f"{row.title}: {row.why}" for row in said)


def judgeable(rows: Sequence[HypothesisRow]) -> tuple[HypothesisRow, ...]:
    """Those of the rows on which a verdict can be given."""
    return tuple(row for row in rows if row.raised is not None)


def verdicts_on(rows: Sequence[HypothesisRow], verdict: Verdict) -> tuple[VerdictGiven, ...]:
    """The acts that judge these rows, one for each that can be judged."""
    return tuple(VerdictGiven(row.key, verdict) for row in judgeable(rows))


def why_not_judged(scene: Scene | None, rows: Sequence[HypothesisRow]) -> str:
    """Why no verdict can be given on these rows now; empty if one can."""
    if scene is None:
        return "Open a case first."
    able = judgeable(rows)
    if not rows:
        return "Select one or more hypotheses first."
    if not able:
        named = rows[0].category is not None
        return (
            "Raise the hypothesis first; then it can be judged."
            if named
            else ("A verdict is given on a hypothesis; this outcome is none.")
        )
    return scene.why_not(VerdictGiven(able[0].key, Verdict.SUPPORTED))


def why_not_linked_to(scene: Scene | None, row: HypothesisRow | None) -> str:
    """Why no document can be linked to this row now; empty if one can."""
    if scene is None or row is None:
        return "Select a hypothesis first."
    if row.raised is None:
        named = row.category is not None
        return "Raise the hypothesis first." if named else "This outcome is no hypothesis."
    return why_not_linked(scene, cause=row.key)


def why_not_own(scene: Scene | None) -> str:
    """Why no hypothesis can be raised now; empty if one can."""
    if scene is None or scene.case is None:
        return "Open a case first."
    return scene.why_not(PROBE)


def why_not_raised(scene: Scene | None) -> str:
    """Why the failure modes of the twin cannot be raised now; empty if they can."""
    if refused := why_not_own(scene):
        return refused
    if scene is None or scene.case is None or scene.case.twin is None:
        return "Choose a twin first; its failure modes become hypotheses."
    ranked = scene.seen.ranking.ranking.hypotheses if scene.seen and scene.seen.ranking else ()
    raised = {r.act.cause for r in scene.case.hypotheses if r.act.is_all_the_twin_says}
    if ranked and all(h.cause in raised for h in ranked):
        return "All failure modes of the twin are raised already."
    return ""


def own_hypothesis(
    case: Investigation,
    title: str,
    category: CauseCategory,
    description: str,
    *,
    laboratory: bool,
) -> HypothesisRaised:
    """The act that raises a hypothesis of one's own, under an id that was never used."""
    used = (act.cause for act in ever_recorded(case) if isinstance(act, HypothesisRaised))
    cause = next_number("own-", used)
    return HypothesisRaised(cause, title, category, Origin.OWN, description, laboratory)
