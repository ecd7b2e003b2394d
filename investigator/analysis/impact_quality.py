"""The quality of the containers under every likely hypothesis of a diagnosis, and the run's levels.

- The most probable hypotheses are each replayed from the recorded inputs; the rest are so unlikely
  that what they say of quality changes no figure.
- The level of the run in an attribute: by how much the containers, as they are learned, lie above
  what the twin makes of set-points and cause. It places the draws of the product against limits.
- A twin that has not learned from normal batches predicts no quality, and it is said.
"""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from investigator.analysis.comparison import Comparison
from investigator.analysis.container_quality import (
    Believed,
    Quality,
    predicted_quality,
)
from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.doubtful_flows import REACH_MS
from investigator.analysis.fitting import Fit
from investigator.analysis.learned_containers import Supposed, learned, supposed
from investigator.analysis.material import Draw, Limits, Product
from investigator.analysis.posterior import UNLISTED
from investigator.twin.attribute_kind import ATTRIBUTES
from investigator.twin.attribute_models import FILE as ATTRIBUTE_MODELS
from investigator.twin.batch_measurements import container_means
from investigator.twin.container_discrepancy import FILE as DISCREPANCIES
from investigator.twin.container_discrepancy import read_discrepancies
from investigator.twin.package import TwinPackage
from investigator.twin.record import Mask

LIKELY_MODEL = 0.01
MOST_REPLAYED = 4
PROBABLE = 0.5
"""A cause below it is not believed to have been at work while something was reported."""

EARLY_MS = 60_000
"""How much too late a fitted onset may lie: twice the finest step of its refinement."""

NOT_LEARNED = (
    "The twin has not learned from normal batches how the quality of containers differs from it: "
    "no quality is predicted, and none speaks for a release."
)
NOT_KNOWN = (
    "The twin knows no containers of earlier deviations whose product became known: the intervals "
    "of container quality hold what normal batches show, and the bias of the laboratory is left "
    "out of them."
)

Model = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LikelyModel:
    """Causes at work together, the fits of all of them, and their probability."""

    causes: Model
    fits: tuple[Fit, ...]
    probability: float


def reached_time(c: Comparison, model: LikelyModel) -> Mask:
    """Time at the press outlet, (n,), that causes of a model which reach the product may have
    reached: from a minute before the onset until the line has forgotten them. Of a model that is
    not probable, none."""
    grid = c.record.grid_ms
    reached = np.zeros(grid.shape, dtype=np.bool_)
    if model.probability < PROBABLE:
        return reached
    for fit in model.fits:
        if fit.mode.product_affected:
            begin, end = fit.window.onset_ms - EARLY_MS, fit.window.end_ms + REACH_MS
            reached |= (grid >= begin) & (grid <= end)
    return reached


def likely_models(diagnosis: Diagnosis) -> tuple[LikelyModel, ...]:
    """The models that are not unlikely, most probable first; their probabilities sum to 1.

    A model of which nothing was fitted counts as nothing at work.
    """
    fits = diagnosis.hypotheses.fits
    believed: dict[Model, float] = {}
    for model, probability in diagnosis.posterior.models.items():
        listed = tuple(cause for cause in model if cause != UNLISTED)
        listed = listed if listed in fits else ()
        believed[listed] = believed.get(listed, 0.0) + probability
    likely = sorted(
        ((p, m) for m, p in believed.items() if p >= LIKELY_MODEL), key=lambda q: (-q[0], q[1])
    )
    total = sum(p for p, _ in likely)
    return tuple(LikelyModel(m, fits.get(m, ()), p / total) for p, m in likely)


def replayed_models(
    package: TwinPackage,
    c: Comparison,
    likely: tuple[LikelyModel, ...],
    executor: Executor,
    *,
    seed: int,
) -> dict[Model, Supposed]:
    """The run under the most probable models; empty where the twin has not learned."""
    if ATTRIBUTE_MODELS not in package.reference:
        return {}
    return {
        m.causes: supposed(c, m.fits, package, executor, seed=seed) for m in likely[:MOST_REPLAYED]
    }


def run_levels(
    package: TwinPackage, replayed: Mapping[Model, Supposed], leading: Model, central: Product
) -> dict[str, float]:
    """How far the run lies above the twin, by attribute: median over its containers.

    Args:
        package: the twin. replayed: the run under each model. leading: the most probable model.
        central: the product under it, without levels, windows and sizes as estimated.
    """
    if leading not in replayed:
        return {}
    told = learned(replayed[leading], (central,))
    known = read_discrepancies(package.reference)
    record = replayed[leading].run.record
    levels: dict[str, float] = {}
    for name in (kind.attribute for kind in ATTRIBUTES):
        bias = known[name].bias if name in known else 0.0
        above = told.mean[name] + bias - container_means(record, central.attributes[name])
        levels[name] = float(np.median(above)) if above.size else 0.0
    return levels


def quality_of(
    package: TwinPackage,
    likely: tuple[LikelyModel, ...],
    replayed: Mapping[Model, Supposed],
    draws: tuple[Draw, ...],
    made: tuple[Product, ...],
    limits: Limits,
) -> Quality:
    """The quality of the containers, the models in proportion to their probability.

    Args:
        package: the twin. likely: the models. replayed: the run under the first of them.
        draws: of the models. made: the product under each draw.
        limits: of the specification.
    """
    by_model: dict[Model, list[Product]] = {}
    for draw, product in zip(draws, made, strict=True):
        by_model.setdefault(tuple(fit.mode.cause for fit in draw.fits), []).append(product)
    chosen = [m for m in likely if m.causes in replayed and m.causes in by_model]
    if not chosen:
        return {}
    total = sum(m.probability for m in chosen)
    believed = [
        Believed(m.probability / total, learned(replayed[m.causes], by_model[m.causes]))
        for m in chosen
    ]
    return predicted_quality(believed, read_discrepancies(package.reference), limits)


def assumed_of_quality(package: TwinPackage) -> tuple[str, ...]:
    """What the quality of containers rests on less than it could."""
    if ATTRIBUTE_MODELS not in package.reference:
        return (NOT_LEARNED,)
    return () if DISCREPANCIES in package.reference else (NOT_KNOWN,)
