"""How strongly the evidence prefers the leading hypothesis to each of the others.

- Compared is "this cause at work", alone or beside another, with the leading hypothesis, which may
  be "none of these" or "no assignable cause". B = (P_lead / P_cause) / (prior of lead / prior of
  cause), so that posterior odds are prior odds times B (Kass and Raftery 1995, eq. 2).
- Evidence is tempered like the probabilities that are stated; the words speak of these.
"""

from collections.abc import Mapping

import numpy as np
from scipy.special import logsumexp

from investigator.analysis.posterior import UNLISTED, ModelPriors, Posterior, model_prior

NOTHING = "nothing"


def leading_hypothesis(believed: Posterior) -> str:
    """The cause of highest probability, or `UNLISTED` or `NOTHING` where one of these is higher."""
    stated = {**believed.causes, UNLISTED: believed.none_of_the_above}
    stated[NOTHING] = believed.no_deviation
    return max(stated, key=lambda name: stated[name])


def preferences(
    scores: Mapping[tuple[str, ...], float],
    weights: Mapping[str, float],
    priors: ModelPriors,
    leading: str,
) -> dict[str, float]:
    """2 ln B of the leading hypothesis against every other cause that was fitted.

    Args:
        scores, weights, priors: as `posterior` takes them.
        leading: as `leading_hypothesis` names it.
    """
    fitted = {cause for model in scores for cause in model if cause != UNLISTED}
    evidence = {
        name: _evidence(name, scores, weights, priors) for name in sorted({*fitted, leading})
    }
    lead = evidence.pop(leading)
    return {cause: 2.0 * (lead - other) for cause, other in evidence.items()}


def _evidence(
    name: str,
    scores: Mapping[tuple[str, ...], float],
    weights: Mapping[str, float],
    priors: ModelPriors,
) -> float:
    """Tempered log evidence of a hypothesis: averaged over its models by their priors."""
    models = [m for m in scores if (name in m if name != NOTHING else not m)]
    prior = np.array([model_prior(m, weights, priors) for m in models])
    tempered = np.array([scores[m] / priors.temperature for m in models])
    return float(logsumexp(tempered, b=prior) - np.log(prior.sum()))
