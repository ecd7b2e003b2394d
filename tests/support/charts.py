"""Control charts of ten windows by hand: out of control in the middle, through one signal."""

from dataclasses import replace

import numpy as np

from investigator.domain.chart_model import ChartModel
from investigator.domain.instant import Span
from investigator.domain.multivariate import (
    ChartedChannel,
    ChartedStatistic,
    ControlChart,
    EvidenceFile,
    ExplainedQuality,
    OutOfControl,
    Statistic,
    contributions_of,
)

WINDOW_MS, START_MS = 120_000, 1_770_336_000_000
SPAN = Span(START_MS + 3 * WINDOW_MS, START_MS + 7 * WINDOW_MS)
CHANNELS = (
    ChartedChannel("nir_api", "NIR API content", ("LINE.NIR.PV",)),
    ChartedChannel("ejection", "Ejection force (log)", ("LINE.EJECT.PV",)),
)


def a_chart() -> ControlChart:
    """In multiples of 10, SPE is 0.5 and from the fourth to the seventh window 30; T2 is 0.2 and
    in the last window unknown."""
    inside = (np.arange(10) >= 3) & (np.arange(10) < 7)
    spe, t2 = np.where(inside, 300.0, 5.0), np.full(10, 2.0)
    t2[9] = spe[9] = np.nan
    added = np.column_stack([np.where(inside, 240.0, 1.0), np.where(inside, 60.0, 1.0)])
    bare = ControlChart(
        t_ms=START_MS + WINDOW_MS // 2 + WINDOW_MS * np.arange(10, dtype=np.int64),
        window_ms=WINDOW_MS,
        channels=CHANNELS,
        departures=np.column_stack([np.where(inside, 6.0, 0.0), np.where(inside, -1.5, 0.0)]),
        charts=(
            ChartedStatistic(Statistic.T2, t2, 10.0, 9.0, np.ones((10, 2)), 0.02, 1),
            ChartedStatistic(Statistic.SPE, spe, 10.0, 8.0, added, 0.0104, 0),
        ),
        spans=(),
        components=2,
        batches=24,
        confidence=0.99,
        files=(EvidenceFile("historian.csv", "a" * 64),),
        assumptions=("Windows of two minutes.",),
    )
    made_by = contributions_of(bare, Statistic.SPE, SPAN)
    out = OutOfControl(Statistic.SPE, SPAN, 30.0, made_by, "SPE was beyond its limit.")
    return replace(bare, spans=(out,))


def a_pls_chart() -> ControlChart:
    """Of the same windows by partial least squares: T2 is 8 times its limit of 10 from the second
    to the fifth window, and SPE never beyond."""
    inside = (np.arange(10) >= 1) & (np.arange(10) < 5)
    t2, spe = np.where(inside, 80.0, 4.0), np.full(10, 3.0)
    added = np.column_stack([np.where(inside, 10.0, 1.0), np.where(inside, 70.0, 3.0)])
    bare = replace(
        a_chart(),
        departures=np.column_stack([np.where(inside, 1.0, 0.0), np.where(inside, -5.0, 0.0)]),
        charts=(
            ChartedStatistic(Statistic.T2, t2, 10.0, 9.5, added, 0.0121, 1),
            ChartedStatistic(Statistic.SPE, spe, 12.0, 11.0, np.ones((10, 2)), 0.0107, 0),
        ),
        spans=(),
        components=4,
        model=ChartModel.PLS,
        qualities=(
            ExplainedQuality("IPC mean weight", 0.149),
            ExplainedQuality("IPC mean thickness", 0.81),
        ),
    )
    span = Span(START_MS + WINDOW_MS, START_MS + 5 * WINDOW_MS)
    made_by = contributions_of(bare, Statistic.T2, span)
    out = OutOfControl(Statistic.T2, span, 8.0, made_by, "T2 of the PLS was beyond its limit.")
    return replace(bare, spans=(out,))
