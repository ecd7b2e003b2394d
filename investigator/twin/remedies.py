"""What can be done on a line about affected product, as data: `remedies.toml` of its package.

- Declared, each with its registered range, cost, what it cannot tell apart, and what to confirm.
- What is not registered may be declared: it is then shown as such and never the best.
- Strict: an unknown key, kind, setting, reason or instrument, or a number that cannot be, is
  refused. A package without the file declares nothing.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.domain.impact import REASONS_IN_WORDS
from investigator.domain.remedy import RemedyKind
from investigator.twin.decision_rules import DECISION_RULES, DecisionRules
from investigator.twin.manifest import Manifest
from investigator.twin.remedy import (
    DO_NOTHING,
    NO_REMEDIES,
    SETTINGS,
    SORTS,
    Cost,
    DeclaredSetting,
    Reading,
    Remedies,
    Remedy,
)
from investigator.twin.strict_fields import (
    entries_of,
    inner,
    no_other_keys,
    none_twice,
    number,
    one_of,
    pair,
    rows,
    texts_among,
    words,
    yes_or_no,
)

REMEDIES = "remedies.toml"
FORMAT = 1

_TAKES_HOLD = (RemedyKind.DIVERT, RemedyKind.STOP, RemedyKind.SET_POINTS)
_READS = (*SORTS, RemedyKind.TIGHTER_LIMITS)
_KEYS = frozenset({"id", "kind", "title", "registered", "origin", "cost", "blind_to", "confirm"})
_READING = frozenset({"instrument", "uncertainty", "offset_sd", "why_uncertainty"})


def read_remedies(folder: Path, manifest: Manifest) -> Remedies:
    """The remedies of a package folder; none where it has no such file.

    Raises:
        UnusableInput: the file is no TOML, of another format, or has an entry that cannot be used.
    """
    known = manifest.equipment
    return entries_of(folder, REMEDIES, FORMAT, lambda found: _remedies(found, known), NO_REMEDIES)


def check_reprocessing(folder: Path, remedies: Remedies, rules: DecisionRules) -> None:
    """Refuse a package whose remedies and decision rules differ on what is registered.

    Raises:
        UnusableInput: they do.
    """
    allowed = bool(rules.reprocess_registered)
    for remedy in remedies.declared:
        if remedy.kind is RemedyKind.REPROCESS and remedy.registered != allowed:
            raise UnusableInput(
                f"{folder.name}/{REMEDIES}",
                f"and {DECISION_RULES} do not agree on whether reprocessing is registered",
                "correct the one that the dossier does not bear out",
            )


def _remedies(document: Mapping[str, Any], equipment: Mapping[str, str]) -> Remedies:
    no_other_keys(document, {"format", "cost_unit", "remedy"}, "the file")
    found = rows(document, "remedy", "the file", "remedy")
    declared = tuple(_remedy(row, where, equipment) for row, where in found)
    none_twice((remedy.remedy_id for remedy in declared), "remedy")
    return Remedies(declared, words(document, "cost_unit", "the file"))


def _remedy(row: Mapping[str, Any], where: str, equipment: Mapping[str, str]) -> Remedy:
    name = words(row, "id", where)
    kind = _kind(row, name)
    no_other_keys(row, _KEYS | _keys_of(kind), name)
    return Remedy(
        remedy_id=name,
        kind=kind,
        title=words(row, "title", name),
        registered=yes_or_no(row, "registered", name),
        origin=words(row, "origin", name),
        cost=_cost(inner(row, "cost", name), f"{name}.cost"),
        blind_to=words(row, "blind_to", name),
        confirm=words(row, "confirm", name),
        settings=_settings(row, kind, name),
        delay_s=_delay(row, name) if kind in _TAKES_HOLD else (0.0, 0.0),
        reading=_reading(row, name, equipment) if kind in _READS else None,
        spread_share=_spread(row, name) if kind in SORTS and "instrument" in row else 0.0,
        acts_s=pair(row, "acts_s", name) if kind is RemedyKind.TIGHTER_LIMITS else (0.0, 0.0),
        detects=texts_among(row, "detects", name, REASONS_IN_WORDS, "reason of the impact")
        if kind in _READS
        else (),
    )


def _kind(row: Mapping[str, Any], name: str) -> RemedyKind:
    known = [kind.value for kind in RemedyKind if kind is not RemedyKind.NOTHING]
    if name == DO_NOTHING.remedy_id:
        raise ValueError(f"{name} is not declared: it always stands beside the others")
    return RemedyKind(one_of(row, "kind", name, known))


def _keys_of(kind: RemedyKind) -> frozenset[str]:
    own: set[str] = set()
    if kind in _TAKES_HOLD:
        own |= {"delay_s", "why_delay"}
    if kind in _READS:
        own |= _READING | {"detects"}
    if kind in SORTS:
        own |= {"spread_share"}
    if kind is RemedyKind.TIGHTER_LIMITS:
        own |= {"acts_s"}
    if kind in SETTINGS:
        own |= {"setting"}
    return frozenset(own)


def _delay(row: Mapping[str, Any], name: str) -> tuple[float, float]:
    words(row, "why_delay", name)
    return pair(row, "delay_s", name)


def _reading(row: Mapping[str, Any], name: str, equipment: Mapping[str, str]) -> Reading:
    if "instrument" not in row:
        given = sorted((_READING | {"spread_share"}) & set(row))
        if given:
            raise ValueError(f"{name}: {given[0]} without an instrument that it would be of")
        return Reading("", 0.0, 0.0)
    unit = words(row, "instrument", name)
    if unit not in equipment:
        raise ValueError(f"{name}: {unit} is no equipment of the manifest")
    words(row, "why_uncertainty", name)
    uncertainty = number(row, "uncertainty", name)
    if uncertainty == 0.0:
        raise ValueError(f"{name}: no reading has an uncertainty of 0")
    return Reading(equipment[unit], uncertainty, number(row, "offset_sd", name))


def _spread(row: Mapping[str, Any], name: str) -> float:
    spread = number(row, "spread_share", name)
    if spread == 0.0:
        raise ValueError(f"{name}: tablets without any spread need no sorting; state spread_share")
    return spread


def _cost(table: Mapping[str, Any], where: str) -> Cost:
    no_other_keys(table, {"once", "per_kg_lost", "per_kg_treated", "per_range", "why"}, where)
    return Cost(
        once=number(table, "once", where),
        per_kg_lost=number(table, "per_kg_lost", where),
        per_kg_treated=number(table, "per_kg_treated", where),
        per_range=number(table, "per_range", where) if "per_range" in table else 0.0,
        why=words(table, "why", where),
    )


def _settings(row: Mapping[str, Any], kind: RemedyKind, name: str) -> tuple[DeclaredSetting, ...]:
    if kind not in SETTINGS:
        return ()
    found = rows(row, "setting", name, f"{name}, setting")
    settings = tuple(_setting(table, where, kind, name) for table, where in found)
    names = [setting.name for setting in settings]
    if len(set(names)) < len(names) or not names:
        raise ValueError(f"{name}: needs each of its settings once")
    return settings


def _setting(table: Mapping[str, Any], place: str, kind: RemedyKind, name: str) -> DeclaredSetting:
    setting = words(table, "name", place)
    where = f"{name}.{setting}"
    no_other_keys(table, {"name", "title", "unit", "low", "high", "origin"}, where)
    if setting not in SETTINGS[kind]:
        raise ValueError(f"{where}: a setting here is one of {', '.join(SETTINGS[kind])}")
    low, high = number(table, "low", where), number(table, "high", where)
    if not low < high:
        raise ValueError(f"{where}: the registered range needs low below high")
    return DeclaredSetting(
        setting,
        words(table, "title", where),
        words(table, "unit", where),
        low,
        high,
        words(table, "origin", where),
    )
