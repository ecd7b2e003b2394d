"""What the frame shows, as frozen values: the window holds no state of a case of its own.

No Qt in here: view-models make these values.
"""

from dataclasses import dataclass
from enum import StrEnum

from investigator.desktop.tone import Tone
from investigator.domain.instant import Span


class Place(StrEnum):
    """Where one can be: the eight steps of an investigation, then what lies beside it."""

    CASE = "case"
    EVIDENCE = "evidence"
    TIMELINE = "timeline"
    REPLAY = "replay"
    HYPOTHESES = "hypotheses"
    IMPACT = "impact"
    DISPOSITION = "disposition"
    REPORT = "report"
    AUDIT = "audit trail"
    TWIN = "twin"
    PEOPLE = "people"

    @property
    def label(self) -> str:
        """The name of the place as the window shows it."""
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Sight:
    """A place, and what is to be seen there: a stretch of time, and the signals that it is of."""

    place: Place
    span: Span
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Destination:
    """One thing at a place, to be gone to.

    Attributes:
        place: where it is.
        kind, key: which thing there, as `Thing` names it.
    """

    place: Place
    kind: str
    key: str


STEPS = tuple(Place)[:8]
BESIDE = tuple(Place)[8:]


class Mark(StrEnum):
    """How a step stands."""

    NONE = "nothing yet"
    DONE = "done"
    OPEN = "open findings"
    STALE = "stale"
    RUNNING = "running"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class StepState:
    """One row of the step list.

    Attributes:
        place: which step.
        mark: how it stands.
        note: one sentence behind the mark, e.g. "2 findings wait for a decision."
        why_not: why it cannot be gone to now; empty if it can.
    """

    place: Place
    mark: Mark = Mark.NONE
    note: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """The status of the case in one or two words, and how that stands."""

    word: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in: user id, full name, role in words."""

    user_id: str
    name: str
    role: str

    @property
    def initials(self) -> str:
        """First letters of first and last name."""
        parts = self.name.split() or [self.user_id]
        return "".join(part[0] for part in dict.fromkeys((parts[0], parts[-1]))).upper()


@dataclass(frozen=True, slots=True)
class FrameState:
    """All that the frame shows.

    Attributes:
        title: what is open, most important first: deviation, batch, line; empty for none.
        status: of the open case; None where none is open.
        user: who is signed in; None where nobody is.
        steps: one for each place; a place without one can be gone to and has no mark.
        log_entries: how many entries the log holds; None where no workspace is open.
        log_tone: good where the log fits its last checkpoint.
        saved_at: local time of the last entry, e.g. "10:41:07"; empty for none.
    """

    title: tuple[str, ...] = ()
    status: Status | None = None
    user: SignedIn | None = None
    steps: tuple[StepState, ...] = ()
    log_entries: int | None = None
    log_tone: Tone = Tone.GOOD
    saved_at: str = ""
