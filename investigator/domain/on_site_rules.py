"""Rules of order of what was looked at on site.

- It comes after the evidence, speaks of raised hypotheses, says something on every point, and the
  document that it names stands in the case; phase I of the laboratory has its record.
- A sign without a letter or digit, such as a stroke, says nothing.
- A value is a number that the ranking can reckon with; an inspection has neither value nor place.
- What is stale is entered again or withdrawn before ranking and conclusion.
"""

import math

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
from investigator.domain.investigation import Investigation
from investigator.domain.prerequisites import needs_document, needs_evidence, needs_hypothesis


def before_check(case: Investigation, act: CheckResultEntered) -> str | None:
    """Why the result cannot be entered now, in one sentence; None if it can."""
    if not act.check_id.strip() or not _says(act.title):
        return "A result names the check that it is of."
    return _before_on_site(case, act) or _misread(act)


def before_own_check(case: Investigation, act: OwnCheckEntered) -> str | None:
    """Why the check of a person's own cannot be entered now, in one sentence; None if it can."""
    if not (act.check_id.strip() and _says(act.title) and _says(act.found)):
        return "A check of your own has an id, a title, and says what was found."
    return _before_on_site(case, act)


def before_phase_one(case: Investigation, act: LaboratoryPhaseOneStated) -> str | None:
    """Why phase I cannot be stated now, in one sentence; None if it can."""
    if not act.document_id:
        return "Phase I of the laboratory names the document that records it."
    points = zip(PHASE_ONE_POINTS.values(), act.answers(), strict=True)
    if unanswered := next((point for point, said in points if not _says(said)), None):
        return f'Phase I says something on every point; "{unanswered}" is empty.'
    return _before_on_site(case, act)


def before_human_error(case: Investigation, act: HumanErrorExamined) -> str | None:
    """Why the examination cannot be recorded now, in one sentence; None if it can."""
    questions = zip(HUMAN_ERROR_QUESTIONS.values(), act.answers(), strict=True)
    if unanswered := next((asked for asked, said in questions if not _says(said)), None):
        asked = unanswered.split(":")[0]
        return f'All seven questions are answered; "{asked}" is empty.'
    return _before_on_site(case, act)


def _before_on_site(case: Investigation, act: OnSite) -> str | None:
    if too_early := needs_evidence(case, act):
        return too_early
    if not act.spoken_of() and not _is_value(act):
        return f'"{act.WORD}" names the hypothesis that it speaks of.'
    for cause in act.spoken_of():
        if not_raised := needs_hypothesis(case, cause):
            return not_raised
    return needs_document(case, act.document_id) if act.document_id else None


def _says(text: str) -> bool:
    return any(map(str.isalnum, text))


def _is_value(act: OnSite) -> bool:
    """What a value says of every hypothesis is told by the ranking, not by the person."""
    return isinstance(act, CheckResultEntered) and act.outcome is CheckOutcome.MEASURED


def _misread(act: CheckResultEntered) -> str | None:
    if act.outcome is not CheckOutcome.MEASURED:
        return _more_than_outcome(act)
    if not act.unit.strip():
        return f'The value of "{act.title}" has a unit.'
    if _number(act.value) is None:
        return f'"{act.value}" is no value of "{act.title}"; give a decimal number.'
    sd = _number(act.uncertainty)
    if sd is None or sd <= 0:
        return f'The standard uncertainty of "{act.title}" is a decimal number above 0.'
    return None


def _more_than_outcome(act: CheckResultEntered) -> str | None:
    """Of another place it would stand beside the first and count twice."""
    if any((act.value, act.uncertainty, act.unit)):
        return f'The check "{act.title}" was {act.outcome}: it has no value.'
    if act.subject:
        return f'The check "{act.title}" is made on no container or lot; name none.'
    return None


def _number(text: str) -> float | None:
    """As the ranking reckons: beyond the range of a double it is none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


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
