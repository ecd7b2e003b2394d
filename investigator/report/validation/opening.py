"""The first page: what was validated, for what use, and whether it passed."""

from reportlab.platypus import Flowable, PageBreak

from investigator.domain.quantities import count
from investigator.domain.validation import CriterionResult, Outcome, ValidationRecord
from investigator.report.pages import contents
from investigator.report.paper import bullets, facts, gap, para
from investigator.report.validation.words import found, required
from investigator.report.whole import whole_grid
from investigator.twin.manifest import Manifest


def outcome(record: ValidationRecord) -> str:
    """The outcome in a few words, as at the head of every page."""
    if record.passed:
        return "passed"
    return "not passed, the twin stays a draft"


def summary(record: ValidationRecord, manifest: Manifest) -> list[Flowable]:
    """Title, identity, outcome with every criterion that did not pass, and the contents."""
    return [
        gap(6),
        para("Validation report of a digital twin", "note"),
        para(f"{record.twin_id} {record.version}", "title"),
        para(manifest.title),
        gap(4),
        para(f"Outcome: {outcome(record)}. {_counted(record)}", "strong"),
        *_open(record),
        facts(
            [
                ("Intended use", record.context_of_use),
                ("Risk class", record.risk_class),
                ("Line, product", f"{manifest.line_id}, {manifest.product}"),
                ("Batches", f"{count(len(record.batches), 'batch', 'batches')}, see section 11"),
                ("Package digest", f"{record.subject} (without its validation)"),
                ("Digest of the equations", record.process),
                ("Software, seed", f"{record.software}, seed {record.seed}"),
            ]
        ),
        para("Not intended for", "strong"),
        *bullets(manifest.excluded_uses),
        PageBreak(),
        para("Contents", "strong"),
        contents(),
    ]


def _counted(record: ValidationRecord) -> str:
    each = {o: sum(r.outcome is o for r in record.criteria) for o in Outcome}
    told = ", ".join(f"{number} {o.value}" for o, number in each.items())
    total = count(len(record.criteria), "criterion", "criteria")
    return f"Of {total}, fixed before the validation: {told}."


def _open(record: ValidationRecord) -> list[Flowable]:
    """The criteria that failed or were not assessed."""
    rest = [r for r in record.criteria if r.outcome is not Outcome.PASSED]
    if not rest:
        return []
    rows = [_row(result) for result in rest]
    heads = ["Did not pass", "Required", "Found (95 % interval)", "Outcome"]
    return [whole_grid(heads, rows, [76, 36, 38, 20], marked=frozenset(range(len(rows))))]


def _row(result: CriterionResult) -> list[str]:
    return [result.criterion.title, required(result), found(result), result.outcome.value.upper()]
