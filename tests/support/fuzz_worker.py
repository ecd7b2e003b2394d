"""A process that reads damaged files, one for every seed it is given, and says how each ended.

A line with a seed comes in, a line of JSON goes out.

    python -m support.fuzz_worker DATA SCRATCH        seeds on standard input
    python -m support.fuzz_worker DATA SCRATCH SEED   that one file, left in SCRATCH
"""

import json
import random
import sys
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import ImportProfile
from investigator.evidence.historian.facts import read_tag_list
from investigator.evidence.opened import open_file
from support.fuzz_corpus import samples
from support.fuzz_mutations import damaged
from support.limited_reading import ZONE, ended, limit_memory, warm_up


class Worker:
    """Reads damaged files one after the other."""

    def __init__(self, data: Path, scratch: Path) -> None:
        self._files = samples(data)
        self._scratch = scratch
        self._tags = read_tag_list(data / "cdc_line_3" / "tags.csv")
        self._profiles: dict[str, dict[str, ImportProfile]] = {}

    def run(self, seed: int, *, keep: bool = False) -> dict[str, object]:
        """How one damaged file ended; it is left where it is if it is to be kept."""
        rng = random.Random(seed)
        name = rng.choice(list(self._files))
        kept, content, done = damaged(rng, name, self._files[name], list(self._files.values()))
        path = self._scratch / kept
        path.write_bytes(content)
        began = time.process_time()
        outcome, what = ended(
            path,
            tags=self._tags if name.startswith("DEV-OPEN") and rng.random() < 0.8 else {},
            profiles=self._given(name, path.name) if rng.random() < 0.5 else {},
            preview=rng.random() < 0.2,
        )
        took = round(time.process_time() - began, 3)
        if not keep:
            path.unlink()
        said = {"seed": seed, "file": name, "done": done, "outcome": outcome, "what": what}
        return {**said, "cpu_s": took}

    def _given(self, name: str, file: str) -> dict[str, ImportProfile]:
        """The profiles of the undamaged file, as a person would have saved them."""
        if name not in self._profiles:
            self._profiles[name] = self._proposed(name)
        return {file + member: profile for member, profile in self._profiles[name].items()}

    def _proposed(self, name: str) -> dict[str, ImportProfile]:
        whole = self._scratch / f"whole-{name}"
        whole.write_bytes(self._files[name])
        try:
            parts = open_file(whole, "", zone=ZONE, profiles={})
        except UnusableInput:
            parts = ()
        whole.unlink()
        told = {part.name: part.recognition.profile for part in parts}
        return {member: profile for member, profile in told.items() if profile is not None}


def main(arguments: Sequence[str]) -> None:
    """Read seeds from standard input, or read the file of one and leave it."""
    warnings.simplefilter("error")
    scratch = Path(arguments[1])
    worker = Worker(Path(arguments[0]), scratch)
    if len(arguments) > 2:
        sys.stdout.write(json.dumps(worker.run(int(arguments[2]), keep=True)) + "\n")
        return
    warm_up(scratch)
    limit_memory()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(worker.run(int(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
