"""Checks of the numerics and of behaviour at the edges of the domain."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from investigator.domain.quantities import count
from investigator.domain.validation import Check, ValidationRecord
from investigator.report.pages import Heading
from investigator.report.paper import para
from investigator.report.whole import whole_grid


def numerics(record: ValidationRecord) -> list[Flowable]:
    """Section 6."""
    return _section(
        "6 Numerical verification",
        "Whether the equations are solved as they are written down, whatever they are worth.",
        record.numerics,
    )


def edges(record: ValidationRecord) -> list[Flowable]:
    """Section 7."""
    return _section(
        "7 Behaviour at the edges",
        "At and beyond the edges of its domain the model must fail visibly, not quietly.",
        record.edges,
    )


def _section(title: str, intro: str, checks: Sequence[Check]) -> list[Flowable]:
    story: list[Flowable] = [Heading(title), para(intro)]
    if not checks:
        return [*story, para("Nothing was checked.")]
    failed = {n for n, check in enumerate(checks) if not check.passed}
    rows = [
        [c.title, c.expected, c.found, "passed" if c.passed else "FAILED", c.check_id]
        for c in checks
    ]
    heads = ["Check", "Expected", "Found", "Outcome", "Id"]
    passed = len(checks) - len(failed)
    return [
        *story,
        whole_grid(heads, rows, [46, 34, 36, 14, 40], marked=frozenset(failed)),
        para(f"{passed} of {count(len(checks), 'check')} passed; shaded: failed."),
    ]
