"""Where each drum came from: when its material was fed, of which lots, at which times."""

from collections.abc import Sequence
from dataclasses import dataclass

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.frame.state import Place
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.impact_part import Go, told_part
from investigator.desktop.view_models.results import zone_of
from investigator.domain.impact import short_ids
from investigator.domain.instant import Span, to_datetime
from investigator.domain.quantities import count, fixed, period
from investigator.domain.tracing import ContainerOrigin, Origin, OriginKind

NO_ORIGIN = "Where the drums came from is not told"
_ALL = 0.9995


@dataclass(frozen=True, slots=True)
class OriginRow:
    """A lot, or a time of feeding. `order`: place in the order of the result."""

    origin: Origin
    name: str
    share: str
    interval: str
    order: int


@dataclass(frozen=True, slots=True)
class DrumOrigin:
    """A drum. `name`: short; `fed`: when 95 % of its material entered; `mixed`: lots by material
    of which there are several, empty where each is of one."""

    container_id: str
    name: str
    fed: str
    fed_in_full: str
    start_ms: int
    mixed: str
    lots: tuple[OriginRow, ...]
    times: tuple[OriginRow, ...]


def drum_origins(scene: Scene) -> tuple[DrumOrigin, ...]:
    """The drums that were traced back, in order of filling; none where none was."""
    result = scene.seen.impact if scene.seen else None
    found = result.traced.origins if result is not None and result.traced is not None else ()
    _, names = short_ids(tuple(one.container_id for one in found))
    zone = zone_of(scene)
    return tuple(_drum(one, names[one.container_id], zone) for one in found)


def about_drum_origin(scene: Scene, drum: DrumOrigin, go: Go) -> Inspected:
    """What a drum is made of."""
    lots = [(row.origin.material or "Lot", f"{row.name}, {_full(row)}") for row in drum.lots]
    facts = (("Fed", drum.fed_in_full), *lots)
    return told_part(scene, drum.container_id, "origin", facts, go, rests_on=Place.EVIDENCE)


def about_origin(scene: Scene, drum: DrumOrigin, row: OriginRow, go: Go) -> Inspected:
    """A lot or a time of feeding, and its share in a drum."""
    material = row.origin.material
    span = row.origin.fed
    facts = (
        *((("Material", material),) if material else ()),
        *((("Fed", period(span, zone_of(scene))),) if span else ()),
        (f"Share in {drum.name}", _full(row)),
        ("Share of", f"the {material} in it" if material else "all powder in it"),
    )
    kind = row.origin.kind.value
    return told_part(scene, row.name, kind, facts, go, rests_on=Place.EVIDENCE)


def _full(row: OriginRow) -> str:
    return f"{row.share} % (95 %: {row.interval})"


def _drum(one: ContainerOrigin, name: str, zone: str) -> DrumOrigin:
    made = [_row(origin, place, zone) for place, origin in enumerate(one.origins)]
    lots = tuple(row for row in made if row.origin.kind is OriginKind.LOT)
    return DrumOrigin(
        container_id=one.container_id,
        name=name,
        fed=_clock(one.fed, zone),
        fed_in_full=period(one.fed, zone),
        start_ms=one.fed.start_ms,
        mixed=_mixed(lots),
        lots=lots,
        times=tuple(row for row in made if row.origin.kind is OriginKind.FEEDING),
    )


def _row(origin: Origin, place: int, zone: str) -> OriginRow:
    name = _clock(origin.fed, zone) if origin.fed else origin.name
    interval = f"{_pct(origin.low95)} to {_pct(origin.high95)}"
    return OriginRow(origin, name, _pct(origin.share), interval, place)


def _pct(share: float) -> str:
    """Whole where all of it is, else to a tenth; what is there at all is not said to be nothing."""
    if share >= _ALL:
        return "100"
    return "< 0.1" if 0.0 < share < 0.0005 else fixed(100 * share, 1)


def _mixed(lots: Sequence[OriginRow]) -> str:
    materials = [row.origin.material for row in lots]
    several = dict.fromkeys(m for m in materials if materials.count(m) > 1)
    said = (f"{count(materials.count(m), 'lot')} of {m or 'a material'}" for m in several)
    return ", ".join(said)


def _clock(span: Span, zone: str) -> str:
    return "–".join(to_datetime(t, zone).strftime("%H:%M") for t in (span.start_ms, span.end_ms))
