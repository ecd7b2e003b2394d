"""The accounts of the workspace, and what may be done with each."""

from collections.abc import Callable
from dataclasses import dataclass

from investigator.casework.accounts import AccountRow, Role
from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.frame import keeps_accounts

NOT_ADMINISTRATOR = "Accounts are kept by an administrator; ask one."
OWN = "An administrator does not change the own account."
ROLES = tuple(Role)

_MAY = {
    Role.INVESTIGATOR: "changes the content of cases and signs as author",
    Role.SUBJECT_MATTER_REVIEWER: "reviews reports and signs as reviewer",
    Role.QA_APPROVER: "approves, closes and re-opens cases and signs as approver",
    Role.TWIN_APPROVER: "approves twins for GxP decisions",
    Role.ADMINISTRATOR: "keeps accounts and reads no case",
    Role.AUDITOR: "reads cases and the audit trail",
}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An account as it is listed."""

    user_id: str
    full_name: str
    roles: str
    state: str
    tone: Tone
    account: AccountRow


@dataclass(frozen=True, slots=True)
class Asks:
    """How the view asks for what a command needs."""

    enrol: Callable[[], object]
    roles: Callable[[AccountRow], object]
    unlock: Callable[[AccountRow], object]
    key: Callable[[AccountRow], object]
    disable: Callable[[AccountRow], object]
    own_password: Callable[[], object]


def people(scene: Scene) -> tuple[PersonRow, ...]:
    """All accounts in the order of their ids."""
    return tuple(_row(account, scene.person.user_id) for account in scene.accounts)


def note(scene: Scene) -> str:
    """What stands beside the title."""
    waiting = sum(account.locked for account in scene.accounts)
    if waiting:
        return f"{len(scene.accounts)} accounts, {waiting} locked"
    return f"{len(scene.accounts)} accounts"


def first_steps(scene: Scene) -> str:
    """What an administrator of a new workspace does first; empty once there are others."""
    if len(scene.accounts) > 1 or not keeps_accounts(scene.person):
        return ""
    return (
        "Enrol the people who work here: at least an investigator, a subject-matter reviewer and "
        "a QA approver, who are three people."
    )


def role_options() -> tuple[tuple[str, str], ...]:
    """Every role with what it may do, for a form."""
    return tuple((role.value, f"{role}: {_MAY[role]}") for role in ROLES)


def commands(scene: Scene, row: PersonRow | None, asks: Asks) -> tuple[Command, ...]:
    """What can be done: enrol, change the own password, and what concerns the selected account."""
    keeper = "" if keeps_accounts(scene.person) else NOT_ADMINISTRATOR
    return (
        Command("people.enrol", "Enrol a person…", _call(asks.enrol), why_not=keeper),
        Command("people.own_password", "Change own password…", _call(asks.own_password)),
        *of_account(scene, row, asks),
    )


def of_account(scene: Scene, row: PersonRow | None, asks: Asks) -> tuple[Command, ...]:
    """What can be done with an account: roles, unlock, new password, disable."""
    found = row.account if row else None
    common = _why_not(scene, found)
    gone = "The account is disabled for good." if found and found.disabled else ""
    open_already = "" if found and found.locked else "The account is not locked."
    return tuple(
        Command(f"people.{name}", title, _of(ask, found), why_not=common or gone or own)
        for name, title, ask, own in (
            ("roles", "Change roles…", asks.roles, ""),
            ("unlock", "Unlock…", asks.unlock, open_already),
            ("key", "New key and password…", asks.key, ""),
            ("disable", "Disable…", asks.disable, ""),
        )
    )


def inspected(scene: Scene, row: PersonRow, asks: Asks) -> Inspected:
    """What an account is."""
    account = row.account
    facts = [("User id", account.user_id), ("Full name", account.full_name)]
    facts += [(role.value.capitalize(), _MAY[role]) for role in account.roles]
    remarks = () if row.tone is Tone.GOOD else (Remark(_explained(row), row.tone),)
    return Inspected(
        title=account.full_name,
        kind="account",
        facts=tuple(facts),
        findings=remarks,
        source="Every change of an account is an entry of the audit trail.",
        actions=of_account(scene, row, asks),
    )


def _row(account: AccountRow, own_id: str) -> PersonRow:
    state, tone = "in use", Tone.GOOD
    if account.disabled:
        state, tone = "disabled", Tone.PLAIN
    elif account.locked:
        state, tone = "locked", Tone.BAD
    own = " (you)" if account.user_id == own_id else ""
    roles = ", ".join(account.roles)
    return PersonRow(account.user_id, account.full_name + own, roles, state, tone, account)


def _explained(row: PersonRow) -> str:
    if row.account.disabled:
        return "Disabled for good: the id is never given again."
    return "Locked after too many wrong passwords; an administrator unlocks it."


def _why_not(scene: Scene, account: AccountRow | None) -> str:
    if not keeps_accounts(scene.person):
        return NOT_ADMINISTRATOR
    if account is None:
        return "Select an account first."
    return OWN if account.user_id == scene.person.user_id else ""


def _call(ask: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        ask()

    return run


def _of(ask: Callable[[AccountRow], object], account: AccountRow | None) -> Callable[[], None]:
    def run() -> None:
        if account is not None:
            ask(account)

    return run
