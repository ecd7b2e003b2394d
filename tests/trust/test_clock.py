"""One clock: it counts, it remembers, it tells when it was set."""

import pytest
from support.trust import T0_MS, Hands

from investigator.trust.clock import Clock


@pytest.mark.requirement("REC-006")
def test_readings_are_counted_whatever_the_wall_clock_does() -> None:
    hands = Hands()
    clock = hands.clock()
    first = clock.read()
    hands.wall -= 5_000
    assert (first.t_ms, first.zone) == (T0_MS, "Europe/Zurich")
    assert [clock.read().counter for _ in range(3)] == [2, 3, 4]


@pytest.mark.requirement("REC-006")
def test_a_clock_set_back_is_noticed_and_by_how_much() -> None:
    hands = Hands()
    clock = hands.clock()
    clock.read()
    hands.wall -= 60_000
    moment = clock.read()
    assert (moment.behind_ms, moment.drift_ms) == (60_000, -60_000)
    assert moment.set_back
    assert moment.drifted
    assert moment.t_ms == T0_MS - 60_000


def test_a_clock_set_forward_while_the_program_runs_is_noticed() -> None:
    hands = Hands()
    clock = hands.clock()
    hands.pass_by(1_000)
    hands.wall += 60_000
    moment = clock.read()
    assert moment.drifted
    assert not moment.set_back


def test_time_that_passes_and_small_corrections_are_not_held_against_it() -> None:
    hands = Hands()
    clock = hands.clock()
    clock.read()
    hands.pass_by(10**9)
    hands.wall -= 1_500
    moment = clock.read()
    assert not moment.set_back
    assert not moment.drifted


def test_what_an_earlier_session_saw_is_remembered() -> None:
    hands = Hands()
    clock = hands.clock()
    clock.has_seen(t_ms=T0_MS + 3_600_000, counter=41)
    clock.has_seen(t_ms=0, counter=0)
    moment = clock.read()
    assert (moment.counter, moment.behind_ms) == (42, 3_600_000)
    assert moment.set_back


def test_the_clock_of_the_machine_runs_forward() -> None:
    clock = Clock("UTC")
    first, second = clock.read(), clock.read()
    assert second.t_ms >= first.t_ms > 1_700_000_000_000
    assert not second.drifted
