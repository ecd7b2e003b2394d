"""The program: opened, a fault said, closed; as a whole in a process of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.stored_cases import case_at

from investigator.desktop.access.pages import SignInPage
from investigator.desktop.app import say_faults
from investigator.desktop.commands import Command
from investigator.desktop.frame.window import MainWindow
from investigator.desktop.jobs import JobRunner

WHOLE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from investigator.desktop import app
from investigator.desktop.access.page import AccessPage
from PySide6.QtWidgets import QApplication

def look():
    pages = [w for w in QApplication.allWidgets() if isinstance(w, AccessPage) and w.isVisible()]
    if not pages or not pages[0].send.isEnabled():
        QTimer.singleShot(20, look)
        return
    print(type(pages[0]).__name__, flush=True)
    QApplication.topLevelWidgets()[0].window().close()
    QApplication.quit()

QTimer.singleShot(0, look)
sys.exit(app.run(Path(sys.argv[1]), None))
"""


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    before = sys.excepthook
    jobs = JobRunner()
    made = MainWindow(jobs)
    qtbot.addWidget(made)
    yield made
    jobs.close()
    sys.excepthook = before


@pytest.mark.requirement("WIN-024")
def test_a_fault_is_said_with_the_file_of_its_details(window: MainWindow) -> None:
    say_faults(window)
    fault = ZeroDivisionError("somewhere deep")
    sys.excepthook(type(fault), fault, None)
    assert window.notice.text.startswith("An internal fault (ZeroDivisionError)")
    found = re.search(r"details are in (\S+),", window.notice.text)
    assert found is not None
    details = Path(found[1])
    assert "somewhere deep" in details.read_text(encoding="utf-8")
    details.unlink()


@pytest.mark.requirement("WIN-024")
def test_a_fault_is_said_in_the_page_that_covers_the_window(
    window: MainWindow, qtbot: QtBot
) -> None:
    other = Command("other", "Another way", lambda: None)
    page = SignInPage("site/log", Path("/site"), other)
    window.cover(page)
    with qtbot.waitExposed(window):
        window.show()
    say_faults(window)
    sys.excepthook(ZeroDivisionError, ZeroDivisionError("deep"), None)
    assert "An internal fault (ZeroDivisionError)" in page.refusal
    assert page.send.isEnabled()


@pytest.mark.requirement("WIN-024")
def test_an_end_from_outside_is_no_fault(
    window: MainWindow, capsys: pytest.CaptureFixture[str]
) -> None:
    say_faults(window)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert window.notice.text == ""
    assert "KeyboardInterrupt" in capsys.readouterr().err


@pytest.mark.requirement("WIN-020")
def test_the_whole_program_opens_and_closes(tmp_path: Path) -> None:
    workspace = case_at(tmp_path, "scope")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "INVESTIGATOR_HOME": str(tmp_path / "home"),
    }
    done = subprocess.run(
        [sys.executable, "-c", WHOLE, str(workspace)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == "SignInPage\n"
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
