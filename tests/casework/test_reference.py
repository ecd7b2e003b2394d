"""Reference statistics come from normal batches only, and repeat byte for byte."""

import shutil
from pathlib import Path

import pytest

from investigator.casework.places import models_folder
from investigator.casework.reference import ReferenceReport, estimate_twin_reference
from investigator.casework.twins import choose_twin
from investigator.domain.errors import UnusableInput, UnusableRequest
from investigator.twin.channels import POINTS, SERIES
from investigator.twin.package import LINE_PARAMETERS

TWIN = "cdc_line_3"
STATISTICS = Path("reference") / "normal_batches.json"


@pytest.fixture
def twin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the twin that knows nothing of normal batches."""
    copy = tmp_path / "models" / TWIN
    shutil.copytree(models_folder() / TWIN, copy)
    for path in (copy / "reference").iterdir():
        # What known containers of deviations taught is no matter of normal batches.
        if path.name != "containers.json":
            path.unlink()
    monkeypatch.setenv("INVESTIGATOR_MODELS", str(copy.parent))
    return copy


def estimated(history: Path, workers: int = 1) -> ReferenceReport:
    return estimate_twin_reference(TWIN, history, workers=workers, progress=lambda _: None)


def test_a_folder_that_is_not_there(twin: Path, tmp_path: Path) -> None:
    with pytest.raises(UnusableRequest, match="nowhere: there is no such folder"):
        estimated(tmp_path / "nowhere")


def test_too_few_batches_tell_nothing_of_their_spread(twin: Path, tmp_path: Path) -> None:
    (tmp_path / "history" / "B1").mkdir(parents=True)
    with pytest.raises(UnusableRequest, match="holds 1 folders of batches; at least 3"):
        estimated(tmp_path / "history")


def test_a_batch_that_deviated_is_not_normal(twin: Path, tmp_path: Path, example: Path) -> None:
    for name in ("B1", "B2", "B3"):
        shutil.copytree(example, tmp_path / "history" / name)
    with pytest.raises(UnusableInput, match="B1: holds a deviation notice"):
        estimated(tmp_path / "history")


def test_a_batch_counts_once(twin: Path, tmp_path: Path, example: Path) -> None:
    for name in ("B1", "B2", "B3"):
        copy = tmp_path / "history" / name
        shutil.copytree(example, copy)
        (copy / "deviation.json").unlink()
    with pytest.raises(UnusableInput, match="B2: repeats the batch TA50-26-0540"):
        estimated(tmp_path / "history")


@pytest.mark.requirement("TWN-128")
def test_a_damaged_byte_is_not_sealed_with_them(twin: Path, tmp_path: Path) -> None:
    (twin / "tags.csv").write_bytes((twin / "tags.csv").read_bytes() + b"\n")
    with pytest.raises(UnusableInput, match=r"tags\.csv: differs from its digest"):
        estimated(tmp_path)


@pytest.mark.data
@pytest.mark.requirement("TWN-004")
def test_the_same_batches_give_the_same_bytes(twin: Path, tmp_path: Path, plant_data: Path) -> None:
    history = tmp_path / "history"
    for batch in sorted((plant_data / "history").iterdir())[:3]:
        shutil.copytree(batch, history / batch.name)
    assert (twin / LINE_PARAMETERS).read_text("utf-8").strip()
    report = estimated(history)
    first = (twin / STATISTICS).read_bytes()
    assert first.endswith(b"}\n")
    assert estimated(history, workers=2).digest == report.digest
    assert (twin / STATISTICS).read_bytes() == first
    package = choose_twin(TWIN)
    assert package.digest == report.digest
    assert package.reference["normal_batches"] == report.statistics
    assert package.reference["pls"]["batches"] == report.statistics["batches"]
    assert report.statistics["batches"] == sorted(p.name for p in history.iterdir())
    gains = report.statistics["usual_gains"]
    assert list(gains) == [c.channel for c in SERIES + POINTS]
    assert min(gains.values()) >= 4.0


@pytest.mark.data
@pytest.mark.requirement("TWN-004")
def test_the_shipped_twin_knows_all_normal_batches(plant_data: Path) -> None:
    known = choose_twin(None).reference["normal_batches"]
    assert known["batches"] == sorted(p.name for p in (plant_data / "history").iterdir())
    assert set(known["usual_gains"]) == {row["channel"] for row in known["noise"]}
    assert choose_twin(None).reference["pls"]["batches"] == known["batches"]
