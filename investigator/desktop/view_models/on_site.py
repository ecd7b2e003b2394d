"""What is looked at on site: the checks that would tell, what was entered, and the acts of forms.

- Checks of the twin stand in the order of what the ranking expects of them; those that it does not
  name come last.
- What was entered stands as the log holds it, the latest first, and says whether it counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from investigator.casework.checks import Found, KnownCheck, result_of
from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.own_finding import time_meant
from investigator.desktop.view_models.recorded import Take, moment_of, told, withdrawal
from investigator.desktop.view_models.results import zone_of
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.checks import (
    HUMAN_ERROR_QUESTIONS,
    ON_SITE,
    PHASE_ONE_POINTS,
    CheckBearing,
    CheckOutcome,
    CheckResultEntered,
    HumanErrorExamined,
    LaboratoryPhaseOneStated,
    OnSite,
    OwnCheckEntered,
)
from investigator.domain.investigation import Investigation
from investigator.domain.on_site_words import on_site_in_words, said_of
from investigator.domain.quantities import UNKNOWN

NO_CHECKS = "The twin of the case knows no checks"
NEXT = "Choose a twin; its checks are then listed. What it does not know is entered as your own."
OUTCOMES = tuple((o.value, o.value) for o in (CheckOutcome.PASSED, CheckOutcome.FAILED))
BEARINGS = tuple((b.value, b.value) for b in CheckBearing)
_STALE = "It is stale: its document or a hypothesis changed; enter it again or withdraw it."
_AT, _EVERY = 0, "every hypothesis"


@dataclass(frozen=True, slots=True)
class OfferedCheck:
    """A check of the twin.

    `bits`: expected information by the latest ranking; None where it does not name the check.
    `place`: where the ranking would measure. `entered`: what was entered of it, in words; empty for
    nothing.
    """

    known: KnownCheck
    bits: float | None
    place: str
    entered: str

    @property
    def gives(self) -> str:
        """What a result of it is."""
        return f"a value in {self.known.unit}" if self.known.unit else "passed or failed"


@dataclass(frozen=True, slots=True)
class EnteredRow:
    """What was looked at, as it stands in the log."""

    recorded: Recorded[OnSite]
    when: str
    what: str
    of: str
    stale: bool

    @property
    def key(self) -> int:
        """The number of its entry."""
        return self.recorded.sequence


def offered(scene: Scene) -> tuple[OfferedCheck, ...]:
    """The checks of the twin, those that would tell most first."""
    if scene.seen is None:
        return ()
    ranking = scene.seen.ranking.ranking if scene.seen.ranking else None
    told = {n.check_id: n for n in (ranking.next_checks if ranking else ()) if n.check_id}
    entered = _entered_by_check(scene.seen.case)
    rows = [
        OfferedCheck(
            check,
            told[check.check_id].expected_information_bits if check.check_id in told else None,
            told[check.check_id].place if check.check_id in told else "",
            entered.get(check.check_id, ""),
        )
        for check in scene.seen.checks
    ]
    return tuple(sorted(rows, key=lambda row: -1.0 if row.bits is None else row.bits, reverse=True))


def _entered_by_check(case: Investigation) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for r in case.check_results:
        found = on_site_in_words(r.act).removeprefix(r.act.title).lstrip(": ")
        before = words.get(r.act.check_id)
        words[r.act.check_id] = f"{before}; {found}" if before else found
    return words


def entered(scene: Scene) -> tuple[EnteredRow, ...]:
    """Everything that was entered, the latest first."""
    case, zone = scene.case, zone_of(scene)
    found = [r for kind in ON_SITE for r in case.all_standing(kind)] if case else []
    return tuple(
        EnteredRow(
            r,
            moment_of(r, zone),
            on_site_in_words(r.act),
            ", ".join(_titles(case, r.act)) or _EVERY,
            case is not None and case.is_stale(r),
        )
        for r in sorted(found, key=lambda r: -r.sequence)
    )


def _titles(case: Investigation | None, act: OnSite) -> Sequence[str]:
    titles = {r.act.cause: r.act.title for r in (case.hypotheses if case else ())}
    return [titles.get(cause, cause) for cause in act.spoken_of()]


def why_not_entered(scene: Scene | None) -> str:
    """Why nothing can be entered now; empty if something can."""
    if scene is None or scene.case is None:
        return "Open a case first."
    if not scene.case.hypotheses:
        return "Raise a hypothesis first; what is looked at speaks of one."
    cause = scene.case.hypotheses[0].act.cause
    probe = OwnCheckEntered("", "x", "x", "x", CheckBearing.BEARS_ON, (cause,), _AT)
    return scene.why_not(probe)


def why_not_checked(scene: Scene | None) -> str:
    """Why no result of a check of the twin can be entered now; empty if one can."""
    if refused := why_not_entered(scene):
        return refused
    return "" if scene and scene.seen and scene.seen.checks else f"{NO_CHECKS}."


def places_of(scene: Scene, check: KnownCheck) -> tuple[str, ...]:
    """Containers or lots of the batch that a measurement can be made on."""
    batch = scene.seen.evidence.batch if scene.seen and scene.seen.evidence else None
    if batch is None or not check.place:
        return ()
    if check.place == "lot":
        return tuple(dict.fromkeys(lot.lot_id for lot in batch.lots))
    return tuple(container.container_id for container in batch.containers)


def check_entered(scene: Scene, known: KnownCheck, values: Mapping[str, Any]) -> CheckResultEntered:
    """The act that a filled form asks for.

    Raises:
        UnusableRequest: the time is none, or the result is none of this check.
    """
    case = _case(scene)
    outcome = CheckOutcome(values["outcome"]) if not known.unit else CheckOutcome.MEASURED
    found = Found(
        time_meant(values["done"], zone_of(scene)),
        outcome,
        values["value"] if known.unit else "",
        values["uncertainty"] if known.unit else "",
        values["place"] if known.place else "",
        values["document"],
    )
    return result_of(case, known, found)


def own_check_entered(scene: Scene, values: Mapping[str, Any]) -> OwnCheckEntered:
    """The act that a filled form asks for; its id follows those given before.

    Raises:
        UnusableRequest: the time is none.
    """
    return OwnCheckEntered(
        values["document"],
        _next_id(_case(scene)),
        values["title"],
        values["found"],
        CheckBearing(values["bearing"]),
        tuple(values["causes"]),
        time_meant(values["done"], zone_of(scene)),
    )


def _next_id(case: Investigation) -> str:
    acts = [*(r.act for r in case.history), *(w.withdrawn.act for w in case.withdrawals)]
    return f"O-{1 + sum(isinstance(act, OwnCheckEntered) for act in acts)}"


def phase_one_stated(cause: str, values: Mapping[str, Any]) -> LaboratoryPhaseOneStated:
    """The act that a filled form asks for."""
    answers = {name: values[name] for name in PHASE_ONE_POINTS}
    found = values["error_found"] == "yes"
    return LaboratoryPhaseOneStated(
        document_id=values["document"], cause=cause, error_found=found, **answers
    )


def human_error_examined(cause: str, values: Mapping[str, Any]) -> HumanErrorExamined:
    """The act that a filled form asks for."""
    answers = {name: values[name] for name in HUMAN_ERROR_QUESTIONS}
    return HumanErrorExamined(document_id=values["document"], cause=cause, **answers)


def about_check(row: OfferedCheck, actions: tuple[Command, ...]) -> Inspected:
    """A check of the twin."""
    known = row.known
    bits = UNKNOWN if row.bits is None else f"{row.bits:.2f} bits expected"
    facts = (
        ("Reads", known.reads),
        ("Gives", row.gives),
        *((("Standard uncertainty", f"{known.uncertainty} {known.unit}"),) if known.unit else ()),
        ("Effort", known.effort),
        ("Would tell", bits),
        ("Entered", row.entered or "nothing yet"),
    )
    return Inspected(known.title, "check of the twin", facts, actions=actions)


def about_entered(scene: Scene, row: EnteredRow, take: Take) -> Inspected:
    """What was looked at: what it says, who entered it, its withdrawal."""
    act = row.recorded.act
    says = [f"{said_of(act, cause)} {cause}" for cause in act.spoken_of()]
    facts = (
        ("Found", row.what),
        ("Says", "; ".join(says) or "taken in by the ranking"),
        ("Document", act.document_id or UNKNOWN),
        *_answers(act),
    )
    return Inspected(
        row.what,
        act.WORD,
        facts,
        source=told(row.recorded, zone_of(scene)),
        findings=(Remark(_STALE),) if row.stale else (),
        actions=(withdrawal(scene, row.recorded, take),),
    )


def _answers(act: OnSite) -> Sequence[tuple[str, str]]:
    if isinstance(act, LaboratoryPhaseOneStated):
        return tuple(zip(PHASE_ONE_POINTS.values(), act.answers(), strict=True))
    if isinstance(act, HumanErrorExamined):
        return tuple(zip(HUMAN_ERROR_QUESTIONS.values(), act.answers(), strict=True))
    return ()


def _case(scene: Scene) -> Investigation:
    if scene.case is None:
        raise LookupError("no case is shown")
    return scene.case
