"""By which rules a disposition is proposed on a line: `decision_rules.toml` of its twin.

- They are fixed before a case: they lie in the package and enter its digest.
- A rule is for an attribute that the list of specifications names; one for another is refused.
- Reading is strict: what is unknown, missing or impossible is told, and nothing has a default.
- Reprocessing is proposed only where a section of the dossier that registers it is named; blending
  affected product into good cannot be allowed at all.
"""

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.domain.impact import REASONS_IN_WORDS
from investigator.twin.attribute_kind import ATTRIBUTES
from investigator.twin.specification import Specification

DECISION_RULES = "decision_rules.toml"
FORMAT = 1
CONTENT_UNIFORMITY = "cu_av"
"""Attribute id of the acceptance value of content uniformity."""

_JUDGED = (*(kind.attribute for kind in ATTRIBUTES), CONTENT_UNIFORMITY)
_PARTS = frozenset({"format", "version", "affected", "disposition", "sampling", "attribute"})
_MOST_UNITS_PER_PLACE = 1000


@dataclass(frozen=True, slots=True)
class AttributeRule:
    """How one attribute of a container is judged when its value is uncertain.

    `guard_factor`: by how many standard uncertainties the limit of acceptance lies inside the limit
    of the specification. `release_from`: least probability to conform for release. `reject_below`:
    greatest probability to conform with which a container out of its limits is rejected, at most
    one half.
    """

    guard_factor: float
    release_from: float
    reject_below: float
    origin: str


@dataclass(frozen=True, slots=True)
class SamplingRule:
    """Additional testing: with `confidence`, a `share` of affected tablets shows in the sample."""

    confidence: float
    share: float
    units_per_place: int


@dataclass(frozen=True, slots=True)
class DecisionRules:
    """The rules of a line.

    Attributes:
        version: of the rules, as the site counts them.
        least_kg: affected mass from which a container counts.
        held_above: chance of that mass above which it counts.
        sort_by: by reason that only single tablets show, what tells these tablets apart.
        reprocess_registered: section of the dossier that registers a reprocessing; empty where it
            is not registered, and then it is not proposed.
        sampling: of additional testing.
        attributes: by attribute id; one that has no rule is not judged.
    """

    version: str
    least_kg: float
    held_above: float
    sort_by: Mapping[str, str]
    reprocess_registered: str
    sampling: SamplingRule
    attributes: Mapping[str, AttributeRule]


def read_decision_rules(folder: Path, specifications: Iterable[Specification]) -> DecisionRules:
    """The decision rules of a package folder.

    Args:
        folder: of the package.
        specifications: of the line; rules are for their attributes.

    Raises:
        UnusableInput: the file is missing or no TOML, of a newer format, names what there is not,
            lacks an entry, or holds a value that cannot be.
    """
    where = f"{folder.name}/{DECISION_RULES}"
    try:
        document = tomllib.loads((folder / DECISION_RULES).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UnusableInput(
            where, "is missing, so nothing can be proposed", "add the decision rules of the line"
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise UnusableInput(where, f"cannot be read ({error})", "restore the package") from None
    try:
        return _rules(document, _limited(specifications))
    except KeyError as error:
        fault = f"lacks the entry {error.args[0]}"
    except (TypeError, ValueError, AttributeError) as error:
        fault = str(error)
    raise UnusableInput(where, fault, "correct it; docs/twin-packages.md lists the entries")


def rules_in_words(rules: DecisionRules) -> str:
    """What the rules come to, in one sentence."""
    reprocess = rules.reprocess_registered or "none registered"
    return (
        f"version {rules.version}: affected from {1000 * rules.least_kg:g} g with a chance above "
        f"{100 * rules.held_above:g} %; {len(rules.attributes)} attributes judged; sorting for "
        f"{len(rules.sort_by)} reason(s), reprocessing: {reprocess}; additional testing finds a "
        f"share of {100 * rules.sampling.share:g} % with {100 * rules.sampling.confidence:g} % "
        "confidence"
    )


def _limited(specifications: Iterable[Specification]) -> frozenset[str]:
    """Attributes of the list that have a limit."""
    return frozenset(
        row.attribute
        for row in specifications
        if row.attribute and (row.low is not None or row.high is not None)
    )


def _rules(document: Mapping[str, Any], limited: frozenset[str]) -> DecisionRules:
    form = document.get("format")
    if not isinstance(form, int) or isinstance(form, bool) or not 1 <= form <= FORMAT:
        raise ValueError(f"has format {form!r}, this version reads formats up to {FORMAT}")
    _only(document, _PARTS, "")
    affected = _table(document, "affected", {"least_kg", "held_above", "origin"})
    allowed = _table(document, "disposition", {"reprocess_registered", "sort", "origin"})
    sampling = _table(document, "sampling", {"confidence", "share", "units_per_place", "origin"})
    return DecisionRules(
        version=_text(document, "version", "version"),
        least_kg=_above_zero(affected, "least_kg", "affected.least_kg"),
        held_above=_between(affected, "held_above", "affected.held_above", 0.0, 1.0),
        sort_by=_sort_by(_mapping(allowed, "sort", "disposition.sort")),
        reprocess_registered=_text(
            allowed, "reprocess_registered", "disposition.reprocess_registered", empty=True
        ),
        sampling=SamplingRule(
            confidence=_inside(sampling, "confidence", "sampling.confidence"),
            share=_inside(sampling, "share", "sampling.share"),
            units_per_place=_whole(sampling, "units_per_place", "sampling.units_per_place"),
        ),
        attributes=_attributes(_mapping(document, "attribute", "attribute"), limited),
    )


def _sort_by(table: Mapping[str, Any]) -> dict[str, str]:
    _only(table, frozenset(REASONS_IN_WORDS), "disposition.sort.")
    return {reason: _text(table, reason, f"disposition.sort.{reason}") for reason in table}


def _attributes(tables: Mapping[str, Any], limited: frozenset[str]) -> dict[str, AttributeRule]:
    unknown = sorted(set(tables) - limited)
    if unknown:
        raise ValueError(
            f"has a rule for {unknown[0]}, which has no limit in the list of specifications"
        )
    missing = [name for name in _JUDGED if name in limited and name not in tables]
    if missing:
        raise ValueError(f"has no rule for {missing[0]}, which has limits")
    return {name: _attribute(tables, name) for name in tables}


def _attribute(tables: Mapping[str, Any], name: str) -> AttributeRule:
    table = _table(
        tables,
        name,
        {"consumer_risk", "guard_factor", "release_from", "reject_below", "origin"},
        within="attribute.",
    )
    where = f"attribute.{name}"
    release_from = _inside(table, "release_from", f"{where}.release_from")
    reject_below = _between(table, "reject_below", f"{where}.reject_below", 0.0, 0.5)
    if release_from < 0.5:
        raise ValueError(
            f"has {where}.release_from = {release_from:g}: what is released is at least as likely "
            "to conform as not, so it is 0.5 or more"
        )
    return AttributeRule(
        guard_factor=_guard_factor(table, where),
        release_from=release_from,
        reject_below=reject_below,
        origin=_text(table, "origin", f"{where}.origin"),
    )


def _guard_factor(table: Mapping[str, Any], where: str) -> float:
    if ("consumer_risk" in table) == ("guard_factor" in table):
        raise ValueError(f"needs either consumer_risk or guard_factor in {where}")
    if "guard_factor" in table:
        factor = _number(table, "guard_factor", f"{where}.guard_factor")
        if factor < 0.0:
            raise ValueError(f"has {where}.guard_factor = {factor:g}, which must not be below 0")
        return factor
    from scipy.special import ndtri

    risk = _inside(table, "consumer_risk", f"{where}.consumer_risk")
    if risk > 0.5:
        raise ValueError(f"has {where}.consumer_risk = {risk:g}, which must not be above 0.5")
    return -float(ndtri(risk))


def _table(
    document: Mapping[str, Any], name: str, known: Iterable[str], *, within: str = ""
) -> Mapping[str, Any]:
    table = _mapping(document, name, f"{within}{name}")
    _only(table, frozenset(known), f"{within}{name}.")
    _text(table, "origin", f"{within}{name}.origin")
    return table


def _mapping(document: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
    if name not in document:
        raise KeyError(where)
    table = document[name]
    if not isinstance(table, dict):
        raise TypeError(f"has {where}, which is no table")
    return table


def _only(table: Mapping[str, Any], known: frozenset[str], within: str) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise ValueError(
            f"has the unknown entry {within}{unknown[0]}; known are {', '.join(sorted(known))}"
        )


def _number(table: Mapping[str, Any], name: str, where: str) -> float:
    if name not in table:
        raise KeyError(where)
    value = table[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(f"has {where} = {value!r}, which is no number")
    return float(value)


def _between(table: Mapping[str, Any], name: str, where: str, low: float, high: float) -> float:
    value = _number(table, name, where)
    if not low <= value <= high:
        raise ValueError(f"has {where} = {value:g}, which must lie between {low:g} and {high:g}")
    return value


def _inside(table: Mapping[str, Any], name: str, where: str) -> float:
    value = _number(table, name, where)
    if not 0.0 < value < 1.0:
        raise ValueError(f"has {where} = {value:g}, which must lie above 0 and below 1")
    return value


def _above_zero(table: Mapping[str, Any], name: str, where: str) -> float:
    value = _number(table, name, where)
    if value <= 0.0:
        raise ValueError(f"has {where} = {value:g}, which must be above 0")
    return value


def _whole(table: Mapping[str, Any], name: str, where: str) -> int:
    value = _number(table, name, where)
    if not value.is_integer() or not 1 <= value <= _MOST_UNITS_PER_PLACE:
        raise ValueError(
            f"has {where} = {value:g}, which must be a whole number from 1 to "
            f"{_MOST_UNITS_PER_PLACE}"
        )
    return int(value)


def _text(table: Mapping[str, Any], name: str, where: str, *, empty: bool = False) -> str:
    if name not in table:
        raise KeyError(where)
    value = table[name]
    if not isinstance(value, str) or not (empty or value.strip()):
        raise TypeError(f"has {where} = {value!r}, which is no text")
    return value.strip()
