"""The seeded ensemble of a replay: what parameters and inputs leave open, course by course.

- Every member draws all parameters jointly and all inputs with their errors, and is simulated: once
  about the recorded inputs, and once, with the same draws, about a usual run with sure inputs.
- What both have in common every normal batch has too, and the models of signals and attributes
  hold it. What they differ by is left open by this run alone: by how it was driven, and by what was
  not recorded or is in doubt.
- The result is the same, bit by bit, whatever the number of workers: a member depends on its number
  only, and members are added up in their order.

Source: common random numbers, Law, Simulation Modeling and Analysis, 5th ed. (2015), ch. 11.2.
"""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import chain

import numpy as np

from investigator.process.four import LANES
from investigator.process.line import LineInputs, LineOutputs, simulate
from investigator.process.together import simulate_together
from investigator.twin.attribute_kind import ATTRIBUTES
from investigator.twin.batch_measurements import (
    BatchMeasurements,
    container_means,
    in_process_means,
)
from investigator.twin.input_draws import drawn_inputs
from investigator.twin.measured import binned
from investigator.twin.parameters import Parameters
from investigator.twin.record import Array
from investigator.twin.replayed_run import ReplayedRun

MEMBERS = 64

SIGNAL_COURSES: Mapping[str, str] = {
    "holdup": "blender_holdup_kg",
    "nir_api": "nir_api_pct",
    "nir_water": "nir_water_pct",
    "fill_depth": "fill_depth_mm",
    "pre_force": "pre_force_kn",
    "ejection": "ejection_n",
}
"""What is predicted of the signals that are no input: channel to name in `LineOutputs`."""

COURSES: Mapping[str, str] = {
    **{kind.attribute: kind.course for kind in ATTRIBUTES},
    **SIGNAL_COURSES,
}


@dataclass(frozen=True, slots=True, eq=False)
class Ensemble:
    """A replay and what it leaves open.

    Attributes:
        middle: the replay, by attribute or channel, means over the bins of the comparison grid.
        sd: of all that parameters and inputs leave open, likewise.
        further_sd: of what this run leaves open beyond a usual one, likewise.
        departures: by attribute, the same for each member at the containers and then at the
            in-process values, (members, k + m).
    """

    middle: Mapping[str, Array]
    sd: Mapping[str, Array]
    further_sd: Mapping[str, Array]
    departures: Mapping[str, Array]
    members: int
    seed: int


def ensemble(
    run: ReplayedRun,
    told: Mapping[str, BatchMeasurements],
    parameters: Parameters,
    executor: Executor,
    *,
    seed: int,
    members: int = MEMBERS,
) -> Ensemble:
    """The ensemble of a run.

    Args:
        run: the run, replayed. told: its measurements, for where they stand.
        parameters: of the twin, with their uncertainty.
        executor: simulates the members.
        seed: of all draws. members: how many, at least 2.
    """
    drawn = parameters.draw(seed, members)
    replayed, usual = _courses(run.replayed), _courses(simulate(run.usual, parameters.line()))

    doubt = run.driven.doubt_sd()
    no_doubt = {quantity: np.zeros_like(course) for quantity, course in doubt.items()}

    def about(
        numbers: range, base: LineInputs, sd: Mapping[str, Array], doubt_sd: Mapping[str, Array]
    ) -> list[Array]:
        driven = [drawn_inputs(base, sd, doubt_sd, seed=seed, member=number) for number in numbers]
        lines = [parameters.line_with(drawn[number]) for number in numbers]
        return [_courses(outputs) for outputs in simulate_together(driven, lines)]

    def some(first: int) -> list[tuple[Array, Array, list[Array]]]:
        numbers = range(first, min(first + LANES, members))
        driven = about(numbers, run.driven.inputs, run.driven.sd, doubt)
        off = [found - replayed for found in driven]
        as_usual = about(numbers, run.usual, run.driven.sure_sd, no_doubt)
        further = [one - (found - usual) for one, found in zip(off, as_usual, strict=True)]
        return [
            (binned(one), binned(beyond), _at_rows(run, told, beyond))
            for one, beyond in zip(off, further, strict=True)
        ]

    middle = binned(replayed)
    squares, beyond = np.zeros_like(middle), np.zeros_like(middle)
    departures: list[list[Array]] = []
    found = chain.from_iterable(executor.map(some, range(0, members, LANES)))
    for off, further, rows in found:
        squares += off**2
        beyond += further**2
        departures.append(rows)
    return Ensemble(
        middle=dict(zip(COURSES, middle, strict=True)),
        sd=dict(zip(COURSES, np.sqrt(squares / members), strict=True)),
        further_sd=dict(zip(COURSES, np.sqrt(beyond / members), strict=True)),
        departures={
            kind.attribute: np.vstack([rows[i] for rows in departures])
            for i, kind in enumerate(ATTRIBUTES)
        },
        members=members,
        seed=seed,
    )


def _courses(outputs: LineOutputs) -> Array:
    """All courses in the order of `COURSES`, (courses, n)."""
    return np.vstack([getattr(outputs, name) for name in COURSES.values()])


def _at_rows(
    run: ReplayedRun, told: Mapping[str, BatchMeasurements], courses: Array
) -> list[Array]:
    """Every attribute at its containers, and what is seen of it at its in-process values."""
    by_name = dict(zip(COURSES, courses, strict=True))
    return [
        np.concatenate(
            [
                container_means(run.record, by_name[kind.attribute]),
                in_process_means(told[kind.attribute], by_name[kind.seen_as]),
            ]
        )
        for kind in ATTRIBUTES
    ]
