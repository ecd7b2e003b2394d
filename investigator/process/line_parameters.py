"""The parameters of a whole line: one tuple for every unit, and the route of the powder."""

from collections.abc import Mapping
from dataclasses import dataclass

from investigator.process import (
    blender,
    chute,
    composition,
    feed_frame,
    moisture,
    press,
    sensors,
    signatures,
    tablet,
)
from investigator.process.naming import named_tuple_of
from investigator.process.route import Route, Vessel, VesselKind

SIDE_PORT_ROUTE = Route(
    vessels=(
        Vessel("blender", VesselKind.BLENDER_BEFORE_PORT),
        Vessel("blender", VesselKind.BLENDER_AFTER_PORT),
        Vessel("chute", VesselKind.CHUTE),
        Vessel("feed_frame", VesselKind.FEED_FRAME),
    ),
    entry=(0, 0, 0, 1),
    probe=1,
)


@dataclass(frozen=True, slots=True)
class LineParameters:
    """The parameters of every unit of the line, and the way of the powder through it."""

    blend: composition.BlendParameters
    blender: blender.BlenderParameters
    chute: chute.ChuteParameters
    feed_frame: feed_frame.FeedFrameParameters
    moisture: moisture.MoistureParameters
    press: press.PressParameters
    tablet: tablet.TabletParameters
    nir: sensors.NirParameters
    stations: signatures.StationParameters
    signature: signatures.SignatureParameters
    route: Route = SIDE_PORT_ROUTE

    @classmethod
    def of(cls, values: Mapping[str, float], route: Route = SIDE_PORT_ROUTE) -> "LineParameters":
        """From values named `unit.field`, e.g. `blender.holdup_ref_kg`; a missing one: KeyError."""
        return cls(
            blend=named_tuple_of(composition.BlendParameters, "blend", values),
            blender=named_tuple_of(blender.BlenderParameters, "blender", values),
            chute=named_tuple_of(chute.ChuteParameters, "chute", values),
            feed_frame=named_tuple_of(feed_frame.FeedFrameParameters, "feed_frame", values),
            moisture=named_tuple_of(moisture.MoistureParameters, "moisture", values),
            press=named_tuple_of(press.PressParameters, "press", values),
            tablet=named_tuple_of(tablet.TabletParameters, "tablet", values),
            nir=named_tuple_of(sensors.NirParameters, "nir", values),
            stations=named_tuple_of(signatures.StationParameters, "stations", values),
            signature=named_tuple_of(signatures.SignatureParameters, "signature", values),
            route=route,
        )
