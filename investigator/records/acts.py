"""The acts that the records themselves know: the workspace, its people, signatures, withdrawals.

The acts of an investigation are named by casework; to the log they are words.
"""

from investigator.domain.acts.twin import TWIN_ACTS

WORKSPACE_CREATED = "workspace created"
ACCOUNT_ENROLLED = "account enrolled"
ROLES_CHANGED = "roles changed"
KEY_REPLACED = "key replaced"
KEY_CONFIRMED = "key confirmed"
PASSWORD_CHANGED = "password changed"
ACCOUNT_DISABLED = "account disabled"
ACCOUNT_UNLOCKED = "account unlocked"
SIGNED_IN = "signed in"
ATTEMPT_FAILED = "attempt failed"
SIGNED = "signed"
WITHDRAWN = "withdrawn"

ACCOUNT_ACTS = frozenset(
    {
        ACCOUNT_ENROLLED,
        ROLES_CHANGED,
        KEY_REPLACED,
        KEY_CONFIRMED,
        PASSWORD_CHANGED,
        ACCOUNT_DISABLED,
        ACCOUNT_UNLOCKED,
        SIGNED_IN,
        ATTEMPT_FAILED,
    }
)
"""Each of these holds the account as it then was under `new`."""

NEVER_WITHDRAWN = ACCOUNT_ACTS | {WORKSPACE_CREATED, WITHDRAWN, *TWIN_ACTS}
"""A version of a twin that has ended stays so: only a new version takes its place."""
