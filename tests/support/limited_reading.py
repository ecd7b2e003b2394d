"""Reads a file as the program does, with a limit of memory and of processor time.

`read`: every part balances its ledger. `refused`: one sentence to a person. Anything else is
`failed`, with the reason.

    python -m support.limited_reading FILE ...     each answered by a line of JSON
"""

import json
import re
import resource
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import ImportProfile
from investigator.evidence.files import read_named
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.inspect import inspect_path
from support.balance import imbalance

SECONDS = 10
MEMORY_BYTES = 1 << 30
ZONE = "Europe/Berlin"
LINE = "CDC-3"
SENTENCE = re.compile(r"[^\n]{10,2000}")
SAID = 300


class TooLongError(BaseException):
    """A file took longer than it may."""


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise TooLongError


def ended(
    path: Path,
    *,
    tags: Mapping[str, TagFacts],
    profiles: Mapping[str, ImportProfile],
    preview: bool,
) -> tuple[str, str]:
    """How the reading of a file ended, and what was said.

    Args:
        path: the file.
        tags: tag list of the line.
        profiles: given ones.
        preview: whether it is also shown as the preview of a file is, with its findings.
    """
    signal.signal(signal.SIGPROF, _too_long)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        readings = read_named(
            [(path, path.name)],
            tags=tags,
            line_id=LINE,
            site_zone=ZONE,
            profiles=profiles,
            progress=lambda _: None,
        )
        if preview:
            inspect_path(path, tags=tags, line_id=LINE, site_zone=ZONE).as_json()
        wrong = next(imbalance(readings, path.read_bytes()), "")
        return ("failed", wrong) if wrong else ("read", "")
    except UnusableInput as refused:
        one = SENTENCE.fullmatch(str(refused))
        return ("refused" if one else "failed"), str(refused)[:SAID]
    except TooLongError:
        return "failed", f"took longer than {SECONDS} s"
    except BaseException as fault:  # noqa: BLE001 - whatever it is, it is the finding
        return "failed", f"{type(fault).__name__}: {str(fault)[:SAID]} at {_place(fault)}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _place(fault: BaseException) -> str:
    """The last line of the program's own that the fault came through."""
    frames = traceback.extract_tb(fault.__traceback__)
    own = [frame for frame in frames if "investigator" in frame.filename] or frames
    return f"{Path(own[-1].filename).name}:{own[-1].lineno}"


def limit_memory() -> None:
    """Let the process take so much above what it has now, and no more."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def warm_up(folder: Path) -> None:
    """Load the libraries, which take memory once."""
    path = folder / "warm-up.csv"
    path.write_text("Tag,Timestamp,Value,Status\nT,2026-03-01T00:00:00Z,1,Good\n")
    ended(path, tags={}, profiles={}, preview=True)
    path.unlink()


def main(arguments: Sequence[str]) -> None:
    """Read files and say of each how that ended."""
    warnings.simplefilter("error")
    paths = [Path(argument) for argument in arguments]
    warm_up(paths[0].parent)
    limit_memory()
    for path in paths:
        began = time.process_time()
        outcome, what = ended(path, tags={}, profiles={}, preview=False)
        took = round(time.process_time() - began, 3)
        said = {"file": path.name, "outcome": outcome, "what": what, "cpu_s": took}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
