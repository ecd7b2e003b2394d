"""Who is signed in, and for how long: locked when idle, opened again by whoever it belongs to."""

import pytest

from investigator.casework.session import IDLE_S, Session, SignedIn
from investigator.domain.errors import AccessRefused
from investigator.trust.policy import Role

ANN = SignedIn("ann", "Ann of Testing", frozenset({Role.INVESTIGATOR}))


class Steady:
    """A clock that a test turns by hand."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture
def session(steady: Steady) -> Session:
    begun = Session(steady_s=steady)
    begun.begin(ANN)
    return begun


def test_nobody_is_signed_in_at_first(steady: Steady) -> None:
    session = Session(steady_s=steady)
    session.lock()
    assert (session.person, session.locked) == (None, False)
    with pytest.raises(AccessRefused, match="Nobody is signed in"):
        session.demanded()


@pytest.mark.requirement("CAS-057")
def test_ten_minutes_without_activity_lock_it(session: Session, steady: Steady) -> None:
    assert IDLE_S == 600.0
    steady.now_s += IDLE_S
    assert session.demanded() == ANN
    steady.now_s += IDLE_S
    assert not session.locked
    steady.now_s += 0.1
    assert session.locked
    assert session.person == ANN
    with pytest.raises(AccessRefused, match="session of ann is locked; enter the password again"):
        session.demanded()


@pytest.mark.requirement("CAS-057")
def test_activity_keeps_it_open_and_comes_too_late_once_locked(
    session: Session, steady: Steady
) -> None:
    for _ in range(5):
        steady.now_s += IDLE_S - 1
        session.touch()
    assert not session.locked
    steady.now_s += IDLE_S + 1
    session.touch()
    assert session.locked


@pytest.mark.requirement("CAS-057")
@pytest.mark.parametrize("idle_s", [0.0, IDLE_S + 1, 10 * IDLE_S])
def test_signing_in_again_opens_it(session: Session, steady: Steady, idle_s: float) -> None:
    session.lock()
    steady.now_s += idle_s
    assert session.locked
    session.begin(ANN)
    assert not session.locked
    assert session.demanded() == ANN
    steady.now_s += IDLE_S + 1
    assert session.locked


def test_it_ends(session: Session) -> None:
    session.end()
    assert (session.person, session.locked) == (None, False)
    with pytest.raises(AccessRefused, match="Nobody is signed in"):
        session.demanded()


def test_only_the_own_id_signs(session: Session) -> None:
    assert session.demand_signer("ann") == ANN
    with pytest.raises(AccessRefused, match="ann is signed in; ben signs in before signing"):
        session.demand_signer("ben")
    session.lock()
    with pytest.raises(AccessRefused, match="is locked"):
        session.demand_signer("ann")


def test_the_real_clock_is_one_that_nobody_sets() -> None:
    session = Session()
    session.begin(ANN)
    assert session.demanded() == ANN
