"""The regression of quality on the signals of normal batches: learned, with its limits.

- It is monitored like the principal components: the same windows, limits that batches left out of
  the model set (`limits`).
- Of the numbers of components that were tried it has the fewest whose error of quality, in batches
  left out, is not significantly above the least (F test at 0.25).
- Where too few samples remain when batches are left out, nothing is learned.

Source: the number of components: Haaland, Thomas, Anal. Chem. 60 (1988) 1193-1202.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from investigator.analysis.multivariate.kept_model import digits
from investigator.analysis.multivariate.limits import CONFIDENCE, limits_of
from investigator.analysis.multivariate.monitoring import Statistics, spe_limit, t2_limit
from investigator.analysis.multivariate.normal_model import MOST_COMPONENTS, RESOLUTIONS
from investigator.analysis.multivariate.pca import FOLDS, Array, PcaModel, fit_pca
from investigator.analysis.multivariate.pls import PlsModel, fit_pls, with_first_components
from investigator.analysis.multivariate.pls_monitoring import left_variances, pls_statistics
from investigator.analysis.multivariate.pls_reference import ARRAYS
from investigator.analysis.multivariate.sampled import (
    QUALITY_NAMES,
    SampledRun,
    filled,
    sampled_run,
)
from investigator.analysis.multivariate.windows import NAMES
from investigator.domain.multivariate import Statistic
from investigator.twin.measured import measure
from investigator.twin.record import LineRecord

F_CONFIDENCE = 0.75
FEWEST_SAMPLES = 30


def estimate_pls(runs: Sequence[tuple[str, LineRecord]]) -> dict[str, Any] | None:
    """The JSON document of the model, from at least three normal runs (batch id, record); None
    where they hold too few in-process samples."""
    sampled = [sampled_run(measure(record)) for _, record in runs]
    if min(sum(r.sampled.size for r in learned) for learned, _ in _folds(sampled)) < FEWEST_SAMPLES:
        return None
    return document_of([batch for batch, _ in runs], sampled)


def document_of(batches: Sequence[str], runs: Sequence[SampledRun]) -> dict[str, Any]:
    """The JSON document of the model of sampled normal runs with enough samples."""
    errors, spread = _errors_left_out(runs)
    samples = sum(run.sampled.size for run in runs)
    components = fewest_components(errors.sum(axis=1), samples)
    signals, model = _fitted(runs, components)
    z = np.vstack([model.scaled(filled(signals, run.rows)) for run in runs])
    theoretical = {
        Statistic.T2: t2_limit(components, model.samples, CONFIDENCE),
        Statistic.SPE: spe_limit(left_variances(model, z), CONFIDENCE),
    }
    left_out = [_left_out(runs, place, components) for place in range(len(runs))]
    return {
        "batches": list(batches),
        "channels": list(NAMES),
        "qualities": list(QUALITY_NAMES),
        **{name: digits(getattr(model, name)) for name in ARRAYS},
        "components": components,
        "samples": model.samples,
        "explained": digits(1.0 - errors[components - 1] / spread),
        "confidence": CONFIDENCE,
        "limits": limits_of(left_out, theoretical),
    }


def fewest_components(errors: Array, samples: int) -> int:
    """The fewest components of which the error is as good as the least.

    Args:
        errors: sums of squares of 1, 2, ... components, (most,). samples: that they are of.
    """
    from scipy.stats import f

    bound = float(errors.min() * f.ppf(F_CONFIDENCE, samples, samples))
    return int(np.argmax(errors <= bound)) + 1


def _fitted(runs: Sequence[SampledRun], components: int) -> tuple[PcaModel, PlsModel]:
    """Principal components that tell what is missing, and the regression."""
    rows = np.vstack([run.rows for run in runs])
    signals = fit_pca(rows, NAMES, components=1, least_scale=RESOLUTIONS)
    x = np.vstack([filled(signals, run.rows)[run.sampled] for run in runs])
    y = np.vstack([run.quality for run in runs])
    return signals, fit_pls(x, y, components=components, least_scale=RESOLUTIONS)


def _folds(runs: Sequence[SampledRun]) -> Iterator[tuple[list[SampledRun], list[SampledRun]]]:
    """Runs that are learned from, and runs left out."""
    for fold in range(min(FOLDS, len(runs))):
        out = set(range(fold, len(runs), FOLDS))
        yield [r for i, r in enumerate(runs) if i not in out], [runs[i] for i in sorted(out)]


def _errors_left_out(runs: Sequence[SampledRun]) -> tuple[Array, Array]:
    """Squared errors of 1, 2, ... components by quality, (MOST_COMPONENTS, k), and the squares
    about the mean, (k,), of runs left out, in variances of each quality."""
    k = runs[0].quality.shape[1]
    errors, spread = np.zeros((MOST_COMPONENTS, k)), np.zeros(k)
    for learned, left_out in _folds(runs):
        signals, model = _fitted(learned, MOST_COMPONENTS)
        x = np.vstack([filled(signals, run.rows)[run.sampled] for run in left_out])
        y = np.vstack([run.quality for run in left_out])
        spread += (((y - model.y_mean) / model.y_scale) ** 2).sum(axis=0)
        for a in range(1, MOST_COMPONENTS + 1):
            missed = (y - with_first_components(model, a).predict(x)) / model.y_scale
            errors[a - 1] += (missed**2).sum(axis=0)
    return errors, spread


def _left_out(runs: Sequence[SampledRun], place: int, components: int) -> Statistics:
    """T2 and SPE of one batch against the model of the others."""
    signals, model = _fitted([r for i, r in enumerate(runs) if i != place], components)
    return pls_statistics(model, model.scaled(filled(signals, runs[place].rows)))
