"""Campaign: damaged sample files are read or refused in a sentence, and nothing else happens.

Every seed names one damaged file: a sample beside the checkout, with bytes flipped, cells and rows
moved, entities, zeros, other encodings. It is read in a process with a limit of memory and of
processor time. What fails is written down with its seed into `out/fuzz/failures.jsonl` and can be
made again: `PYTHONPATH=tests python -m support.fuzz_worker ../shared/data SCRATCH SEED`.

`FUZZ_RUNS` is the number of files, 200 in the suite; `make fuzz` takes 20,000. `FUZZ_FROM` is the
first seed.
"""

import json
import os
import select
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

RUNS = int(os.environ.get("FUZZ_RUNS", "200"))
FROM = int(os.environ.get("FUZZ_FROM", "1"))
PATIENCE_S = 120
"""Far above the processor time that a file may take: only a hang inside a library waits so long."""


class Reader:
    """A worker process, replaced when it dies or does not answer."""

    def __init__(self, data: Path, scratch: Path, tests: Path) -> None:
        self._command = [sys.executable, "-m", "support.fuzz_worker", str(data), str(scratch)]
        paths = [str(tests), str(tests.parent)]
        self._environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(paths),
            "ARROW_DEFAULT_MEMORY_POOL": "system",
        }
        self._process = self._started()

    def _started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=self._environment,
        )

    def read(self, seed: int) -> dict[str, Any]:
        """How the file of a seed ended."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        stdin.write(f"{seed}\n")
        stdin.flush()
        answer = stdout.readline() if select.select([stdout], [], [], PATIENCE_S)[0] else ""
        if answer:
            return dict(json.loads(answer))
        status = self._process.poll()
        self.end()
        self._process = self._started()
        said = "no answer" if status is None else f"the process ended with {status}"
        return {"seed": seed, "outcome": "failed", "what": said, "cpu_s": 0.0}

    def end(self) -> None:
        """Stop the process."""
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def reader(shared_data: Path, tmp_path: Path, checkout: Path) -> Iterator[Reader]:
    running = Reader(shared_data, tmp_path, checkout / "tests")
    yield running
    running.end()


@pytest.mark.data
@pytest.mark.requirement("EVD-155")
def test_damaged_files_are_read_or_refused(reader: Reader, checkout: Path) -> None:
    outcomes = Counter[str]()
    failures, slowest = [], 0.0
    for seed in range(FROM, FROM + RUNS):
        ended = reader.read(seed)
        outcomes[ended["outcome"]] += 1
        slowest = max(slowest, ended["cpu_s"])
        if ended["outcome"] == "failed":
            failures.append(ended)
    sys.stdout.write(f"\n{dict(outcomes)}, slowest {slowest:.1f} s of processor time\n")
    if failures:
        written = checkout / "out" / "fuzz" / "failures.jsonl"
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_text("".join(json.dumps(one) + "\n" for one in failures))
    assert failures == []
    assert outcomes["read"] > RUNS // 10
    assert outcomes["refused"] > RUNS // 10
