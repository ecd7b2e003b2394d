"""Diagnosis of one deviation: the failure modes of the twin, fitted, ranked, and put into words.

- Every failure mode is simulated through the twin and judged by what it explains of all channels.
- "None of these" and "no assignable cause" stand in the ranking like any other hypothesis.
- With a cause given, only that cause is fitted; its probability is then an assumption.
"""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from investigator.analysis.alarm_evidence import (
    NOTHING_CAME,
    Journal,
    Model,
    Told,
    alarm_gains,
    journal_of,
    raised,
    with_told,
)
from investigator.analysis.comparison import Comparison, compare
from investigator.analysis.data_findings import data_findings
from investigator.analysis.elimination import eliminations
from investigator.analysis.entered_checks import TakenIn, still_open, take_in
from investigator.analysis.hypotheses import Hypotheses, Searches, weigh
from investigator.analysis.missing_evidence import missing_evidence
from investigator.analysis.next_checks import next_checks
from investigator.analysis.operator_actions import actions_around
from investigator.analysis.posterior import Posterior, posterior
from investigator.analysis.predictive_check import predictive_check
from investigator.analysis.preference import leading_hypothesis, preferences
from investigator.analysis.priors import priors_for
from investigator.analysis.reasons import with_reasons
from investigator.analysis.run_digests import with_runs
from investigator.analysis.separability import alike, separations
from investigator.analysis.statements import assessments, loudest_channel
from investigator.analysis.views import panels, replay_rows
from investigator.analysis.windows import without_lots
from investigator.domain.batch import BatchRecord
from investigator.domain.entered_check import EnteredCheck
from investigator.domain.evidence import Evidence, Finding
from investigator.domain.panel import Panel, ReplayRow
from investigator.domain.ranking import HypothesisAssessment, Ranking
from investigator.twin.checks import Check
from investigator.twin.failure_mode import FailureMode
from investigator.twin.package import TwinPackage
from investigator.twin.record import LONG_STOP_S, line_record
from investigator.twin.reference import read_reference


@dataclass(frozen=True, slots=True)
class Replay:
    """A run compared with the unperturbed twin; `findings`: instruments that depart from it.

    `missing`: what the evidence lacks, and what a ranking loses by it. `journal`: the alarms that
    came, `batch`: the record; empty where no evidence stands behind the comparison.
    """

    comparison: Comparison
    rows: tuple[ReplayRow, ...]
    assumptions: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    journal: Journal = NOTHING_CAME
    batch: BatchRecord | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The outcome of diagnosis, with what impact and report need of it.

    `findings`: instruments that depart from the twin, and which hypothesis explains it.
    """

    replay: Replay
    hypotheses: Hypotheses
    searches: Searches
    posterior: Posterior
    ranking: Ranking
    panels: tuple[Panel, ...]
    assumptions: tuple[str, ...]
    findings: tuple[Finding, ...]


def replay(evidence: Evidence, package: TwinPackage) -> Replay:
    """Run the twin on the recorded set-points and compare every channel.

    Raises:
        UnusableInput: the evidence has none of the twin's tags, or the press never ran.
    """
    reference = read_reference(package.reference)
    record = line_record(evidence, package.tag_map, package.record_map)
    comparison = compare(record, package.parameters.line(), reference)
    return Replay(
        comparison,
        replay_rows(comparison),
        _assumed(comparison),
        data_findings(comparison, package.tag_map),
        missing_evidence(evidence, comparison, package.failure_modes),
        journal_of(evidence.alarms, evidence.batch, record.span.end_ms),
        evidence.batch,
    )


def _assumed(c: Comparison) -> tuple[str, ...]:
    assumed = [
        "Lot properties that no certificate states are taken as nominal, with the spread between "
        "batches that the normal batches show."
    ]
    if c.record.missing:
        roles = ", ".join(c.record.missing)
        assumed.append(f"Signals that are not in the export say nothing here: {roles}.")
    if np.isinf(c.stop_log_rarity) and any(s.seconds >= LONG_STOP_S for s in c.record.standstills):
        assumed.append(
            "The twin does not know how long the line stands in normal batches, so that every long "
            "standstill is taken as a deviation; `investigator twin reference` learns it."
        )
    return tuple(assumed)


def diagnose(
    replayed: Replay,
    package: TwinPackage,
    *,
    executor: Executor,
    causes: tuple[str, ...] | None = None,
    entered: tuple[EnteredCheck, ...] = (),
) -> Diagnosis:
    """Fit and rank the failure modes of the twin.

    Args:
        replayed: the run compared with the unperturbed twin.
        package: the twin.
        executor: runs the fits; its kind changes nothing but the time.
        causes: causes taken as given; None ranks all.
        entered: results of checks that the ranking takes in; none where causes are given.
    """
    weighed = _weighed(replayed, package, causes, entered, executor)
    c, hypotheses, believed = replayed.comparison, weighed.hypotheses, weighed.taken.believed
    return Diagnosis(
        replayed,
        hypotheses,
        weighed.searches,
        believed,
        _ranking(weighed, still_open(package.checks, entered), executor),
        panels(c, hypotheses, believed),
        (*replayed.assumptions, *weighed.taken.assumptions),
        data_findings(c, package.tag_map, hypotheses, believed),
    )


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What a ranking is told of: the modes fitted, and what is believed of them.

    `told`: what alarms and actions say of every model. `given`: whether the causes are taken as
    given, and are then not set against each other.
    """

    replayed: Replay
    package: TwinPackage
    modes: tuple[FailureMode, ...]
    hypotheses: Hypotheses
    searches: Searches
    told: Mapping[Model, Told]
    taken: TakenIn
    given: bool


def _weighed(
    replayed: Replay,
    package: TwinPackage,
    causes: tuple[str, ...] | None,
    entered: tuple[EnteredCheck, ...],
    executor: Executor,
) -> _Weighed:
    """The modes fitted, and their probabilities with the results of checks."""
    c, modes = replayed.comparison, package.failure_modes
    if causes is not None:
        modes = tuple(m for m in modes if m.cause in causes)
    modes = without_lots(modes, c.record)
    hypotheses, searches = weigh(c, modes, executor)
    told = alarm_gains(replayed.journal, package.alarm_rules, c, hypotheses)
    if causes is None:
        by_signals = posterior(hypotheses.scores, _weights(modes), priors_for(c))
        taken = take_in(raised(by_signals, told), entered, package.checks, c, hypotheses)
    else:
        taken = TakenIn(_given(hypotheses, causes), (), ())
    given = causes is not None
    return _Weighed(replayed, package, modes, hypotheses, searches, told, taken, given=given)


def _weights(modes: tuple[FailureMode, ...]) -> dict[str, float]:
    """Relative prior frequency by cause."""
    return {mode.cause: mode.prior for mode in modes}


def _ranking(w: _Weighed, checks: tuple[Check, ...], executor: Executor) -> Ranking:
    """The ranking with what sets its hypotheses apart, and the checks that would."""
    c, hypotheses, believed = w.replayed.comparison, w.hypotheses, w.taken.believed
    assessed = _with_witnesses(_assessed(w), w)
    apart = separations(c, hypotheses, believed, executor)
    loudest = loudest_channel(c, hypotheses)
    return Ranking(
        hypotheses=assessed,
        none_of_the_above=believed.none_of_the_above,
        no_deviation=believed.no_deviation,
        indistinguishable=alike(apart),
        next_checks=next_checks(c, checks, hypotheses, believed, loudest),
        separations=apart,
        missing=w.replayed.missing,
        actions=actions_around(w.replayed.batch, _leading(assessed, believed)),
        entered=w.taken.entered,
        predictive=predictive_check(c, hypotheses, w.searches, believed, executor),
    )


def _assessed(w: _Weighed) -> tuple[HypothesisAssessment, ...]:
    """Every mode with its fate, and what sets it apart from the leading hypothesis."""
    c, hypotheses, believed = w.replayed.comparison, w.hypotheses, w.taken.believed
    assessed = assessments(c, w.modes, hypotheses, believed, w.searches)
    if w.given:
        return assessed
    leading = leading_hypothesis(believed)
    return with_reasons(
        assessed,
        preferences(believed, _weights(w.modes), priors_for(c), leading),
        eliminations(c, hypotheses, w.searches, believed),
        leading=leading,
    )


def _with_witnesses(
    assessed: tuple[HypothesisAssessment, ...], w: _Weighed
) -> tuple[HypothesisAssessment, ...]:
    """The assessments with the runs that they rest on, and what alarms and operators say."""
    c, hypotheses, believed = w.replayed.comparison, w.hypotheses, w.taken.believed
    with_digests = with_runs(
        assessed,
        c,
        hypotheses,
        believed,
        twin_digest=w.package.digest,
        values=w.package.parameters.values_by_name(),
    )
    told = with_told(with_digests, w.told, hypotheses, believed)
    return tuple(replace(row, told_gain=None) for row in told) if w.given else told


def _leading(
    assessed: tuple[HypothesisAssessment, ...], believed: Posterior
) -> HypothesisAssessment | None:
    """The first cause, where neither "none of these" nor "no assignable cause" leads."""
    rest = max(believed.none_of_the_above, believed.no_deviation)
    return next((row for row in assessed[:1] if row.probability > rest), None)


def _given(hypotheses: Hypotheses, causes: tuple[str, ...]) -> Posterior:
    """All belief on the given causes together, where they could be fitted together."""
    fitted = [m for m in hypotheses.fits if set(m) <= set(causes)]
    model = max(fitted, key=lambda m: (len(m), hypotheses.scores[m]), default=())
    return Posterior(dict.fromkeys(causes, 1.0), 0.0, 0.0, {model: 1.0})
