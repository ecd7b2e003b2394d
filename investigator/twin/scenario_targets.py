"""Everything that a scenario can change: parameters, inputs, sensors and failure modes of a twin.

- A parameter is changed for the whole batch, by what is added to its value, within its bounds;
  those that the line is not simulated with are not offered.
- A failure mode comes with the sizes that the twin gives it, within five of their standard
  deviations, and with the courses of its own.
"""

import math
from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType

from investigator.domain.scenario import Course, SizeRange, Target, TargetKind
from investigator.process.line_parameters import LineParameters
from investigator.twin.failure_mode import MOST_SD, FailureMode, Magnitude
from investigator.twin.parameters import Parameter, Parameters
from investigator.twin.scenario_quantities import quantities
from investigator.twin.shape_courses import course_of_shape

USUAL_SHARE, WIDEST_SHARE = 0.1, 0.5
"""A parameter is usually changed by a tenth of its value, or by its uncertainty where that is more;
without bounds of its own by half of it at most."""

_UNITS = MappingProxyType(
    {
        "blend": "Blend",
        "blender": "Blender",
        "chute": "Transfer chute",
        "feed_frame": "Feed frame",
        "moisture": "Moisture",
        "press": "Tablet press",
        "tablet": "Tablet",
        "nir": "NIR analyser",
        "stations": "Press stations",
        "signature": "Signatures of faults",
    }
)

_OF_UNIT = (
    *("_kg_h", "_kn_mm", "_n_per_mm", "_mg_per_mm"),
    *("_kg", "_s", "_pct", "_rpm", "_mm", "_mpa", "_kn", "_mg", "_n"),
)
_WORDS = MappingProxyType(
    {
        "api": "API",
        "mcc": "MCC",
        "mgst": "magnesium stearate",
        "ref": "of reference",
        "lod": "loss on drying",
        "rh": "%RH",
        "holdup": "hold-up",
        "rsd": "relative standard deviation",
        "turret2": "turret squared",
        "paddle2": "paddle squared",
        "water2": "water squared",
        "2": "squared",
    }
)


def scenario_targets(
    parameters: Parameters, failure_modes: tuple[FailureMode, ...]
) -> tuple[Target, ...]:
    """What a scenario can change, failure modes first, parameters last."""
    modes = tuple(mode_target(mode) for mode in failure_modes)
    known = tuple(quantity.target for quantity in quantities())
    return (*modes, *known, *_parameters(parameters))


def mode_target(mode: FailureMode) -> Target:
    """A failure mode as a target."""
    first, *others = (_range(magnitude) for magnitude in mode.magnitudes)
    return Target(
        kind=TargetKind.FAILURE_MODE,
        target=mode.cause,
        title=mode.title,
        unit=first.unit,
        low=first.low,
        high=first.high,
        usual=first.usual,
        relative=False,
        sizes=len(mode.magnitudes),
        further=tuple(others),
        courses=tuple(course_of_shape(each.shape) for each in mode.shapes),
        times_s=tuple(each.tau_s[0] for each in mode.shapes),
        size_name=first.name,
    )


def _range(m: Magnitude) -> SizeRange:
    widest = MOST_SD * m.prior_sd
    low, high = (0.0 if m.sign > 0 else -widest), (0.0 if m.sign < 0 else widest)
    return SizeRange(m.name, m.unit, low, high, m.prior_sd * (m.sign or 1))


def simulated_with() -> Mapping[str, bool]:
    """Names of the parameters that a line is simulated with; whether each is a whole number."""
    found: dict[str, bool] = {}
    for unit in fields(LineParameters):
        hints = getattr(unit.type, "__annotations__", {})
        if unit.name in _UNITS:
            found |= {f"{unit.name}.{name}": hint is int for name, hint in hints.items()}
    return found


def _parameters(parameters: Parameters) -> tuple[Target, ...]:
    whole = simulated_with()
    return tuple(
        _parameter(name, parameters[name], whole=whole[name])
        for name in sorted(parameters)
        if name in whole
    )


def _parameter(name: str, p: Parameter, *, whole: bool) -> Target:
    usual = max(p.sd, USUAL_SHARE * abs(p.value)) or USUAL_SHARE
    widest = WIDEST_SHARE * abs(p.value) or usual
    low = p.lower - p.value if math.isfinite(p.lower) else -widest
    high = p.upper - p.value if math.isfinite(p.upper) else widest
    return Target(
        kind=TargetKind.PARAMETER,
        target=name,
        title=_title(name),
        unit=p.unit,
        low=low,
        high=high,
        usual=_usual(usual, low, high, whole=whole),
        relative=False,
        courses=(Course.WHOLE_BATCH,),
        value=p.value,
        whole=whole,
    )


def _title(name: str) -> str:
    unit, _, field = name.partition(".")
    for suffix in _OF_UNIT:
        field = field if field.endswith(f"_per{suffix}") else field.removesuffix(suffix)
    words = (_WORDS.get(word, word) for word in field.split("_"))
    return f"{_UNITS[unit]}: {' '.join(words)}"


def _usual(size: float, low: float, high: float, *, whole: bool) -> float:
    """Upwards where there is room for it."""
    size = max(1.0, round(size)) if whole else size
    return size if size <= high else max(-size, low)
