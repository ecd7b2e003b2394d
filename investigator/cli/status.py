"""How a command ends: its exit status, and one sentence where something stopped it.

- 0: the work was done.
- 1: the work was done and something was found wrong.
- 2: the request or the input cannot be used, or the work was stopped by Ctrl+C; one sentence on
  standard error says why.
- 3: an internal fault; a sentence says where the details were written.
"""

from collections.abc import Callable

from investigator.casework.background import WorkFailed
from investigator.casework.fault import fault_file, fault_sentence
from investigator.cli.console import complain
from investigator.domain.errors import InvestigatorError

DONE = 0
UNUSABLE = 2
FAULT = 3


def status_of(work: Callable[[], int]) -> int:
    """Do the work; whatever stops it ends as one sentence and its exit status."""
    try:
        return work()
    except InvestigatorError as unusable:
        complain(_one_line(str(unusable)))
        return UNUSABLE
    except KeyboardInterrupt:
        complain("stopped by Ctrl+C.")
        return UNUSABLE
    except WorkFailed as failed:
        complain(f"{_one_line(str(failed))} The details are in {fault_file(failed)}.")
        return FAULT
    except Exception as fault:  # noqa: BLE001 - the last resort: every fault ends as a sentence
        complain(fault_sentence(fault))
        return FAULT


def _one_line(sentence: str) -> str:
    return " ".join(sentence.split())
