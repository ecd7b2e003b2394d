"""Declarations of the controllers that close the loops of the line.

Equations in `process.weight_control` and `process.rate_control`.
"""

from math import inf

from investigator.process.declaration import PowderRole, Quantity, UnitKind, signal

WEIGHT_CONTROL = UnitKind(
    name="weight_control",
    meaning="holds the mean main force by the fill depth, at constant distance of the rollers",
    role=PowderRole.NONE,
    source="integrating controller on the force, a moving average before it",
    inlets=(
        signal("force", "kN", "main force as shown"),
        signal("set_point", "kN", "force that is to be held"),
    ),
    outlets=(signal("fill_depth", "mm", "fill depth given to the press"),),
    states=(
        Quantity("fill_depth", "mm", 0.0, 30.0, "fill depth"),
        Quantity("mean_force", "kN", 0.0, inf, "mean of the force shown"),
    ),
    parameters=(
        Quantity("averaging_s", "s", 1e-6, inf, "time over which the force is averaged"),
        Quantity("gain_mm_kn_s", "mm/(kN s)", 0.0, inf, "gain of the fill depth on the force"),
        Quantity("fill_least_mm", "mm", 0.0, 30.0, "least depth of the fill cam"),
        Quantity("fill_most_mm", "mm", 1e-6, 30.0, "largest depth of the fill cam"),
    ),
    outputs=(Quantity("fill_depth", "mm", 0.0, 30.0, "fill depth"),),
)

WEIGHT_TRIM = UnitKind(
    name="weight_trim",
    meaning="moves the force set-point after a sample of tablets that weigh too much or too little",
    role=PowderRole.NONE,
    source="rule of the line: a correction some minutes after the sample, beyond a dead band",
    inlets=(signal("weight", "mg", "mean weight of a sample"),),
    outlets=(signal("force_set_point", "kN", "force that is to be held"),),
    states=(Quantity("force_set_point", "kN", 0.0, inf, "force that is to be held"),),
    parameters=(
        Quantity("target_mg", "mg", 1e-6, inf, "weight that is wanted"),
        Quantity("dead_band_mg", "mg", 0.0, inf, "error of the weight that is let be"),
        Quantity("force_kn_mg", "kN/mg", 0.0, inf, "move of the set-point by error of the weight"),
        Quantity("delay_s", "s", 0.0, inf, "time from the sample to the move"),
        Quantity("interval_s", "s", 1e-6, inf, "time between samples"),
    ),
    outputs=(Quantity("force_set_point", "kN", 0.0, inf, "force that is to be held"),),
)

RATE_CONTROL = UnitKind(
    name="rate_control",
    meaning="holds the level of the chute by the total rate of the feeders; the press leads",
    role=PowderRole.NONE,
    source="slow proportional-integral controller with a limited correction",
    inlets=(
        signal("level", "%", "level of the chute as shown"),
        signal("demand", "kg/h", "powder that the press takes"),
    ),
    outlets=(signal("rate", "kg/h", "total rate of the feeders"),),
    states=(Quantity("integral", "-", -1.0, 1.0, "integral part of the correction"),),
    parameters=(
        Quantity("gain", "-", 0.0, inf, "gain on the error of the level"),
        Quantity("integral_rate_per_s", "1/s", 0.0, inf, "integral rate on it"),
        Quantity("most", "-", 0.0, 1.0, "largest correction"),
    ),
    outputs=(Quantity("rate", "kg/h", 0.0, inf, "total rate of the feeders"),),
    inputs=(Quantity("level_set_point", "%", 0.0, 100.0, "level that is to be held"),),
    through=(("level", "rate"), ("demand", "rate")),
)
