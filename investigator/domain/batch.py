"""The executed batch record (ISA-88 / B2MML BatchProductionRecord) in the words of the trade.

Times are on the clock of the record (the MES clock) as read, and on the historian's clock after
`BatchRecord.on_clock` by the clock offset in force.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from investigator.domain.instant import Span


@dataclass(frozen=True, slots=True)
class RecipeParameter:
    """A set-point or formula value of the control recipe; `value` is the text of the record."""

    parameter_id: str
    description: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class MaterialLot:
    """A lot consumed at a unit. Quantities in kg, potency in %; None where not recorded."""

    lot_id: str
    material_id: str
    description: str
    unit_id: str
    issued_kg: float | None
    returned_kg: float | None
    consumed_kg: float | None
    potency_entered_pct: float | None


@dataclass(frozen=True, slots=True)
class RecordEvent:
    """An event of the record: phase change, operator action, refill, lot connection, adjustment.

    `value`, `previous` and `unit` are texts of the record, empty where absent.
    """

    t_ms: int
    event_type: str
    event_subtype: str
    equipment_id: str
    message: str
    value: str = ""
    previous: str = ""
    unit: str = ""
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class RecordComment:
    """A comment written by a person in the record."""

    t_ms: int
    text: str
    person_id: str


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase or segment with its span."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Container:
    """A filled container (drum), in order of filling. `net_kg` None where not recorded."""

    container_id: str
    filled: Span
    net_kg: float | None
    status: str = ""


@dataclass(frozen=True, slots=True)
class InProcessTest:
    """Individual values of one test of an in-process sample, e.g. ten tablet weights in mg."""

    code: str
    name: str
    unit: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class InProcessSample:
    """An in-process control sample taken at the press discharge."""

    t_ms: int
    description: str
    container_id: str
    tests: tuple[InProcessTest, ...]


@dataclass(frozen=True, slots=True)
class ReportedQuantity:
    """A number that the record reports beside the genealogy (totaliser, counter, reject weight)."""

    quantity_id: str
    description: str
    value: float
    unit: str
    segment: str = ""


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """An executed batch record."""

    record_id: str
    batch_id: str
    product_id: str
    line_id: str
    recipe_id: str
    status: str
    span: Span
    equipment: tuple[str, ...]
    parameters: tuple[RecipeParameter, ...]
    lots: tuple[MaterialLot, ...]
    events: tuple[RecordEvent, ...]
    comments: tuple[RecordComment, ...]
    phases: tuple[Phase, ...]
    containers: tuple[Container, ...]
    samples: tuple[InProcessSample, ...]
    quantities: tuple[ReportedQuantity, ...] = ()

    def parameter(self, parameter_id: str) -> RecipeParameter | None:
        """The recipe parameter of that id, or None."""
        return next((p for p in self.parameters if p.parameter_id == parameter_id), None)

    def on_clock(self, at: Callable[[int], int]) -> Self:
        """The record with every time put on another clock, by a function that never turns back."""
        return replace(
            self,
            span=_moved(self.span, at),
            events=tuple(replace(e, t_ms=at(e.t_ms)) for e in self.events),
            comments=tuple(replace(c, t_ms=at(c.t_ms)) for c in self.comments),
            phases=tuple(replace(p, span=_moved(p.span, at)) for p in self.phases),
            containers=tuple(replace(c, filled=_moved(c.filled, at)) for c in self.containers),
            samples=tuple(replace(s, t_ms=at(s.t_ms)) for s in self.samples),
        )


def _moved(span: Span, at: Callable[[int], int]) -> Span:
    return Span(at(span.start_ms), at(span.end_ms))
