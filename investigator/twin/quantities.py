"""The quantities that a perturbation can change, and how: multiplied by a factor, or offset.

- What is not named here changes nothing when the line is predicted, so a failure mode over it is
  refused: it would be fitted in silence and explain nothing.
- A course of the record can be taken over only for quantities whose departures are recorded.
"""

from types import MappingProxyType

from investigator.twin.record_map import FEEDERS

LABORATORY_RUN = "reading.lab_run"
"""A run of the laboratory: the results of one method and run are multiplied."""

FACTORS = frozenset(
    {
        *(f"feed.{feeder}" for feeder in FEEDERS),
        *(f"feed_factor.{feeder}" for feeder in FEEDERS),
        *(f"reading.feed_{feeder}" for feeder in FEEDERS),
        *("blender.speed", "paddle.speed", "turret.speed", "main.force", "mcc.compactability"),
        *("blend.bulk_density", "reading.hopper_low", "reading.nir_api", "reading.ipc_hardness"),
        LABORATORY_RUN,
    }
)
"""Quantities that are multiplied: effects of the kinds scale, divide and recorded."""

OFFSETS = MappingProxyType(
    {
        "api.potency": "mass fraction",
        "api.d50": "um",
        "mcc.lod": "%",
        "room.rh": "%RH",
        "press.oscillation": "%",
        "press.punch_loss": "mm",
        "press.gate_failure": "share",
        "line.standstill": "min",
        "reading.nir_q": "-",
        "reading.volumetric_mgst": "share",
        "reading.potency_entry": "% points",
    }
)
"""Quantities that are added to, with their units: effects of the kinds add and add_abs."""

READINGS = (
    *("blender_speed", "holdup", "nir_water", "paddle_speed", "turret_speed", "fill_depth"),
    *("force_srel", "force_min", "pre_force", "ejection", "room_rh", "ipc_weight", "ipc_thickness"),
)
"""Channels whose instrument may be supposed to read otherwise, by what is added to `reading.` and
the channel, in its unit. Scenarios only: what a failure mode over one of them means for the product
is worked out for the readings above."""

RECORDED = frozenset(
    {*(f"feed.{feeder}" for feeder in FEEDERS), "feed_factor.api", "reading.hopper_low"}
)
"""Quantities whose departures the historian shows: effects of the kind recorded."""

UNITS_OF_SIZE = frozenset(
    {
        *("-", "%", "% points", "%RH", "% w/w", "% LC", "share", "min", "s", "mm", "um", "kN", "N"),
        *("kg", "g", "mg", "kg/h", "rpm", "degC", "Pa", "mbar", "Nm", "MPa", "1/min"),
    }
)
"""Units in which the size of a failure mode is told."""
