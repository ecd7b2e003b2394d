"""What the window says to a person above a view: what, where, what now.

No Qt in here: view-models make notices.
"""

from dataclasses import dataclass

from investigator.desktop.commands import Command
from investigator.desktop.tone import Tone


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing said to the person.

    Attributes:
        what: what happened or is wrong, as a sentence.
        where: the file, step or tag that it is about; empty where `what` says it.
        now: what to do now, as a sentence; empty where `what` says it.
        tone: bad for an error, warn for a warning, plain to inform, good for what was done.
        action: does what `now` says.
    """

    what: str
    where: str = ""
    now: str = ""
    tone: Tone = Tone.PLAIN
    action: Command | None = None


def notice_of(error: Exception, *, where: str = "") -> Notice:
    """The notice of an error whose text is a sentence for people."""
    return Notice(str(error), where=where, tone=Tone.BAD)
