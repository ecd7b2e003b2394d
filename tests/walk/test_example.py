"""From the files of the shipped example to report and result, as a person would ask for it.

Given the deviation that ships with the program, when it is investigated with one and with two
workers, then both runs tell the same, and what they tell is whole.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from investigator.casework.twins import choose_twin

UNITS = {
    "assay": "% LC",
    "weight": "mg",
    "hardness": "N",
    "q30": "% LC",
    "water": "%",
    "api_fraction": "kg/kg",
    "mgst_fraction": "kg/kg",
    "tensile_strength": "MPa",
}


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the command wrote and told."""

    out: Path
    told: str
    progress: str

    @property
    def text(self) -> bytes:
        return (self.out / "result.json").read_bytes()

    @property
    def result(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.text)
        return document


def investigate(folder: Path, out: Path, *options: str, hash_seed: str = "0") -> Run:
    """A run in a process of its own; `hash_seed` is that of Python's sets and dictionaries."""
    command = [sys.executable, "-m", "investigator", "investigate", str(folder), "--out", str(out)]
    done = subprocess.run(
        [*command, *options],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
    )
    assert done.returncode == 0, done.stderr
    return Run(out, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def run(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    out = tmp_path_factory.mktemp("walk") / "two"
    return investigate(example, out, "--no-timings", "--workers", "2", hash_seed="2")


@pytest.mark.requirement("OUT-004", "RPT-002")
def test_one_worker_gives_the_same_bytes_as_two(run: Run, example: Path, tmp_path: Path) -> None:
    """In processes whose sets are in another order, too."""
    alone = investigate(example, tmp_path / "one", "--no-timings", "--workers", "1", hash_seed="1")
    assert alone.text == run.text
    assert (alone.out / "report.pdf").read_bytes() == (run.out / "report.pdf").read_bytes()


@pytest.mark.requirement("EVD-002", "EVD-003")
def test_every_file_is_named_by_digest_and_kept(run: Run, example: Path) -> None:
    digests = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in example.iterdir()}
    assert {item["file"]: item["sha256"] for item in run.result["evidence"]} == digests
    kept = sorted((run.out / "evidence").iterdir())
    assert [p.name for p in kept] == sorted(digests.values())
    assert all(hashlib.sha256(p.read_bytes()).hexdigest() == p.name for p in kept)


@pytest.mark.requirement("EVD-005")
def test_the_clock_of_the_record_is_stated(run: Run) -> None:
    (offset, *_) = run.result["clock_offsets"]
    assert abs(offset["offset_s"]) <= 90
    assert offset["uncertainty_s"] > 0


@pytest.mark.requirement("TWN-001")
def test_the_twin_is_named_with_status_and_digest(run: Run) -> None:
    twin = run.result["twin"]
    assert (twin["id"], twin["version"]) == ("cdc_line_3", "0.1.0")
    assert twin["status"] == choose_twin(None).standing.status
    assert twin["digest"].startswith("sha256:")
    assert len(twin["digest"]) == len("sha256:") + 64


@pytest.mark.requirement("DIA-001", "DIA-002")
def test_causes_are_ranked_with_the_classes_outside_the_list(run: Run) -> None:
    ranked = run.result["ranked_hypotheses"]
    probabilities = [hypothesis["probability"] for hypothesis in ranked]
    assert len({hypothesis["cause"] for hypothesis in ranked}) >= 10
    assert probabilities == sorted(probabilities, reverse=True)
    outside = (run.result["none_of_the_above"], run.result["no_deviation"])
    assert all(0 <= p <= 1 for p in (*probabilities, *outside))
    assert sum(outside) + sum(probabilities) >= 0.999


@pytest.mark.requirement("DIA-001", "DIA-002", "IMP-001")
def test_the_cause_and_the_drums_of_the_example_are_found(run: Run) -> None:
    lead = run.result["ranked_hypotheses"][0]
    assert lead["cause"] == "api_loadcell_drift"
    assert lead["probability"] > 0.8
    assert re.fullmatch(r"\S+ % \(95 %: \S+ to \S+\)", lead["magnitude"])
    assert lead["why"].endswith(".")
    assert run.result["onset"] == lead["onset"]
    drums = {f"TA50-26-0540-D{n:02d}" for n in (6, 7, 8)}
    assert drums <= set(run.result["affected_containers"])
    assert len(run.result["affected_containers"]) < len(run.result["container_quality"])


@pytest.mark.requirement("EVD-005", "OUT-003")
def test_times_carry_the_offset_of_the_site_and_lie_in_the_run(run: Run) -> None:
    result = run.result
    assert result["affected_interval"] == [
        result["affected_intervals"][0][0],
        result["affected_intervals"][-1][1],
    ]
    times = [result["onset"], *result["affected_interval"]]
    times += [h[key] for h in result["ranked_hypotheses"] for key in ("onset", "end") if h[key]]
    for time in times:
        assert re.fullmatch(r"2026-03-1[23]T\d\d:\d\d:\d\d\+01:00", time)
        assert "2026-03-12T22:30" <= time <= "2026-03-13T07:10"


@pytest.mark.requirement("IMP-001")
def test_every_container_has_its_predicted_quality(run: Run) -> None:
    quality = run.result["container_quality"]
    assert quality
    assert set(quality) == set(run.result["disposition_proposed"])
    assert set(run.result["affected_containers"]) <= set(quality)
    for attributes in quality.values():
        assert {name: a["unit"] for name, a in attributes.items()} == UNITS
        assert all(a["lo95"] <= a["mean"] <= a["hi95"] for a in attributes.values())
        assert 0.15 < attributes["api_fraction"]["mean"] < 0.25
        assert 0.005 < attributes["mgst_fraction"]["mean"] < 0.02
        for attribute in attributes.values():
            assert attribute["p_conform"] is None or 0 <= attribute["p_conform"] <= 1


@pytest.mark.requirement("OUT-003")
def test_what_was_decided_by_default_is_listed(run: Run) -> None:
    assert any("twin" in sentence for sentence in run.result["assumptions"])
    assert run.result["marking"] == "unattended draft, not reviewed"


@pytest.mark.requirement("RPT-001")
def test_every_page_of_the_report_is_marked_and_drawn_in_vectors(run: Run) -> None:
    document = pypdfium2.PdfDocument(run.out / "report.pdf")
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert len(pages) > 2
    assert all("unattended draft, not reviewed" in page for page in pages)
    with pikepdf.open(run.out / "report.pdf") as pdf:
        assert not any(len(page.get_images()) for page in pdf.pages)
        strokes = [
            sum(str(op.operator) in {"l", "c"} for op in pikepdf.parse_content_stream(page))
            for page in pdf.pages
        ]
    assert max(strokes) > 500


@pytest.mark.requirement("RPT-062", "RPT-063", "RPT-064", "RPT-065")
def test_the_report_of_an_unattended_run_lays_the_batch_beside_normal_ones(run: Run) -> None:
    document = pypdfium2.PdfDocument(run.out / "report.pdf")
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for heading in ("Control chart", "Change points", "Leads and lags", "Envelope of normal"):
        assert heading in text


@pytest.mark.requirement("CLI-004", "CLI-005")
def test_the_summary_goes_to_standard_output_and_progress_to_standard_error(run: Run) -> None:
    assert run.result["deviation_number"] in run.told
    assert str(run.out / "report.pdf") in run.told
    assert all(container in run.told for container in run.result["affected_containers"])
    assert "reading historian.csv.gz" in run.progress
    assert "reading historian.csv.gz" not in run.told


@pytest.mark.requirement("DIA-004")
def test_a_given_cause_is_fitted_alone(run: Run, example: Path, tmp_path: Path) -> None:
    cause = run.result["ranked_hypotheses"][0]["cause"]
    given = investigate(example, tmp_path / "given", "--cause", cause).result
    assert [hypothesis["cause"] for hypothesis in given["ranked_hypotheses"]] == [cause]
    assert any(cause in sentence for sentence in given["assumptions"])
    assert list(given["timings_s"]) == ["read", "replay", "diagnose", "impact", "report"]


@pytest.mark.requirement("EVD-002", "TWN-003")
def test_export_and_record_are_enough_and_what_is_missed_is_told(
    example: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "DEV-Y"
    folder.mkdir()
    shutil.copyfile(example / "batch_record.xml", folder / "batch_record.xml")
    rows = gzip.decompress((example / "historian.csv.gz").read_bytes()).decode().splitlines()
    kept = [row for row in rows if "NIR331" not in row]
    (folder / "export.csv").write_text("\n".join(kept), encoding="utf-8")
    result = investigate(folder, tmp_path / "out").result
    told = " ".join(result["assumptions"])
    for lost in ("nir.api", "laboratory", "alarm", "environment"):
        assert lost in told
    assert result["deviation_number"] is None
    assert {f["kind"] for f in result["data_quality"]} >= {"missing_source"}
    assert all(set(q) == set(UNITS) for q in result["container_quality"].values())


@pytest.mark.data
@pytest.mark.requirement("OUT-003")
def test_the_scorer_reads_the_result(run: Run, plant_data: Path, shared_tools: Path) -> None:
    scorer = [sys.executable, str(shared_tools / "score_cases.py")]
    truth = ["--truth", str(plant_data / "deviations-truth")]
    done = subprocess.run(
        [*scorer, *truth, "--results", str(run.out / "result.json")],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "answered 1" in done.stdout
    assert "unknown container ids" not in done.stdout
