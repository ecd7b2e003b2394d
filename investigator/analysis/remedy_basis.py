"""What every remedy of a run is judged on: the same draws of the product, the same errors.

- The draws are those of the impact: hypothesis, window, sizes, parameters; all remedies share them
  (common random numbers), so that two remedies differ by what they do and by nothing else.
- What the impact knows of a container beyond the draws enters as an error: its mean is moved to the
  impact's, its spread widened or narrowed to the impact's.
- Errors of one attribute are shared by all containers of a run: what is wrong in one is wrong in
  the next, so chances must not be multiplied.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from investigator.analysis.comparison import Comparison
from investigator.analysis.container_map import accepted_time, shares_of_time
from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.impact import draws_of, limits_of
from investigator.analysis.material import Draw, Limits, Product, fine_frame, products
from investigator.domain.departures import Z95
from investigator.domain.impact import ContainerImpact, Impact
from investigator.twin.decision_rules import DecisionRules
from investigator.twin.package import TwinPackage
from investigator.twin.predicted import Frame
from investigator.twin.record import Array, Mask

JUDGED = ("assay", "weight", "hardness", "q30", "water", "thickness")
"""The attributes of which a container's mean must lie inside its specification."""

LEVEL_DRAWS = 12


@dataclass(frozen=True, slots=True)
class Basis:
    """A run made ready for remedies, with K draws, n steps and C containers.

    Attributes:
        fine: the run on its own grid.
        draws, made: the draws, and the product of each without any remedy.
        biases: level of the batch, by attribute.
        judged: attributes that are judged.
        inside: accepted time at the press outlet by container, (C, n).
        held: where what was made is affected for a cause that is not known, (n,).
        errors: to be added to the container means of a draw, (K, C, judged).
        haste: for each draw how late a remedy takes hold, 0 to 1, (K,).
        least_kg: affected product from which a container counts.
        untold: containers that the impact holds for what the draws do not tell (C,): flows or times
            that are not known, or nothing recorded at all.
    """

    comparison: Comparison
    fine: Frame
    draws: tuple[Draw, ...]
    made: tuple[Product, ...]
    biases: Mapping[str, float]
    limits: Limits
    judged: tuple[str, ...]
    containers: tuple[ContainerImpact, ...]
    inside: Mask
    held: Mask
    errors: Array
    haste: Array
    least_kg: float
    untold: Mask

    def affected(self, product: Product) -> Array:
        """Share of tablets that are affected, (n,)."""
        return np.asarray(np.maximum(product.affected, self.held))


def basis_of(
    package: TwinPackage,
    diagnosis: Diagnosis,
    impact: Impact,
    *,
    seed: int,
    members: int,
    executor: Executor,
) -> Basis:
    """The run of a diagnosis, with so many draws.

    Args:
        impact: whose containers and their quality the remedies start from.
        seed: of every random draw; the same seed with other members gives other draws.
    """
    c, limits = diagnosis.replay.comparison, limits_of(package)
    fine, containers = fine_frame(c), impact.containers
    judged = tuple(name for name in JUDGED if name in limits.of)
    inside = np.array([mask for _, mask in shares_of_time(c)])
    draws = draws_of(package, diagnosis, seed, members=members)
    first = products(c, fine, draws[:: max(members // LEVEL_DRAWS, 1)], {}, limits, executor)
    biases = _levels(container_means(first, judged, inside), judged, containers)
    made = tuple(products(c, fine, draws, biases, limits, executor))
    generator = np.random.Generator(np.random.PCG64([seed, members]))
    means = container_means(made, judged, inside)
    held = _held(c, impact, accepted_time(c))
    return Basis(
        comparison=c,
        fine=fine,
        draws=draws,
        made=made,
        biases=biases,
        limits=limits,
        judged=judged,
        containers=containers,
        inside=inside,
        held=held,
        errors=_errors(means, judged, containers, generator),
        haste=generator.uniform(size=members),
        least_kg=package.decision_rules.least_kg,
        untold=_untold(made, inside, held, containers, package.decision_rules),
    )


def container_means(made: Sequence[Product], judged: Sequence[str], inside: Mask) -> Array:
    """Means by mass (K, C, judged) of what filled each container; NaN where nothing did."""
    return np.array([weighed(product, product.flow_kg, judged, inside)[1] for product in made])


def weighed(
    product: Product, kept_kg: Array, judged: Sequence[str], inside: Mask
) -> tuple[Array, Array]:
    """Mass (C,) and means by mass (C, judged) of what is kept of a product, (n,), by container."""
    courses = np.array([product.attributes[name] for name in judged])
    kg = inside @ kept_kg
    sums = inside @ (courses * kept_kg).T
    with np.errstate(invalid="ignore", divide="ignore"):
        return kg, sums / kg[:, None]


def _untold(
    made: Sequence[Product],
    inside: Mask,
    held: Mask,
    containers: Sequence[ContainerImpact],
    rules: DecisionRules,
) -> Mask:
    """Containers that count as affected, though by the draws of what filled them they would not."""
    kg = np.array([inside @ (p.flow_kg * np.maximum(p.affected, held)) for p in made])
    by_draws = (kg >= rules.least_kg).mean(axis=0) > rules.held_above
    return np.asarray(np.array([c.affected for c in containers], dtype=np.bool_) & ~by_draws)


def _levels(
    means: Array, judged: Sequence[str], containers: Sequence[ContainerImpact]
) -> dict[str, float]:
    """By how much the impact lies above the draws: median of the unaffected containers, or of all
    where none is unaffected."""
    spared = [i for i, c in enumerate(containers) if not c.affected] or range(len(containers))
    middle = means.mean(axis=0)
    levels = {}
    for a, name in enumerate(judged):
        off = [
            containers[i].quality[name].mean - middle[i, a]
            for i in spared
            if name in containers[i].quality and np.isfinite(middle[i, a])
        ]
        levels[name] = float(np.median(off)) if off else 0.0
    return levels


def _errors(
    means: Array,
    judged: Sequence[str],
    containers: Sequence[ContainerImpact],
    generator: np.random.Generator,
) -> Array:
    """What brings the draws (K, C, judged) to the mean and the spread of the impact."""
    errors = np.zeros(means.shape)
    for a, name in enumerate(judged):
        shared = generator.standard_normal(size=(means.shape[0],))
        for i, container in enumerate(containers):
            drawn = means[:, i, a]
            if name in container.quality and np.isfinite(drawn).all():
                believed = container.quality[name]
                sd = (believed.hi95 - believed.lo95) / (2.0 * Z95)
                errors[:, i, a] = _error(drawn, believed.mean, sd, shared)
    return errors


def _error(drawn: Array, mean: float, sd: float, shared: Array) -> Array:
    off, spread = drawn - drawn.mean(), float(drawn.std())
    if spread > sd:
        return np.asarray(mean - drawn.mean() - (1.0 - sd / spread) * off)
    return np.asarray(mean - drawn.mean() + np.sqrt(sd**2 - spread**2) * shared)


def _held(c: Comparison, impact: Impact, accepted: Mask) -> Mask:
    """Affected intervals of an impact that knows no cause for them."""
    held = np.zeros(c.record.grid_ms.shape, dtype=np.bool_)
    if any("unexplained" in container.reasons for container in impact.containers):
        for span in impact.affected_intervals:
            held |= (c.record.grid_ms >= span.start_ms) & (c.record.grid_ms < span.end_ms)
    return held & accepted
