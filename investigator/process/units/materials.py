"""What belongs to the powders rather than to a unit: densities, water, properties of the lots.

Equations in `process.composition` and `process.moisture`. Names are full ones, `group.field`.
"""

from math import inf

from investigator.process.declaration import Quantity

MATERIAL_PARAMETERS = (
    Quantity("blend.api_density", "g/cm3", 0.1, 20.0, "true density of the API"),
    Quantity("blend.mcc_density", "g/cm3", 0.1, 20.0, "true density of MCC"),
    Quantity("blend.lactose_density", "g/cm3", 0.1, 20.0, "true density of lactose"),
    Quantity("blend.mgst_density", "g/cm3", 0.1, 20.0, "true density of the lubricant"),
    Quantity("blend.api_bulk_density", "g/cm3", 0.01, 20.0, "usual bulk density of the API"),
    Quantity("blend.mcc_bulk_density", "g/cm3", 0.01, 20.0, "usual bulk density of MCC"),
    Quantity("blend.lactose_bulk_density", "g/cm3", 0.01, 20.0, "usual bulk density of lactose"),
    Quantity("blend.api_nominal", "kg/kg", 0.0, 1.0, "nominal share of the API"),
    Quantity("blend.mcc_nominal", "kg/kg", 0.0, 1.0, "nominal share of MCC"),
    Quantity("blend.lactose_nominal", "kg/kg", 0.0, 1.0, "nominal share of lactose"),
    Quantity("blend.mgst_nominal", "kg/kg", 0.0, 1.0, "nominal share of the lubricant"),
    Quantity("moisture.api_lod_pct", "%", 0.0, 100.0, "water of the API"),
    Quantity("moisture.lactose_lod_pct", "%", 0.0, 100.0, "water of lactose"),
    Quantity("moisture.blend_equilibrium_pct", "%", 0.0, 100.0, "equilibrium at reference"),
    Quantity("moisture.blend_equilibrium_per_rh", "%/%RH", -inf, inf, "its rise with humidity"),
    Quantity("moisture.reference_rh_pct", "%RH", 0.0, 100.0, "reference humidity"),
    Quantity("moisture.uptake_share", "-", 0.0, 1.0, "share of the way to equilibrium"),
    Quantity("moisture.uptake_time_s", "s", 0.0, inf, "lag behind the humidity of the room"),
)

MATERIAL_INPUTS = (
    Quantity("lots.api_potency", "kg/kg", 0.0, 1.2, "active share of the API"),
    Quantity("lots.api_d50_um", "um", 1.0, 2000.0, "median particle size of the API"),
    Quantity("lots.mcc_lod_pct", "%", 0.0, 100.0, "water of MCC"),
    Quantity("lots.mcc_compactability", "-", 0.0, inf, "of MCC, over that of the lots known"),
    Quantity("lots.mcc_bulk", "-", 0.01, inf, "bulk density of MCC, over the usual one"),
    Quantity("lots.lactose_bulk", "-", 0.01, inf, "bulk density of lactose, over the usual one"),
)
