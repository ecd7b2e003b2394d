"""A twin validated on a few batches: what is measured, judged and written, and what is refused."""

import shutil
from functools import partial
from pathlib import Path

import pytest

from investigator.casework import validation
from investigator.casework.places import models_folder
from investigator.casework.validation import Earlier, ValidationReport, validate_twin
from investigator.domain.errors import UnusableInput, UnusableRequest
from investigator.domain.validation import Outcome
from investigator.twin.digests import file_digests, seal, subject_digest, verified_digest
from investigator.twin.package import load_package
from investigator.twin.validate.sensitivity import sobol_indices
from investigator.twin.validation_file import read_validation

TWIN = "cdc_line_3"
FEW = 3


@pytest.fixture
def twin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped twin without a validation; its sensitivity takes few samples."""
    copy = tmp_path / "models" / TWIN
    shutil.copytree(models_folder() / TWIN, copy)
    shutil.rmtree(copy / "validation", ignore_errors=True)
    seal(copy)
    monkeypatch.setenv("INVESTIGATOR_MODELS", str(copy.parent))
    monkeypatch.setattr(validation, "sobol_indices", partial(sobol_indices, samples=4))
    return copy


@pytest.fixture
def history(tmp_path: Path, plant_data: Path) -> Path:
    """A few of the normal batches."""
    few = tmp_path / "history"
    few.mkdir()
    for place in sorted((plant_data / "history").iterdir())[:FEW]:
        (few / place.name).symlink_to(place)
    return few


@pytest.fixture
def earlier(tmp_path: Path, plant_data: Path) -> Earlier:
    listed = tmp_path / "confirmed.csv"
    listed.write_text("folder,cause\nPAST-06,force_sensor_drift\n", "utf-8")
    return Earlier(plant_data / "past_deviations", listed)


def validated(history: Path, earlier: Earlier | None, workers: int = 2) -> ValidationReport:
    return validate_twin(
        TWIN, history, earlier=earlier, seed=3, workers=workers, progress=lambda _: None
    )


@pytest.mark.data
@pytest.mark.requirement("TWN-076", "TWN-077")
def test_everything_is_measured_judged_and_written(
    twin: Path, history: Path, earlier: Earlier
) -> None:
    subject = subject_digest(file_digests(twin))
    report = validated(history, earlier)
    record = report.record
    assert record.subject == subject
    assert read_validation(twin) == record
    assert verified_digest(twin) == report.digest
    assert (twin / "validation" / "report.pdf").read_bytes().startswith(b"%PDF")
    assert len({batch.batch_id for batch in record.batches}) == FEW + 1
    assert {a.attribute for a in record.attributes} == {
        "assay", "hardness", "q30", "water", "weight",
    }  # fmt: skip
    assert all(a.batches == FEW for a in record.attributes)
    assert record.tags
    assert record.numerics
    assert record.edges
    assert record.sensitivity
    assert record.limitations
    assert [d.case for d in record.deviations] == ["PAST-06"]
    assert record.deviations[0].inside95 > record.deviations[0].inside95_without
    assert not [r for r in record.criteria if r.outcome is Outcome.NOT_ASSESSED]
    assert [r.criterion for r in record.criteria] == list(load_package(twin).manifest.acceptance)


@pytest.mark.requirement("CLI-066")
def test_a_listed_deviation_without_evidence_is_refused(twin: Path, tmp_path: Path) -> None:
    listed = tmp_path / "confirmed.csv"
    listed.write_text("folder,cause\nPAST-99,force_sensor_drift\n", "utf-8")
    before = file_digests(twin)
    with pytest.raises(UnusableInput, match=r"confirmed\.csv: names PAST-99"):
        validated(tmp_path, Earlier(tmp_path, listed))
    with pytest.raises(UnusableRequest, match="nowhere: there is no such folder"):
        validated(tmp_path, Earlier(tmp_path / "nowhere", listed))
    assert file_digests(twin) == before


def test_no_normal_batches_no_validation(twin: Path, tmp_path: Path) -> None:
    with pytest.raises(UnusableRequest, match="there is no such folder; name that of normal"):
        validated(tmp_path / "nowhere", None)
