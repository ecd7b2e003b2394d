"""Declarations of sensors and of the room: what is seen of the line, and what it stands in.

A sensor has faults of its own (`process.sensor_faults`), given from outside like any input; no
fault is a sound sensor. Equations of the probe in `process.sensors`.
"""

from math import inf

from investigator.process.declaration import PowderRole, Quantity, UnitKind, powder, signal
from investigator.process.sensor_faults import FaultKind


def _faults(unit: str) -> tuple[Quantity, ...]:
    """The faults that a sensor of any kind can have, given from outside."""
    return (
        Quantity(FaultKind.BIAS, unit, -inf, inf, "constant error of the reading"),
        Quantity(FaultKind.GAIN, "-", -1.0, inf, "relative error of the reading"),
        Quantity(FaultKind.DRIFT, f"{unit}/h", -inf, inf, "growth of the error since it began"),
        Quantity(FaultKind.FOULING, "-", 0.0, 1.0, "share of the reading that is hidden at last"),
        Quantity(FaultKind.FREEZE, "-", 0.0, 1.0, "1: the reading stays as it was"),
        Quantity(FaultKind.NOISE, "-", 0.0, inf, "noise over that of a sound sensor"),
        Quantity(FaultKind.SPIKES, unit, -inf, inf, "size of single wild readings"),
    )


NIR_PROBE = UnitKind(
    name="nir_probe",
    meaning="near-infrared probe in the stream of blend",
    role=PowderRole.PROBE,
    source="linear calibration with an effect of particle size, as the line's own validation "
    "study of the method describes it",
    inlets=(
        powder("inlet", "blend that passes the probe"),
        signal("humidity", "%RH", "humidity of the room that the blend was in"),
    ),
    outlets=(
        powder("outlet", "the same blend"),
        signal("api", "% w/w", "reading of active ingredient"),
        signal("water", "% w/w", "reading of water"),
    ),
    inputs=_faults("% w/w"),
    parameters=(
        Quantity("api_bias_pct", "% w/w", -inf, inf, "bias of the reading of API"),
        Quantity("api_slope", "-", 1e-6, inf, "slope of the reading of API"),
        Quantity("api_d50", "% w/w", -inf, inf, "its change with the logarithm of API size"),
        Quantity("water_bias_pct", "% w/w", -inf, inf, "bias of the reading of water"),
        Quantity("water_slope", "-", 1e-6, inf, "slope of the reading of water"),
        Quantity("api_noise_pct", "% w/w", 0.0, inf, "sd of a single reading of API"),
        Quantity("water_noise_pct", "% w/w", 0.0, inf, "sd of a single reading of water"),
    ),
    outputs=(
        Quantity("nir_api_pct", "% w/w", 0.0, 100.0, "active ingredient in what passes"),
        Quantity("nir_water_pct", "% w/w", 0.0, 100.0, "water in what passes"),
    ),
    through=(
        ("inlet", "outlet"),
        ("inlet", "api"),
        ("inlet", "water"),
        ("humidity", "water"),
    ),
)

FORCE_SENSOR = UnitKind(
    name="force_sensor",
    meaning="load cell of a roller",
    role=PowderRole.NONE,
    source="reading = true value with the sensor's faults",
    inlets=(signal("force", "kN", "true force"),),
    outlets=(signal("reading", "kN", "force as shown"),),
    inputs=_faults("kN"),
    through=(("force", "reading"),),
)

ROOM = UnitKind(
    name="room",
    meaning="the room whose air the blend touches",
    role=PowderRole.NONE,
    source="sorption study of the line",
    outlets=(signal("humidity", "%RH", "relative humidity"),),
    inputs=(Quantity("relative_humidity", "%RH", 0.0, 100.0, "relative humidity"),),
    through=(),
)
