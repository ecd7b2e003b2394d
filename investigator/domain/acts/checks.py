"""Acts on what was looked at on site: results of checks, phase I of the laboratory, human error.

- A check that the twin knows has a likelihood under every cause: its result moves the ranking. A
  check of a person's own is judged by the person and moves none.
- Decimals are text, exactly as they were read off.
- What is stated again takes the place of the earlier; what is withdrawn counts as never done.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar

from investigator.domain.acts.act import Act


class CheckOutcome(StrEnum):
    """What a check came to."""

    PASSED = "passed"
    FAILED = "failed"
    MEASURED = "measured"


class CheckBearing(StrEnum):
    """What a check of a person's own says of its causes."""

    CONFIRMS = "confirms"
    REFUTES = "refutes"
    BEARS_ON = "bears on"


@dataclass(frozen=True, slots=True)
class OnSite(Act):
    """What the acts of this module have in common.

    `document_id`: the document that tells of it; empty for none.
    """

    document_id: str

    def document(self) -> str:
        """The document, as its admission calls it; empty where none is named."""
        return f"document {self.document_id}" if self.document_id else ""

    def hypotheses(self) -> tuple[str, ...]:
        """The hypotheses that it speaks of, as their raising calls them."""
        return tuple(f"hypothesis {cause}" for cause in self.spoken_of())

    def spoken_of(self) -> tuple[str, ...]:
        """Ids of the hypotheses that it speaks of."""
        raise NotImplementedError

    def confirms(self, cause: str) -> bool:
        """Whether it is a physical check that confirms a cause."""
        del cause
        return False


@dataclass(frozen=True, slots=True)
class CheckResultEntered(OnSite):
    """The result of a check that the twin knows.

    Attributes:
        check_id, title: of the check in the twin.
        outcome: passed or failed for an inspection; measured for a value.
        causes: raised hypotheses that an inspection speaks of.
        done_ms: when it was done.
        value, uncertainty, unit: of what was measured, with its standard uncertainty, as decimal
            text; empty for an inspection.
        subject: the container or lot that was measured; empty for an inspection.
    """

    WORD: ClassVar[str] = "check result entered"

    check_id: str
    title: str
    outcome: CheckOutcome
    causes: tuple[str, ...]
    done_ms: int
    value: str = ""
    uncertainty: str = ""
    unit: str = ""
    subject: str = ""

    def about(self) -> str:
        """The check, with what was looked at, if it has more than one place."""
        return (
            f"check {self.check_id} on {self.subject}" if self.subject else f"check {self.check_id}"
        )

    def spoken_of(self) -> tuple[str, ...]:
        """Ids of the hypotheses that the check speaks of."""
        return self.causes

    def confirms(self, cause: str) -> bool:
        """A failed inspection does; what a value says of a cause is told by the ranking."""
        return self.outcome is CheckOutcome.FAILED and cause in self.causes


@dataclass(frozen=True, slots=True)
class OwnCheckEntered(OnSite):
    """The result of a check that the twin does not know, as a person judges it.

    Attributes:
        check_id: chosen by the person.
        title: what was looked at.
        found: what was found, in words, with its numbers.
        bearing: what it says of the causes.
        causes: hypotheses that it speaks of.
        done_ms: when it was done.
    """

    WORD: ClassVar[str] = "own check entered"

    check_id: str
    title: str
    found: str
    bearing: CheckBearing
    causes: tuple[str, ...]
    done_ms: int

    def about(self) -> str:
        """The check."""
        return f"own check {self.check_id}"

    def spoken_of(self) -> tuple[str, ...]:
        """Ids of the hypotheses that it speaks of."""
        return self.causes

    def confirms(self, cause: str) -> bool:
        """Where the person says so."""
        return self.bearing is CheckBearing.CONFIRMS and cause in self.causes


PHASE_ONE_POINTS: Mapping[str, str] = MappingProxyType(
    {
        "analyst": "Discussion with the analyst",
        "instrument": "Instrument",
        "calculation": "Calculation",
        "preparation": "Standard and sample preparation",
        "method": "Test method followed",
        "retained": "Retained preparations examined again",
    }
)
"""The points of phase I (FDA, Investigating OOS Test Results, Rev. 1, 2022, section III), in
words, by the field that answers each."""

HUMAN_ERROR_QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "procedure": "Procedure: clear, complete, in force where the work is done?",
        "interface": "Operator interface: does it show and ask for the right thing?",
        "workload": "Workload: time, interruptions, shift?",
        "training": "Training: given, in force, enough?",
        "equipment": "Equipment: did it make the error easy, or miss it?",
        "environment": "Environment: light, noise, heat, space?",
        "supervision": "Supervision: was the step checked, and by whom?",
    }
)
"""The seven questions before an error of a person is named as a cause, by the field that answers
each (EU GMP 1.4(xiv): causes in process, procedure and system were not overlooked)."""


@dataclass(frozen=True, slots=True)
class LaboratoryPhaseOneStated(OnSite):
    """Phase I of a laboratory investigation, point by point (see `PHASE_ONE_POINTS`).

    `error_found`: an assignable error of the laboratory was found.
    """

    WORD: ClassVar[str] = "laboratory phase I stated"

    cause: str
    error_found: bool
    analyst: str
    instrument: str
    calculation: str
    preparation: str
    method: str
    retained: str

    def about(self) -> str:
        """The phase I on the hypothesis."""
        return f"phase I on {self.cause}"

    def spoken_of(self) -> tuple[str, ...]:
        """Id of the hypothesis."""
        return (self.cause,)

    def answers(self) -> tuple[str, ...]:
        """What was found on each point, in their order."""
        return tuple(getattr(self, name) for name in PHASE_ONE_POINTS)


@dataclass(frozen=True, slots=True)
class HumanErrorExamined(OnSite):
    """The seven questions that stand behind an error of a person (see `HUMAN_ERROR_QUESTIONS`)."""

    WORD: ClassVar[str] = "human error examined"

    cause: str
    procedure: str
    interface: str
    workload: str
    training: str
    equipment: str
    environment: str
    supervision: str

    def about(self) -> str:
        """The examination on the hypothesis."""
        return f"human error on {self.cause}"

    def spoken_of(self) -> tuple[str, ...]:
        """Id of the hypothesis."""
        return (self.cause,)

    def answers(self) -> tuple[str, ...]:
        """The answers, in the order of the questions."""
        return tuple(getattr(self, name) for name in HUMAN_ERROR_QUESTIONS)


ON_SITE: tuple[type[OnSite], ...] = (
    CheckResultEntered,
    OwnCheckEntered,
    LaboratoryPhaseOneStated,
    HumanErrorExamined,
)
"""All acts of this module."""
