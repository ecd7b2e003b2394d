"""Scenarios as the console lists them: lines for a person, values for JSON."""

from typing import TYPE_CHECKING, Any

from investigator.casework.plain_values import instant_text, rounded, span_texts
from investigator.cli.arguments import typed
from investigator.cli.table import table
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.scenarios import ScenarioStated
from investigator.domain.quantities import UNKNOWN, fixed, probability, significant
from investigator.domain.scenario import Course, Scenario, ScenarioPart, Target
from investigator.domain.scenario_words import part_in_words

if TYPE_CHECKING:
    from investigator.casework.snapshot import Snapshot
    from investigator.domain.scenario_outcome import ScenarioOutcome

Json = dict[str, Any]
SHOWN = 8
"""Channels of which the gain is listed on the console."""


def scenario_lines(seen: "Snapshot") -> list[str]:
    """Every scenario as it is stated, then every run."""
    if not seen.case.scenarios and not seen.scenario_runs:
        return ["No scenario is stated yet."]
    zone = seen.case.opened.act.zone
    rows: list[tuple[str, ...]] = [("Scenario", "Title", "Category", "Changes", "Note")]
    for r in seen.case.scenarios:
        changes = "; ".join(part_in_words(part, zone) for part in r.act.scenario().parts)
        rows.append(
            (r.act.scenario_id, r.act.title, r.act.category, changes, r.act.note or UNKNOWN)
        )
    return [*table(rows), "", *_run_lines(seen)]


def _run_lines(seen: "Snapshot") -> list[str]:
    if not seen.scenario_runs:
        return ["No scenario was run yet."]
    rows: list[tuple[str, ...]] = [
        ("Entry", "Scenario", "Sizes", "Log evidence", "Probability", "Standing")
    ]
    rows += [_run_row(seen, outcome) for outcome in seen.scenario_runs]
    return table(rows)


def _run_row(seen: "Snapshot", outcome: "ScenarioOutcome") -> tuple[str, ...]:
    told, recorded = outcome.result, outcome.recorded
    ran = told.fitted or told.scenario
    sizes = ", ".join(significant(size) for part in ran.parts for size in part.sizes)
    how = "as fitted" if told.fitted else "as stated"
    return (
        f"{recorded.sequence}",
        recorded.act.scenario_id,
        f"{sizes} ({how})",
        fixed(told.log_evidence, 1),
        UNKNOWN if told.probability is None else probability(told.probability),
        "stale" if seen.case.is_stale(recorded) else "current",
    )


def last_run_lines(seen: "Snapshot") -> list[str]:
    """The run that was recorded last, with the channels that speak most for and against it."""
    if not seen.scenario_runs:
        return ["No scenario was run yet."]
    outcome = seen.scenario_runs[-1]
    told, zone = outcome.result, seen.case.opened.act.zone
    ran = told.fitted or told.scenario
    loudest = sorted(told.gains, key=lambda gain: -abs(gain[1]))[:SHOWN]
    rows: list[tuple[str, ...]] = [("Channel", "Log likelihood gained")]
    rows += [(title, fixed(gain, 1)) for title, gain in sorted(loudest, key=lambda g: -g[1])]
    return [
        *(part_in_words(part, zone) for part in ran.parts),
        f"Log evidence over no assignable cause: {fixed(told.log_evidence, 1)}.",
        _probability_line(outcome),
        "",
        *table(rows),
    ]


def _probability_line(outcome: "ScenarioOutcome") -> str:
    found = outcome.result.probability
    if found is None:
        return "Rank the hypotheses to see the probability that it would have beside them."
    return f"Probability that it would have in the ranking: {probability(found)}."


def last_run_document(seen: "Snapshot") -> Json | None:
    """The run that was recorded last as values; None where there is none."""
    return _run(seen, seen.scenario_runs[-1]) if seen.scenario_runs else None


def scenario_documents(seen: "Snapshot") -> list[Json]:
    """Every scenario with its runs as values; runs of a withdrawn scenario stand at the end."""
    stated = {r.act.scenario_id: _stated(seen, r) for r in seen.case.scenarios}
    for outcome in seen.scenario_runs:
        name = outcome.recorded.act.scenario_id
        withdrawn: Json = {"scenario": name, "withdrawn": True, "runs": []}
        stated.setdefault(name, withdrawn)["runs"].append(_run(seen, outcome))
    return list(stated.values())


def _stated(seen: "Snapshot", r: Recorded[ScenarioStated]) -> Json:
    found, zone = r.act.scenario(), seen.case.opened.act.zone
    return {
        **_scenario(found, zone),
        "withdrawn": False,
        "copied_from": r.act.copied_from or None,
        "of_hypothesis": seen.case.supposes(r.act) is not None,
        "entry": r.sequence,
        "runs": [],
    }


def _scenario(found: Scenario, zone: str) -> Json:
    return {
        "scenario": found.scenario_id,
        "title": found.title,
        "category": typed(found.category),
        "note": found.note,
        "parts": [_part(part, zone) for part in found.parts],
    }


def _part(part: ScenarioPart, zone: str) -> Json:
    return {
        "kind": typed(part.kind),
        "target": part.target,
        "course": typed(part.course),
        "onset": instant_text(part.onset_ms, zone),
        "end": instant_text(part.end_ms, zone),
        "tau_s": rounded(part.tau_s),
        "sizes": [rounded(size) for size in part.sizes],
    }


def _run(seen: "Snapshot", outcome: "ScenarioOutcome") -> Json:
    told, recorded, zone = outcome.result, outcome.recorded, seen.case.opened.act.zone
    return {
        "entry": recorded.sequence,
        "recipe": recorded.act.recipe,
        "result": recorded.act.result,
        "stale": seen.case.is_stale(recorded),
        "ran": _scenario(told.scenario, zone),
        "fitted": None if told.fitted is None else _scenario(told.fitted, zone),
        "sizes_sd": [[rounded(sd) for sd in part] for part in told.sizes_sd],
        "log_evidence": rounded(told.log_evidence),
        "probability": rounded(told.probability),
        "affected": None if told.affected is None else span_texts(told.affected, zone),
        "gains": [{"channel": title, "gain": rounded(gain)} for title, gain in told.gains],
        "run": told.run,
    }


def target_lines(targets: tuple[Target, ...]) -> list[str]:
    """What a scenario can change, with bounds and usual size, and in which courses."""
    head = ("Kind", "Target", "What it is", "Size", "From", "To", "Usual", "Courses")
    rows: list[tuple[str, ...]] = [head]
    for target in targets:
        for number, size in enumerate(target.ranges()):
            named = (target.kind, target.target, target.title) if number == 0 else ("", "", "")
            rows.append(
                (
                    *named,
                    f"{size.name}, {size.unit}",
                    *(significant(v) for v in (size.low, size.high, size.usual)),
                    _courses(target) if number == 0 else "",
                )
            )
    return table(rows)


def _courses(target: Target) -> str:
    """As they are typed in a part, the usual one first, each with its usual seconds."""
    if target.courses == tuple(Course):
        return "any"
    times = ((course, target.usual_time_s(course)) for course in target.courses)
    return ", ".join(f"{typed(c)}:{s:g}" if s else typed(c) for c, s in times)


def target_documents(targets: tuple[Target, ...]) -> list[Json]:
    """The same as values."""
    return [
        {
            "kind": typed(target.kind),
            "target": target.target,
            "title": target.title,
            "relative": target.relative,
            "whole": target.whole,
            "value": rounded(target.value),
            "courses": [typed(course) for course in target.courses],
            "tau_s": [rounded(time_s) for time_s in target.times_s],
            "sizes": [
                {
                    "name": size.name,
                    "unit": size.unit,
                    "low": rounded(size.low),
                    "high": rounded(size.high),
                    "usual": rounded(size.usual),
                }
                for size in target.ranges()
            ],
        }
        for target in targets
    ]
