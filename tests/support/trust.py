"""Keys, clocks and people for tests; costs are the least that Argon2id takes."""

from investigator.trust.argon2id import Cost
from investigator.trust.certificates import authority_certificate, person_certificate
from investigator.trust.clock import Clock
from investigator.trust.credentials import Credentials, new_credentials
from investigator.trust.keys import SigningKey, new_signing_key
from investigator.trust.policy import Role
from investigator.trust.roster import Account

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
PASSWORD = "slow green press 7"
GIVEN = "given on the first day"
"""What an administrator gives with a new account; with it the person chooses `PASSWORD`."""
T0_MS = 1_760_000_000_000


class Hands:
    """A wall clock and a steady clock that a test turns by hand; both stand until turned."""

    def __init__(self, t_ms: int = T0_MS) -> None:
        self.wall, self.steady = t_ms, 0

    def pass_by(self, ms: int) -> None:
        self.wall += ms
        self.steady += ms

    def clock(self) -> Clock:
        return Clock("Europe/Zurich", wall_ms=lambda: self.wall, steady_ms=lambda: self.steady)


class Site:
    """An authority that makes people."""

    def __init__(self) -> None:
        self.key: SigningKey = new_signing_key()
        self.certificate = authority_certificate(self.key, "Authority of a test", T0_MS)

    def person(
        self, user_id: str, *roles: Role, password: str = PASSWORD
    ) -> tuple[Account, Credentials]:
        key = new_signing_key()
        credentials = new_credentials(user_id=user_id, password=password, key=key, cost=CHEAP)
        full_name = f"{user_id.title()} of Testing"
        certificate = person_certificate(
            authority_key=self.key,
            authority=self.certificate,
            user_id=user_id,
            full_name=full_name,
            public_key=key.public(),
            t_ms=T0_MS,
        )
        account = Account(user_id, full_name, frozenset(roles), certificate, credentials.digest())
        return account, credentials
