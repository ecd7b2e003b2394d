"""What a twin is for, how it stands, and what befell its versions in this workspace."""

from investigator.casework.twin_choice import TwinStanding
from investigator.casework.twin_details import TwinDetails
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.tone import Tone
from investigator.domain.instant import to_datetime
from investigator.domain.twin_life import TwinStep
from investigator.domain.twin_status import ENDED, TwinStatus

NO_STEP = "This workspace knows of no step of this twin: nobody approved it here."


def use(details: TwinDetails, standing: TwinStanding) -> tuple[tuple[str, str], ...]:
    """Names and values, the first what decides whether it may be used."""
    said = details.manifest
    equipment = ", ".join(f"{tag} ({unit})" for unit, tag in said.equipment.items())
    return (
        ("Status", f"{standing.status}. {standing.why}".strip()),
        ("May be used for", f"{standing.use.value}. {standing.why_limited}".strip()),
        ("Intended use", said.context_of_use),
        ("Not for", "\n".join(f"– {text}" for text in said.excluded_uses) or "none is stated"),
        ("Risk class", said.risk_class),
        ("Line", f"{said.line_id}, {said.site}"),
        ("Product", f"{said.product} ({said.product_id})"),
        ("Equipment", equipment),
        ("Package digest", details.digest),
        ("– without validation", details.subject),
        ("Equations digest", details.process),
    )


def when(step: TwinStep) -> str:
    """Day and time to the minute, in the zone of the entry."""
    return to_datetime(step.t_ms, step.zone).strftime("%Y-%m-%d %H:%M")


def what(step: TwinStep) -> str:
    """To which status it came, and by what."""
    return f"{step.status} by {step.by}" if step.by else step.status.value


def step_tone(step: TwinStep) -> Tone:
    """Good where it may be used since, a warning where it came to its end."""
    if step.status in ENDED:
        return Tone.WARN
    return Tone.GOOD if step.status is TwinStatus.APPROVED else Tone.PLAIN


def about_step(step: TwinStep) -> Inspected:
    """An entry of the log about a version of a twin."""
    facts = [("Step", what(step)), ("At", when(step)), ("By", step.who.full_name)]
    facts += [("Role", step.who.role), ("Reason", step.why)]
    return Inspected(
        title=f"{step.twin_id} {step.version}",
        kind="step of a twin",
        facts=tuple((name, value) for name, value in facts if value),
        source=f"Entry {step.sequence} of the log",
    )
