"""Commands and things as data: what a person can do now, and where a person can go.

- A command that cannot be done now says why, in one sentence; it is never just absent.
- No Qt in here: view-models make commands, the window shows them.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done.

    Attributes:
        id: stable name, e.g. "replay.start"; one command of a name is offered at a time.
        title: what it does, as a verb and its object.
        run: does it; called on the GUI thread and returns at once.
        shortcut: keys, e.g. "Ctrl+R"; empty for none.
        why_not: why it cannot be done now; empty if it can.
        group: where it is offered besides the palette: "status" for the menu of the status.
    """

    id: str
    title: str
    run: Callable[[], None]
    shortcut: str = ""
    why_not: str = ""
    group: str = ""

    @property
    def enabled(self) -> bool:
        """Whether it can be done now."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of the case that can be gone to: a container, a tag, a hypothesis, a document.

    Attributes:
        title: its name, as people say it.
        kind: what it is, in one word.
        go: shows it.
        key: names it among those of its kind; empty where only a person goes to it.
    """

    title: str
    kind: str
    go: Callable[[], None]
    key: str = ""
