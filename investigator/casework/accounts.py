"""Accounts of a workspace, kept by an administrator who is not the person concerned."""

from dataclasses import dataclass, replace

from investigator.casework.desk import Desk
from investigator.domain.errors import UnusableRequest
from investigator.trust.policy import Role

__all__ = [
    "AccountRow",
    "Role",
    "accounts",
    "change_password",
    "confirm_key",
    "demand_own",
    "disable",
    "enrol",
    "replace_key",
    "role_named",
    "set_roles",
    "unlock",
]


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as it is listed."""

    user_id: str
    full_name: str
    roles: tuple[Role, ...]
    locked: bool
    disabled: bool
    given: bool
    unconfirmed_from: str

    @property
    def standing(self) -> str:
        """How the account stands, in words."""
        if self.disabled:
            return "disabled"
        if self.locked:
            return "locked"
        if self.given:
            return "own password not chosen yet"
        return "new key not confirmed yet" if self.unconfirmed_from else "in use"


def role_named(name: str) -> Role:
    """The role of that name, in any capitals.

    Raises:
        UnusableRequest: there is none.
    """
    for role in Role:
        if role.casefold() == name.strip().casefold():
            return role
    raise UnusableRequest(f'"{name}" is no role; name one of: {", ".join(Role)}.')


def accounts(desk: Desk) -> tuple[AccountRow, ...]:
    """All accounts in the order of their ids; whoever is signed in may see them."""
    desk.session.demanded()
    known = desk.workspace.people.roster.accounts
    return tuple(
        AccountRow(
            a.user_id,
            a.full_name,
            tuple(sorted(a.roles)),
            a.locked,
            a.disabled,
            a.given,
            a.unconfirmed_from,
        )
        for _, a in sorted(known.items())
    )


def enrol(
    desk: Desk, *, user_id: str, full_name: str, roles: frozenset[Role], password: str, why: str
) -> None:
    """A new account; the reason says how the person's identity was checked.

    The password serves the person for choosing an own one, and for nothing else.

    Raises:
        AccessRefused: the person signed in keeps no accounts.
        UnusableRequest: id, name, roles, password or reason are unfit.
    """
    by = _by(desk, why)
    desk.workspace.people.enrol(
        user_id=user_id, full_name=full_name, roles=roles, password=password, by=by, why=why
    )


def set_roles(desk: Desk, user_id: str, roles: frozenset[Role], *, why: str) -> None:
    """Give a person other roles."""
    desk.workspace.people.set_roles(user_id, roles, by=_by(desk, why), why=why)


def disable(desk: Desk, user_id: str, *, why: str) -> None:
    """Take an account out of use for ever."""
    desk.workspace.people.disable(user_id, by=_by(desk, why), why=why)


def unlock(desk: Desk, user_id: str, *, why: str) -> None:
    """Unlock an account after too many failed attempts."""
    desk.workspace.people.unlock(user_id, by=_by(desk, why), why=why)


def replace_key(desk: Desk, user_id: str, password: str, *, why: str) -> None:
    """Give a person who lost the password a new key, certificate and password."""
    desk.workspace.people.replace_key(user_id, password, by=_by(desk, why), why=why)


def confirm_key(desk: Desk, user_id: str, *, why: str) -> None:
    """Confirm, as a second person, that a replaced key is that of the person.

    Raises:
        AccessRefused: neither QA approver nor administrator, or the person or who replaced it.
        UnusableRequest: nothing waits to be confirmed, or the reason is missing.
    """
    desk.workspace.people.confirm_key(user_id, by=_by(desk, why), why=why)


def change_password(desk: Desk, *, old: str, new: str) -> None:
    """Change the own password, or choose one in place of a given one; the old one is asked for."""
    person = desk.session.demanded()
    desk.workspace.people.change_password(person.user_id, old=old, new=new)
    desk.session.begin(replace(person, given=False))


def demand_own(desk: Desk) -> None:
    """Do nothing if password and key of the person signed in are the person's own.

    Raises:
        AccessRefused: they are not, or not yet; nothing but the choice of a password is open then.
    """
    desk.workspace.people.roster.acting(desk.session.demanded().user_id)


def _by(desk: Desk, why: str) -> str:
    by = desk.session.demanded().user_id
    if not why.strip():
        raise UnusableRequest("A change of an account needs a reason; say why.")
    return by
