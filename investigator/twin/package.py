"""A twin package on disk: manifest, flowsheet, parameters, tags, limits, failure modes, reference.

- Loading compares every file with its digest first: a package with one changed byte is refused.
- A package is data only; equations live in `investigator.process`.
- What the twin knows of other batches it knows from `reference/*.json`.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.domain.twin_status import PackageStanding
from investigator.process.state_space import StateSpace
from investigator.twin.alarm_rules import NO_RULES, AlarmRules, read_alarm_rules
from investigator.twin.checks import Check, read_checks
from investigator.twin.decision_rules import DecisionRules, read_decision_rules
from investigator.twin.digests import verified_digest
from investigator.twin.diversion import CompositionAlarm, read_alarms
from investigator.twin.domain import ApplicabilityDomain
from investigator.twin.domain_file import read_domain
from investigator.twin.failure_mode import Anchor, FailureMode, Shape
from investigator.twin.failure_mode_file import read_failure_modes
from investigator.twin.flowsheet_file import check_parameters, package_flowsheet
from investigator.twin.manifest import OPEN, Manifest, SetPoint, read_manifest
from investigator.twin.parameters import Parameter, Parameters, read_parameters
from investigator.twin.record_map import RECORD_MAP, RecordMap, read_record_map
from investigator.twin.remedies import check_reprocessing, read_remedies
from investigator.twin.remedy import NO_REMEDIES, Remedies
from investigator.twin.specification import Specification, read_specifications
from investigator.twin.standing import package_standing

PARAMETERS = "parameters.toml"
SET_PARAMETERS = "set_parameters.toml"
LINE_PARAMETERS = "line_parameters.toml"
COVARIANCE = "covariance.json"
FAILURE_MODES = "failure_modes.toml"
TAG_MAP = "tag_map.toml"
SPECIFICATIONS = "specifications.csv"
REFERENCE = "reference"

__all__ = [
    "Manifest",
    "SetPoint",
    "TwinPackage",
    "characterised_parameters",
    "load_package",
    "package_parameters",
    "package_tag_map",
]


@dataclass(frozen=True, slots=True)
class TwinPackage:
    """A twin as loaded.

    `digest`: the canonical digest of its files. `characterised`: its parameters without what normal
    batches told. `reference`: the parsed `reference/*.json` by file stem. `tag_map`: role to
    historian tag; `record_map`: what the records call the rest. `domain`: where it holds.
    `standing`: draft or validated, as it follows from the content. `flowsheet`: the line as
    composed of its units. `decision_rules`: by which a disposition is proposed.
    `remedies`: what can be done about affected product.
    `alarms`: on the composition, and what is rejected after each. `alarm_rules`: process alarms by
    channel, and operator actions that speak of a cause.
    `checks`: what would tell causes apart.
    """

    folder: Path
    manifest: Manifest
    parameters: Parameters
    characterised: Parameters
    tag_map: Mapping[str, str]
    record_map: RecordMap
    specifications: tuple[Specification, ...]
    failure_modes: tuple[FailureMode, ...]
    reference: Mapping[str, Any]
    digest: str
    domain: ApplicabilityDomain
    standing: PackageStanding
    flowsheet: StateSpace
    decision_rules: DecisionRules
    remedies: Remedies = NO_REMEDIES
    alarms: tuple[CompositionAlarm, ...] = ()
    alarm_rules: AlarmRules = NO_RULES
    checks: tuple[Check, ...] = ()


def load_package(folder: Path) -> TwinPackage:
    """Load and check a twin package.

    Raises:
        UnusableInput: a file is missing, changed, unreadable, of a newer format or out of bounds.
    """
    manifest = read_manifest(folder)
    digest = verified_digest(folder)
    named, modes = read_record_map(folder), read_failure_modes(folder / FAILURE_MODES)
    _check_feeders(folder, modes, named)
    limits = read_specifications(folder / SPECIFICATIONS)
    _check_reported(folder, named, limits)
    rules, remedies = read_decision_rules(folder, limits), read_remedies(folder, manifest)
    check_reprocessing(folder, remedies, rules)
    return TwinPackage(
        folder=folder,
        manifest=manifest,
        parameters=package_parameters(folder),
        characterised=characterised_parameters(folder),
        tag_map=package_tag_map(folder),
        record_map=named,
        specifications=limits,
        failure_modes=modes,
        reference=_reference(folder),
        digest=digest,
        domain=read_domain(folder),
        standing=package_standing(folder, manifest),
        flowsheet=package_flowsheet(folder),
        alarms=read_alarms(folder, manifest),
        alarm_rules=read_alarm_rules(folder, tuple(mode.cause for mode in modes)),
        decision_rules=rules,
        remedies=remedies,
        checks=read_checks(folder, tuple(mode.cause for mode in modes)),
    )


def _check_feeders(folder: Path, modes: tuple[FailureMode, ...], named: RecordMap) -> None:
    """What happens with a lot or a refill happens at a feeder; a draft may leave them open."""
    if OPEN in named.feeder_units.values():
        return
    for mode in modes:
        at_feeder = mode.anchor in (Anchor.LOT, Anchor.REFILL) or mode.shape is Shape.REFILL
        if at_feeder and named.feeder_of(mode.unit) is None:
            raise UnusableInput(
                f"{folder.name}/{FAILURE_MODES}",
                f"has {mode.cause} at {mode.unit}, which is no feeder of the manifest",
                "name the equipment id of its feeder",
            )


def _check_reported(folder: Path, named: RecordMap, limits: tuple[Specification, ...]) -> None:
    """A result under another name would be compared with no limit, and nobody would be told."""
    listed = {row.attribute for row in limits if row.attribute}
    unknown = sorted(set(named.reported.values()) - listed)
    if unknown:
        raise UnusableInput(
            f"{folder.name}/{RECORD_MAP}",
            f"reports {unknown[0]}, which the list of specifications does not name",
            "take its attribute id from the list, or remove the line",
        )


def package_parameters(folder: Path) -> Parameters:
    """All parameters of a package: what normal batches told of the line, where they have, stands in
    for the value set before."""
    return characterised_parameters(folder).replaced_by(_of_normal_batches(folder))


def characterised_parameters(folder: Path) -> Parameters:
    """Set constants (dossier) and estimated parameters, with the route of the flowsheet, without
    what normal batches told."""
    constants = read_parameters(SET_PARAMETERS, _text(folder, SET_PARAMETERS))
    estimated = read_parameters(PARAMETERS, _text(folder, PARAMETERS), _text(folder, COVARIANCE))
    twice = sorted(set(constants) & set(estimated))
    if twice:
        raise UnusableInput(PARAMETERS, f"{twice[0]} is both set and estimated", "remove one")
    line = package_flowsheet(folder)
    known = {**constants.by_name, **estimated.by_name}
    found = Parameters(known, estimated.covariance, line.route)
    check_parameters(folder.name, line, found)
    return found


def _of_normal_batches(folder: Path) -> Mapping[str, Parameter]:
    if not (folder / LINE_PARAMETERS).exists():
        return {}
    return read_parameters(LINE_PARAMETERS, _text(folder, LINE_PARAMETERS)).by_name


def _text(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableInput(
            f"{folder.name}/{name}",
            f"cannot be read ({type(error).__name__})",
            "restore the twin package",
        ) from None


def package_tag_map(folder: Path) -> dict[str, str]:
    """The historian tag of every role of a package."""
    try:
        table = tomllib.loads(_text(folder, TAG_MAP))["tags"]
        return {str(role): str(tag) for role, tag in table.items()}
    except (ValueError, KeyError, AttributeError, RecursionError) as error:
        raise UnusableInput(
            f"{folder.name}/{TAG_MAP}", f"cannot be read ({error})", "restore the twin package"
        ) from None


def _reference(folder: Path) -> dict[str, Any]:
    reference = {}
    for path in sorted((folder / REFERENCE).glob("*.json")):
        try:
            text = path.read_text(encoding="utf-8")
            reference[path.stem] = json.loads(text, parse_constant=_no_number)
        except (OSError, ValueError, RecursionError) as error:
            raise UnusableInput(
                f"{REFERENCE}/{path.name}", f"is no readable JSON ({error})", "restore the package"
            ) from None
    return reference


def _no_number(word: str) -> float:
    """What JSON does not know: NaN and infinities would be taken on in silence."""
    raise ValueError(f"{word} is no number")
