"""What could be done about the affected product, and what would come of it."""

from reportlab.platypus import Flowable, KeepTogether

from investigator.domain.dossier import Dossier
from investigator.domain.quantities import UNKNOWN, fixed, probability, significant
from investigator.domain.remedy import (
    RemedyContainer,
    RemedyOutcome,
    RemedyResult,
    outcome_of,
    verdict_on,
)
from investigator.report.figures.remedies import remedy_bars
from investigator.report.pages import Heading
from investigator.report.paper import bullets, grid, para


def remedies(dossier: Dossier) -> list[Flowable]:
    """All outcomes beside doing nothing; nothing where none was simulated."""
    found = dossier.remedies
    if found is None or not found.outcomes:
        return []
    words = (
        f"{verdict_on(found)} Simulated on {found.draws} draws of all that is uncertain, the same "
        "for each remedy. The program compares; what is done is decided by a person."
    )
    caption = (
        "Figure 12: what each remedy keeps and loses, and the chance that what is kept conforms."
    )
    return [
        Heading("What could be done", 1),
        para(words),
        KeepTogether([remedy_bars(found), para(caption, "caption")]),
        _table(found),
        *_before_and_after(found),
        *_refused(found),
    ]


def _table(found: RemedyResult) -> Flowable:
    rows = [_row(outcome) for outcome in found.outcomes]
    best = frozenset(n for n, o in enumerate(found.outcomes) if o.remedy_id == found.best)
    heads = ["Remedy", "Settings (registered range)", "Conforms", "Kept (kg)", "Out (kg)"]
    heads += ["Good lost (kg)", "Cost", "To confirm after it, what it cannot see"]
    return grid(
        heads,
        rows,
        [26, 28, 24, 13, 12, 12, 17, 38],
        right=frozenset({2, 3, 4, 5, 6}),
        marked=best,
    )


def _row(outcome: RemedyOutcome) -> list[str]:
    chance = f"{probability(outcome.p_conform)} ± {fixed(100 * outcome.standard_error, 1)}"
    after = " ".join(text for text in (outcome.confirm, outcome.blind_to) if text)
    return [
        outcome.title if outcome.registered else f"{outcome.title} (not registered)",
        "; ".join(
            f"{s.title} {significant(s.value)} {s.unit} ({significant(s.low)} to "
            f"{significant(s.high)})"
            for s in outcome.settings
        )
        or UNKNOWN,
        chance,
        fixed(outcome.kept_kg, 1),
        fixed(outcome.removed_kg, 1),
        fixed(outcome.good_lost_kg, 1),
        f"{significant(outcome.cost)} {outcome.cost_unit}".strip(),
        after or UNKNOWN,
    ]


def _before_and_after(found: RemedyResult) -> list[Flowable]:
    chosen = found.best or found.nearest
    if not chosen:
        return []
    outcome = outcome_of(found, chosen)
    changed = [c for c in outcome.containers if _changes(c)]
    if not changed:
        return []
    heads = ["Container", "Kept (kg)", "Out (kg)", "Affected before (kg)", "after (kg)"]
    heads += ["Conforms before", "after"]
    rows = [
        [
            c.container_id,
            *(fixed(v, 2) for v in (c.kept_kg, c.removed_kg)),
            *(fixed(v, 2) for v in (c.affected_kg_before, c.affected_kg_after)),
            probability(c.p_conform_before),
            probability(c.p_conform_after),
        ]
        for c in changed
    ]
    return [
        Heading(f"Before and after: {outcome.title}", 1),
        grid(heads, rows, [40, 20, 20, 26, 20, 24, 20], right=frozenset(range(1, 7))),
        para("Containers that it leaves as they are, are not printed.", "note"),
    ]


def _changes(c: RemedyContainer) -> bool:
    return c.removed_kg > 0.0 or c.affected_kg_after != c.affected_kg_before


def _refused(found: RemedyResult) -> list[Flowable]:
    told = [f"{r.title}: not simulated. {r.why}" for r in found.refused]
    return [*bullets(told), *bullets(found.assumptions)]
