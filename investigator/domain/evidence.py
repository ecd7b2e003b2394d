"""Evidence as taken in: the items by digest, what was read, what was lost, what is doubtful."""

from collections.abc import Mapping
from dataclasses import dataclass

from investigator.domain.alarm import AlarmEvent
from investigator.domain.batch import BatchRecord
from investigator.domain.deviation import DeviationNotice
from investigator.domain.instant import Span
from investigator.domain.laboratory import LabResult
from investigator.domain.trajectory import Trajectory


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row or element that could not be used: where, what it said, why it was left out."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One file handed in, and the loss ledger of its reading.

    `rows_read` counts every data row that the file holds, `rows_reported` those of them that are
    reported as not used or used with a reservation; the first of these stand in `problems`
    (`rows_reported` is exact, the list may be shorter).
    """

    file: str
    sha256: str
    size_bytes: int
    kind: str
    layout: str
    reader: str
    rows_read: int
    rows_reported: int
    problems: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt about the data: which tag or source, what kind, when, and what was done about it."""

    subject: str
    kind: str
    span: Span | None
    action: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ClockOffset:
    """Seconds to add to a source's times to get the historian's, with its standard uncertainty."""

    source: str
    offset_s: float
    uncertainty_s: float
    matched_events: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was handed in for one deviation, every source on the historian's clock.

    `trajectories` are keyed by historian tag, `environment` by point name.
    """

    name: str
    items: tuple[EvidenceItem, ...]
    trajectories: Mapping[str, Trajectory]
    environment: Mapping[str, Trajectory]
    alarms: tuple[AlarmEvent, ...]
    batch: BatchRecord
    laboratory: tuple[LabResult, ...]
    deviation: DeviationNotice | None
    clock_offsets: tuple[ClockOffset, ...]
    findings: tuple[Finding, ...]
    assumptions: tuple[str, ...]
