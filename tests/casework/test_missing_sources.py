"""A deviation whose evidence lacks a whole source: still ranked, weaker, and said so."""

import gzip
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from investigator.analysis.diagnosis import diagnose, replay
from investigator.casework.investigate import InvestigationResult, executor_of, investigate
from investigator.casework.twins import choose_twin, tag_list
from investigator.domain.errors import UnusableInput
from investigator.domain.impact import ContainerImpact
from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder

NORMAL, FOULED = "DEV-OPEN-11", "DEV-OPEN-08"
SURE = 0.9

CUT = {
    "laboratory": (("lab_results.csv",), "No laboratory results of recorded containers."),
    "record": (("batch_record.xml",), "No batch record:"),
    "alarms": (("alarms.csv",), ""),
    "environment": (("environmental.csv",), "No environmental monitoring:"),
    "nir": ((), "No NIR signals."),
    "blender": ((), "No signals of the blender."),
}
SILENT = {"nir": "NIR331", "blender": "BL321"}


def cut(plant_data: Path, case: str, lacking: str, into: Path) -> Path:
    """A copy of an open deviation without a source."""
    folder = into / case
    shutil.copytree(plant_data / "deviations" / case, folder)
    for name in CUT[lacking][0]:
        (folder / name).unlink()
    if lacking in SILENT:
        for path in folder.glob("historian.csv*"):
            opened = gzip.open if path.suffix == ".gz" else open
            with opened(path, "rt", encoding="utf-8") as file:
                kept = [line for line in file if SILENT[lacking] not in line]
            with opened(path, "wt", encoding="utf-8") as file:
                file.writelines(kept)
    return folder


def investigated(folder: Path, out: Path) -> InvestigationResult:
    return investigate(folder, out, workers=1)


@pytest.mark.data
@pytest.mark.requirement("DIA-056")
@pytest.mark.parametrize("lacking", CUT)
def test_without_a_source_it_is_ranked_and_said(
    plant_data: Path, tmp_path: Path, lacking: str
) -> None:
    done = investigated(cut(plant_data, NORMAL, lacking, tmp_path), tmp_path / "out")
    ranking = done.dossier.ranking
    assert len(ranking.hypotheses) == 22
    assert max(h.probability for h in ranking.hypotheses) < 0.5
    assert ranking.none_of_the_above < 0.5
    said = CUT[lacking][1]
    assert any(text.startswith(said) for text in ranking.missing) or not said
    result = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert result["missing"] == list(ranking.missing)
    containers: tuple[ContainerImpact, ...] = done.dossier.impact.containers
    assert bool(containers) is (lacking != "record")


@pytest.mark.data
@pytest.mark.requirement("DIA-056")
def test_what_only_the_missing_source_shows_is_not_sure_any_more(plant_data: Path) -> None:
    package = choose_twin(None)
    read = read_folder(
        plant_data / "deviations" / FOULED,
        tags=tag_list(package),
        line_id=package.manifest.line_id,
        site_zone=package.manifest.site_zone,
    )
    evidence = decided(read)
    blind = {t: c for t, c in evidence.trajectories.items() if SILENT["nir"] not in t}
    with executor_of(1) as executor:
        found = replay(replace(evidence, trajectories=blind), package)
        ranking = diagnose(found, package, executor=executor).ranking
    assert max(h.probability for h in ranking.hypotheses) < SURE
    assert ranking.none_of_the_above < SURE
    fouling = next(h for h in ranking.hypotheses if h.cause == "nir_fouling")
    assert 0.02 < fouling.probability < 0.5


@pytest.mark.data
@pytest.mark.requirement("DIA-056")
def test_without_a_historian_export_nothing_can_be_replayed(
    plant_data: Path, tmp_path: Path
) -> None:
    folder = tmp_path / NORMAL
    shutil.copytree(plant_data / "deviations" / NORMAL, folder)
    for path in folder.glob("historian*"):
        path.unlink()
    with pytest.raises(UnusableInput, match=r"holds no historian export.*; add the historian"):
        investigated(folder, tmp_path / "out")
    assert not (tmp_path / "out").exists()
