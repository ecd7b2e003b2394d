"""The factors of a sensitivity analysis: inputs over their ranges, parameters with their spread.

- Parameters that were estimated together are one factor: they vary together.
- Only what the line is simulated with up to the tablet counts; what sensors show does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from investigator.twin.parameters import CovarianceBlock, Parameters, square_root
from investigator.twin.validate.ranges import InputRange

Floats = NDArray[np.float64]

INPUT, PARAMETER, TOGETHER = "input", "parameter", "parameters estimated together"
_SENSORS = frozenset({"nir"})


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor: an input with its range, or parameters with a root of their covariance.

    `root` (k, k) in the order of `names`: the parameters are their values plus the root times k
    standard normal numbers.
    """

    title: str
    kind: str
    range: InputRange | None = None
    names: tuple[str, ...] = ()
    root: tuple[tuple[float, ...], ...] = ()

    @property
    def width(self) -> int:
        """How many numbers a sample of the factor is made of."""
        return max(1, len(self.names))

    @property
    def bounds(self) -> tuple[float, float]:
        """Bounds of the even distribution, or mean and sd of the normal one."""
        return (self.range.low, self.range.high) if self.range else (0.0, 1.0)

    def at(self, share: float) -> Floats:
        """The numbers at a share of the way through the range, or of 4 sd around the values."""
        if self.range is None:
            return np.full(self.width, 4.0 * (share - 0.5))
        return np.array([self.range.low + share * (self.range.high - self.range.low)])

    def values(self, numbers: Floats, parameters: Parameters) -> dict[str, float]:
        """The parameters for standard normal numbers (k,), within their bounds."""
        shift = np.array(self.root) @ numbers
        return {
            name: min(max(parameters[name].value + float(by), parameters[name].lower), upper)
            for name, by in zip(self.names, shift, strict=True)
            for upper in [parameters[name].upper]
        }


def factors(parameters: Parameters, ranges: Sequence[InputRange]) -> tuple[Factor, ...]:
    """Every input, then every group of parameters, then every parameter by itself."""
    used = simulated(parameters)
    blocks = [b for b in parameters.covariance if used & set(b.names)]
    joined = {name for block in blocks for name in block.names}
    alone = [name for name in sorted(used - joined) if parameters[name].sd > 0.0]
    return (
        *(Factor(_title(r), INPUT, range=r) for r in ranges),
        *(_together(block) for block in blocks),
        *(Factor(n, PARAMETER, names=(n,), root=((parameters[n].sd,),)) for n in alone),
    )


def _title(r: InputRange) -> str:
    unit = "" if r.unit == "-" else f" {r.unit}"
    return f"{r.title}, {r.low:g} to {r.high:g}{unit}"


def simulated(parameters: Parameters) -> set[str]:
    """Names of the parameters that the line is simulated with up to the tablet."""
    line = parameters.line()
    units = [f.name for f in fields(line) if f.name not in _SENSORS]
    return {
        f"{unit}.{name}" for unit in units for name in getattr(getattr(line, unit), "_fields", ())
    }


def _together(block: CovarianceBlock) -> Factor:
    root = square_root(np.array(block.matrix))
    if len(block.names) == 1:
        return Factor(block.names[0], PARAMETER, names=block.names, root=((float(root[0, 0]),),))
    more = len(block.names) - 1
    return Factor(
        f"{block.names[0]} and {more} estimated with it",
        TOGETHER,
        names=block.names,
        root=tuple(tuple(float(v) for v in row) for row in root),
    )
