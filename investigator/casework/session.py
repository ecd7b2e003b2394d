"""Who is signed in at the desk, and for how long.

- Every act needs a session. It ends by signing out and is locked after ten minutes without any
  activity; nobody can change that time.
- A locked session is opened again by the same person's password only.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from investigator.domain.errors import AccessRefused
from investigator.trust.policy import Role

IDLE_S = 600.0

__all__ = ["IDLE_S", "Role", "Session", "SignedIn"]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person at the desk: user id, full name as printed, roles.

    `given`: the password is one that an administrator gave; before anything else an own one is
    chosen.
    """

    user_id: str
    full_name: str
    roles: frozenset[Role]
    given: bool = False


class Session:
    """The one session of a desk.

    Args:
        steady_s: seconds on a clock that cannot be set; a test hands in its own.
    """

    def __init__(self, steady_s: Callable[[], float] = time.monotonic) -> None:
        self._steady_s = steady_s
        self._person: SignedIn | None = None
        self._locked = False
        self._seen_s = steady_s()

    @property
    def person(self) -> SignedIn | None:
        """Who is signed in, locked or not; None if nobody is."""
        return self._person

    @property
    def locked(self) -> bool:
        """Whether the password is asked for before anything else is done."""
        if self._person is not None and self._steady_s() - self._seen_s > IDLE_S:
            self._locked = True
        return self._locked

    def begin(self, person: SignedIn) -> None:
        """The person has shown who they are."""
        self._person, self._locked = person, False
        self._seen_s = self._steady_s()

    def touch(self) -> None:
        """The person did something; a session that was idle too long stays locked."""
        if not self.locked:
            self._seen_s = self._steady_s()

    def lock(self) -> None:
        """Ask for the password before anything else is done."""
        self._locked = self._person is not None

    def end(self) -> None:
        """Nobody is signed in any more."""
        self._person, self._locked = None, False

    def demanded(self) -> SignedIn:
        """The person who acts.

        Raises:
            AccessRefused: nobody is signed in, or the session is locked.
        """
        if self._person is None:
            raise AccessRefused("Nobody is signed in; sign in first.")
        if self.locked:
            raise AccessRefused(
                f"The session of {self._person.user_id} is locked; enter the password again."
            )
        self.touch()
        return self._person

    def demand_signer(self, user_id: str) -> SignedIn:
        """The person who acts, if the id typed for a signature is theirs.

        Raises:
            AccessRefused: as `demanded`, or it is another person's.
        """
        person = self.demanded()
        if person.user_id != user_id:
            raise AccessRefused(
                f"{person.user_id} is signed in; {user_id} signs in before signing."
            )
        return person
