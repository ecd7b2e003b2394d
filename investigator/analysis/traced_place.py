"""Where in the line a cause acts: the entry from which its material is followed, and its stream."""

from dataclasses import dataclass

from investigator.analysis.fitting import Fit
from investigator.domain.instant import Span
from investigator.process.trace import Entry
from investigator.twin.package import TwinPackage
from investigator.twin.record_map import FEEDERS

_VESSELS = {"blender": Entry.BLENDER, "chute": Entry.CHUTE, "feed_frame": Entry.FEED_FRAME}


@dataclass(frozen=True, slots=True)
class Place:
    """Where material is disturbed.

    `entry`: None at the press itself, behind which nothing mixes any more. `feeder`: whose powder
    alone is disturbed; None where all that comes is.
    """

    entry: Entry | None
    feeder: str | None = None


@dataclass(frozen=True, slots=True)
class Disturbance:
    """What is traced: where a cause acts, and when."""

    place: Place
    span: Span


def disturbance_of(package: TwinPackage, fits: tuple[Fit, ...]) -> Disturbance | None:
    """The disturbance of the first cause that acts on the product where it can be followed."""
    for fit in fits:
        place = place_of(package, fit.mode.unit) if fit.mode.product_affected else None
        if place is not None:
            begin, end = fit.window.onset_ms, fit.window.end_ms
            return Disturbance(place, Span(begin, max(begin, end)))
    return None


def place_of(package: TwinPackage, equipment: str) -> Place | None:
    """The place of an equipment id; None for what no powder passes (room, laboratory, analyser)."""
    unit = next((u for u, named in package.manifest.equipment.items() if named == equipment), "")
    feeder = unit.removeprefix("feeder_")
    if unit == f"feeder_{feeder}" and feeder in FEEDERS:
        return Place(entry_of(package, feeder), feeder)
    if unit == "press":
        return Place(None)
    return Place(_VESSELS[unit]) if unit in _VESSELS else None


def entry_of(package: TwinPackage, feeder: str) -> Entry:
    """Where the powder of a feeder enters: with the others, or through the side port."""
    entry = package.parameters.route.entry
    at = entry[FEEDERS.index(feeder)]
    return Entry.PORT if at == entry[FEEDERS.index("mgst")] and at > 0 else Entry.BLENDER
