"""Evidence as taken in: the items by digest, what was read, what was lost, what is doubtful."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.alarm import AlarmEvent
from investigator.domain.batch import BatchRecord
from investigator.domain.clock_evidence import ClockEvidence
from investigator.domain.deviation import DeviationNotice
from investigator.domain.doubt import Severity, Treatment
from investigator.domain.import_profile import ImportProfile
from investigator.domain.instant import Span
from investigator.domain.laboratory import LabResult
from investigator.domain.materials import NO_EXTRACTS, MaterialExtracts
from investigator.domain.reconciliation import USUAL_LIMITS, ReconciliationLimits
from investigator.domain.trajectory import Trajectory

__all__ = [
    "BATCH_RECORD",
    "ClockOffset",
    "Evidence",
    "EvidenceAsRead",
    "EvidenceItem",
    "Finding",
    "RowProblem",
    "Severity",
    "Treatment",
]

BATCH_RECORD = "batch record"
"""The batch record as the source of a clock."""


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
    (`rows_reported` is exact, the list may be shorter). `member` names the table inside the file: a
    file of an archive, a sheet of a workbook; empty where the file is one table. `sha256` and
    `size_bytes` speak of the whole file. `profile` says how it was read; None where nothing of it
    is a matter of choice.
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
    member: str = ""
    profile: ImportProfile | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt about the data: which tag or source, what kind, when, and what was done about it.

    `action` says in words what `treatment` does: `drop` takes the samples of `subject` inside
    `span` out of the inference, `widen` multiplies their standard deviation by `sd_factor` (at
    least 1), `ignore` leaves them as they are.
    """

    subject: str
    kind: str
    span: Span | None
    action: str
    detail: str = ""
    severity: Severity = Severity.MINOR
    treatment: Treatment = Treatment.IGNORE
    sd_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class ClockOffset:
    """Seconds to add to a source's times to get the historian's, with its standard uncertainty.

    `offset_s` holds at `reference_ms` (on the source's clock); from there it grows by `drift_ppm`
    (microseconds a second). `drift_uncertainty_ppm` is the standard uncertainty of the drift.
    """

    source: str
    offset_s: float
    uncertainty_s: float
    matched_events: int
    drift_ppm: float = 0.0
    drift_uncertainty_ppm: float = 0.0
    reference_ms: int = 0

    def at(self, t_ms: int) -> int:
        """The historian's time, ms, of a time of the source."""
        drifted_s = (t_ms - self.reference_ms) * self.drift_ppm * 1e-9
        return t_ms + round(1000.0 * (self.offset_s + drifted_s))

    def at_each(self, t_ms: NDArray[np.int64]) -> NDArray[np.int64]:
        """The historian's times, ms, of times of the source: `at` of every one."""
        drifted_s = (t_ms - self.reference_ms) * self.drift_ppm * 1e-9
        moved: NDArray[np.int64] = np.rint(1000.0 * (self.offset_s + drifted_s)).astype(np.int64)
        return t_ms + moved


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
    materials: MaterialExtracts = NO_EXTRACTS
    reconciliation_limits: ReconciliationLimits = USUAL_LIMITS

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of every file by name, each once, whatever tables it holds."""
        return {item.file: item.sha256 for item in self.items}


@dataclass(frozen=True, slots=True)
class EvidenceAsRead:
    """The same before anything was decided: samples as they were read, every source on its clock.

    `evidence.clock_offsets` holds what was estimated, `evidence.findings` what was found, `clocks`
    what the estimates rest on. `grid_s` is the step of an interpolated export, 0 for samples as
    they were stored.
    """

    evidence: Evidence
    clocks: tuple[ClockEvidence, ...] = ()
    grid_s: float = 0.0
