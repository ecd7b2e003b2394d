"""The tag map: what every signal of the twin is taken from, what is open, what could stand there.

Nothing of it is taken without a person; a departure from the package has a reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from investigator.casework.tag_map import TagMap, departure, map_reviewed
from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import Take, facts_of, stale_said, told, withdrawal
from investigator.desktop.view_models.results import zone_of
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.data_review import MappedTag, TagsMapped
from investigator.domain.open_points import mapping_due
from investigator.domain.quantities import UNKNOWN, count
from investigator.domain.tag_review import OPEN, MapState, ReviewedSignal, Suggestion

NO_MAP = (
    "No tag map to be reviewed",
    "Admit a folder of evidence, and choose the twin where there are several: its signals are "
    "matched to the tags of the export then.",
)
WITHOUT_TWIN = (
    "No tags to be mapped",
    "The evidence was read for a line that no twin is of: its tags stand under their own names.",
)
_TONES = {
    MapState.MISSING: Tone.BAD,
    MapState.UNIT_DIFFERS: Tone.BAD,
    MapState.LEFT_OUT: Tone.WARN,
    MapState.BY_PERSON: Tone.WARN,
    MapState.CONVERTED: Tone.PLAIN,
    MapState.PACKAGED: Tone.PLAIN,
}


@dataclass(frozen=True, slots=True)
class MapRow:
    """One signal of the twin.

    Attributes:
        signal, unit: its name, and the unit in which the twin takes it.
        tag, tag_unit: what stands for it; a dash where nothing does.
        conversion: from the tag's numbers to the twin's, e.g. "× 0.001"; empty for none.
        state, tone: where this comes from, or what is open.
        detail: what is open, in words.
        packaged: the tag that the package names.
        reviewed: the signal as the review has it.
    """

    signal: str
    unit: str
    tag: str
    tag_unit: str
    conversion: str
    state: str
    tone: Tone
    detail: str
    packaged: str
    reviewed: ReviewedSignal

    @property
    def is_open(self) -> bool:
        """Whether a person has to look at it."""
        return self.reviewed.state in OPEN

    @property
    def departs(self) -> bool:
        """Whether a person mapped it otherwise than the package."""
        return self.reviewed.state in (MapState.BY_PERSON, MapState.LEFT_OUT)


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """One tag that could be the signal; `score`: from 0 to 1, how much speaks for it."""

    tag: str
    score: str
    unit: str
    conversion: str
    reasons: str
    suggestion: Suggestion


def map_rows(scene: Scene) -> tuple[MapRow, ...]:
    """Every signal of the twin, those with something open first."""
    found = scene.tag_map
    return tuple(_row(row, found) for row in found.review.signals) if found else ()


def suggestions(row: MapRow | None) -> tuple[SuggestionRow, ...]:
    """What could stand for a signal, best first."""
    return tuple(_suggested(one) for one in row.reviewed.suggestions) if row else ()


def no_map(scene: Scene) -> tuple[str, str]:
    """What is said while there is no map: what is missing, and what to do next."""
    admitted = scene.case.evidence if scene.case else None
    return WITHOUT_TWIN if admitted is not None and admitted.act.without_twin else NO_MAP


def map_note(scene: Scene, rows: Iterable[MapRow]) -> str:
    """How the review stands, and how many signals are open."""
    known = tuple(rows)
    if not known:
        return ""
    waiting = sum(row.is_open for row in known)
    said = [f"{waiting} of {count(len(known), 'signal')} open" if waiting else "nothing is open"]
    unused = scene.tag_map.review.unused if scene.tag_map else ()
    said += [f"{count(len(unused), 'tag')} of the export not used"] if unused else []
    return f"{review_said(scene)}; " + ", ".join(said)


def review_said(scene: Scene) -> str:
    """Whether the map was reviewed, and by whom."""
    recorded = reviewed(scene)
    if recorded is None:
        return "to be reviewed before the replay" if is_due(scene) else "not reviewed"
    words = f"reviewed by {recorded.who.full_name}"
    stale = scene.case is not None and scene.case.is_stale(recorded)
    return stale_said(words) if stale else words


def reviewed(scene: Scene) -> Recorded[TagsMapped] | None:
    """The act that reviewed the map last."""
    return scene.case.tag_map if scene.case else None


def is_due(scene: Scene) -> bool:
    """Whether no replay is possible before the map is reviewed."""
    return scene.case is not None and mapping_due(scene.case)


def tag_choices(scene: Scene) -> tuple[tuple[str, str], ...]:
    """The tags of the export as keys and words, and that there is none."""
    evidence = scene.seen.evidence if scene.seen else None
    tags = sorted(evidence.trajectories) if evidence else ()
    return (*((tag, tag) for tag in tags), (_LEFT_OUT, "none: the export holds no such signal"))


_LEFT_OUT = "(none)"


def choice_of(tag: str) -> str:
    """The key of a tag among `tag_choices`."""
    return tag or _LEFT_OUT


def act_to_confirm(found: TagMap) -> TagsMapped:
    """The act that says that the map as it is was reviewed."""
    return map_reviewed(found)


def act_to_map(found: TagMap, row: MapRow, entered: dict[str, str]) -> TagsMapped:
    """The act that maps a signal, and reviews the others as they are.

    Args:
        found: the map in force.
        row: the signal.
        entered: `tag` as `tag_choices` calls it, `unit`, `factor`, `offset`.

    Raises:
        UnusableRequest: a text is no number, or the factor is 0.
    """
    tag = "" if entered["tag"] == _LEFT_OUT else entered["tag"]
    wanted = departure(
        row.signal,
        tag,
        unit=entered["unit"],
        factor=entered["factor"] or "1",
        offset=entered["offset"] or "0",
    )
    return map_reviewed(found, (wanted,))


def act_to_take_back(found: TagMap, row: MapRow) -> TagsMapped:
    """The act that takes the tag of the package again."""
    wanted: MappedTag = departure(row.signal, row.packaged, unit=row.unit)
    return map_reviewed(found, (wanted,))


def why_not_map(scene: Scene) -> str:
    """Why the map cannot be reviewed now; empty if it can."""
    if scene.tag_map is None:
        return no_map(scene)[1]
    return scene.why_not(TagsMapped(scene.tag_map.twin_id, ()))


def inspected_signal(
    scene: Scene, row: MapRow, take: Take, *, actions: tuple[Command, ...]
) -> Inspected:
    """What stands for a signal, what is open, and who reviewed the map."""
    recorded, zone = reviewed(scene), zone_of(scene)
    facts = (
        ("Unit of the twin", row.unit),
        ("Tag", row.tag),
        ("Unit of the tag", row.tag_unit),
        ("Conversion", row.conversion),
        ("In the package", row.packaged),
        ("State", row.state),
        ("Map", review_said(scene)),
        *(facts_of(recorded, zone) if recorded else ()),
    )
    return Inspected(
        title=row.signal,
        kind="signal of the twin",
        facts=tuple((name, value) for name, value in facts if value),
        findings=(Remark(row.detail, row.tone),) if row.detail else (),
        source=told(recorded, zone) if recorded else "Matched by the map of the twin's package.",
        actions=(*actions, *((withdrawal(scene, recorded, take),) if recorded else ())),
    )


def _row(row: ReviewedSignal, found: TagMap) -> MapRow:
    return MapRow(
        signal=row.signal,
        unit=row.unit,
        tag=row.tag or UNKNOWN,
        tag_unit=row.tag_unit,
        conversion=_conversion(row.factor, row.offset),
        state=row.state.value,
        tone=_TONES[row.state],
        detail=row.detail,
        packaged=found.packaged[row.signal],
        reviewed=row,
    )


def _suggested(one: Suggestion) -> SuggestionRow:
    conversion = _conversion(one.factor, one.offset)
    reasons = "; ".join(one.reasons)
    return SuggestionRow(one.tag, f"{one.score:.2f}", one.unit, conversion, reasons, one)


def _conversion(factor: float, offset: float) -> str:
    """For example "× 0.001 + 273"; empty where the numbers are taken as they are."""
    said = [f"× {factor:g}"] if factor != 1.0 else []
    if offset:
        said.append(f"{'+' if offset > 0 else '−'} {abs(offset):g}")
    return " ".join(said)
