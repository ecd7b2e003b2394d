"""The command `investigator`.

- 0: the work was done.
- 1: the work was done and something was found wrong.
- 2: the request or the input cannot be used; one sentence on standard error says why.
- 3: an internal fault; a sentence says where the details were written.
"""

from collections.abc import Sequence

from investigator.casework.fault import fault_sentence
from investigator.cli.console import complain
from investigator.cli.parser import build_parser
from investigator.domain.errors import InvestigatorError

DONE = 0
UNUSABLE = 2
FAULT = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    Args:
        arguments: the words after `investigator`; None takes them from the process.
    """
    try:
        request = build_parser().parse_args(arguments)
        status: int = request.run(request)
    except InvestigatorError as unusable:
        complain(_one_line(str(unusable)))
        return UNUSABLE
    except Exception as fault:  # noqa: BLE001 - the last resort: every fault ends as a sentence
        complain(fault_sentence(fault))
        return FAULT
    return status


def _one_line(sentence: str) -> str:
    return " ".join(sentence.split())
