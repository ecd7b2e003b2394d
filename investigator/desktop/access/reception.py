"""The reception: which workspace, who comes in, when the window is locked, when the person leaves.

- Whatever it asks covers the window; the frame behind is neither seen nor reached.
- Whose password was given by an administrator chooses an own one before anything is opened.
- A lock keeps what was begun; signing out throws it away.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from investigator.casework import installation
from investigator.casework.audit import LogStanding
from investigator.casework.session import IDLE_S, SignedIn
from investigator.casework.workspaces import Cost, FirstAdministrator, create
from investigator.desktop.access.idle import IdleWatch
from investigator.desktop.access.page import AccessPage
from investigator.desktop.access.pages import (
    ChoosePage,
    LockPage,
    NewWorkspace,
    OwnPasswordPage,
    SetUpPage,
    SignInPage,
)
from investigator.desktop.commands import Command
from investigator.desktop.desk_side import DeskSide
from investigator.desktop.frame.window import MainWindow
from investigator.desktop.jobs import DeskJob, JobRunner
from investigator.desktop.notices import notice_of
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone


class Reception(QObject):
    """Lets people in and out.

    Args:
        window: is covered and uncovered.
        jobs: the way to the desk.
        side: the desk.
        cost: what a guess at a password costs, in a workspace set up here.
        idle_s: after how many seconds without activity the window is locked.

    Signals:
        entered(Scene): a person has signed in; the window is still covered.
        unlocked(Scene): the person who was locked out is back; the window is uncovered.
        locked(): the window was locked.
        left(): the person is gone, or the workspace is left.
    """

    entered = Signal(object)
    unlocked = Signal(object)
    locked = Signal()
    left = Signal()

    def __init__(
        self,
        window: MainWindow,
        jobs: JobRunner,
        side: DeskSide,
        *,
        cost: Cost,
        idle_s: float = IDLE_S,
    ) -> None:
        super().__init__(window)
        self._window, self._jobs, self._side, self._cost = window, jobs, side, cost
        self.folder: Path | None = None
        self.person: SignedIn | None = None
        self.is_locked = False
        self._origin = ""
        self._page: QWidget | None = None
        self.idle_watch = IdleWatch(self, idle_s=idle_s)
        self.idle_watch.idle.connect(self.lock)
        self.idle_watch.active.connect(self._touch)

    def start(self, folder: Path | None) -> None:
        """Open a workspace and ask who comes in; without one, ask which."""
        wanted = folder or installation.latest()
        if wanted is None:
            self.set_up()
        else:
            self._cover(QWidget())
            self._open(wanted, self._choose_page(wanted))

    def choose(self) -> None:
        """Ask which workspace is worked in."""
        if self.person is not None:
            self.sign_out()
        self._cover(self._choose_page(self.folder or installation.latest()))

    def set_up(self) -> None:
        """Ask for what a new workspace needs."""
        page = SetUpPage(
            Path.home() / "investigations",
            Command("workspace.choose", "Open another workspace…", self.choose),
        )
        page.sent.connect(lambda: self._make(page, page.asked()))
        self._cover(page)

    def lock(self) -> None:
        """Keep everything behind a cover until the same person's password is given.

        Who has not chosen an own password yet is signed out: there is nothing to be kept.
        """
        if isinstance(self._page, OwnPasswordPage):
            self.sign_out()
        if self.person is None or self.is_locked:
            return
        self.is_locked = True
        self._run(self._side.lock)
        leave = Command("sign.out", "Sign out…", self.sign_out)
        page = LockPage(self.person.full_name, self.person.user_id, leave)
        page.sent.connect(lambda: self._unlock(page))
        self._cover(page)
        self.locked.emit()

    def sign_out(self) -> None:
        """End the session and ask who comes next."""
        self.person, self.is_locked = None, False
        self.left.emit()
        self._run(self._side.sign_out)
        self._ask_who()

    def let_in(self) -> None:
        """Take the cover away."""
        self._page = None
        self._window.uncover()

    def _other_workspace(self) -> Command:
        return Command("workspace.choose", "Open another workspace…", self.choose)

    def _choose_page(self, folder: Path | None) -> ChoosePage:
        make = Command("workspace.set_up", "Set up a new workspace…", self.set_up)
        page = ChoosePage(folder, make)
        page.sent.connect(lambda: self._open(page.folder(), page))
        return page

    def _open(self, folder: Path, page: ChoosePage) -> None:
        """The page is seen only if the workspace cannot be opened."""
        opened, failed = partial(self._opened, folder), partial(self._not_opened, page)
        self._jobs.run(
            DeskJob(partial(self._side.open, folder)),
            title="Opening the workspace",
            on_done=opened,
            on_failed=failed,
        )

    def _opened(self, folder: Path, standing: LogStanding) -> None:
        self.folder, self._origin = folder, standing.origin
        self._ask_who()

    def _not_opened(self, page: ChoosePage, error: Exception) -> None:
        self.folder = None
        self._cover(page)
        page.refuse(str(error))

    def _ask_who(self) -> None:
        if self.folder is None:
            self.choose()
            return
        self._cover(self._sign_in_page(self.folder))

    def _sign_in_page(self, folder: Path, user_id: str = "") -> SignInPage:
        page = SignInPage(self._origin, folder, self._other_workspace(), user_id)
        page.sent.connect(lambda: self._sign_in(page))
        return page

    def _sign_in(self, page: SignInPage) -> None:
        user_id, password = page.form.value("user_id"), page.form.value("password")
        signed_in = partial(self._signed_in, password)
        self._run(partial(self._side.sign_in, user_id, password), page, signed_in)

    def _signed_in(self, password: str, scene: Scene) -> None:
        if not scene.person.given:
            self._entered(scene)
            return
        person, leave = scene.person, Command("sign.out", "Sign out…", self.sign_out)
        page = OwnPasswordPage(person.full_name, person.user_id, password, leave)
        page.sent.connect(lambda: self._choose_own(page, person.user_id))
        self._cover(page)

    def _choose_own(self, page: OwnPasswordPage, user_id: str) -> None:
        chosen = partial(self._chosen, page, user_id)
        self._run(partial(self._side.choose_own, *page.asked()), page, chosen)

    def _chosen(self, page: OwnPasswordPage, user_id: str, _answer: None) -> None:
        """As after a sign-in; who has left meanwhile stays out."""

        def come_in(scene: Scene) -> None:
            if page is self._page:
                self._entered(scene)

        def stay_out(error: Exception) -> None:
            if page is self._page and self.folder is not None:
                sign_in = self._sign_in_page(self.folder, user_id)
                self._cover(sign_in)
                sign_in.say(f"Your own password is in force. {error}", Tone.WARN)

        self._jobs.run(
            DeskJob(self._side.come_in), title="Access", on_done=come_in, on_failed=stay_out
        )

    def _unlock(self, page: LockPage) -> None:
        self._run(partial(self._side.unlock, page.form.value("password")), page, self._unlocked)

    def _make(self, page: SetUpPage, asked: NewWorkspace) -> None:
        def made() -> tuple[LogStanding, Scene]:
            first = FirstAdministrator(asked.user_id, asked.full_name, asked.password)
            create(asked.folder, site=asked.site, zone=asked.zone, first=first, cost=self._cost)
            standing = self._side.open(asked.folder)
            return standing, self._side.sign_in(asked.user_id, asked.password)

        def entered(answer: tuple[LogStanding, Scene]) -> None:
            self.folder, self._origin = asked.folder, answer[0].origin
            self._entered(answer[1])

        self._run(made, page, entered)

    def _entered(self, scene: Scene) -> None:
        self.person = scene.person
        self.entered.emit(scene)

    def _unlocked(self, scene: Scene) -> None:
        self.is_locked = False
        self.let_in()
        self.unlocked.emit(scene)

    def _touch(self) -> None:
        choosing = isinstance(self._page, OwnPasswordPage)
        if choosing or (self.person is not None and not self.is_locked):
            self._run(self._side.touch)

    def _cover(self, page: QWidget) -> None:
        if page is not self._page:
            self._page = page
            self._window.cover(page)

    def _run(
        self,
        call: Callable[[], Any],
        page: AccessPage | None = None,
        done: Callable[[Any], None] | None = None,
    ) -> None:
        """A call at the desk; a refusal is said in the page that asked, while it is seen."""

        def failed(error: Exception) -> None:
            if page is not None and page is self._page:
                page.refuse(str(error))
            else:
                self._window.notify(notice_of(error))

        self._jobs.run(DeskJob(call), title="Access", on_done=done or _nothing, on_failed=failed)


def _nothing(_answer: object) -> None:
    """Of what only has to be done."""
