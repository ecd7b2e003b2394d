"""Many members of one run: the same inputs with other parameters, each reduced to what is asked.

- A member depends on its own parameters only, and results come in the order of the members: the
  same bits whatever the number of workers.
- Only what `reduce` keeps of a member is held; its courses are given up before the next.
- Members run in threads: the kernels do not hold the interpreter's lock.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from investigator.process.line import LineInputs, LineOutputs, LineParameters, simulate

T = TypeVar("T")


def simulate_members(
    inputs: LineInputs,
    parameters: Sequence[LineParameters],
    reduce: Callable[[LineOutputs], T],
    *,
    workers: int,
) -> list[T]:
    """What `reduce` makes of the outputs of every member, in the order of `parameters`.

    `reduce` is called in the worker's thread and must keep nothing but its result.
    """
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda member: reduce(simulate(inputs, member)), parameters))
