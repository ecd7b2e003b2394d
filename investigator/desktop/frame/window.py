"""The main window: it shows a `FrameState`, stages the views, and passes on what they say.

- It knows no case: what it shows is handed in, what the person wants goes out by signals.
- A view is built when it is first gone to; only the view that is seen is told of a snapshot.
- Where nothing is inspected, the inspector shows what is selected in the view that is seen.
- Every command reaches the person in three ways that agree: palette, shortcut, button.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.header import Header
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.frame.inspector import Inspector
from investigator.desktop.frame.state import STEPS, Destination, FrameState, Place, Sight
from investigator.desktop.frame.status_line import StatusLine
from investigator.desktop.frame.steps import StepList
from investigator.desktop.frame.view import View
from investigator.desktop.jobs import JobRunner
from investigator.desktop.notices import Notice
from investigator.desktop.palette import Palette
from investigator.desktop.tone import Tone
from investigator.desktop.widgets.notice import NoticeBar

TITLE = "Deviation Investigator"
_NEVER = object()


class MainWindow(QMainWindow):
    """The frame around the views.

    Signals:
        act_requested(object): a view asks for an act.
        place_changed(Place): another place is seen.
        sign_out_requested(): the person wants to leave.
        closing(): the window is about to close.
    """

    act_requested = Signal(object)
    place_changed = Signal(object)
    sign_out_requested = Signal()
    closing = Signal()

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(1024, 640)
        self.resize(1280, 800)
        self.header, self.steps, self.inspector = Header(), StepList(), Inspector()
        self.status_line, self.notice = StatusLine(), NoticeBar()
        self._refused = ""
        self._stage, self._cover = QStackedWidget(), QStackedWidget()
        self._makers: dict[Place, Callable[[], View]] = {}
        self._views: dict[Place, View] = {}
        self._told: dict[Place, Any] = {}
        self._snapshot: Any = _NEVER
        self._state = FrameState()
        self._commands: tuple[Command, ...] = ()
        self._things: tuple[Thing, ...] = ()
        self._shortcuts: list[QShortcut] = []
        self._lay_out()
        self.palette_overlay = Palette(self)
        self._connect(jobs)

    @property
    def place(self) -> Place | None:
        """What is seen now; None before anything was gone to."""
        view = self._stage.currentWidget()
        return view.place if isinstance(view, View) else None

    def add_view(self, place: Place, make: Callable[[], View]) -> None:
        """Give the view of a place; `make` is called when the place is first gone to."""
        self._makers[place] = make

    def view(self, place: Place) -> View:
        """The view of a place, built if it has not been."""
        if place not in self._views:
            view = self._views[place] = self._makers[place]()
            view.inspected.connect(self.inspect)
            view.act_requested.connect(self.act_requested)
            view.noticed.connect(self.notify)
            view.go_requested.connect(self.go)
            view.commands_changed.connect(self._offer)
            self._stage.addWidget(view)
        return self._views[place]

    def forget(self) -> None:
        """Throw away all views with what was begun in them; they are built anew when gone to."""
        self._snapshot = _NEVER
        self._commands, self._things = (), ()
        for view in self._views.values():
            self._stage.removeWidget(view)
            view.deleteLater()
        self._views, self._told = {}, {}
        self.inspect(None)
        self.notice.dismiss()
        self._offer()

    def go(self, to: Place | Sight | Destination) -> None:
        """Show the view of a place, and what is to be seen or found there; what cannot be gone to
        says why."""
        place = to if isinstance(to, Place) else to.place
        state = next((s for s in self._state.steps if s.place is place), None)
        if state is not None and state.why_not:
            self.notify(Notice(state.why_not, where=place.label, tone=Tone.WARN))
            self._refused = self.notice.text
            return
        if place not in self._makers:
            return
        if self._refused and self.notice.text == self._refused:
            self.notice.dismiss()
        self._refused = ""
        view = self.view(place)
        self._stage.setCurrentWidget(view)
        self.steps.show_place(place)
        self.inspect(None)
        view.setFocus()
        self._tell_view()
        if isinstance(to, Sight):
            view.show_sight(to)
        elif isinstance(to, Destination) and not view.show_thing(to):
            missing = f'There is no {to.kind} "{to.key}" here as the case stands now.'
            self.notify(Notice(missing, where=place.label, tone=Tone.WARN))
        self._offer()
        self.place_changed.emit(place)

    def show_state(self, state: FrameState) -> None:
        """Show another state of the frame."""
        self._state = state
        self.setWindowTitle(" · ".join((*state.title[:1], TITLE)))
        self.header.show_state(state)
        self.steps.show_steps(state.steps)
        self.status_line.show_state(state)

    def show_snapshot(self, snapshot: Any) -> None:
        """Hand a snapshot of the case to the view that is seen; others get it when they are."""
        self._snapshot = snapshot
        self._tell_view()
        self._offer()

    def show_commands(self, commands: Sequence[Command], things: Sequence[Thing] = ()) -> None:
        """Offer other commands and things, beside those of the view that is seen."""
        self._commands, self._things = tuple(commands), tuple(things)
        self._offer()

    def inspect(self, thing: Inspected | None) -> None:
        """Show a thing in the inspector."""
        self.inspector.inspect(thing)

    def notify(self, notice: Notice) -> None:
        """Say something above the view."""
        self.notice.show_notice(notice)

    def perform(self, entry: Command | Thing) -> None:
        """Do a command or go to a thing; a command that cannot be done says why."""
        if isinstance(entry, Thing):
            entry.go()
        elif entry.enabled:
            entry.run()
        else:
            self.notify(Notice(entry.why_not, where=entry.title, tone=Tone.WARN))

    def open_palette(self) -> None:
        """Open the palette over what is seen, unless a cover hides it."""
        if not self.covered:
            self.palette_overlay.open()

    @property
    def covered(self) -> bool:
        """Whether a widget hides everything."""
        return self._cover.currentIndex() > 0

    def cover(self, widget: QWidget) -> None:
        """Hide everything behind a widget: sign-in, first set-up, the lock."""
        self.uncover()
        self._cover.addWidget(widget)
        self._cover.setCurrentWidget(widget)
        self.palette_overlay.hide()
        self._let_keys()
        widget.setFocus()

    def uncover(self) -> None:
        """Show the frame again; the cover is thrown away."""
        while (widget := self._cover.widget(1)) is not None:
            self._cover.removeWidget(widget)
            widget.deleteLater()
            # Keys go where the focus is; with the cover it would be gone.
            self.setFocus()
        self._let_keys()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Say so before."""
        self.closing.emit()
        super().closeEvent(event)

    def _let_keys(self) -> None:
        """While covered, no shortcut does anything."""
        for shortcut in (*self._own_shortcuts, *self._shortcuts):
            shortcut.setEnabled(not self.covered)

    def _lay_out(self) -> None:
        frame, middle = QWidget(), QHBoxLayout()
        stage, column = QWidget(), QVBoxLayout(frame)
        stage.setObjectName("stage")
        staged = QVBoxLayout(stage)
        for layout in (column, middle, staged):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        staged.addWidget(self.notice)
        staged.addWidget(self._stage, 1)
        middle.addWidget(self.steps)
        middle.addWidget(stage, 1)
        middle.addWidget(self.inspector)
        column.addWidget(self.header)
        column.addLayout(middle, 1)
        column.addWidget(self.status_line)
        self._cover.setObjectName("cover")
        self._cover.addWidget(frame)
        self.setCentralWidget(self._cover)

    def _connect(self, jobs: JobRunner) -> None:
        jobs.job_changed.connect(self.status_line.show_job)
        self.status_line.cancel_asked.connect(jobs.cancel)
        self.steps.gone_to.connect(self.go)
        self.header.search_asked.connect(self.open_palette)
        self.header.sign_out_asked.connect(self.sign_out_requested)
        self.header.picked.connect(self.perform)
        self.palette_overlay.picked.connect(self.perform)
        self._own_shortcuts = [
            self._shortcut("Ctrl+K", self.open_palette),
            self._shortcut("Ctrl+I", self.inspector.toggle),
            self._shortcut("Esc", self.notice.dismiss),
            *(
                self._shortcut(f"Ctrl+{number}", partial(self.go, place))
                for number, place in enumerate(STEPS, start=1)
            ),
        ]

    def _shortcut(self, keys: str, run: Callable[[], Any]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(run)
        return shortcut

    def _tell_view(self) -> None:
        view, place = self._stage.currentWidget(), self.place
        if not isinstance(view, View) or place is None or self._snapshot is _NEVER:
            return
        if self._told.get(place, _NEVER) is not self._snapshot:
            self._told[place] = self._snapshot
            view.show_snapshot(self._snapshot)
        if self.inspector.shown is None:
            view.inspect_selected()

    def _offer(self) -> None:
        view = self._stage.currentWidget()
        own = view.commands() if isinstance(view, View) else ()
        things = view.things() if isinstance(view, View) else ()
        commands = (*own, *self._commands, *self._frame_commands())
        self.header.show_commands(commands)
        self.palette_overlay.show_entries((*commands, *things, *self._things))
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts = [
            self._shortcut(c.shortcut, partial(self.perform, c))
            for c in (*own, *self._commands)
            if c.shortcut
        ]
        self._let_keys()

    def _frame_commands(self) -> tuple[Command, ...]:
        blocked = {state.place: state.why_not for state in self._state.steps}
        goes = tuple(
            Command(
                f"go.{place.value}",
                f"Go to {place.label}",
                partial(self.go, place),
                f"Ctrl+{number}" if number <= len(STEPS) else "",
                blocked.get(place, ""),
            )
            for number, place in enumerate(self._makers, start=1)
        )
        fold = Command(
            "inspector.fold", "Show or hide the inspector", self.inspector.toggle, "Ctrl+I"
        )
        return (*goes, fold)
