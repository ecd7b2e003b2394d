"""The scene: everything that views show, frozen, as it was after the latest act.

It is made at the desk, off the GUI thread, and handed to the view that is seen. No Qt in here.
"""

from dataclasses import dataclass

from investigator.casework.accounts import AccountRow
from investigator.casework.audit import AuditRow
from investigator.casework.intake import ReadFolder
from investigator.casework.rights import why_not
from investigator.casework.session import SignedIn
from investigator.casework.snapshot import Snapshot
from investigator.casework.twin_choice import TwinStanding
from investigator.domain.acts.act import Act
from investigator.domain.investigation import Investigation


@dataclass(frozen=True, slots=True)
class Scene:
    """What there is to be shown.

    `person`: who is signed in. `seen`: the case that is shown, with its results; None for the list
    of cases. `cases`: all cases, the latest first; empty for whoever may not read them. `preview`:
    a folder that was read and not yet admitted. `pdf`: the report as issued last, with the
    signatures in force. `trail`: entries of the audit trail that were asked for. `accounts`,
    `twins`: of the workspace. `verified`: sentences of the latest verification and whether faults
    were found; None before one. `origin`: name of the log.
    """

    person: SignedIn
    seen: Snapshot | None
    cases: tuple[Investigation, ...]
    accounts: tuple[AccountRow, ...]
    twins: tuple[TwinStanding, ...]
    trail: tuple[AuditRow, ...]
    preview: ReadFolder | None = None
    pdf: bytes | None = None
    verified: tuple[bool, tuple[str, ...]] | None = None
    origin: str = ""

    @property
    def case(self) -> Investigation | None:
        """The case that is shown."""
        return self.seen.case if self.seen else None

    def why_not(self, act: Act) -> str:
        """Why an act on the case that is shown would be refused; empty if it would be taken."""
        if self.seen is None:
            return "Open a case first."
        return why_not(self.person, self.seen.case, act) or ""
