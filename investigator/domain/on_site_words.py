"""What was looked at on site, in words: the same in window, console and report."""

from investigator.domain.acts.checks import (
    CheckOutcome,
    CheckResultEntered,
    HumanErrorExamined,
    LaboratoryPhaseOneStated,
    OnSite,
    OwnCheckEntered,
)


def on_site_in_words(act: OnSite) -> str:
    """What was looked at and what was found, such as "Check weight: failed"."""
    match act:
        case CheckResultEntered():
            return f"{_titled(act)}: {_found(act)}"
        case OwnCheckEntered():
            return f"{act.title}: {act.found}"
        case LaboratoryPhaseOneStated():
            error = "an assignable error" if act.error_found else "no assignable error"
            return f"Phase I of the laboratory on {act.cause}: {error} found"
        case HumanErrorExamined():
            return f"Seven questions on human error answered for {act.cause}"
        case _:
            return act.WORD


def said_of(act: OnSite, cause: str) -> str:
    """What it says of a cause: "confirms", "refutes" or "bears on"."""
    if act.confirms(cause):
        return "confirms"
    if isinstance(act, OwnCheckEntered):
        return act.bearing.value
    passed = isinstance(act, CheckResultEntered) and act.outcome is CheckOutcome.PASSED
    return "speaks against" if passed else "bears on"


def _titled(act: CheckResultEntered) -> str:
    return f"{act.title} ({act.subject})" if act.subject else act.title


def _found(act: CheckResultEntered) -> str:
    if act.outcome is not CheckOutcome.MEASURED:
        return act.outcome.value
    return f"{act.value} ± {act.uncertainty} {act.unit}"
