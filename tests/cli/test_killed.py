"""A command that is killed in the middle of its act leaves a log that is whole, and an act that
either happened or did not; whatever was acknowledged is there."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.console import Console
from support.desks import desk_at, populated
from support.investigations import CASE, CONTAINED
from support.trust import PASSWORD

from investigator.casework.installation import HOME
from investigator.casework.verification import verify
from investigator.domain.acts.act import Act
from investigator.records.workspace import entries_found

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is a signal of POSIX")

KILLED_INSIDE = """
import os, signal, sys
from investigator.__main__ import main
from investigator.records import log

write = log._write

def killed(connection, entries, *more):
    write(connection, entries, *more)
    if entries[0].act == "containment recorded":
        os.kill(os.getpid(), signal.SIGKILL)

log._write = killed
sys.exit(main(sys.argv[1:]))
"""

CONTAINING = """
import io, sys
from support.console import Console

for number in range(1000):
    told = Console().by("ann", "case", "contain", sys.argv[1], f"measure {number}")
    print(told.out or told.err, end="", flush=True)
"""


@pytest.fixture
def environment(tmp_path: Path, checkout: Path) -> dict[str, str]:
    path = os.pathsep.join([str(checkout / "tests"), str(checkout)])
    return {**os.environ, "PYTHONPATH": path, HOME: str(tmp_path / "home")}


def acts_in(workspace: Path) -> list[str]:
    return [entry.act for entry in entries_found(workspace)]


@pytest.mark.requirement("CLI-009", "REC-022")
def test_an_act_killed_inside_its_transaction_has_not_happened(
    console_before: Callable[[Act | None], Console], tmp_path: Path, environment: dict[str, str]
) -> None:
    console = console_before(CONTAINED)
    workspace = tmp_path / "w"
    before = acts_in(workspace)
    words = ("case", "contain", CASE, "Line stopped.", "--workspace", str(workspace))
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_INSIDE, *words, "--user", "ann", "--password-stdin"],
        check=False,
        input=f"{PASSWORD}\n",
        capture_output=True,
        text=True,
        env=environment,
    )
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, "")
    assert (workspace / "workspace.sqlite-journal").exists()
    assert verify(workspace).faults == ()
    assert set(acts_in(workspace)[len(before) :]) <= {"signed in", "password changed"}
    console.done("ann", "case", "contain", CASE, "Line stopped.")
    assert verify(workspace).faults == ()


@pytest.mark.requirement("CLI-009", "REC-022")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_commands_killed_at_any_moment_lose_nothing_that_was_acknowledged(
    seed: int, tmp_path: Path, environment: dict[str, str]
) -> None:
    workspace = populated(tmp_path, before=CONTAINED)
    environment["INVESTIGATOR_WORKSPACE"] = str(workspace)
    with subprocess.Popen(
        [sys.executable, "-c", CONTAINING, CASE],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline()]
        time.sleep(random.Random(seed).uniform(0.0, 1.0))
        writer.send_signal(signal.SIGKILL)
        lines += writer.stdout.read().splitlines(keepends=True)
    acknowledged = [
        int(line.split()[1].rstrip(":"))
        for line in lines
        if line.endswith("\n") and line.startswith("Entry ")
    ]
    assert acknowledged
    assert verify(workspace).faults == ()
    acts = acts_in(workspace)
    assert all(acts[number] == "containment recorded" for number in acknowledged)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME, environment[HOME])
        with desk_at(workspace) as desk:
            desk.sign_in("ann", PASSWORD)
            measures = desk.case(CASE).containment
    assert measures is not None
    assert measures.sequence >= acknowledged[-1]
