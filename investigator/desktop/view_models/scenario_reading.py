"""A scenario as it was entered, read: what can be run, and what is wrong in which field.

- Sentences are those of `scenario_rules`; each stands beside the field that silences it once it is
  mended.
- Without title or branch it can be tried, but not recorded.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from investigator.desktop.view_models.hypotheses import minus_signs
from investigator.desktop.view_models.own_finding import time_meant
from investigator.desktop.view_models.scenario_draft import (
    TAU_S,
    Draft,
    Ground,
    PartEntered,
    number_meant,
)
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import Span
from investigator.domain.ranking import CauseCategory
from investigator.domain.scenario import Scenario, ScenarioPart, Target
from investigator.domain.scenario_rules import refusal_of_part, refusal_of_scenario

_NOTHING_CHANGED = "It changes nothing yet; choose what it changes."


class Field(StrEnum):
    """A field of the editor."""

    TITLE = "title"
    CATEGORY = "category"
    TARGET = "target"
    COURSE = "course"
    ONSET = "onset"
    END = "end"
    TAU = "tau"
    SIZE = "size"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with what was entered: in which part (None for none), field and size."""

    part: int | None
    field: Field
    sentence: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """A draft as it was read.

    `scenario`: None where it cannot be run. `faults`: what is wrong with its changes. `missing`:
    title or branch, without which it can be run, but not recorded.
    """

    scenario: Scenario | None
    faults: tuple[Fault, ...]
    missing: tuple[Fault, ...] = ()

    @property
    def why_not_run(self) -> str:
        """Why it cannot be run; empty if it can."""
        return self.faults[0].sentence if self.faults else ""


def read(draft: Draft, ground: Ground) -> Read:
    """The scenario that was entered, and what is wrong with it."""
    parts: list[ScenarioPart] = []
    faults: list[Fault] = []
    for place, entered in enumerate(draft.parts):
        part, found = _read_part(entered, place, ground)
        faults += found
        parts += [part] if part is not None else []
    missing = _missing(draft)
    if faults or not parts:
        nothing = () if faults else (Fault(None, Field.TARGET, _NOTHING_CHANGED),)
        return Read(None, (*faults, *nothing), missing)
    category = CauseCategory(draft.category or CauseCategory.MACHINE)
    named = Scenario(draft.scenario_id, draft.title, category, tuple(parts), draft.note)
    tried = replace(named, title=draft.title or draft.scenario_id)
    if refused := refusal_of_scenario(tried, ground.by_name, ground.run):
        return Read(None, (Fault(None, Field.TARGET, minus_signs(refused)),), missing)
    return Read(tried, (), missing)


def _missing(draft: Draft) -> tuple[Fault, ...]:
    faults = []
    if not draft.title.strip():
        faults.append(Fault(None, Field.TITLE, "Say in a few words what it supposes."))
    if not draft.category:
        faults.append(Fault(None, Field.CATEGORY, "Choose the branch that it belongs to."))
    return tuple(faults)


def _read_part(
    entered: PartEntered, place: int, ground: Ground
) -> tuple[ScenarioPart | None, list[Fault]]:
    faults: list[Fault] = []

    def number(text: str, field: Field, size: int = 0) -> float:
        value = number_meant(text)
        if value is None:
            said = f'"{text.strip()}" is no number; give one such as 1.5.'
            faults.append(Fault(place, field, said, size))
        return value or 0.0

    def time(text: str, field: Field) -> int:
        try:
            return time_meant(text.strip(), ground.zone)
        except UnusableRequest as refused:
            faults.append(Fault(place, field, str(refused)))
            return 0

    part = ScenarioPart(
        entered.kind,
        entered.target,
        entered.course,
        time(entered.onset, Field.ONSET),
        time(entered.end, Field.END),
        number(entered.tau, Field.TAU) if entered.tau.strip() else 0.0,
        tuple(number(text, Field.SIZE, n) for n, text in enumerate(entered.sizes)),
    )
    if faults:
        return None, faults
    fault = _fault_of(part, place, ground)
    return (None, [fault]) if fault else (part, [])


def _fault_of(part: ScenarioPart, place: int, ground: Ground) -> Fault | None:
    """What the rules say of a part, beside the field that silences them once it is mended."""
    refused = refusal_of_part(part, ground.by_name, ground.run)
    if refused is None:
        return None
    target, said = ground.by_name.get((part.kind, part.target)), minus_signs(refused)
    if target is None:
        return Fault(place, Field.TARGET, said)
    for field, size, mended in _mended(part, target, ground.run):
        if refusal_of_part(mended, ground.by_name, ground.run) != refused:
            return Fault(place, field, said, size)
    return Fault(place, Field.END, said)


def _mended(part: ScenarioPart, target: Target, run: Span) -> list[tuple[Field, int, ScenarioPart]]:
    """The part with one field after the other mended."""
    usual = tuple(size.usual for size in target.ranges())
    one_by_one = [
        (Field.SIZE, n, replace(part, sizes=(*part.sizes[:n], usual[n], *part.sizes[n + 1 :])))
        for n in range(min(len(part.sizes), len(usual)))
    ]
    return [
        *one_by_one,
        (Field.TAU, 0, replace(part, tau_s=TAU_S)),
        (Field.COURSE, 0, replace(part, course=target.courses[0])),
        (Field.END, 0, replace(part, end_ms=run.end_ms)),
        (Field.ONSET, 0, replace(part, onset_ms=run.start_ms)),
    ]
