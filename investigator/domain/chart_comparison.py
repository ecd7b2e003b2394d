"""Two control charts of one batch beside each other: when only one of them is out of control.

Both lay the same windows beside the same normal batches: principal components along which signals
vary most, partial least squares along which they tell quality. Neither is the right one.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.chart_model import ChartModel
from investigator.domain.instant import Span
from investigator.domain.multivariate import ControlChart
from investigator.domain.quantities import fixed

_MS_PER_MIN = 60_000.0


@dataclass(frozen=True, slots=True)
class BeyondAlone:
    """How long a chart alone is out of control, min, and the longest stretch of it."""

    model: ChartModel
    minutes: float
    longest: Span


def beyond_alone(chart: ControlChart, other: ControlChart) -> BeyondAlone | None:
    """When a chart is out of control, by whatever statistic, and another of the same windows is
    not; None where that is never."""
    alone = _out_of_control(chart) & ~_out_of_control(other)
    if not alone.any():
        return None
    half = chart.window_ms // 2
    edges = np.flatnonzero(np.diff(np.concatenate([[False], alone, [False]]).astype(np.int8)))
    first, past = max(zip(edges[::2], edges[1::2], strict=True), key=lambda run: run[1] - run[0])
    longest = Span(int(chart.t_ms[first]) - half, int(chart.t_ms[past - 1]) + half)
    minutes = float(alone.sum()) * chart.window_ms / _MS_PER_MIN
    return BeyondAlone(chart.model, minutes, longest)


def _out_of_control(chart: ControlChart) -> NDArray[np.bool_]:
    """The windows that lie in a span out of control, (n,)."""
    inside = [(chart.t_ms >= s.span.start_ms) & (chart.t_ms < s.span.end_ms) for s in chart.spans]
    return np.any(inside, axis=0) if inside else np.zeros(chart.t_ms.size, dtype=np.bool_)


def agreement_in_words(pca: ControlChart, pls: ControlChart, when: Callable[[Span], str]) -> str:
    """In one sentence, where one chart alone is out of control, or that they agree.

    `when`: tells a stretch of time.
    """
    found = [b for b in (beyond_alone(pls, pca), beyond_alone(pca, pls)) if b]
    if found:
        other = ChartModel.PCA if found[0].model is ChartModel.PLS else ChartModel.PLS
        words = (f"{found[0].model} is out of control and {other} is not", "the reverse")
        told = (_alone(b, said, when) for b, said in zip(found, words, strict=False))
        return f"For {'; for '.join(told)}."
    if pca.spans:
        return f"{pls.model} and {pca.model} are out of control over the same time."
    return f"Neither {pls.model} nor {pca.model} is out of control."


def _alone(beyond: BeyondAlone, said: str, when: Callable[[Span], str]) -> str:
    return f"{fixed(beyond.minutes, 0)} min {said}, longest {when(beyond.longest)}"


def model_in_words(chart: ControlChart) -> str:
    """What a chart is drawn by, with its size."""
    channels = f"{len(chart.channels)} channels"
    if chart.model is ChartModel.PCA:
        return f"principal components, {chart.components} of {channels}"
    components = f"{chart.components} components of {channels}"
    return f"partial least squares of in-process checks, {components}"


def explained_in_words(chart: ControlChart) -> str:
    """What a regression explains of each quality in normal batches left out; empty for principal
    components."""
    told = (f"{q.title} {fixed(100.0 * q.explained, 0)} %" for q in chart.qualities)
    return ", ".join(told)
