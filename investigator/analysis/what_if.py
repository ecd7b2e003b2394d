"""What a scenario would have done beside what was measured: run by hand, or fitted.

- A bench is made once for a run and takes any number of scenarios; the same scenario gives the same
  numbers, whatever was run before it.
- A scenario is judged by the same channels, noise and costs as the failure modes of the ranking.
"""

from dataclasses import dataclass, replace

import msgspec
import numpy as np

from investigator.analysis.comparison import Comparison, as_innovations
from investigator.analysis.priors import priors_for
from investigator.analysis.views import curves_under, title_read
from investigator.analysis.what_if_checks import log_told_by_checks
from investigator.analysis.what_if_evidence import log_evidence
from investigator.analysis.what_if_fit import fitted
from investigator.analysis.what_if_odds import probability_beside
from investigator.analysis.what_if_trial import Trial, trial
from investigator.domain.acts.scenarios import stated
from investigator.domain.entered_check import EnteredCheck
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import Span
from investigator.domain.ranking import Ranking
from investigator.domain.scenario import Course, Scenario
from investigator.domain.scenario_rules import Targets, refusal_of_scenario, targets_by_name
from investigator.domain.what_if import WhatIf
from investigator.trust.digest import digest_of_array, digest_of_value
from investigator.twin.channels import POINTS, SERIES
from investigator.twin.package import TwinPackage
from investigator.twin.predicted import Predicted
from investigator.twin.record import Array
from investigator.twin.scenario_targets import scenario_targets


@dataclass(frozen=True, slots=True)
class WhatIfBench:
    """A run ready for scenarios.

    Attributes:
        comparison: the run beside the undisturbed twin.
        package: the twin.
        evidence: digest of the evidence, as it was decided on.
        ranking: of the failure modes; None where there is none yet.
        targets: what a scenario can change, by kind and id.
        entered: results of checks; those that the ranking took in are counted for a scenario too.
    """

    comparison: Comparison
    package: TwinPackage
    evidence: str
    ranking: Ranking | None
    targets: Targets
    entered: tuple[EnteredCheck, ...] = ()

    @property
    def run_span(self) -> Span:
        """The run: onsets and ends lie within it."""
        return self.comparison.record.span

    def run(self, scenario: Scenario) -> WhatIf:
        """The scenario as it is stated.

        Raises:
            UnusableRequest: it changes something unknown, out of bounds or outside the run.
        """
        tried = self._trial(scenario)
        return self._told(tried, tried.sizes, scenario)

    def fit(self, scenario: Scenario, *, onset: bool = False) -> WhatIf:
        """The scenario with its sizes fitted to the evidence, and with `onset` its onsets.

        Raises:
            UnusableRequest: as `run`, or a size of it is a whole number.
        """
        best = fitted(self._trial(scenario), onset=onset)
        found = best.trial.with_sizes(best.sizes)
        told = self._told(best.trial, best.sizes, found)
        sd = best.trial.by_part(best.sd)
        return replace(told, scenario=scenario, fitted=found, sizes_sd=sd)

    def _trial(self, scenario: Scenario) -> Trial:
        if refused := refusal_of_scenario(scenario, self.targets, self.run_span):
            raise UnusableRequest(refused)
        known = self.package
        return trial(scenario, self.comparison, known.parameters, known.failure_modes, self.targets)

    def _told(self, tried: Trial, sizes: Array, scenario: Scenario) -> WhatIf:
        c = self.comparison
        under = tried.predicted(sizes)
        evidence = log_evidence(tried, sizes)
        return WhatIf(
            scenario=scenario,
            curves=curves_under(c, under),
            gains=_by_channel(c, tried.gains(as_innovations(c, under))),
            log_evidence=evidence,
            fitted=None,
            probability=self._probability(tried, sizes, under, evidence),
            run=self._digest(scenario, under),
            affected=_affected(scenario, self.run_span),
        )

    def _probability(
        self, tried: Trial, sizes: Array, under: Predicted, evidence: float
    ) -> float | None:
        if self.ranking is None:
            return None
        weights = {mode.cause: mode.prior for mode in self.package.failure_modes}
        taken = [one for one in self.entered if one.words in self.ranking.entered]
        told = log_told_by_checks(taken, self.package.checks, tried, sizes, under)
        priors = priors_for(self.comparison)
        return probability_beside(
            self.ranking, tried.scenario, evidence, weights, priors, log_checks=told
        )

    def _digest(self, scenario: Scenario, under: Predicted) -> str:
        """Of all that the run follows from, and of what it gave, bit by bit."""
        return digest_of_value(
            {
                "twin": self.package.digest,
                "evidence": self.evidence,
                "scenario": msgspec.to_builtins(stated(scenario).parts),
                "channels": [digest_of_array(under.series), digest_of_array(under.points)],
            }
        )


def bench_for(
    comparison: Comparison,
    package: TwinPackage,
    *,
    evidence: str,
    ranking: Ranking | None,
    entered: tuple[EnteredCheck, ...] = (),
) -> WhatIfBench:
    """A bench for a run; attributes as of `WhatIfBench`."""
    known = scenario_targets(package.parameters, package.failure_modes)
    return WhatIfBench(comparison, package, evidence, ranking, targets_by_name(known), entered)


def _by_channel(c: Comparison, gains: Array) -> tuple[tuple[str, float], ...]:
    """Gains by title of the channel, as in the replay, those of channels that say nothing left out,
    largest first."""
    titles = [title_read(c.record.named, channel) for channel in SERIES + POINTS]
    known = np.concatenate([c.series_known.any(axis=1), c.points_known.any(axis=1)])
    order = [int(i) for i in np.argsort(-gains, kind="stable") if known[i]]
    return tuple((titles[i], float(gains[i])) for i in order)


def _affected(scenario: Scenario, run: Span) -> Span:
    """From the first onset to the last end; the run where a part is at work in the whole batch."""
    if any(part.course is Course.WHOLE_BATCH for part in scenario.parts):
        return run
    onsets, ends = zip(*((part.onset_ms, part.end_ms) for part in scenario.parts), strict=True)
    return Span(min(onsets), max(ends))
