"""The command `investigator` with words after it; how it ends is said in `status`."""

from collections.abc import Sequence

from investigator.cli.demo import Window
from investigator.cli.parser import build_parser
from investigator.cli.status import status_of


def main(arguments: Sequence[str] | None = None, *, window: Window | None = None) -> int:
    """Run one command and return its exit status.

    Args:
        arguments: the words after `investigator`; None takes them from the process.
        window: opens the window; None where nobody would see it.
    """

    def run() -> int:
        request = build_parser().parse_args(arguments)
        request.window = window
        status: int = request.run(request)
        return status

    return status_of(run)
