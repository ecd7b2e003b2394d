"""`investigator` without words opens the window; with words it is the console."""

import os
import subprocess
import sys

import pytest

from investigator import __main__ as program

SHOWN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, where nothing shows a window."""
    return subprocess.run(
        [sys.executable, "-m", "investigator", *words],
        check=False,
        capture_output=True,
        text=True,
        env={name: value for name, value in os.environ.items() if name not in SHOWN},
    )


@pytest.mark.requirement("CLI-006")
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_the_window_is_one_sentence() -> None:
    ended = run()
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "investigator: The window cannot be opened here (there is no display); every act can be "
        "done from the console, see investigator --help.\n"
    )


@pytest.mark.requirement("CLI-006")
def test_without_words_the_window_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    from investigator.desktop import app

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(app, "run", lambda workspace, case_id: 7 if workspace is case_id else 0)
    assert program.main([]) == 7
    monkeypatch.setattr(sys, "argv", ["investigator"])
    assert program.main() == 7


@pytest.mark.requirement("CLI-006")
def test_where_the_window_cannot_be_loaded_it_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setitem(sys.modules, "investigator.desktop.app", None)
    assert program.main([]) == 2
    assert "The window cannot be opened here" in capsys.readouterr().err


@pytest.mark.requirement("CLI-006")
def test_with_words_it_is_the_console() -> None:
    ended = run("twin", "list")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "cdc_line_3" in ended.stdout


def test_the_words_of_the_console_load_no_window_and_no_analysis() -> None:
    """Help comes at once: what is heavy is loaded by the command that needs it."""
    code = (
        "import sys; from investigator.__main__ import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'PySide6', 'numpy', 'scipy', 'pandas', 'sqlalchemy', 'reportlab', 'pyhanko'}\n"
        "print('loaded:', *sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (done.stdout.splitlines()[-1], done.stderr) == ("loaded:", "")
