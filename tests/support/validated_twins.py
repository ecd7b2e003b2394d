"""Copies of the shipped twin that passed a validation, as far as a package can say so."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from investigator.domain.validation import (
    CriterionResult,
    Figure,
    Outcome,
    Relation,
    ValidationRecord,
)
from investigator.twin.digests import file_digests, seal, subject_digest
from investigator.twin.manifest import HEAD, read_manifest
from investigator.twin.process_digest import process_digest
from investigator.twin.validation_file import RECORD, record_text

SHIPPED = Path(__file__).parents[2] / "models" / "cdc_line_3"


def copied(models: Path, *, version: str = "", twin_id: str = "cdc_line_3") -> Path:
    """The folder of a sealed draft in a folder of models, with another version if one is given."""
    folder = models / twin_id
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("validation"))
    head = folder / HEAD
    shipped = read_manifest(folder)
    text = head.read_text(encoding="utf-8")
    text = text.replace(f'id = "{shipped.twin_id}"', f'id = "{twin_id}"', 1)
    text = text.replace(f'"{shipped.version}"', f'"{version or shipped.version}"', 1)
    head.write_text(text, encoding="utf-8")
    seal(folder)
    return folder


def passing(folder: Path) -> ValidationRecord:
    """A validation of the package that passed every criterion of its manifest."""
    manifest = read_manifest(folder)
    results = []
    for criterion in manifest.acceptance:
        low, high = criterion.limit, criterion.limit
        if criterion.relation is Relation.CONTAINS:
            low, high = criterion.limit - 0.01, criterion.limit + 0.01
        figure = Figure(criterion.limit, low, high)
        results.append(CriterionResult(criterion, figure, Outcome.PASSED))
    return ValidationRecord(
        twin_id=manifest.twin_id,
        version=manifest.version,
        risk_class=manifest.risk_class,
        context_of_use=manifest.context_of_use,
        subject=subject_digest(file_digests(folder)),
        process=process_digest(),
        software="test",
        seed=0,
        batches=(),
        criteria=tuple(results),
        attributes=(),
        containers=(),
        tags=(),
        deviations=(),
        sensitivity=(),
        numerics=(),
        edges=(),
        limitations=(),
    )


def put_in(folder: Path, record: ValidationRecord) -> Path:
    """The package with this validation in it, sealed."""
    file = folder / RECORD
    file.parent.mkdir(exist_ok=True)
    file.write_text(record_text(record), encoding="utf-8", newline="\n")
    seal(folder)
    return folder


def validated(models: Path, *, version: str = "", twin_id: str = "cdc_line_3") -> Path:
    """The folder of a validated copy of the shipped twin in a folder of models."""
    folder = copied(models, version=version, twin_id=twin_id)
    return put_in(folder, passing(folder))


def judged(record: ValidationRecord, criterion_id: str, outcome: Outcome) -> ValidationRecord:
    """The validation with another outcome of one criterion."""
    results = tuple(
        replace(r, outcome=outcome) if r.criterion.criterion_id == criterion_id else r
        for r in record.criteria
    )
    return replace(record, criteria=results)


def used_here(monkeypatch: pytest.MonkeyPatch, models: Path) -> None:
    """The program finds its twins in this folder."""
    monkeypatch.setenv("INVESTIGATOR_MODELS", str(models))
