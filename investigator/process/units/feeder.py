"""Declaration of the loss-in-weight feeder; equations in `process.feeder` and `weigh_feeding`."""

from math import inf

from investigator.process.declaration import PowderRole, Quantity, UnitKind, powder, signal

LOSS_IN_WEIGHT_FEEDER = UnitKind(
    name="loss_in_weight_feeder",
    meaning="a screw under a hopper on a scale, controlled by the fall of the weight",
    role=PowderRole.FEEDER,
    source="feed factor by fill: Metta et al., Processes 7 (2019) 234; refill disturbance: Engisch "
    "and Muzzio, Powder Technol. (2015)",
    inlets=(signal("rate", "kg/h", "total rate of the line, of which this feeder gives a share"),),
    outlets=(
        powder("discharge", "powder delivered"),
        signal("mass_flow", "kg/h", "flow as the controller shows it"),
        signal("net_weight", "kg", "content of the hopper as the scale shows it"),
        signal("screw_speed", "rpm", "speed of the screw"),
    ),
    states=(
        Quantity("content", "kg", 0.0, inf, "powder in the hopper"),
        Quantity("integral", "-", -inf, inf, "integral part of the controller, of the speed"),
        Quantity("disturbance", "-", -1.0, inf, "relative change of the feed factor after refill"),
        Quantity("mass_flow", "kg/h", 0.0, inf, "flow as the controller shows it"),
        Quantity("mode", "-", 0.0, 5.0, "off, gravimetric, refill, settle, volumetric, hold"),
    ),
    inputs=(
        Quantity("share", "kg/kg", 0.0, 1.0, "share of the total rate"),
        Quantity("bulk_density", "-", 0.0, inf, "of the lot over that of the lots known"),
        Quantity("blockage", "-", 0.0, 1.0, "share of the flow that a bridge holds back"),
        Quantity("span_error", "-", -0.5, 0.5, "error of the scale, relative"),
    ),
    parameters=(
        Quantity("factor_full_g_rev", "g/rev", 0.0, inf, "feed factor of a full hopper"),
        Quantity("factor_empty_g_rev", "g/rev", 0.0, inf, "feed factor of an empty hopper"),
        Quantity("fill_rate_per_kg", "1/kg", 0.0, inf, "decay of the feed factor with content"),
        Quantity("factor_scatter", "-", 0.0, 1.0, "relative scatter of the feed factor"),
        Quantity("flow_scatter", "-", 0.0, 1.0, "relative scatter of the flow"),
        Quantity("screw_limit_rpm", "rpm", 1e-6, inf, "highest speed of the screw"),
        Quantity("refill_start_kg", "kg", 0.0, inf, "weight at which a refill begins"),
        Quantity("refill_end_kg", "kg", 1e-6, inf, "weight at which it ends"),
        Quantity("refill_kg_s", "kg/s", 1e-9, inf, "rate of filling"),
        Quantity("refill_gain", "-", -1.0, inf, "relative change of the feed factor by a refill"),
        Quantity("refill_fading_s", "s", 1e-6, inf, "time in which that fades to 37 %"),
        Quantity("settle_s", "s", 0.0, inf, "time for which the weight settles after a refill"),
        Quantity("window_s", "s", 1e-6, inf, "window of the slope of the weight"),
        Quantity("gain", "-", 0.0, inf, "gain of the controller on the relative error"),
        Quantity("integral_rate_per_s", "1/s", 0.0, inf, "integral rate of the controller"),
    ),
    outputs=(
        Quantity("flow", "kg/h", 0.0, inf, "true flow delivered"),
        Quantity("feed_factor", "g/rev", 0.0, inf, "powder delivered in one revolution"),
    ),
    through=(("rate", "discharge"), ("rate", "screw_speed")),
)
