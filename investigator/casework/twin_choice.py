"""How a twin stands in this workspace, and which one a case is investigated with.

- Draft or validated follows from the package, the rest from the log (`domain.twin_life`).
- For GxP decisions only a validated and approved twin, unchanged to the byte, is taken; another one
  may be used for information only, with a reason, and the report says so on every page.
- A version that was superseded or retired is recognised by its digest, also when its package is
  put back.
"""

from dataclasses import dataclass

from investigator.casework.desk import Desk
from investigator.casework.twin_book import TwinBook
from investigator.casework.twins import choose_twin
from investigator.domain.acts.analysis import TwinChosen, TwinUse
from investigator.domain.errors import UnusableRequest
from investigator.domain.investigation import Investigation
from investigator.domain.twin_life import TwinStep
from investigator.domain.twin_status import USABLE, TwinStatus
from investigator.twin.package import TwinPackage

VALIDATED = USABLE
"""States of a package that may be approved and used for GxP decisions."""


@dataclass(frozen=True, slots=True)
class TwinStanding:
    """How a twin stands in this workspace.

    `digest`: of its package, with "sha256:" before it. `approval`: number of the entry with the
    approver's signature over it; None without one. `why`: one sentence on the status. `steps`: of
    this very content, in the order of the log; `history`: of every version of the twin.
    """

    twin_id: str
    title: str
    version: str
    status: str
    line_id: str
    digest: str
    approval: int | None
    why: str = ""
    steps: tuple[TwinStep, ...] = ()
    history: tuple[TwinStep, ...] = ()

    @property
    def use(self) -> TwinUse:
        """What results of it may be used for."""
        good = self.status in VALIDATED and self.approval is not None
        return TwinUse.GXP if good else TwinUse.INFORMATION_ONLY

    @property
    def why_limited(self) -> str:
        """Why it is for information only; empty where decisions may rest on it."""
        if self.use is TwinUse.GXP:
            return ""
        return "It is not approved here." if self.status == TwinStatus.VALIDATED else self.why


def twin_standing(desk: Desk, twin_id: str | None) -> TwinStanding:
    """How a twin stands; None takes the only one there is.

    Raises:
        UnusableRequest: there is no such twin, or which one is not clear.
        UnusableInput: its package is changed or unreadable.
    """
    return standing_in(desk.twins, choose_twin(twin_id))


def standing_in(book: TwinBook, package: TwinPackage) -> TwinStanding:
    """How a package stands by its content and by the log that the book was read from."""
    manifest, life = package.manifest, book.life(package.digest)
    standing, approval = life.standing(package.standing), life.approval
    return TwinStanding(
        twin_id=manifest.twin_id,
        title=manifest.title,
        version=manifest.version,
        status=standing.status,
        line_id=manifest.line_id,
        digest=package.digest,
        approval=approval.sequence if approval else None,
        why=standing.why,
        steps=life.steps,
        history=book.history(manifest.twin_id),
    )


def choose(desk: Desk, case_id: str, standing: TwinStanding, *, why: str = "") -> Investigation:
    """Choose the twin of a case for what it may be used for.

    Raises:
        UnusableRequest: for information only without a reason, or of another line than the case.
        AccessRefused: as `Desk.do`.
    """
    case = desk.case(case_id)
    if standing.line_id != case.opened.act.line:
        raise UnusableRequest(
            f"The twin {standing.twin_id} is of line {standing.line_id}, "
            f"the case of line {case.opened.act.line}; choose the twin of that line."
        )
    chosen = TwinChosen(
        standing.twin_id,
        standing.version,
        standing.digest,
        standing.status,
        standing.approval,
        standing.use,
    )
    if chosen.needs_reason() and not why.strip() and desk.why_not(case_id, chosen) is None:
        raise UnusableRequest(
            f"The twin {standing.twin_id} may be used for information only, and that needs a "
            f"reason; say why. {standing.why_limited}"
        )
    return desk.do(case_id, chosen, why=why)
