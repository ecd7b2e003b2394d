"""A disturbance followed to the press outlet, and the containers followed back to lots and times.

- Through the twin's vessels with the flows, contents and speeds as recorded, on the record's grid;
  steps are cut until they cost less than 1e-6 of a share.
- One pass over the draws of the residence times serves both ways. Draws that lie further out,
  where something was stretched, only make intervals wider.
"""

from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np

from investigator.analysis.comparison import Comparison
from investigator.analysis.container_map import shares_of_time
from investigator.analysis.fitting import Fit
from investigator.analysis.forward_trace import Followed, followed, interval_of, stage_courses
from investigator.analysis.origins import Fed, backward_of, container_origins, fed
from investigator.analysis.traced_place import Disturbance, disturbance_of
from investigator.analysis.tracing_draws import tracing_draws
from investigator.domain.batch import Container
from investigator.domain.tracing import Traced
from investigator.process.chain import chain_of, parts_needed
from investigator.process.contents import LineFlows, line_flows
from investigator.process.trace import Entry
from investigator.process.tracing_members import by_fours
from investigator.twin.package import TwinPackage
from investigator.twin.record import LineRecord, Mask
from investigator.twin.recorded_inputs import RecordedInputs, recorded_inputs
from investigator.twin.reference import read_reference

DRAWS = 32
MARGIN_MS = 600_000


def traced(
    package: TwinPackage,
    c: Comparison,
    fits: tuple[Fit, ...],
    *,
    seed: int,
    executor: Executor,
    draws: int = DRAWS,
) -> tuple[Traced, tuple[str, ...]]:
    """Trace what the leading causes disturbed, and the containers of the batch record back.

    Args:
        package, c: the twin and the run.
        fits: of the leading causes; the first that acts on the product where it can be followed
            is traced.
        seed, executor, draws: as for `trace`.
    """
    driven = recorded_inputs(c.record, read_reference(package.reference), package.parameters)
    disturbance, portions = disturbance_of(package, fits), tuple(shares_of_time(c))
    return trace(
        package, c.record, driven, disturbance, portions, seed=seed, executor=executor, draws=draws
    )


def trace(
    package: TwinPackage,
    record: LineRecord,
    driven: RecordedInputs,
    disturbance: Disturbance | None,
    portions: Sequence[tuple[Container, Mask]],
    *,
    seed: int,
    executor: Executor,
    draws: int = DRAWS,
) -> tuple[Traced, tuple[str, ...]]:
    """Trace a disturbance forward and the containers back.

    Args:
        package: the twin.
        record, driven: the run and its recorded inputs.
        disturbance: what is followed; None: only the containers are traced back.
        portions: containers, each with the steps (n,) in which it was made.
        seed, draws: of the parameters of the residence times.
        executor: runs the draws; its kind changes nothing but the time.

    Returns:
        What was traced, and a sentence for everything that had to be supposed.
    """
    inputs, line = driven.inputs, package.parameters.line()
    flows = line_flows(inputs, line)
    parts = parts_needed(chain_of([flows], Entry.BLENDER))
    back = backward_of(package, record, inputs, portions)

    def ahead_of(some: list[LineFlows]) -> list[list[Followed]]:
        if disturbance is None:
            return [[] for _ in some]
        return [[one] for one in followed(record, inputs, disturbance, some, parts)]

    def work(some: list[LineFlows]) -> list[tuple[list[Followed], Fed]]:
        return list(zip(ahead_of(some), fed(back, some, parts), strict=True))

    within = _within(record, disturbance, ahead_of([flows])[0])
    drawn = tracing_draws(package, record, driven, flows, within, draws=draws, seed=seed)

    lines = [drawn.estimated, *(one for some in drawn.sets for one in some)]
    (ahead, came), *others = by_fours(inputs, lines, work, executor)
    sets = [others[i : i + draws] for i in range(0, len(others), draws)]
    origins = container_origins(back, came, [[one for _, one in some] for some in sets])
    assumptions = (_assumed(draws), *drawn.assumptions)
    if disturbance is None:
        return Traced((), None, origins, draws), assumptions
    courses = [[one for (one,), _ in some] for some in sets]
    return Traced(
        stages=stage_courses(record, disturbance, line.route, ahead[0], courses),
        interval=interval_of(record, courses),
        origins=origins,
        draws=draws,
    ), assumptions


def _within(
    record: LineRecord, disturbance: Disturbance | None, estimated: Sequence[Followed]
) -> Mask:
    """When what is disturbed passes the line, as estimated; the whole run without a disturbance."""
    if disturbance is None:
        return np.ones(record.grid_ms.shape, dtype=np.bool_)
    leaving = record.grid_ms[estimated[0].leaves > 0.0]
    begin = disturbance.span.start_ms - MARGIN_MS
    end = max(disturbance.span.end_ms, *leaving[-1:].tolist(), begin) + MARGIN_MS
    return np.asarray((record.grid_ms >= begin) & (record.grid_ms < end))


def _assumed(draws: int) -> str:
    return (
        "Material is traced through the flows, contents and speeds as recorded, under "
        f"{draws} draws of the residence times with the uncertainty of the tests that gave them."
    )
