"""Whether the leading model explains the data: a posterior-predictive check.

- What is left under the model is searched for changes, channel by channel. T is the sum over the
  channels of the saturated gain beyond the mark of the channel: the usual gain of normal batches,
  which is the second largest of 24, or that of pure noise where it is larger.
- T is simulated for data that the model itself made: what is left is then noise, independent and of
  variance one. Where normal batches show larger changes than noise does, the simulated gains are
  enlarged until the second largest of 24 is the usual gain.
- The twin is not exact either: the model's own effect in a channel is off by DISCREPANCY of it (one
  standard deviation, drawn anew for each channel and simulation), of which DOUBT is forgiven, as in
  what is left of the run.
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

from investigator.analysis.comparison import CHANNELS, DOUBT, Comparison, Innovations
from investigator.analysis.fitting import DISCREPANCY, no_background, saturated
from investigator.analysis.hypotheses import Hypotheses, Searches, unexplained_gains
from investigator.analysis.posterior import Posterior
from investigator.analysis.unexplained import ChangeSearch, fewest_in
from investigator.analysis.views import leading_model
from investigator.domain.ranking import PredictiveCheck
from investigator.twin.channels import BY_ID
from investigator.twin.record import Array, Mask

DRAWS = 199
LEAST_GAIN = 0.5
LEAST_EFFECT = 25.0
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
    added = hypotheses.fits[model][-1].added if model else no_background(c).added
    if model in hypotheses.unexplained:
        gains = hypotheses.unexplained[model]
    else:
        gains = unexplained_gains(c, searches, added)
    mark, simulated = simulated_gains(c, searches, added, executor)
    mark = saturated(mark)
    beyond = saturated(gains) - mark
    left = np.maximum(saturated(simulated) - mark, 0.0).sum(axis=1)
    as_much = int((left >= float(np.maximum(beyond, 0.0).sum())).sum())
    worst = BY_ID[CHANNELS[int(np.argmax(beyond))]]
    return PredictiveCheck(model, (1 + as_much) / (1 + DRAWS), c.record.named.title(worst))


def simulated_gains(
    c: Comparison, searches: Searches, added: Innovations, executor: Executor
) -> tuple[Array, Array]:
    """Mark of each channel (channels,), and gains of the best changes, shape (DRAWS, channels).

    Args:
        c, searches: the run. added: the effect of the model, of which the twin may be off.
        executor: runs the simulations.
    """
    known = (*c.series_known, *c.points_known)
    effects = (*added.series, *added.points)
    prepared = (*searches.series, *searches.points)

    def of(row: int) -> tuple[float, Array]:
        usual = float(c.usual_gains[row])
        return _in_channel(prepared[row], known[row], effects[row], usual, seed=row)

    made = list(executor.map(of, range(len(CHANNELS))))
    return np.array([mark for mark, _ in made]), np.stack([gains for _, gains in made], axis=1)


def _in_channel(
    search: ChangeSearch, known: Mask, effect: Array, usual: float, *, seed: int
) -> tuple[float, Array]:
    """Mark of one channel, and its gains in noise as normal batches show it, (DRAWS,)."""
    generator = np.random.default_rng([seed, DRAWS])
    noise = np.where(known[:, None], generator.standard_normal((known.size, DRAWS)), 0.0)
    projected = search.steps @ noise
    gains = _gains(search, projected)
    second = float(np.quantile(gains, USUAL_QUANTILE))
    enlarged = max(usual / max(second, LEAST_GAIN), 1.0)
    off = DISCREPANCY * generator.standard_normal(DRAWS)
    off = np.sign(off) * np.maximum(np.abs(off) - DOUBT, 0.0)
    if float(effect @ effect) < LEAST_EFFECT:
        return max(usual, second), gains * enlarged
    shifted = np.sqrt(enlarged) * projected + np.outer(search.steps @ effect, off)
    return max(usual, second), _gains(search, shifted)


def _gains(search: ChangeSearch, projected: Array) -> Array:
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
