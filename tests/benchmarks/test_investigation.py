"""How long each step of an investigation takes, and the most memory that a whole one needs.

Figures are recorded, none is judged: a slow machine is no fault. `make bench` prints the table.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from investigator.analysis.diagnosis import Diagnosis, Replay, diagnose, replay
from investigator.analysis.impact import assess_impact
from investigator.analysis.replaying import replay_recorded
from investigator.casework.dossier import Settings, assemble_dossier
from investigator.casework.investigate import executor_of
from investigator.casework.twins import choose_twin, tag_list
from investigator.domain.dossier import Dossier
from investigator.domain.evidence import Evidence
from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder
from investigator.report.build import build_report
from investigator.twin.package import TwinPackage

WORKERS = 2
SETTINGS = Settings(seed=0, causes=None, twin_named=False)


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with executor_of(WORKERS) as made:
        yield made


@pytest.fixture(scope="module")
def package() -> TwinPackage:
    return choose_twin(None)


def read(folder: Path, package: TwinPackage) -> Evidence:
    manifest = package.manifest
    as_read = read_folder(
        folder,
        tags=tag_list(package),
        line_id=manifest.line_id,
        site_zone=manifest.site_zone,
    )
    return decided(as_read)


@pytest.fixture(scope="module")
def evidence(example: Path, package: TwinPackage) -> Evidence:
    return read(example, package)


@pytest.fixture(scope="module")
def replayed(evidence: Evidence, package: TwinPackage) -> Replay:
    return replay(evidence, package)


@pytest.fixture(scope="module")
def diagnosis(replayed: Replay, package: TwinPackage, executor: Executor) -> Diagnosis:
    return diagnose(replayed, package, executor=executor)


@pytest.fixture(scope="module")
def dossier(
    evidence: Evidence, package: TwinPackage, diagnosis: Diagnosis, executor: Executor
) -> Dossier:
    impact = assess_impact(package, diagnosis, seed=0, executor=executor)
    run = diagnosis.replay.comparison.record
    driven = replay_recorded(run, package, executor=executor, seed=0)
    return assemble_dossier(evidence, package, diagnosis, driven, impact, SETTINGS)


def test_read(benchmark: BenchmarkFixture, example: Path, package: TwinPackage) -> None:
    benchmark.pedantic(read, args=(example, package), rounds=3, warmup_rounds=1)


def test_replay(benchmark: BenchmarkFixture, evidence: Evidence, package: TwinPackage) -> None:
    benchmark.pedantic(replay, args=(evidence, package), rounds=3, warmup_rounds=1)


def test_diagnosis(
    benchmark: BenchmarkFixture, replayed: Replay, package: TwinPackage, executor: Executor
) -> None:
    benchmark.pedantic(
        diagnose,
        args=(replayed, package),
        kwargs={"executor": executor},
        rounds=2,
        warmup_rounds=1,
    )


def test_impact(
    benchmark: BenchmarkFixture,
    package: TwinPackage,
    diagnosis: Diagnosis,
    executor: Executor,
) -> None:
    benchmark.pedantic(
        assess_impact,
        args=(package, diagnosis),
        kwargs={"seed": 0, "executor": executor},
        rounds=3,
    )


def test_report(benchmark: BenchmarkFixture, dossier: Dossier) -> None:
    benchmark.pedantic(build_report, args=(dossier,), rounds=3)


def test_whole_command(benchmark: BenchmarkFixture, example: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = ["investigate", str(example), "--out", str(out), "--workers", str(WORKERS)]
    benchmark.pedantic(
        subprocess.run,
        args=([sys.executable, "-m", "investigator", *command],),
        kwargs={"check": True, "capture_output": True},
        rounds=1,
    )
    peak_kib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    result = json.loads((out / "result.json").read_text(encoding="utf-8"))
    benchmark.extra_info["peak_mib"] = round(peak_kib / 1024)
    benchmark.extra_info["steps_s"] = result["timings_s"]
    sys.stdout.write(f"\npeak memory {peak_kib / 1024:.0f} MiB, steps {result['timings_s']}\n")
