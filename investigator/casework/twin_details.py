"""What a twin package holds, as people read it: use, validation, limits, parameters, causes.

- It is read from a package that was compared with its digests first; `digest` names what was read.
- A validation that cannot be read is no fault of the page: the sentence is shown in its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from investigator.casework.twins import choose_twin
from investigator.domain.applicability import DomainLimit
from investigator.domain.errors import UnusableInput
from investigator.domain.validation import ValidationRecord
from investigator.report.validation.words import figure, found, name, required, with_unit
from investigator.twin.determined import Determined, read_determined
from investigator.twin.digests import file_digests, subject_digest
from investigator.twin.failure_mode import FailureMode, TimeShape
from investigator.twin.manifest import Manifest
from investigator.twin.package import TwinPackage
from investigator.twin.parameters import Parameter
from investigator.twin.process_digest import process_digest
from investigator.twin.validation_file import REPORT, read_validation

__all__ = [
    "Determined",
    "FailureMode",
    "Parameter",
    "TimeShape",
    "TwinDetails",
    "figure",
    "found",
    "name",
    "required",
    "twin_details",
    "with_unit",
]


@dataclass(frozen=True, slots=True)
class TwinDetails:
    """The content of one twin package.

    Attributes:
        twin_id, digest: which package, and the digest of all of it with "sha256:" before it.
        subject: digest of it without its validation. process: of the equations of the program.
        manifest: what it says of itself.
        limits: its applicability domain, the limit of the combination last.
        parameters: by name, in order of name. determined: what its calibration says of them.
        failure_modes: in the order of its file.
        validation: the record in it; None without one, and `no_validation` says why.
        report: the pages of that validation, as PDF; None without them.
    """

    twin_id: str
    digest: str
    subject: str
    process: str
    manifest: Manifest
    limits: tuple[DomainLimit, ...]
    parameters: Mapping[str, Parameter]
    determined: Mapping[str, Determined]
    failure_modes: tuple[FailureMode, ...]
    validation: ValidationRecord | None
    no_validation: str
    report: bytes | None


def twin_details(twin_id: str) -> TwinDetails:
    """The content of the package of a twin.

    Raises:
        UnusableRequest: there is no twin of that id.
        UnusableInput: its package is changed or unreadable.
    """
    package = choose_twin(twin_id)
    validation, fault = _validation(package.folder)
    return TwinDetails(
        twin_id=package.manifest.twin_id,
        digest=package.digest,
        subject=subject_digest(file_digests(package.folder)),
        process=process_digest(),
        manifest=package.manifest,
        limits=package.domain.all_limits,
        parameters=_in_order(package),
        determined=read_determined(package.folder),
        failure_modes=package.failure_modes,
        validation=validation,
        no_validation=fault,
        report=_report(package.folder) if validation else None,
    )


def _in_order(package: TwinPackage) -> dict[str, Parameter]:
    return {key: package.parameters[key] for key in sorted(package.parameters)}


def _validation(folder: Path) -> tuple[ValidationRecord | None, str]:
    try:
        record = read_validation(folder)
    except UnusableInput as fault:
        return None, str(fault)
    return record, "" if record else "The package holds no validation."


def _report(folder: Path) -> bytes | None:
    """The package was compared with its digests a moment ago: what is missing was never listed."""
    file = folder / REPORT
    return file.read_bytes() if file.exists() else None
