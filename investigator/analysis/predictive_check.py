"""Whether the leading model explains the data: a posterior-predictive check.

- What is left under the model is searched for changes, channel by channel. T is the sum over the
  channels of the saturated gain beyond the mark of the channel: the usual gain of normal batches,
  which is the second largest of 24, or that of pure noise where it is larger.
- T is simulated for data that the model itself made: what is left is then noise, independent and of
  variance one. Where normal batches show larger changes than noise does, the simulated gains are
  enlarged until the second largest of 24 is the usual gain.
- p is the share of simulations, the run itself counted in, that leave as much (Davison and Hinkley
  1997, eq. 4.11). The draws are the same at every run. Fitting again would take up some of the
  noise, so that p errs to the side of too large.

It changes no probability: it says whether the probabilities rest on a model that holds. Source:
posterior-predictive p-values, Rubin (1984, Ann. Stat. 12, 1151-1172); Gelman, Meng and Stern (1996,
Statistica Sinica 6, 733-807).
"""

from concurrent.futures import Executor

import numpy as np
from numba import njit
from numpy.typing import NDArray

from investigator.analysis.comparison import CHANNELS, Comparison
from investigator.analysis.fitting import saturated
from investigator.analysis.hypotheses import Hypotheses, Searches, unexplained_gains
from investigator.analysis.posterior import Posterior
from investigator.analysis.unexplained import ChangeSearch, fewest_in
from investigator.analysis.views import leading_model
from investigator.domain.ranking import PredictiveCheck
from investigator.twin.channels import BY_ID
from investigator.twin.record import Array, Mask

DRAWS = 199
LEAST_GAIN = 0.5
USUAL_QUANTILE = (23.0 - 0.3) / (24.0 + 0.4)
"""Median rank of the second largest of 24 (Benard): which quantile the usual gain is."""


def predictive_check(
    c: Comparison,
    hypotheses: Hypotheses,
    searches: Searches,
    believed: Posterior,
    executor: Executor,
) -> PredictiveCheck:
    """Whether the most probable model, "nothing" where no listed cause leads, explains the run.

    Args:
        c: the run. hypotheses, searches, believed: what diagnosis made of it.
        executor: runs the simulations; its kind changes nothing but the time.
    """
    model = leading_model(hypotheses, believed)
    if model in hypotheses.unexplained:
        gains = hypotheses.unexplained[model]
    else:
        gains = unexplained_gains(c, searches, hypotheses.fits[model][-1].added)
    simulated = simulated_gains(c, searches, executor)
    mark = saturated(np.maximum(c.usual_gains, _second_largest(simulated)))
    beyond = saturated(gains) - mark
    left = np.maximum(saturated(simulated) - mark, 0.0).sum(axis=1)
    as_much = int((left >= float(np.maximum(beyond, 0.0).sum())).sum())
    worst = BY_ID[CHANNELS[int(np.argmax(beyond))]]
    return PredictiveCheck(model, (1 + as_much) / (1 + DRAWS), c.record.named.title(worst))


def simulated_gains(c: Comparison, searches: Searches, executor: Executor) -> Array:
    """Gains of the best changes in noise as normal batches show it, shape (DRAWS, channels)."""
    known = (*c.series_known, *c.points_known)
    rows = range(len(CHANNELS))
    prepared = (*searches.series, *searches.points)
    made = executor.map(lambda row: _in_noise(prepared[row], known[row], row), rows)
    gains = np.stack(list(made), axis=1)
    of_noise = np.maximum(_second_largest(gains), LEAST_GAIN)
    return np.asarray(gains * np.maximum(c.usual_gains / of_noise, 1.0))


def _second_largest(gains: Array) -> Array:
    """The gain by channel that is the second largest of 24 by median, (channels,)."""
    return np.asarray(np.quantile(gains, USUAL_QUANTILE, axis=0))


def _in_noise(search: ChangeSearch, known: Mask, row: int) -> Array:
    """Gains of the best changes of one channel in independent noise, shape (DRAWS,)."""
    draws = np.random.default_rng([row, DRAWS]).standard_normal((known.size, DRAWS))
    projected = search.steps @ np.where(known[:, None], draws, 0.0)
    found = _largest_gains(
        projected, search.gram, search.measured, search.shortest, fewest_in(search)
    )
    return np.asarray(found)


@njit(nogil=True, cache=True)
def _largest_gains(
    projected: Array, gram: Array, measured: NDArray[np.int64], shortest: int, fewest: int
) -> Array:
    """What `best_changes` finds first, for many draws (instants, draws) at once: gains (draws,)."""
    m, draws = projected.shape
    best = np.zeros(draws)
    for begin in range(m):
        for end in range(begin + shortest, m + 1):
            last = end == m
            spread = gram[begin, begin]
            if not last:
                spread += gram[end, end] - 2.0 * gram[begin, end]
            if spread <= 0.5 or measured[end] - measured[begin] < fewest:
                continue
            for k in range(draws):
                shift = projected[begin, k] if last else projected[begin, k] - projected[end, k]
                gain = 0.5 * shift * shift / spread
                best[k] = max(best[k], gain)
    return best
