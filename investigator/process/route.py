"""The way of the powder through a line: its vessels in order, and where each feeder discharges.

A route is what composing a flowsheet gives to the numerics; it holds no names of a particular line.
"""

from dataclasses import dataclass
from enum import StrEnum


class VesselKind(StrEnum):
    """What sets the content of a vessel."""

    BLENDER_BEFORE_PORT = "blender, before the side port"
    BLENDER_AFTER_PORT = "blender, after the side port"
    CHUTE = "chute"
    FEED_FRAME = "feed frame"


@dataclass(frozen=True, slots=True)
class Vessel:
    """A vessel: the unit that it belongs to (as its parameters are named) and its kind."""

    unit: str
    kind: VesselKind


@dataclass(frozen=True, slots=True)
class Route:
    """Vessels along the flow.

    `entry`: for each component, in the order of `composition.COMPONENTS`, the index of the vessel
    that its feeder discharges into. `probe`: index of the vessel at whose outlet the analyser
    looks.
    """

    vessels: tuple[Vessel, ...]
    entry: tuple[int, ...]
    probe: int
