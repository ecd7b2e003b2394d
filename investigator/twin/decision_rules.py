"""By which rules a disposition is proposed on a line: `decision_rules.toml` of its twin.

- They are fixed before a case: they lie in the package and enter its digest.
- A rule is for an attribute that the list of specifications names; one for another is refused.
- Reading is strict: what is unknown, missing or impossible is told, and nothing has a default.
- Reprocessing is proposed only where a section of the dossier that registers it is named; blending
  affected product into good cannot be allowed at all.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.domain.impact import REASONS_IN_WORDS
from investigator.twin.attribute_kind import ATTRIBUTES
from investigator.twin.specification import Specification
from investigator.twin.strict_fields import above_zero, chance, no_other_keys, number, words

DECISION_RULES = "decision_rules.toml"
FORMAT = 1
CONTENT_UNIFORMITY = "cu_av"
"""Attribute id of the acceptance value of content uniformity."""

_JUDGED = (*(kind.attribute for kind in ATTRIBUTES), CONTENT_UNIFORMITY)
_PARTS = frozenset({"format", "version", "affected", "disposition", "sampling", "attribute"})
_SAMPLING = ("confidence", "share", "units_per_place")
_ATTRIBUTE = ("consumer_risk", "guard_factor", "release_from", "reject_below")
_MOST_UNITS_PER_PLACE = 1000


@dataclass(frozen=True, slots=True)
class AttributeRule:
    """How one attribute of a container is judged when its value is uncertain.

    `guard_factor`: by how many standard uncertainties the limit of acceptance lies inside the limit
    of the specification. `release_from`: least probability to conform for release. `reject_below`:
    greatest probability to conform with which a container out of its limits is rejected, at most
    one half; 0 where it never is, as of a limit that only says what is affected.
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
    no_other_keys(document, _PARTS, "the file")
    affected = _table(document, "affected", {"least_kg", "held_above"})
    allowed = _table(document, "disposition", {"reprocess_registered", "sort"})
    return DecisionRules(
        version=words(document, "version", "the file"),
        least_kg=above_zero(affected, "least_kg", "affected"),
        # What is as likely affected as not is held.
        held_above=_within(affected, "held_above", "affected", 0.0, 0.5),
        sort_by=_sort_by(_mapping(allowed, "sort", "disposition")),
        reprocess_registered=_registered(allowed),
        sampling=_sampling(_table(document, "sampling", {*_SAMPLING})),
        attributes=_attributes(_mapping(document, "attribute", "the file"), limited),
    )


def _sort_by(table: Mapping[str, Any]) -> dict[str, str]:
    no_other_keys(table, set(REASONS_IN_WORDS), "disposition.sort")
    return {reason: words(table, reason, "disposition.sort") for reason in table}


def _registered(table: Mapping[str, Any]) -> str:
    if table.get("reprocess_registered") == "":
        return ""
    return words(table, "reprocess_registered", "disposition")


def _sampling(table: Mapping[str, Any]) -> SamplingRule:
    units = number(table, "units_per_place", "sampling")
    if not units.is_integer() or not 1 <= units <= _MOST_UNITS_PER_PLACE:
        raise ValueError(
            f"sampling: units_per_place {units:g} is no whole number from 1 to "
            f"{_MOST_UNITS_PER_PLACE}"
        )
    return SamplingRule(
        confidence=chance(table, "confidence", "sampling"),
        share=chance(table, "share", "sampling"),
        units_per_place=int(units),
    )


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
    table, where = _table(tables, name, {*_ATTRIBUTE}, within="attribute."), f"attribute.{name}"
    return AttributeRule(
        guard_factor=_guard_factor(table, where),
        # What is released is at least as likely to conform as not.
        release_from=_within(table, "release_from", where, 0.5, 1.0 - 1e-9),
        reject_below=_within(table, "reject_below", where, 0.0, 0.5),
        origin=words(table, "origin", where),
    )


def _guard_factor(table: Mapping[str, Any], where: str) -> float:
    if ("consumer_risk" in table) == ("guard_factor" in table):
        raise ValueError(f"{where}: needs either consumer_risk or guard_factor")
    if "guard_factor" in table:
        return number(table, "guard_factor", where)
    from scipy.special import ndtri

    risk = chance(table, "consumer_risk", where)
    return -float(ndtri(_within({"consumer_risk": risk}, "consumer_risk", where, 0.0, 0.5)))


def _table(
    document: Mapping[str, Any], name: str, entries: set[str], *, within: str = ""
) -> Mapping[str, Any]:
    """A table with its origin and no other entries."""
    where = f"{within}{name}"
    table = _mapping(document, name, within.rstrip(".") or "the file")
    no_other_keys(table, entries | {"origin"}, where)
    words(table, "origin", where)
    return table


def _mapping(document: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
    if name not in document:
        raise KeyError(f"{name} of {where}")
    table = document[name]
    if not isinstance(table, dict):
        raise TypeError(f"{where}: {name} is no table")
    return table


def _within(table: Mapping[str, Any], key: str, where: str, low: float, high: float) -> float:
    value = number(table, key, where)
    if not low <= value <= high:
        raise ValueError(f"{where}: {key} {value:g} must lie between {low:g} and {high:g}")
    return value
