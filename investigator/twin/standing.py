"""Is a twin validated? It is never typed in: it follows from what lies in its package.

A package is validated when the validation in it

- passed every criterion of its manifest, each with the limit that the manifest has now, and its
  figures bear that out, each as it follows from what the record says was measured,
- was carried out on this very content (its subject digest), and
- with these very equations (the process digest of the running program).

Otherwise it is a draft, and one sentence says why. Whether it is approved, superseded or retired is
told by the log of a workspace, not by the package.
"""

import math
from dataclasses import astuple
from pathlib import Path

from investigator.domain.errors import UnusableInput
from investigator.domain.twin_status import PackageStanding, TwinStatus
from investigator.domain.validation import (
    Criterion,
    CriterionResult,
    Figure,
    Outcome,
    ValidationRecord,
)
from investigator.twin.digests import file_digests, subject_digest
from investigator.twin.manifest import OPEN, Manifest
from investigator.twin.process_digest import process_digest
from investigator.twin.validate.criteria import Findings, judge
from investigator.twin.validation_file import DIGITS, read_validation

_MOST = 5


def package_standing(folder: Path, manifest: Manifest) -> PackageStanding:
    """How a package stands by its content alone."""
    try:
        record = read_validation(folder)
    except UnusableInput as fault:
        return _draft(f"Its validation does not count: {fault}")
    if record is None:
        return _draft("It was not validated: the package holds no validation.")
    return standing_of(
        record,
        manifest,
        subject=subject_digest(file_digests(folder)),
        process=process_digest(),
    )


def standing_of(
    record: ValidationRecord, manifest: Manifest, *, subject: str, process: str
) -> PackageStanding:
    """How a package with this validation stands.

    Args:
        record: the validation that lies in the package.
        manifest: of the package.
        subject: digest of the package without its validation, as it is now.
        process: digest of the equations of the running program.
    """
    if wrong := (
        unfilled(manifest)
        or _of_another(record, manifest)
        or _changed(record, subject=subject, process=process)
        or _unmet(record, manifest)
    ):
        return _draft(wrong)
    return PackageStanding(
        TwinStatus.VALIDATED,
        f"Its validation passed all {len(record.criteria)} criteria on this very content.",
    )


def _draft(why: str) -> PackageStanding:
    return PackageStanding(TwinStatus.DRAFT, why)


def unfilled(manifest: Manifest) -> str:
    """A sentence where entries of a manifest are still to be filled in; else empty."""
    told = (
        *(manifest.title, manifest.line_id, manifest.site, manifest.product_id, manifest.product),
        *(manifest.context_of_use, manifest.risk_class),
        *manifest.excluded_uses,
        *manifest.equipment.values(),
    )
    return f'Entries of its manifest are still "{OPEN}".' if OPEN in told else ""


def _of_another(record: ValidationRecord, manifest: Manifest) -> str:
    if (record.twin_id, record.version) == (manifest.twin_id, manifest.version):
        return ""
    return (
        f"Its validation is that of {record.twin_id} {record.version}, not of "
        f"{manifest.twin_id} {manifest.version}."
    )


def _changed(record: ValidationRecord, *, subject: str, process: str) -> str:
    if record.subject != subject:
        return "The package was changed after it was validated; validate it again."
    if record.process != process:
        return (
            "The equations of the program were changed after it was validated; validate it again."
        )
    return ""


def _unmet(record: ValidationRecord, manifest: Manifest) -> str:
    if not manifest.acceptance:
        return "Its manifest fixes no criterion that a validation could pass."
    judged = {_as_judged(result.criterion) for result in record.criteria}
    foreign = [c.criterion_id for c in manifest.acceptance if _as_judged(c) not in judged]
    if foreign:
        return f"Its validation does not judge {_listed(foreign)} as the manifest states it."
    failed = _with(record, Outcome.FAILED)
    if failed:
        return f"Its validation failed: {_listed(failed)}."
    missing = _with(record, Outcome.NOT_ASSESSED)
    if missing:
        return f"Its validation did not assess {_listed(missing)}."
    untrue = [r.criterion.criterion_id for r in record.criteria if not _bears_out(r)]
    if untrue:
        return f"The figures of its validation do not meet {_listed(untrue)}."
    unlike = _unlike_its_tables(record)
    return f"Its validation states {_listed(unlike)} otherwise than its tables." if unlike else ""


def _unlike_its_tables(record: ValidationRecord) -> list[str]:
    """Criteria whose figure is not the one that follows from what the record says was measured."""
    stated = [result.criterion for result in record.criteria]
    found = Findings(
        record.attributes, record.tags, record.deviations, {}, record.edges, record.seed
    )
    return [
        result.criterion.criterion_id
        for result, again in zip(record.criteria, judge(stated, found), strict=True)
        if result.figure and again.figure and not _same(result.figure, again.figure)
    ]


def _same(stated: Figure, again: Figure) -> bool:
    """Equal but for the rounding of the file."""
    pairs = zip(astuple(stated), astuple(again), strict=True)
    return all(math.isclose(a, b, rel_tol=1e-4, abs_tol=1e-9) for a, b in pairs)


def _bears_out(result: CriterionResult) -> bool:
    """Whether the figure meets the limit, whatever the record says came of it."""
    figure = result.figure
    if figure is None or not figure.low <= figure.value <= figure.high:
        return False
    return result.criterion.met_by(figure.low, figure.high)


def _as_judged(criterion: Criterion) -> tuple[str, str, str, str]:
    """What of a criterion decides; limits as the file of a validation holds them."""
    limit = f"{criterion.limit:.{DIGITS}g}"
    return criterion.criterion_id, criterion.relation.value, limit, criterion.unit


def _with(record: ValidationRecord, outcome: Outcome) -> list[str]:
    return [r.criterion.criterion_id for r in record.criteria if r.outcome is outcome]


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more
