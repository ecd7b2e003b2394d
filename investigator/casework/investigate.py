"""The whole analysis of one deviation, unattended: evidence folder in, report and result out.

- The evidence is read as it is and its originals are kept, byte for byte.
- What a person would confirm is decided by a documented default and listed as an assumption.
- The result appears whole or not at all, and is the same for one worker or many.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from investigator.analysis.diagnosis import diagnose, replay
from investigator.analysis.impact import assess_impact
from investigator.analysis.replaying import replay_recorded
from investigator.casework.dossier import Settings, assemble_dossier
from investigator.casework.originals import keep_originals
from investigator.casework.output import ORIGINALS, REPORT, RESULT, written_whole
from investigator.casework.result import result_text
from investigator.casework.stopwatch import Stopwatch
from investigator.casework.twins import choose_twin, require_known_causes, tag_list
from investigator.casework.unattended import UnattendedRun, is_workspace, record_run
from investigator.domain.clock_evidence import ClockEvidence
from investigator.domain.dossier import Dossier
from investigator.domain.errors import UnusableRequest
from investigator.domain.evidence import Evidence
from investigator.evidence.batch.recorded_masses import recorded_masses
from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder
from investigator.evidence.mapping.tag_mapping import without_unsettled
from investigator.report.build import build_report
from investigator.twin.package import TwinPackage
from investigator.twin.specification import reconciliation_limits

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class InvestigationResult:
    """What an investigation came to: the dossier, where it was written, seconds by step."""

    dossier: Dossier
    out: Path
    timings_s: Mapping[str, float]


def investigate(
    folder: Path,
    out: Path,
    *,
    twin_id: str | None = None,
    causes: tuple[str, ...] | None = None,
    seed: int = 0,
    workers: int = 1,
    workspace: Path | None = None,
    batch_id: str | None = None,
    with_timings: bool = True,
    progress: Progress = lambda _: None,
) -> InvestigationResult:
    """Investigate the evidence in `folder` and write `result.json` and `report.pdf` into `out`.

    Args:
        folder: the evidence of one deviation.
        out: folder to write; must not exist, be empty, or hold an earlier result.
        twin_id: id of the twin package; None takes the only one there is.
        causes: causes taken as given (what-if or confirmed); None ranks all failure modes.
        seed: seed of every random draw.
        workers: number of threads; changes nothing but the time.
        workspace: a workspace, in which the run is recorded and its report sealed; another folder
            becomes the vault of the originals; None keeps them in `out`.
        batch_id: the batch, where files hold several; None: that of the batch record.
        with_timings: whether run times are written into the result.
        progress: is told, in words, what is being done.

    Raises:
        UnusableRequest: folder, twin, cause or output cannot be used as asked.
        UnusableInput: a file cannot be used.
    """
    _refuse_folder(folder, out, workspace)
    package = choose_twin(twin_id)
    require_known_causes(package, causes)
    settings = Settings(seed=seed, causes=causes, twin_named=twin_id is not None)
    watch, records = Stopwatch(), _records(workspace, progress)
    with written_whole(out) as draft, executor_of(workers) as executor:
        with watch.step("read"):
            evidence, clocks = _read(folder, package, batch_id, progress)
            if records is None:
                keep_originals(folder, evidence, workspace or draft / ORIGINALS)
        dossier = _analyse(evidence, clocks, package, settings, executor, watch, progress)
        progress("writing the report")
        with watch.step("report"):
            pdf = build_report(dossier)
        text = result_text(dossier, timings_s=watch.seconds if with_timings else None)
        result = text.encode("utf-8")
        if records is not None:
            pdf = record_run(records, UnattendedRun(folder, evidence, pdf, result))
            progress(f"the run is recorded in the workspace {records}, and its report sealed")
        (draft / REPORT).write_bytes(pdf)
        (draft / RESULT).write_bytes(result)
    return InvestigationResult(dossier, out, watch.seconds)


@contextmanager
def executor_of(workers: int) -> Iterator[Executor]:
    """The executor of an investigation; work that waits is dropped when something goes wrong."""
    executor = ThreadPoolExecutor(workers, thread_name_prefix="investigation")
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _refuse_folder(folder: Path, out: Path, workspace: Path | None) -> None:
    if not folder.is_dir():
        raise UnusableRequest(f"{folder}: there is no such folder; name the folder of evidence.")
    for written in (out, workspace):
        if written is not None and written.resolve().is_relative_to(folder.resolve()):
            raise UnusableRequest(f"{written}: lies inside the evidence; name another folder.")


def _records(workspace: Path | None, progress: Progress) -> Path | None:
    """The workspace that records the run; None where the folder is only a vault of originals."""
    if workspace is None or is_workspace(workspace):
        return workspace
    progress(
        f"{workspace} is no workspace: the originals are kept there, "
        "the run is not recorded and its report carries no seal"
    )
    return None


def _read(
    folder: Path, package: TwinPackage, batch_id: str | None, progress: Progress
) -> tuple[Evidence, tuple[ClockEvidence, ...]]:
    """The evidence as the analyses take it, and what its clocks rest on."""
    facts = tag_list(package)
    read = read_folder(
        folder,
        tags=facts,
        line_id=package.manifest.line_id,
        site_zone=package.manifest.site_zone,
        limits=reconciliation_limits(package.specifications),
        batch_id=batch_id,
        progress=progress,
    )
    return without_unsettled(decided(read), tag_map=package.tag_map, facts=facts), read.clocks


def _analyse(
    evidence: Evidence,
    clocks: tuple[ClockEvidence, ...],
    package: TwinPackage,
    settings: Settings,
    executor: Executor,
    watch: Stopwatch,
    progress: Progress,
) -> Dossier:
    progress("replaying the batch through the twin")
    with watch.step("replay"):
        replayed = replay(evidence, package)
        run = replayed.comparison.record
        driven = replay_recorded(run, package, executor=executor, seed=settings.seed)
    progress("simulating each failure mode and ranking the causes")
    with watch.step("diagnose"):
        diagnosis = diagnose(replayed, package, executor=executor, causes=settings.causes)
    progress("following the disturbance into the containers")
    with watch.step("impact"):
        impact = assess_impact(
            package,
            diagnosis,
            seed=settings.seed,
            executor=executor,
            recorded=recorded_masses(evidence),
        )
    return assemble_dossier(evidence, package, diagnosis, driven, impact, settings, clocks)
