"""The models that a batch is laid beside on a control chart."""

from enum import StrEnum


class ChartModel(StrEnum):
    """What a control chart describes normal operation by: principal components, or partial least
    squares of quality on signals."""

    PCA = "PCA"
    PLS = "PLS"
