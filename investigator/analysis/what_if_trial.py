"""A scenario ready to be tried at any sizes: what the twin predicts, what that adds to the data.

All sizes of all parts stand in one row, in the order of the parts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from investigator.analysis.comparison import Comparison, Innovations, as_innovations
from investigator.analysis.fitting import all_gains
from investigator.domain.errors import UnusableRequest
from investigator.domain.scenario import Scenario, TargetKind
from investigator.domain.scenario_rules import Targets
from investigator.process.line import LineParameters
from investigator.twin.failure_mode import FailureMode
from investigator.twin.parameters import Parameters
from investigator.twin.predicted import Predicted, predict
from investigator.twin.record import Array
from investigator.twin.scenario import UNPERTURBED, Perturbation
from investigator.twin.scenario_parts import PreparedPart, prepared


@dataclass(frozen=True, slots=True)
class Trial:
    """A scenario, its parts prepared, the run that it is tried on, and what the twin knows."""

    scenario: Scenario
    c: Comparison
    parameters: Parameters
    failure_modes: tuple[FailureMode, ...]
    targets: Targets
    parts: tuple[PreparedPart, ...]

    @property
    def sizes(self) -> Array:
        """The sizes as stated, shape (k,)."""
        return np.array([size for part in self.parts for size in part.part.sizes])

    @property
    def prior_sd(self) -> Array:
        """Standard deviations of the sizes before the evidence, shape (k,)."""
        return np.array([m.prior_sd for part in self.parts for m in part.magnitudes])

    def predicted(self, sizes: Array) -> Predicted:
        """What the twin predicts of every channel at these sizes.

        Raises:
            UnusableRequest: the twin gives no numbers there.
        """
        changed = dict[str, float]()
        for part, own in zip(self.parts, self.by_part(sizes), strict=True):
            changed = _added(changed, part, own, self.parameters)
        c, together = self.c, self.perturbation(sizes)
        # What is simulated with other parameters takes nothing over from the undisturbed run.
        null = None if changed else c.null
        try:
            under = predict(c.frame, together, self._line(changed), c.nominals, null)
        except ArithmeticError:
            raise self._no_numbers() from None
        if not _as_known_as(under, c.null):
            raise self._no_numbers()
        return under

    def perturbation(self, sizes: Array) -> Perturbation:
        """What these sizes do to inputs and readings, all parts together."""
        each = zip(self.parts, self.by_part(sizes), strict=True)
        return sum((p.perturbation(own, self.c.departures) for p, own in each), UNPERTURBED)

    def _no_numbers(self) -> UnusableRequest:
        return UnusableRequest(
            f"The twin gives no numbers for the scenario {self.scenario.scenario_id}: a size "
            "leaves what it can simulate; choose smaller ones."
        )

    def respond(self, sizes: Array) -> Innovations:
        """The innovations that these sizes add."""
        return as_innovations(self.c, self.predicted(sizes))

    def gains(self, added: Innovations) -> Array:
        """Gain in log likelihood over the undisturbed line by channel, series first."""
        return all_gains(self.c, self.c.residual, added)

    def by_part(self, sizes: Array) -> tuple[tuple[float, ...], ...]:
        """Sizes part by part."""
        cuts = np.cumsum([len(part.magnitudes) for part in self.parts])[:-1]
        return tuple(tuple(map(float, own)) for own in np.split(sizes, cuts))

    def with_sizes(self, sizes: Array) -> Scenario:
        """The scenario with other sizes."""
        own = self.by_part(sizes)
        parts = tuple(
            replace(part.part, sizes=values) for part, values in zip(self.parts, own, strict=True)
        )
        return replace(self.scenario, parts=parts)

    def anew(self, scenario: Scenario) -> "Trial":
        """Another scenario on the same run."""
        record, measured = self.c.record, self.c.measured
        parts = tuple(
            prepared(
                part, self.targets[(part.kind, part.target)], self.failure_modes, record, measured
            )
            for part in scenario.parts
        )
        return replace(self, scenario=scenario, parts=parts)

    def _line(self, changed: Mapping[str, float]) -> LineParameters:
        return self.parameters.line_with(changed) if changed else self.c.parameters


def trial(
    scenario: Scenario,
    c: Comparison,
    parameters: Parameters,
    failure_modes: tuple[FailureMode, ...],
    targets: Targets,
) -> Trial:
    """A scenario that is known to be usable, made ready."""
    return Trial(scenario, c, parameters, failure_modes, targets, ()).anew(scenario)


def _added(
    changed: dict[str, float], part: PreparedPart, sizes: tuple[float, ...], known: Parameters
) -> dict[str, float]:
    if part.part.kind is not TargetKind.PARAMETER or sizes[0] == 0.0:
        return changed
    name = part.part.target
    return {**changed, name: changed.get(name, known[name].value) + sizes[0]}


def _as_known_as(under: Predicted, null: Predicted) -> bool:
    """Whether there is a number wherever there is one without the scenario."""
    series = np.isfinite(under.series) | ~np.isfinite(null.series)
    points = np.isfinite(under.points) | ~np.isfinite(null.points)
    return bool(series.all() and points.all())
