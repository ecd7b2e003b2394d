"""A tab beside the ranking under test, in its view."""

from typing import Any, Generic, TypeVar

from pytestqt.qtbot import QtBot

from investigator.desktop.scene import Scene
from investigator.desktop.views.hypotheses import HypothesesView
from investigator.desktop.views.hypothesis_tab import HypothesisTab
from support.viewing import Shown

T = TypeVar("T", bound=HypothesisTab)


class ShownTab(Shown, Generic[T]):
    """The tab of a kind in its view, and where it wanted to go."""

    view: HypothesesView

    def __init__(self, kind: type[T], qtbot: QtBot) -> None:
        super().__init__(HypothesesView(), qtbot)
        self._kind = kind
        self.gone: list[Any] = []
        self.view.go_requested.connect(self.gone.append)

    def show(self, scene: Scene, word: str = "") -> None:
        """Show the view on a scene, turned to the tab, or to that of another word."""
        self.view.show_snapshot(scene)
        turn_to(self.view, word or self._kind.word)

    @property
    def tab(self) -> T:
        return tab_of(self.view, self._kind)


def tab_of(view: HypothesesView, kind: type[T]) -> T:
    """The tab of a kind."""
    return next(tab for tab in view.further if isinstance(tab, kind))


def turn_to(view: HypothesesView, word: str) -> None:
    """Turn to the tab of a word."""
    words = [view.tabs.tabText(place) for place in range(view.tabs.count())]
    view.tabs.setCurrentIndex(words.index(word))
