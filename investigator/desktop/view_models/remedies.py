"""What could be done about affected product, as the window lists it: doing nothing comes first.

- Numbers are those of the stored result; nothing is computed here.
- Remedies whose impact has changed since are shown as stale, and still shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from investigator.casework.analyses import ASKED_PER_MILLE
from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.frame.state import Place
from investigator.desktop.requests import Analyse, Analysis
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import Take
from investigator.desktop.view_models.remedy_details import facts_of_outcome
from investigator.desktop.view_models.results import (
    about_result,
    analysis_command,
    standing_said,
    zone_of,
)
from investigator.domain.acts.analysis import RemedyRecorded
from investigator.domain.instant import to_datetime
from investigator.domain.quantities import UNKNOWN, fixed, per_cent
from investigator.domain.remedy import (
    ON_FILLED_CONTAINERS,
    RefusedRemedy,
    RemedyKind,
    RemedyOutcome,
    RemedyResult,
    verdict_on,
)

NO_REMEDIES = "No remedy was simulated yet"
NEXT = "Simulate what the twin declares, each beside doing nothing."
PROBE = RemedyRecorded("", "", ASKED_PER_MILLE)
CHOICES = (800, 900, 950, 990)
_AGAIN = "simulate the remedies again"


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """One remedy of the table; texts as they are to be read.

    `acts`: on what it acts and since when, or why it was not simulated. `conforms`: in per cent
    with its standard error. `meets`: whether it reaches what is asked. `mark`: what it is picked
    out for; empty for the others. `outcome`: None for one that was refused.
    """

    key: str
    title: str
    acts: str
    conforms: str
    meets: str
    tone: Tone
    kept: str
    removed: str
    good_lost: str
    cost: str
    registered: str
    mark: str
    outcome: RemedyOutcome | None


@dataclass(frozen=True, slots=True)
class Remedies:
    """All that the tab shows. `cost_unit`: of the costs. `note`: how the simulation stands.

    `stale`: whether the impact has changed since. `asked_per_mille`: what they were judged by.
    """

    rows: tuple[RemedyRow, ...]
    verdict: str
    note: str
    stale: bool
    cost_unit: str
    asked_per_mille: int
    result: RemedyResult | None


NOTHING = Remedies((), "", "", False, "", ASKED_PER_MILLE, None)


def remedies(scene: Scene) -> Remedies:
    """The remedies of the case that is shown."""
    result, recorded = (
        (scene.seen.remedies, scene.seen.case.remedies) if scene.seen else (None,) * 2
    )
    if scene.case is None or result is None or recorded is None or not result.outcomes:
        return NOTHING
    zone = zone_of(scene)
    rows = [_simulated(outcome, result, zone) for outcome in result.outcomes]
    rows += [_refused(refused) for refused in result.refused]
    standing = standing_said(scene, recorded, _AGAIN)
    return Remedies(
        rows=tuple(rows),
        verdict=verdict_on(result),
        note=f"{standing}  ·  {result.draws} draws",
        stale=scene.case.is_stale(recorded),
        cost_unit=result.outcomes[0].cost_unit,
        asked_per_mille=recorded.act.asked_per_mille,
        result=result,
    )


def simulate(
    scene: Scene | None, asked_per_mille: int, ask: Callable[[Analyse], None], *, again: bool
) -> Command:
    """The command that simulates all remedies for a probability, in thousandths."""

    def with_asked(request: Analyse) -> None:
        ask(replace(request, asked_per_mille=asked_per_mille))

    title = f"Simulate remedies{' again' if again else ''}"
    return analysis_command(scene, Analysis.REMEDIES, title, with_asked)


def choices(asked_per_mille: int) -> tuple[tuple[int, str], ...]:
    """Probabilities to choose from, in thousandths and in words, with the one that was asked."""
    offered = sorted({*CHOICES, asked_per_mille})
    return tuple((per_mille, f"{per_mille / 10:g} %") for per_mille in offered)


def chosen_first(shown: Remedies) -> str:
    """Key of the row to begin with: the best, else the nearest, else doing nothing."""
    result = shown.result
    if result is None:
        return ""
    return result.best or result.nearest or shown.rows[0].key


def about_remedy(
    scene: Scene, shown: Remedies, row: RemedyRow, *, go: Callable[[Place], None], take: Take
) -> Inspected | None:
    """A remedy, with the simulation that it is of; None where there is none."""
    recorded = scene.case.remedies if scene.case else None
    if recorded is None or shown.result is None:
        return None
    asked = ("Asked for", f"{100 * shown.result.asked:g} %, judged on {shown.result.draws} draws")
    outcome = row.outcome
    facts: tuple[tuple[str, str], ...] = (("Refused", row.acts),)
    if outcome is not None:
        facts = (("Acts", row.acts), *facts_of_outcome(outcome), asked)
    told = about_result(scene, recorded, row.title, (Place.IMPACT,), go=go, take=take, facts=facts)
    if outcome is None or outcome.registered:
        return told
    remark = Remark("The dossier of the product does not register it.")
    return replace(told, findings=(*told.findings, remark))


def _simulated(outcome: RemedyOutcome, result: RemedyResult, zone: str) -> RemedyRow:
    return RemedyRow(
        key=outcome.remedy_id,
        title=outcome.title,
        acts=_acts(outcome, zone),
        conforms=conforms_said(outcome),
        meets="yes" if outcome.meets else "no",
        tone=Tone.GOOD if outcome.meets else Tone.PLAIN,
        kept=fixed(outcome.kept_kg, 1),
        removed=fixed(outcome.removed_kg, 1),
        good_lost=fixed(outcome.good_lost_kg, 1),
        cost=fixed(outcome.cost, 1),
        registered="yes" if outcome.registered else "no",
        mark=_mark(outcome.remedy_id, result),
        outcome=outcome,
    )


def _refused(refused: RefusedRemedy) -> RemedyRow:
    numbers = dict.fromkeys(("conforms", "meets", "kept", "removed", "good_lost", "cost"), UNKNOWN)
    return RemedyRow(
        key=f"refused/{refused.remedy_id}",
        title=refused.title,
        acts=f"Not simulated: {refused.why}",
        tone=Tone.PLAIN,
        registered=UNKNOWN,
        mark="",
        outcome=None,
        **numbers,
    )


def conforms_said(outcome: RemedyOutcome) -> str:
    """Chance that everything kept conforms, with its standard error, without the per cent sign."""
    return f"{per_cent(outcome.p_conform)} ± {fixed(100 * outcome.standard_error, 1)}"


def _acts(outcome: RemedyOutcome, zone: str) -> str:
    if outcome.kind is RemedyKind.NOTHING:
        return "all containers as they are"
    if outcome.kind in ON_FILLED_CONTAINERS:
        return "on the containers as filled"
    if outcome.from_ms is None:
        return "on the line while it runs"
    return f"on the line while it runs, from {to_datetime(outcome.from_ms, zone):%H:%M:%S}"


def _mark(remedy_id: str, result: RemedyResult) -> str:
    if remedy_id == result.best:
        return "cheapest"
    if remedy_id == result.best_running:
        return "cheapest, running line"
    return "nearest" if remedy_id == result.nearest and not result.best else ""


def key_of(rows: Sequence[RemedyRow], key: str) -> RemedyRow | None:
    """The row of a key; None where there is none."""
    return next((row for row in rows if row.key == key), None)
