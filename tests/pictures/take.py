"""Pictures of everything that the window shows, light and dark, into a folder: `make pictures`.

- The program itself is shown: its window, its workbench, a real desk and real jobs; what is on the
  pictures was shown at 1280 x 800 without a display.
- The example is worked up to three signatures first, with real analyses; a second case is only
  opened, to show what a view says while it is empty; at the end a result is withdrawn, to show what
  is stale.
"""

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pictures.worked import FRESH, WORKED, work_the_example
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTabBar, QTableView, QWidget
from support.trust import CHEAP, PASSWORD

from investigator.casework.installation import HOME
from investigator.casework.places import example_folder
from investigator.desktop.frame.state import BESIDE, STEPS, Place
from investigator.desktop.frame.window import MainWindow
from investigator.desktop.jobs import JobRunner
from investigator.desktop.requests import (
    Analyse,
    Analysis,
    DiscardReading,
    Do,
    ReadEvidence,
    ShowCase,
    Withdraw,
)
from investigator.desktop.theme.apply import apply_theme
from investigator.desktop.theme.tokens import THEMES, Theme
from investigator.desktop.views.evidence import EvidenceView
from investigator.desktop.views.hypotheses import HypothesesView
from investigator.desktop.views.is_is_not import IsIsNotTab
from investigator.desktop.views.whys import WhysTab
from investigator.desktop.workbench import Workbench
from investigator.domain.acts.case import CaseClosed

W = TypeVar("W", bound=QWidget)
SIZE = (1280, 800)
OUT = Path("out/pictures")
_QUIET_S, _PATIENCE_S = 0.15, 60.0


class Studio:
    """The program in one design, with a camera.

    Args:
        app: the program.
        design: light or dark.
        folder: for the pictures.
    """

    def __init__(self, app: QApplication, design: Theme, folder: Path) -> None:
        self._app, self._folder, self.design = app, folder, design
        apply_theme(app, design)
        self.jobs = JobRunner()
        self.window = MainWindow(self.jobs)
        self.window.resize(*SIZE)
        self.bench = Workbench(self.window, self.jobs, toggle_theme=lambda: None, cost=CHEAP)
        self.window.show()

    def take(self, name: str) -> None:
        """A picture of the window as it is now."""
        self._app.processEvents()
        self.window.grab().save(str(self._folder / f"{name}-{self.design.name}.png"))

    def settle(self) -> None:
        """Wait until no job runs and the window has been quiet for a while."""
        quiet_since = time.monotonic()
        until = quiet_since + _PATIENCE_S
        while time.monotonic() < quiet_since + _QUIET_S:
            self._pass_time()
            if not self.jobs.idle:
                quiet_since = time.monotonic()
            if time.monotonic() > until:
                raise TimeoutError("the window did not come to rest")

    def wait(self, done: Callable[[], bool]) -> None:
        """Wait for something; raises TimeoutError if it does not come."""
        until = time.monotonic() + _PATIENCE_S
        while not done():
            self._pass_time()
            if time.monotonic() > until:
                raise TimeoutError("what was waited for did not come")

    def _pass_time(self) -> None:
        """Sleeping lets the desk's thread run; waiting inside Qt would hold it up."""
        self._app.processEvents()
        time.sleep(0.005)

    def type_in(self, name: str, text: str) -> None:
        """Type into the field of a name."""
        field = seen(self.window, QLineEdit, name)
        field.setFocus()
        QTest.keyClicks(field, text)

    def sign_in(self, user_id: str) -> None:
        """Come in by the real page."""
        self.type_in("user_id", user_id)
        self.type_in("password", PASSWORD)
        QTest.keyClick(seen(self.window, QLineEdit, "password"), Qt.Key.Key_Return)
        self.settle()

    def show_case(self, case_id: str | None) -> None:
        """Show a case; None for the list of cases."""
        self.bench.carry_out(ShowCase(case_id))
        self.settle()

    def go(self, place: Place) -> QWidget:
        """Show a place; its view."""
        self.window.go(place)
        self.settle()
        return self.window.view(place)

    def close(self) -> None:
        """Leave the workspace to the next."""
        self.window.close()
        self._app.processEvents()
        self.window.deleteLater()


def seen(root: QWidget, kind: type[W], name: str) -> W:
    """The widget of a name that is seen."""
    return next(w for w in root.findChildren(kind, name) if w.isVisible())


def before_anyone_is_in(studio: Studio, workspace: Path) -> None:
    """Set-up, sign-in, a wrong password."""
    studio.bench.reception.set_up()
    studio.settle()
    studio.take("01-set-up")
    studio.bench.start(workspace, None)
    studio.settle()
    studio.take("02-sign-in")
    studio.type_in("user_id", "ann")
    studio.type_in("password", "not the password")
    QTest.keyClick(seen(studio.window, QLineEdit, "password"), Qt.Key.Key_Return)
    studio.settle()
    studio.take("03-sign-in-refused")


def every_place(studio: Studio, case_id: str, name: str) -> None:
    """Each place, with the first of its things chosen; each part of a view that has several."""
    studio.show_case(case_id)
    for number, place in enumerate((*STEPS, *BESIDE), start=1):
        view = studio.go(place)
        if studio.window.place is not place:
            continue
        choose_first(studio, place)
        choose_row(studio, view)
        named = f"{name}-{number:02}-{place.value.replace(' ', '-')}"
        parts = [tabs for tabs in view.findChildren(QTabBar) if tabs.isVisible()]
        if not parts:
            studio.take(named)
        for tabs in parts:
            every_part(studio, view, tabs, named)


def choose_first(studio: Studio, place: Place) -> None:
    """Go to the first thing of a view, so that the inspector has something to say."""
    things = studio.window.view(place).things()
    if things:
        things[0].go()
        studio.settle()


def every_part(studio: Studio, view: QWidget, tabs: QTabBar, name: str) -> None:
    """Each part of a view that is seen, with the first row of its table chosen."""
    first = tabs.currentIndex()
    known = [bar for bar in view.findChildren(QTabBar) if bar.isVisible()]
    for part in range(tabs.count()):
        tabs.setCurrentIndex(part)
        studio.settle()
        choose_row(studio, view)
        word = re.sub(r"[^a-z]+", "-", tabs.tabText(part).lower()).strip("-")
        inner = [t for t in view.findChildren(QTabBar) if t.isVisible() and t not in known]
        if not inner:
            studio.take(f"{name}-{word}")
        for more in inner:
            every_part(studio, view, more, f"{name}-{word}")
    tabs.setCurrentIndex(first)


def choose_row(studio: Studio, view: QWidget) -> None:
    """Go to the first row of a table that is seen and has none chosen."""
    for table in view.findChildren(QTableView):
        if table.isVisible() and table.model().rowCount() and not table.currentIndex().isValid():
            table.selectRow(0)
            studio.settle()


def over_the_window(studio: Studio) -> None:
    """List of cases, palette, a form, a notice, the lock."""
    studio.show_case(None)
    studio.go(Place.CASE)
    studio.take("04-cases")
    studio.show_case(WORKED)
    studio.go(Place.DISPOSITION)
    choose_first(studio, Place.DISPOSITION)
    studio.window.palette_overlay.open()
    QTest.keyClicks(studio.window.palette_overlay.field, "re")
    studio.take("05-palette")
    studio.window.palette_overlay.close_palette()
    withdraw = next(
        b
        for b in studio.window.inspector.findChildren(QPushButton)
        if b.isEnabled() and b.text().startswith("Withdraw")
    )
    withdraw.click()
    studio.settle()
    studio.take("06-form")
    QTest.keyClick(studio.window.focusWidget(), Qt.Key.Key_Escape)
    studio.settle()
    studio.bench.carry_out(Do((CaseClosed(),)))
    studio.settle()
    studio.take("07-notice")
    studio.window.notice.dismiss()
    studio.bench.reception.lock()
    studio.settle()
    studio.take("08-locked")
    studio.type_in("password", PASSWORD)
    QTest.keyClick(seen(studio.window, QLineEdit, "password"), Qt.Key.Key_Return)
    studio.settle()


def while_work_runs(studio: Studio) -> None:
    """A ranking on its way, ended as soon as it has been seen."""
    studio.show_case(WORKED)
    studio.go(Place.HYPOTHESES)
    shares: list[float] = []
    studio.jobs.job_changed.connect(lambda job: shares.append(job.share or 0.0) if job else None)
    studio.bench.carry_out(Analyse(Analysis.RANKING))
    studio.wait(lambda: bool(shares) and shares[-1] > 0.02)
    studio.take("09-running")
    studio.jobs.cancel()
    studio.settle()
    studio.window.notice.dismiss()


def before_it_is_admitted(studio: Studio) -> None:
    """A folder that was read: its tables, the editor of a profile; then put aside."""
    studio.show_case(FRESH)
    view = studio.go(Place.EVIDENCE)
    assert isinstance(view, EvidenceView)
    studio.bench.carry_out(ReadEvidence(example_folder()))
    studio.settle()
    view.preview.table.choose(lambda row: row.kind == "historian")
    studio.settle()
    for part in range(view.preview.details.count()):
        view.preview.details.setCurrentIndex(part)
        word = view.preview.details.tabText(part).split()[0].lower()
        studio.take(f"11-preview-{word}")
    seen(studio.window, QPushButton, "evidence.edit_profile").click()
    view.stage.editor.columns.table.selectRow(1)
    studio.settle()
    studio.take("12-import-profile")
    studio.bench.carry_out(DiscardReading())
    studio.settle()


def forms_of_the_evidence(studio: Studio) -> None:
    """A finding of one's own, a clock set by hand, a signal mapped by hand."""
    studio.show_case(WORKED)
    view = studio.go(Place.EVIDENCE)
    assert isinstance(view, EvidenceView)
    for part, command, name in (
        (view.findings, "evidence.add_finding", "13-own-finding"),
        (view.clocks, "clock.set", "14-clock"),
        (view.mapping, "mapping.map", "15-mapping"),
    ):
        view.show_part(part)
        part.table.selectRow(0)
        studio.settle()
        seen(studio.window, QPushButton, command).click()
        studio.settle()
        studio.take(name)
        QTest.keyClick(studio.window.focusWidget(), Qt.Key.Key_Escape)
        studio.settle()
    view.clocks.table.choose(lambda row: row.source == "environment")
    view.show_part(view.clocks)
    studio.settle()
    studio.take("16-clock-by-course")


def forms_of_reasoning(studio: Studio) -> None:
    """A why and a row of the is/is-not table, stated again with their evidence."""
    studio.show_case(WORKED)
    view = studio.go(Place.HYPOTHESES)
    assert isinstance(view, HypothesesView)
    for kind, command, name in (
        (WhysTab, "whys.restate", "17-why"),
        (IsIsNotTab, "is_is_not.edit", "18-is-is-not"),
    ):
        tab = next(tab for tab in view.further if isinstance(tab, kind))
        first = view.tabs.count() - len(view.further)
        view.tabs.setCurrentIndex(first + view.further.index(tab))
        studio.settle()
        choose_row(studio, view)
        if isinstance(tab, WhysTab):
            QTest.mouseClick(tab.ladder.rungs[0], Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
        studio.settle()
        seen(studio.window, QPushButton, command).click()
        studio.settle()
        studio.take(name)
        QTest.keyClick(studio.window.focusWidget(), Qt.Key.Key_Escape)
        studio.settle()


def what_is_stale(studio: Studio) -> None:
    """The ranking is withdrawn: what rests on it is shown as stale."""
    studio.show_case(WORKED)
    case = studio.bench.scene.case if studio.bench.scene else None
    if case is not None and case.ranking is not None:
        studio.bench.carry_out(Withdraw(case.ranking.sequence, "Run on the wrong export."))
        studio.settle()
    every_place(studio, WORKED, "stale")


def people_for_the_administrator(studio: Studio) -> None:
    """Accounts, as whoever keeps them sees them."""
    studio.window.sign_out_requested.emit()
    studio.settle()
    studio.sign_in("root")
    studio.take("10-administrator")


def as_it_was_signed(studio: Studio, workspace: Path) -> None:
    """All pictures before anything of the worked case is changed."""
    before_anyone_is_in(studio, workspace)
    for name in ("user_id", "password"):
        seen(studio.window, QLineEdit, name).clear()
    studio.sign_in("ann")
    over_the_window(studio)
    every_place(studio, WORKED, "worked")
    every_place(studio, FRESH, "empty")
    before_it_is_admitted(studio)
    forms_of_the_evidence(studio)
    forms_of_reasoning(studio)
    while_work_runs(studio)
    people_for_the_administrator(studio)


def after_a_withdrawal(studio: Studio, workspace: Path) -> None:
    """All pictures once a result was withdrawn."""
    studio.bench.start(workspace, None)
    studio.settle()
    studio.sign_in("ann")
    what_is_stale(studio)


def main(arguments: list[str]) -> int:
    """Take all pictures; the exit status of the program."""
    folder = Path(arguments[0]) if arguments else OUT
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    app = QApplication([])
    with TemporaryDirectory() as made:
        os.environ[HOME] = f"{made}/home"
        workspace = Path(made) / "Northfield"
        work_the_example(workspace)
        for take in (as_it_was_signed, after_a_withdrawal):
            for design in THEMES.values():
                studio = Studio(app, design, folder)
                try:
                    take(studio, workspace)
                finally:
                    studio.close()
    sys.stdout.write(f"{len(list(folder.glob('*.png')))} pictures in {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
