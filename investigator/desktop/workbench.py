"""The workbench: what views ask for is carried out at the desk, and the scene after it is shown.

- It holds no case: the latest scene is handed on to the window as it came from the desk.
- With another case, nothing of the one before stays in the inspector.
- What was asked for is carried out once: asked again before it is done, it is left out.
- A refusal is said where it was asked for, else as a notice; a view is never left waiting.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from investigator.casework.session import IDLE_S
from investigator.casework.workspaces import RFC_9106, Cost
from investigator.desktop import requests
from investigator.desktop.access.reception import Reception
from investigator.desktop.desk_side import DeskSide
from investigator.desktop.frame.state import FrameState, Place
from investigator.desktop.frame.window import MainWindow
from investigator.desktop.jobs import DeskJob, JobRunner
from investigator.desktop.long_work import Answers, LongWork
from investigator.desktop.notices import Notice
from investigator.desktop.requests import Request
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models import everywhere
from investigator.desktop.view_models.frame import frame_state, keeps_accounts
from investigator.desktop.view_models.recorded import case_id_of
from investigator.desktop.views.catalogue import VIEWS, prepare_views


class Workbench(QObject):
    """Joins window, desk and jobs.

    Args:
        window: shows the scene; its views ask.
        jobs: the door out of the GUI thread.
        toggle_theme: changes the design of the program.
        cost: what a guess at a password costs.
        idle_s: after how many seconds without activity the window is locked.
    """

    def __init__(
        self,
        window: MainWindow,
        jobs: JobRunner,
        *,
        toggle_theme: Callable[[], None],
        cost: Cost = RFC_9106,
        idle_s: float = IDLE_S,
    ) -> None:
        super().__init__(window)
        self._window, self._jobs = window, jobs
        self._side = DeskSide(cost)
        self.reception = Reception(window, jobs, self._side, cost=cost, idle_s=idle_s)
        self._ways = self._made_ways(toggle_theme)
        self._scene: Scene | None = None
        self._work: LongWork | None = None
        self._closed = False
        self._in_hand: list[Request] = []
        self._until_open: list[Callable[[], None]] = []
        self._return_to: tuple[str | None, Place] = (None, Place.CASE)
        for place, make in VIEWS.items():
            window.add_view(place, make)
        self._connect()

    @property
    def scene(self) -> Scene | None:
        """What is shown; None while nobody is in."""
        return self._scene

    def start(self, workspace: Path | None, case_id: str | None) -> None:
        """Open a workspace, the one of last time without one, and ask who comes in.

        Args:
            workspace: its folder.
            case_id: the case to show first; None for the list of cases.
        """
        self._return_to = (case_id, Place.CASE)
        self.reception.start(workspace)
        self._jobs.run(DeskJob(_prepare), title="Preparing", on_done=_nothing, on_failed=_nothing)

    def carry_out(self, request: Request) -> None:
        """Carry out what a view asks for."""
        if self._scene is None or self._work is None or self._is_in_hand(request):
            return
        case_id = self._scene.case.case_id if self._scene.case else None
        if isinstance(request, requests.VerifyWorkspace):
            self._verify(self._work, request)
        elif not isinstance(request, _LONG):
            self._at_desk(request, partial(self._side.carry_out, request))
        elif case_id is None:
            self._refuse(request, "No case is shown; open one first.")
        elif isinstance(request, requests.Analyse):
            self._work.analyse(case_id, request)
        elif isinstance(request, requests.IssueReport):
            self._work.issue_report(case_id, request)
        elif isinstance(request, requests.RunScenario):
            self._work.run_scenario(case_id, request)
        elif isinstance(request, requests.AskTwin):
            self._work.ask_twin(case_id, request)
        elif isinstance(request, requests.AskTargets):
            self._work.ask_targets(case_id, request)
        elif isinstance(request, requests.StopAsking):
            self._work.stop_asking()
        elif isinstance(request, requests.ReadEvidence):
            self._work.read(case_id, self._twin_id(), request)

    def close(self) -> None:
        """End: leave the workspace, let no work behind; once more does nothing."""
        if self._closed:
            return
        self._closed = True
        self.reception.idle_watch.stop()
        if self._work is not None:
            self._work.end()
        self._jobs.run(
            DeskJob(self._side.close), title="Closing", on_done=_nothing, on_failed=_nothing
        )
        self._jobs.close()

    def _connect(self) -> None:
        self._window.act_requested.connect(self.carry_out)
        self._window.sign_out_requested.connect(self.reception.sign_out)
        self._window.place_changed.connect(lambda _place: self._offer())
        self._window.closing.connect(self.close)
        self.reception.entered.connect(self._enter)
        self.reception.unlocked.connect(self._go_on)
        self.reception.left.connect(self._leave)

    def _made_ways(self, toggle_theme: Callable[[], None]) -> everywhere.Ways:
        return everywhere.Ways(
            ask=self.carry_out,
            go=self._window.go,
            find=self._find,
            sign_out=self.reception.sign_out,
            lock=self.reception.lock,
            toggle_theme=toggle_theme,
            other_workspace=self.reception.choose,
        )

    def _enter(self, scene: Scene) -> None:
        """A person came in; what was shown before is shown to whoever may read it."""
        self._work = LongWork(self._jobs, self._side, self._answers())
        self._scene = scene
        case_id, place = self._return_to
        if keeps_accounts(scene.person):
            self._let_in(scene, Place.PEOPLE)
        elif case_id is None:
            self._let_in(scene, Place.CASE)
        else:
            let_in = partial(self._let_in, place=place)
            self._desk_job(
                partial(self._side.carry_out, requests.ShowCase(case_id)),
                let_in,
                partial(self._without_case, scene),
            )

    def _without_case(self, scene: Scene, error: Exception) -> None:
        self._let_in(scene, Place.CASE)
        self._window.notify(Notice(str(error), tone=Tone.BAD))

    def _let_in(self, scene: Scene, place: Place) -> None:
        self._show(scene)
        self._window.go(place)
        self.reception.let_in()
        if not keeps_accounts(scene.person):
            self._desk_job(self._side.with_twins, self._show, self._failed_quietly)

    def _go_on(self, scene: Scene) -> None:
        self._show(scene)
        waiting, self._until_open = self._until_open, []
        for call in waiting:
            call()

    def _leave(self) -> None:
        if self._work is not None:
            self._work.end()
        scene, place = self._scene, self._window.place
        if scene is not None and place is not None and not keeps_accounts(scene.person):
            self._return_to = (scene.case.case_id if scene.case else None, place)
        self._scene, self._work = None, None
        self._in_hand, self._until_open = [], []
        self._window.forget()
        self._window.show_state(FrameState())

    def _at_desk(self, request: Request, call: Callable[[], Scene]) -> None:
        self._in_hand.append(request)
        self._desk_job(
            call,
            partial(self._carried_out, request),
            lambda error: self._refuse(request, str(error)),
        )

    def _desk_job(
        self,
        call: Callable[[], Scene],
        done: Callable[[Scene], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """A call at the desk whose answer is for the person who is in now, and nobody else."""
        stay = self._work

        def mine(answer: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda said: answer(said) if self._work is stay else None

        self._jobs.run(DeskJob(call), title="Desk", on_done=mine(done), on_failed=mine(failed))

    def _carried_out(self, request: Request, scene: Scene) -> None:
        self._finish(request)
        self._show(scene)

    def _finish(self, request: Request) -> None:
        self._put_down(request)
        if request.done is not None:
            request.done()

    def _refuse(self, request: Request, sentence: str) -> None:
        self._put_down(request)
        if request.refused is not None:
            request.refused(sentence)
        else:
            self._window.notify(Notice(sentence, tone=Tone.BAD))

    def _cancel(self, request: Request, sentence: str) -> None:
        """What the person wanted is no error."""
        self._put_down(request)
        if request.cancelled is not None:
            request.cancelled()
        self._window.notify(Notice(sentence))

    def _is_in_hand(self, request: Request) -> bool:
        """Evidence is compared by its kind only: its samples are many."""
        alike = [other for other in self._in_hand if type(other) is type(request)]
        return bool(alike) and (isinstance(request, requests.AdmitEvidence) or request in alike)

    def _put_down(self, request: Request) -> None:
        self._in_hand = [other for other in self._in_hand if other is not request]

    def _failed_quietly(self, error: Exception) -> None:
        self._window.notify(Notice(str(error), tone=Tone.WARN))

    def _verify(self, work: LongWork, request: requests.VerifyWorkspace) -> None:
        if self.reception.folder is not None:
            work.verify(self.reception.folder, request)

    def _answers(self) -> Answers:
        return Answers(
            shown=self._show,
            finished=self._finish,
            refused=self._refuse,
            cancelled=self._cancel,
            running_changed=self._show_again,
            when_open=self._when_open,
        )

    def _when_open(self, call: Callable[[], None]) -> None:
        if self.reception.is_locked:
            self._until_open.append(call)
        else:
            call()

    def _show_again(self) -> None:
        if self._scene is not None:
            self._show(self._scene)

    def _show(self, scene: Scene) -> None:
        case_id = scene.case.case_id if scene.case else None
        running = frozenset[str]()
        if self._work is not None:
            running = self._work.running(case_id) | self._work.running("")
        if self._scene is not None and case_id_of(self._scene) != case_id_of(scene):
            self._window.inspect(None)
        self._scene = replace(scene, running=running)
        self._window.show_state(frame_state(self._scene))
        self._window.show_snapshot(self._scene)
        self._offer()
        if self._window.place is not None and not self._may_stay(self._window.place):
            self._window.go(Place.CASE)

    def _may_stay(self, place: Place) -> bool:
        states = frame_state(self._scene).steps if self._scene else ()
        return not any(state.why_not for state in states if state.place is place)

    def _offer(self) -> None:
        if self._scene is not None:
            self._window.show_commands(
                everywhere.commands(self._scene, self._ways, self.reception.folder),
                everywhere.things(self._scene, self._ways, self._window.place),
            )

    def _find(self, place: Place, title: str) -> None:
        self._window.go(place)
        for thing in self._window.view(place).things():
            if title.endswith(thing.title):
                thing.go()
                return

    def _twin_id(self) -> str | None:
        """The twin whose tag list a folder is read with: the one chosen, else that of the line."""
        scene = self._scene
        if scene is None or scene.case is None:
            return None
        if scene.case.twin is not None:
            return scene.case.twin.act.twin_id
        line = scene.case.opened.act.line
        return next((twin.twin_id for twin in scene.twins if twin.line_id == line), None)


_LONG = (
    requests.Analyse,
    requests.AskTargets,
    requests.AskTwin,
    requests.IssueReport,
    requests.ReadEvidence,
    requests.RunScenario,
    requests.StopAsking,
)


def _prepare() -> None:
    """Import, while the person types a password, what is needed thereafter."""
    prepare_views()
    import_module("investigator.casework.twins")


def _nothing(_answer: object) -> None:
    """Nobody waits for the answer."""
