"""Which twin a case is investigated with, and whether it is approved in this workspace.

- A twin counts as approved when a twin approver has signed the digest of its package here.
- For GxP decisions only a validated and approved twin, unchanged to the byte, is taken; another one
  may be used for information only, with a reason, and the report says so on every page.
"""

from dataclasses import dataclass

from investigator.casework.desk import Desk
from investigator.domain.acts.analysis import TwinChosen, TwinUse
from investigator.domain.errors import UnusableRequest
from investigator.domain.investigation import Investigation
from investigator.records import acts as words
from investigator.records.projection import Query
from investigator.trust.policy import Meaning, Role
from investigator.trust.signature import signature_from_record

VALIDATED = ("validated", "approved")
"""States of a package that may be approved and used for GxP decisions."""


@dataclass(frozen=True, slots=True)
class TwinStanding:
    """How a twin stands in this workspace.

    `digest`: of its package, with "sha256:" before it. `approval`: number of the entry with the
    approver's signature over it; None without one.
    """

    twin_id: str
    title: str
    version: str
    status: str
    line_id: str
    digest: str
    approval: int | None

    @property
    def use(self) -> TwinUse:
        """What results of it may be used for."""
        good = self.status in VALIDATED and self.approval is not None
        return TwinUse.GXP if good else TwinUse.INFORMATION_ONLY


def twin_standing(desk: Desk, twin_id: str | None) -> TwinStanding:
    """How a twin stands; None takes the only one there is.

    Raises:
        UnusableRequest: there is no such twin, or which one is not clear.
        UnusableInput: its package is changed or unreadable.
    """
    from investigator.casework.twins import choose_twin

    package = choose_twin(twin_id)
    manifest = package.manifest
    return TwinStanding(
        twin_id=manifest.twin_id,
        title=manifest.title,
        version=manifest.version,
        status=package.standing.status,
        line_id=manifest.line_id,
        digest=package.digest,
        approval=_approval(desk, package.digest),
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
    return desk.do(case_id, chosen, why=why)


def approve(desk: Desk, twin_id: str, *, user_id: str, password: str, why: str = "") -> int:
    """Sign the digest of a twin package as its approver; the number of the entry.

    Raises:
        AccessRefused: not the person signed in, not a twin approver, or a wrong password.
        UnusableRequest: the twin is not validated.
    """
    standing = twin_standing(desk, twin_id)
    if standing.status not in VALIDATED:
        raise UnusableRequest(
            f"The twin {twin_id} has the status {standing.status}; only a validated twin can be "
            "approved."
        )
    desk.session.demand_signer(user_id)
    given = desk.workspace.people.sign(
        object_id=f"twin {standing.twin_id} {standing.version}",
        digest=standing.digest.removeprefix("sha256:"),
        meaning=Meaning.TWIN_APPROVED,
        role=Role.TWIN_APPROVER,
        user_id=user_id,
        password=password,
        why=why,
    )
    return given[0].sequence


def _approval(desk: Desk, digest: str) -> int | None:
    """The latest approval of these very bytes that was not withdrawn."""
    log = desk.workspace.log
    withdrawn = log.withdrawn()
    found = None
    for entry in log.search(Query(act=words.SIGNED)):
        said = signature_from_record(entry.new).statement
        same = said.digest == digest.removeprefix("sha256:")
        if same and said.meaning is Meaning.TWIN_APPROVED and entry.sequence not in withdrawn:
            found = entry.sequence
    return found
