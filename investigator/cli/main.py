"""The command `investigator` with words after it; how it ends is said in `status`."""

from collections.abc import Sequence

from investigator.cli.parser import build_parser
from investigator.cli.status import status_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    Args:
        arguments: the words after `investigator`; None takes them from the process.
    """

    def run() -> int:
        request = build_parser().parse_args(arguments)
        status: int = request.run(request)
        return status

    return status_of(run)
