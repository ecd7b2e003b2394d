"""How long each step of the work took. Run times are reported, never used in a result."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Elapsed seconds by step, in the order in which the steps were begun."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Add the time that the block takes to the step of that name."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            elapsed = time.perf_counter() - begun
            self.seconds[name] = self.seconds.get(name, 0.0) + elapsed
