"""Which columns of a table go together: times, their offset, values, and the status of each value.

A wide export is one such block, tables side by side are several, a file with one tag is a block
whose one column of values is named after the file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import Arrangement, ColumnUse, ImportProfile
from investigator.evidence.historian.values import FLAGS
from investigator.evidence.sources.source import Source
from investigator.evidence.tables.columns import is_status_of

PARTS_OF_PATH = frozenset({"tag", "tagname", "series", "name", "point"})
"""Folders named `tag=…` and so on name the tag of the files in them."""


@dataclass(frozen=True, slots=True)
class ColumnBlock:
    """A column of times and the columns of values that go with it.

    `statuses` gives, by the position of a column of values, that of its statuses; `flags` are those
    of the one column of a file with one tag.
    """

    times: tuple[ColumnUse, ...]
    offset: ColumnUse | None
    signals: tuple[ColumnUse, ...]
    statuses: Mapping[int, ColumnUse]
    flags: tuple[ColumnUse, ...] = ()


def tag_of_file(source: Source) -> str:
    """The tag that a file is named after: by a folder `tag=…`, else its name without ending."""
    path = PurePath(source.member or source.file)
    for part in path.parts[:-1]:
        key, is_pair, value = part.partition("=")
        if is_pair and key.casefold() in PARTS_OF_PATH:
            return value
    return path.name.removesuffix(".gz").removesuffix(path.suffix) if path.suffix else path.name


def blocks_of(source: Source, profile: ImportProfile) -> list[ColumnBlock]:
    """The blocks of a table that have times and values, every tag once.

    Raises:
        UnusableInput: there is none, or two columns are of one tag.
    """
    numbers = dict.fromkeys(use.block for use in profile.columns)
    found = [_block(n, source, profile) for n in numbers]
    blocks = [block for block in found if block.times and block.signals]
    if not blocks:
        raise UnusableInput(
            source.name,
            "has no column of times with a column of values beside it",
            "say in its import profile which columns hold them",
        )
    _refuse_doubles([use.name for block in blocks for use in block.signals], source.name)
    return blocks


def _block(number: int, source: Source, profile: ImportProfile) -> ColumnBlock:
    uses = [use for use in profile.columns if use.block == number]
    if profile.arrangement is Arrangement.SINGLE:
        signals = [replace(u, name=tag_of_file(source)) for u in uses if u.role == "value"][:1]
    else:
        signals = [use for use in uses if use.role == "signal"]
    statuses = [use for use in uses if use.role == "status"]
    return ColumnBlock(
        times=tuple(use for use in uses if use.role == "time"),
        offset=next((use for use in uses if use.role == "offset"), None),
        signals=tuple(signals),
        flags=tuple(use for use in uses if use.role in FLAGS and len(signals) == 1),
        statuses={s.position: q for q in statuses for s in signals if _goes_with(s, q, signals)},
    )


def _goes_with(signal: ColumnUse, status: ColumnUse, signals: Sequence[ColumnUse]) -> bool:
    """A status belongs to the signal that it is named after, else to the last before it, or to the
    only one there is.
    """
    named = [use for use in signals if is_status_of(status.name, use.name)]
    if named:
        return signal in named
    before = [use.position for use in signals if use.position < status.position]
    return len(signals) == 1 or (bool(before) and max(before) == signal.position)


def _refuse_doubles(names: Sequence[str], file: str) -> None:
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        raise UnusableInput(file, f"has two columns named {doubles[0]}", "export every tag once")
