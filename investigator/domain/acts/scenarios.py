"""Acts on scenarios: one is stated, or stated anew, and it is run.

- A scenario that is stated anew takes the place of the earlier one; what was run stays as it was.
- A run is never withdrawn and none takes the place of another: all stand in the report, also those
  that explain nothing.
- Decimals are held as text, so that one value has one digest.
"""

from dataclasses import dataclass
from typing import ClassVar

from investigator.domain.acts.act import Act
from investigator.domain.ranking import CauseCategory
from investigator.domain.scenario import Course, Scenario, ScenarioPart, TargetKind

SHORT = 12
"""Digits of a recipe by which one run is told from another of the same scenario."""


@dataclass(frozen=True, slots=True)
class PartStated:
    """One change, as `ScenarioPart`, with its decimals as text."""

    kind: TargetKind
    target: str
    course: Course
    onset_ms: int
    end_ms: int
    tau_s: str
    sizes: tuple[str, ...]

    def part(self) -> ScenarioPart:
        """The change; raises ValueError where a text is no number."""
        return ScenarioPart(
            self.kind,
            self.target,
            self.course,
            self.onset_ms,
            self.end_ms,
            float(self.tau_s),
            tuple(float(size) for size in self.sizes),
        )


@dataclass(frozen=True, slots=True)
class ScenarioStated(Act):
    """A person supposes a change of the line: made, edited, annotated, or copied from another.

    `note`: in the person's words. `copied_from`: id of the scenario that it began as; empty for
    none.
    """

    WORD: ClassVar[str] = "scenario stated"

    scenario_id: str
    title: str
    category: CauseCategory
    parts: tuple[PartStated, ...]
    note: str = ""
    copied_from: str = ""

    def about(self) -> str:
        """The scenario."""
        return f"scenario {self.scenario_id}"

    def scenario(self) -> Scenario:
        """What it supposes; raises ValueError where a text is no number."""
        parts = tuple(part.part() for part in self.parts)
        return Scenario(self.scenario_id, self.title, self.category, parts, self.note)


@dataclass(frozen=True, slots=True)
class ScenarioRun(Act):
    """A scenario was run through the twin beside the data.

    `recipe`: of all that the outcome depends on. `result`: of its stored bytes, which hold the
    scenario as it was run. `fitted`: whether its sizes were fitted to the evidence.
    """

    WORD: ClassVar[str] = "scenario run"

    scenario_id: str
    recipe: str
    result: str
    fitted: bool

    def about(self) -> str:
        """The run: of another recipe it is another one."""
        return f"run {self.recipe[:SHORT]} of scenario {self.scenario_id}"

    def scenario(self) -> str:
        """The scenario, as its stating calls it."""
        return f"scenario {self.scenario_id}"


def stated(scenario: Scenario, *, copied_from: str = "") -> ScenarioStated:
    """The act that states a scenario."""
    parts = tuple(_stated(part) for part in scenario.parts)
    return ScenarioStated(
        scenario.scenario_id,
        scenario.title,
        scenario.category,
        parts,
        scenario.note,
        copied_from,
    )


def _stated(part: ScenarioPart) -> PartStated:
    return PartStated(
        part.kind,
        part.target,
        part.course,
        part.onset_ms,
        part.end_ms,
        decimal_text(part.tau_s),
        tuple(decimal_text(size) for size in part.sizes),
    )


def decimal_text(value: float) -> str:
    """The fewest digits that give back the same number."""
    return repr(float(value))
