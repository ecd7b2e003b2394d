"""Many members of one run: the same inputs with other parameters, each reduced to what is asked.

- A member depends on its own parameters only, and results come in the order of the members: the
  same bits whatever the number of workers, and whoever is simulated together.
- Only what `reduce` keeps of a member is held; its courses are given up before the next four.
- Members run in threads: the kernels do not hold the interpreter's lock.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from queue import SimpleQueue
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from investigator.process.four import LANES
from investigator.process.line import LineInputs, LineOutputs, LineParameters
from investigator.process.together import room_for, simulate_together

Floats = NDArray[np.float64]
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
    rooms: SimpleQueue[Floats] = SimpleQueue()
    for _ in range(workers):
        rooms.put(room_for(inputs.blender_rpm.size))

    def four(first: int) -> list[T]:
        some = parameters[first : first + LANES]
        room = rooms.get()
        try:
            return [reduce(out) for out in simulate_together([inputs] * len(some), some, room)]
        finally:
            rooms.put(room)

    with ThreadPoolExecutor(workers) as pool:
        return list(chain.from_iterable(pool.map(four, range(0, len(parameters), LANES))))
