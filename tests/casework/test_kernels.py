"""What an investigation is worked out by can be compiled beforehand, all of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# An investigation in a process of its own, which tells what it had to compile.
INVESTIGATION = """
import sys
from pathlib import Path
from numba.core import event

class Told(event.Listener):
    def on_start(self, event):
        sys.stdout.write(f"compiled {event.data['dispatcher'].py_func.__qualname__}\\n")

    def on_end(self, event):
        pass

event.register("numba:compile", Told())
from investigator.casework.investigate import investigate
from investigator.casework.places import example_folder

done = investigate(example_folder(), Path(sys.argv[1]), workers=2)
sys.stdout.write(f"{done.out}\\n")
"""


def told(cache: Path, *words: object) -> list[str]:
    """What Python writes where compiled code is kept in this folder only."""
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "NUMBA_CACHE_DIR": str(cache)},
    )
    return done.stdout.splitlines()


@pytest.mark.requirement("TWN-170", "CLI-096")
def test_after_compiling_an_investigation_compiles_nothing(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert told(cache, "-m", "investigator", "compile") == ["The simulation is compiled."]
    out = tmp_path / "out"
    assert told(cache, "-c", INVESTIGATION, out) == [str(out)]
    assert (out / "result.json").is_file()
