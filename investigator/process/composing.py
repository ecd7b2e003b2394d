"""Composing a flowsheet of units into one state-space model, or one sentence why it cannot be.

- Every inlet is joined, every stream of powder goes on; what is joined has the same kind and unit.
- A loop in which every outlet follows its inlet in the same instant is refused.
- Powder of each component enters by one feeder and goes one way, past one probe, into one press.
- The order in which units and connections are written has no meaning.
"""

from dataclasses import replace

from investigator.process.declaration import Quantity
from investigator.process.flowsheet import Flowsheet
from investigator.process.library import UNIT_KINDS
from investigator.process.powder_way import route_of
from investigator.process.state_space import StateSpace
from investigator.process.units.materials import MATERIAL_INPUTS, MATERIAL_PARAMETERS
from investigator.process.units.press import STATION_PARAMETERS
from investigator.process.wiring import Kinds, check_connections, check_no_algebraic_loop, kinds_of


def compose(flowsheet: Flowsheet, library: Kinds = UNIT_KINDS) -> StateSpace:
    """The state-space model of a flowsheet.

    Raises:
        FlowsheetError: an unknown kind, unit or port, a port that is open or joined too often, ends
            that do not fit, an algebraic loop, or powder that does not go one way into one press.
    """
    kinds = kinds_of(flowsheet.units, library)
    check_connections(flowsheet, kinds)
    check_no_algebraic_loop(flowsheet, kinds)
    return StateSpace(
        units=tuple(sorted(flowsheet.units, key=lambda unit: unit.name)),
        connections=tuple(sorted(flowsheet.connections)),
        route=route_of(flowsheet, kinds),
        states=_declared({name: kind.states for name, kind in kinds.items()}),
        inputs=_declared({name: kind.inputs for name, kind in kinds.items()}, MATERIAL_INPUTS),
        parameters=_declared(
            {name: kind.parameters for name, kind in kinds.items()},
            MATERIAL_PARAMETERS + STATION_PARAMETERS,
        ),
        outputs=_declared({name: kind.outputs for name, kind in kinds.items()}),
    )


def _declared(
    by_unit: dict[str, tuple[Quantity, ...]], others: tuple[Quantity, ...] = ()
) -> tuple[Quantity, ...]:
    """Quantities of all units under their full names, in order of name."""
    named = [
        replace(q, name=f"{unit}.{q.name}", count=f"{unit}.{q.count}" if q.count else "")
        for unit, quantities in by_unit.items()
        for q in quantities
    ]
    return tuple(sorted((*named, *others), key=lambda q: q.name))
