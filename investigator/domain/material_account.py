"""Where all material of a batch is, and how much of it is affected: what is not in a container too.

- What left the press went into containers, reject bin or samples; what the records do not place of
  it stands under its own name and is never spread over the other places.
- What was fed and never left the press stayed in the line or was lost as dust.
- Every mass names its source; a mass that no source gives is None, never zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from investigator.domain.reconciliation import BalanceInput

CLOSES_WITHIN = 0.02
"""The places add up to the press output where not more than this share of it is left over."""

MG_TO_KG = 1e-6

BY_FLOW = "flow at the press while the gate stood at reject"


class Place(StrEnum):
    """Where material of a batch can be, in the order of the account."""

    CONTAINERS = "containers"
    REJECTED_AT_START = "reject bin, start-up"
    REJECTED_IN_RUN = "reject bin, diverted during the run"
    REJECTED_AT_END = "reject bin, run-down"
    REJECTED_OTHERWISE = "reject bin, the rest"
    IN_PROCESS_SAMPLES = "in-process samples"
    LABORATORY_SAMPLES = "laboratory samples"
    NOT_ACCOUNTED = "not accounted for"
    IN_LINE = "left in the line, or lost as dust"


REJECTED = (Place.REJECTED_AT_START, Place.REJECTED_IN_RUN, Place.REJECTED_AT_END)
"""What the closed gate sent to the reject bin."""


@dataclass(frozen=True, slots=True)
class MassEstimate:
    """Mass at a place by the flow at the press, and how much of it is affected: all in kg, with the
    central 95 % interval of the affected mass."""

    kg: float
    affected_kg: float
    affected_kg_lo95: float
    affected_kg_hi95: float


@dataclass(frozen=True, slots=True)
class RecordedMasses:
    """What the records say of the masses: kg, but for tablets and their mean mass (mg).

    A value is None where the records do not give it.
    """

    consumed: BalanceInput
    containers: BalanceInput
    rejects: BalanceInput
    in_process_samples: BalanceInput
    good_tablets: BalanceInput
    rejected_tablets: BalanceInput
    tablet_mass: BalanceInput


def _unknown(name: str, unit: str) -> BalanceInput:
    return BalanceInput(name, None, unit, "not recorded")


NOTHING_RECORDED = RecordedMasses(
    consumed=_unknown("consumed", "kg"),
    containers=_unknown("net weight of the containers", "kg"),
    rejects=_unknown("rejects", "kg"),
    in_process_samples=_unknown("samples", "kg"),
    good_tablets=_unknown("good tablets", "tablets"),
    rejected_tablets=_unknown("rejected tablets", "tablets"),
    tablet_mass=_unknown("mean tablet weight", "mg"),
)
"""Of a batch whose record gives no masses."""


@dataclass(frozen=True, slots=True)
class AffectedSample:
    """A sample that was drawn from affected material.

    `t_ms` is None where the records do not say when it was drawn; `share` is the expected affected
    share (0 to 1) of what it was drawn from, `certain` whether all draws agree that it was
    affected. `words` says why, as the rest of a sentence that the sample begins.
    """

    sample_id: str
    place: Place
    t_ms: int | None
    container_id: str
    share: float
    certain: bool
    words: str


@dataclass(frozen=True, slots=True)
class MaterialAtPlace:
    """One line of the account, kg. The affected masses are None where nothing tells them."""

    place: Place
    kg: float | None
    source: str
    affected_kg: float | None
    affected_kg_lo95: float | None
    affected_kg_hi95: float | None


@dataclass(frozen=True, slots=True)
class MaterialAccount:
    """The account of one batch.

    `output_kg`: what left the press, by its counters; None where they or the tablet mass are not
    recorded. `samples`: those drawn from affected material, in the order of their times.
    """

    lines: tuple[MaterialAtPlace, ...]
    output_kg: float | None
    output_source: str
    samples: tuple[AffectedSample, ...]

    def at(self, place: Place) -> MaterialAtPlace:
        """The line of a place; raises LookupError where the account has none."""
        found = next((line for line in self.lines if line.place is place), None)
        if found is None:
            raise LookupError(f"the account has no line {place}")
        return found

    @property
    def closes(self) -> bool | None:
        """Whether the places add up to the press output; None where that cannot be told."""
        rest = self.at(Place.NOT_ACCOUNTED).kg
        if rest is None or not self.output_kg:
            return None
        return abs(rest) <= CLOSES_WITHIN * self.output_kg


def material_account(
    recorded: RecordedMasses,
    affected: Mapping[Place, MassEstimate],
    samples: tuple[AffectedSample, ...],
) -> MaterialAccount:
    """The account of a batch.

    Args:
        recorded: what the records say.
        affected: by place; `CONTAINERS`, those of `REJECTED`, `IN_PROCESS_SAMPLES` and `IN_LINE`
            (its mass counts for nothing, its affected share is that of the last material made).
        samples: drawn from affected material.
    """
    output, output_source = _output(recorded)
    by_gate = sum(affected[place].kg for place in REJECTED)
    placed = (recorded.containers, recorded.rejects, recorded.in_process_samples)
    lines = (
        _recorded(Place.CONTAINERS, recorded.containers, affected),
        *(_line(place, affected[place].kg, BY_FLOW, affected[place]) for place in REJECTED),
        _rest(
            Place.REJECTED_OTHERWISE,
            _less(recorded.rejects.value, by_gate),
            f"{recorded.rejects.source}, less what the closed gate took by the flow: "
            "single tablets, and the error of the flow while the press fills and runs empty",
        ),
        _recorded(Place.IN_PROCESS_SAMPLES, recorded.in_process_samples, affected),
        _rest(Place.LABORATORY_SAMPLES, None, "the laboratory reports no mass of its samples"),
        _rest(
            Place.NOT_ACCOUNTED,
            _less(output, *(known.value for known in placed)),
            f"{output_source}, less containers, reject bin and in-process samples",
        ),
        _in_line(recorded, output, affected[Place.IN_LINE]),
    )
    ordered = sorted(samples, key=lambda s: (s.t_ms is None, s.t_ms or 0, s.sample_id))
    return MaterialAccount(lines, output, output_source, tuple(ordered))


def _output(recorded: RecordedMasses) -> tuple[float | None, str]:
    good, rejected = recorded.good_tablets, recorded.rejected_tablets
    mass = recorded.tablet_mass
    source = f"({good.name} + {rejected.name}) x {mass.name}: {good.source}, {mass.source}"
    if good.value is None or rejected.value is None or mass.value is None:
        return None, source
    return (good.value + rejected.value) * mass.value * MG_TO_KG, source


def _less(whole: float | None, *parts: float | None) -> float | None:
    known = [part for part in parts if part is not None]
    if whole is None or len(known) < len(parts):
        return None
    return whole - sum(known)


def _recorded(
    place: Place, recorded: BalanceInput, affected: Mapping[Place, MassEstimate]
) -> MaterialAtPlace:
    return _line(place, recorded.value, recorded.source, affected[place])


def _line(place: Place, kg: float | None, source: str, found: MassEstimate) -> MaterialAtPlace:
    return MaterialAtPlace(
        place, kg, source, found.affected_kg, found.affected_kg_lo95, found.affected_kg_hi95
    )


def _rest(place: Place, kg: float | None, source: str) -> MaterialAtPlace:
    return MaterialAtPlace(place, kg, source, None, None, None)


def _in_line(recorded: RecordedMasses, output: float | None, last: MassEstimate) -> MaterialAtPlace:
    """Affected as the last material that was made."""
    kg = _less(recorded.consumed.value, output)
    source = f"{recorded.consumed.source}, less what left the press"
    if kg is None or last.kg <= 0.0:
        return _rest(Place.IN_LINE, kg, source)
    held = max(kg, 0.0) / last.kg
    return MaterialAtPlace(
        Place.IN_LINE,
        kg,
        f"{source}; affected as the last material made",
        held * last.affected_kg,
        held * last.affected_kg_lo95,
        held * last.affected_kg_hi95,
    )
