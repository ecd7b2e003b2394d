"""A program killed in the middle of its work leaves a workspace that opens and verifies."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support.workspaces import ANN, note, open_, populated

from investigator.records.verify import verify_workspace

WRITER = """
import sys
from pathlib import Path
from support.workspaces import ANN, note, open_

with open_(Path(sys.argv[1])) as workspace:
    for number in range(100_000):
        digest = workspace.blobs.keep(b"%d" % number)
        draft = note(number)
        entry, _ = workspace.append([draft, draft], by=ANN)
        sys.stdout.write(f"{entry.sequence + 1}\\n")
        sys.stdout.flush()
"""

KILLED_INSIDE = """
import os, signal, sys
from pathlib import Path
from support.workspaces import ANN, note, open_

with open_(Path(sys.argv[1])) as workspace:
    workspace.log.append([note(1)], by=ANN, also=lambda _: os.kill(os.getpid(), signal.SIGKILL))
"""


def environment(checkout: Path) -> dict[str, str]:
    path = os.pathsep.join([str(checkout / "tests"), str(checkout)])
    return {**os.environ, "PYTHONPATH": path}


@pytest.mark.requirement("REC-022")
@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a signal of POSIX")
def test_an_act_killed_before_its_end_has_not_happened(tmp_path: Path, checkout: Path) -> None:
    folder = populated(tmp_path / "w")
    before = verify_workspace(folder)
    command = [sys.executable, "-c", KILLED_INSIDE, str(folder)]
    killed = subprocess.run(command, env=environment(checkout), check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (folder / "workspace.sqlite-journal").exists()
    assert verify_workspace(folder) == before


@pytest.mark.requirement("REC-022")
@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a signal of POSIX")
@pytest.mark.parametrize("acknowledged", [1, 2, 5, 9, 14])
def test_what_was_acknowledged_survives_a_kill(
    tmp_path: Path, checkout: Path, acknowledged: int
) -> None:
    folder = populated(tmp_path / "w")
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment(checkout),
    ) as writer:
        assert writer.stdout is not None
        lines = [int(writer.stdout.readline()) for _ in range(acknowledged)]
        writer.send_signal(signal.SIGKILL)
        lines += [int(line) for line in writer.stdout.read().split("\n")[:-1]]
    facts = verify_workspace(folder)
    assert facts.faults == ()
    assert facts.entries >= lines[-1] + 1
    assert facts.entries % 2 == 1, "an act of two entries is whole or not there"
    with open_(folder) as workspace:
        workspace.append([note(0)], by=ANN)
    assert verify_workspace(folder).faults == ()
