"""A child that stays ready: made once, asked often, ended from outside or by whoever asked."""

import multiprocessing
import threading
from collections.abc import Iterator
from operator import methodcaller

import pytest
from support.background import Counter, NeedsMore

from investigator.casework.answering import Answering
from investigator.casework.background import WorkCancelled, WorkFailed
from investigator.domain.errors import UnusableRequest

pytestmark = pytest.mark.requirement("WIN-176")


@pytest.fixture
def counting() -> Iterator[Answering]:
    made = Answering("Counting", Counter, 5)
    yield made
    made.close()
    assert multiprocessing.active_children() == []


def test_it_is_made_once_and_answers_often(counting: Answering) -> None:
    first, child = counting.answer(methodcaller("next"))
    second, same = counting.answer(methodcaller("next", 3))
    assert (first, second) == (6, 9)
    assert child == same != multiprocessing.current_process().pid


def test_faults_are_told_and_it_goes_on(counting: Answering) -> None:
    with pytest.raises(NeedsMore) as told:
        counting.answer(methodcaller("refuse"))
    assert told.value.count == 2
    with pytest.raises(WorkFailed, match=r"by a fault of the program \(ZeroDivisionError"):
        counting.answer(methodcaller("divide"))
    assert counting.answer(methodcaller("next"))[0] == 6


def test_a_child_that_was_ended_from_outside_gives_one_sentence(counting: Answering) -> None:
    with pytest.raises(WorkFailed, match="was ended from outside"):
        counting.answer(methodcaller("die"))


def test_what_cannot_be_made_says_why() -> None:
    made = Answering("Counting", Counter, -1)
    for _ in range(2):
        with pytest.raises(UnusableRequest, match="give 0 or more"):
            made.answer(methodcaller("next"))
    made.close()


def test_a_question_is_ended_from_another_thread(counting: Answering) -> None:
    counting.answer(methodcaller("next"))
    threading.Timer(0.1, counting.cancel).start()
    with pytest.raises(WorkCancelled):
        counting.answer(methodcaller("sleep", 300.0))


def test_one_that_was_never_asked_has_no_child() -> None:
    made = Answering("Counting", Counter, 5)
    made.close()
    made.cancel()
    assert multiprocessing.active_children() == []
