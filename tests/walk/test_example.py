"""From the files of the shipped example to report and result, as a person would ask for it.

Given the deviation that ships with the program, when it is investigated with one and with two
workers, then both runs tell the same, and what they tell is whole.
"""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

SCORED = {
    "assay",
    "weight",
    "hardness",
    "q30",
    "water",
    "api_fraction",
    "mgst_fraction",
    "tensile_strength",
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


def investigate(folder: Path, out: Path, *options: str) -> Run:
    command = [sys.executable, "-m", "investigator", "investigate", str(folder), "--out", str(out)]
    done = subprocess.run([*command, *options], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return Run(out, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def run(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    out = tmp_path_factory.mktemp("walk") / "two"
    return investigate(example, out, "--no-timings", "--workers", "2")


@pytest.mark.requirement("OUT-004", "RPT-002")
def test_one_worker_gives_the_same_bytes_as_two(run: Run, example: Path, tmp_path: Path) -> None:
    alone = investigate(example, tmp_path / "one", "--no-timings", "--workers", "1")
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
    assert (twin["id"], twin["version"], twin["status"]) == ("cdc_line_3", "0.1.0", "draft")
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


@pytest.mark.requirement("IMP-001")
def test_every_container_has_its_predicted_quality(run: Run) -> None:
    quality = run.result["container_quality"]
    assert quality
    assert set(quality) == set(run.result["disposition_proposed"])
    assert set(run.result["affected_containers"]) <= set(quality)
    for attributes in quality.values():
        assert set(attributes) >= SCORED
        assert all(a["lo95"] <= a["mean"] <= a["hi95"] for a in attributes.values())


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
    assert set(given["timings_s"]) >= {"read", "diagnose", "impact", "report"}


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
