"""The channels in which plant and twin are compared: one list for replay, diagnosis, report.

- A series channel is a signal, or a ratio of signals that a person can read, on one grid.
- A point channel is a value with a place in time: an in-process sample, a laboratory result, an
  entry of the record.
- For every channel the same words, unit and scale hold for what was measured and what is predicted.
"""

from dataclasses import dataclass

GRID_S = 30.0


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel: id, words, unit, and the factor from its stored value to that unit."""

    channel: str
    title: str
    unit: str
    to_unit: float = 1.0


SERIES: tuple[Channel, ...] = (
    Channel("feed_api", "API feed against set-point", "%", 100.0),
    Channel("feed_mcc", "MCC feed against set-point", "%", 100.0),
    Channel("feed_lactose", "Lactose feed against set-point", "%", 100.0),
    Channel("feed_mgst", "Magnesium stearate feed against set-point", "%", 100.0),
    Channel("feed_mcc_spread", "Oscillation of the MCC feed (log10 of 5 min sd)", "-"),
    Channel("feed_factor_api", "API mass per screw revolution (log)", "%", 100.0),
    Channel("feed_factor_mcc", "MCC mass per screw revolution (log)", "%", 100.0),
    Channel("feed_factor_lactose", "Lactose mass per screw revolution (log)", "%", 100.0),
    Channel("feed_factor_mgst", "Magnesium stearate mass per screw revolution (log)", "%", 100.0),
    Channel("volumetric_mgst", "Lubricant feeder in volumetric mode", "-"),
    Channel("hopper_low", "API hopper below its refill level", "kg"),
    Channel("blender_speed", "Blender speed against set-point", "%", 100.0),
    Channel("holdup", "Blender hold-up", "kg"),
    Channel("nir_api", "NIR API content", "% w/w"),
    Channel("nir_water", "NIR water content", "% w/w"),
    Channel("nir_q", "NIR spectral residual", "-"),
    Channel("paddle_speed", "Feed-frame paddle speed against set-point", "%", 100.0),
    Channel("turret_speed", "Turret speed against set-point", "%", 100.0),
    Channel("fill_depth", "Fill depth (log)", "%", 100.0),
    Channel("force", "Main force against set-point", "%", 100.0),
    Channel("force_spread", "Oscillation of main force (log10 of 3 min sd)", "-"),
    Channel("fill_spread", "Oscillation of fill depth (log10 of 3 min sd)", "-"),
    Channel("force_srel", "Main force Srel over a turn", "%"),
    Channel("force_min", "Lowest station against mean force", "%", 100.0),
    Channel("pre_force", "Pre-compression force (log)", "%", 100.0),
    Channel("ejection", "Ejection force (log)", "%", 100.0),
    Channel("room_rh", "Room relative humidity", "%RH"),
    Channel("gate_mismatch", "Reject gate commanded but not actuated", "-"),
    Channel("line_stop", "Line at standstill for more than 10 min", "-"),
)

POINTS: tuple[Channel, ...] = (
    Channel("ipc_weight", "IPC mean weight", "mg"),
    Channel("ipc_thickness", "IPC mean thickness", "mm"),
    Channel("ipc_hardness", "IPC mean hardness", "N"),
    Channel("lab_assay", "Assay (QC)", "% LC"),
    Channel("lab_cu_spread", "Content uniformity, log10 of the sd of units", "-"),
    Channel("lab_q30", "Dissolution Q30 mean (QC)", "% LC"),
    Channel("lab_hardness", "Mean hardness (QC)", "N"),
    Channel("lab_weight", "Mean weight (QC)", "mg"),
    Channel("lab_water", "Water LOD (QC)", "%"),
    Channel("potency_entry", "Entered potency minus certificate", "% points"),
    Channel("lot_mcc_lod", "LOD of the MCC lot (certificate)", "%"),
    Channel("lot_api_d50", "d50 of the API lot (certificate)", "um"),
    Channel("lot_api_density", "Bulk density of the API lot (log, certificate)", "%", 100.0),
)

# What turns a machine or fills the room does not know which lot is being run.
NOT_OF_MATERIAL = frozenset({"blender_speed", "paddle_speed", "turret_speed", "room_rh"})

SERIES_INDEX = {c.channel: i for i, c in enumerate(SERIES)}
BY_ID = {c.channel: c for c in SERIES + POINTS}
