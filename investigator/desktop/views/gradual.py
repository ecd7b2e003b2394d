"""Plots of a stack come one at a time, from above, so that the window answers between them."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from investigator.desktop.plots.content import Plot
from investigator.desktop.plots.stack import PlotStack


class GradualPlots(QObject):
    """Brings a stack to the plots that are wanted; the latest wish counts."""

    def __init__(self, stack: PlotStack) -> None:
        super().__init__(stack)
        self._stack = stack
        self._wanted: tuple[Plot, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)

    @property
    def done(self) -> bool:
        """Whether the stack shows what is wanted."""
        return self._shown() == self._wanted

    def show_plots(self, plots: Sequence[Plot]) -> None:
        """Show other plots, beginning with the next turn of the event loop."""
        self._wanted = tuple(plots)
        if not self.done:
            self._timer.start(0)

    def _step(self) -> None:
        """The uppermost plot that is not there yet; what is too much goes at once."""
        shown, wanted = self._shown(), self._wanted
        same = (n for n, (a, b) in enumerate(zip(shown, wanted, strict=False)) if a is not b)
        first = next(same, min(len(shown), len(wanted)))
        self._stack.show_plots(wanted[: first + 1] + shown[first + 1 : len(wanted)])
        if not self.done:
            self._timer.start(0)

    def _shown(self) -> tuple[Plot, ...]:
        return tuple(panel.plot_shown for panel in self._stack.panels)
