"""Heavy work in a child process: it reports progress, can be ended at any moment, leaves nothing.

- What runs is a function that can be imported by name; it gets its arguments and `report`, and
  gives back a value. Both are pickled: hand over paths, bytes, arrays and small values, since a
  large tree of objects is built again in one go by the process that waits.
- A fault for people (`InvestigatorError`) arrives as what it was; any other arrives as `WorkFailed`
  with one sentence for the person and the traceback for the log.
- A child that is ended from outside gives one sentence; a child whose parent is gone ends itself.
- When `result` returns or raises, the child is gone.
"""

import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from investigator.domain.errors import InvestigatorError

Progress = Callable[[str, float], None]
Work = Callable[..., Any]
"""A function that can run in the background; it also takes `report(words, share from 0 to 1)`."""
_GRACE_S = 0.5


class WorkCancelled(Exception):
    """The work was ended because the person asked for it."""


class WorkFailed(Exception):
    """The work ended by a fault of the program or from outside; its text is one sentence.

    Attributes:
        trace: for the log: the traceback in the child, or how the child ended.
    """

    def __init__(self, sentence: str, *, trace: str) -> None:
        super().__init__(sentence)
        self.trace = trace


class Background:
    """One run of a function in a child process of its own.

    Args:
        title: what the work is called in sentences, e.g. "Replay".
        function: importable by name.
        args: handed to the function.
    """

    def __init__(self, title: str, function: Work, *args: Any) -> None:
        self._title = title
        context = multiprocessing.get_context("spawn")
        self._receiver, self._sender = context.Pipe(duplex=False)
        self._cancelled, self._canceller = context.Pipe(duplex=False)
        self._child = context.Process(
            target=_child, args=(self._sender, function, args), name=title, daemon=True
        )

    def result(self, on_progress: Progress) -> Any:
        """Run, and wait for what the function gives back; once.

        Args:
            on_progress: called in the waiting thread with words and the share that is done.

        Raises:
            WorkCancelled: it was cancelled.
            InvestigatorError: raised by the function.
            WorkFailed: the function raised something else, or the child was ended from outside.
        """
        try:
            if not self._cancelled.poll():
                with ctrl_c_held():
                    self._child.start()
            self._sender.close()
            return self._answer(on_progress)
        finally:
            self._close()

    def cancel(self) -> None:
        """Ask for the end, from any thread; returns at once, `result` raises within a second."""
        self._canceller.send_bytes(b"cancel")

    def _answer(self, on_progress: Progress) -> Any:
        while True:
            wait([self._receiver, self._cancelled])
            if self._cancelled.poll():
                raise WorkCancelled(f"{self._title} was cancelled.")
            try:
                kind, *content = self._receiver.recv()
            except (EOFError, OSError):
                raise self._ended_from_outside() from None
            if kind == "done":
                return content[0]
            if kind == "failed":
                raise raised_again(self._title, *content)
            on_progress(*content)

    def _ended_from_outside(self) -> WorkFailed:
        self._child.join(_GRACE_S)
        code = self._child.exitcode
        how = f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"
        return WorkFailed(
            f"{self._title} was ended from outside before it was done ({how}; a lack of memory "
            "does that); nothing of it was recorded: close other programs and start it again.",
            trace=f"{self._title}: the child process ended with {how}",
        )

    def _close(self) -> None:
        end_child(self._child)
        for end in (self._receiver, self._sender):
            end.close()


@contextmanager
def ctrl_c_held() -> Iterator[None]:
    """Ctrl+C waits until the child is begun, and never reaches it: a terminal sends it to both."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # its start would let Ctrl+C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _child(sender: Connection, function: Work, args: tuple[Any, ...]) -> None:
    """The life of the child: do the work, say how it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        done = function(*args, report=lambda words, share: sender.send(("progress", words, share)))
        sender.send(("done", done))
    except InvestigatorError as error:
        sender.send(("failed", type(error), str(error), vars(error), ""))
    except Exception as error:  # noqa: BLE001
        sentence = f"{type(error).__name__}: {error}"
        sender.send(("failed", None, sentence, {}, traceback.format_exc()))


def end_child(child: BaseProcess) -> None:
    """End a child that may have been started, with some grace, and let go of it."""
    if child.pid is None:
        return
    child.terminate()
    child.join(_GRACE_S)
    if child.is_alive():
        child.kill()
        child.join()
    child.close()


def end_with_parent() -> None:
    """Wait for the end of the parent, then end this process at once; in a thread of the child."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def raised_again(
    title: str, kind: type[InvestigatorError] | None, text: str, facts: dict[str, Any], trace: str
) -> Exception:
    """The fault of the child, as it was; its constructor may ask for more than its sentence."""
    if kind is None:
        return internal_fault(title, text, trace)
    error = kind.__new__(kind, text)
    vars(error).update(facts)
    return error


def internal_fault(title: str, text: str, trace: str) -> WorkFailed:
    """A fault of the program, as a sentence for the person and a traceback for the log."""
    return WorkFailed(
        f"{title} failed by a fault of the program ({text}); nothing of it was recorded: "
        "report this with the program's log.",
        trace=trace,
    )
