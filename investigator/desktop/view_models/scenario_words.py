"""Changes and sizes of a scenario in words."""

from investigator.desktop.view_models.scenario_draft import Ground
from investigator.domain.instant import to_datetime
from investigator.domain.quantities import decimals_for, fixed, significant
from investigator.domain.scenario import Course, Scenario, ScenarioPart, Target, TargetKind
from investigator.domain.what_if import WhatIf


def parts_said(scenario: Scenario, ground: Ground | None, zone: str) -> str:
    """What a scenario changes, in words."""
    return "; ".join(part_said(part, ground, zone) for part in scenario.parts)


def part_said(part: ScenarioPart, ground: Ground | None, zone: str) -> str:
    """One change in words, e.g. "API feed −8 %, step 10:02–10:40"."""
    target = _target(part, ground)
    sizes = ", ".join(
        f"{_signed(size)} {unit}".strip() for size, unit in _sizes_with_units(part, target)
    )
    name = target.title if target else part.target
    if part.course is Course.WHOLE_BATCH:
        return f"{name} {sizes}, whole batch"
    start, end = (to_datetime(t, zone).strftime("%H:%M") for t in (part.onset_ms, part.end_ms))
    course = "" if part.kind is TargetKind.FAILURE_MODE else f"{part.course.value} "
    return f"{name} {sizes}, {course}{start}–{end}"


def sizes_said(result: WhatIf, ground: Ground | None) -> str:
    """The sizes of a run, with the standard uncertainty of those that were fitted."""
    run = result.fitted or result.scenario
    said = []
    for place, part in enumerate(run.parts):
        sds = result.sizes_sd[place] if place < len(result.sizes_sd) else ()
        for n, (size, unit) in enumerate(_sizes_with_units(part, _target(part, ground))):
            number = _with_sd(size, sds[n]) if n < len(sds) else _signed(size)
            said.append(f"{number} {unit}".strip())
    return "; ".join(said)


def _target(part: ScenarioPart, ground: Ground | None) -> Target | None:
    return ground.by_name.get((part.kind, part.target)) if ground else None


def _sizes_with_units(part: ScenarioPart, target: Target | None) -> list[tuple[float, str]]:
    """Without the twin no unit is known; a pure number has none."""
    known = [r.unit for r in target.ranges()] if target else [""] * len(part.sizes)
    units = ["" if unit == "-" else unit for unit in known]
    return list(zip(part.sizes, units, strict=False))


def _with_sd(size: float, sd: float) -> str:
    """To two significant digits of the uncertainty, both with the same decimals."""
    places = decimals_for(sd)
    sign = "+" if size > 0 else ""
    return f"{sign}{fixed(size, places)} ± {fixed(sd, places)}"


def _signed(size: float) -> str:
    text = significant(size)
    return f"+{text}" if size > 0 else text
