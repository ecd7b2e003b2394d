"""Acceptance criteria, and what a result means against them.

- Limits include themselves, unless the criterion says "less than" or "more than".
- A result is first rounded to the decimal places in which the limit is written, a dropped 5 upwards
  (USP General Notices 7.20); limits are never rounded. `Rounding.NONE` compares as reported.
- A result below or above the reach of a method is a bound, not a number: it conforms when every
  value that it can stand for does, fails when none does, and otherwise cannot be judged.
- A criterion in words is judged by the laboratory; its own statement is repeated, never replaced.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum


class Verdict(StrEnum):
    """A result against its acceptance criterion."""

    CONFORMS = "conforms"
    FAILS = "does not conform"
    UNJUDGED = "cannot be judged"


class Rounding(StrEnum):
    """What is done to a result before it is compared."""

    TO_LIMIT = "rounded to the decimal places of the limit (USP General Notices 7.20)"
    NONE = "compared as reported"


class Bound(StrEnum):
    """How a result that is no number lies to the bound given with it."""

    BELOW = "<"
    ABOVE = ">"


@dataclass(frozen=True, slots=True)
class AcceptanceCriterion:
    """What a result must be.

    Attributes:
        text: the criterion as it was written.
        lower, upper: limits with the digits in which they are written, in `unit`; None for none.
        lower_included, upper_included: whether the limit itself conforms.
        unit: of the limits, such as `%`; `basis` what it refers to, such as `w/w` or `LC`.
        condition: when or how it holds, such as `at 30 minutes`.
    """

    text: str
    lower: Decimal | None = None
    upper: Decimal | None = None
    lower_included: bool = True
    upper_included: bool = True
    unit: str = ""
    basis: str = ""
    condition: str = ""

    @property
    def in_words(self) -> bool:
        """Whether it has no limit that a number could be compared with."""
        return self.lower is None and self.upper is None


def judge(
    criterion: AcceptanceCriterion, value: Decimal, *, rounding: Rounding = Rounding.TO_LIMIT
) -> Verdict:
    """A measured value, in the unit of the criterion, against its limits."""
    if criterion.in_words or not value.is_finite():
        return Verdict.UNJUDGED
    within = _above(criterion, value, rounding) and _below(criterion, value, rounding)
    return Verdict.CONFORMS if within else Verdict.FAILS


def judge_bound(
    criterion: AcceptanceCriterion,
    bound: Bound,
    value: Decimal,
    *,
    rounding: Rounding = Rounding.TO_LIMIT,
) -> Verdict:
    """A result of which only a bound is known, such as `< 0.05`, against the limits."""
    if criterion.in_words:
        return Verdict.UNJUDGED
    if bound is Bound.BELOW:
        open_end, over = criterion.lower, _below(criterion, value, rounding)
        missed = not _above(criterion, value, rounding)
    else:
        open_end, over = criterion.upper, _above(criterion, value, rounding)
        missed = not _below(criterion, value, rounding)
    if missed:
        return Verdict.FAILS
    return Verdict.CONFORMS if open_end is None and over else Verdict.UNJUDGED


def rounded(value: Decimal, limit: Decimal) -> Decimal:
    """The value with as many decimal places as the limit is written with, a dropped 5 upwards."""
    places = min(int(limit.as_tuple().exponent), 0)
    if int(value.as_tuple().exponent) >= places:
        return value
    digits = Context(prec=max(value.adjusted() - places + 2, 1))
    return value.quantize(Decimal((0, (1,), places)), rounding=ROUND_HALF_UP, context=digits)


def _compared(value: Decimal, limit: Decimal, rounding: Rounding) -> Decimal:
    return rounded(value, limit) if rounding is Rounding.TO_LIMIT else value


def _above(criterion: AcceptanceCriterion, value: Decimal, rounding: Rounding) -> bool:
    if criterion.lower is None:
        return True
    compared = _compared(value, criterion.lower, rounding)
    return compared > criterion.lower or (criterion.lower_included and compared == criterion.lower)


def _below(criterion: AcceptanceCriterion, value: Decimal, rounding: Rounding) -> bool:
    if criterion.upper is None:
        return True
    compared = _compared(value, criterion.upper, rounding)
    return compared < criterion.upper or (criterion.upper_included and compared == criterion.upper)
