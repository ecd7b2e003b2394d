"""Long work from the console: it runs in a process of its own, tells how far it is, and ends when
Ctrl+C is pressed, with nothing recorded."""

from typing import TYPE_CHECKING, Any

from investigator.cli.console import report_progress
from investigator.domain.errors import UnusableRequest

if TYPE_CHECKING:
    from investigator.casework.background import Work


def worked(title: str, work: "Work", *args: Any) -> Any:
    """What the work gives back.

    Args:
        title: what it is called in sentences, such as "The replay".
        work: a function that can be run in the background.
        args: handed to it.

    Raises:
        UnusableRequest: Ctrl+C was pressed.
        InvestigatorError: raised by the work.
        WorkFailed: the work failed by a fault of the program, or was ended from outside.
    """
    from investigator.casework.background import Background, WorkFailed

    try:
        return Background(title, work, *args).result(_told)
    except KeyboardInterrupt:
        raise UnusableRequest(f"{title} was cancelled; nothing was recorded.") from None
    except WorkFailed as failed:
        failed.add_note(failed.trace)
        raise


def _told(words: str, share: float) -> None:
    report_progress(f"{share:4.0%}  {words}")
