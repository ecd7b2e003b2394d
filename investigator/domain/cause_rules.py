"""What a conclusion needs of what was looked at on site.

- A confirmed cause has a physical check that confirms it: a failed inspection, or a check of a
  person's own that is said to confirm it; and none of a person's own that is said to refute it.
- A cause in the laboratory needs a phase I that found an assignable error besides; an error of a
  person, however sure, the seven questions answered.
- A cause is of the laboratory, or an error of a person, also where the twin once said so: raised
  anew under its id in other words, it needs the same.
- Conclusions of before such were asked for (`confirmed_by` is None) are judged as they were, and no
  report is issued on one any more.
"""

from collections.abc import Iterator

from investigator.domain.acts.act import Act, Recorded
from investigator.domain.acts.analysis import HypothesisRaised
from investigator.domain.acts.checks import ON_SITE, CheckBearing, OnSite
from investigator.domain.acts.closing import ConclusionStated, ReportIssued, RootCause
from investigator.domain.investigation import Investigation
from investigator.domain.ranking import CauseCategory

NOT_NAMED = (
    "A conclusion that names a cause says which results of checks confirm it; state it anew with "
    "them, or with none."
)
"""What is said of a conclusion in the form of before checks were asked for."""


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
    return (
        _refuted(case, cause) or _without_phase_one(case, cause) or _without_questions(case, cause)
    )


def unfounded_confirmation(case: Investigation, act: ConclusionStated) -> str | None:
    """Why the conclusion says more than what was looked at bears; None if it does not."""
    if act.confirmed_by is None:
        return None
    return next(_lacking(case, act, act.confirmed_by), None)


def refusal_of_old_form(case: Investigation, act: Act) -> str | None:
    """Why a conclusion in the form of before is neither recorded nor reported on any more; None if
    the act is no such."""
    stated = case.conclusion.act if isinstance(act, ReportIssued) and case.conclusion else act
    return NOT_NAMED if is_of_old_form(stated) else None


def is_of_old_form(act: Act) -> bool:
    """Whether a conclusion names a cause and not what confirms it."""
    return isinstance(act, ConclusionStated) and bool(act.causes) and act.confirmed_by is None


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


def _refuted(case: Investigation, cause: str) -> str | None:
    for recorded in case.own_checks:
        act = recorded.act
        refutes = act.bearing is CheckBearing.REFUTES and cause in act.causes
        if refutes and not case.is_stale(recorded):
            return (
                f'The {act.about()} refutes the cause "{cause}": withdraw it, or call the cause '
                "most probable."
            )
    return None


def _without_phase_one(case: Investigation, cause: str) -> str | None:
    said = {act.laboratory for act in _as_raised(case, cause)}
    if True not in said:
        return _not_said(cause) if None in said else None
    stated = case.phase_one(cause)
    if stated is None or case.is_stale(stated):
        return f'The cause "{cause}" lies in the laboratory: state its phase I investigation first.'
    if not stated.act.error_found:
        return f'Phase I on "{cause}" found no assignable error; it cannot be confirmed.'
    return None


def _not_said(cause: str) -> str:
    return (
        f'When the hypothesis "{cause}" was raised, it was not said yet whether it lies in the '
        "laboratory; raise it again."
    )


def _without_questions(case: Investigation, cause: str) -> str | None:
    if not _is_human_error(case, cause):
        return None
    examined = case.human_error(cause)
    if examined is None or case.is_stale(examined):
        return (
            f'The cause "{cause}" is an error of a person: answer the seven questions on it first.'
        )
    return None


def _is_human_error(case: Investigation, cause: str) -> bool:
    """By its category, or where its chain of whys ends in people."""
    categories = [act.category for act in _as_raised(case, cause)]
    categories += [r.act.root for r in case.whys_of(cause) if r.act.root]
    return CauseCategory.PEOPLE in categories


def _as_raised(case: Investigation, cause: str) -> tuple[HypothesisRaised, ...]:
    """A hypothesis as it stands, and as the twin ever raised it with all that is asked for now."""
    now = case.hypothesis(cause)
    ever = (r.act for r in (*case.history, *(w.withdrawn for w in case.withdrawals)))
    twins = tuple(
        act
        for act in ever
        if isinstance(act, HypothesisRaised) and act.cause == cause and act.is_all_the_twin_says
    )
    return twins if now is None else (*twins, now.act)
