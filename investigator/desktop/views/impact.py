"""The impact: what the disturbance did to the product, and how that is known.

- Drums: the disturbance on its way, the drum map, the containers one by one.
- Origin: where each drum came from. Account: where all material is. Detectability: how small a
  disturbance the line notices.
"""

from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QStackedLayout, QTabBar, QVBoxLayout, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.requests import Analysis
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.drum_tiles import Bound
from investigator.desktop.view_models.impact import NEXT, NO_IMPACT, standing
from investigator.desktop.view_models.results import analysis_command
from investigator.desktop.view_models.way_on import way_on
from investigator.desktop.views.impact_account import AccountPart
from investigator.desktop.views.impact_drums import DrumsPart, row_of
from investigator.desktop.views.impact_funnel import FunnelPart
from investigator.desktop.views.impact_origin import OriginPart
from investigator.desktop.views.impact_part import ImpactPart
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel, line_label
from investigator.domain.acts.analysis import ImpactRecorded
from investigator.domain.results import ImpactResult


class ImpactView(View):
    """Four tabs, one inspector."""

    place: ClassVar[Place] = Place.IMPACT

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self._result: ImpactResult | None = None
        self.tabs = QTabBar()
        self.drums = DrumsPart(self._go, self._take_back)
        self.origin, self.account = OriginPart(self._go), AccountPart(self._go)
        self.funnel = FunnelPart(self._go)
        self.parts: tuple[ImpactPart, ...] = (self.drums, self.origin, self.account, self.funnel)
        self._note = ElidedLabel("", "soft")
        self._follow = CommandButton(self._follow_command())
        self._empty = EmptyState(NO_IMPACT, NEXT)
        self._lay_out()
        for part in self.parts:
            part.inspected.connect(self.inspected)
        self.tabs.currentChanged.connect(self._turn)

    @property
    def bound(self) -> Bound:
        """Which of the two masses is shown."""
        return self.drums.bound

    def show_snapshot(self, snapshot: Scene) -> None:
        """Show the impact of the case."""
        self._scene = snapshot
        self._result = snapshot.seen.impact if snapshot.seen else None
        self._pages.setCurrentIndex(0 if self._result else 1)
        self.drums.show_scene(snapshot)
        if self._part is not self.drums:
            self._part.show_scene(snapshot)
        self._note.setText(standing(snapshot))
        self._offer()

    def inspect_selected(self) -> None:
        """Tell what is selected in the tab that is seen."""
        if self._result is not None and not self._part.is_empty:
            self._part.tell_selected()

    def commands(self) -> tuple[Command, ...]:
        """Follow the material; what the impact is; central or conservative; the tabs."""
        none = "" if self._result else "There is no impact yet; follow the material first."
        return (
            self._follow_command(),
            Command("impact.about", "About the impact", self._tell_impact, why_not=none),
            *(
                Command(
                    f"impact.{bound.name.lower()}",
                    f"Show the {bound}",
                    lambda bound=bound: self.show_bound(bound),  # type: ignore[misc]
                    why_not=none,
                )
                for bound in Bound
            ),
            Command("impact.rules", "Hold by the rules", self._hold_by_rules, why_not=none),
            *(
                Command(
                    f"impact.part.{part.word.lower()}",
                    f"Show {part.word.lower()}",
                    lambda part=part: self.show_part(part),  # type: ignore[misc]
                    why_not=none,
                )
                for part in self.parts
            ),
        )

    def things(self) -> tuple[Thing, ...]:
        """The containers."""
        return tuple(
            Thing(name, "container", partial(self.select, name), name)
            for name in (row.container_id for row in self.drums.rows)
        )

    def show_part(self, part: ImpactPart) -> None:
        """Show one of the tabs."""
        self.tabs.setCurrentIndex(self.parts.index(part))

    def show_bound(self, bound: Bound) -> None:
        """Show the central estimate, or the bound at 95 %."""
        self.show_part(self.drums)
        self.drums.show_bound(bound)

    def select(self, container_id: str) -> None:
        """Go to a container: its tile, its row, the inspector."""
        self.show_part(self.drums)
        self.drums.select(container_id)

    @property
    def _part(self) -> ImpactPart:
        return self.parts[self.tabs.currentIndex()]

    def _follow_command(self) -> Command:
        again = " again" if self._result else ""
        title, ask = f"Follow the material{again}", self.act_requested.emit
        return analysis_command(self._scene, Analysis.IMPACT, title, ask, shortcut="Ctrl+R")

    def _hold_by_rules(self) -> None:
        self.show_part(self.drums)
        self.drums.quarantine.to_rules()

    def _tell_impact(self) -> None:
        self.show_part(self.drums)
        self.drums.tell_impact()

    def _turn(self, place: int) -> None:
        """A tab is filled when it is turned to; the drum that is gone to stays the same."""
        if self._scene is not None:
            self.parts[place].show_scene(self._scene)
        row = self.drums.table.current_row()
        if self.parts[place] is self.origin and row is not None:
            self.origin.select(row.container_id)
        self._tabbed.setCurrentIndex(place)
        self.inspected.emit(None)
        self.inspect_selected()
        self.commands_changed.emit()

    def _go(self, place: Place) -> None:
        self.go_requested.emit(place)

    def _take_back(self, recorded: Any) -> None:
        ask_withdrawal(self, recorded)

    def _offer(self) -> None:
        follow = self._follow_command()
        self._follow.show_command(follow)
        for part in self.parts:
            part.offer(follow)
        go, probe = self.go_requested.emit, ImpactRecorded("", "", ())
        self._empty.show_empty(NO_IMPACT, *way_on(self._scene, follow, probe, NEXT, go))
        self.commands_changed.emit()

    def _lay_out(self) -> None:
        self._follow.setObjectName("impact.start")
        self.tabs.setObjectName("impact.tabs")
        self.tabs.setDrawBase(False)
        page, self._pages = QWidget(), QStackedLayout(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, GRID // 2, 0, 0)
        column.setSpacing(0)
        column.addLayout(
            row_of(line_label("Impact", "strong"), self.tabs, self._note, self._follow)
        )
        self._tabbed = QStackedLayout()
        column.addLayout(self._tabbed, 1)
        # Once the stack has a page to stand on: a part without one opens a window of its own.
        for part in self.parts:
            self.tabs.addTab(part.word)
            self._tabbed.addWidget(part)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)
