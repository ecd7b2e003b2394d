"""Tracing under many parameters of the line at once: the same run, its members four by four.

- A member depends on its own parameters only, and results come in the order of the members: the
  same bits whatever the executor and its number of workers.
- Members whose vessels, tanks or cells differ in number are followed one by one.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from itertools import chain
from typing import TypeVar

from investigator.process.contents import LineFlows, flows_together, line_flows, tank_counts
from investigator.process.four import LANES
from investigator.process.line_inputs import LineInputs
from investigator.process.line_parameters import LineParameters

T = TypeVar("T")


def by_fours(
    inputs: LineInputs,
    lines: Sequence[LineParameters],
    work: Callable[[list[LineFlows]], Sequence[T]],
    executor: Executor,
) -> list[T]:
    """What `work` makes of every member, in their order.

    Args:
        inputs: of the run. lines: parameters of the members.
        work: gets the flows of one member or of four and returns as many results; it is called in
            the threads of the executor.
    """

    def four(first: int) -> list[T]:
        some = list(lines[first : first + LANES])
        if len({_shape(line) for line in some}) > 1:
            return [work([line_flows(inputs, line)])[0] for line in some]
        filled = [some[min(i, len(some) - 1)] for i in range(LANES)]
        return list(work(flows_together([inputs] * LANES, filled))[: len(some)])

    return list(chain.from_iterable(executor.map(four, range(0, len(lines), LANES))))


def _shape(line: LineParameters) -> tuple[object, ...]:
    return line.route, tuple(tank_counts(line).tolist()), line.blender.holdup_cells
