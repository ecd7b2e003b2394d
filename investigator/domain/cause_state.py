"""How a cause stands: possible, confirmed, most probable, refuted, not determined.

- Without a verdict that is not stale it is possible.
- A conclusion that is not stale says how its causes stand; what is supported and not named in it is
  possible, or not determined where the conclusion determined none.
- Before there is a conclusion a supported cause is confirmed where everything that confirming
  needs is there and every other hypothesis is refuted or confirmed like it, else most probable.
"""

from enum import StrEnum

from investigator.domain.acts.analysis import Verdict
from investigator.domain.acts.closing import ConclusionStated, RootCause
from investigator.domain.cause_rules import unmet
from investigator.domain.investigation import Investigation
from investigator.domain.open_points import open_verdicts


class CauseState(StrEnum):
    """How a cause stands."""

    POSSIBLE = "possible"
    CONFIRMED = "confirmed"
    MOST_PROBABLE = "most probable"
    REFUTED = "refuted"
    NOT_DETERMINED = "not determined"


_CONCLUDED = {
    RootCause.CONFIRMED: CauseState.CONFIRMED,
    RootCause.MOST_PROBABLE: CauseState.MOST_PROBABLE,
}


def state_of(case: Investigation, cause: str) -> CauseState:
    """How a cause stands in a case, whether it was raised or not."""
    given = case.verdicts.get(cause)
    if given is None or case.is_stale(given):
        return CauseState.POSSIBLE
    if given.act.verdict is Verdict.REFUTED:
        return CauseState.REFUTED
    if given.act.verdict is Verdict.NOT_DETERMINED:
        return CauseState.NOT_DETERMINED
    stated = case.conclusion
    if stated is None or case.is_stale(stated):
        return CauseState.CONFIRMED if _could_be_confirmed(case) else CauseState.MOST_PROBABLE
    return _concluded(stated.act, cause)


def _could_be_confirmed(case: Investigation) -> bool:
    """Whether a conclusion could call all that is supported confirmed, by what is judged now."""
    open_ones = (r.act for r in case.verdicts.values() if r.act.verdict is not Verdict.REFUTED)
    return not open_verdicts(case) and all(
        given.verdict is Verdict.SUPPORTED and not unmet(case, given.cause) for given in open_ones
    )


def _concluded(stated: ConclusionStated, cause: str) -> CauseState:
    if stated.root_cause is RootCause.NOT_DETERMINED:
        return CauseState.NOT_DETERMINED
    return _CONCLUDED[stated.root_cause] if cause in stated.causes else CauseState.POSSIBLE
