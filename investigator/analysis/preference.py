"""How strongly the evidence prefers the leading hypothesis to each of the others.

- Compared is "this cause at work", alone or beside another, with the leading hypothesis, which may
  be "none of these" or "no assignable cause". B = (P_lead / P_cause) / (prior of lead / prior of
  cause), so that posterior odds are prior odds times B (Kass and Raftery 1995, eq. 2).
- The probabilities are those that are stated: of tempered evidence, with what alarms and operators
  say and with results of checks that were entered. Words and probabilities thus agree.
"""

from collections.abc import Mapping

import numpy as np

from investigator.analysis.hypotheses import Hypotheses
from investigator.analysis.posterior import UNLISTED, ModelPriors, Posterior, model_prior

NOTHING = "nothing"
LEAST_PROBABILITY = 1e-300


def leading_hypothesis(believed: Posterior) -> str:
    """The cause of highest probability, or `UNLISTED` or `NOTHING` where one of these is higher."""
    stated = {**believed.causes, UNLISTED: believed.none_of_the_above}
    stated[NOTHING] = believed.no_deviation
    return max(stated, key=lambda name: stated[name])


def chosen_model(cause: str, hypotheses: Hypotheses, believed: Posterior) -> tuple[str, ...] | None:
    """The most probable model that a cause is part of, as it was fitted; None without a fit."""
    models = [m for m in hypotheses.fits if cause in m]
    return max(models, key=lambda m: (believed.models.get(m, 0.0), -len(m)), default=None)


def preferences(
    believed: Posterior, weights: Mapping[str, float], priors: ModelPriors, leading: str
) -> dict[str, float]:
    """2 ln B of the leading hypothesis against every other cause that was fitted.

    Args:
        believed: the probabilities that are stated.
        weights, priors: as `posterior` takes them.
        leading: as `leading_hypothesis` names it.
    """
    fitted = {cause for model in believed.models for cause in model if cause != UNLISTED}
    lead = _risen(leading, believed, weights, priors)
    return {
        cause: 2.0 * (lead - _risen(cause, believed, weights, priors))
        for cause in sorted(fitted - {leading})
    }


def _risen(
    name: str, believed: Posterior, weights: Mapping[str, float], priors: ModelPriors
) -> float:
    """Log of posterior over prior of a hypothesis, over all models that it is in."""
    models = [m for m in believed.models if (name in m if name != NOTHING else not m)]
    probability = sum(believed.models[m] for m in models)
    prior = sum(model_prior(m, weights, priors) for m in models)
    return float(np.log(max(probability, LEAST_PROBABILITY) / prior))
