"""Results of checks taken into the probabilities of the hypotheses, by Bayes' rule.

- Each result multiplies the probability of every model - a cause, two together, none of these, no
  assignable cause - by how likely it makes the result; results are taken as independent of each
  other and of the rest of the evidence.
- A result that cannot be taken in changes nothing, and it is said why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from investigator.analysis.check_information import CheckFinding, likelihoods
from investigator.analysis.check_outlook import Model, outlook
from investigator.analysis.comparison import Comparison
from investigator.analysis.hypotheses import Hypotheses
from investigator.analysis.posterior import Posterior, reweighted
from investigator.domain.entered_check import EnteredCheck
from investigator.domain.errors import UnusableInput
from investigator.twin.checks import Check

INDEPENDENT = "The results of checks are taken as independent of each other and of the evidence."


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What the results made of the probabilities.

    `entered`: the results that were taken in, in words. `assumptions`: what was assumed of them,
    and which were not taken in and why.
    """

    believed: Posterior
    entered: tuple[str, ...]
    assumptions: tuple[str, ...]


def updated(believed: Posterior, likely: Mapping[Model, float]) -> Posterior:
    """The probabilities after a result.

    Args:
        believed: before it.
        likely: probability (density) of the result under every model of `believed`, in any one
            unit.

    Raises:
        UnusableInput: no model makes the result possible.
    """
    try:
        return reweighted(believed, likely)
    except ValueError:
        raise UnusableInput(
            "the result",
            "is one that no hypothesis makes possible, not even none of these",
            "look at value and unit",
        ) from None


def take_in(
    believed: Posterior,
    entered: Sequence[EnteredCheck],
    checks: Sequence[Check],
    c: Comparison,
    hypotheses: Hypotheses,
) -> TakenIn:
    """The probabilities after all results that were entered, in the order given.

    Args:
        believed: what the evidence says.
        entered: the results.
        checks: of the twin.
        c: the run compared with the twin.
        hypotheses: as fitted to it.
    """
    known = {check.check_id: check for check in checks}
    taken: list[str] = []
    left: list[str] = []
    for one in entered:
        check = known.get(one.check_id)
        try:
            likely = _likely(check, one, c, hypotheses)
            believed = updated(believed, likely)
            taken.append(one.words)
        except UnusableInput as fault:
            left.append(f"A result of a check was not taken in ({one.words}): {fault}")
    return TakenIn(believed, tuple(taken), (*([INDEPENDENT] if taken else []), *left))


def _likely(
    check: Check | None, one: EnteredCheck, c: Comparison, hypotheses: Hypotheses
) -> Mapping[Model, float]:
    if check is None:
        raise UnusableInput(
            f"check {one.check_id}", "is none of this twin", "enter it as a check of your own"
        )
    if one.unit != check.unit:
        raise UnusableInput(
            f"check {one.check_id}",
            f"is in {one.unit or 'no unit'}, the twin predicts it in {check.unit or 'no unit'}",
            "enter it in that unit",
        )
    found = CheckFinding(one.failed, one.value, one.sd)
    return likelihoods(outlook(check, c, hypotheses, place=one.place), found)


def still_open(checks: Sequence[Check], entered: Sequence[EnteredCheck]) -> tuple[Check, ...]:
    """The checks without the inspections that were done; a measurement can be made elsewhere."""
    done = {one.check_id for one in entered if one.value is None}
    return tuple(check for check in checks if check.check_id not in done)
