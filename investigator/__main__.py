"""`investigator`, and `python -m investigator`: the window; with words after it, the console.

The two doors do not know each other; which one is opened is decided here.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window, or run one command; the exit status.

    Args:
        arguments: the words after `investigator`; None takes them from the process.
    """
    from investigator.cli.status import status_of

    words = sys.argv[1:] if arguments is None else list(arguments)
    return status_of((lambda: _console(words)) if words else _window)


def _console(words: Sequence[str]) -> int:
    from investigator.cli.main import main as console

    return console(words, window=_window if _seen() else None)


def _window(workspace: Path | None = None, case_id: str | None = None) -> int:
    if _blind():
        raise _no_window("there is no display")
    try:
        from investigator.desktop.app import run
    except ImportError as missing:
        raise _no_window(str(missing)) from None
    status: int = run(workspace, case_id)
    return status


def _seen() -> bool:
    """Whether a window that was not asked for would be seen by anybody."""
    return not _blind() and os.environ.get("QT_QPA_PLATFORM") not in ("offscreen", "minimal")


def _blind() -> bool:
    """Qt ends the program where it finds no display."""
    shown = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform == "linux" and not any(os.environ.get(name) for name in shown)


def _no_window(why: str) -> Exception:
    from investigator.domain.errors import UnusableRequest

    return UnusableRequest(
        f"The window cannot be opened here ({why}); every act can be done from the console, "
        "see investigator --help."
    )


if __name__ == "__main__":
    sys.exit(main())
