"""A parser that answers with one sentence, and how commands are added to it."""

import argparse
from collections.abc import Callable
from typing import NoReturn, TypeAlias

from investigator.domain.errors import UnusableRequest

Run = Callable[[argparse.Namespace], int]
"""Carries out a parsed request; gives back the exit status."""


class SentenceParser(argparse.ArgumentParser):
    """A parser that raises a sentence where argparse would print its usage and leave."""

    def error(self, message: str) -> NoReturn:
        """Raise UnusableRequest naming what was wrong and where help is found."""
        raise UnusableRequest(f"{message}; see {self.prog} --help.")


Commands: TypeAlias = "argparse._SubParsersAction[SentenceParser]"


def group(commands: Commands, name: str, words: str) -> Commands:
    """A command that has commands of its own."""
    parser = commands.add_parser(name, help=words, allow_abbrev=False)
    return parser.add_subparsers(title="commands", metavar="COMMAND", required=True)


def command(
    commands: Commands, name: str, words: str, run: Run, *shared: SentenceParser
) -> SentenceParser:
    """A command that does something; `shared` holds the options that it has in common."""
    parser = commands.add_parser(
        name, help=words, description=words, parents=list(shared), allow_abbrev=False
    )
    parser.set_defaults(run=run)
    return parser
