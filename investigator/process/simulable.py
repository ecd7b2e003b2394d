"""Which composed lines the simulation can follow: one of each unit that it has equations for.

The parameters of a line are read by the names of its units, so a unit that is simulated bears the
name under which its parameters stand. Vessels may stand in any order, and feeders join anywhere.
"""

from investigator.process.flowsheet import FlowsheetError
from investigator.process.state_space import StateSpace

SIMULATED = {
    "blender_with_side_port": "blender",
    "transfer_chute": "chute",
    "feed_frame": "feed_frame",
    "nir_probe": "nir",
    "tablet_press": "press",
    "tablet_attributes": "tablet",
}


def check_simulable(line: StateSpace) -> None:
    """Raises FlowsheetError for the first unit that the simulation misses or cannot follow."""
    for kind, name in SIMULATED.items():
        found = [unit.name for unit in line.units if unit.kind == kind]
        if len(found) != 1:
            names = f" ({', '.join(found)})" if found else ""
            raise FlowsheetError(
                "the line", f"has {len(found)} units of kind {kind}{names}; the simulation takes 1"
            )
        if found[0] != name:
            raise FlowsheetError(
                found[0], f"is the {kind}, whose parameters are read as those of {name}"
            )
