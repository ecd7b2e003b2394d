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
    sublot_id: str = ""


@dataclass(frozen=True, slots=True)
class RecordEvent:
    """An event of the record: phase change, operator action, refill, lot connection, exception.

    All texts are those of the record, empty where absent. `element_id` names the recipe element
    that was running; `category`, `risk` and `state` are those of an exception.
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
    event_id: str = ""
    element_id: str = ""
    category: str = ""
    risk: str = ""
    state: str = ""

    @property
    def is_exception(self) -> bool:
        """Whether the record itself calls it an exception (a departure from the recipe)."""
        return "exception" in (self.event_type.casefold(), self.event_subtype.casefold())


@dataclass(frozen=True, slots=True)
class RecordComment:
    """A comment written by a person in the record; `target_id` is the entry that it speaks of."""

    t_ms: int
    text: str
    person_id: str
    comment_id: str = ""
    target_id: str = ""


@dataclass(frozen=True, slots=True)
class RecordSignature:
    """An electronic signature that the record lists; `target_id` is the entry that was signed."""

    t_ms: int
    signature_id: str
    person: str
    meaning: str
    description: str
    target_id: str


@dataclass(frozen=True, slots=True)
class OtherInformation:
    """A value of a recipe element that has no place of its own in the standard."""

    information_id: str
    description: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class RecipeElement:
    """A procedure, unit procedure, operation or phase as it was executed.

    `parent_id` is the element that it is part of, empty for the outermost. Times are None where the
    record gives none. `instance` counts the runs of an element that was run more than once.
    """

    element_id: str
    kind: str
    parent_id: str
    started_ms: int | None
    completed_ms: int | None
    performer: str
    instance: int
    information: tuple[OtherInformation, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase or segment with its span."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Container:
    """A filled container (drum), in order of filling. Masses are None where not recorded."""

    container_id: str
    filled: Span
    net_kg: float | None
    status: str = ""
    lot_id: str = ""
    gross_kg: float | None = None
    tare_kg: float | None = None


@dataclass(frozen=True, slots=True)
class InProcessTest:
    """Individual values of one test of an in-process sample, e.g. ten tablet weights in mg."""

    code: str
    name: str
    unit: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class InProcessSample:
    """An in-process control sample. `size` is in `size_unit`, None where not recorded."""

    t_ms: int
    description: str
    container_id: str
    tests: tuple[InProcessTest, ...]
    size: float | None = None
    size_unit: str = ""


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
    """An executed batch record. `tooling`: ids of its sets of punches and dies."""

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
    elements: tuple[RecipeElement, ...] = ()
    signatures: tuple[RecordSignature, ...] = ()
    order_id: str = ""
    product_lot_id: str = ""
    tooling: tuple[str, ...] = ()

    @property
    def exceptions(self) -> tuple[RecordEvent, ...]:
        """The events that the record calls exceptions, in its order."""
        return tuple(event for event in self.events if event.is_exception)

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
            elements=tuple(_element_moved(e, at) for e in self.elements),
            signatures=tuple(replace(s, t_ms=at(s.t_ms)) for s in self.signatures),
        )


def _moved(span: Span, at: Callable[[int], int]) -> Span:
    return Span(at(span.start_ms), at(span.end_ms))


def _element_moved(element: RecipeElement, at: Callable[[int], int]) -> RecipeElement:
    started, completed = element.started_ms, element.completed_ms
    return replace(
        element,
        started_ms=None if started is None else at(started),
        completed_ms=None if completed is None else at(completed),
    )
