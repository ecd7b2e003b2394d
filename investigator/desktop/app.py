"""The program with its window.

- The window is painted before the workspace is opened; what is heavy is imported when it is needed.
- A fault of the program never ends in silence: a notice says where its details were written.
"""

import signal
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from investigator.desktop.design import apply_design, toggle_design
from investigator.desktop.frame.window import MainWindow
from investigator.desktop.jobs import JobRunner
from investigator.desktop.tidying import tidy, tidy_in_pauses_only


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
    window.show()
    QTimer.singleShot(0, lambda: _furnish(app, window, jobs, workspace, case_id))
    return app.exec()


def say_faults(window: MainWindow) -> None:
    """From now on a fault in any slot is said above the view, with the file of its details."""

    def said(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        from investigator.casework.fault import fault_sentence
        from investigator.desktop.notices import Notice
        from investigator.desktop.tone import Tone

        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, fault, trace)
            return
        sentence = fault_sentence(fault)
        window.notify(Notice(sentence[0].upper() + sentence[1:], tone=Tone.BAD))

    sys.excepthook = said


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
    """What needs the database and the keys comes after the first paint."""
    from investigator.desktop.workbench import Workbench

    bench = Workbench(window, jobs, toggle_theme=lambda: toggle_design(app))
    handle, watch = window.windowHandle(), bench.reception.idle_watch
    if handle is not None:
        watch.watch(handle)
    watch.paused.connect(tidy)
    bench.start(workspace, case_id)
