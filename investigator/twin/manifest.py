"""The head of a twin package, `twin.toml`: which line, and what it may be used for.

- A manifest of a newer format is refused; a missing entry is named.
- It does not say how the twin stands: that follows from the validation (`standing`). A status that
  was typed into an older manifest is not believed.
- Set-points and nominal values each carry the document that they come from.
- The criteria of a validation are fixed here, before it is carried out.
"""

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.domain.validation import Criterion, Relation

HEAD = "twin.toml"
FORMAT = 2
OPEN = "to be filled in"
"""What stands in the manifest of a twin that was begun, where its line is not told yet."""
_VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){0,3}")


@dataclass(frozen=True, slots=True)
class SetPoint:
    """A nominal value of the line with unit and origin."""

    value: float
    unit: str
    origin: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a twin package says of itself.

    `version`: numbers with points between them; a later one is greater. `risk_class`: the GxP risk
    class of the decisions that it supports. `equipment`: equipment ids by unit. `limitations`: what
    the twin cannot represent, a sentence each.
    """

    twin_id: str
    title: str
    version: str
    line_id: str
    site: str
    site_zone: str
    product_id: str
    product: str
    context_of_use: str
    excluded_uses: tuple[str, ...]
    risk_class: str
    equipment: Mapping[str, str]
    set_points: Mapping[str, SetPoint]
    acceptance: tuple[Criterion, ...] = ()
    limitations: tuple[str, ...] = ()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a package folder.

    Raises:
        UnusableInput: no readable `twin.toml`, a newer format, or a missing entry.
    """
    try:
        document = tomllib.loads((folder / HEAD).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnusableInput(
            f"{folder.name}/{HEAD}", f"cannot be read ({error})", "restore the twin package"
        ) from None
    form = document.get("format")
    if not isinstance(form, int) or form > FORMAT:
        raise UnusableInput(
            f"{folder.name}/{HEAD}",
            f"has format {form!r}, this version reads formats up to {FORMAT}",
            "update the program or take an older package",
        )
    try:
        return _manifest(document)
    except (KeyError, TypeError, ValueError) as error:
        raise UnusableInput(
            f"{folder.name}/{HEAD}", f"lacks a usable entry ({error})", "complete it"
        ) from None


def _manifest(document: Mapping[str, Any]) -> Manifest:
    twin = document["twin"]
    use = document["use"]
    return Manifest(
        twin_id=str(twin["id"]),
        title=str(twin["title"]),
        version=_version(twin["version"]),
        line_id=str(twin["line_id"]),
        site=str(twin["site"]),
        site_zone=str(twin["site_zone"]),
        product_id=str(twin["product_id"]),
        product=str(twin["product"]),
        context_of_use=str(use["context_of_use"]),
        excluded_uses=tuple(str(text) for text in use["excluded_uses"]),
        risk_class=str(use["risk_class"]),
        equipment={str(k): str(v) for k, v in document["equipment"].items()},
        set_points={
            str(name): SetPoint(float(row["value"]), str(row["unit"]), str(row["origin"]))
            for name, row in document["set_points"].items()
        },
        acceptance=tuple(_criterion(row) for row in document.get("acceptance", ())),
        limitations=tuple(str(text) for text in use.get("limitations", ())),
    )


def _version(text: object) -> str:
    if not isinstance(text, str) or not _VERSION.fullmatch(text):
        raise ValueError(f"version {text!r} is not of the form 1.2.0")
    return text


def _criterion(row: Mapping[str, Any]) -> Criterion:
    return Criterion(
        criterion_id=str(row["id"]),
        title=str(row["title"]),
        relation=Relation(row["relation"]),
        limit=_limit(row),
        unit=str(row["unit"]),
        why=str(row["why"]),
    )


def _limit(row: Mapping[str, Any]) -> float:
    limit = row["limit"]
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not math.isfinite(limit):
        raise ValueError(f"limit {limit!r} of {row['id']} is no number that a figure could fail")
    return float(limit)
