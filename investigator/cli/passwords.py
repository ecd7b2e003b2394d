"""Passwords are asked for at the terminal, or handed in one a line; never as an argument.

Every other user of the machine sees the arguments of a command.
"""

import argparse
import getpass
import sys
from collections.abc import Iterator
from pathlib import Path

from investigator.domain.errors import UnusableInput, UnusableRequest


class Passwords:
    """Where the passwords of one command come from, in the order in which they are asked for.

    Args:
        lines: passwords that are handed in; None asks at the terminal.
        source: what the lines are of, as the person knows it.
    """

    def __init__(self, lines: Iterator[str] | None, source: str = "") -> None:
        self._lines, self._source = lines, source

    def ask(self, of: str) -> str:
        """A password that there is already, of this user id.

        Raises:
            UnusableRequest: none was handed in, or there is no terminal to ask at.
        """
        return self._typed(f"Password of {of}: ") if self._lines is None else self._next(of)

    def new(self, of: str) -> str:
        """A new password, at the terminal asked for twice; raises as `ask`."""
        if self._lines is not None:
            return self._next(of)
        first = self._typed(f"New password of {of}: ")
        if self._typed(f"New password of {of}, once more: ") != first:
            raise UnusableRequest("The two passwords typed differ; nothing was recorded.")
        return first

    def _typed(self, prompt: str) -> str:
        if not sys.stdin.isatty():
            raise UnusableRequest(
                "There is no terminal to ask for the password at; hand it in with "
                "--password-stdin or --password-file."
            )
        return getpass.getpass(prompt)

    def _next(self, of: str) -> str:
        for line in self._lines or ():
            return line.rstrip("\r\n")
        raise UnusableRequest(
            f"No password was handed in for {of}: {self._source} holds too few lines, one for "
            "each password that is asked for."
        )


def add_password_options(parser: argparse.ArgumentParser) -> None:
    """How passwords can be handed in where nobody sits at a terminal."""
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument(
        "--password-file", type=Path, metavar="FILE", help="read the passwords from it, one a line"
    )
    ways.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the passwords from standard input, one a line",
    )


def passwords_of(request: argparse.Namespace) -> Passwords:
    """Where the passwords of a request come from.

    Raises:
        UnusableInput: the file of passwords cannot be read.
    """
    if request.password_stdin:
        return Passwords(iter(sys.stdin.readline, ""), "standard input")
    if request.password_file is None:
        return Passwords(None)
    try:
        text = request.password_file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise UnusableInput(
            str(request.password_file),
            f"cannot be read ({getattr(fault, 'strerror', None) or 'it is no text'})",
            "name a text file with one password a line",
        ) from None
    return Passwords(iter(text.splitlines()), str(request.password_file))
