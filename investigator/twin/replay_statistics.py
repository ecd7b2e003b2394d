"""What signals and replays usually differ by, when recorded inputs drive the twin.

- Of each signal that is no input: bias, spread between batches, and spread within a batch of its
  values on the comparison grid. They hold what the sensor adds and what the twin does not know.
- The spread between batches is that of a batch which is not among them: from a few batches it is
  known roughly, and a normal band of it must hold as much as the t distribution does.
- They lie in `reference/replay.json` with six significant digits.

Source: prediction interval of a further value, Hahn & Meeker, Statistical Intervals (1991), ch. 4.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from investigator.domain.errors import UnusableInput
from investigator.twin.container_prediction import HALF
from investigator.twin.ensemble import SIGNAL_COURSES
from investigator.twin.measured import binned
from investigator.twin.parameters import Parameters
from investigator.twin.record import Array, LineRecord
from investigator.twin.reference import Reference
from investigator.twin.replayed_run import ReplayedRun, replayed_run

FILE = "replay"

SIGNAL_ROLES: Mapping[str, str] = {
    "holdup": "blender.holdup",
    "nir_api": "nir.api",
    "nir_water": "nir.water",
    "fill_depth": "press.fill_depth",
    "pre_force": "press.pre_force",
    "ejection": "press.ejection_force",
}


@dataclass(frozen=True, slots=True)
class SignalNoise:
    """Measured minus replayed of one signal, in its unit."""

    bias: float
    between: float
    within: float


@dataclass(frozen=True, slots=True)
class ReplayStatistics:
    """What every signal and its replay usually differ by, by channel."""

    signals: Mapping[str, SignalNoise]


def measured_signal(record: LineRecord, channel: str) -> Array:
    """A signal in production on the comparison grid, (bins,); NaN where in doubt or unknown."""
    role = SIGNAL_ROLES[channel]
    return binned(np.where(record.producing, record.sure(role), np.nan))


def estimate_replay(
    runs: Sequence[tuple[str, LineRecord]],
    reference: Reference,
    parameters: Parameters,
    executor: Executor,
) -> dict[str, Any]:
    """The JSON document of the statistics, from normal runs (batch id, record)."""
    replays = list(executor.map(lambda run: replayed_run(run[1], reference, parameters), runs))
    return {
        "batches": [batch for batch, _ in runs],
        "signals": {
            channel: {k: _digits(v) for k, v in asdict(_noise(channel, replays)).items()}
            for channel in SIGNAL_COURSES
        },
    }


def _noise(channel: str, replays: Sequence[ReplayedRun]) -> SignalNoise:
    medians, rest = [], []
    for run in replays:
        predicted = binned(getattr(run.replayed, SIGNAL_COURSES[channel]))
        off = measured_signal(run.record, channel) - predicted
        told = off[np.isfinite(off)]
        if told.size:
            medians.append(float(np.median(told)))
            rest.append(told - medians[-1])
    if not medians:
        raise UnusableInput(
            "the normal batches", f"hold no value of {channel}", "leave batches that measure it"
        )
    return SignalNoise(
        bias=float(np.median(medians)),
        between=_of_a_further_batch(medians),
        within=float(np.std(np.concatenate(rest))),
    )


def _of_a_further_batch(levels: Sequence[float]) -> float:
    """Sd of a normal distribution whose 95 % band holds a further level as often; 0 of one."""
    from scipy.stats import t

    n = len(levels)
    if n < 2:
        return 0.0
    sd = float(np.std(levels, ddof=1)) * np.sqrt(1.0 + 1.0 / n)
    return float(sd * t.ppf(0.975, n - 1) / HALF[0.95])


def _digits(value: float) -> float:
    return float(f"{value:.6g}")


def read_replay_statistics(statistics: Mapping[str, Any]) -> ReplayStatistics:
    """The statistics from the package's parsed JSON files.

    Raises:
        UnusableInput: they are missing or incomplete.
    """
    try:
        document = statistics[FILE]
        signals = {
            channel: SignalNoise(**{k: float(v) for k, v in document["signals"][channel].items()})
            for channel in SIGNAL_COURSES
        }
        return ReplayStatistics(signals)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise UnusableInput(
            f"reference/{FILE}.json",
            f"the statistics of replays are incomplete ({fault})",
            "estimate them again with `investigator twin reference`",
        ) from fault
