"""What an act says, as names and values to be read."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from investigator.domain.acts.act import Act
from investigator.domain.instant import iso

_DIGEST = re.compile(r"(sha256:)?[0-9a-f]{64}")
_SHOWN = 12
_NONE = "–"


def facts_of_act(act: Act, zone: str) -> tuple[tuple[str, str], ...]:
    """Every field of an act; times in the zone, digests by their first digits."""
    return tuple(_facts(act, zone))


def in_words(name: str) -> str:
    """The name of a field as people read it, e.g. "Batch id"."""
    return name.removesuffix("_ms").replace("_", " ").capitalize()


def digest_in_short(digest: str) -> str:
    """The first digits of a digest, as it is named beside the whole."""
    return f"{digest.removeprefix('sha256:')[:_SHOWN]}…"


def _facts(value: Any, zone: str) -> Iterator[tuple[str, str]]:
    for field in fields(value):
        found = getattr(value, field.name)
        if is_dataclass(found):
            yield from _facts(found, zone)
        elif field.name.endswith("_ms"):
            yield in_words(field.name), iso(found, zone)
        else:
            yield in_words(field.name), _said(found)


def _said(value: Any) -> str:
    if value is None or value in ("", ()):
        return _NONE
    if isinstance(value, tuple):
        return _listed(value)
    text = str(value)
    return digest_in_short(text) if _DIGEST.fullmatch(text) else text


def _listed(values: tuple[Any, ...]) -> str:
    if is_dataclass(values[0]):
        return f"{len(values)}: {', '.join(str(getattr(v, 'name', v)) for v in values)}"
    return ", ".join(str(value) for value in values)
