"""An import profile as fields of a form and back; nothing of it is carried out here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from zoneinfo import available_timezones

from investigator.casework.preview import ENCODINGS, roles_for
from investigator.desktop.view_models.evidence import DECIMALS, DELIMITERS
from investigator.domain.errors import UnusableRequest
from investigator.domain.import_profile import (
    Arrangement,
    ColumnUse,
    ImportProfile,
    Kind,
    TimeOrder,
)

Options = tuple[tuple[str, str], ...]
READ_KINDS = (
    Kind.HISTORIAN,
    Kind.LABORATORY,
    Kind.ALARMS,
    Kind.ENVIRONMENT,
    Kind.BATCH_RECORD,
    Kind.MATERIALS,
    Kind.TAG_LIST,
    Kind.STATES,
    Kind.DOCUMENT,
)
NONE, UNUSED = "none", "unused"


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """A field with a choice: its name in the profile, its title, keys and words, and the key."""

    name: str
    title: str
    options: Options
    value: str


def choice_fields(profile: ImportProfile) -> tuple[ChoiceField, ...]:
    """The choices of a profile that is of a text; those of a sheet have no marks of a text."""
    fields = [
        ChoiceField(
            "kind", "What it is", tuple((k.value, _plain(k)) for k in READ_KINDS), profile.kind
        ),
        ChoiceField("arrangement", "Arrangement", _enum(Arrangement), profile.arrangement),
        ChoiceField("time_order", "How times are written", _enum(TimeOrder), profile.time_order),
        ChoiceField("zone", "Zone of times without offset", zones(), profile.zone),
        ChoiceField("decimal", "Decimal mark", tuple(DECIMALS.items()), profile.decimal),
        ChoiceField("thousands", "Thousands mark", _THOUSANDS, profile.thousands or NONE),
    ]
    if profile.delimiter:
        fields += [
            ChoiceField("encoding", "Encoding", _same(sorted(ENCODINGS)), profile.encoding),
            ChoiceField("delimiter", "Delimiter", tuple(DELIMITERS.items()), profile.delimiter),
            ChoiceField("quote", "Quoting character", _QUOTES, profile.quote or NONE),
        ]
    return tuple(fields)


def entered_profile(before: ImportProfile, entered: Mapping[str, str]) -> ImportProfile:
    """The profile that the fields say; its columns are those of `before`.

    Raises:
        UnusableRequest: a line is no whole number.
    """
    said = {name: "" if value == NONE else value for name, value in entered.items()}
    return replace(
        before,
        kind=Kind(said["kind"]),
        arrangement=Arrangement(said["arrangement"]),
        time_order=TimeOrder(said["time_order"]),
        zone=said["zone"],
        decimal=said["decimal"],
        thousands=said["thousands"],
        encoding=said.get("encoding", before.encoding),
        delimiter=said.get("delimiter", before.delimiter),
        quote=said.get("quote", before.quote),
        header_line=_line(said["header_line"]),
        first_line=_line(said["first_line"]),
        sheet=said.get("sheet", before.sheet),
    )


def with_column(
    profile: ImportProfile, position: int, *, role: str, name: str, unit: str
) -> ImportProfile:
    """The profile with another use of a column."""
    return replace(
        profile,
        columns=tuple(
            replace(use, role=role, name=name, unit=unit) if use.position == position else use
            for use in profile.columns
        ),
    )


def with_known_uses(profile: ImportProfile, known: ImportProfile | None) -> ImportProfile:
    """The profile with the uses that columns of the same name have in a known one, where it has
    none for them."""
    uses = {use.name: use for use in known.columns if use.name} if known else {}
    return replace(
        profile,
        columns=tuple(
            replace(uses[use.name], position=use.position)
            if use.role == UNUSED and use.name in uses
            else use
            for use in profile.columns
        ),
    )


def role_options(profile: ImportProfile) -> Options:
    """What a column can be used for: the words of the kind, and those that are in use."""
    used = (use.role for use in profile.columns)
    return _same(dict.fromkeys((*roles_for(profile.kind), *used)))


def column_name(use: ColumnUse) -> str:
    """The name of a column, or its number where the file has none."""
    return use.name or f"column {use.position + 1}"


_THOUSANDS: Options = (
    (NONE, "none"),
    (",", "comma"),
    (".", "point"),
    (" ", "blank"),
    ("'", "apostrophe"),
)
_QUOTES: Options = ((NONE, "none"), ('"', 'double, "'), ("'", "single, '"))


def _same(words: "list[str] | dict[str, None]") -> Options:
    return tuple((word, word) for word in words)


def _enum(kind: type[Arrangement] | type[TimeOrder]) -> Options:
    return tuple((member.value, member.value) for member in kind)


def _plain(kind: Kind) -> str:
    return kind.value.replace("_", " ")


@cache
def zones() -> Options:
    """Every IANA zone that is known, by name."""
    return _same(sorted(available_timezones()))


def _line(text: str) -> int:
    if not text.isdecimal():
        raise UnusableRequest(f'"{text}" is no line; give its number, from 1, or 0 for none.')
    return int(text)
