"""The axis of values at the left of a plot; a logarithmic one names 1, 2 and 5 of each decade."""

import math

import numpy as np
import pyqtgraph as pg

from investigator.domain.quantities import significant

_WHOLE_DECADES_FROM = 2.0


class ValueAxis(pg.AxisItem):  # type: ignore[misc]
    """As pyqtgraph has it, but for its logarithmic ticks, which would run into each other."""

    def __init__(self) -> None:
        super().__init__("left")

    def logTickValues(  # noqa: N802
        self,
        low: float,
        high: float,
        _size: float,
        _ticks: object,
    ) -> list[tuple[float | None, list[float]]]:
        """Whole powers of ten; twice and five times each where few of them are seen."""
        decades = range(math.floor(low), math.ceil(high) + 1)
        steps = (1,) if high - low > _WHOLE_DECADES_FROM else (1, 2, 5)
        levels = [decade + float(np.log10(step)) for decade in decades for step in steps]
        return [(None, [level for level in levels if low <= level <= high])]

    def logTickStrings(  # noqa: N802
        self, values: list[float], _scale: float, _spacing: float | None
    ) -> list[str]:
        """What each value is the logarithm of."""
        return [significant(10.0**value, 1) for value in values]
