"""The inputs and sensors of a line that a scenario can change, each with its effect and bounds.

- These are the quantities that `predicted` knows; a failure mode perturbs the same ones.
- An input is what the line is given or does; a sensor only says otherwise, and nothing on the line
  changes with it.
- A relative change is in per cent of the usual value, any other is added to it. The usual size is
  that of the failure modes where they change the quantity, else a tenth of the bounds or so.
"""

from dataclasses import dataclass

from investigator.domain.scenario import Course, Target, TargetKind
from investigator.twin.channels import BY_ID
from investigator.twin.failure_mode import Effect, Kind, Magnitude
from investigator.twin.quantities import LABORATORY_RUN

LABORATORY = ("lab_assay", "lab_q30", "lab_hardness", "lab_weight", "lab_water")
RELATIVE, ADDED = 0.01, 1.0
_NO_SWING = tuple(course for course in Course if course is not Course.PERIODIC)
"""Courses of what is nought at its usual value and never less."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An input or sensor: as a person sees it (`target`), and what a size of it does.

    `lab_channel`: of a sensor of the laboratory, the channel of its results; else empty.
    """

    target: Target
    effect: Effect
    lab_channel: str = ""

    @property
    def magnitude(self) -> Magnitude:
        """Its size, as a failure mode has one, about 0 with the usual size as its spread."""
        name, unit, usual = self.target.title, self.target.unit, abs(self.target.usual)
        return Magnitude(name, unit, usual, 0.0, 0, (self.effect,))


def quantities() -> tuple[Quantity, ...]:
    """All inputs and sensors, inputs first."""
    return (*_feeding(), *_line(), *_sensors(), *_instruments(), *_laboratory())


def _scaled(
    kind: TargetKind, quantity: str, title: str, low: float, high: float, usual: float
) -> Quantity:
    target = Target(kind, quantity, title, "%", low, high, usual, relative=True)
    return Quantity(target, Effect(quantity, Kind.SCALE, RELATIVE))


def _added(
    kind: TargetKind,
    quantity: str,
    title: str,
    unit: str,
    bounds: tuple[float, float],
    usual: float,
    coefficient: float = ADDED,
) -> Quantity:
    courses = tuple(Course) if bounds[0] < 0.0 else _NO_SWING
    target = Target(kind, quantity, title, unit, *bounds, usual, relative=False, courses=courses)
    return Quantity(target, Effect(quantity, Kind.ADD, coefficient))


_FEEDERS = {
    "api": ("API", 10.0),
    "mcc": ("MCC", 10.0),
    "lactose": ("lactose", 10.0),
    "mgst": ("magnesium stearate", 50.0),
}


def _feeding() -> tuple[Quantity, ...]:
    made = []
    for feeder, (material, usual) in _FEEDERS.items():
        fed = f"Feed rate of {material}"
        per_turn = f"Mass of {material} per screw revolution"
        made += [
            _scaled(TargetKind.INPUT, f"feed.{feeder}", fed, -98.0, 400.0, usual),
            _scaled(TargetKind.INPUT, f"feed_factor.{feeder}", per_turn, -95.0, 200.0, usual),
        ]
    return tuple(made)


def _line() -> tuple[Quantity, ...]:
    of = TargetKind.INPUT
    return (
        _added(of, "api.potency", "Potency of the API", "% points", (-20.0, 10.0), -3.0, RELATIVE),
        _added(of, "api.d50", "Particle size d50 of the API", "um", (-20.0, 60.0), 15.0),
        _added(of, "mcc.lod", "Loss on drying of the MCC", "%", (-3.5, 8.0), 2.0),
        _scaled(of, "mcc.compactability", "Compactability of the MCC", -60.0, 60.0, -10.0),
        _scaled(of, "blend.bulk_density", "Bulk density of the blend", -30.0, 30.0, 5.0),
        _scaled(of, "blender.speed", "Blender speed", -90.0, 150.0, -35.0),
        _scaled(of, "paddle.speed", "Feed-frame paddle speed", -90.0, 150.0, 80.0),
        _scaled(of, "turret.speed", "Turret speed", -60.0, 100.0, 20.0),
        _scaled(of, "main.force", "Main compression force", -50.0, 50.0, -10.0),
        _added(of, "press.oscillation", "Oscillation of the main force", "%", (0.0, 20.0), 4.0),
        _added(of, "press.punch_loss", "Length lost by one punch", "mm", (0.0, 1.0), 0.25),
        _added(of, "press.gate_failure", "Share not rejected on command", "-", (0.0, 1.0), 1.0),
        _added(of, "line.standstill", "Standstill of the line", "min", (0.0, 240.0), 35.0),
        _added(of, "room.rh", "Relative humidity of the room", "%RH", (-35.0, 55.0), 22.0),
    )


def _sensors() -> tuple[Quantity, ...]:
    of = TargetKind.SENSOR
    fed = tuple(
        _scaled(of, f"reading.feed_{f}", f"Indicated feed of {material}", -90.0, 200.0, 6.0)
        for f, (material, _) in _FEEDERS.items()
    )
    low = Target(
        kind=of,
        target="reading.hopper_low",
        title="API hopper below refill level",
        unit="kg",
        low=0.0,
        high=10.0,
        usual=1.0,
        relative=False,
        courses=_NO_SWING,
    )
    return (
        *fed,
        Quantity(low, Effect("reading.hopper_low", Kind.SCALE, ADDED)),
        _added(of, "reading.volumetric_mgst", "Volumetric mode of lubricant", "-", (0.0, 1.0), 1.0),
        _scaled(of, "reading.nir_api", "NIR reading of API content", -60.0, 60.0, 6.0),
        _added(of, "reading.nir_q", "NIR spectral residual", "-", (-1.0, 30.0), 3.0),
        _scaled(of, "reading.ipc_hardness", "IPC hardness reading", -60.0, 60.0, 10.0),
        _added(
            of, "reading.potency_entry", "Potency entered for API", "% points", (-20.0, 20.0), 3.0
        ),
    )


_INSTRUMENTS = (
    ("blender_speed", "Blender speed reading", (-50.0, 100.0), 5.0),
    ("holdup", "Blender hold-up reading", (-0.6, 1.0), 0.05),
    ("nir_water", "NIR reading of water content", (-2.0, 3.0), 0.2),
    ("paddle_speed", "Paddle speed reading", (-50.0, 100.0), 5.0),
    ("turret_speed", "Turret speed reading", (-50.0, 100.0), 5.0),
    ("fill_depth", "Fill depth reading", (-30.0, 30.0), 2.0),
    ("force_srel", "Srel reading", (-2.0, 10.0), 1.0),
    ("force_min", "Lowest station reading", (-30.0, 20.0), 2.0),
    ("pre_force", "Pre-compression force reading", (-50.0, 50.0), 5.0),
    ("ejection", "Ejection force reading", (-60.0, 100.0), 10.0),
    ("room_rh", "Room humidity reading", (-30.0, 40.0), 5.0),
    ("ipc_weight", "IPC weight reading", (-20.0, 20.0), 2.0),
    ("ipc_thickness", "IPC thickness reading", (-0.5, 0.5), 0.03),
)


def _instruments() -> tuple[Quantity, ...]:
    """Instruments of which no failure mode speaks: they say more or less, in the unit they show."""
    return tuple(
        _added(TargetKind.SENSOR, f"reading.{channel}", title, BY_ID[channel].unit, bounds, usual)
        for channel, title, bounds, usual in _INSTRUMENTS
    )


def _laboratory() -> tuple[Quantity, ...]:
    """An error of the runs of one test; of those whose samples lie between onset and end."""
    return tuple(
        Quantity(
            Target(
                kind=TargetKind.SENSOR,
                target=f"reading.{channel}",
                title=f"Laboratory result: {BY_ID[channel].title}",
                unit="%",
                low=-40.0,
                high=40.0,
                usual=6.0,
                relative=True,
                courses=(Course.STEP, Course.WHOLE_BATCH),
            ),
            Effect(LABORATORY_RUN, Kind.SCALE, RELATIVE),
            lab_channel=channel,
        )
        for channel in LABORATORY
    )
