"""Spans out of control: windows in a row beyond a limit.

- Three windows in a row count. One in a hundred windows of normal batches is beyond by the choice
  of the limit; three in a row are not chance.
- Spans with less than three windows between them are one.
"""

import numpy as np

from investigator.analysis.multivariate.pca import Array

IN_A_ROW = 3


def runs_beyond(values: Array, limit: float) -> list[tuple[int, int]]:
    """Spans out of control as (first window, one past the last); NaN is not beyond."""
    beyond = np.concatenate([[False], values > limit, [False]])
    edges = np.flatnonzero(beyond[1:] != beyond[:-1])
    spans: list[tuple[int, int]] = []
    for first, past in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if past - first < IN_A_ROW:
            continue
        if spans and first - spans[-1][1] < IN_A_ROW:
            spans[-1] = (spans[-1][0], past)
        else:
            spans.append((first, past))
    return spans
