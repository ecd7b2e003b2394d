"""Reference statistics of normal batches: usual levels and the noise model of every channel.

- They are the only thing that an unattended run knows of other batches.
- Estimated by a command from a folder of normal batches, in two steps: usual levels first, then the
  residuals of the unperturbed twin, channel by channel.
"""

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import numpy as np

from investigator.domain.errors import UnusableInput
from investigator.process.line import LineParameters
from investigator.twin.channels import NOT_OF_MATERIAL, POINTS, SERIES, SERIES_INDEX
from investigator.twin.measured import Measured, lot_changes, measure
from investigator.twin.noise import ChannelNoise, fit_noise, noise_table
from investigator.twin.predicted import Nominals, frame, predict
from investigator.twin.record import Array, LineRecord
from investigator.twin.scenario import UNPERTURBED

FILE = "normal_batches"

RESOLUTION = {
    "feed_api": 0.003,
    "feed_mcc": 0.003,
    "feed_lactose": 0.003,
    "feed_mgst": 0.003,
    "feed_mcc_spread": 0.03,
    "feed_factor_api": 0.003,
    "feed_factor_mcc": 0.003,
    "feed_factor_lactose": 0.003,
    "feed_factor_mgst": 0.003,
    "volumetric_mgst": 0.05,
    "hopper_low": 0.02,
    "blender_speed": 0.0002,
    "holdup": 0.0005,
    "nir_api": 0.03,
    "nir_water": 0.01,
    "nir_q": 0.03,
    "paddle_speed": 0.0005,
    "turret_speed": 0.0002,
    "fill_depth": 0.0001,
    "force": 0.002,
    "force_spread": 0.02,
    "fill_spread": 0.02,
    "force_srel": 0.03,
    "force_min": 0.003,
    "pre_force": 0.002,
    "ejection": 0.004,
    "room_rh": 0.02,
    "gate_mismatch": 0.1,
    "line_stop": 0.05,
    "ipc_weight": 0.1,
    "ipc_thickness": 0.003,
    "ipc_hardness": 0.3,
    "lab_assay": 0.1,
    "lab_cu_spread": 0.03,
    "lab_q30": 0.3,
    "lab_hardness": 0.3,
    "lab_weight": 0.1,
    "lab_water": 0.02,
    "potency_entry": 0.1,
    "lot_mcc_lod": 0.1,
    "lot_api_d50": 0.5,
    "lot_api_density": 0.01,
}


# The law of the pre-compression force is the least certain of the press: it may wander more than
# the normal batches happened to show.
LEAST_WALK = {"pre_force": 0.0004}


@dataclass(frozen=True, slots=True)
class Reference:
    """What the twin knows of normal batches.

    `standstills_min`: how long the press stood between its first and last turn, every time; empty
    where a package does not tell.
    """

    nominals: Nominals
    series: tuple[ChannelNoise, ...]
    points: tuple[ChannelNoise, ...]
    usual_gains: Mapping[str, float]
    batches: tuple[str, ...]
    standstills_min: tuple[float, ...] = ()

    @property
    def gains(self) -> Array:
        """Gain of the best change in normal batches, by channel, series first."""
        return np.array([self.usual_gains[c.channel] for c in SERIES + POINTS])

    @property
    def series_table(self) -> Array:
        """Noise of the series channels, (channels, 5)."""
        return noise_table(self.series)

    @property
    def points_table(self) -> Array:
        """Noise of the point channels, (channels, 5)."""
        return noise_table(self.points)


def read_reference(statistics: Mapping[str, Any]) -> Reference:
    """Reference statistics from the package's parsed JSON files.

    Raises:
        UnusableInput: they are missing or incomplete.
    """
    try:
        document = statistics[FILE]
        noise = {row["channel"]: row for row in document["noise"]}
        return Reference(
            nominals=Nominals(**{k: float(v) for k, v in document["nominals"].items()}),
            series=tuple(_noise(noise[c.channel]) for c in SERIES),
            points=tuple(_noise(noise[c.channel]) for c in POINTS),
            usual_gains={
                c.channel: float(document["usual_gains"][c.channel]) for c in SERIES + POINTS
            },
            batches=tuple(document["batches"]),
            standstills_min=_lengths(document.get("standstills_min", ())),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise UnusableInput(
            f"reference/{FILE}.json",
            f"the statistics of normal batches are incomplete ({fault})",
            "estimate them again with `investigator twin reference`",
        ) from fault


def _lengths(stated: Sequence[float]) -> tuple[float, ...]:
    lengths = tuple(map(float, stated))
    if not all(0.0 < length < math.inf for length in lengths):
        raise ValueError("standstills_min holds a length that is not above 0")
    return lengths


def _noise(row: Mapping[str, Any]) -> ChannelNoise:
    values = {f.name: float(row[f.name]) for f in fields(ChannelNoise) if f.name != "batches"}
    return ChannelNoise(**values, batches=int(row["batches"]))


def estimate_reference(
    runs: Sequence[tuple[str, LineRecord]], parameters: LineParameters, executor: Executor
) -> dict[str, Any]:
    """The JSON document of reference statistics, from normal runs (batch id, record)."""
    records = [record for _, record in runs]
    measured = [measure(record) for record in records]
    nominals = usual_levels(measured)
    found = list(
        executor.map(lambda r, m: residuals_of(r, m, parameters, nominals), records, measured)
    )
    changes = padded([lot_changes(record) for record in records])
    channels = [c.channel for c in SERIES + POINTS]

    def fitted(channel: str) -> ChannelNoise:
        return channel_noise(channel, padded([rows[channel] for rows in found]), changes)

    noises = executor.map(fitted, channels)
    return {
        "batches": [batch for batch, _ in runs],
        "standstills_min": [
            _digits(stop.seconds / 60.0) for record in records for stop in record.standstills
        ],
        "nominals": {f.name: _digits(getattr(nominals, f.name)) for f in fields(Nominals)},
        "noise": [
            {"channel": ch, **{k: _digits(v) for k, v in asdict(noise).items()}}
            for ch, noise in zip(channels, noises, strict=True)
        ],
    }


def _digits(value: float) -> float:
    return float(f"{value:.6g}")


def residuals_of(
    record: LineRecord, measured: Measured, parameters: LineParameters, nominals: Nominals
) -> dict[str, Array]:
    """Plant minus unperturbed twin by channel: series (bins,), NaN where unknown or in doubt, and
    points in order of time."""
    ready = frame(record, measured.points, nominals, coarse=True)
    predicted = predict(ready, UNPERTURBED, parameters, nominals)
    sure = np.where(measured.sd_factor > 1.0, np.nan, measured.series - predicted.series)
    series = {c.channel: sure[i] for i, c in enumerate(SERIES)}
    points = {c.channel: _point_residuals(c.channel, measured, predicted.points) for c in POINTS}
    return series | points


def channel_noise(
    channel: str, rows: Array, changes: Array, start: ChannelNoise | None = None
) -> ChannelNoise:
    """The noise model of a channel from residuals of normal batches, (batches, n), NaN unknown.

    Args:
        channel: its id.
        rows: residuals, a row a batch.
        changes: shares of lot changes by series bin, of the same batches (see `level_changes`).
        start: a model of nearly the same batches, to begin the search from.
    """
    moved = channel in SERIES_INDEX and channel not in NOT_OF_MATERIAL
    changing = np.nan_to_num(changes) if moved else np.zeros_like(rows)
    noise = fit_noise(rows, changing, floor=RESOLUTION[channel], start=start)
    return replace(noise, sd_walk=max(noise.sd_walk, LEAST_WALK.get(channel, 0.0)))


def padded(rows: Sequence[Array]) -> Array:
    """Courses of different length as one array (courses, longest), NaN behind each."""
    width = max(max((r.size for r in rows), default=1), 1)
    out = np.full((len(rows), width), np.nan)
    for i, row in enumerate(rows):
        out[i, : row.size] = row
    return out


def in_order(measured: Measured, channel: str) -> list[int]:
    """Where the points of a channel stand among the measured points, in order of time."""
    chosen = [i for i, p in enumerate(measured.points) if p.channel == channel]
    return sorted(chosen, key=lambda i: (measured.points[i].span.start_ms, i))


def _point_residuals(channel: str, measured: Measured, predicted: Array) -> Array:
    order = in_order(measured, channel)
    return np.array([measured.points[i].value - predicted[i] for i in order], dtype=np.float64)


def usual_levels(measured: Sequence[Measured]) -> Nominals:
    """Usual levels of a normal run: medians over batches of the batch medians."""

    def level(channel: str) -> float:
        row = SERIES_INDEX[channel]
        return float(np.median([np.nanmedian(m.series[row]) for m in measured]))

    def points(channel: str) -> float:
        values = [p.value for m in measured for p in m.points if p.channel == channel]
        return float(np.median(values))

    return Nominals(
        api_d50_um=points("lot_api_d50"),
        mcc_lod_pct=points("lot_mcc_lod"),
        room_rh_pct=level("room_rh"),
        feed_spread=level("feed_mcc_spread"),
        force_spread=level("force_spread"),
        fill_spread=level("fill_spread"),
        force_srel_pct=level("force_srel"),
        force_min=level("force_min"),
        cu_spread=points("lab_cu_spread"),
        nir_q=level("nir_q"),
    )
