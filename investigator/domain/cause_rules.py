"""Rules of order of what was looked at on site, and of what a conclusion needs of it.

- It comes after the evidence, speaks of raised hypotheses, says something on every point, and the
  document that it names stands in the case; phase I of the laboratory has its record.
- A confirmed cause has a physical check that confirms it: a failed inspection, or a check of a
  person's own that is said to confirm it. A cause in the laboratory needs a phase I that found an
  assignable error besides; an error of a person, however sure, the seven questions answered.
- Conclusions of before such were asked for (`confirmed_by` is None) are judged as they were.
- What was looked at and is stale is entered again or withdrawn before ranking and conclusion.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from investigator.domain.acts.act import Recorded
from investigator.domain.acts.analysis import HypothesisRaised
from investigator.domain.acts.checks import (
    HUMAN_ERROR_QUESTIONS,
    ON_SITE,
    PHASE_ONE_POINTS,
    CheckOutcome,
    CheckResultEntered,
    HumanErrorExamined,
    LaboratoryPhaseOneStated,
    OnSite,
    OwnCheckEntered,
)
from investigator.domain.acts.closing import ConclusionStated, RootCause
from investigator.domain.acts.evidence import DocumentAdmitted
from investigator.domain.investigation import Investigation
from investigator.domain.ranking import CauseCategory

NOT_NAMED = (
    "A conclusion that names a cause says which results of checks confirm it; state it anew with "
    "them, or with none."
)
"""What is said of a conclusion in the form of before checks were asked for."""


def before_check(case: Investigation, act: CheckResultEntered) -> str | None:
    """Why the result cannot be entered now, in one sentence; None if it can."""
    if not act.check_id.strip() or not act.title.strip():
        return "A result names the check that it is of."
    return _before_on_site(case, act) or _misread(act)


def before_own_check(case: Investigation, act: OwnCheckEntered) -> str | None:
    """Why the check of a person's own cannot be entered now, in one sentence; None if it can."""
    if not all(text.strip() for text in (act.check_id, act.title, act.found)):
        return "A check of your own has an id, a title, and says what was found."
    return _before_on_site(case, act)


def before_phase_one(case: Investigation, act: LaboratoryPhaseOneStated) -> str | None:
    """Why phase I cannot be stated now, in one sentence; None if it can."""
    if not act.document_id:
        return "Phase I of the laboratory names the document that records it."
    points = zip(PHASE_ONE_POINTS.values(), act.answers(), strict=True)
    if unanswered := next((point for point, said in points if not said.strip()), None):
        return f'Phase I says something on every point; "{unanswered}" is empty.'
    return _before_on_site(case, act)


def before_human_error(case: Investigation, act: HumanErrorExamined) -> str | None:
    """Why the examination cannot be recorded now, in one sentence; None if it can."""
    questions = zip(HUMAN_ERROR_QUESTIONS.values(), act.answers(), strict=True)
    if unanswered := next((asked for asked, said in questions if not said.strip()), None):
        asked = unanswered.split(":")[0]
        return f'All seven questions are answered; "{asked}" is empty.'
    return _before_on_site(case, act)


def _before_on_site(case: Investigation, act: OnSite) -> str | None:
    if case.evidence is None:
        return f'"{act.WORD}" comes after the evidence: admit a folder of evidence first.'
    if not act.spoken_of() and not _is_value(act):
        return f'"{act.WORD}" names the hypothesis that it speaks of.'
    for cause, hypothesis in zip(act.spoken_of(), act.hypotheses(), strict=True):
        if case.standing(HypothesisRaised, hypothesis) is None:
            return f'The hypothesis "{cause}" was not raised; raise it first.'
    if act.document_id and case.standing(DocumentAdmitted, act.document()) is None:
        return f"There is no document {act.document_id} in the case; admit it first."
    return None


def _is_value(act: OnSite) -> bool:
    """What a value says of every hypothesis is told by the ranking, not by the person."""
    return isinstance(act, CheckResultEntered) and act.outcome is CheckOutcome.MEASURED


def _misread(act: CheckResultEntered) -> str | None:
    measured = (act.value, act.uncertainty, act.unit)
    if act.outcome is not CheckOutcome.MEASURED:
        if any(measured):
            return f'The check "{act.title}" was {act.outcome}: it has no value.'
        return None
    if not act.unit.strip():
        return f'The value of "{act.title}" has a unit.'
    if _number(act.value) is None:
        return f'"{act.value}" is no value of "{act.title}"; give a decimal number.'
    sd = _number(act.uncertainty)
    if sd is None or sd <= 0:
        return f'The standard uncertainty of "{act.title}" is a decimal number above 0.'
    return None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def stale_on_site(case: Investigation, *kinds: type[OnSite]) -> str | None:
    """What was looked at and is stale, in one sentence; None: nothing. `kinds`: all, if none."""
    for kind in kinds or ON_SITE:
        for recorded in case.all_standing(kind):
            if case.is_stale(recorded):
                return (
                    f"The {recorded.act.about()} is stale: its document or a hypothesis changed; "
                    "enter it again or withdraw it."
                )
    return None


def confirming(case: Investigation, cause: str) -> tuple[Recorded[OnSite], ...]:
    """The results of checks that confirm a cause and are not stale."""
    return tuple(
        recorded
        for kind in ON_SITE
        for recorded in case.all_standing(kind)
        if recorded.act.confirms(cause) and not case.is_stale(recorded)
    )


def confirmations(case: Investigation, causes: tuple[str, ...]) -> tuple[str, ...]:
    """What the results that confirm these causes are called, as a conclusion names them."""
    found = (r.act.about() for cause in causes for r in confirming(case, cause))
    return tuple(dict.fromkeys(found))


def unmet(case: Investigation, cause: str) -> str | None:
    """What a cause still needs to be called confirmed, in one sentence; None: nothing."""
    if not confirming(case, cause):
        return (
            f'The cause "{cause}" is confirmed only by a physical check: enter the result of one '
            "that confirms it, or call it most probable."
        )
    return _without_phase_one(case, cause) or _without_questions(case, cause)


def unfounded_confirmation(case: Investigation, act: ConclusionStated) -> str | None:
    """Why the conclusion says more than what was looked at bears; None if it does not."""
    if act.confirmed_by is None:
        return None
    return next(_lacking(case, act, act.confirmed_by), None)


def refusal_of_old_form(act: object) -> str | None:
    """Why a conclusion is not recorded any more in the form of before; None if it is no such."""
    old = isinstance(act, ConclusionStated) and act.causes and act.confirmed_by is None
    return NOT_NAMED if old else None


def _lacking(case: Investigation, act: ConclusionStated, named: tuple[str, ...]) -> Iterator[str]:
    known = confirmations(case, act.causes)
    yield from (
        f"There is no result of the {name} that confirms a cause of the conclusion."
        for name in named
        if name not in known
    )
    for cause in act.causes:
        asked = unmet if act.root_cause is RootCause.CONFIRMED else _without_questions
        if refused := asked(case, cause):
            yield refused
        of_cause = {r.act.about() for r in confirming(case, cause)}
        if act.root_cause is RootCause.CONFIRMED and not of_cause & set(named):
            yield f'The conclusion names no check that confirms the cause "{cause}".'


def _without_phase_one(case: Investigation, cause: str) -> str | None:
    raised = case.standing(HypothesisRaised, f"hypothesis {cause}")
    if raised is None or not raised.act.laboratory:
        return None
    stated = case.phase_one(cause)
    if stated is None or case.is_stale(stated):
        return f'The cause "{cause}" lies in the laboratory: state its phase I investigation first.'
    if not stated.act.error_found:
        return f'Phase I on "{cause}" found no assignable error; it cannot be confirmed.'
    return None


def _without_questions(case: Investigation, cause: str) -> str | None:
    raised = case.standing(HypothesisRaised, f"hypothesis {cause}")
    if raised is None or raised.act.category is not CauseCategory.PEOPLE:
        return None
    examined = case.human_error(cause)
    if examined is None or case.is_stale(examined):
        return (
            f'The cause "{cause}" is an error of a person: answer the seven questions on it first.'
        )
    return None
