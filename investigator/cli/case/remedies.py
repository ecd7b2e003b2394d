"""What could be done about a case as the console lists it: lines for a person, values for JSON.

Numbers are those of the stored result; nothing is computed here.
"""

from typing import TYPE_CHECKING, Any

from investigator.casework.impact_document import quality_document
from investigator.casework.plain_values import instant_text, rounded
from investigator.cli.arguments import typed
from investigator.cli.table import table
from investigator.domain.quantities import UNKNOWN, fixed, probability, significant
from investigator.domain.remedy import RemedyContainer, RemedyOutcome, RemedySetting, verdict_on

if TYPE_CHECKING:
    from investigator.casework.snapshot import Snapshot

Json = dict[str, Any]


def remedy_lines(seen: "Snapshot") -> list[str]:
    """Every remedy beside doing nothing, what was refused, and the verdict."""
    found = seen.remedies
    if found is None:
        return ["No remedy was simulated yet."]
    unit = found.outcomes[0].cost_unit
    rows: list[tuple[str, ...]] = [
        ("Remedy", "Conforms", "Kept, kg", "Good lost, kg", f"Cost, {unit}", "Settings")
    ]
    rows += [_row(outcome) for outcome in found.outcomes]
    refused = [f"Not simulated: {one.title}. {one.why}" for one in found.refused]
    stale = ["Stale: the impact has changed since."] if _stale(seen) else []
    return [*stale, *table(rows), "", *refused, "", verdict_on(found)]


def _row(outcome: RemedyOutcome) -> tuple[str, ...]:
    marked = "" if outcome.registered else " (not registered)"
    return (
        f"{outcome.title}{marked}",
        f"{probability(outcome.p_conform)} ± {fixed(100 * outcome.standard_error, 1)}",
        fixed(outcome.kept_kg, 1),
        fixed(outcome.good_lost_kg, 1),
        fixed(outcome.cost, 1),
        ", ".join(f"{s.name} {significant(s.value)} {s.unit}" for s in outcome.settings) or UNKNOWN,
    )


def remedy_document(seen: "Snapshot") -> Json | None:
    """The same as values, with every container before and after; None where nothing was
    simulated."""
    found, zone = seen.remedies, seen.case.opened.act.zone
    if found is None:
        return None
    return {
        "asked": found.asked,
        "draws": found.draws,
        "best": found.best or None,
        "nearest": found.nearest or None,
        "best_running": found.best_running or None,
        "stale": _stale(seen),
        "verdict": verdict_on(found),
        "outcomes": [_outcome(outcome, zone) for outcome in found.outcomes],
        "refused": [
            {"remedy": one.remedy_id, "kind": typed(one.kind), "title": one.title, "why": one.why}
            for one in found.refused
        ],
        "assumptions": list(found.assumptions),
    }


def _outcome(outcome: RemedyOutcome, zone: str) -> Json:
    return {
        "remedy": outcome.remedy_id,
        "kind": typed(outcome.kind),
        "title": outcome.title,
        "registered": outcome.registered,
        "meets": outcome.meets,
        "p_conform": rounded(outcome.p_conform),
        "standard_error": rounded(outcome.standard_error),
        "contained": rounded(outcome.contained),
        "kept_kg": rounded(outcome.kept_kg),
        "removed_kg": rounded(outcome.removed_kg),
        "good_lost_kg": rounded(outcome.good_lost_kg),
        "cost": rounded(outcome.cost),
        "cost_unit": outcome.cost_unit,
        "from": instant_text(outcome.from_ms, zone),
        "settings": [_setting(setting) for setting in outcome.settings],
        "containers": [_container(container) for container in outcome.containers],
        "quality": quality_document(outcome.quality),
        "blind_to": outcome.blind_to,
        "assumptions": list(outcome.assumptions),
        "confirm": outcome.confirm,
    }


def _setting(setting: RemedySetting) -> Json:
    return {
        "name": setting.name,
        "title": setting.title,
        "unit": setting.unit,
        "value": rounded(setting.value),
        "usual": rounded(setting.usual),
        "low": rounded(setting.low),
        "high": rounded(setting.high),
    }


def _container(container: RemedyContainer) -> Json:
    return {
        "container": container.container_id,
        "kept_kg": rounded(container.kept_kg),
        "removed_kg": rounded(container.removed_kg),
        "affected_kg_before": rounded(container.affected_kg_before),
        "affected_kg_after": rounded(container.affected_kg_after),
        "p_conform_before": rounded(container.p_conform_before),
        "p_conform_after": rounded(container.p_conform_after),
    }


def _stale(seen: "Snapshot") -> bool:
    recorded = seen.case.remedies
    return recorded is not None and seen.case.is_stale(recorded)
