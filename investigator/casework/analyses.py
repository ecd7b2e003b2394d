"""The analyses of a case, as they run in the background: stored bytes in, stored bytes out.

- They read what the log names and nothing else: the reading and the samples by digest, the twin by
  the digest of its package. Other bytes are refused.
- They record nothing: whoever asked for them hands the outcome to the desk (`outcomes`).
- The ranking leaves its working in a scratch folder of this program run, so that the impact need
  not rank again; without it the impact ranks again and must come to the same.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from investigator.casework.reading import StoredReading, evidence_from
from investigator.casework.stored import decoded, encoded
from investigator.domain.acts.analysis import TwinUse
from investigator.domain.entered_check import EnteredCheck
from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.domain.evidence import Evidence, Finding
from investigator.domain.evidence_decisions import EvidenceDecisions
from investigator.domain.results import ImpactResult, RankingResult, ReplayResult
from investigator.records.blobs import Blobs
from investigator.trust.canonical import Canonical
from investigator.trust.digest import digest_of_bytes, digest_of_value

if TYPE_CHECKING:
    from investigator.analysis.diagnosis import Diagnosis
    from investigator.twin.package import TwinPackage

ASKED_PER_MILLE = 950
"""Probability, in thousandths, with which what a remedy keeps must conform where none is named."""

Report = Callable[[str, float], None]
"""Told what is being done, and which share of the work is done (0 to 1)."""


@dataclass(frozen=True, slots=True)
class Task:
    """What an analysis is made from.

    `blobs`: folder of the stored bytes. `reading`, `samples`: digests of the evidence. `twin_id`,
    `twin_digest`: the twin. `seed`: of every random draw. `workers`: threads; they change nothing
    but the time. `software`: name and version of the program. `scratch`: folder of this program
    run, open to this user only. `decisions`: what a person decided about the data. `use`: what
    the twin was chosen for. `checks`: results of checks that the ranking takes in.
    """

    blobs: Path
    reading: str
    samples: str
    twin_id: str
    twin_digest: str
    seed: int
    workers: int
    software: str
    scratch: Path
    decisions: EvidenceDecisions = field(default_factory=EvidenceDecisions)
    use: TwinUse = TwinUse.INFORMATION_ONLY
    checks: tuple[EnteredCheck, ...] = ()

    def recipe(self, step: str) -> str:
        """The digest of everything that the outcome of a step depends on."""
        parts: dict[str, Canonical] = {
            "step": step,
            "reading": self.reading,
            "samples": self.samples,
            "decisions": digest_of_bytes(encoded(self.decisions)),
            "twin": self.twin_digest,
            "seed": self.seed,
            "software": self.software,
        }
        if self.checks:
            parts["checks"] = digest_of_bytes(encoded(self.checks))
        return digest_of_value(parts)


@dataclass(frozen=True, slots=True)
class Working:
    """Where a ranking left its working for the impact, and the digest of it."""

    file: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A ranking as it is stored (`result`), and the working that the impact goes on from."""

    result: bytes
    working: Working


def replay_task(task: Task, *, report: Report) -> bytes:
    """The stored `ReplayResult` of the task."""
    from investigator.analysis.diagnosis import replay
    from investigator.analysis.multivariate.control_chart import NOT_LEARNED, control_chart_of
    from investigator.analysis.multivariate.pls_chart import pls_chart_of
    from investigator.analysis.replaying import replay_recorded
    from investigator.analysis.toolbox import toolbox
    from investigator.analysis.views import replay_panels
    from investigator.casework.investigate import executor_of

    report("reading the stored evidence", 0.0)
    evidence, package, found = opened(task)
    report("replaying the batch through the twin", 0.2)
    compared = replay(evidence, package)
    report("replaying the recorded inputs", 0.4)
    with executor_of(task.workers) as executor:
        run = compared.comparison.record
        driven = replay_recorded(run, package, executor=executor, seed=task.seed)
    report("drawing every channel", 0.9)
    panels = replay_panels(compared.comparison)
    findings = (*found, *compared.findings)
    measured = compared.comparison.measured
    chart = control_chart_of(measured, evidence, package)
    pls = pls_chart_of(measured, evidence, package)
    lacking = () if chart else (NOT_LEARNED,)
    assumptions = (*compared.assumptions, *driven.assumptions, *lacking)
    classical = toolbox(compared.comparison, evidence, package)
    result = ReplayResult(
        compared.rows, panels, assumptions, findings, driven, classical, chart, pls
    )
    return encoded(result)


def ranking_task(task: Task, *, report: Report) -> Ranked:
    """The stored `RankingResult` of the task, with its working."""
    from investigator.analysis.views import hypothesis_fits

    diagnosis, found = _diagnosed(task, report)
    report("drawing the fit of every hypothesis", 0.95)
    fits = hypothesis_fits(diagnosis.replay.comparison, diagnosis.hypotheses)
    findings = (*found, *diagnosis.findings)
    result = RankingResult(
        diagnosis.ranking, diagnosis.panels, fits, diagnosis.assumptions, findings
    )
    return Ranked(encoded(result), _left(diagnosis, task))


def impact_task(task: Task, ranking: str, working: Working | None, *, report: Report) -> bytes:
    """The stored `ImpactResult` of the task.

    Args:
        task: what it is made from.
        ranking: digest of the recorded ranking.
        working: of that ranking, from this very program run; None ranks again.
        report: told how far it is.

    Raises:
        AlteredRecord: ranking again did not give the recorded ranking.
    """
    from investigator.analysis.impact import assess_impact
    from investigator.casework.investigate import executor_of
    from investigator.evidence.batch.recorded_masses import recorded_masses

    diagnosis = _taken_up(working) or _ranked_again(task, ranking, report)
    report("following the disturbance into the containers", 0.8)
    stored = decoded(Blobs(task.blobs).read(task.reading), StoredReading)
    recorded = recorded_masses(stored.evidence)
    with executor_of(task.workers) as executor:
        result = assess_impact(
            _twin(task), diagnosis, seed=task.seed, executor=executor, recorded=recorded
        )
    return encoded(result)


def remedy_step(asked_per_mille: int) -> str:
    """What the step is called in a recipe: another probability is another simulation."""
    return f"remedies {asked_per_mille}"


def remedy_task(
    task: Task,
    ranking: str,
    impact: str,
    working: Working | None,
    asked_per_mille: int,
    *,
    report: Report,
) -> bytes:
    """The stored `RemedyResult` of the task.

    Args:
        task: what it is made from.
        ranking, impact: digests of the recorded ranking and impact.
        working: of that ranking, from this very program run; None ranks again.
        asked_per_mille: probability with which everything kept must conform, in thousandths.
        report: told how far it is.

    Raises:
        AlteredRecord: ranking again did not give the recorded ranking.
    """
    from investigator.analysis.remediation import assess_remedies
    from investigator.casework.investigate import executor_of

    diagnosis = _taken_up(working) or _ranked_again(task, ranking, report)
    found = decoded(Blobs(task.blobs).read(impact), ImpactResult)
    with executor_of(task.workers) as executor:
        result = assess_remedies(
            _twin(task),
            diagnosis,
            found.impact,
            asked=asked_per_mille / 1000.0,
            seed=task.seed,
            executor=executor,
            told=lambda words, share: report(words, 0.3 + 0.7 * share),
        )
    return encoded(result)


def _left(diagnosis: "Diagnosis", task: Task) -> Working:
    data = pickle.dumps(diagnosis)
    file = task.scratch / f"{task.recipe('ranking')}.working"
    file.write_bytes(data)
    return Working(file, digest_of_bytes(data))


def _taken_up(working: Working | None) -> "Diagnosis | None":
    """The working, if it is still what this program run left; nothing else is ever unpickled."""
    if working is None or not working.file.is_file():
        return None
    data = working.file.read_bytes()
    if digest_of_bytes(data) != working.sha256:
        return None
    diagnosis: Diagnosis = pickle.loads(data)
    return diagnosis


def _ranked_again(task: Task, ranking: str, report: Report) -> "Diagnosis":
    ranked = ranking_task(task, report=lambda words, share: report(words, 0.8 * share))
    diagnosis = _taken_up(ranked.working)
    if diagnosis is None or digest_of_bytes(ranked.result) != ranking:
        raise AlteredRecord(
            "Ranking again does not give the recorded ranking; rank the hypotheses anew."
        )
    return diagnosis


def _diagnosed(task: Task, report: Report) -> "tuple[Diagnosis, tuple[Finding, ...]]":
    from investigator.analysis.diagnosis import diagnose, replay
    from investigator.casework.investigate import executor_of

    report("reading the stored evidence", 0.0)
    evidence, package, found = opened(task)
    report("replaying the batch through the twin", 0.05)
    replayed = replay(evidence, package)
    report("simulating each failure mode and ranking the causes", 0.1)
    with executor_of(task.workers) as executor:
        return diagnose(replayed, package, executor=executor, entered=task.checks), found


def opened(task: Task) -> "tuple[Evidence, TwinPackage, tuple[Finding, ...]]":
    """The evidence with all decisions applied, the twin, and what was found on mapped tags."""
    from investigator.casework.twins import tag_list
    from investigator.evidence.decided import decided
    from investigator.evidence.mapped_reading import mapped_reading

    blobs, package = Blobs(task.blobs), _twin(task)
    read = evidence_from(blobs.read(task.reading), blobs.read(task.samples))
    facts = tag_list(package) if task.decisions.tags else {}
    taken = mapped_reading(read, task.decisions, tag_map=package.tag_map, facts=facts)
    return decided(taken.read, taken.decisions), package, taken.found


def _twin(task: Task) -> "TwinPackage":
    from investigator.casework.twins import choose_twin, require_still_validated

    package = choose_twin(task.twin_id)
    if package.digest != task.twin_digest:
        raise UnusableRequest(
            f"The twin {task.twin_id} is not the one that was chosen: its package has changed; "
            "choose it again or restore the package."
        )
    require_still_validated(package, task.use)
    return package
