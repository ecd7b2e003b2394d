"""The validation of a twin: everything measured, judged, and written into its package.

- Normal batches say how attributes and tags are predicted, earlier deviations whether a confirmed
  cause reproduces what it did; numerics, edges and sensitivity need no batch.
- The program never learns the cause of a deviation but from the list that it is given.
- The same package, batches and seed give the same bytes, with one worker or many.
"""

from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from investigator.analysis.comparison import compare
from investigator.analysis.confirmed_causes import deviation_figures
from investigator.casework.confirmed import read_confirmed
from investigator.casework.investigate import executor_of
from investigator.casework.normal_runs import (
    Progress,
    RecordedRun,
    evidence_digest,
    normal_runs,
    read_evidence,
)
from investigator.casework.software import software
from investigator.casework.twins import folder_of
from investigator.casework.validation_writing import clear_interrupted, write_validation
from investigator.domain.errors import UnusableInput, UnusableRequest
from investigator.domain.validation import (
    DeviationFigures,
    PredictedContainer,
    SensitivityIndex,
    ValidationBatch,
    ValidationRecord,
)
from investigator.report.validation.build import validation_report
from investigator.twin.digests import file_digests, subject_digest
from investigator.twin.package import TwinPackage, load_package
from investigator.twin.predicted import nominal_inputs
from investigator.twin.process_digest import process_digest
from investigator.twin.record import line_record
from investigator.twin.reference import read_reference
from investigator.twin.standing import unfilled
from investigator.twin.validate.attributes import Method, attribute_figures
from investigator.twin.validate.criteria import Findings, judge
from investigator.twin.validate.edges import edge_checks
from investigator.twin.validate.left_out import left_out
from investigator.twin.validate.numerics import NormalRun, NumericCheck, numeric_checks
from investigator.twin.validate.sensitivity import sobol_indices
from investigator.twin.validate.tags import tag_figures
from investigator.twin.validation_file import record_text, rounded

METHODS = {
    "assay": "method.assay_repeatability",
    "hardness": "method.hardness_qc_repeatability",
    "q30": "method.q30_repeatability",
    "water": "method.water_repeatability",
    "weight": "method.weight_ipc_repeatability",
}


@dataclass(frozen=True, slots=True)
class Earlier:
    """Earlier deviations: the folder that holds theirs, and the list of confirmed causes."""

    folder: Path
    confirmed: Path


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """The record as written, and the digest of the package after sealing."""

    record: ValidationRecord
    digest: str


def record_document(record: ValidationRecord) -> str:
    """The record as the JSON document that lies in the package."""
    return record_text(record)


def validate_twin(
    twin_id: str,
    batches: Path,
    *,
    earlier: Earlier | None,
    seed: int,
    workers: int,
    progress: Progress,
) -> ValidationReport:
    """Validate a twin and write the record and its report into the package.

    Args:
        twin_id: id of the twin package.
        batches: folder with one folder of evidence for each normal batch.
        earlier: earlier deviations with confirmed causes; without them theirs is not assessed.
        seed: of every random draw.
        workers: number of threads; changes nothing but the time.
        progress: is told, in words, what is being done.

    Raises:
        UnusableRequest: there is no such twin or folder, or the package cannot be written.
        UnusableInput: the package, the evidence of a batch, or the list cannot be used.
    """
    folder = folder_of(twin_id)
    clear_interrupted(folder)
    package = load_package(folder)
    _refuse_unfilled(package)
    subject = subject_digest(file_digests(package.folder))
    confirmed = _confirmed(package, earlier)
    runs = normal_runs(package.folder, batches, progress)
    with executor_of(workers) as executor:
        measured = _measured(package, runs, executor, seed, progress)
        deviations, used = _deviations(package, earlier, confirmed, executor, seed, progress)
    record = _record(package, subject, measured, deviations, (*_batches(runs), *used))
    progress("writing record and report into the package")
    report = validation_report(record, package.manifest, package.domain.all_limits)
    return ValidationReport(record, write_validation(package.folder, record, report))


def _refuse_unfilled(package: TwinPackage) -> None:
    if wrong := unfilled(package.manifest):
        raise UnusableRequest(
            f"The twin {package.manifest.twin_id} cannot be validated yet; fill in its twin.toml "
            f"first. {wrong}"
        )


@dataclass(frozen=True, slots=True)
class _Measured:
    """What was measured without deviations; `findings.deviations` is empty."""

    findings: Findings
    containers: tuple[PredictedContainer, ...]
    sensitivity: tuple[SensitivityIndex, ...]
    numerics: tuple[NumericCheck, ...]


def _measured(
    package: TwinPackage,
    runs: tuple[RecordedRun, ...],
    executor: Executor,
    seed: int,
    progress: Progress,
) -> _Measured:
    parameters = package.parameters.line()
    records = [run.record for run in runs]
    progress("predicting the containers of every batch from the others")
    containers = left_out([(run.batch_id, run.record) for run in runs], package, executor)
    progress("predicting every tag of every batch from the others")
    tags = tag_figures(records, parameters, executor, seed=seed)
    progress("checking the numerics")
    numerics = numeric_checks(package, _normal_run(package, runs[0]))
    progress("checking the edges")
    edges = edge_checks(package, package.domain, seed=seed)
    progress("measuring what the quality depends on")
    sensitivity = sobol_indices(package, seed=seed + 1)
    attributes = attribute_figures(containers, _methods(package), seed=seed)
    figures = {c.criterion_id: c.figure for c in sorted(numerics, key=lambda c: c.figure)}
    findings = Findings(attributes, tags, (), figures, edges, seed)
    return _Measured(findings, containers, sensitivity, numerics)


def _methods(package: TwinPackage) -> dict[str, Method]:
    units = {s.attribute: s.unit for s in package.specifications}
    return {
        attribute: Method(units[attribute], package.parameters[parameter].value)
        for attribute, parameter in METHODS.items()
    }


def _normal_run(package: TwinPackage, run: RecordedRun) -> NormalRun:
    """The set-points and containers of a normal batch, for the convergence of its results."""
    record = run.record
    start = record.span.start_ms
    spans = tuple(
        ((c.filled.start_ms - start) / 1000.0, (c.filled.end_ms - start) / 1000.0)
        for c in record.containers
    )
    return NormalRun(nominal_inputs(record, read_reference(package.reference).nominals), spans)


def _confirmed(package: TwinPackage, earlier: Earlier | None) -> dict[str, tuple[str, ...]]:
    if earlier is None:
        return {}
    if not earlier.folder.is_dir():
        raise UnusableRequest(
            f"{earlier.folder}: there is no such folder; name that of earlier deviations."
        )
    causes = [mode.cause for mode in package.failure_modes]
    found = read_confirmed(earlier.confirmed, causes)
    for name in found:
        if not (earlier.folder / name).is_dir():
            raise UnusableInput(
                earlier.confirmed.name,
                f"names {name}, of which there is no folder in {earlier.folder.name}",
                "correct the list or add the evidence",
            )
    return found


def _deviations(
    package: TwinPackage,
    earlier: Earlier | None,
    confirmed: dict[str, tuple[str, ...]],
    executor: Executor,
    seed: int,
    progress: Progress,
) -> tuple[tuple[DeviationFigures, ...], tuple[ValidationBatch, ...]]:
    """The figures of every earlier deviation, and the batches that they are of."""
    if earlier is None:
        return (), ()
    modes = {mode.cause: mode for mode in package.failure_modes}
    reference, parameters = read_reference(package.reference), package.parameters.line()
    found, used = [], []
    for name, causes in confirmed.items():
        progress(f"replaying {name} with its confirmed cause")
        evidence = read_evidence(package.folder, earlier.folder / name)
        record = line_record(evidence, package.tag_map, package.record_map)
        c = compare(record, parameters, reference)
        chosen = tuple(modes[cause] for cause in causes)
        found.append(deviation_figures(name, c, chosen, package, executor, seed=seed))
        used.append(ValidationBatch(evidence.batch.batch_id, evidence_digest(evidence)))
    return tuple(found), tuple(used)


def _batches(runs: tuple[RecordedRun, ...]) -> tuple[ValidationBatch, ...]:
    return tuple(ValidationBatch(run.batch_id, run.digest) for run in runs)


def _record(
    package: TwinPackage,
    subject: str,
    measured: _Measured,
    deviations: tuple[DeviationFigures, ...],
    batches: tuple[ValidationBatch, ...],
) -> ValidationRecord:
    manifest, findings = package.manifest, replace(measured.findings, deviations=deviations)
    record = ValidationRecord(
        twin_id=manifest.twin_id,
        version=manifest.version,
        risk_class=manifest.risk_class,
        context_of_use=manifest.context_of_use,
        subject=subject,
        process=process_digest(),
        software=software(),
        seed=findings.seed,
        batches=batches,
        criteria=judge(manifest.acceptance, findings),
        attributes=tuple(findings.attributes),
        containers=measured.containers,
        tags=tuple(findings.tags),
        deviations=deviations,
        sensitivity=measured.sensitivity,
        numerics=tuple(check.check for check in measured.numerics),
        edges=tuple(findings.edges),
        limitations=manifest.limitations,
    )
    return rounded(record)
