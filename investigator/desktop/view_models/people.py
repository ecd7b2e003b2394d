"""The accounts of the workspace, and what may be done with each."""

from collections.abc import Callable
from dataclasses import dataclass

from investigator.casework.accounts import AccountRow, Role
from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.frame import keeps_accounts
from investigator.domain.quantities import count

NOT_ADMINISTRATOR = "Accounts are kept by an administrator; ask one."
OWN = "An administrator does not change the own account."
NOT_SECOND = "A new key is confirmed by a QA approver or an administrator; ask one."
OWN_KEY = "A new key is confirmed by another person than its own."
REPLACED_IT = "You replaced this key; a second person confirms it."
NONE_WAITS = "No new key of this account waits to be confirmed."
SELECT = "Select an account first."
GONE = "The account is disabled for good."
ROLES = tuple(Role)
_SECOND = frozenset({Role.QA_APPROVER, Role.ADMINISTRATOR})

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
    confirm: Callable[[AccountRow], object]
    disable: Callable[[AccountRow], object]
    own_password: Callable[[], object]


def people(scene: Scene) -> tuple[PersonRow, ...]:
    """All accounts in the order of their ids."""
    return tuple(_row(account, scene.person.user_id) for account in scene.accounts)


def note(scene: Scene) -> str:
    """What stands beside the title."""
    in_use = [account for account in scene.accounts if not account.disabled]
    locked = sum(account.locked for account in in_use)
    unconfirmed = sum(bool(account.unconfirmed_from) for account in in_use)
    said = [f"{len(scene.accounts)} accounts"]
    said += [f"{locked} locked"] if locked else []
    said += [f"{count(unconfirmed, 'new key')} to be confirmed"] if unconfirmed else []
    return ", ".join(said)


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
    """What can be done with an account: roles, unlock, new key, its confirmation, disable."""
    found = row.account if row else None
    common = _why_not(scene, found)
    gone = GONE if found and found.disabled else ""
    open_already = "" if found and found.locked else "The account is not locked."
    kept = common or gone
    return tuple(
        Command(f"people.{name}", title, _of(ask, found), why_not=why_not)
        for name, title, ask, why_not in (
            ("roles", "Change roles…", asks.roles, kept),
            ("unlock", "Unlock…", asks.unlock, kept or open_already),
            ("key", "New key and password…", asks.key, kept),
            ("confirm", "Confirm the new key…", asks.confirm, _why_not_confirmed(scene, found)),
            ("disable", "Disable…", asks.disable, kept),
        )
    )


def inspected(scene: Scene, row: PersonRow, asks: Asks) -> Inspected:
    """What an account is."""
    account = row.account
    facts = [("User id", account.user_id), ("Full name", account.full_name)]
    facts += [(role.value.capitalize(), _MAY[role]) for role in account.roles]
    return Inspected(
        title=account.full_name,
        kind="account",
        facts=tuple(facts),
        findings=_remarks(account),
        source="Every change of an account is an entry of the audit trail.",
        actions=of_account(scene, row, asks),
    )


def _row(account: AccountRow, own_id: str) -> PersonRow:
    state, tone = account.standing, _tone(account)
    own = " (you)" if account.user_id == own_id else ""
    roles = ", ".join(account.roles)
    return PersonRow(account.user_id, account.full_name + own, roles, state, tone, account)


def _tone(account: AccountRow) -> Tone:
    if account.disabled:
        return Tone.PLAIN
    if account.locked:
        return Tone.BAD
    return Tone.WARN if account.given or account.unconfirmed_from else Tone.GOOD


def _remarks(account: AccountRow) -> tuple[Remark, ...]:
    """All that stands between the account and its use."""
    if account.disabled:
        return (Remark("Disabled for good: the id is never given again.", Tone.PLAIN),)
    locked = "Locked after too many wrong passwords; an administrator unlocks it."
    given = (
        "The password was given by an administrator; signing in with it, the person chooses an "
        "own one."
    )
    unconfirmed = (
        f"{account.unconfirmed_from} replaced the key; it is used only after a QA approver or "
        "another administrator has confirmed it."
    )
    said = (
        Remark(locked, Tone.BAD) if account.locked else None,
        Remark(given, Tone.WARN) if account.given else None,
        Remark(unconfirmed, Tone.WARN) if account.unconfirmed_from else None,
    )
    return tuple(remark for remark in said if remark is not None)


def _why_not(scene: Scene, account: AccountRow | None) -> str:
    if not keeps_accounts(scene.person):
        return NOT_ADMINISTRATOR
    if account is None:
        return SELECT
    return OWN if account.user_id == scene.person.user_id else ""


def _why_not_confirmed(scene: Scene, account: AccountRow | None) -> str:
    if not scene.person.roles & _SECOND:
        return NOT_SECOND
    if account is None:
        return SELECT
    if account.disabled:
        return GONE
    return _why_not_by(scene.person.user_id, account) if account.unconfirmed_from else NONE_WAITS


def _why_not_by(user_id: str, account: AccountRow) -> str:
    """Choosing an own password brings another key, so a confirmation before it would be of none."""
    if account.user_id == user_id:
        return OWN_KEY
    if account.unconfirmed_from == user_id:
        return REPLACED_IT
    if account.given:
        return f"{account.full_name} chooses an own password first; the key comes with it."
    return ""


def _call(ask: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        ask()

    return run


def _of(ask: Callable[[AccountRow], object], account: AccountRow | None) -> Callable[[], None]:
    def run() -> None:
        if account is not None:
            ask(account)

    return run
