"""What the records of a line call the things that the twin knows, and what is usual there.

- Feeders and at-line tester are named by the equipment in the manifest; parameters of the recipe,
  codes of states and modes, and tests by `record_map.toml`.
- The usual values are the set-points of the manifest.
- Every name that the twin asks for must be there: a map with a gap is refused, never guessed.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.twin.channels import POINTS, Channel
from investigator.twin.manifest import Manifest, read_manifest

RECORD_MAP = "record_map.toml"
FEEDERS = ("api", "mcc", "lactose", "mgst")
SET_POINTS = (
    "throughput",
    *(f"{feeder}_share" for feeder in FEEDERS),
    *("blender_speed", "paddle_speed", "turret_speed", "main_force", "main_gap"),
)
USUAL = (
    *("throughput", "blender_speed", "paddle_speed", "chute_level", "main_force", "main_gap"),
    *("api_active", "mgst", "api_potency", "api_hopper_low", "tablet_thickness"),
    "deduster_transit",
)
METHODS = (
    *("assay", "content_uniformity", "q30", "hardness_qc", "hardness_ipc", "weight_ipc"),
    *("thickness_ipc", "water", "friability", "nir_api"),
)
CERTIFIED = {
    "api": ("potency_entry", "lot_api_d50", "lot_api_density"),
    "mcc": ("lot_mcc_lod", "mcc_bulk"),
    "lactose": ("lactose_bulk",),
}


@dataclass(frozen=True, slots=True)
class RecordMap:
    """How a line names things.

    Attributes:
        feeder_units: equipment id by feeder. at_line_tester: its equipment id.
        recipe: parameter of the recipe by set-point.
        usual: nominal value by set-point, in the unit of the manifest.
        standing: codes of the line's state at which the press does not run.
        refill, settle, volumetric: codes of the mode of a feeder.
        in_process, laboratory: channel by code or name of the test.
        reported: by name of the test, the attribute that the laboratory reports as such.
        certificates: by feeder the test on the certificate of its lots, by channel, or by property
            where it is no channel.
        methods: what the table of method performance calls each method, by id.
    """

    feeder_units: Mapping[str, str]
    at_line_tester: str
    recipe: Mapping[str, str]
    usual: Mapping[str, float]
    standing: tuple[float, ...]
    refill: float
    settle: float
    volumetric: float
    in_process: Mapping[str, str]
    laboratory: Mapping[str, str]
    reported: Mapping[str, str]
    certificates: Mapping[str, Mapping[str, str]]
    methods: Mapping[str, str]

    def feeder_of(self, unit_id: str) -> str | None:
        """The feeder of an equipment id; None where that is no feeder."""
        return next((f for f, unit in self.feeder_units.items() if unit == unit_id), None)

    def laboratory_test(self, channel: str) -> str:
        """The name of the laboratory test of a channel."""
        return next(test for test, named in self.laboratory.items() if named == channel)

    def title(self, channel: Channel) -> str:
        """The title of a channel, with the equipment id of the feeder whose flow it is."""
        unit = self.feeder_units.get(channel.channel.removeprefix("feed_"))
        return f"{channel.title} ({unit})" if unit else channel.title


def read_record_map(folder: Path) -> RecordMap:
    """The record map of a package folder.

    Raises:
        UnusableInput: it or the manifest cannot be read, or lacks a name that the twin asks for.
    """
    where = f"{folder.name}/{RECORD_MAP}"
    try:
        document = tomllib.loads((folder / RECORD_MAP).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnusableInput(where, f"cannot be read ({error})", "restore the package") from None
    try:
        return _record_map(document, read_manifest(folder))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnusableInput(where, f"lacks a usable entry ({error})", "complete it") from None


def _record_map(document: Mapping[str, Any], manifest: Manifest) -> RecordMap:
    mode = document["feeder_mode"]
    return RecordMap(
        feeder_units={feeder: _unit(manifest, f"feeder_{feeder}") for feeder in FEEDERS},
        at_line_tester=_unit(manifest, "at_line_tester"),
        recipe=_named(document["recipe"], SET_POINTS),
        usual=_usual(manifest),
        standing=tuple(float(code) for code in document["line_state"]["standing"]),
        refill=float(mode["refill"]),
        settle=float(mode["settle"]),
        volumetric=float(mode["volumetric"]),
        in_process=_channels(document["in_process"], "ipc_"),
        laboratory=_channels(document["laboratory"], "lab_"),
        reported={str(test): name for name, test in document["reported"].items()},
        certificates={
            feeder: _named(document["certificate"][feeder], channels)
            for feeder, channels in CERTIFIED.items()
        },
        methods=_named(document["method"], METHODS),
    )


def _unit(manifest: Manifest, name: str) -> str:
    if name not in manifest.equipment:
        raise ValueError(f"equipment {name} in the manifest")
    return manifest.equipment[name]


def _usual(manifest: Manifest) -> dict[str, float]:
    missing = [name for name in USUAL if name not in manifest.set_points]
    if missing:
        raise ValueError(f"set-point {missing[0]} in the manifest")
    return {name: point.value for name, point in manifest.set_points.items()}


def _named(table: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    return {name: str(table[name]) for name in names}


def _channels(table: Mapping[str, Any], prefix: str) -> dict[str, str]:
    """Channels by what the records call them."""
    channels = [c.channel for c in POINTS if c.channel.startswith(prefix)]
    named = _named(table, channels)
    found = {test: channel for channel, test in named.items()}
    if len(found) != len(channels):
        raise ValueError("two channels of one name")
    return found
