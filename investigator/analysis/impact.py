"""Impact of a deviation: which containers, how much, of what quality, and what to propose.

- The disturbance is followed through the residence times to the press outlet and into the
  containers of the batch record, for every likely hypothesis, in proportion to its probability.
- Conservative: a container counts as affected where the chance of enough affected tablets, by the
  decision rules of the line, is not small; an affected interval where the chance at that instant is
  not small.
- With "none of these" likely, containers filled while something unexplained shows are held as well;
  with it not unlikely by the decision rules they are tested, not released.
"""

from concurrent.futures import Executor

import numpy as np

from investigator.analysis.affected_places import accounted
from investigator.analysis.comparison import Comparison
from investigator.analysis.container_decision import Judging
from investigator.analysis.container_map import accepted_time, portions, transit_ms
from investigator.analysis.container_quality import Quality
from investigator.analysis.containers import Followed, into_containers
from investigator.analysis.detectability import detectability
from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.doubtful_containers import container_findings
from investigator.analysis.doubtful_flows import (
    Doubt,
    bridged,
    doubts,
    flow_findings,
    unseen_containers,
    unsure_time,
)
from investigator.analysis.fitting import Fit
from investigator.analysis.impact_quality import (
    LikelyModel,
    assumed_of_quality,
    likely_models,
    quality_of,
    reached_time,
    replayed_models,
    run_levels,
)
from investigator.analysis.material import (
    Draw,
    Limits,
    Product,
    drawn,
    fine_frame,
    natural_inputs,
    products,
)
from investigator.analysis.residence_at_event import nominal_residence, residence_at_event
from investigator.analysis.statements import unexplained_spans
from investigator.analysis.tracing import traced
from investigator.domain.impact import ContainerImpact, Impact
from investigator.domain.instant import Span
from investigator.domain.material_account import NOTHING_RECORDED, RecordedMasses
from investigator.domain.panel import Curve
from investigator.domain.results import ImpactResult
from investigator.process.line import LineInputs
from investigator.twin.decision_rules import DecisionRules
from investigator.twin.package import TwinPackage
from investigator.twin.predicted import Frame
from investigator.twin.record import STEP_S, Array, LineRecord, Mask
from investigator.twin.unit_spread import read_unit_spreads

DRAWS = 96
_LABORATORY = "lab_"
NONE_HOLDS_ABOVE = 0.5
JOIN_S, MARGIN_S = 180.0, 60.0


def assess_impact(
    package: TwinPackage,
    diagnosis: Diagnosis,
    *,
    seed: int,
    executor: Executor,
    recorded: RecordedMasses = NOTHING_RECORDED,
) -> ImpactResult:
    """Follow what the diagnosis found into the containers.

    Args:
        package: the twin, for limits and parameters.
        diagnosis: what was found.
        seed: of the draws.
        executor: runs the draws; its kind changes nothing but the time.
        recorded: the masses that the records give, for the account of the material.
    """
    c, rules = diagnosis.replay.comparison, package.decision_rules
    likely, fine, doubtful = likely_models(diagnosis), fine_frame(c), doubts(c.record)
    found = _followed(package, diagnosis, likely, fine, doubtful, seed=seed, executor=executor)
    containers = into_containers(found)
    fits = likely[0].fits
    residence, at_event = residence_at_event(package, c.record, fits)
    trace, supposed = traced(package, c, fits, seed=seed, executor=executor)
    outlet = _affected_share(found)
    return ImpactResult(
        impact=Impact(
            onset_ms=_onset(diagnosis),
            affected_intervals=_intervals(c, outlet, rules.held_above) if _any(containers) else (),
            containers=containers,
        ),
        affected_share=Curve("affected share at the press outlet", c.record.grid_ms, outlet),
        disturbance_window=_disturbance(diagnosis),
        residence_time=residence,
        assumptions=(*_assumed(rules, c.record), *assumed_of_quality(package), at_event, *supposed),
        account=accounted(
            c, found.made, found.held, containers, recorded, held_above=rules.held_above
        ),
        detectability=detectability(package, c, fits, fine, seed=seed),
        traced=trace,
        residence_nominal=nominal_residence(package),
        held_above=rules.held_above,
        draws=DRAWS,
        findings=(
            *container_findings(c.record, found.portions, found.made[0].flow_kg),
            *flow_findings(doubtful, package.tag_map, found.unsure, c.record),
        ),
    )


def _followed(
    package: TwinPackage,
    diagnosis: Diagnosis,
    likely: tuple[LikelyModel, ...],
    fine: Frame,
    doubtful: tuple[Doubt, ...],
    *,
    seed: int,
    executor: Executor,
) -> Followed:
    """The run followed to the press outlet: what was made, and what is not known of it."""
    c, rules = diagnosis.replay.comparison, package.decision_rules
    made, quality = _made(package, diagnosis, likely, fine, seed=seed, executor=executor)
    counting = _counting(package, likely)
    unknown = diagnosis.posterior.none_of_the_above >= NONE_HOLDS_ABOVE
    unexplained = _unexplained(c, diagnosis, rules.held_above)
    return Followed(
        comparison=c,
        made=made,
        portions=portions(c),
        held=unexplained if unknown else np.zeros_like(unexplained),
        unexplained=unexplained,
        unsure=_unsure(package, c, natural_inputs(c, fine), counting, doubtful),
        unseen=unseen_containers(c.record, counting, cause_unknown=unknown),
        quality=quality,
        judging=Judging(
            rules,
            limits_of(package),
            read_unit_spreads(package.reference),
            seed,
            batch_tested=any(point.channel.startswith(_LABORATORY) for point in c.measured.points),
        ),
        cause_unknown=unknown,
        reached=reached_time(c, likely[0]),
    )


def _made(
    package: TwinPackage,
    diagnosis: Diagnosis,
    likely: tuple[LikelyModel, ...],
    fine: Frame,
    *,
    seed: int,
    executor: Executor,
) -> tuple[tuple[Product, ...], Quality]:
    """The product of every draw, at the levels of the run, and the quality of the containers."""
    c, limits, leading = diagnosis.replay.comparison, limits_of(package), likely[0]
    draws = draws_of(package, diagnosis, seed, members=DRAWS)
    replayed = replayed_models(package, c, likely, executor, seed=seed)
    estimated = Draw(leading.fits, c.parameters, 0.0)
    (central,) = products(c, fine, (estimated,), {}, limits, executor)
    levels = run_levels(package, replayed, leading.causes, central)
    made = tuple(bridged(c.record, p) for p in products(c, fine, draws, levels, limits, executor))
    return made, quality_of(package, likely, replayed, draws, made, limits)


def _affected_share(found: Followed) -> Array:
    """Share of affected tablets in what goes to the containers, at the press outlet, (n,)."""
    share = np.mean([p.affected for p in found.made], axis=0)
    accepted = accepted_time(found.comparison)
    return np.where(accepted, np.maximum(share, found.held.astype(np.float64)), 0.0)


def _unsure(
    package: TwinPackage,
    c: Comparison,
    inputs: LineInputs,
    counting: tuple[tuple[Fit, ...], ...],
    doubtful: tuple[Doubt, ...],
) -> Mask:
    """Time at the press outlet of which flows tell nothing, under any model that is not unlikely by
    the decision rules."""
    unsure = np.zeros(c.record.grid_ms.shape, dtype=np.bool_)
    for fits in counting:
        unsure |= unsure_time(c, inputs, fits, package, doubtful)
    return unsure


def _counting(package: TwinPackage, likely: tuple[LikelyModel, ...]) -> tuple[tuple[Fit, ...], ...]:
    """The fits of every model by which a container would be held."""
    least = package.decision_rules.held_above
    return tuple(model.fits for model in likely if model.probability > least)


def _assumed(rules: DecisionRules, record: LineRecord) -> tuple[str, ...]:
    return (
        f"A container is held as affected where the chance of {1000 * rules.least_kg:g} g or more "
        f"of affected tablets in it exceeds {100 * rules.held_above:g} % (decision rules of the "
        f"line, version {rules.version}).",
        f"Tablets reach the drum {transit_ms(record) / 1000:g} s after the press (deduster).",
        *_boundaries(record),
    )


def _boundaries(record: LineRecord) -> tuple[str, ...]:
    if not record.containers:
        return ()
    return (
        f"Boundaries of containers are known to {record.clock_sd_s:.1f} s (clock of the batch "
        "record); what may be in either of two counts in both.",
    )


def _any(containers: tuple[ContainerImpact, ...]) -> bool:
    return any(container.affected for container in containers)


def limits_of(package: TwinPackage) -> Limits:
    """Specification limits in absolute units; composition limits relative to nominal."""
    of: dict[str, tuple[float, float]] = {}
    for row in package.specifications:
        if row.attribute:
            low = -np.inf if row.low is None else row.low
            high = np.inf if row.high is None else row.high
            of[row.attribute] = (low, high)
    for name, set_point in (("api_fraction", "api_active"), ("mgst_fraction", "mgst")):
        if name in of:
            nominal = package.record_map.usual[set_point]
            of[name] = (of[name][0] / 100.0 * nominal, of[name][1] / 100.0 * nominal)
    return Limits(of)


def draws_of(
    package: TwinPackage, diagnosis: Diagnosis, seed: int, *, members: int
) -> tuple[Draw, ...]:
    """Hypotheses in proportion to their probability, each with drawn window, sizes, parameters."""
    likely = likely_models(diagnosis)
    edges = np.cumsum([m.probability for m in likely])
    generator = np.random.Generator(np.random.PCG64(seed))
    parameters = package.parameters.draw(seed, members)
    draws = []
    for k in range(members):
        chosen = int(np.searchsorted(edges, (k + 0.5) / members))
        fits = likely[min(chosen, len(likely) - 1)].fits
        draws.append(
            Draw(
                tuple(drawn(fit, generator) for fit in fits),
                package.parameters.line_with(parameters[k]),
                float(generator.standard_normal()),
            )
        )
    return tuple(draws)


def _unexplained(c: Comparison, diagnosis: Diagnosis, above: float) -> Mask:
    """Time at the press outlet in which something unexplained shows; none where the chance of "none
    of these" is not above `above`."""
    shows = np.zeros(c.record.grid_ms.shape, dtype=np.bool_)
    if diagnosis.posterior.none_of_the_above <= above:
        return shows
    for span in unexplained_spans(c, diagnosis.hypotheses, diagnosis.searches):
        shows |= (c.record.grid_ms >= span.start_ms) & (c.record.grid_ms < span.end_ms)
    return shows


def _intervals(c: Comparison, outlet: Array, held_above: float) -> tuple[Span, ...]:
    """Spans in which the chance of affected tablets is not small, joined over short gaps."""
    inside = np.flatnonzero(outlet > held_above)
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
