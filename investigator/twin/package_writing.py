"""Files written into a twin package: every file whole, the list of digests last.

- All files are written beside the package's own first; each then takes its place in one step.
- Who is interrupted leaves a package that does not load and says which file differs; the same
  command, begun again, mends it, for no file is ever half there.
"""

import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

from investigator.domain.errors import UnusableInput
from investigator.twin.digests import seal

# Names that begin with a point are none of the package's files.
_BESIDE = ".writing-"


def write_files(folder: Path, texts: Mapping[str, str], *, gone: Collection[str] = ()) -> str:
    """Write texts by relative path into a package and seal it; the digest of the package.

    `gone`: paths of files that it is to hold no longer.

    Raises:
        UnusableInput: the package cannot be written.
    """
    try:
        for left in folder.glob(f"{_BESIDE}*"):
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(dir=folder, prefix=_BESIDE) as beside:
            for place, text in enumerate(texts.values()):
                (Path(beside) / str(place)).write_text(text, encoding="utf-8", newline="\n")
            for place, name in enumerate(texts):
                (folder / name).parent.mkdir(exist_ok=True)
                (Path(beside) / str(place)).replace(folder / name)
            for name in gone:
                (folder / name).unlink(missing_ok=True)
        return seal(folder)
    except OSError as fault:
        raise UnusableInput(
            folder.name,
            f"cannot be written ({fault.strerror})",
            "give it space and the right to write, then repeat the command",
        ) from fault
