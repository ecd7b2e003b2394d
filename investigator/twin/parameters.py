"""The parameters of a twin: each with value, uncertainty, unit, bounds and where it comes from.

- A parameter outside its bounds, or a value that is no number, makes the package unusable.
- Values are written with six significant digits, far finer than their uncertainty, so that the same
  estimate gives the same bytes.
- Joint uncertainty of parameters that were estimated together is kept as covariance blocks.
"""

import json
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from investigator.domain.errors import UnusableInput
from investigator.process.line_parameters import SIDE_PORT_ROUTE, LineParameters
from investigator.process.route import Route


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value in `unit` with standard uncertainty `sd` (0 for a constant), bounds and origin."""

    value: float
    sd: float
    unit: str
    origin: str
    lower: float = -math.inf
    upper: float = math.inf


@dataclass(frozen=True, slots=True)
class CovarianceBlock:
    """Covariance of parameters estimated together, shape (k, k) in the order of `names`."""

    names: tuple[str, ...]
    matrix: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Parameters(Mapping[str, Parameter]):
    """All parameters of a twin by name, with covariance where they were estimated together.

    `route` is the way of the powder that they are simulated with.
    """

    by_name: Mapping[str, Parameter]
    covariance: tuple[CovarianceBlock, ...] = ()
    route: Route = SIDE_PORT_ROUTE

    def __getitem__(self, name: str) -> Parameter:
        return self.by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_name)

    def __len__(self) -> int:
        return len(self.by_name)

    def values_by_name(self) -> dict[str, float]:
        """Name to value."""
        return {name: parameter.value for name, parameter in self.by_name.items()}

    def replaced_by(self, others: Mapping[str, Parameter]) -> "Parameters":
        """The same with these parameters in place of those of the same name."""
        return replace(self, by_name={**self.by_name, **others})

    def line(self) -> LineParameters:
        """The parameters in the form that the simulation takes."""
        return LineParameters.of(self.values_by_name(), self.route)

    def line_with(self, changed: Mapping[str, float]) -> LineParameters:
        """As `line`, with some values replaced; an unknown name raises KeyError."""
        unknown = set(changed) - set(self.by_name)
        if unknown:
            raise KeyError(f"no such parameter: {', '.join(sorted(unknown))}")
        return LineParameters.of(self.values_by_name() | dict(changed), self.route)

    def draw(self, seed: int, members: int) -> list[dict[str, float]]:
        """`members` draws of the uncertain parameters, normal, jointly where covariance is known.

        Draws outside a parameter's bounds are moved to the bound. Same seed, same draws.
        """
        generator = np.random.Generator(np.random.PCG64(seed))
        drawn: list[dict[str, float]] = [{} for _ in range(members)]
        for block in self.covariance:
            self._draw_block(block, generator, drawn)
        together = {name for block in self.covariance for name in block.names}
        for name in sorted(set(self.by_name) - together):
            parameter = self.by_name[name]
            if parameter.sd > 0.0:
                noise = generator.standard_normal(members)
                for member, z in zip(drawn, noise, strict=True):
                    member[name] = _inside(parameter, parameter.value + parameter.sd * float(z))
        return drawn

    def _draw_block(
        self,
        block: CovarianceBlock,
        generator: np.random.Generator,
        drawn: list[dict[str, float]],
    ) -> None:
        root = square_root(np.array(block.matrix))
        noise = generator.standard_normal((len(drawn), len(block.names)))
        for member, z in zip(drawn, noise, strict=True):
            for row, name in enumerate(block.names):
                shift = math.fsum(float(a) * float(b) for a, b in zip(root[row], z, strict=True))
                parameter = self.by_name[name]
                member[name] = _inside(parameter, parameter.value + shift)


def _inside(parameter: Parameter, value: float) -> float:
    return min(max(value, parameter.lower), parameter.upper)


def square_root(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lower-triangular root of a positive semi-definite matrix (Cholesky, zero rows allowed)."""
    n = matrix.shape[0]
    root = np.zeros_like(matrix)
    for i in range(n):
        for j in range(i + 1):
            rest = matrix[i, j] - math.fsum(float(root[i, m] * root[j, m]) for m in range(j))
            if i == j:
                root[i, i] = math.sqrt(max(rest, 0.0))
            elif root[j, j] > 0.0:
                root[i, j] = rest / root[j, j]
    return root


def read_parameters(file: str, text: str, covariance_text: str = "") -> Parameters:
    """Parameters from TOML text (one table per parameter), covariance from JSON text.

    `file` names the source in messages. Raises UnusableInput for a broken text, a missing field or
    a value out of bounds.
    """
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnusableInput(file, f"is no readable TOML ({error})", "restore the package") from None
    by_name = {name: _parameter(file, name, table) for name, table in tables.items()}
    return Parameters(by_name, _covariance(file, covariance_text, by_name))


def _parameter(file: str, name: str, table: object) -> Parameter:
    if not isinstance(table, dict):
        raise UnusableInput(file, f"{name} is no table", "give value, sd, unit and origin")
    try:
        parameter = Parameter(
            value=float(table["value"]),
            sd=float(table["sd"]),
            unit=str(table["unit"]),
            origin=str(table["origin"]),
            lower=float(table.get("lower", -math.inf)),
            upper=float(table.get("upper", math.inf)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnusableInput(
            file, f"{name} lacks a usable field ({error})", "give value, sd, unit and origin"
        ) from None
    if not (math.isfinite(parameter.value) and parameter.sd >= 0.0):
        raise UnusableInput(file, f"{name} is no number or has a negative sd", "correct the value")
    if not parameter.lower <= parameter.value <= parameter.upper:
        raise UnusableInput(
            file,
            f"{name} = {parameter.value:g} lies outside {parameter.lower:g} to {parameter.upper:g}",
            "correct the value or its bounds",
        )
    return parameter


def _covariance(
    file: str, text: str, by_name: Mapping[str, Parameter]
) -> tuple[CovarianceBlock, ...]:
    if not text:
        return ()
    try:
        blocks = tuple(
            CovarianceBlock(
                names=tuple(block["names"]),
                matrix=tuple(tuple(float(v) for v in row) for row in block["matrix"]),
            )
            for block in json.loads(text)
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnusableInput(
            file, f"has an unreadable covariance ({error})", "restore the package"
        ) from None
    for block in blocks:
        size = len(block.names)
        square = len(block.matrix) == size and all(len(row) == size for row in block.matrix)
        if not square or not set(block.names) <= set(by_name):
            raise UnusableInput(
                file, "has a covariance that does not fit its parameters", "restore the package"
            )
    return blocks


def parameters_toml(parameters: Parameters) -> str:
    """Canonical TOML text of parameters, in order of name."""
    lines = []
    for name in sorted(parameters):
        parameter = parameters[name]
        lines += [
            f'["{name}"]',
            f"value = {_number(parameter.value)}",
            f"sd = {_number(parameter.sd)}",
            f"unit = {json.dumps(parameter.unit, ensure_ascii=False)}",
            f"origin = {json.dumps(parameter.origin, ensure_ascii=False)}",
        ]
        if math.isfinite(parameter.lower):
            lines.append(f"lower = {_number(parameter.lower)}")
        if math.isfinite(parameter.upper):
            lines.append(f"upper = {_number(parameter.upper)}")
        lines.append("")
    return "\n".join(lines)


def covariance_json(parameters: Parameters) -> str:
    """Canonical JSON text of the covariance blocks, six significant digits."""
    blocks = [
        {
            "names": list(block.names),
            "matrix": [[float(f"{v:.6g}") for v in row] for row in block.matrix],
        }
        for block in parameters.covariance
    ]
    return json.dumps(blocks, indent=1, ensure_ascii=False) + "\n"


def _number(value: float) -> str:
    """A TOML float with six significant digits."""
    text = f"{value:.6g}"
    return text if any(mark in text for mark in ".en") else text + ".0"
