"""The containers of a run under one hypothesis: what was recorded and measured tells of them.

- The run is replayed from its recorded inputs, with what the cause adds that no input shows
  (`twin.caused_run`). The attribute models of the twin add what the batch's own measurements tell,
  its laboratory results included, each by the qualified errors of its method.
- A result of a laboratory run that the cause says is wrong is left out, and an at-line value is
  corrected as the cause says.
- What the cause leaves open (its size, its window) and what the inputs leave open is in the sd.
- The composition goes with the recorded feeds; tensile strength with hardness and thickness.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from investigator.analysis.caused_bands import beyond_domain
from investigator.analysis.comparison import Comparison
from investigator.analysis.fitting import Fit
from investigator.analysis.material import Product
from investigator.analysis.views import model_perturbation
from investigator.process.line import LineOutputs
from investigator.twin.attribute_kind import ATTRIBUTES
from investigator.twin.attribute_models import (
    AttributeModels,
    Measurements,
    measurements_of,
    posteriors,
    read_attribute_models,
)
from investigator.twin.batch_measurements import container_means, in_process_means
from investigator.twin.caused_run import caused_run
from investigator.twin.domain import EXTRAPOLATION
from investigator.twin.ensemble import ensemble
from investigator.twin.package import TwinPackage
from investigator.twin.record import Array, Mask
from investigator.twin.record_map import FEEDERS
from investigator.twin.recorded_inputs import RecordedInputs
from investigator.twin.reference import read_reference
from investigator.twin.replayed_run import ReplayedRun
from investigator.twin.scenario import Perturbation

COMPONENTS = {"api_fraction": "api", "mgst_fraction": "mgst"}
"""Attributes that are a share of the blend, by the feeder that brings it."""
TENSILE = "tensile_strength"
INPUT_MEMBERS = 16


@dataclass(frozen=True, slots=True)
class Learned:
    """All attributes of the containers of a run under one hypothesis, arrays of shape (k,).

    Attributes:
        containers: those of which something is told, in order of filling.
        mean: of the product, the bias of the laboratory left out.
        sd: what attribute models, inputs and cause leave open.
        departure: of the replay from the run as it was set.
    """

    containers: tuple[str, ...]
    mean: Mapping[str, Array]
    sd: Mapping[str, Array]
    departure: Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class Supposed:
    """A run replayed as a hypothesis says it.

    Attributes:
        run: the replay. told: what was measured beside it.
        trusted: containers whose laboratory result says what it says, by attribute, (k,) each.
        inputs: what the inputs leave open, by attribute, (members, k + m).
        models: of the attributes.
        extrapolated: containers that hold product made outside the domain of the twin, (k,).
        per_newton: tensile strength in MPa for each N of hardness, (k,).
    """

    run: ReplayedRun
    told: Measurements
    trusted: Mapping[str, Mask]
    inputs: Mapping[str, Array]
    models: AttributeModels
    extrapolated: Mask
    per_newton: Array


def supposed(
    c: Comparison, fits: tuple[Fit, ...], package: TwinPackage, executor: Executor, *, seed: int
) -> Supposed:
    """The run under a hypothesis.

    Args:
        c: the run compared with the unperturbed twin.
        fits: what the hypothesis says is at work.
        package: the twin, with attribute models.
        executor: simulates the ensemble of the inputs; its kind changes nothing but the time.
        seed: of that ensemble.
    """
    p = model_perturbation(c, fits)
    reference, parameters = read_reference(package.reference), package.parameters
    run = caused_run(c.record, c.measured, p, reference, parameters).run
    told = measurements_of(run)
    spread = ensemble(run, told, parameters, executor, seed=seed, members=INPUT_MEMBERS)
    beyond = beyond_domain(run, package).astype(np.float64)
    return Supposed(
        run=run,
        told=told,
        trusted=_trusted(c, told, p),
        inputs=spread.departures,
        models=read_attribute_models(package.reference),
        extrapolated=np.asarray(container_means(c.record, beyond) > 0.0),
        per_newton=_tensile_per_newton(run, c.parameters.press.die_diameter_mm),
    )


def learned(s: Supposed, made: Sequence[Product]) -> Learned:
    """The containers under a hypothesis, given draws of the product under it, at least one."""
    departures = {
        kind.attribute: _together(
            s.inputs[kind.attribute], _left_open(s, kind.attribute, kind.seen_as, made)
        )
        for kind in ATTRIBUTES
    }
    found = posteriors(s.models, s.told, laboratory=s.trusted, departures=departures)
    mean, sd = _composition(s, made)
    for name, (own, posterior) in found.items():
        of_laboratory = s.models.by_attribute[name].coefficients[0]
        mean[name] = own.predicted + posterior.mean - of_laboratory
        sd[name] = posterior.sd
    mean[TENSILE], sd[TENSILE] = s.per_newton * mean["hardness"], s.per_newton * sd["hardness"]
    wider = np.where(s.extrapolated, EXTRAPOLATION, 1.0)
    return Learned(
        containers=s.told["weight"].containers,
        mean=mean,
        sd={name: wider * one for name, one in sd.items()},
        departure=_departures(s),
    )


def _trusted(c: Comparison, told: Measurements, p: Perturbation) -> dict[str, Mask]:
    """Containers whose laboratory result says what it says, by attribute, (k,) each."""
    wrong = {
        (point.channel, point.container_id)
        for point in c.measured.points
        if (point.channel, point.group) in p.lab_runs
    }
    return {
        kind.attribute: np.array(
            [
                bool(np.isfinite(value)) and (kind.test, name) not in wrong
                for name, value in zip(
                    told[kind.attribute].containers, told[kind.attribute].laboratory, strict=True
                )
            ],
            dtype=np.bool_,
        )
        for kind in ATTRIBUTES
    }


def _left_open(s: Supposed, attribute: str, seen_as: str, made: Sequence[Product]) -> Array:
    """What the cause does in each draw less what it does in their mean, at the containers and then
    at the in-process values, (draws, k + m)."""
    told = s.told[attribute]
    own = container_means(s.run.record, np.vstack([one.effects[attribute] for one in made]))
    seen = in_process_means(told, np.vstack([one.effects[seen_as] for one in made]))
    effects = np.hstack([own, seen])
    return np.asarray(effects - effects.mean(axis=0))


def _together(first: Array, second: Array) -> Array:
    """Members whose mean square is the sum of the mean squares of both, (a + b, rows)."""
    a, b = first.shape[0], second.shape[0]
    return np.vstack([first * np.sqrt((a + b) / a), second * np.sqrt((a + b) / b)])


def _composition(s: Supposed, made: Sequence[Product]) -> tuple[dict[str, Array], dict[str, Array]]:
    """Means and sd of the components of the blend."""
    record = s.run.record
    mean, sd = {}, {}
    for name, feeder in COMPONENTS.items():
        mean[name] = container_means(record, getattr(s.run.replayed, name))
        effects = container_means(record, np.vstack([one.effects[name] for one in made]))
        doubt = container_means(record, _relative_doubt(s.run.driven, feeder))
        sd[name] = np.hypot(effects.std(axis=0), doubt * mean[name])
    return mean, sd


def _relative_doubt(driven: RecordedInputs, feeder: str) -> Array:
    """By how much of itself a feed may be off beyond the error of a sure reading, (n,)."""
    quantity = f"feed.{feeder}"
    var = driven.sd[quantity] ** 2 - driven.sure_sd[quantity] ** 2
    flow = driven.inputs.feed_kg_h[FEEDERS.index(feeder)]
    usual = float(np.median(flow[flow > 0.0])) if (flow > 0.0).any() else 1.0
    return np.asarray(np.sqrt(np.maximum(var, 0.0)) / usual)


def _tensile_per_newton(run: ReplayedRun, die_diameter_mm: float) -> Array:
    """MPa for each N in every container, of a flat tablet (Fell and Newton 1970), (k,)."""
    thickness_mm = container_means(run.record, run.replayed.thickness_mm)
    return np.asarray(2.0 / (np.pi * die_diameter_mm * thickness_mm))


def _departures(s: Supposed) -> dict[str, Array]:
    run = s.run

    def off(name: str) -> Array:
        return container_means(run.record, _course(run.replayed, name) - _course(run.as_set, name))

    names = (*(kind.attribute for kind in ATTRIBUTES), *COMPONENTS)
    found = {name: off(name) for name in names}
    found[TENSILE] = s.per_newton * found["hardness"]
    return found


def _course(outputs: LineOutputs, name: str) -> Array:
    kind = next((k for k in ATTRIBUTES if k.attribute == name), None)
    course: Array = getattr(outputs, name if kind is None else kind.course)
    return course
