"""The metrics of a validation: what a prediction left out of its calibration is worth.

- Batches are independent, values within a batch are not: intervals come from resampling whole
  batches, with a seed.
- Nothing here knows what is predicted; attributes and tags are judged by the same functions.

Sources: RMSEP, bias and R2 of prediction as in ICH Q2(R2)/Q14; cluster bootstrap, Davison and
Hinkley, Bootstrap Methods and their Application (1997), ch. 3.8; NIS and its chi-square band,
Bar-Shalom et al., Estimation with Applications (2001), ch. 5.4; components of variance, Searle et
al., Variance Components (1992), ch. 3.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.validation import Coverage, Figure

Array = NDArray[np.float64]
Batches = NDArray[np.int64]
LEVELS = (0.5, 0.8, 0.95)
DRAWS = 4000


def rmsep(errors: Array) -> float:
    """Root mean square of prediction errors, in their unit."""
    return float(np.sqrt(np.mean(errors**2)))


def r2_pred(errors: Array, from_mean: Array) -> float:
    """1 - PRESS / sum of squares about the mean of the other batches (ICH Q2(R2)); 0 where nothing
    varies.

    Args:
        errors: predicted minus measured. from_mean: mean of the other batches minus measured.
    """
    about_mean = float(np.sum(from_mean**2))
    return 1.0 - float(np.sum(errors**2)) / about_mean if about_mean > 0.0 else 0.0


def mean_by_batch(values: Array, batch: Batches, *, seed: int) -> Figure:
    """Mean of all values with its 95 % interval from resampling whole batches (percentiles).

    Args:
        values: shape (n,). batch: which batch each belongs to, shape (n,).
        seed: of the resampling.
    """
    return share_by_batch(*_sums(values, batch), seed=seed)


def share_by_batch(total: Array, number: Array, *, seed: int) -> Figure:
    """`mean_by_batch` from the sum and the number of values of each batch, (batches,)."""
    drawn = np.random.default_rng(seed).integers(0, total.size, (DRAWS, total.size))
    means = total[drawn].sum(axis=1) / number[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Figure(float(total.sum() / number.sum()), float(low), float(high))


def coverage(z: Array, batch: Batches, *, seed: int) -> tuple[Coverage, ...]:
    """Share of standardised errors inside the central interval of each of `LEVELS`."""
    from scipy.stats import norm

    return tuple(
        Coverage(
            level,
            mean_by_batch(_inside(z, float(norm.ppf(0.5 + level / 2.0))), batch, seed=seed),
        )
        for level in LEVELS
    )


def _inside(z: Array, most: float) -> Array:
    return (np.abs(z) <= most).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Nis:
    """Mean normalised innovation squared with its 95 % band; `number`: effective number."""

    value: float
    low: float
    high: float
    number: float

    @property
    def inside(self) -> bool:
        """Whether the mean lies inside its band."""
        return self.low <= self.value <= self.high


def nis(z: Array, batch: Batches) -> Nis:
    """Mean NIS of standardised innovations, and the band of the mean of that many chi-squares.

    The textbook takes as many as there are innovations. The level of noise differs between batches,
    though, which makes that band too narrow: the number taken here is the one whose mean would vary
    as the means of the batches do, and never more than there are.
    """
    from scipy.stats import chi2

    total, count = _sums(z**2, batch)
    value = float(total.sum() / count.sum())
    number = float(count.sum())
    if total.size > 1:
        spread = float(np.sum((total - value * count) ** 2)) / number**2
        spread *= total.size / (total.size - 1)
        number = min(number, 2.0 / spread) if spread > 0.0 else number
    low, high = (float(chi2.ppf(p, number)) / number for p in (0.025, 0.975))
    return Nis(value, low, high, number)


def sd_between(values: Array, batch: Batches) -> float:
    """Standard deviation of the true means of batches, by analysis of variance; 0 where the means
    vary no more than values within a batch explain."""
    total, number = _sums(values, batch)
    batches, n = total.size, float(number.sum())
    if batches < 2 or n <= batches:
        return 0.0
    index = np.unique(batch, return_inverse=True)[1]
    means = total / number
    within = float(np.sum((values - means[index]) ** 2)) / (n - batches)
    between = float(np.sum(number * (means - total.sum() / n) ** 2)) / (batches - 1)
    size = (n - float(np.sum(number**2)) / n) / (batches - 1)
    return float(np.sqrt(max(between - within, 0.0) / size))


def _sums(values: Array, batch: Batches) -> tuple[Array, Array]:
    """Sum and number of the values of each batch, in order of batch."""
    index = np.unique(batch, return_inverse=True)[1]
    total = np.bincount(index, values).astype(np.float64)
    return total, np.bincount(index).astype(np.float64)
