"""The one door out of the GUI thread, with three lanes behind it.

- The desk lane is one thread: acts and reads of the desk run there one after the other, in the
  order in which they were asked for. What runs there is quick.
- The work lane runs heavy work in a child process, one piece at a time, with progress, an estimate
  of the time left, and cancel.
- The live lane asks a child process that stays ready, while a hand moves. What was made ready stays
  until something else is asked for, it is ended, or the person leaves.
- Callbacks come back on the GUI thread. Of one `exclusive` name only the latest job counts: an
  earlier one is cancelled if it is work, and its answer is dropped.
- No other part of the window starts a thread or a process.
"""

import logging
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from investigator.casework.answering import Answering, Make, Question
from investigator.casework.background import (
    Background,
    Work,
    WorkCancelled,
    WorkFailed,
    internal_fault,
)
from investigator.domain.errors import InvestigatorError

_LOG = logging.getLogger(__name__)
_SURE_SHARE, _SURE_S = 0.02, 0.5

OnDone = Callable[[Any], None]
OnFailed = Callable[[Exception], None]
OnProgress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class DeskJob:
    """A quick call for the desk lane; it may use the desk and nothing of the window."""

    call: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class WorkJob:
    """Heavy work for the work lane: a function importable by name, and its arguments.

    The function also gets `report(words, share)`; arguments and answer are pickled.
    """

    function: Work
    args: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class LiveJob:
    """A question for the live lane.

    `question` is asked of what `make(*args)` makes ready; equal `make` and `args` ask the same
    child again. All are pickled, `make` by its name.
    """

    make: Make
    args: tuple[Any, ...]
    question: Question


@dataclass(frozen=True, slots=True)
class JobState:
    """The work that runs now.

    Attributes:
        title: what is done.
        words: which part of it, as the work reports it.
        share: how much is done, 0 to 1; None while unknown.
        seconds_left: estimate; None while unknown.
        waiting: how many pieces of work wait behind it.
    """

    title: str
    words: str = ""
    share: float | None = None
    seconds_left: float | None = None
    waiting: int = 0


def seconds_left(elapsed_s: float, share: float) -> float | None:
    """How long the rest takes if it goes on as so far; None while nobody can say."""
    if share < _SURE_SHARE or elapsed_s < _SURE_S:
        return None
    return elapsed_s * (1.0 - min(share, 1.0)) / share


@dataclass(slots=True, eq=False)
class _Run:
    """One job on its way."""

    title: str
    on_done: OnDone
    on_failed: OnFailed
    on_progress: OnProgress | None
    on_cancelled: Callable[[], None] | None
    background: Background | None = None
    superseded: bool = False
    begun_s: float = 0.0
    latest: tuple[str, float] = ("", 0.0)
    told: bool = False

    def cancel(self) -> None:
        if self.background is not None:
            self.background.cancel()


@dataclass(frozen=True, slots=True)
class _Outcome:
    value: Any = None
    error: Exception | None = None


class JobRunner(QObject):
    """Runs jobs and brings their answers back to the GUI thread.

    Signals:
        job_changed(JobState | None): what the work lane does now; None when it is idle.
    """

    job_changed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._work = ThreadPoolExecutor(1, thread_name_prefix="work")
        self._live = ThreadPoolExecutor(1, thread_name_prefix="live")
        self._answering: Answering | None = None
        self._latest: dict[str, _Run] = {}
        self._runs: list[_Run] = []
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether nothing runs or waits in any lane."""
        return not self._runs

    def run(
        self,
        job: DeskJob | WorkJob | LiveJob,
        *,
        title: str,
        on_done: OnDone,
        on_failed: OnFailed,
        on_progress: OnProgress | None = None,
        on_cancelled: Callable[[], None] | None = None,
        exclusive: str = "",
    ) -> None:
        """Run a job; call this on the GUI thread, the callbacks come there too.

        Args:
            job: a quick call for the desk, heavy work, or a question to what is ready.
            title: what the job is called in the status line and in sentences.
            on_done: gets what the job gives back.
            on_failed: gets the error (`InvestigatorError` or `WorkFailed`); its text is one
                sentence for people.
            on_progress: gets words and share of heavy work; where reports come faster than the
                window keeps up, the latest.
            on_cancelled: called in place of the others if the job was cancelled or superseded.
            exclusive: a name of which only the latest job counts, for reads and analyses, never
                for acts; empty for none.
        """
        run = _Run(title, on_done, on_failed, on_progress, on_cancelled)
        self._runs.append(run)
        if exclusive:
            self._supersede(exclusive, run)
        if isinstance(job, DeskJob):
            self._desk.submit(self._in_desk_thread, run, job.call)
        elif isinstance(job, LiveJob):
            self._live.submit(self._in_live_thread, run, job)
        else:
            run.background = Background(title, job.function, *job.args)
            self._work.submit(self._in_work_thread, run, run.background)
            self._tell()

    def cancel(self) -> None:
        """Cancel the work that runs now."""
        if works := self._works():
            works[0].cancel()

    def cancel_all(self) -> None:
        """Cancel the work that runs now and all that waits behind it."""
        for run in self._works():
            run.cancel()

    def end_live(self) -> None:
        """End what stays ready in the live lane, and the question that it is at."""
        if (answering := self._answering) is not None:
            answering.cancel()
        self._live.submit(self._put_away, answering)

    def close(self) -> None:
        """End: cancel all work, let the desk finish what it was asked for, start nothing more.

        The workbench closes it, and the program once more where there never was a workbench.
        """
        if self._closed:
            return
        self._closed = True
        self.cancel_all()
        self.end_live()
        self._live.shutdown(wait=True)
        self._work.shutdown(wait=True)
        self._desk.shutdown(wait=True)

    def _in_desk_thread(self, run: _Run, call: Callable[[], Any]) -> None:
        self._arrived.emit(partial(self._finish, run, _outcome(run.title, call)))

    def _in_live_thread(self, run: _Run, job: LiveJob) -> None:
        outcome = _outcome(run.title, partial(self._answer, run.title, job))
        if isinstance(outcome.error, WorkCancelled | WorkFailed):
            self._put_away(self._answering)
        self._arrived.emit(partial(self._finish, run, outcome))

    def _answer(self, title: str, job: LiveJob) -> Any:
        if self._answering is None or self._answering.made_from != (job.make, job.args):
            self._put_away(self._answering)
            self._answering = Answering(title, job.make, *job.args)
        return self._answering.answer(job.question)

    def _put_away(self, answering: Answering | None) -> None:
        """In the live thread; what came in its place meanwhile stays."""
        if answering is not None and answering is self._answering:
            self._answering = None
            answering.close()

    def _in_work_thread(self, run: _Run, background: Background) -> None:
        self._arrived.emit(partial(self._begin, run))

        def report(words: str, share: float) -> None:
            run.latest = (words, share)
            if not run.told:
                run.told = True
                self._arrived.emit(partial(self._progress, run))

        outcome = _outcome(run.title, partial(background.result, report))
        self._arrived.emit(partial(self._finish, run, outcome))

    @Slot(object)
    def _deliver(self, call: Callable[[], None]) -> None:
        call()

    def _begin(self, run: _Run) -> None:
        run.begun_s = time.monotonic()

    def _progress(self, run: _Run) -> None:
        run.told = False
        words, share = run.latest
        if run in self._runs and not run.superseded:
            self._tell(words, share)
            if run.on_progress is not None:
                run.on_progress(words, share)

    def _finish(self, run: _Run, outcome: _Outcome) -> None:
        self._runs.remove(run)
        if run.background is not None:
            self._tell()
        if run.superseded or isinstance(outcome.error, WorkCancelled):
            if run.on_cancelled is not None:
                run.on_cancelled()
        elif outcome.error is not None:
            if isinstance(outcome.error, WorkFailed):
                _LOG.error("%s", outcome.error.trace)
            run.on_failed(outcome.error)
        else:
            run.on_done(outcome.value)

    def _supersede(self, name: str, run: _Run) -> None:
        before = self._latest.get(name)
        if before is not None and before in self._runs:
            before.superseded = True
            before.cancel()
        self._latest[name] = run

    def _works(self) -> list[_Run]:
        return [run for run in self._runs if run.background is not None]

    def _tell(self, words: str = "", share: float | None = None) -> None:
        works = self._works()
        if not works:
            self.job_changed.emit(None)
            return
        now = works[0]
        elapsed_s = time.monotonic() - now.begun_s if now.begun_s else 0.0
        left_s = None if share is None else seconds_left(elapsed_s, share)
        self.job_changed.emit(JobState(now.title, words, share, left_s, len(works) - 1))


def _outcome(title: str, call: Callable[[], Any]) -> _Outcome:
    """What a call gives back or raises; a fault of the program becomes a sentence."""
    try:
        return _Outcome(value=call())
    except (InvestigatorError, WorkFailed, WorkCancelled) as error:
        return _Outcome(error=error)
    except Exception as error:  # noqa: BLE001
        trace = traceback.format_exc()
        return _Outcome(error=internal_fault(title, f"{type(error).__name__}: {error}", trace))
