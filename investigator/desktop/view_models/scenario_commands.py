"""What can be done with scenarios: new, copy, record, run, fit, withdraw; and why not now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from investigator.desktop.commands import Command
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.recorded import why_not_withdrawn
from investigator.desktop.view_models.scenario_draft import Draft, Ground
from investigator.desktop.view_models.scenario_reading import Read
from investigator.desktop.view_models.scenario_runs import is_run
from investigator.desktop.view_models.scenario_words import sizes_said
from investigator.desktop.view_models.scenarios import ScenarioRow
from investigator.domain.acts.scenarios import PartStated, ScenarioRun, ScenarioStated
from investigator.domain.estimate_words import fitted_sizes
from investigator.domain.ranking import CauseCategory, HypothesisAssessment
from investigator.domain.scenario import Course, Scenario, ScenarioPart, TargetKind
from investigator.domain.scenario_order import before_any_run
from investigator.domain.what_if import WhatIf

_PART = PartStated(TargetKind.INPUT, "", Course.STEP, 0, 1, "0", ("1",))
PROBE = ScenarioStated("S", "S", CauseCategory.MACHINE, (_PART,))
"""The stating of a scenario, to be asked whether it is in order."""
SHORT: Mapping[str, str] = MappingProxyType(
    {
        "New scenario": "New",
        "Copy scenario": "Copy",
        "Scenario from hypothesis": "From hypothesis",
        "Discard edits of the scenario": "Discard edits",
        "Withdraw scenario…": "Withdraw…",
        "Fit sizes of the scenario": "Fit sizes",
    }
)
"""What the buttons above the list say; in the palette a title stands among those of all views."""
_FITTING = "Fitting the sizes to the evidence; that takes some seconds."
_NOT_READY = "The twin is being made ready; wait a moment."
_SELECT = "Select a scenario first."


@dataclass(frozen=True, slots=True)
class Hands:
    """How the commands do what they say."""

    new: Callable[[], None]
    copy: Callable[[], None]
    from_cause: Callable[[], None]
    keep: Callable[[], None]
    discard: Callable[[], None]
    withdraw: Callable[[], None]
    fit: Callable[[], None]
    stop_fit: Callable[[], None]
    run: Callable[[], None]


@dataclass(frozen=True, slots=True)
class OnTable:
    """What lies on the table.

    `row`: that is selected. `draft`: as it is entered, and `read` as it was read. `edited`: whether
    it differs from what is recorded. `assessed`: the ranked hypothesis that was gone to. `fit`:
    whether what is shown has its sizes fitted; `fitting`: whether they are being fitted. `refusal`:
    why the twin gave no answer; empty where it did.
    """

    scene: Scene | None
    ground: Ground | None
    row: ScenarioRow | None = None
    draft: Draft | None = None
    read: Read | None = None
    edited: bool = False
    assessed: HypothesisAssessment | None = None
    fit: bool = False
    fitting: bool = False
    refusal: str = ""


def scenario_commands(at: OnTable, hands: Hands) -> tuple[Command, ...]:
    """The commands above the list, from the left."""
    return (
        Command("scenarios.new", "New scenario", hands.new, "Ctrl+Shift+N", _why_not_new(at)),
        Command("scenarios.copy", "Copy scenario", hands.copy, why_not=_why_not_copied(at)),
        Command(
            "scenarios.from_cause",
            "Scenario from hypothesis",
            hands.from_cause,
            why_not=_why_not_from_cause(at),
        ),
        _taking_back(at, hands),
        _fitting(at, hands),
        Command("scenarios.keep", "Record scenario", hands.keep, "Ctrl+S", _why_not_kept(at)),
        Command(
            "scenarios.run",
            "Record this fit" if at.fit else "Record this run",
            hands.run,
            "Ctrl+Shift+R",
            _why_not_run(at),
        ),
    )


def state_said(at: OnTable, shown: WhatIf | None, *, busy: bool) -> str:
    """How what is shown stands to what is entered; `busy`: while an answer is waited for."""
    if refused := why_not_asked(at.scene):
        how = ", fitted" if at.fit else ""
        return f"As recorded last{how}. {refused}" if shown is not None else refused
    if at.refusal or at.fitting:
        return at.refusal or _FITTING
    return _standing(at, shown, busy=busy)


def _standing(at: OnTable, shown: WhatIf | None, *, busy: bool) -> str:
    if at.ground is None:
        return "The twin is being made ready; that takes some seconds."
    if at.read is not None and at.read.scenario is None:
        return "As entered it cannot be run; see beside the fields."
    return _answered(at, shown, busy=busy) if at.read is not None else ""


def _answered(at: OnTable, shown: WhatIf | None, *, busy: bool) -> str:
    if busy:
        return "Being run as entered…"
    if shown is not None and shown.fitted is not None:
        return f"Fitted: {sizes_said(shown, at.ground)}"
    if _is_recorded(at):
        return "As recorded last."
    return "A what-if: nothing of it is recorded."


def scenario_of_cause(
    assessed: HypothesisAssessment, ground: Ground, scenario_id: str
) -> Scenario | None:
    """Onset, end, time shape and sizes of a fitted hypothesis as a scenario; None where it has no
    fit.

    Of a ranking that was stored before further sizes were told these are the usual ones.
    """
    target = ground.by_name.get((TargetKind.FAILURE_MODE, assessed.cause))
    if target is None or assessed.magnitude is None or assessed.onset_ms is None:
        return None
    ranges, fitted = target.ranges(), fitted_sizes(assessed)
    usual = target.courses[0]
    course = next((c for c in target.courses if c.value == assessed.time_shape), usual)
    # Only what follows from the record has no course of its name, and keeps its time constant.
    gone = assessed.time_shape in tuple(Course) and course.value != assessed.time_shape
    time_s = 0.0 if gone else assessed.time_constant_s
    end_ms = ground.run.end_ms if assessed.end_ms is None else assessed.end_ms
    part = ScenarioPart(
        TargetKind.FAILURE_MODE,
        assessed.cause,
        course,
        max(assessed.onset_ms, ground.run.start_ms),
        min(end_ms, ground.run.end_ms),
        time_s or target.usual_time_s(course),
        (
            *(min(max(_rounded(s), r.low), r.high) for s, r in zip(fitted, ranges, strict=False)),
            *(further.usual for further in ranges[len(fitted) :]),
        ),
    )
    note = f"As the ranking fitted {assessed.cause}."
    return Scenario(scenario_id, assessed.title, assessed.category, (part,), note)


def with_fitted_sizes(fitted: Scenario) -> Scenario:
    """The fitted sizes as they are taken over into the form, to four digits."""
    parts = tuple(
        replace(part, sizes=tuple(_rounded(size) for size in part.sizes)) for part in fitted.parts
    )
    return replace(fitted, parts=parts)


def why_not_asked(scene: Scene | None) -> str:
    """Why the twin cannot be asked now; empty if it can."""
    if scene is None or scene.case is None:
        return "Open a case first."
    return scene.why_not(PROBE) or before_any_run(scene.case) or ""


def _why_not_new(at: OnTable) -> str:
    if refused := why_not_asked(at.scene):
        return refused
    return "" if at.ground and at.ground.targets else at.refusal or _NOT_READY


def _why_not_copied(at: OnTable) -> str:
    return _why_not_new(at) or ("" if at.draft else _SELECT)


def _why_not_from_cause(at: OnTable) -> str:
    if refused := _why_not_new(at):
        return refused
    if at.assessed is None:
        return "Go to a ranked hypothesis first; its fit then becomes a scenario."
    if at.ground is None or scenario_of_cause(at.assessed, at.ground, "S") is None:
        return f"{at.assessed.title} was not fitted; start a new scenario for it."
    return ""


def _taking_back(at: OnTable, hands: Hands) -> Command:
    name = "scenarios.withdraw"
    if at.edited or (at.row is not None and at.row.recorded is None):
        return Command(name, "Discard edits of the scenario", hands.discard)
    if at.row is None or at.row.recorded is None or at.scene is None:
        return Command(name, "Withdraw scenario…", hands.withdraw, why_not=_SELECT)
    refused = why_not_withdrawn(at.scene, at.row.recorded)
    return Command(name, "Withdraw scenario…", hands.withdraw, why_not=refused)


def _fitting(at: OnTable, hands: Hands) -> Command:
    if at.fitting:
        return Command("scenarios.fit", "Cancel the fit", hands.stop_fit)
    refused = _why_not_new(at) or _unreadable(at)
    return Command("scenarios.fit", "Fit sizes of the scenario", hands.fit, "Ctrl+Shift+F", refused)


def _unreadable(at: OnTable) -> str:
    if at.draft is None or at.read is None:
        return _SELECT
    return at.read.why_not_run


def _why_not_kept(at: OnTable) -> str:
    if refused := _why_not_new(at):
        return refused
    if at.draft is None or at.read is None:
        return _SELECT
    return at.read.why_not_run or ("" if at.edited else "It is recorded as it is.")


def _why_not_run(at: OnTable) -> str:
    if refused := _why_not_new(at) or _unreadable(at):
        return refused
    if at.edited:
        return "Record the scenario first; a run is of what is recorded."
    if at.fitting:
        return "The sizes are being fitted; wait for them."
    if at.row is None or at.scene is None:
        return _SELECT
    if _is_recorded(at):
        return "This run is recorded already."
    return at.scene.why_not(ScenarioRun(at.row.key, "", "", at.fit))


def _is_recorded(at: OnTable) -> bool:
    """Whether what is shown is a recorded run that still holds."""
    if at.scene is None or at.row is None or at.edited:
        return False
    return is_run(at.scene, at.row.key, fitted=at.fit)


def _rounded(size: float) -> float:
    return float(f"{size:.4g}")
