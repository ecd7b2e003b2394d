"""What takes long: analyses, runs of scenarios, report, reading of a folder, verification.

- Each begins at the desk (is it in order, what is it made from), runs in the work lane, and ends at
  the desk, where its outcome is recorded. Cancelled or failed in between, nothing is recorded.
- While the window is locked, what is done waits to be recorded until the person is back.
- Of one case each kind of work runs once at a time.
- It belongs to one person's stay: once that person has left, nothing of it is recorded any more.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from investigator.casework.analyses import ASKED_PER_MILLE
from investigator.casework.preview import preview_task
from investigator.casework.profiles import KeptProfile, ReadingChoices
from investigator.casework.report_signing import Draught, report_task
from investigator.casework.scenarios import scenario_task, what_if_bench
from investigator.desktop.desk_side import Begun, BegunRun, DeskSide
from investigator.desktop.jobs import DeskJob, JobRunner, LiveJob, WorkJob
from investigator.desktop.requests import (
    Analyse,
    Analysis,
    AskTargets,
    AskTwin,
    IssueReport,
    ReadEvidence,
    Request,
    RunScenario,
    VerifyWorkspace,
)
from investigator.desktop.scene import Scene

REPORT, READING, VERIFICATION = "report", "reading", "verification"
SCENARIO = "run of a scenario"
_ONE_AFTER_THE_OTHER = (Analysis.REPLAY, Analysis.RANKING, Analysis.IMPACT)


@dataclass(frozen=True, slots=True)
class Answers:
    """How long work speaks to the workbench.

    `shown`: there is a new scene. `finished`: a request was carried out. `refused`: it was not.
    `cancelled`: the person ended its work. `running_changed`: `LongWork.running` answers otherwise
    now. `when_open`: calls what is given once the window is not locked, now or later.
    """

    shown: Callable[[Scene], None]
    finished: Callable[[Request], None]
    refused: Callable[[Request, str], None]
    cancelled: Callable[[Request, str], None]
    running_changed: Callable[[], None]
    when_open: Callable[[Callable[[], None]], None]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request on its way: for which case, and which work for it is still to be done, in order.

    `asked_per_mille`: as in `Analyse`.
    """

    request: Request
    case_id: str
    work: tuple[str, ...]
    asked_per_mille: int = ASKED_PER_MILLE


class LongWork:
    """Carries out requests that take long.

    Args:
        jobs: both lanes.
        side: the desk.
        answers: where outcomes go.
    """

    def __init__(self, jobs: JobRunner, side: DeskSide, answers: Answers) -> None:
        self._jobs, self._side, self._answers = jobs, side, answers
        self._running: set[tuple[str, str]] = set()
        self._over = False

    def running(self, case_id: str | None) -> frozenset[str]:
        """What runs or waits for a case."""
        return frozenset(name for case, name in self._running if case == case_id)

    def end(self) -> None:
        """The person leaves: cancel everything, record nothing more."""
        self._over = True
        self._jobs.cancel_all()
        self._jobs.end_live()

    def analyse(self, case_id: str, request: Analyse) -> None:
        """Run one analysis, or all one after the other, and record each."""
        wanted = request.analysis
        steps = _ONE_AFTER_THE_OTHER if wanted is Analysis.ALL else (wanted,)
        asked = _Asked(request, case_id, steps, request.asked_per_mille)
        if self._begin(asked):
            self._next_analysis(asked)

    def issue_report(self, case_id: str, request: IssueReport) -> None:
        """Draught the report, lay out its pages, issue them."""
        asked = _Asked(request, case_id, (REPORT,))
        if self._begin(asked):
            self._at_desk(asked, partial(self._side.draught, case_id), partial(self._pages, asked))

    def read(self, case_id: str, twin_id: str | None, request: ReadEvidence) -> None:
        """Read a folder of evidence, to be seen before it is admitted."""
        asked = _Asked(request, case_id, (READING,))
        if self._begin(asked):
            read = partial(self._read, asked, request, twin_id)
            self._at_desk(asked, self._side.kept_profiles, read)

    def run_scenario(self, case_id: str, request: RunScenario) -> None:
        """Run a scenario of the case and record it."""
        asked = _Asked(request, case_id, (SCENARIO,))
        if self._begin(asked):
            begin = partial(
                self._side.begin_run, case_id, request.scenario_id, fitted=request.fitted
            )
            self._at_desk(asked, begin, partial(self._run, asked))

    def ask_twin(self, case_id: str, request: AskTwin) -> None:
        """Ask what stays ready for the case: nothing is begun by it and nothing recorded."""
        refuse = request.refused or (lambda _sentence: None)
        tell = self._mine(lambda error: refuse(str(error)))

        def ask(made_from: tuple[Any, ...]) -> None:
            self._jobs.run(
                LiveJob(what_if_bench, made_from, request.question),
                title="The twin for what-ifs",
                on_done=self._mine(request.answered),
                on_failed=tell,
                on_cancelled=request.cancelled,
            )

        self._jobs.run(
            DeskJob(partial(self._side.begin_what_if, case_id)),
            title="What-if",
            on_done=self._mine(ask),
            on_failed=tell,
        )

    def ask_targets(self, case_id: str, request: AskTargets) -> None:
        """What scenarios of the case can change; where it cannot be told, names stay ids."""
        self._jobs.run(
            DeskJob(partial(self._side.targets, case_id)),
            title="What scenarios can change",
            on_done=self._mine(request.answered),
            on_failed=lambda _error: None,
        )

    def stop_asking(self) -> None:
        """The question that the twin is at is no longer wanted."""
        self._jobs.end_live()

    def verify(self, folder: Path, request: VerifyWorkspace) -> None:
        """Compare everything in the workspace with everything that names it."""
        from investigator.casework.verification import verify_task

        asked = _Asked(request, "", (VERIFICATION,))
        if self._begin(asked):
            job = WorkJob(verify_task, (folder,))
            self._behind(asked, job, "Verification", self._side.with_verified)

    def _read(
        self,
        asked: _Asked,
        request: ReadEvidence,
        twin_id: str | None,
        kept: tuple[KeptProfile, ...],
    ) -> None:
        """With what the person chose, and the profiles that were kept with other cases."""
        choices = ReadingChoices(
            dict(request.profiles), kept, request.batch_id, request.without_twin
        )
        twin = None if request.without_twin else twin_id
        job = WorkJob(preview_task, (request.folder, twin, choices))
        self._behind(asked, job, f"Reading {request.folder.name}", self._side.with_preview)

    def _next_analysis(self, asked: _Asked) -> None:
        analysis = Analysis(asked.work[0])
        per_mille = asked.asked_per_mille
        begin = partial(self._side.begin, asked.case_id, analysis, asked_per_mille=per_mille)
        self._at_desk(asked, begin, partial(self._run_analysis, asked))

    def _run_analysis(self, asked: _Asked, begun: Begun) -> None:
        job = WorkJob(begun.function, begun.args)
        title = begun.analysis.value.capitalize()
        self._behind(asked, job, title, partial(self._side.record, begun))

    def _run(self, asked: _Asked, begun: BegunRun) -> None:
        title = f"Run of {begun.asked.scenario.title}"
        job = WorkJob(scenario_task, (begun.task, begun.asked))
        self._behind(asked, job, title, partial(self._side.record_run, begun))

    def _pages(self, asked: _Asked, made: Draught) -> None:
        job = WorkJob(report_task, (made.dossier,))
        self._behind(asked, job, "Report", partial(self._side.issue, made))

    def _behind(
        self, asked: _Asked, job: WorkJob, title: str, record: Callable[[Any], Scene]
    ) -> None:
        """Run work, then record its outcome at the desk."""

        self._jobs.run(
            job,
            title=title,
            on_done=self._mine(partial(self._record, asked, record)),
            on_failed=self._mine(partial(self._failed, asked)),
            on_cancelled=self._mine(partial(self._cancelled, asked)),
        )

    def _record(self, asked: _Asked, record: Callable[[Any], Scene], outcome: Any) -> None:
        self._at_desk(asked, partial(record, outcome), partial(self._recorded, asked))

    def _recorded(self, asked: _Asked, scene: Scene) -> None:
        done, *rest = asked.work
        self._running.discard((asked.case_id, done))
        if not rest:
            self._answers.finished(asked.request)
        self._answers.shown(scene)
        if rest:
            self._next_analysis(replace(asked, work=tuple(rest)))

    def _at_desk(self, asked: _Asked, call: Callable[[], Any], done: Callable[[Any], None]) -> None:
        run = partial(
            self._jobs.run,
            DeskJob(call),
            title=asked.work[0].capitalize(),
            on_done=self._mine(done),
            on_failed=self._mine(partial(self._failed, asked)),
        )
        self._answers.when_open(self._mine(run))

    def _begin(self, asked: _Asked) -> bool:
        """Whether nothing of it runs for the case yet; then it does."""
        if busy := self.running(asked.case_id) & set(asked.work):
            sentence = f"The {min(busy)} is running; wait for it, or cancel it."
            self._answers.refused(asked.request, sentence)
            return False
        self._running |= {(asked.case_id, name) for name in asked.work}
        self._answers.running_changed()
        return True

    def _stopped(self, asked: _Asked) -> None:
        self._running -= {(asked.case_id, name) for name in asked.work}
        self._answers.running_changed()

    def _cancelled(self, asked: _Asked) -> None:
        self._stopped(asked)
        sentence = f"The {asked.work[0]} was cancelled; nothing of it was recorded."
        self._answers.cancelled(asked.request, sentence)

    def _failed(self, asked: _Asked, error: Exception) -> None:
        self._stopped(asked)
        self._answers.refused(asked.request, str(error))

    def _mine(self, call: Callable[..., None]) -> Callable[..., None]:
        """Called only while the person stays."""
        return lambda *said: None if self._over else call(*said)
