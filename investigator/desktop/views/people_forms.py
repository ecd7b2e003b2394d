"""The sheets in which accounts are kept, from enrolling to disabling; and the own password."""

from investigator.casework.accounts import AccountRow, Role
from investigator.desktop.frame.view import View
from investigator.desktop.requests import (
    ChangePassword,
    ConfirmKey,
    Disable,
    Enrol,
    ReplaceKey,
    Request,
    SetRoles,
    Unlock,
)
from investigator.desktop.view_models.people import role_options
from investigator.desktop.views.asking import ask, new_password, same_twice
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.sheet import Sheet

_GIVEN = (
    "Give the password to the person, who chooses an own one at the first sign-in; "
    "it opens nothing else."
)
_GIVEN_TITLE = "Password to be given, 15 characters or more"


def ask_enrol(view: View) -> Sheet:
    """A new account."""
    form = Form()
    form.text("user_id", "User id", required=True, hint="Given once and never again.")
    form.text("full_name", "Full name", required=True, hint="As printed with signatures.")
    form.checks("roles", "Roles", role_options(), required=True)
    new_password(form, _GIVEN_TITLE)
    form.reason("why", "How the identity was checked")

    def make() -> Request | None:
        if not same_twice(form):
            return None
        return Enrol(
            form.value("user_id"),
            form.value("full_name"),
            _roles(form),
            form.value("password"),
            form.value("why"),
        )

    return ask(view, "Enrol a person", form, make, send="Enrol", note=_GIVEN)


def ask_roles(view: View, account: AccountRow) -> Sheet:
    """Other roles."""
    form = Form()
    form.checks("roles", "Roles", role_options(), required=True, value=account.roles)
    form.reason("why")

    def make() -> Request:
        return SetRoles(account.user_id, _roles(form), form.value("why"))

    return ask(view, f"Change the roles of {account.full_name}", form, make, send="Change")


def ask_unlock(view: View, account: AccountRow) -> Sheet:
    """A locked account may be used again."""
    form = Form()
    form.reason("why")

    def make() -> Request:
        return Unlock(account.user_id, form.value("why"))

    return ask(view, f"Unlock {account.full_name}", form, make, send="Unlock")


def ask_key(view: View, account: AccountRow) -> Sheet:
    """A new key and password for whoever lost the password."""
    form = Form()
    new_password(form, _GIVEN_TITLE)
    form.reason("why")

    def make() -> Request | None:
        if not same_twice(form):
            return None
        return ReplaceKey(account.user_id, form.value("password"), form.value("why"))

    note = (
        f"{_GIVEN} The new key is used only after a QA approver or another administrator has "
        "confirmed it. Signatures given with the old key stay valid."
    )
    title = f"New key and password for {account.full_name}"
    return ask(view, title, form, make, send="Replace", note=note)


def ask_confirm(view: View, account: AccountRow) -> Sheet:
    """A second person vouches for a key that was replaced."""
    form = Form()
    form.reason("why", "How you made sure that it is the person's")

    def make() -> Request:
        return ConfirmKey(account.user_id, form.value("why"))

    note = (
        f"{account.unconfirmed_from} replaced the key. Confirm it only if {account.full_name} told "
        "you in person that the password was lost and that an own one is chosen."
    )
    title = f"Confirm the new key of {account.full_name}"
    return ask(view, title, form, make, send="Confirm", note=note)


def ask_disable(view: View, account: AccountRow) -> Sheet:
    """An account goes out of use."""
    form = Form()
    form.reason("why")

    def make() -> Request:
        return Disable(account.user_id, form.value("why"))

    note = "This cannot be undone: the id is never given again."
    return ask(view, f"Disable {account.full_name}", form, make, send="Disable", note=note)


def ask_own_password(view: View) -> Sheet:
    """The own password."""
    form = Form()
    form.secret("old", "Password as it is")
    new_password(form, "New password, 15 characters or more")

    def make() -> Request | None:
        if not same_twice(form):
            return None
        return ChangePassword(form.value("old"), form.value("password"))

    return ask(view, "Change own password", form, make, send="Change")


def _roles(form: Form) -> frozenset[Role]:
    checked = form.values()["roles"]
    return frozenset(Role(role) for role in checked) if isinstance(checked, tuple) else frozenset()
