"""The console as a test speaks to it: words and passwords in, status and texts out."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

import pytest

from investigator.__main__ import main
from support.trust import PASSWORD


@dataclass(frozen=True, slots=True)
class Told:
    """How a command ended, and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Console:
    """Runs commands in this process; passwords are handed in by standard input."""

    def run(self, *words: object, passwords: tuple[str, ...] = ()) -> Told:
        """One command as it is."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.setattr("sys.stdin", io.StringIO("".join(f"{p}\n" for p in passwords)))
            status = main([str(word) for word in words])
        return Told(status, out.getvalue(), err.getvalue())

    def by(self, user_id: str, *words: object, more: tuple[str, ...] = ()) -> Told:
        """One command at a desk by this person; `more`: passwords after that of signing in."""
        options = ("--user", user_id, "--password-stdin")
        return self.run(*words, *options, passwords=(PASSWORD, *more))

    def done(self, user_id: str, *words: object, more: tuple[str, ...] = ()) -> str:
        """What a command wrote that must do its work and say nothing else."""
        told = self.by(user_id, *words, more=more)
        assert told.status == 0, told.err
        return told.out

    def refused(self, user_id: str, *words: object, more: tuple[str, ...] = ()) -> str:
        """The one sentence of a command that must be refused with status 2."""
        return one_sentence(self.by(user_id, *words, more=more))


def one_sentence(told: Told) -> str:
    """The sentence that a refused command wrote, and nothing else."""
    assert told.status == 2, told
    assert told.out == ""
    assert told.err.startswith("investigator: ")
    assert told.err.count("\n") == 1
    assert told.err.endswith(".\n")
    return told.err
