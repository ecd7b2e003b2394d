"""Functions that a child process runs in tests; it imports them by name."""

import os
import signal
import time
from collections.abc import Callable

from investigator.domain.errors import UnusableInput, UnusableRequest

Progress = Callable[[str, float], None]


class NeedsMore(UnusableRequest):
    """A fault that cannot be made again from its sentence alone."""

    def __init__(self, tag: str, *, count: int) -> None:
        super().__init__(f"Tag {tag} was given {count} times; give it once.")
        self.tag, self.count = tag, count


def squared(numbers: list[int], *, report: Progress) -> list[int]:
    """The squares, one report for each."""
    done = []
    for k, number in enumerate(numbers, start=1):
        done.append(number * number)
        report(f"{k} of {len(numbers)}", k / len(numbers))
    return done


def run_of_squares(numbers: list[int], asked: object, *, report: Progress) -> list[int]:
    """A run of something, which comes to squares."""
    report(str(asked), 0.0)
    return squared(numbers, report=report)


def own_pid(*, report: Progress) -> int:
    """The process that ran it."""
    report("asked", 1.0)
    return os.getpid()


def is_deaf_to_ctrl_c(*, report: Progress) -> bool:
    """Whether the signal of Ctrl+C was held back from the process from its first moment."""
    report("asked", 1.0)
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def refuses(*, report: Progress) -> None:
    """A fault for people."""
    report("refusing", 0.0)
    raise UnusableInput("historian.csv", "row 7 has no time", "export it again")


def refuses_with_facts(*, report: Progress) -> None:
    """A fault for people with more than its sentence."""
    report("refusing", 0.0)
    raise NeedsMore("LF-101.PV", count=2)


def breaks(*, report: Progress) -> None:
    """A fault of the program."""
    report("breaking", 0.0)
    raise ZeroDivisionError("mass of nothing")


def gives_a_thing_that_cannot_be_sent(*, report: Progress) -> Callable[[], None]:
    """An answer that cannot be pickled."""
    report("done", 1.0)
    return lambda: None


def sleeps(seconds: float, *, report: Progress) -> None:
    """Work that takes long."""
    report(str(os.getpid()), 0.1)
    time.sleep(seconds)


def cannot_be_asked_to_end(seconds: float, *, report: Progress) -> None:
    """Work that ignores the polite signal."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    report(str(os.getpid()), 0.1)
    time.sleep(seconds)


def kills_itself(*, report: Progress) -> None:
    """What the system does when memory runs out."""
    report("dying", 0.5)
    os.kill(os.getpid(), signal.SIGKILL)


def steps(count: int, pause_s: float, *, report: Progress) -> int:
    """Even work in many steps."""
    for k in range(1, count + 1):
        time.sleep(pause_s)
        report(f"step {k}", k / count)
    return count


class Counter:
    """Something that is made ready once and asked often."""

    def __init__(self, start: int, *, report: Progress) -> None:
        report("counting", 0.5)
        if start < 0:
            raise UnusableRequest("A count begins at 0; give 0 or more.")
        self.count = start

    def next(self, step: int = 1) -> tuple[int, int]:
        """The count after a step, and the process that counts."""
        self.count += step
        return self.count, os.getpid()

    def refuse(self) -> None:
        """A fault for people with more than its sentence."""
        raise NeedsMore("LF-101.PV", count=2)

    def divide(self) -> None:
        """A fault of the program."""
        raise ZeroDivisionError("mass of nothing")

    def die(self) -> None:
        """What the system does when memory runs out."""
        os.kill(os.getpid(), signal.SIGKILL)

    def sleep(self, seconds: float) -> None:
        """A question that takes long."""
        time.sleep(seconds)
