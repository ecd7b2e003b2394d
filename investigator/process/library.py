"""The library of unit kinds, by the names that flowsheets use."""

from collections.abc import Mapping
from types import MappingProxyType

from investigator.process.declaration import UnitKind
from investigator.process.units.control import RATE_CONTROL, WEIGHT_CONTROL, WEIGHT_TRIM
from investigator.process.units.feeder import LOSS_IN_WEIGHT_FEEDER
from investigator.process.units.press import TABLET_ATTRIBUTES, TABLET_PRESS
from investigator.process.units.sensors import FORCE_SENSOR, NIR_PROBE, ROOM
from investigator.process.units.vessels import BLENDER, CHUTE, FEED_FRAME

UNIT_KINDS: Mapping[str, UnitKind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            LOSS_IN_WEIGHT_FEEDER,
            BLENDER,
            NIR_PROBE,
            CHUTE,
            FEED_FRAME,
            TABLET_PRESS,
            TABLET_ATTRIBUTES,
            FORCE_SENSOR,
            ROOM,
            WEIGHT_CONTROL,
            WEIGHT_TRIM,
            RATE_CONTROL,
        )
    }
)
