"""Where the twin may be believed, what it cannot represent, and who may do what with this."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from investigator.domain.applicability import DomainLimit
from investigator.domain.quantities import significant
from investigator.domain.validation import ValidationRecord
from investigator.report.pages import Heading
from investigator.report.paper import bullets, grid, para
from investigator.report.validation.words import with_unit
from investigator.report.whole import whole_grid
from investigator.twin.manifest import Manifest


def domain(limits: Sequence[DomainLimit]) -> list[Flowable]:
    """Section 8."""
    story: list[Flowable] = [
        Heading("8 Applicability domain"),
        para(
            "Within these bounds the predictions rest on data. A run that leaves them is replayed "
            "all the same, and time, variable and distance are reported."
        ),
    ]
    if not limits:
        return [*story, para("No domain is stated.")]
    heads = ["Quantity", "From", "To", "One unit of distance", "Origin"]
    rows = [
        [
            limit.title,
            *(with_unit(significant(v), limit.unit) for v in (limit.low, limit.high, limit.scale)),
            limit.origin,
        ]
        for limit in limits
    ]
    return [*story, whole_grid(heads, rows, [42, 22, 22, 24, 60])]


def limitations(record: ValidationRecord, manifest: Manifest) -> list[Flowable]:
    """Section 9."""
    return [
        Heading("9 Limitations"),
        para("What the twin cannot represent:"),
        *(bullets(record.limitations) or [para("None is stated.")]),
        para("What it may not be used for:"),
        *(bullets(manifest.excluded_uses) or [para("None is stated.")]),
    ]


def status(record: ValidationRecord) -> list[Flowable]:
    """Section 10."""
    if record.passed:
        follows = (
            "Every criterion passed: with the content and the equations that are named here the "
            "package is validated. For cases under GxP it may be used after approval, which is the "
            "signature of a person with the role twin approver over the digest of the whole "
            "package."
        )
    else:
        follows = (
            "Not every criterion passed: the package stays a draft and cannot be approved. In a "
            "case under GxP it may serve for information only, by a decision with a reason, and "
            "every page of that report says so."
        )
    return [
        Heading("10 Status and approval"),
        para(follows),
        para(
            "The approval holds for the package as it is to the byte. A change of parameters, "
            "equations or criteria gives another digest and needs another validation."
        ),
    ]


def basis(record: ValidationRecord) -> list[Flowable]:
    """Section 11."""
    rows = [[b.batch_id, b.digest] for b in record.batches]
    return [
        Heading("11 Batches and reproduction"),
        para(
            "The same package, batches, software and seed give the same record and the same bytes "
            f"of this report. Package {record.subject}, equations {record.process}, "
            f"{record.software}, seed {record.seed}."
        ),
        grid(["Batch", "Digest of its evidence"], rows, [36, 134]),
    ]
