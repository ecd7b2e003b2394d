"""What the inspector shows of a selected thing, as a frozen value; the same form everywhere.

No Qt in here: view-models make these values.
"""

from dataclasses import dataclass

from investigator.desktop.commands import Command, Thing
from investigator.desktop.tone import Tone


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding on the thing, in one sentence, and how that stands."""

    text: str
    tone: Tone = Tone.WARN


@dataclass(frozen=True, slots=True)
class Inspected:
    """One selected thing: what it is, where it came from, what it rests on, what can be done.

    Attributes:
        title: its name.
        kind: what it is, in one or two words.
        facts: names and values, as they are to be read (number, unit and ± in the value).
        source: where it came from, e.g. "historian.csv, column LF-101.PV, rows 2 to 86 401".
        digest: SHA-256 of what it is, in hexadecimal; empty for what has none.
        findings: what was noted about it.
        rests_on: what it was made of; each can be gone to.
        actions: what can be done with it.
    """

    title: str
    kind: str
    facts: tuple[tuple[str, str], ...] = ()
    source: str = ""
    digest: str = ""
    findings: tuple[Remark, ...] = ()
    rests_on: tuple[Thing, ...] = ()
    actions: tuple[Command, ...] = ()
