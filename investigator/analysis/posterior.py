"""From the scores of hypotheses to probabilities, with "none of these" and "no assignable cause".

- The models compared are: nothing at work; one failure mode; two together; something that is on no
  list, alone or beside a failure mode. A cause's probability is the sum over the models it is in.
- "None of these" is scored by what any change in any channel could explain, less a cost for each
  change: it wins only where the listed modes leave much unexplained.
- Scores are tempered: the stated probabilities were calibrated on past deviations of the line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

UNLISTED = ""


@dataclass(frozen=True, slots=True)
class ModelPriors:
    """Prior probabilities of the kinds of model, and the temperature of the scores.

    Nothing was found to be at work in 4 of the 30 past deviations of the line.
    """

    nothing: float = 0.15
    one: float = 0.65
    two: float = 0.12
    unlisted: float = 0.08
    unlisted_beside: float = 0.004
    temperature: float = 1.6


@dataclass(frozen=True, slots=True)
class Posterior:
    """Probabilities: of each cause at work (sum may exceed 1), of none of these, of nothing."""

    causes: Mapping[str, float]
    none_of_the_above: float
    no_deviation: float
    models: Mapping[tuple[str, ...], float]


def posterior(
    scores: Mapping[tuple[str, ...], float], weights: Mapping[str, float], priors: ModelPriors
) -> Posterior:
    """Probabilities of the models and of the causes in them.

    Args:
        scores: log evidence over "nothing" by model: `()` nothing, `(a,)`, `(a, b)`, `(UNLISTED,)`,
            `(a, UNLISTED)`.
        weights: relative prior frequency by cause.
        priors: of the kinds of model.
    """
    log_weight = {
        model: score / priors.temperature + np.log(model_prior(model, weights, priors))
        for model, score in scores.items()
    }
    top = max(log_weight.values())
    raw = {model: float(np.exp(w - top)) for model, w in log_weight.items()}
    norm = sum(raw.values())
    models = {model: value / norm for model, value in raw.items()}
    return of_models(models, weights)


def of_models(models: Mapping[tuple[str, ...], float], causes: Iterable[str]) -> Posterior:
    """The posterior of which these are the probabilities of the models, told for these causes."""
    at_work = {cause: sum(p for model, p in models.items() if cause in model) for cause in causes}
    unlisted = sum(p for model, p in models.items() if UNLISTED in model)
    return Posterior(at_work, unlisted, models.get((), 0.0), models)


def reweighted(believed: Posterior, likely: Mapping[tuple[str, ...], float]) -> Posterior:
    """The posterior after something that makes each model so much more likely (Bayes' rule).

    Args:
        likely: by model of `believed`, in any one unit.

    Raises:
        ValueError: no model makes it possible.
    """
    weights = {model: p * likely[model] for model, p in believed.models.items()}
    total = sum(weights.values())
    if not total > 0.0:
        raise ValueError("no model makes it possible")
    models = {model: weight / total for model, weight in weights.items()}
    return of_models(models, believed.causes)


def model_prior(model: tuple[str, ...], weights: Mapping[str, float], priors: ModelPriors) -> float:
    """Prior weight of a model; arguments as those of `posterior`."""
    total = sum(weights.values())
    listed = [weights[c] / total for c in model if c != UNLISTED]
    beside = UNLISTED in model
    if not listed:
        return priors.unlisted if beside else priors.nothing
    if len(listed) == 2:
        return priors.two * 2.0 * listed[0] * listed[1]
    return (priors.unlisted_beside if beside else priors.one) * listed[0]
