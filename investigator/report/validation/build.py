"""From the record of a validation to the pages of its report.

- What failed stands on the first page, as failed.
- The report formats, it does not compute; the same record, manifest and domain give the same bytes.
- The status that the package has now is not printed: it changes after the report is made.
"""

from collections.abc import Sequence

from investigator.domain.applicability import DomainLimit
from investigator.domain.validation import ValidationRecord
from investigator.report.pages import PageFrame, lay_out
from investigator.report.validation import (
    attributes,
    channels,
    checks,
    closing,
    criteria,
    opening,
    sensitivity,
)
from investigator.twin.manifest import Manifest


def validation_report(
    record: ValidationRecord, manifest: Manifest, limits: Sequence[DomainLimit]
) -> bytes:
    """The report as the bytes of a PDF: fonts embedded, figures as vectors, with bookmarks.

    Args:
        record: what the validation found.
        manifest: of the package that was validated: intended use, equipment.
        limits: its applicability domain, in the order in which it is printed.
    """
    story = [
        *opening.summary(record, manifest),
        *criteria.criteria(record),
        *attributes.attributes(record),
        *channels.tags(record),
        *channels.deviations(record),
        *sensitivity.sensitivity(record),
        *checks.numerics(record),
        *checks.edges(record),
        *closing.domain(limits),
        *closing.limitations(record, manifest),
        *closing.status(record),
        *closing.basis(record),
    ]
    title = f"Validation report, twin {record.twin_id} {record.version}"
    frame = PageFrame(
        marking=f"validation report: {opening.outcome(record)}",
        number=f"{record.twin_id} {record.version}",
        batch=f"{record.subject[:19]}…",
        software=record.software,
        title=title,
    )
    return lay_out(story, frame)
