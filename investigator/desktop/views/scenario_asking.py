"""Questions to the twin that stays ready: one at a time, the latest wish next, none piled up."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from operator import attrgetter, methodcaller
from typing import Any

from PySide6.QtCore import QObject, Signal

from investigator.desktop.requests import AskTwin
from investigator.domain.scenario import Scenario


@dataclass(frozen=True, slots=True, eq=False)
class _Wish:
    """`tell`: the signal by which the answer is told."""

    question: Callable[[Any], Any]
    tell: Any
    fits: bool = False


class Asking(QObject):
    """Asks what a scenario comes to, while it is being changed.

    Every question that was asked is answered; of wishes that come meanwhile the latest is next.

    Signals:
        known(object): targets by kind and id, and the span of the run.
        tried(WhatIf): what the scenario that was asked for comes to.
        fitted(WhatIf): the same with its sizes fitted.
        refused(str): why there is no answer.
        changed(): `busy` or `fitting` answers otherwise now.
    """

    known = Signal(object)
    tried = Signal(object)
    fitted = Signal(object)
    refused = Signal(str)
    changed = Signal()

    def __init__(self, ask: Callable[[AskTwin], None]) -> None:
        super().__init__()
        self._ask = ask
        self._wanted: _Wish | None = None
        self._asked: _Wish | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is waited for."""
        return self._asked is not None

    @property
    def fitting(self) -> bool:
        """Whether sizes are being fitted."""
        return any(wish is not None and wish.fits for wish in (self._asked, self._wanted))

    def want_known(self) -> None:
        """Ask what can be changed, and over which time."""
        self._want(_Wish(attrgetter("targets", "run_span"), self.known))

    def want(self, scenario: Scenario) -> None:
        """Ask what a scenario comes to; while sizes are fitted that is not asked."""
        if not self.fitting:
            self._want(_Wish(methodcaller("run", scenario), self.tried))

    def want_fit(self, scenario: Scenario) -> None:
        """Ask for the sizes that fit the evidence."""
        self._want(_Wish(methodcaller("fit", scenario), self.fitted, fits=True))

    def forget(self) -> None:
        """Whatever is wished or asked is of no use any more; a late answer is dropped."""
        self._wanted = self._asked = None
        self.changed.emit()

    def _want(self, wish: _Wish) -> None:
        self._wanted = wish
        self._next()

    def _next(self) -> None:
        if self._asked is None and self._wanted is not None:
            wish = self._asked = self._wanted
            self._wanted = None
            self.changed.emit()
            refuse = partial(self._refuse, wish)
            answer = partial(self._answer, wish)
            self._ask(AskTwin(wish.question, answer, refused=refuse, cancelled=partial(refuse, "")))

    def _answer(self, wish: _Wish, answer: Any) -> None:
        if self._end(wish):
            wish.tell.emit(answer)
            self._next()

    def _refuse(self, wish: _Wish, sentence: str) -> None:
        if self._end(wish):
            if sentence:
                self.refused.emit(sentence)
            self._next()

    def _end(self, wish: _Wish) -> bool:
        """Whether this is what was waited for; then it no longer is."""
        if self._asked is not wish:
            return False
        self._asked = None
        self.changed.emit()
        return True
