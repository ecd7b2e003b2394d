"""The account of the material: where all of the batch is, and how much of it is affected."""

from dataclasses import dataclass

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.frame.state import Place
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.impact_part import Go, told_part
from investigator.desktop.view_models.results import zone_of
from investigator.domain.material_account import (
    CLOSES_WITHIN,
    AffectedSample,
    MaterialAccount,
    MaterialAtPlace,
)
from investigator.domain.quantities import UNKNOWN, fixed, moment, per_cent

NO_ACCOUNT = "The material is not accounted for"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place of the account; texts as they are to be read."""

    line: MaterialAtPlace
    place: str
    kg: str
    affected: str
    interval: str


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A sample that was drawn from affected material."""

    sample: AffectedSample
    drawn: str
    share: str
    certain: str


def account_of(scene: Scene) -> MaterialAccount | None:
    """The account of the impact that is shown; None where there is none."""
    result = scene.seen.impact if scene.seen else None
    return result.account if result else None


def place_rows(account: MaterialAccount) -> tuple[PlaceRow, ...]:
    """The places in the order of the account."""
    return tuple(_place(line) for line in account.lines)


def sample_rows(account: MaterialAccount, zone: str) -> tuple[SampleRow, ...]:
    """The samples of affected material in order of time."""
    return tuple(
        SampleRow(
            s,
            UNKNOWN if s.t_ms is None else moment(s.t_ms, zone)[:19],
            per_cent(s.share),
            "certain" if s.certain else "possible",
        )
        for s in account.samples
    )


def closing(account: MaterialAccount) -> tuple[str, Tone]:
    """Whether the places add up to what left the press, in a sentence, and how that stands."""
    if account.closes is None:
        words = "Whether the places add up to what left the press cannot be told from the records."
        return words, Tone.WARN
    left = f"the {fixed(account.output_kg, 2)} kg that left the press"
    within = f"within {100 * CLOSES_WITHIN:g} %"
    if account.closes:
        return f"The places add up to {left}, {within}.", Tone.GOOD
    return f"The places do not add up to {left} {within}.", Tone.BAD


def about_place(scene: Scene, row: PlaceRow, go: Go) -> Inspected:
    """A place: its mass, what is affected of it, what says so."""
    affected = f"{row.affected} kg (95 %: {row.interval})" if row.interval else "not told"
    mass = UNKNOWN if row.line.kg is None else f"{row.kg} kg"
    facts = (("Mass", mass), ("Affected", affected), ("From", row.line.source))
    return told_part(scene, row.place, "place", facts, go, rests_on=Place.EVIDENCE)


def about_sample(scene: Scene, row: SampleRow, go: Go) -> Inspected:
    """A sample of affected material: when it was drawn, why it counts."""
    sample = row.sample
    facts = (
        ("Drawn", moment(sample.t_ms, zone_of(scene))),
        *((("Container", sample.container_id),) if sample.container_id else ()),
        ("Affected share", f"{row.share} %, {row.certain}"),
        ("Why", sample.words),
    )
    return told_part(scene, sample.sample_id, str(sample.place), facts, go, rests_on=Place.EVIDENCE)


def _place(line: MaterialAtPlace) -> PlaceRow:
    words = str(line.place)
    interval = ""
    if line.affected_kg_lo95 is not None:
        interval = f"{fixed(line.affected_kg_lo95, 2)} to {fixed(line.affected_kg_hi95, 2)}"
    name = words[:1].upper() + words[1:]
    return PlaceRow(line, name, fixed(line.kg, 2), fixed(line.affected_kg, 2), interval)
