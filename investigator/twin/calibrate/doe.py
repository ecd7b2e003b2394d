"""The designed experiment on compaction: its settings in the quantities of the model.

- Assumed, the report does not say: blends replaced MCC by more API or lubricant, lactose stayed at
  its nominal share, and the API's potency was 99.2 %.
- Assumed: every run was set to the target weight of 250 mg. Means of ten tablets scatter by about
  half a milligram; with the target the strength model leaves 1.7 %, with the means 2.2 %.
- Throughput follows the turret, so does the exposure to lubrication.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from investigator.process.composition import BlendParameters, bulk_volume, true_density
from investigator.process.naming import named_tuple_of
from investigator.twin.calibrate.table import Floats, column, read_table
from investigator.twin.parameters import Parameters

FILE = "compaction_doe.csv"
TARGET_MG = 250.0
API_POWDER_PER_ACTIVE = 1.0 / 0.992

_COLUMNS = (
    "run",
    "replicate",
    "turret_speed_rpm",
    "paddle_speed_rpm",
    "mgst_pct",
    "api_active_pct",
    "api_d50_um",
    "main_force_kN",
    "pre_force_kN",
    "main_gap_mm",
    "fill_depth_mm",
    "weight_mean_mg_n10",
    "thickness_mean_mm_n10",
    "hardness_mean_N_n10",
    "ejection_force_N",
    "blend_water_lod_pct",
)


@dataclass(frozen=True, slots=True)
class DesignedRuns:
    """Settings and results of the runs, arrays of shape (runs,).

    Runs of one `setting` repeat each other as well as the press allows.
    """

    run: tuple[str, ...]
    setting: tuple[str, ...]
    turret_rpm: Floats
    paddle_rpm: Floats
    mgst: Floats
    mcc: Floats
    density: Floats
    bulk_volume: Floats
    d50_um: Floats
    force_kn: Floats
    gap_mm: Floats
    water_pct: Floats
    pre_kn: Floats
    fill_mm: Floats
    weight_mg: Floats
    thickness_mm: Floats
    hardness_n: Floats
    ejection_n: Floats
    blender_exposure: Floats
    paddle_exposure: Floats

    def chosen(self, mask: np.ndarray) -> "DesignedRuns":
        """The runs where `mask` holds."""
        labels = ("run", "setting")
        picked = {
            name: getattr(self, name)[mask]
            for name in self.__dataclass_fields__
            if name not in labels
        }
        run, setting = _picked(self.run, mask), _picked(self.setting, mask)
        return DesignedRuns(run=run, setting=setting, **picked)


def designed_runs(folder: Path, constants: Parameters, flow_exponent: float) -> DesignedRuns:
    """The designed runs; `constants` are the set parameters, `flow_exponent` of the hold-up law."""
    table = read_table(folder, FILE, _COLUMNS)
    blend = named_tuple_of(BlendParameters, "blend", constants.values_by_name())
    mgst = column(table, "mgst_pct") / 100.0
    api = column(table, "api_active_pct") / 100.0 * API_POWDER_PER_ACTIVE
    mcc = 1.0 - api - mgst - blend.lactose_nominal
    turret = column(table, "turret_speed_rpm")
    flow = turret / constants["press.turret_ref_rpm"].value
    paddle = column(table, "paddle_speed_rpm")
    return DesignedRuns(
        run=tuple(str(run) for run in table["run"]),
        setting=_settings(table),
        turret_rpm=turret,
        paddle_rpm=paddle,
        mgst=mgst,
        mcc=mcc / blend.mcc_nominal,
        density=true_density(blend, api, mcc, mgst),
        bulk_volume=bulk_volume(blend, api, mcc, np.full_like(mcc, blend.lactose_nominal), mgst),
        d50_um=column(table, "api_d50_um"),
        force_kn=column(table, "main_force_kN"),
        gap_mm=column(table, "main_gap_mm"),
        water_pct=column(table, "blend_water_lod_pct"),
        pre_kn=column(table, "pre_force_kN"),
        fill_mm=column(table, "fill_depth_mm"),
        weight_mg=column(table, "weight_mean_mg_n10"),
        thickness_mm=column(table, "thickness_mean_mm_n10"),
        hardness_n=column(table, "hardness_mean_N_n10"),
        ejection_n=column(table, "ejection_force_N"),
        blender_exposure=flow ** (flow_exponent - 1.0),
        paddle_exposure=paddle / constants["feed_frame.paddle_ref_rpm"].value / flow,
    )


def _picked(labels: tuple[str, ...], mask: np.ndarray) -> tuple[str, ...]:
    return tuple(label for label, keep in zip(labels, mask, strict=True) if keep)


def _settings(table: pd.DataFrame) -> tuple[str, ...]:
    """A label of each run's setting: replicate 1 begins a new one, the others repeat it."""
    number = np.cumsum(column(table, "replicate") == 1.0)
    return tuple(f"setting {n}" for n in number)
