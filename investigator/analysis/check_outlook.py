"""What a check would find under each hypothesis: chances of failing, or a value with its spread.

- An inspection fails with a cause by its sensitivity; two causes at work fail it independently.
- A measurement is predicted by the twin with the causes at work as they were fitted, in one
  container or lot; the sizes' uncertainty and the twin's share of its own prediction widen it.
- Something on no list fails an inspection by its false-alarm rate, and may have moved a quantity
  as often and as far as the check states.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from investigator.analysis.comparison import POINT_ROW, Comparison
from investigator.analysis.fitting import DISCREPANCY, perturbation_of
from investigator.analysis.hypotheses import Hypotheses
from investigator.analysis.posterior import UNLISTED
from investigator.domain.errors import UnusableInput
from investigator.domain.instant import Span
from investigator.twin.checks import QUANTITIES, Check, CheckKind, Quantity
from investigator.twin.measured import BIN
from investigator.twin.noise import lasting_variance
from investigator.twin.predicted import Predicted, predict
from investigator.twin.record import Array
from investigator.twin.scenario import UNPERTURBED, Perturbation

LEAST_SIZE_SHARE = 0.05

Model: TypeAlias = tuple[str, ...]
"""Causes at work: `()` none, `("",)` something on no list."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A value as a model predicts it, without the uncertainty of the check: normal, or with
    probability `moved` normal with the larger spread `moved_sd`."""

    mean: float
    sd: float
    moved: float = 0.0
    moved_sd: float = 0.0


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a check would find under each model.

    `fails`: chance that an inspection fails; `values`: what a measurement in `place` would give.
    One of the two is empty.
    """

    check: Check
    place: str
    fails: Mapping[Model, float]
    values: Mapping[Model, Expected]


@dataclass(frozen=True, slots=True)
class Runs:
    """The run as the twin predicts it under each model, with the share that is unsure in it."""

    predicted: Mapping[Model, tuple[Predicted, Perturbation]]
    unsure: Mapping[Model, float]


def places(check: Check, c: Comparison) -> tuple[str, ...]:
    """Containers or lots that a measurement can be made on; none for an inspection."""
    return tuple(_spans(check, c))


def outlook(check: Check, c: Comparison, hypotheses: Hypotheses, *, place: str = "") -> Outlook:
    """What a check would find under every model that was scored.

    Args:
        check: of the twin.
        c: the run compared with the twin.
        hypotheses: as fitted to it.
        place: container or lot of a measurement; empty for an inspection.

    Raises:
        UnusableInput: the run has no such container or lot.
    """
    models = tuple(hypotheses.scores)
    if check.kind is CheckKind.INSPECTION:
        return inspection(check, models)
    known = places(check, c)
    if place not in known:
        what = "lot" if check.of_lot else "container"
        raise UnusableInput(
            f"check {check.check_id}",
            f"is made on a {what} of the run, and {place or 'none'} is none",
            f"name one of {', '.join(known)}" if known else f"the run has no {what} on record",
        )
    return measurement(check, c, runs_of(c, hypotheses, models), place)


def inspection(check: Check, models: tuple[Model, ...]) -> Outlook:
    """Chances that an inspection fails under each model."""
    return Outlook(check, "", {m: _fails(check, m) for m in models}, {})


def _fails(check: Check, model: Model) -> float:
    """By any of its causes at work, independently of each other; by false alarm without one."""
    named = [check.fails_with[cause] for cause in model if cause in check.fails_with]
    if not named:
        return check.false_alarm
    return 1.0 - float(np.prod([1.0 - sensitivity for sensitivity in named]))


def runs_of(c: Comparison, hypotheses: Hypotheses, models: tuple[Model, ...]) -> Runs:
    """The run under each model; what is on no list is left out of the prediction."""
    predicted: dict[Model, tuple[Predicted, Perturbation]] = {}
    unsure: dict[Model, float] = {}
    listed = {model: tuple(x for x in model if x != UNLISTED) for model in models}
    for causes in dict.fromkeys(listed.values()):
        fits = hypotheses.fits.get(causes, ())
        at_work = sum((perturbation_of(fit, c) for fit in fits), UNPERTURBED)
        predicted[causes] = (predict(c.frame, at_work, c.parameters, c.nominals, c.null), at_work)
        unsure[causes] = max(
            (unsure_share(fit.sizes[0], fit.sizes_sd[0]) for fit in fits), default=0.0
        )
    predicted = {model: predicted[listed[model]] for model in models}
    unsure = {model: unsure[listed[model]] for model in models}
    return Runs(predicted, unsure)


def unsure_share(size: float, sd: float) -> float:
    """Share of a predicted departure that is unsure: by its size, and by the twin."""
    share = max(sd / abs(size), LEAST_SIZE_SHARE) if size != 0.0 else 1.0
    return float(np.hypot(min(share, 1.0), DISCREPANCY))


def measurement(check: Check, c: Comparison, runs: Runs, place: str) -> Outlook:
    """What a measurement in a container or lot would give under each model."""
    quantity, span = QUANTITIES[check.quantity], _spans(check, c)[place]
    bias, usual = _usual(c, quantity)
    usually = _mean(c, check.quantity, span, c.null, UNPERTURBED)
    values: dict[Model, Expected] = {}
    for model, (predicted, at_work) in runs.predicted.items():
        mean = _mean(c, check.quantity, span, predicted, at_work)
        sd = float(np.hypot(usual, runs.unsure[model] * (mean - usually)))
        values[model] = Expected(mean + bias, sd)
        if UNLISTED in model:
            moved_sd = float(np.hypot(sd, check.unlisted_sd))
            values[model] = Expected(mean + bias, sd, check.unlisted_share, moved_sd)
    return Outlook(check, place, {}, values)


def _usual(c: Comparison, quantity: Quantity) -> tuple[float, float]:
    """Bias and spread of the quantity about the twin's prediction in normal batches."""
    if not quantity.channel:
        return 0.0, 0.0
    noise = c.points_noise[POINT_ROW[quantity.channel]]
    return float(noise[0]), float(np.sqrt(lasting_variance(noise)))


def _mean(c: Comparison, name: str, span: Span, predicted: Predicted, p: Perturbation) -> float:
    """Mean of the quantity over the bins of a span; of a lot, at the end of its use."""
    if QUANTITIES[name].feeder:
        return _of_lot(c, name, span, p)
    course = _course(name, predicted)
    last = min(c.record.index(span.end_ms) // BIN, course.size - 1)
    first = min(c.record.index(span.start_ms) // BIN, last)
    running = c.frame.running[first : last + 1]
    return float(course[first : last + 1][running].mean())


def _of_lot(c: Comparison, name: str, span: Span, p: Perturbation) -> float:
    """At its last grid point: with the end of its use the next lot begins, which is another."""
    quantity, usual = {
        "lot_api_d50": ("api.d50", c.nominals.api_d50_um),
        "lot_mcc_lod": ("mcc.lod", c.nominals.mcc_lod_pct),
    }[name]
    departure = np.broadcast_to(p.offset(quantity), c.record.grid_ms.shape)
    return usual + float(departure[c.record.index(span.end_ms - 1)])


def _course(name: str, predicted: Predicted) -> Array:
    out = predicted.outputs
    courses = {
        "assay": out.assay_pct,
        "q30": out.q30_pct,
        "hardness": out.hardness_n,
        "weight": out.weight_mg,
        "thickness": out.thickness_mm,
        "water": out.water_pct,
        "lubricant": 100.0 * out.mgst_fraction,
    }
    return courses[name]


def _spans(check: Check, c: Comparison) -> Mapping[str, Span]:
    """When each container was filled with the press turning, or each lot was used."""
    if check.of_container:
        return {k.container_id: k.filled for k in c.record.containers if _made(c, k.filled)}
    if not check.of_lot:
        return {}
    feeder, end = QUANTITIES[check.quantity].feeder, int(c.record.grid_ms[-1])
    lots = [lot for lot in c.record.lots if lot.feeder == feeder]
    ends = [*(lot.start_ms for lot in lots[1:]), end][: len(lots)]
    return {
        lot.lot_id: Span(min(lot.start_ms, until), until)
        for lot, until in zip(lots, ends, strict=True)
        if until > int(c.record.grid_ms[0])
    }


def _made(c: Comparison, filled: Span) -> bool:
    n = c.frame.running.size
    first, last = (min(c.record.index(t) // BIN, n - 1) for t in (filled.start_ms, filled.end_ms))
    return bool(c.frame.running[first : last + 1].any())
