"""The program with its window.

- The window is painted before anything heavy is imported, and stays awake while it is.
- A fault of the program never ends in silence: it is said where the person looks, with the file of
  its details.
"""

import signal
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from investigator.desktop.design import apply_design, toggle_design
from investigator.desktop.frame.window import MainWindow
from investigator.desktop.jobs import DeskJob, JobRunner
from investigator.desktop.notices import Notice, notice_of
from investigator.desktop.tidying import tidy, tidy_in_pauses_only
from investigator.desktop.tone import Tone

TITLE_BAR_PX = 32
ROOMY_PX = 1280
"""From this width on, view and inspector stand beside each other."""


def run(workspace: Path | None = None, case_id: str | None = None) -> int:
    """Open the window and stay until it is closed; the exit status of the program.

    Args:
        workspace: its folder; None for the one that was opened last.
        case_id: the case to show first; None for the list of cases.
    """
    app = _application()
    tidy_in_pauses_only()
    apply_design(app)
    jobs = JobRunner()
    window = MainWindow(jobs)
    window.cover(QWidget())
    say_faults(window)
    signal.signal(signal.SIGINT, lambda *_signal: window.close())
    _fit(window)
    window.show()
    jobs.run(
        DeskJob(partial(import_module, "investigator.desktop.workbench")),
        title="Start",
        on_done=lambda _imported: _furnish(app, window, jobs, workspace, case_id),
        on_failed=lambda fault: _say(window, notice_of(fault)),
    )
    status = app.exec()
    jobs.close()
    return status


def _fit(window: MainWindow) -> None:
    """No larger than the screen, with room for the title bar that the system puts on top."""
    room = window.screen().availableSize() - QSize(0, TITLE_BAR_PX)
    window.resize(window.size().boundedTo(room))
    if room.width() < ROOMY_PX and not window.inspector.folded:
        window.inspector.toggle()


def say_faults(window: MainWindow) -> None:
    """From now on a fault in any slot is said in the window, with the file of its details."""

    def said(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        from investigator.casework.fault import fault_sentence

        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, fault, trace)
            return
        sentence = fault_sentence(fault)
        _say(window, Notice(sentence[0].upper() + sentence[1:], tone=Tone.BAD))

    sys.excepthook = said


def _say(window: MainWindow, notice: Notice) -> None:
    """Above the view, and in the page that covers it."""
    from investigator.desktop.access.page import AccessPage

    window.notify(notice)
    for page in window.findChildren(AccessPage):
        if page.isVisible():
            page.refuse(notice.what)


def _application() -> QApplication:
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Deviation Investigator")
    return app


def _furnish(
    app: QApplication,
    window: MainWindow,
    jobs: JobRunner,
    workspace: Path | None,
    case_id: str | None,
) -> None:
    """Give the window what is behind it, and open the workspace."""
    from investigator.desktop.workbench import Workbench

    bench = Workbench(window, jobs, toggle_theme=partial(toggle_design, app))
    handle, watch = window.windowHandle(), bench.reception.idle_watch
    if handle is not None:
        watch.watch(handle)
    watch.paused.connect(tidy)
    bench.start(workspace, case_id)
