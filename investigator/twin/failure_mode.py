"""Failure modes of a line, as data: what each perturbs, in which time shape, how likely, how large.

- A failure mode is read from `failure_modes.toml` of the twin package; adding one needs no Python.
- It perturbs quantities of the line (flows, speeds, lot properties, forces) and readings of
  instruments; everything else follows from the simulation.
- Priors are part of the mode: they are fixed before any case is seen, each with its reason.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.domain.ranking import CauseCategory


class Shape(StrEnum):
    """The course in time of a perturbation, w(t), between 0 and 1 unless it says otherwise.

    STEP: 1 from onset to end. RAMP: rises linearly over the ramp time, then holds to the end.
    LOT: 1 - exp(-(t - onset)/tau) from the first refill with a new lot to the end of the run.
    REFILL: after every refill of the unit between onset and end, exp(-(t - refill)/tau).
    RECORDED: the recorded departure of a signal from its set-point between onset and end.
    STOP: 1 while the line stands still between onset and end.
    """

    STEP = "step"
    RAMP = "ramp"
    LOT = "lot"
    REFILL = "refill"
    RECORDED = "recorded"
    STOP = "stop"


class Anchor(StrEnum):
    """Where the onset may lie."""

    ANY = "any"
    START = "start"
    LOT = "lot"
    REFILL = "refill"
    STOP = "stop"
    END_OF_RUN = "end_of_run"


class Kind(StrEnum):
    """How an effect changes its quantity, with c the coefficient, m the size, w(t) the course.

    SCALE: times 1 + c m w. DIVIDE: divided by that. ADD: plus c m w, in the quantity's unit.
    ADD_ABS: plus c |m| w. RECORDED: times 1 + c m w d, d the recorded relative departure.
    """

    SCALE = "scale"
    DIVIDE = "divide"
    ADD = "add"
    ADD_ABS = "add_abs"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class Effect:
    """One quantity that the mode perturbs, how, and by which coefficient (see `Kind`)."""

    quantity: str
    kind: Kind
    coefficient: float


@dataclass(frozen=True, slots=True)
class Magnitude:
    """A size of the mode with its prior: normal about 0, or folded to one `sign`.

    `prior_sd` and the smallest size worth naming, `least`, are in `unit`.
    """

    name: str
    unit: str
    prior_sd: float
    least: float
    sign: int
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class FailureMode:
    """One failure mode.

    Attributes:
        cause: id, as in the site's vocabulary of causes.
        prior: relative frequency among assignable causes.
        unit: equipment id that it belongs to.
        shape, anchor: course in time, and where its onset may lie.
        recorded_sense: for RECORDED, the side to which the departure must begin (0: either).
        length_min: shortest and longest duration in minutes that is considered.
        tau_s: time constants (s) that are tried for LOT, REFILL and RAMP shapes.
        magnitudes: one or more sizes, estimated together.
        screened_by: channels in which its window is searched first.
        why_prior: the reason for the priors.
    """

    cause: str
    title: str
    category: CauseCategory
    description: str
    unit: str
    prior: float
    shape: Shape
    anchor: Anchor
    recorded_sense: int
    length_min: tuple[float, float]
    tau_s: tuple[float, ...]
    magnitudes: tuple[Magnitude, ...]
    screened_by: tuple[str, ...]
    confirm_by: str
    why_prior: str
    product_affected: bool


def read_failure_modes(path: Path) -> tuple[FailureMode, ...]:
    """The failure modes of a package, in the order of the file.

    Raises:
        UnusableInput: the file is no TOML, a field is missing, a word is unknown, or an id repeats.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        modes = tuple(_failure_mode(row) for row in document["failure_mode"])
    except (OSError, KeyError, TypeError, ValueError, RecursionError) as fault:
        raise UnusableInput(
            path.name, f"a failure mode cannot be read ({fault})", "correct the entry"
        ) from fault
    ids = [mode.cause for mode in modes]
    repeated = sorted({cause for cause in ids if ids.count(cause) > 1})
    if repeated:
        raise UnusableInput(path.name, f"failure mode {repeated[0]} stands twice", "remove one")
    return modes


def _failure_mode(row: Mapping[str, Any]) -> FailureMode:
    shortest, longest = row["length_min"]
    return FailureMode(
        cause=row["id"],
        title=row["title"],
        category=CauseCategory(row["category"]),
        description=row["description"],
        unit=row["unit"],
        prior=float(row["prior"]),
        shape=Shape(row["shape"]),
        anchor=Anchor(row.get("anchor", "any")),
        recorded_sense=int(row.get("recorded_sense", 0)),
        length_min=(float(shortest), float(longest)),
        tau_s=tuple(float(tau) for tau in row.get("tau_s", [0.0])),
        magnitudes=tuple(_magnitude(m) for m in row["magnitude"]),
        screened_by=tuple(row["screened_by"]),
        confirm_by=row["confirm_by"],
        why_prior=row["why_prior"],
        product_affected=bool(row.get("product_affected", True)),
    )


def _magnitude(row: Mapping[str, Any]) -> Magnitude:
    return Magnitude(
        name=row["name"],
        unit=row["unit"],
        prior_sd=float(row["prior_sd"]),
        least=float(row["least"]),
        sign=int(row.get("sign", 0)),
        effects=tuple(
            Effect(e["quantity"], Kind(e["kind"]), float(e["coefficient"])) for e in row["effects"]
        ),
    )
