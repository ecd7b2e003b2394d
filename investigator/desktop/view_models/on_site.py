"""What is looked at on site: the checks that would tell, and what was entered.

- Checks of the twin stand in the order of what the ranking expects of them; those that it does not
  name come last.
- What was entered stands as the log holds it, the latest first, and says whether it counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from investigator.casework.checks import KnownCheck
from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.recorded import Take, moment_of, told, withdrawal
from investigator.desktop.view_models.results import zone_of
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.checks import (
    HUMAN_ERROR_QUESTIONS,
    ON_SITE,
    PHASE_ONE_POINTS,
    CheckBearing,
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
