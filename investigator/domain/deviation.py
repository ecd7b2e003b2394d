"""The deviation notice: what was observed, against which requirement, and who raised it."""

from dataclasses import dataclass

from investigator.domain.instant import Span


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing observed: an alarm, a result, a record entry. Times on the clock of its source."""

    description: str
    detected_ms: int | None
    parameter: str
    observed_value: str
    limit: str
    source: str
    containers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviationNotice:
    """A deviation as raised, before any investigation."""

    number: str
    title: str
    site: str
    line: str
    product: str
    batch_id: str
    opened_ms: int | None
    opened_by: str
    status: str
    classification: str
    observation: Observation
    further_observations: tuple[Observation, ...] = ()
    production_window: Span | None = None
    immediate_action: str = ""
