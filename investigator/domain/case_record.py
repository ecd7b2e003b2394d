"""What people did in a case, as the report of that case tells it.

- It holds acts as they stand in the log, never a digest of them in other words.
- The audit trail and the checkpoint are those of the moment at which the report was made.
"""

from dataclasses import dataclass

from investigator.domain.acts.act import Act, Actor, Recorded
from investigator.domain.acts.analysis import TwinUse
from investigator.domain.acts.twin import TwinRetired, TwinSuperseded
from investigator.domain.investigation import Investigation, Withdrawal, folded

_ENDS = frozenset({TwinSuperseded.WORD, TwinRetired.WORD})


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One entry of the log as the audit trail shows it: who did what to which object, when, why.

    `t_ms`, `zone`: on the program's one clock. `why`: empty where no reason was given.
    """

    sequence: int
    who: Actor
    t_ms: int
    zone: str
    act: str
    object: str
    why: str


@dataclass(frozen=True, slots=True)
class LogCheckpoint:
    """How long the log was and what its root was.

    `origin`: the log's name. `root`: of its Merkle tree, base64. `note`: the signed text.
    """

    origin: str
    size: int
    root: str
    note: str


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """The acts of a case up to one revision of its report.

    `revision`: from 1. `history`, `withdrawals`: as the investigation has them. `trail`: the
    entries of the case, and those with the approval and the end of its twin, in the order of the
    log.
    """

    case_id: str
    revision: int
    history: tuple[Recorded[Act], ...]
    withdrawals: tuple[Withdrawal, ...]
    trail: tuple[TrailRow, ...]
    checkpoint: LogCheckpoint

    @property
    def case(self) -> Investigation:
        """The investigation that these acts make."""
        return folded(self.case_id, self.history, self.withdrawals)

    @property
    def twin_approval(self) -> TrailRow | None:
        """The entry with the approval of the twin; None where the twin is not approved."""
        twin = self.case.twin
        if twin is None or twin.act.approval is None:
            return None
        return next((row for row in self.trail if row.sequence == twin.act.approval), None)

    @property
    def twin_end(self) -> TrailRow | None:
        """The entry, after the choice, that ended the version or withdrew its approval, if any."""
        twin = self.case.twin
        if twin is None:
            return None
        own = f"entry {twin.act.approval}"
        later = (row for row in self.trail if row.sequence > twin.sequence)
        return next((row for row in later if row.act in _ENDS or row.object == own), None)

    @property
    def for_information_only(self) -> bool:
        """Whether no decision may rest on the twin: chosen so, or not approved."""
        twin = self.case.twin
        return twin is None or twin.act.use is not TwinUse.GXP or self.twin_approval is None
