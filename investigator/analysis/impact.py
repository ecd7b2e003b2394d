"""Impact of a deviation: which containers, how much, of what quality, and what to propose.

- The disturbance is followed through the residence times to the press outlet and into the
  containers of the batch record, for every likely hypothesis, in proportion to its probability.
- Conservative: a container counts as affected where the chance of 20 g or more of affected tablets
  is not small; an affected interval where the chance at that instant is not small.
- With "none of these" likely, containers filled while something unexplained shows are held as well.
"""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from investigator.analysis.comparison import Comparison
from investigator.analysis.container_quality import (
    UNITS,
    Level,
    batch_levels,
    predicted_quality,
    reported_means,
)
from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.disposition import propose
from investigator.analysis.material import (
    REASONS,
    Draw,
    Limits,
    Product,
    drawn,
    fine_frame,
    products,
)
from investigator.analysis.posterior import UNLISTED
from investigator.analysis.statements import unexplained_spans
from investigator.analysis.views import leading_model, model_perturbation
from investigator.domain.batch import Container
from investigator.domain.dossier import Curve
from investigator.domain.impact import ContainerImpact, Impact
from investigator.domain.instant import Span
from investigator.process.residence import residence_time
from investigator.process.trace import Entry
from investigator.twin.package import TwinPackage
from investigator.twin.predicted import Predicted, predict
from investigator.twin.record import STEP_S, Array, Mask

DRAWS = 48
TRANSIT_S = 26.0
LEAST_KG = 0.02
HELD_ABOVE = 0.15
LIKELY_MODEL = 0.01
NONE_HOLDS_ABOVE = 0.5
JOIN_S, MARGIN_S = 180.0, 60.0


@dataclass(frozen=True, slots=True)
class ImpactAssessment:
    """Impact, with the curves that show how it came about."""

    impact: Impact
    affected_share: Curve | None
    disturbance_window: Span | None
    residence_time: tuple[tuple[str, Curve], ...]
    assumptions: tuple[str, ...]


def assess_impact(
    package: TwinPackage, diagnosis: Diagnosis, *, seed: int, executor: Executor
) -> ImpactAssessment:
    """Follow what the diagnosis found into the containers.

    Args:
        package: the twin, for limits and parameters.
        diagnosis: what was found.
        seed: of the draws.
        executor: runs the draws; its kind changes nothing but the time.
    """
    c = diagnosis.replay.comparison
    limits = _limits(package)
    model = leading_model(diagnosis.hypotheses, diagnosis.posterior)
    fits = diagnosis.hypotheses.fits.get(model, ())
    under = predict(c.frame, model_perturbation(c, fits), c.parameters, c.nominals, c.null)
    levels = batch_levels(c, under)
    draws = _draws(package, diagnosis, seed)
    biases = {name: level.bias for name, level in levels.items()}
    fine = fine_frame(c)
    made = products(c, fine, draws, biases, limits, executor)
    share = np.mean([p.affected for p in made], axis=0)
    held = _held(c, diagnosis)
    containers = _containers(c, made, held, levels, under, limits)
    accepted = _accepted(c)
    outlet = np.where(accepted, np.maximum(share, held.astype(np.float64)), 0.0)
    return ImpactAssessment(
        impact=Impact(
            onset_ms=_onset(diagnosis),
            affected_intervals=_intervals(c, outlet) if _any(containers) else (),
            containers=containers,
        ),
        affected_share=Curve("affected share at the press outlet", c.record.grid_ms, outlet),
        disturbance_window=_disturbance(diagnosis),
        residence_time=_residence(package),
        assumptions=_ASSUMED,
    )


_ASSUMED = (
    "A container is held as affected where the chance of 20 g or more of affected tablets in it "
    f"exceeds {100 * HELD_ABOVE:.0f} %.",
    f"Tablets reach the drum {TRANSIT_S:.0f} s after the press outlet (deduster).",
)


def _any(containers: tuple[ContainerImpact, ...]) -> bool:
    return any(container.affected for container in containers)


def _limits(package: TwinPackage) -> Limits:
    """Specification limits in absolute units; composition limits relative to nominal."""
    of: dict[str, tuple[float, float]] = {}
    for row in package.specifications:
        if row.attribute:
            low = -np.inf if row.low is None else row.low
            high = np.inf if row.high is None else row.high
            of[row.attribute] = (low, high)
    for name, nominal in (("api_fraction", 0.20), ("mgst_fraction", 0.01)):
        if name in of:
            of[name] = (of[name][0] / 100.0 * nominal, of[name][1] / 100.0 * nominal)
    return Limits(of)


def _draws(package: TwinPackage, diagnosis: Diagnosis, seed: int) -> tuple[Draw, ...]:
    """Hypotheses in proportion to their probability, each with drawn window, sizes, parameters."""
    believed = {
        tuple(cause for cause in model if cause != UNLISTED): 0.0
        for model in diagnosis.posterior.models
    }
    for model, probability in diagnosis.posterior.models.items():
        believed[tuple(cause for cause in model if cause != UNLISTED)] += probability
    likely = sorted(
        ((p, m) for m, p in believed.items() if p >= LIKELY_MODEL), key=lambda q: (-q[0], q[1])
    )
    total = sum(p for p, _ in likely)
    edges = np.cumsum([p / total for p, _ in likely])
    generator = np.random.Generator(np.random.PCG64(seed))
    parameters = package.parameters.draw(seed, DRAWS)
    draws = []
    for k in range(DRAWS):
        chosen = int(np.searchsorted(edges, (k + 0.5) / DRAWS))
        fits = diagnosis.hypotheses.fits.get(likely[min(chosen, len(likely) - 1)][1], ())
        draws.append(
            Draw(
                tuple(drawn(fit, generator) for fit in fits),
                package.parameters.line_with(parameters[k]),
                float(generator.standard_normal()),
            )
        )
    return tuple(draws)


def _accepted(c: Comparison) -> Mask:
    """Where the press made tablets that went to a container."""
    feedback = c.record.roles["gate.feedback"]
    rejected = np.where(np.isfinite(feedback), feedback, 0.0) == 1
    return np.asarray(c.record.running & ~rejected, dtype=np.bool_)


def _held(c: Comparison, diagnosis: Diagnosis) -> Mask:
    """Time at the press outlet in which something unexplained shows, where "none" is likely."""
    held = np.zeros(c.record.grid_ms.shape, dtype=np.bool_)
    if diagnosis.posterior.none_of_the_above < NONE_HOLDS_ABOVE:
        return held
    for span in unexplained_spans(c, diagnosis.hypotheses, diagnosis.searches):
        held |= (c.record.grid_ms >= span.start_ms) & (c.record.grid_ms < span.end_ms)
    return held


def _containers(
    c: Comparison,
    made: list[Product],
    held: Mask,
    levels: Mapping[str, Level],
    under: Predicted,
    limits: Limits,
) -> tuple[ContainerImpact, ...]:
    accepted = _accepted(c)
    reported = reported_means(c)
    grid = c.record.grid_ms
    shift = int(TRANSIT_S * 1000)
    rows = []
    last = None
    for container in c.record.containers:
        begin = container.filled.start_ms - shift
        if last is None:
            begin = int(grid[0])
        end = container.filled.end_ms - shift
        if container is c.record.containers[-1]:
            end = int(grid[-1]) + 1
        begin = max(begin, last) if last is not None else begin
        inside = accepted & (grid >= begin) & (grid < end)
        last = end
        rows.append(_container(c, container, inside, made, held, levels, under, limits, reported))
    return tuple(rows)


def _container(
    c: Comparison,
    container: Container,
    inside: Mask,
    made: list[Product],
    held: Mask,
    levels: Mapping[str, Level],
    under: Predicted,
    limits: Limits,
    reported: Mapping[str, Mapping[str, float]],
) -> ContainerImpact:
    kg = np.array([float((p.affected * p.flow_kg)[inside].sum()) for p in made])
    unexplained_kg = float((made[0].flow_kg * held)[inside].sum())
    chance = float((kg >= LEAST_KG).mean())
    affected = chance > HELD_ABOVE or unexplained_kg >= LEAST_KG
    quality = {
        name: predicted_quality(
            c,
            name,
            container.container_id,
            _means(made, name, inside),
            levels.get(name, Level(0.0, 0.0)),
            under,
            limits,
        )
        for name in UNITS
    }
    reasons = _reason_words(made, inside) if affected else ()
    if affected and not reasons:
        reasons = ("unexplained",)
    net = container.net_kg if container.net_kg is not None else float(made[0].flow_kg[inside].sum())
    told = reported.get(container.container_id, {})
    proposal, reason = propose(affected, chance, quality, told, reasons, limits)
    return ContainerImpact(
        container_id=container.container_id,
        filled=container.filled,
        net_kg=net,
        affected_kg=min(max(float(kg.mean()), unexplained_kg), net),
        affected_kg_hi95=min(max(float(np.quantile(kg, 0.95)), unexplained_kg), net),
        affected=affected,
        reasons=reasons,
        quality=quality,
        reported=told,
        proposal=proposal,
        proposal_reason=reason,
    )


def _means(made: list[Product], attribute: str, inside: Mask) -> Array:
    """Mean of an attribute over the container, by draw, weighed by mass."""
    out = []
    for product in made:
        weight = product.flow_kg[inside]
        total = float(weight.sum())
        values = product.attributes[attribute]
        if total <= 0.0:
            out.append(float(np.median(values)))
            continue
        out.append(float((values[inside] * weight).sum() / total))
    return np.array(out)


def _reason_words(made: list[Product], inside: Mask) -> tuple[str, ...]:
    counts = [
        float(np.mean([bool(((p.reasons[inside] >> k) & 1).any()) for p in made]))
        for k in range(len(REASONS))
    ]
    return tuple(reason for reason, n in zip(REASONS, counts, strict=True) if n > HELD_ABOVE)


def _intervals(c: Comparison, outlet: Array) -> tuple[Span, ...]:
    """Spans in which the chance of affected tablets is not small, joined over short gaps."""
    inside = np.flatnonzero(outlet > HELD_ABOVE)
    if inside.size == 0:
        return ()
    grid = c.record.grid_ms
    breaks = np.flatnonzero(np.diff(inside) > JOIN_S / STEP_S)
    firsts = inside[np.r_[0, breaks + 1]]
    lasts = inside[np.r_[breaks, inside.size - 1]]
    margin = int(MARGIN_S * 1000)
    return tuple(
        Span(int(grid[a]) - margin, int(grid[b]) + margin)
        for a, b in zip(firsts, lasts, strict=True)
    )


def _onset(diagnosis: Diagnosis) -> int | None:
    """Onset of the most probable cause, or of what is unexplained; None where nothing is wrong."""
    believed = diagnosis.posterior
    if believed.no_deviation >= max(
        believed.none_of_the_above, max(believed.causes.values(), default=0.0)
    ):
        return None
    top = diagnosis.ranking.hypotheses[0]
    c = diagnosis.replay.comparison
    if top.onset_ms is not None and top.probability >= believed.none_of_the_above:
        return top.onset_ms
    spans = unexplained_spans(c, diagnosis.hypotheses, diagnosis.searches)
    return min((s.start_ms for s in spans), default=top.onset_ms)


def _disturbance(diagnosis: Diagnosis) -> Span | None:
    believed = diagnosis.posterior
    top = diagnosis.ranking.hypotheses[0]
    if top.probability < max(believed.none_of_the_above, believed.no_deviation):
        return None
    if top.onset_ms is None or top.end_ms is None:
        return None
    return Span(top.onset_ms, max(top.end_ms, top.onset_ms))


def _residence(package: TwinPackage) -> tuple[tuple[str, Curve], ...]:
    """Residence-time distributions to the press outlet at nominal operation (age in ms, 1/s)."""
    curves = []
    for label, entry in (
        ("from the feeders", Entry.BLENDER),
        ("from the lubricant port", Entry.PORT),
    ):
        found = residence_time(
            package.parameters.line(),
            entry,
            flow_kg_h=20.0,
            blender_rpm=220.0,
            level_pct=60.0,
            step_s=5.0,
            horizon_s=1200.0,
        )
        ages = (found.age_s * 1000.0).astype(np.int64)
        curves.append((label, Curve(label, ages, found.density)))
    return tuple(curves)
