"""What can be done on a line about affected product, as data: `remedies.toml` of its package.

- Declared, each with its registered range, cost, what it cannot tell apart, and what to confirm.
- What is not registered may be declared: it is then shown as such and never the best.
- Strict: an unknown key, kind, setting, reason or instrument, or a number that cannot be, is
  refused. A package without the file declares nothing.
"""

import tomllib
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
    listed,
    no_other_keys,
    number,
    pair,
    texts,
    words,
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
    if not (folder / REMEDIES).exists():
        return NO_REMEDIES
    where = f"{folder.name}/{REMEDIES}"
    try:
        document = tomllib.loads((folder / REMEDIES).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnusableInput(where, f"cannot be read ({error})", "restore the package") from None
    form = document.get("format")
    if form != FORMAT or isinstance(form, bool):
        raise UnusableInput(
            where,
            f"has format {form!r}, this version reads format {FORMAT}",
            "update the program or take an older package",
        )
    try:
        return _remedies(document, manifest.equipment)
    except KeyError as error:
        fault = f"lacks the entry {error.args[0]}"
    except (TypeError, ValueError, AttributeError) as error:
        fault = str(error)
    raise UnusableInput(where, fault, "correct it; docs/twin-packages.md lists the entries")


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
    declared = tuple(_remedy(row, equipment) for row in document["remedy"])
    ids = [remedy.remedy_id for remedy in declared]
    repeated = sorted({one for one in ids if ids.count(one) > 1})
    if repeated:
        raise ValueError(f"declares {repeated[0]} twice")
    return Remedies(declared, words(document, "cost_unit", "the file"))


def _remedy(row: Mapping[str, Any], equipment: Mapping[str, str]) -> Remedy:
    name = words(row, "id", "a remedy")
    kind = _kind(row, name)
    no_other_keys(row, _KEYS | _keys_of(kind), name)
    registered = row["registered"]
    if not isinstance(registered, bool):
        raise TypeError(f"{name}: registered is true or false, not {registered!r}")
    return Remedy(
        remedy_id=name,
        kind=kind,
        title=words(row, "title", name),
        registered=registered,
        origin=words(row, "origin", name),
        cost=_cost(row["cost"], f"{name}.cost"),
        blind_to=words(row, "blind_to", name),
        confirm=words(row, "confirm", name),
        settings=_settings(row, kind, name),
        delay_s=_delay(row, name) if kind in _TAKES_HOLD else (0.0, 0.0),
        reading=_reading(row, name, equipment) if kind in _READS else None,
        spread_share=_spread(row, name) if kind in SORTS and "instrument" in row else 0.0,
        acts_s=pair(row, "acts_s", name) if kind is RemedyKind.TIGHTER_LIMITS else (0.0, 0.0),
        detects=_reasons(row, name) if kind in _READS else (),
    )


def _kind(row: Mapping[str, Any], name: str) -> RemedyKind:
    known = [kind.value for kind in RemedyKind if kind is not RemedyKind.NOTHING]
    if name == DO_NOTHING.remedy_id:
        raise ValueError(f"{name} is not declared: it always stands beside the others")
    if row["kind"] not in known:
        raise ValueError(f"{name}: kind {row['kind']!r} is none of {', '.join(known)}")
    return RemedyKind(row["kind"])


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


def _reasons(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    reasons = texts(row, "detects", name)
    unknown = [reason for reason in reasons if reason not in REASONS_IN_WORDS]
    if unknown:
        raise ValueError(f"{name}: detects {unknown[0]}, which is no reason of the impact")
    return reasons


def _cost(table: object, where: str) -> Cost:
    if not isinstance(table, dict):
        raise TypeError(f"{where} is no table")
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
    settings = tuple(_setting(table, kind, name) for table in listed(row, "setting", name))
    names = [setting.name for setting in settings]
    if len(set(names)) < len(names) or not names:
        raise ValueError(f"{name}: needs each of its settings once")
    return settings


def _setting(table: Mapping[str, Any], kind: RemedyKind, name: str) -> DeclaredSetting:
    setting = words(table, "name", name)
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
