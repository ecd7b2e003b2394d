"""Questions to the twin: one at a time, the latest wish next, late answers dropped."""

import pytest
from pytestqt.qtbot import QtBot
from support.scenario_scenes import Bench, a_part, a_scenario, answer

from investigator.desktop.requests import AskTwin
from investigator.desktop.views.scenario_asking import Asking
from investigator.domain.scenario import Scenario
from investigator.domain.what_if import WhatIf

pytestmark = pytest.mark.requirement("WIN-176")


def sized(size: float) -> Scenario:
    """A scenario by its size."""
    return a_scenario(a_part(sizes=(size,)))


class Heard:
    """An asking with what it asked and told; it is answered by hand."""

    def __init__(self) -> None:
        self.asked: list[AskTwin] = []
        self.told: list[WhatIf] = []
        self.refused: list[str] = []
        self.bench = Bench()
        self.asking = Asking(self.asked.append)
        self.asking.tried.connect(self.told.append)
        self.asking.fitted.connect(self.told.append)
        self.asking.refused.connect(self.refused.append)

    def answer(self) -> None:
        answer(self.asked[-1], self.bench)


@pytest.fixture
def heard(qtbot: QtBot) -> Heard:
    return Heard()


def test_of_many_wishes_the_first_and_the_latest_are_asked(heard: Heard) -> None:
    for size in (-1.0, -2.0, -3.0, -4.0):
        heard.asking.want(sized(size))
    assert len(heard.asked) == 1
    heard.answer()
    heard.answer()
    assert [size.parts[0].sizes for size in heard.bench.asked] == [(-1.0,), (-4.0,)]
    assert [told.scenario for told in heard.told] == [sized(-1.0), sized(-4.0)]
    assert not heard.asking.busy


def test_a_refusal_is_told_and_the_next_wish_is_asked(heard: Heard) -> None:
    heard.asking.want(sized(-99.0))
    heard.asking.want(sized(-2.0))
    heard.answer()
    heard.answer()
    assert "lies outside" in heard.refused[0]
    assert [told.scenario for told in heard.told] == [sized(-2.0)]


def test_what_was_forgotten_is_not_told(heard: Heard) -> None:
    heard.asking.want(sized(-1.0))
    heard.asking.forget()
    heard.asking.want(sized(-2.0))
    answer(heard.asked[0], heard.bench)
    assert heard.told == []
    heard.answer()
    assert [told.scenario for told in heard.told] == [sized(-2.0)]


def test_while_sizes_are_fitted_nothing_else_is_asked(heard: Heard) -> None:
    heard.asking.want(sized(-1.0))
    heard.asking.want_fit(sized(-1.0))
    assert heard.asking.fitting
    heard.answer()
    heard.asking.want(sized(-2.0))
    heard.answer()
    assert len(heard.asked) == 2
    assert heard.told[-1].fitted is not None
    assert not heard.asking.fitting


def test_one_that_was_ended_is_no_error(heard: Heard) -> None:
    heard.asking.want_fit(sized(-1.0))
    assert heard.asked[-1].cancelled is not None
    heard.asked[-1].cancelled()
    assert (heard.refused, heard.asking.busy) == ([], False)
