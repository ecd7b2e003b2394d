"""A child process that is made ready once and then answers one question after the other.

- What is made ready costs seconds, an answer tenths of one: a window can follow a hand that moves.
- A question is a function of what was made ready; question and answer are pickled.
- Faults arrive as those of `background`. After a fault of the making, the next question makes it
  anew; a child whose parent is gone ends itself.
- It keeps nothing: what was answered is forgotten with the child.
"""

import multiprocessing
import signal
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from investigator.casework.background import (
    WorkCancelled,
    WorkFailed,
    ctrl_c_held,
    end_child,
    end_with_parent,
    raised_again,
)
from investigator.domain.errors import InvestigatorError

Make = Callable[..., Any]
Question = Callable[[Any], Any]


class Answering:
    """One child process with what it made ready.

    Args:
        title: what it is called in sentences.
        make: makes ready what is asked; importable by name. Like all work it takes `report`, which
            nobody hears here.
        args: handed to `make`.
    """

    def __init__(self, title: str, make: Make, *args: Any) -> None:
        self.made_from = (make, args)
        self._title = title
        context = multiprocessing.get_context("spawn")
        self._asked, self._ask = context.Pipe(duplex=False)
        self._answers, self._answer = context.Pipe(duplex=False)
        self._ended, self._end = context.Pipe(duplex=False)
        self._child = context.Process(
            target=_serve, args=(self._asked, self._answer, make, args), name=title, daemon=True
        )

    def answer(self, question: Question) -> Any:
        """Ask, and wait for the answer; from one thread at a time.

        Raises:
            WorkCancelled: `cancel` was called.
            InvestigatorError: raised by the making or by the question.
            WorkFailed: either raised something else, or the child was ended from outside.
        """
        if self._child.pid is None:
            with ctrl_c_held():
                self._child.start()
            self._asked.close()
            self._answer.close()
        try:
            self._ask.send(question)
            wait([self._answers, self._ended])
            if self._ended.poll():
                raise WorkCancelled(f"{self._title} was ended.")
            kind, *content = self._answers.recv()
        except (EOFError, OSError):
            raise self._ended_from_outside() from None
        if kind == "done":
            return content[0]
        raise raised_again(self._title, *content)

    def cancel(self) -> None:
        """End a question that waits for its answer, from any thread; returns at once."""
        with suppress(OSError):  # closed meanwhile: then nothing waits any more
            self._end.send_bytes(b"end")

    def close(self) -> None:
        """End the child; from the thread that asks, once."""
        end_child(self._child)
        for end in (self._asked, self._ask, self._answers, self._answer, self._ended, self._end):
            end.close()

    def _ended_from_outside(self) -> WorkFailed:
        return WorkFailed(
            f"{self._title} was ended from outside (a lack of memory does that): close other "
            "programs and try again.",
            trace=f"{self._title}: the child process is gone",
        )


def _unheard(_words: str, _share: float) -> None:
    """Making ready is short."""


def _serve(questions: Connection, answers: Connection, make: Make, args: tuple[Any, ...]) -> None:
    """The life of the child: answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    made: list[Any] = []
    while True:
        try:
            question = questions.recv()
        except EOFError:
            return
        try:
            if not made:
                made.append(make(*args, report=_unheard))
            answers.send(("done", question(made[0])))
        except InvestigatorError as error:
            answers.send(("failed", type(error), str(error), vars(error), ""))
        except Exception as error:  # noqa: BLE001
            sentence = f"{type(error).__name__}: {error}"
            answers.send(("failed", None, sentence, {}, traceback.format_exc()))
