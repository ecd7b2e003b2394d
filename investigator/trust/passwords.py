"""Passwords: never stored, only something to check them against.

- What is stored is an Argon2id hash with its own salt and costs (RFC 9106, PHC string).
- At least 15 characters, as NIST SP 800-63B-4 asks of a password that stands alone; no rules about
  their kinds, no ageing. A password that holds the user's own id is refused.
- When the costs have risen since a hash was made, a right password shows it to be stale.
"""

from dataclasses import dataclass

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from investigator.domain.errors import UnusableRequest
from investigator.trust.argon2id import RFC_9106, Cost, normalised

SHORTEST = 15
LONGEST = 128
LEAST_DISTINCT = 5


@dataclass(frozen=True, slots=True)
class PasswordCheck:
    """What a check of a password found.

    `matches`: it is the password. `stale`: the stored hash was made at other costs than today's and
    is to be made anew.
    """

    matches: bool
    stale: bool


def refuse_weak_password(password: str, user_id: str) -> None:
    """Raise UnusableRequest unless the password is fit for this user."""
    text = normalised(password).decode("utf-8")
    if not SHORTEST <= len(text) <= LONGEST:
        raise UnusableRequest(f"The password must have {SHORTEST} to {LONGEST} characters.")
    if len(set(text)) < LEAST_DISTINCT:
        raise UnusableRequest(
            f"The password must have at least {LEAST_DISTINCT} different characters."
        )
    if user_id.casefold() in text.casefold():
        raise UnusableRequest("The password must not contain the user id.")


def hashed_password(password: str, cost: Cost = RFC_9106) -> str:
    """The hash to store, a PHC string `$argon2id$v=19$…`; a new salt each time."""
    return _hasher(cost).hash(normalised(password))


def check_password(stored: str, password: str, cost: Cost = RFC_9106) -> PasswordCheck:
    """Compare a password with a stored hash; an unreadable hash matches nothing."""
    hasher = _hasher(cost)
    try:
        hasher.verify(stored, normalised(password))
        stale = _cost_of(stored) != cost
    except (VerificationError, InvalidHashError):
        return PasswordCheck(matches=False, stale=False)
    return PasswordCheck(matches=True, stale=stale)


def _hasher(cost: Cost) -> PasswordHasher:
    return PasswordHasher(
        time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes
    )


def _cost_of(stored: str) -> Cost:
    found = extract_parameters(stored)
    return Cost(found.time_cost, found.memory_cost, found.parallelism)
