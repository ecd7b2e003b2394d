"""A file that is whole or not there, also after the power failed."""

import os
import tempfile
from pathlib import Path


def write_durably(place: Path, data: bytes) -> None:
    """Write beside the place, force it to the disk, then give it its name; replaces what was there.

    Raises:
        OSError: the disk refuses it; what was there before is untouched.
    """
    handle, name = tempfile.mkstemp(prefix=".part-", dir=place.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    _force_folder(place.parent)


def _force_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
