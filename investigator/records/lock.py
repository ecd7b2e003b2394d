"""One workspace, one program that writes: the second one is told, not harmed.

The lock belongs to the process: when it ends, however it ends, the system frees it.
"""

import os
import sys
from pathlib import Path
from types import TracebackType

from investigator.domain.errors import UnusableInput, UnusableRequest

NAME = "workspace.lock"


class Lock:
    """Holds a workspace for this process until it is released.

    Raises:
        UnusableRequest: another process holds it.
        UnusableInput: the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as fault:
            raise UnusableInput(
                folder.name,
                f"cannot be written ({fault.strerror})",
                "check the rights and the disk",
            ) from None
        try:
            _take(self._handle)
        except OSError:
            os.close(self._handle)
            raise UnusableRequest(
                f'The workspace "{folder.name}" is in use by another program; close that first.'
            ) from None

    def release(self) -> None:
        """Let others have the workspace."""
        os.close(self._handle)

    def __enter__(self) -> "Lock":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
