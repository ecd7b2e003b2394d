"""Every acceptance criterion with what was measured for it."""

from reportlab.platypus import Flowable

from investigator.domain.validation import CriterionResult, Outcome, ValidationRecord
from investigator.report.pages import Heading
from investigator.report.paper import para
from investigator.report.validation.words import found, required
from investigator.report.whole import whole_grid


def criteria(record: ValidationRecord) -> list[Flowable]:
    """Section 1."""
    intro = (
        "The criteria stand in the manifest of the package and were fixed before the validation. "
        "One that was not assessed counts as not passed. Shaded rows did not pass. Intervals are "
        "95 %."
    )
    rows = [_row(result) for result in record.criteria]
    open_rows = {n for n, r in enumerate(record.criteria) if r.outcome is not Outcome.PASSED}
    heads = ["Criterion", "Required", "Found", "Outcome", "Why, and remarks"]
    return [
        Heading("1 Acceptance criteria"),
        para(intro),
        whole_grid(heads, rows, [48, 28, 32, 20, 42], marked=frozenset(open_rows)),
    ]


def _row(result: CriterionResult) -> list[str]:
    remark = f" {result.remark}" if result.remark else ""
    return [
        result.criterion.title,
        required(result),
        found(result),
        result.outcome.value,
        f"{result.criterion.why}{remark}",
    ]
