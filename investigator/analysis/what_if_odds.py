"""The probability that a scenario would have in a ranking, were it among the hypotheses.

- A scenario of one or two failure modes has the prior of those in the ranking, and their automatic
  fits stand back for it: it is weighed against everything in which they are not at work together.
- Any other scenario has the prior of an average failure mode and is weighed against everything.
- What the models of the ranking weigh follows from the probability of "no assignable cause", whose
  score is 0 and whose prior is known. What results of checks say is counted over what they say of
  nothing at work; what alarms and operators say raises or lowers no scenario.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from investigator.analysis.posterior import ModelPriors
from investigator.domain.ranking import Ranking
from investigator.domain.scenario import Scenario, TargetKind


def probability_beside(
    ranking: Ranking,
    scenario: Scenario,
    log_evidence: float,
    weights: Mapping[str, float],
    priors: ModelPriors,
    *,
    log_checks: float = 0.0,
) -> float | None:
    """Posterior probability of the scenario beside a ranking.

    Args:
        ranking: of the failure modes.
        scenario: the one that would stand beside them.
        log_evidence: its log evidence over no assignable cause.
        weights: relative prior frequency by failure mode.
        priors: of the kinds of model.
        log_checks: of the results of checks that the ranking took in: log of their probability
            with the scenario over that with nothing at work.

    Returns:
        The probability; None where "no assignable cause" is so improbable that it has no number.
    """
    if ranking.no_deviation <= 0.0:
        return None
    causes = _failure_modes(scenario)
    log_all = np.log(priors.nothing) - np.log(ranking.no_deviation)
    stands_back = _least_together(ranking, causes) if causes else 0.0
    rest = log_all + np.log(max(1.0 - stands_back, np.finfo(float).tiny))
    own = log_evidence / priors.temperature + np.log(_prior(causes, weights, priors)) + log_checks
    return float(1.0 / (1.0 + np.exp(np.clip(rest - own, -700.0, 700.0))))


def _failure_modes(scenario: Scenario) -> tuple[str, ...]:
    """The one or two that it is made of; empty where it is anything else."""
    causes = tuple(dict.fromkeys(part.target for part in scenario.parts))
    only_modes = all(part.kind is TargetKind.FAILURE_MODE for part in scenario.parts)
    return causes if only_modes and len(causes) == len(scenario.parts) <= 2 else ()


def _least_together(ranking: Ranking, causes: Sequence[str]) -> float:
    """The least probability that all the causes are at work (Bonferroni)."""
    believed = {h.cause: h.probability for h in ranking.hypotheses}
    known = [believed.get(cause, 0.0) for cause in causes]
    return max(0.0, sum(known) - (len(known) - 1))


def _prior(causes: Sequence[str], weights: Mapping[str, float], priors: ModelPriors) -> float:
    total = sum(weights.values())
    shares = [weights[cause] / total for cause in causes]
    if len(shares) == 2:
        return priors.two * 2.0 * shares[0] * shares[1]
    return priors.one * (shares[0] if shares else 1.0 / len(weights))
