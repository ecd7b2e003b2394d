"""Laboratory results, each as it was reported: nothing is averaged, replaced or left out here.

- A result that the method could not put a number to (`< LOQ`, `> 100`, `n.d.`) has no number: its
  `result` is NaN, and `censored` with `bound` says what is known of it.
- Replicates, retests and invalidated results stand beside each other; `quantified` picks those
  that a calculation may use.
"""

import math
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from investigator.domain.acceptance import (
    AcceptanceCriterion,
    Bound,
    Verdict,
    judge,
    judge_bound,
)


class Standing(StrEnum):
    """Whether a result counts."""

    VALID = "valid"
    INVALIDATED = "invalidated"


@dataclass(frozen=True, slots=True)
class LabResult:
    """One reported value. `container_id` is empty for raw material and batch results.

    `result` is in `unit`; limits are None where there is none. `analysed` is the text of the
    laboratory system (date, or date and hour, without zone): it orders runs, it places nothing.

    Attributes:
        reported: the result as the laboratory wrote it; empty where only the number was kept.
        reported_unit: its unit, where `result` was converted to that of the specification.
        censored: `<` or `>` of a result without number; None for a number or a word.
        bound: the number beside it, in `unit`; None where none is given (`< LOQ`, `n.d.`).
        criterion: the acceptance criterion as the laboratory wrote it.
        standing: an invalidated result is kept and not used; `reason` says why.
        retest: 0 for the original determination, 1 for the first retest, and so on.
        stated: the laboratory's own verdict; `evaluation` has its words.
        sampled: when the sample was taken, as text; `analysed` when it was analysed.
        method: the test method.
    """

    sample_id: str
    batch_id: str
    container_id: str
    stage: str
    test: str
    replicate: int
    result: float
    unit: str
    spec_low: float | None
    spec_high: float | None
    evaluation: str
    analyst: str
    instrument: str
    run_id: str
    analysed: str
    material_lot: str
    reported: str = ""
    reported_unit: str = ""
    censored: Bound | None = None
    bound: float | None = None
    criterion: AcceptanceCriterion | None = None
    standing: Standing = Standing.VALID
    reason: str = ""
    retest: int = 0
    stated: Verdict = Verdict.UNJUDGED
    sampled: str = ""
    method: str = ""

    @property
    def quantified(self) -> bool:
        """Whether it is a number that stands, fit to be calculated with."""
        return math.isfinite(self.result) and self.standing is Standing.VALID

    @property
    def verdict(self) -> Verdict:
        """Against the acceptance criterion; without limits, what the laboratory states."""
        criterion = self.criterion
        if criterion is None or criterion.in_words:
            return self.stated
        if self.censored is not None and self.bound is not None:
            return judge_bound(criterion, self.censored, _decimal(self.bound))
        if math.isfinite(self.result):
            return judge(criterion, _decimal(self.result))
        return Verdict.UNJUDGED if self.censored is not None else self.stated

    @property
    def out_of_specification(self) -> bool:
        """Whether it stands and does not conform, by its limits or by the laboratory's word."""
        if self.standing is Standing.INVALIDATED:
            return False
        return Verdict.FAILS in {self.verdict, self.stated}

    @property
    def may_be_out(self) -> bool:
        """Whether it stands as a bound that leaves open whether it conforms (`> 15` of at most 15),
        and the laboratory does not say that it does."""
        bounded = self.censored is not None and self.bound is not None
        criterion = self.criterion
        if not bounded or criterion is None or criterion.in_words:
            return False
        unjudged = self.verdict is Verdict.UNJUDGED and self.stated is not Verdict.CONFORMS
        return unjudged and self.standing is Standing.VALID


def _decimal(value: float) -> Decimal:
    """The shortest decimal number that reads back as this one: what was written."""
    return Decimal(repr(float(value)))
