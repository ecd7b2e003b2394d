"""Whether the leading model explains the data: a posterior-predictive check.

- What is left under the model is searched for changes, channel by channel. T is the sum over the
  channels of the saturated gain beyond a mark, in units of the spread of the channel. The mark is
  what the second largest of 24 simulated gains is by median, the spread its distance to the median.
- T is simulated for data that the model itself made: what is left is then noise, independent and of
  variance one. Where normal batches show larger changes than noise does, the simulated gains are
  enlarged until the second largest of 24 is the usual gain, which is what that gain is.
- The twin is not exact either: the model's own effect in a channel is off by DISCREPANCY of it (one
  standard deviation, drawn anew for each channel and simulation), of which DOUBT is forgiven, as in
  what is left of the run.
- p is the share of simulations, the run itself counted in, that leave as much (Davison and Hinkley
  1997, eq. 4.11). The draws are the same at every run. Fitting again would take up some of the
  noise, so that p errs to the side of too large.

Beside p stands how much the model explains: of a loud disturbance the twin may explain nearly all
and p still be small, since it is not exact in everything. Neither changes a probability: they say
whether the probabilities rest on a model that holds. Source: posterior-predictive p-values, Rubin
(1984, Ann. Stat. 12, 1151-1172); Gelman, Meng and Stern (1996, Statistica Sinica 6, 733-807).
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
from investigator.analysis.views import leading_model, title_read
from investigator.domain.ranking import PredictiveCheck
from investigator.twin.channels import BY_ID
from investigator.twin.record import Array, Mask

DRAWS = 199
LEAST_GAIN = 0.5
LEAST_EFFECT = 25.0
LEAST_SCALE = 0.5
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
    simulated = saturated(simulated_gains(c, searches, added, executor))
    middle, mark = np.quantile(simulated, (0.5, USUAL_QUANTILE), axis=0)
    scale = np.maximum(mark - middle, LEAST_SCALE)
    beyond = (saturated(gains) - mark) / scale
    left = np.maximum((simulated - mark) / scale, 0.0).sum(axis=1)
    as_much = int((left >= float(np.maximum(beyond, 0.0).sum())).sum())
    worst = BY_ID[CHANNELS[int(np.argmax(beyond))]]
    explained = _explained(c, hypotheses.unexplained[()], gains) if model else None
    title = title_read(c.record.named, worst)
    return PredictiveCheck(model, (1 + as_much) / (1 + DRAWS), title, explained)


def _explained(c: Comparison, undisturbed: Array, gains: Array) -> float | None:
    """Share of the gains beyond the usual ones that the model takes up; None where there are none.

    A gain is half a sum of squares, so that this is a coefficient of determination.
    """
    before = float(np.maximum(undisturbed - c.usual_gains, 0.0).sum())
    after = float(np.maximum(gains - c.usual_gains, 0.0).sum())
    return max(1.0 - after / before, 0.0) if before > 0.0 else None


def simulated_gains(
    c: Comparison, searches: Searches, added: Innovations, executor: Executor
) -> Array:
    """Gains of the best changes in data that the model made, shape (DRAWS, channels).

    Args:
        c, searches: the run. added: the effect of the model, of which the twin may be off.
        executor: runs the simulations.
    """
    found = executor.map(
        _in_channel,
        (*searches.series, *searches.points),
        (*c.series_known, *c.points_known),
        (*added.series, *added.points),
        map(float, c.usual_gains),
        range(len(CHANNELS)),
    )
    return np.stack(list(found), axis=1)


def _in_channel(search: ChangeSearch, known: Mask, effect: Array, usual: float, seed: int) -> Array:
    """Gains in one channel, in noise as normal batches show it, (DRAWS,)."""
    generator = np.random.default_rng([seed, DRAWS])
    noise = np.where(known[:, None], generator.standard_normal((known.size, DRAWS)), 0.0)
    projected = search.steps @ noise
    gains = _gains(search, projected)
    second = float(np.quantile(gains, USUAL_QUANTILE))
    enlarged = max(usual / max(second, LEAST_GAIN), 1.0)
    if float(effect @ effect) < LEAST_EFFECT:
        return gains * enlarged
    off = DISCREPANCY * generator.standard_normal(DRAWS)
    off = np.sign(off) * np.maximum(np.abs(off) - DOUBT, 0.0)
    return _gains(search, np.sqrt(enlarged) * projected + np.outer(search.steps @ effect, off))


def _gains(search: ChangeSearch, projected: Array) -> Array:
    found = largest_gains(
        projected, search.gram, search.measured, search.shortest, fewest_in(search)
    )
    return np.asarray(found)


@njit(nogil=True, cache=True)
def largest_gains(
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
