"""Full quadratic response surfaces over a box, fitted to a central composite design.

With d settings: corners (for five or more the half of them whose signs multiply to the last), face
centres and the centre (Box and Wilson, J. R. Stat. Soc. B 13 (1951) 1-45).
"""

from dataclasses import dataclass
from itertools import combinations_with_replacement, product

import numpy as np

from investigator.twin.record import Array

HALVED_FROM = 5


@dataclass(frozen=True, slots=True)
class Surface:
    """Responses of any shape over a box; `box` low and high of each coordinate, (d, 2)."""

    box: Array
    coefficients: Array
    shape: tuple[int, ...]

    def at(self, points: Array) -> Array:
        """Responses at points (m, d), of shape (m, ...)."""
        found = _features(_scaled(points, self.box)) @ self.coefficients
        return np.asarray(found.reshape(points.shape[0], *self.shape))


def design(box: Array) -> Array:
    """The points to be simulated, (m, d)."""
    d = box.shape[0]
    free = d - 1 if d >= HALVED_FROM else d
    corners = [[*signs, *([float(np.prod(signs))] * (d - free))] for signs in _signs(free)]
    faces = [sign * np.eye(d)[i] for i in range(d) for sign in (-1.0, 1.0)]
    scaled = np.array([np.zeros(d), *faces, *corners])
    middle, half = box.mean(axis=1), 0.5 * (box[:, 1] - box[:, 0])
    return np.asarray(middle + half * scaled)


def fitted(box: Array, points: Array, responses: Array) -> Surface:
    """The surface through responses (m, ...) at points (m, d) of the box, by least squares."""
    flat = responses.reshape(points.shape[0], -1)
    coefficients = np.linalg.lstsq(_features(_scaled(points, box)), flat, rcond=None)[0]
    return Surface(box, np.asarray(coefficients, dtype=np.float64), responses.shape[1:])


def _signs(count: int) -> list[tuple[float, ...]]:
    return list(product((-1.0, 1.0), repeat=count))


def _scaled(points: Array, box: Array) -> Array:
    return np.asarray((points - box.mean(axis=1)) / (0.5 * (box[:, 1] - box[:, 0])))


def _features(x: Array) -> Array:
    d = x.shape[1]
    pairs = [x[:, i] * x[:, j] for i, j in combinations_with_replacement(range(d), 2)]
    return np.column_stack([np.ones(x.shape[0]), *x.T, *pairs])
