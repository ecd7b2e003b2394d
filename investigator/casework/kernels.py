"""Compiling what the simulation and the comparison with the data are worked out by, beforehand.

- The compiler keeps what it made beside the source, or in the user's cache where that cannot be
  written; it is asked for again only where the source, the processor or the compiler has changed.
- Every kernel that an investigation needs is called once, on a few steps of nothing in particular,
  with arrays as a run has them: a kernel is compiled for the kinds of what it is handed.
- Two processes compile at once, for within one the compiler does one thing after the other.
"""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np

STEPS, LANES, PROCESSES = 8, 4, 2


def compile_kernels() -> None:
    """Compile every kernel of an investigation that is not compiled yet."""
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as processes:
        for done in [processes.submit(part) for part in PARTS]:
            done.result()


def _tanks() -> None:
    """The composition of the powder: of one run, and of four at once."""
    from investigator.process.cascade import Driven, run

    places, none = np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64)
    for lanes in (1, LANES):
        course = np.ones((1, STEPS, lanes))
        driven = Driven(
            entered_kg=course,
            holdup_kg=np.ones((1, STEPS + 1, lanes)),
            brought=course,
            brought_of=places,
            brought_at=places,
            always=np.zeros((1, 1, LANES)),
            grown=course[:0],
            grown_of=none,
            grown_at=none,
            marks=-1,
        )
        seen, out = np.empty((2, 1, LANES, STEPS))
        run(driven, places + 1, places + 1, np.ones((1, 1, LANES)), 0, seen, out)


def _contents() -> None:
    """How much powder stands in blender and chute, and what lags behind."""
    from investigator.process import blender, chute, holdup, holdup_members, lag

    course, four = np.ones(STEPS), np.ones(LANES)
    courses = np.ones((STEPS, LANES))
    p = blender.BlenderParameters(1.0, 1.0, 1.0, 0.5, 0.5, LANES, 1.0, 0.5, 1, 1)
    blender.steady_holdup(p, 1.0, 1.0)
    holdup.course(LANES, 2.0, 1e-3, 1e-9, 1.0, course, course, 1.0)
    holdup_members.course(LANES, 2.0 * four, 1e-3 * four, 1e-9 * four, 1.0, courses, courses, four)
    chute.content_course(chute.ChuteParameters(1.0, 1, 1.0), 1.0, course, course, course)
    lag.lagged(course, course > 0.0, 1.0, 1.0)


def _marks() -> None:
    """Marked powder on its way, and backwards."""
    from investigator.process.tracing_kernel import backward, forward

    entered, tanks = np.ones((STEPS, 1, LANES)), np.ones(1, dtype=np.int64)
    holdup, start = np.ones((STEPS + 1, 1, LANES)), np.zeros((1, 1, LANES))
    out = np.empty((STEPS, 1, 1, LANES))
    forward(entered, holdup, tanks, entered, np.zeros((0, 1, 1)), start, 0, out)
    backward(entered, holdup, tanks, entered, np.empty_like(entered), start)


def _comparison() -> None:
    """What is left between twin and data, and what any change would explain of it."""
    from investigator.analysis.predictive_check import largest_gains
    from investigator.analysis.pulse_trains import best_trains
    from investigator.analysis.unexplained import prepare
    from investigator.twin.noise import all_gains_of, innovations

    values, table = np.ones((1, STEPS)), np.full((1, 6), 0.5)
    known = values > 0.0
    gains = all_gains_of(known, table, values, values)
    innovations(values, known, gains, table)
    search = prepare(known, gains, table, 1, 1)[0]
    largest_gains(np.ones((STEPS, 2)), search.gram, search.measured, 1, 1)
    best_trains(
        known[0], gains[0], 0.5, values[0], periods=(8.0, 9.0), lengths=(1.0, 9.0), swings=True
    )


def _attributes() -> None:
    """What laboratory and in-process tests tell of the product."""
    from investigator.twin import gaussian_batch as batch

    spread = batch.Spread(1.0, 1.0, 1.0, (1.0, 1.0), (1.0, 1.0))
    hours, lots = np.arange(float(STEPS)), np.ones((STEPS, 2))
    product = batch.product_covariance(hours, lots, spread)
    doubt, kinds = np.ones(STEPS), np.zeros(STEPS, dtype=np.int64)
    root = batch.root_of(product + batch.error_covariance(kinds, doubt, spread))
    white = batch.whitened(root, lots)
    for columns in (white, np.asfortranarray(white), root[:, 1:]):
        batch.inner(columns, columns)


PARTS: tuple[Callable[[], None], ...] = (_tanks, _contents, _marks, _comparison, _attributes)
"""What is compiled, the longest first; each part by one process."""
