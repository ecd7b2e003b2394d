"""A scenario as a person enters it, and what it comes to once it can be read.

- What is entered is text; nothing of it is recorded before the person says so.
- What is wrong is said beside the field that it is wrong in, in the words of `scenario_rules`.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from investigator.desktop.scene import Scene
from investigator.desktop.view_models.own_finding import time_meant, time_said
from investigator.desktop.view_models.results import zone_of
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import Span
from investigator.domain.ranking import CauseCategory
from investigator.domain.scenario import Course, Scenario, ScenarioPart, Target, TargetKind
from investigator.domain.scenario_rules import (
    needs_time_constant,
    refusal_of_part,
    refusal_of_scenario,
    targets_by_name,
)

_TAU_S = 600.0
_MINUTE_MS = 60_000
_MINUS = "−"
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


@dataclass(frozen=True)
class Ground:
    """What a scenario is made over: what can be changed, the run, and the zone of its times."""

    targets: tuple[Target, ...]
    run: Span
    zone: str

    @cached_property
    def by_name(self) -> dict[tuple[TargetKind, str], Target]:
        """Targets by kind and id."""
        return dict(targets_by_name(self.targets))

    def target(self, entered: "PartEntered") -> Target | None:
        """What a part changes; None where the twin does not know it."""
        return self.by_name.get((entered.kind, entered.target))


@dataclass(frozen=True, slots=True)
class PartEntered:
    """One change, as `ScenarioPart`, with times and numbers as they were entered."""

    kind: TargetKind
    target: str
    course: Course
    onset: str
    end: str
    tau: str
    sizes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A scenario as it was entered.

    `category`: empty while none is chosen. `copied_from`: id of the scenario that it began as;
    empty for none.
    """

    scenario_id: str
    title: str
    category: str
    parts: tuple[PartEntered, ...]
    note: str = ""
    copied_from: str = ""


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


def ground_without_twin(scene: Scene) -> Ground | None:
    """What a scenario is shown over where the twin cannot be asked: the batch, and no targets."""
    evidence = scene.seen.evidence if scene.seen else None
    return Ground((), evidence.batch.span, zone_of(scene)) if evidence else None


def new_draft(scenario_id: str, ground: Ground) -> Draft:
    """A scenario to begin with: the first input that can be changed, by its usual size."""
    inputs = [t for t in ground.targets if t.kind is TargetKind.INPUT]
    first = next(iter(inputs or ground.targets), None)
    return Draft(scenario_id, "", "", (new_part(first, ground),) if first else ())


def copied(draft: Draft, scenario_id: str, *, recorded: bool) -> Draft:
    """A copy under another id; of a scenario that is recorded it says which."""
    title = f"{draft.title} (copy)" if draft.title else ""
    origin = draft.scenario_id if recorded else ""
    return replace(draft, scenario_id=scenario_id, title=title, copied_from=origin)


def new_part(target: Target, ground: Ground) -> PartEntered:
    """A change of a target by its usual size, in the middle third of the run."""
    course = target.courses[0]
    onset, end = _window(course, ground)
    tau_s = target.tau_s or _TAU_S
    return PartEntered(
        target.kind,
        target.target,
        course,
        onset,
        end,
        number_said(tau_s) if needs_time_constant(course, target) else "",
        tuple(number_said(size.usual) for size in target.ranges()),
    )


def with_course(part: PartEntered, course: Course, ground: Ground) -> PartEntered:
    """The same change in another course in time, with a time constant where it needs one."""
    target = ground.target(part)
    needs = target is not None and needs_time_constant(course, target)
    tau = part.tau or number_said((target.tau_s if target else 0.0) or _TAU_S)
    made = replace(part, course=course, tau=tau if needs else "")
    if Course.WHOLE_BATCH not in (part.course, course):
        return made
    onset, end = _window(course, ground)
    return replace(made, onset=onset, end=end)


def with_span(part: PartEntered, span: Span, ground: Ground) -> PartEntered:
    """The same change over another stretch of time, as far as it lies in the run."""
    onset_ms = max(span.start_ms, ground.run.start_ms)
    end_ms = min(span.end_ms, ground.run.end_ms)
    onset, end = (time_said(t // 1000 * 1000, ground.zone) for t in (onset_ms, end_ms))
    return replace(part, onset=onset, end=end)


def draft_of(scenario: Scenario, zone: str, *, copied_from: str = "") -> Draft:
    """What the editor shows of a scenario."""
    parts = tuple(_entered(part, zone) for part in scenario.parts)
    return Draft(
        scenario.scenario_id,
        scenario.title,
        scenario.category.value,
        parts,
        scenario.note,
        copied_from,
    )


def number_said(value: float) -> str:
    """A number as it stands in a field: exact, in the fewest digits."""
    short = f"{value:g}"
    text = short if float(short) == value else repr(float(value))
    return text.replace("-", _MINUS)


def number_meant(text: str) -> float | None:
    """The number that was entered; None where it is none."""
    try:
        return float(text.strip().replace(_MINUS, "-"))
    except ValueError:
        return None


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
        return Read(None, (Fault(None, Field.TARGET, refused),), missing)
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
    target = ground.by_name.get((part.kind, part.target))
    if target is None:
        return Fault(place, Field.TARGET, refused)
    for field, size, mended in _mended(part, target, ground.run):
        if refusal_of_part(mended, ground.by_name, ground.run) != refused:
            return Fault(place, field, refused, size)
    return Fault(place, Field.END, refused)


def _mended(part: ScenarioPart, target: Target, run: Span) -> list[tuple[Field, int, ScenarioPart]]:
    """The part with one field after the other mended."""
    usual = tuple(size.usual for size in target.ranges())
    one_by_one = [
        (Field.SIZE, n, replace(part, sizes=(*part.sizes[:n], usual[n], *part.sizes[n + 1 :])))
        for n in range(min(len(part.sizes), len(usual)))
    ]
    return [
        *one_by_one,
        (Field.TAU, 0, replace(part, tau_s=_TAU_S)),
        (Field.COURSE, 0, replace(part, course=target.courses[0])),
        (Field.END, 0, replace(part, end_ms=run.end_ms)),
        (Field.ONSET, 0, replace(part, onset_ms=run.start_ms)),
    ]


def _entered(part: ScenarioPart, zone: str) -> PartEntered:
    return PartEntered(
        part.kind,
        part.target,
        part.course,
        time_said(part.onset_ms, zone),
        time_said(part.end_ms, zone),
        number_said(part.tau_s) if part.tau_s else "",
        tuple(number_said(size) for size in part.sizes),
    )


def _window(course: Course, ground: Ground) -> tuple[str, str]:
    """When a change begins and ends before anyone says so: to the minute, in the middle third."""
    run = ground.run
    third = (run.end_ms - run.start_ms) // 3
    if course is Course.WHOLE_BATCH or third < _MINUTE_MS:
        return time_said(run.start_ms, ground.zone), time_said(run.end_ms, ground.zone)
    onset_ms, end_ms = (
        -(-t // _MINUTE_MS) * _MINUTE_MS for t in (run.start_ms + third, run.end_ms - third)
    )
    return time_said(onset_ms, ground.zone), time_said(end_ms, ground.zone)
