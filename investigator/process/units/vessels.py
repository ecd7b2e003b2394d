"""Declarations of what holds powder on its way: blender, chute, feed frame.

Equations in `process.blender`, `chute`, `feed_frame` and, for what moves, `transport`.
"""

from math import inf

from investigator.process.declaration import (
    HeldAt,
    PowderRole,
    Quantity,
    UnitKind,
    powder,
    signal,
)
from investigator.process.route import VesselKind


def _composition(tanks: str, where: str) -> tuple[Quantity, ...]:
    """What every tank carries of the powder in it."""
    return (
        Quantity(f"composition{where}", "kg/kg", 0.0, 1.0, "components in each tank", tanks),
        Quantity(f"age{where}", "s", 0.0, inf, "mean age of the powder in each tank", tanks),
        Quantity(f"exposure{where}", "-", 0.0, inf, "lubrication exposure in each tank", tanks),
    )


BLENDER = UnitKind(
    name="blender_with_side_port",
    meaning="horizontal continuous blender with an overflow weir; lubricant enters at its side",
    role=PowderRole.VESSEL,
    source="hold-up law: Vanarase and Muzzio, Powder Technol. 208 (2011) 26-36; tanks in series: "
    "Levenspiel, ch. 14",
    inlets=(
        powder("feed", "powders at the inlet end", several=True),
        powder("side", "powder at the side port", several=True),
    ),
    outlets=(
        powder("outlet", "blend over the weir"),
        signal("holdup", "kg", "content as the load cells show it"),
    ),
    states=(
        Quantity("content", "kg", 0.0, inf, "powder in each part of the trough", "holdup_cells"),
        *_composition("tanks_before_port", "_before_port"),
        *_composition("tanks_after_port", "_after_port"),
    ),
    inputs=(Quantity("speed", "rpm", 0.0, 1000.0, "speed of the shaft"),),
    parameters=(
        Quantity("holdup_ref_kg", "kg", 1e-6, inf, "content at reference speed and flow"),
        Quantity("speed_ref_rpm", "rpm", 1e-6, inf, "reference speed"),
        Quantity("flow_ref_kg_h", "kg/h", 1e-6, inf, "reference flow"),
        Quantity("speed_exponent", "-", 0.0, 3.0, "fall of the content with speed"),
        Quantity("flow_exponent", "-", 1e-6, 3.0, "growth of the content with flow"),
        Quantity("holdup_cells", "-", 1.0, 1000.0, "parts of the trough that each obey the law"),
        Quantity("active_share", "-", 1e-6, 1.0, "share of the content that exchanges"),
        Quantity("port_position", "-", 1e-6, 1.0, "share of the content before the side port"),
        Quantity("tanks_before_port", "-", 1.0, 1000.0, "mixed tanks before the side port"),
        Quantity("tanks_after_port", "-", 1.0, 1000.0, "mixed tanks after the side port"),
    ),
    outputs=(Quantity("blender_holdup_kg", "kg", 0.0, inf, "powder in the blender"),),
    vessels=(
        HeldAt(VesselKind.BLENDER_BEFORE_PORT, "feed"),
        HeldAt(VesselKind.BLENDER_AFTER_PORT, "side"),
    ),
)

CHUTE = UnitKind(
    name="transfer_chute",
    meaning="chute or hopper that holds the difference of what comes and what is taken",
    role=PowderRole.VESSEL,
    source="tanks in series: Levenspiel, ch. 14",
    inlets=(powder("inlet", "blend from above"),),
    outlets=(
        powder("outlet", "blend to what stands below"),
        signal("level", "%", "level as its sensor shows it"),
    ),
    states=(
        Quantity("content", "kg", 0.0, inf, "powder in the chute"),
        *_composition("tanks", ""),
    ),
    parameters=(
        Quantity("full_kg", "kg", 1e-6, inf, "content at 100 % level"),
        Quantity("tanks", "-", 1.0, 1000.0, "mixed tanks"),
        Quantity("level_time_s", "s", 1e-6, inf, "time in which the content follows the level"),
    ),
    vessels=(HeldAt(VesselKind.CHUTE, "inlet"),),
)

FEED_FRAME = UnitKind(
    name="feed_frame",
    meaning="forced feeder of the press; its paddles work the powder",
    role=PowderRole.VESSEL,
    source="lubrication by strain: Kushner and Moore, Int. J. Pharm. 399 (2010) 19-30; Mendez, "
    "Muzzio, Velazquez, AIChE J. 58 (2012) 697-706",
    inlets=(powder("inlet", "blend from the chute"),),
    outlets=(powder("outlet", "blend to the dies"),),
    states=_composition("tanks", ""),
    inputs=(Quantity("paddle_speed", "rpm", 0.0, 1000.0, "speed of the paddles"),),
    parameters=(
        Quantity("content_kg", "kg", 1e-6, inf, "powder in the feed frame"),
        Quantity("tanks", "-", 1.0, 1000.0, "mixed tanks"),
        Quantity("paddle_ref_rpm", "rpm", 1e-6, inf, "reference speed of the paddles"),
        Quantity("flow_ref_kg_h", "kg/h", 1e-6, inf, "reference flow"),
        Quantity("blender_exposure", "-", 0.0, inf, "lubrication exposure gained in the blender"),
    ),
    outputs=(
        Quantity("exposure", "-", 0.0, inf, "lubrication exposure of what reaches the dies"),
        Quantity("transit_s", "s", 0.0, inf, "mean age of what reaches the dies"),
    ),
    vessels=(HeldAt(VesselKind.FEED_FRAME, "inlet"),),
)
