"""Five whys: the chain of the hypothesis that is gone to, as a ladder with its evidence."""

from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.frame.view import View
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.evidence_told import inspected_evidence, way_to
from investigator.desktop.view_models.whys import (
    NO_CHAIN,
    NO_HYPOTHESIS,
    Chain,
    Step,
    about_step,
    chains,
    why_not_state,
)
from investigator.desktop.views.hypothesis_tab import HypothesisTab
from investigator.desktop.views.whys_form import ask_why
from investigator.desktop.views.whys_ladder import Ladder
from investigator.desktop.views.withdrawing import ask_withdrawal, withdrawing
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.domain.acts.reasoning import EvidenceLink
from investigator.domain.quantities import count

_GO_TO_A_STEP = "Go to a step first."


class WhysTab(HypothesisTab):
    """A chooser of the hypothesis, its ladder, and what can be done with it.

    Args:
        view: over which its forms lie.
    """

    word: ClassVar[str] = "5-why"

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self._scene: Scene | None = None
        self._gone_to = self._cause = ""
        self._chains: tuple[Chain, ...] = ()
        self._drawn: Chain | None = None
        self._number = 0
        self.chooser, self.ladder = QComboBox(), Ladder()
        self._note, self._empty = ElidedLabel("", "soft"), EmptyState(*NO_HYPOTHESIS)
        self._buttons = {c.id: CommandButton(c) for c in self.commands()}
        self._lay_out()
        self.chooser.activated.connect(lambda _place: self._choose(self.chooser.currentData()))
        self.ladder.chosen.connect(self._go_to)
        self.ladder.opened.connect(self._restate)
        self.ladder.link_chosen.connect(self._inspect_link)

    @property
    def chain(self) -> Chain | None:
        """The chain that is shown; None where no hypothesis is raised."""
        return next((chain for chain in self._chains if chain.cause == self._cause), None)

    @property
    def step(self) -> Step | None:
        """The step that is gone to; None for none."""
        return self.chain.step(self._number) if self.chain else None

    def show_scene(self, scene: Scene, cause: str) -> None:
        """Show the chain of the hypothesis gone to; where none is raised of it, the one before."""
        if scene is not self._scene:
            self._scene, self._chains = scene, chains(scene)
        raised = [chain.cause for chain in self._chains]
        if cause != self._gone_to and cause in raised:
            self._cause = cause
        self._gone_to = cause
        if self._cause not in raised:
            self._cause = raised[0] if raised else ""
        self._show()

    def commands(self) -> tuple[Command, ...]:
        """State the next why, the one gone to again, withdraw it."""
        chain, step = self.chain, self.step
        number = chain.following if chain else 1
        return (
            Command(
                "whys.add",
                f"State why {number}…",
                self._add,
                why_not=why_not_state(self._scene, chain, number),
            ),
            self._restating(step),
            self._withdrawing(step),
        )

    def tell_selected(self) -> None:
        """Tell the step that is gone to."""
        scene, chain, step = self._scene, self.chain, self.step
        if scene is None or chain is None or step is None:
            return
        ways = tuple(way_to(scene, one.link, self.go_requested.emit) for one in step.links)
        take, restate = partial(ask_withdrawal, self._view), self._restating(step)
        told = about_step(scene, chain, step, ways=ways, take=take, restate=restate)
        self.inspected.emit(told)

    def _restating(self, step: Step | None) -> Command:
        number = step.number if step else 0
        why_not = why_not_state(self._scene, self.chain, number) if step else _GO_TO_A_STEP
        return Command(
            "whys.restate", "State again…", partial(self._restate, number), why_not=why_not
        )

    def _withdrawing(self, step: Step | None) -> Command:
        recorded = step.recorded if step else None
        return withdrawing("whys.withdraw", self._view, self._scene, recorded, _GO_TO_A_STEP)

    def _show(self) -> None:
        chain = self.chain
        self._show_chooser()
        if chain is not None and chain != self._drawn:
            if self._drawn is None or chain.cause != self._drawn.cause or self.step is None:
                self._number = 0
            self.ladder.show_chain(chain)
            self.ladder.show_selected(self._number)
        self._drawn = chain
        self._note.setText(chain.said if chain else "")
        shown = chain is not None and bool(chain.steps)
        if not shown:
            said = NO_CHAIN if chain else NO_HYPOTHESIS
            self._empty.show_empty(*said, self.commands()[0] if chain else None)
        self._pages.setCurrentIndex(0 if shown else 1)
        self._bar.setVisible(chain is not None)
        self._show_buttons()

    def _show_chooser(self) -> None:
        was = self.chooser.blockSignals(True)
        self.chooser.clear()
        for chain in self._chains:
            counted = f"  ({count(chain.counted, 'why')})" if chain.counted else ""
            self.chooser.addItem(f"{chain.title}{counted}", chain.cause)
        self.chooser.setCurrentIndex(self.chooser.findData(self._cause))
        self.chooser.blockSignals(was)

    def _choose(self, cause: Any) -> None:
        self._cause = str(cause or "")
        self._show()
        self.commands_changed.emit()

    def _go_to(self, number: int) -> None:
        self._number = number
        self.ladder.show_selected(number)
        self._show_buttons()
        self.commands_changed.emit()
        self.tell_selected()

    def _add(self) -> None:
        if self.chain is not None:
            self._ask(self.chain.following)

    def _restate(self, number: int) -> None:
        if self.chain is not None and not why_not_state(self._scene, self.chain, number):
            self._ask(number)

    def _ask(self, number: int) -> None:
        if self._scene is not None and self.chain is not None:
            ask_why(self._view, self._scene, self.chain, number)

    def _inspect_link(self, link: EvidenceLink) -> None:
        if self._scene is not None:
            self.inspected.emit(inspected_evidence(self._scene, link, self.go_requested.emit))

    def _show_buttons(self) -> None:
        for command in self.commands():
            self._buttons[command.id].show_command(command)

    def _lay_out(self) -> None:
        self.chooser.setObjectName("whys.hypothesis")
        self.chooser.setAccessibleName("Hypothesis")
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.chooser.setSizeAdjustPolicy(policy)
        self.chooser.setMinimumContentsLength(26)
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        bar.setSpacing(GRID)
        bar.addWidget(self.chooser)
        bar.addWidget(self._note, 1)
        for name, made in self._buttons.items():
            made.setObjectName(name)
            bar.addWidget(made)
        body = QWidget()
        self._pages = QStackedLayout(body)
        self._pages.addWidget(self.ladder)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(body, 1)
