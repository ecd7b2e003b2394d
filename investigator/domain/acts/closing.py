"""Acts that end an investigation: conclusion, actions, report, signatures."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from investigator.domain.acts.act import Act


class RootCause(StrEnum):
    """How sure the conclusion is of the cause (EU GMP 1.4(xiv))."""

    CONFIRMED = "cause confirmed"
    MOST_PROBABLE = "most probable cause"
    NOT_DETERMINED = "cause not determined"


class Level(StrEnum):
    """A level of risk."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class ActionKind(StrEnum):
    """What an action is for (ICH Q10 3.2.2)."""

    CORRECTION = "correction"
    CORRECTIVE = "corrective action"
    PREVENTIVE = "preventive action"


class SignatureField(StrEnum):
    """The three signatures of a report, in their order."""

    AUTHOR = "author"
    REVIEWER = "reviewer"
    APPROVER = "approver"


@dataclass(frozen=True, slots=True)
class Risk:
    """Risk to the patient after ICH Q9: how grave, how likely, how well it would be noticed."""

    severity: Level
    probability: Level
    detectability: Level
    rationale: str


@dataclass(frozen=True, slots=True)
class ConclusionStated(Act):
    """What the investigation came to; the reason says why the other causes were rejected.

    `causes`: ids of the hypotheses; empty exactly where the cause was not determined.
    `confirmed_by`: what the results of checks that confirm them are called; None in conclusions of
    before any were asked for.
    """

    WORD: ClassVar[str] = "conclusion stated"
    DEMANDS_REASON: ClassVar[bool] = True

    root_cause: RootCause
    causes: tuple[str, ...]
    statement: str
    risk: Risk
    confirmed_by: tuple[str, ...] | None = None

    def about(self) -> str:
        """The conclusion."""
        return "conclusion"


@dataclass(frozen=True, slots=True)
class ActionProposed(Act):
    """A corrective or preventive action, who sees to it, and how its effect will be judged."""

    WORD: ClassVar[str] = "action proposed"

    action_id: str
    kind: ActionKind
    text: str
    owner_role: str
    due: date
    effectiveness: str

    def about(self) -> str:
        """The action."""
        return f"action {self.action_id}"


@dataclass(frozen=True, slots=True)
class ReportIssued(Act):
    """The report as it is to be signed.

    `revision`: from 1. `dossier`: digest of its content. `pdf`: digest of its stored bytes.
    """

    WORD: ClassVar[str] = "report issued"

    revision: int
    dossier: str
    pdf: str

    def about(self) -> str:
        """The report."""
        return "report"


@dataclass(frozen=True, slots=True)
class ReportSigned(Act):
    """The report with one signature more; the signature itself is the entry before this one.

    `issued`: digest of the report as issued. `pdf`: digest of its bytes with the new signature.
    """

    WORD: ClassVar[str] = "report signed"

    field: SignatureField
    issued: str
    pdf: str

    def about(self) -> str:
        """The signature."""
        return f"signature of the {self.field}"


@dataclass(frozen=True, slots=True)
class ReportReturned(Act):
    """A reviewer or approver sends the report back; the signatures given are void."""

    WORD: ClassVar[str] = "report returned"
    DEMANDS_REASON: ClassVar[bool] = True

    def about(self) -> str:
        """The report."""
        return "report"


@dataclass(frozen=True, slots=True)
class SignaturesVoided(Act):
    """Signatures given no longer hold, because of what was recorded in the same act."""

    WORD: ClassVar[str] = "signatures voided"

    fields: tuple[SignatureField, ...]
    because: str

    def about(self) -> str:
        """The signatures."""
        return "signatures"
