"""Rules of order of scenarios: evidence and twin before one is stated, the replay before it is run.

- What a scenario changes, and within which bounds, the twin knows: `scenario_rules`.
- A run is of a scenario as it is stated, and is never taken back: all runs stand in the report.
"""

import math

from investigator.domain.acts.scenarios import PartStated, ScenarioRun, ScenarioStated
from investigator.domain.investigation import Investigation
from investigator.domain.prerequisites import needs_current, needs_evidence
from investigator.domain.scenario_rules import says_nothing


def before_scenario(case: Investigation, act: ScenarioStated) -> str | None:
    """Why the scenario cannot be stated now, in one sentence; None if it can."""
    if too_early := needs_evidence(case, act):
        return too_early
    if case.twin is None:
        return "A scenario comes after the choice of a twin: choose one first."
    if act.copied_from and case.scenario(act.copied_from) is None:
        return f'There is no scenario "{act.copied_from}" to copy; state it first.'
    return says_nothing(act.scenario_id, act.title, act.parts) or _without_number(act)


def _without_number(act: ScenarioStated) -> str | None:
    if not all(_is_decimal(part) for part in act.parts):
        return f"A size or time constant of {act.scenario_id} is no number; give it as one."
    return None


def before_run(case: Investigation, act: ScenarioRun) -> str | None:
    """Why the run cannot be recorded now, in one sentence; None if it can."""
    if not_ready := before_any_run(case):
        return not_ready
    if case.scenario(act.scenario_id) is None:
        return f'There is no scenario "{act.scenario_id}"; state it first.'
    return None


def before_any_run(case: Investigation) -> str | None:
    """Why no scenario can be run now, in one sentence; None if one can."""
    if case.replay is None:
        return "A scenario is run after the replay; replay the batch first."
    return needs_current(case, case.replay, "replay", "replay the batch")


def _is_decimal(part: PartStated) -> bool:
    try:
        return bool(part.sizes) and all(math.isfinite(float(t)) for t in (part.tau_s, *part.sizes))
    except ValueError:
        return False
