"""The desk: the one door through which a case changes.

- `do` takes acts, asks whether the person may and whether they are in order, and records them as
  entries of the log in one transaction; what the case then is, is read from those entries.
- What waits for the other batches (scope, conclusion, report, closing) is held against all that
  the workspace knows of them by then.
- An act after a signature voids it, in the same transaction and in the open.
- The desk belongs to one thread; what it hands out is frozen.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from investigator.casework import installation
from investigator.casework.act_record import drafted, drafted_of_twin, refuse_case_id
from investigator.casework.case_book import CaseBook
from investigator.casework.related import refusal_while_undecided
from investigator.casework.rights import BY_SIGNING_ONLY, by_signing_only, role_for, why_not
from investigator.casework.session import Session, SignedIn
from investigator.casework.software import software
from investigator.casework.twin_book import TwinBook
from investigator.domain.acts.act import Act, Actor, Recorded
from investigator.domain.acts.analysis import TwinChosen
from investigator.domain.acts.case import ClassificationChanged, DueDateExtended
from investigator.domain.acts.closing import SignaturesVoided
from investigator.domain.acts.twin import TwinRetired, TwinSuperseded
from investigator.domain.cause_rules import refusal_of_old_form
from investigator.domain.departure import demands_reason, refusal_without_reason
from investigator.domain.errors import UnusableRequest
from investigator.domain.grounds import voids
from investigator.domain.investigation import Investigation
from investigator.domain.rules import refusal, refusal_of_withdrawal, refusal_together
from investigator.domain.twin_life import refusal_of_choice, refusal_of_step
from investigator.records.entry import Draft, Entry, Person
from investigator.records.workspace import Workspace, identity_found, open_workspace
from investigator.trust.argon2id import RFC_9106, Cost
from investigator.trust.clock import Clock
from investigator.trust.policy import Right, Role


class Desk:
    """A workspace at which one person at a time works.

    `workspace`: log, stored bytes and people, for the modules of casework; the doors use what is
    offered here and there. `twins`: the life of every version of a twin here. `session`: who is
    signed in. `scratch`: a folder of this program run, open to this user only and removed at the
    end.
    """

    def __init__(self, workspace: Workspace, session: Session) -> None:
        self.workspace, self.session = workspace, session
        self._book, self.twins = CaseBook(), TwinBook()
        self.take_in(workspace.log.entries())
        self._scratch = TemporaryDirectory(prefix="investigator-", ignore_cleanup_errors=True)
        self.scratch = Path(self._scratch.name)

    def sign_in(self, user_id: str, password: str) -> SignedIn:
        """Begin the session of a person, or unlock it.

        Raises:
            AccessRefused: no such account, locked, disabled, or a wrong password.
        """
        account = self.workspace.people.sign_in(user_id, password)
        person = SignedIn(account.user_id, account.full_name, account.roles, account.given)
        self.session.begin(person)
        return person

    def sign_out(self) -> None:
        """End the session."""
        self.session.end()

    def cases(self) -> tuple[Investigation, ...]:
        """All cases, the one opened last first.

        Raises:
            AccessRefused: the person may not read cases.
        """
        self._demand(Right.READ)
        return tuple(reversed(self._book.cases()))

    def case(self, case_id: str) -> Investigation:
        """One case as it is.

        Raises:
            AccessRefused: the person may not read cases.
            UnusableRequest: there is none of this number.
        """
        self._demand(Right.READ)
        case = self._book.case(case_id)
        if not case.exists:
            raise UnusableRequest(f"There is no case {case_id}; open it first.")
        return case

    def do(self, case_id: str, *acts: Act, why: str = "") -> Investigation:
        """Record acts on a case, all of them or none.

        Args:
            case_id: number of the case; with `CaseOpened` that of the new one.
            acts: what is done, in order.
            why: the reason, for all of them.

        Returns:
            The case after them.

        Raises:
            AccessRefused: nobody is signed in, or the person may not.
            UnusableRequest: an act is out of order, a demanded reason is missing, or nothing could
                be recorded.
        """
        person = self._acting()
        refuse_case_id(case_id)
        if not acts:
            raise UnusableRequest("There is nothing to record.")
        role = role_for(person.roles, *acts)
        before = self._book.case(case_id)
        for act in acts:
            if type(act) in BY_SIGNING_ONLY:
                raise UnusableRequest(by_signing_only(act))
            if demands_reason(before, act) and not why.strip():
                raise UnusableRequest(refusal_without_reason(before, act))
            self._refuse_twin(act)
        if refused := refusal_together(before, acts):
            raise UnusableRequest(refused)
        drafts = self._drafts_in_order(before, acts, why)
        drafts += self._voided(before, acts)
        return self._record(case_id, drafts, _person(person, role))

    def why_not(self, case_id: str, act: Act) -> str | None:
        """Why the act would be refused now, in one sentence; None if it would be taken.

        A missing reason is not looked at.
        """
        try:
            person = self._acting()
            refuse_case_id(case_id)
        except UnusableRequest as refused:
            return str(refused)
        return why_not(person, self._book.case(case_id), act)

    def withdraw(self, case_id: str, sequence: int, *, why: str) -> Investigation:
        """Record that an act of the case no longer counts; what rests on it becomes stale.

        Raises:
            AccessRefused: the person may not do the act.
            UnusableRequest: no reason, no such act in this case, or it is not withdrawn now.
        """
        person = self._acting()
        case = self.case(case_id)
        found = next((r for r in case.history if r.sequence == sequence), None)
        if found is None:
            raise UnusableRequest(f"Entry {sequence} is no act of {case_id} that still counts.")
        role = role_for(person.roles, found.act)
        if refused := refusal_of_withdrawal(case, found):
            raise UnusableRequest(refused)
        drafts = [self.workspace.log.withdrawal(sequence, why=why)]
        if case.signatures:
            drafts.append(self._voiding(case, f"{found.act.WORD} withdrawn"))
        return self._record(case_id, drafts, _person(person, role))

    def end_twin(self, act: TwinSuperseded | TwinRetired, *, why: str) -> None:
        """Record that a version of a twin has come to its end.

        Raises:
            AccessRefused: nobody is signed in, or the person is no twin approver.
            UnusableRequest: no reason, or it has ended before.
        """
        person = self._acting()
        self._demand(Right.APPROVE_TWIN)
        if not why.strip():
            raise UnusableRequest(f'"{act.WORD}" needs a reason; say why.')
        if refused := refusal_of_step(self.twins.life(act.digest), act.about()):
            raise UnusableRequest(refused)
        by = _person(person, Role.TWIN_APPROVER)
        self.take_in(self.workspace.append([drafted_of_twin(act, why=why)], by=by))

    def take_in(self, entries: Sequence[Entry]) -> None:
        """Read entries that casework recorded through the people of the workspace."""
        for entry in entries:
            self._book.take_in(entry)
            self.twins.take_in(entry)

    def close(self) -> None:
        """Leave the workspace to others."""
        self.session.end()
        self.workspace.close()
        self._scratch.cleanup()

    def __enter__(self) -> "Desk":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _demand(self, right: Right) -> None:
        self.workspace.people.roster.demand(self.session.demanded().user_id, right)

    def _refuse_twin(self, act: Act) -> None:
        if isinstance(act, TwinChosen) and (
            refused := refusal_of_choice(self.twins.life(act.digest), act)
        ):
            raise UnusableRequest(refused)

    def _acting(self) -> SignedIn:
        """The person who acts, as the accounts are now: one locked since signing in acts no more.

        Wrong passwords at signing count, too (21 CFR 11.300(d)).
        """
        account = self.workspace.people.roster.acting(self.session.demanded().user_id)
        return SignedIn(account.user_id, account.full_name, account.roles)

    def _drafts_in_order(self, before: Investigation, acts: Sequence[Act], why: str) -> list[Draft]:
        """Each act is judged by the case as the acts before it leave it."""
        case, drafts = before, []
        for sequence, act in enumerate(acts, start=self.workspace.log.size):
            old_form = refusal_of_old_form(case, act)
            if refused := refusal(case, act) or self._undecided(case, act) or old_form:
                raise UnusableRequest(refused)
            drafts.append(drafted(case.case_id, act, old=_replaced(case, act), why=why))
            case = case.after(Recorded(sequence, Actor("", "", ""), 0, "", act, why))
        return drafts

    def _undecided(self, case: Investigation, act: Act) -> str | None:
        """A batch found since the scope was completed is decided on, too."""
        blobs, cases = self.workspace.blobs, self._book.cases()
        return refusal_while_undecided(blobs, case, cases, act)

    def _voided(self, before: Investigation, acts: Sequence[Act]) -> list[Draft]:
        changes = [act for act in acts if voids(type(act))]
        if not before.signatures or not changes:
            return []
        return [self._voiding(before, changes[0].WORD)]

    def _voiding(self, case: Investigation, because: str) -> Draft:
        fields = tuple(r.act.field for r in case.signatures)
        return drafted(case.case_id, SignaturesVoided(fields, because), old=None, why=because)

    def _record(self, case_id: str, drafts: list[Draft], by: Person) -> Investigation:
        self.take_in(self.workspace.append(drafts, by=by))
        return self._book.case(case_id)


def open_desk(
    folder: Path,
    *,
    cost: Cost = RFC_9106,
    session: Session | None = None,
    clock: Callable[[str], Clock] = Clock,
) -> Desk:
    """Open a workspace to work in it.

    Args:
        folder: of the workspace.
        cost: what a guess at a password costs.
        session: a test hands in one with its own clock.
        clock: likewise.

    Raises:
        UnusableInput: there is no workspace, or it cannot be read or written.
        UnusableRequest: another program has it open, or this installation has not its secret.
        AlteredRecord: the log does not fit its checkpoints.
    """
    identity = identity_found(folder)
    kept = installation.kept(identity)
    workspace = open_workspace(
        folder,
        secret=kept.secret,
        clock=clock(identity.zone),
        software=software(),
        outside_anchor=kept.anchor,
        cost=cost,
    )
    try:
        desk = Desk(workspace, session or Session())
    except BaseException:
        workspace.close()
        raise
    installation.remember_latest(folder)
    return desk


def _replaced(case: Investigation, act: Act) -> Act | None:
    """The act that this one takes the place of; at first the opening said class and due date."""
    if isinstance(act, ClassificationChanged):
        return case.classification.act
    if isinstance(act, DueDateExtended):
        return case.due.act
    old = case.standing(type(act), act.about())
    return old.act if old else None


def _person(signed_in: SignedIn, role: Role) -> Person:
    return Person(signed_in.user_id, signed_in.full_name, role)
