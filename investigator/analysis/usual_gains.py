"""What a search for changes finds in batches in which nothing is wrong.

A search over every channel and every window finds something in any batch. "None of these" may only
rest on what goes beyond; so the gains that normal batches show are estimated with the reference.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from typing import Any

import numpy as np

from investigator.analysis.comparison import CHANNELS, compare
from investigator.analysis.fitting import no_background
from investigator.analysis.hypotheses import prepare_searches, unexplained_gains
from investigator.process.line import LineParameters
from investigator.twin.record import Array, LineRecord
from investigator.twin.reference import FILE, read_reference

PROVISIONAL_GAIN = 5.0
LEAST_GAIN = 4.0
DIGITS = 4


def usual_gains(
    records: Sequence[LineRecord],
    parameters: LineParameters,
    statistics: Mapping[str, Any],
    executor: Executor,
) -> dict[str, float]:
    """Usual gain of the best change by channel, from normal runs.

    Args:
        records: the normal runs, at least two.
        parameters: of the line.
        statistics: reference statistics of these runs, without `usual_gains`.
        executor: runs the searches; its kind changes nothing but the time.
    """
    provisional = dict.fromkeys(CHANNELS, PROVISIONAL_GAIN)
    reference = read_reference({FILE: {**statistics, "usual_gains": provisional}})

    def of(record: LineRecord) -> Array:
        c = compare(record, parameters, reference)
        return unexplained_gains(c, prepare_searches(c), no_background(c).added)

    return _by_channel(np.array(list(executor.map(of, records))))


def _by_channel(gains: Array) -> dict[str, float]:
    """The second largest over batches (batches, channels): one odd batch does not set the mark."""
    second = np.sort(gains, axis=0)[-2]
    return {
        channel: float(f"{max(gain, LEAST_GAIN):.{DIGITS}g}")
        for channel, gain in zip(CHANNELS, second.tolist(), strict=True)
    }
