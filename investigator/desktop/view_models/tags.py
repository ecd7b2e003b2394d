"""The signals of the evidence as a tree, and which of them are shown first.

- Groups are the units of the line: the part of a tag after what all tags have in common.
- Laboratory and in-process results are signals of single values; a laboratory result stands in the
  middle of the filling of its container, since its own date places nothing.
- First shown is what tells most on any line (feeds, content, force, hardness, assay) and what the
  deviation names, as far as the evidence has them; where that is little, one of each unit besides.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from investigator.domain.evidence import Evidence
from investigator.domain.instant import Span
from investigator.domain.trajectory import Interpolation, Quality, Trajectory

FIRST_SHOWN, FEWEST = 8, 4
_PARTS = re.compile(r"[.:/\\_]")
_SETPOINT = r"set[- ]?point|\bsp\b"
_TELLING: tuple[tuple[str, str, int], ...] = (
    (r"mass ?flow|feed ?rate", _SETPOINT, 4),
    (r"(nir|raman).*(content|api|active)", r"residual|status", 1),
    (r"(main|compression).*force", _SETPOINT + r"|pre-|highest|lowest|deviation|number", 1),
    (r"hardness", r"^$", 1),
    (r"assay", r"^$", 1),
)
"""What is looked for, what is left out, and how many at most."""


class Kind(StrEnum):
    """Where the samples of a signal come from."""

    HISTORIAN = "historian tag"
    ROOM = "point of the room data"
    CONTROL = "in-process test"
    LABORATORY = "laboratory test"


FILE_KINDS: Mapping[Kind, str] = {
    Kind.HISTORIAN: "historian",
    Kind.ROOM: "environment",
    Kind.CONTROL: "batch_record",
    Kind.LABORATORY: "laboratory",
}
"""The kind of file, as the reading calls it, that each kind of signal is read from."""


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """One signal that can be shown.

    Attributes:
        key: names it towards the view; of a historian tag, the tag.
        name: within its group of the tree.
        short: its name in a plot, without what all tags have in common.
        words: what it is.
        brief: what it is, without what all of its group have in common.
        unit: of its values; empty for a pure number or a state.
        kind: where its samples come from.
        t_ms: int64, shape (n,), increasing; equal times only among single values.
        value: float64, shape (n,); NaN where bad.
        bad: bool, shape (n,).
        held: values are held until the next one.
        states: the codes of a digital tag.
        limits: levels that laboratory results should lie between, as reported.
    """

    key: str
    name: str
    short: str
    words: str
    brief: str
    unit: str
    kind: Kind
    t_ms: NDArray[np.int64]
    value: NDArray[np.float64]
    bad: NDArray[np.bool_]
    held: bool = False
    states: tuple[tuple[int, str], ...] = ()
    limits: tuple[float, ...] = ()

    @property
    def single(self) -> bool:
        """Whether its values are single results, not a course."""
        return self.kind in (Kind.CONTROL, Kind.LABORATORY)


@dataclass(frozen=True, slots=True, eq=False)
class TagGroup:
    """The signals of one unit or source."""

    title: str
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True, eq=False)
class TagTree:
    """All signals of the evidence. `first`: keys of those that are shown first, from above."""

    groups: tuple[TagGroup, ...]
    first: tuple[str, ...]

    @property
    def tags(self) -> Mapping[str, Tag]:
        """By key."""
        return {tag.key: tag for group in self.groups for tag in group.tags}


def tag_tree(evidence: Evidence) -> TagTree:
    """The signals of the evidence."""
    groups = (
        *_by_unit(evidence.trajectories, Kind.HISTORIAN),
        *_by_unit(evidence.environment, Kind.ROOM),
        *_group("In-process control", _controls(evidence)),
        *_group("Laboratory", _laboratory(evidence)),
    )
    return TagTree(groups, _first(evidence, groups))


def found(group: TagGroup, search: str) -> TagGroup:
    """The group with those signals only that have every word of the search in name or words."""
    wanted = search.casefold().split()
    tags = (t for t in group.tags if all(w in _text(group, t) for w in wanted))
    return replace(group, tags=tuple(tags))


def _text(group: TagGroup, tag: Tag) -> str:
    return f"{group.title} {tag.key} {tag.name} {tag.words} {tag.unit}".casefold()


def _by_unit(samples: Mapping[str, Trajectory], kind: Kind) -> list[TagGroup]:
    shared = len(_shared(tuple(_parts(tag) for tag in samples)))
    units: dict[str, list[Tag]] = {}
    for tag, trajectory in sorted(samples.items()):
        parts = _parts(tag)[shared:]
        made = _measured(tag, _after(tag, shared), kind, trajectory)
        units.setdefault(parts[0] if len(parts) > 1 else "", []).append(made)
    return [_unit_group(unit, tags, kind) for unit, tags in units.items()]


def _unit_group(unit: str, tags: list[Tag], kind: Kind) -> TagGroup:
    shared = _shared_words([tag.words.split() for tag in tags])
    briefs = [" ".join(tag.words.split()[len(shared) :]) for tag in tags]
    if not all(briefs) or kind is Kind.ROOM:
        briefs = [tag.words for tag in tags]
    brief = [replace(tag, brief=words) for tag, words in zip(tags, briefs, strict=True)]
    words = " ".join(shared).rstrip(",;: ")
    return TagGroup(_title(unit, words, len(tags), kind), tuple(brief))


@lru_cache(maxsize=4096)
def _parts(tag: str) -> tuple[str, ...]:
    return tuple(_PARTS.split(tag))


def _shared(tags: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The parts that all tags begin with; at least unit and signal are left of each."""
    if len(tags) < 2:
        return ()
    most = min(len(parts) for parts in tags) - 2
    same = 0
    while same < most and len({parts[same] for parts in tags}) == 1:
        same += 1
    return tags[0][:same]


def _after(tag: str, parts: int) -> str:
    """The tag without so many of its first parts, as it is written."""
    ends = [divider.end() for divider in _PARTS.finditer(tag)]
    return tag[ends[parts - 1] :] if 0 < parts <= len(ends) else tag


def _measured(key: str, short: str, kind: Kind, found: Trajectory) -> Tag:
    signal = found.signal
    return Tag(
        key,
        _after(short, 1),
        short,
        signal.description,
        signal.description,
        "" if signal.unit == "-" or signal.states else signal.unit,
        kind,
        found.t_ms,
        found.value,
        (found.quality == Quality.BAD) | ~np.isfinite(found.value),
        held=signal.interpolation is Interpolation.STEP,
        states=signal.states,
    )


def _title(unit: str, words: str, number: int, kind: Kind) -> str:
    if kind is Kind.ROOM:
        return f"Room data · {unit}" if unit else "Room data"
    if not unit:
        return "Other tags"
    if unit.casefold() in words.casefold():
        return words[:1].upper() + words[1:]
    return f"{unit} · {words}" if words and number > 1 else unit


def _shared_words(texts: list[list[str]]) -> list[str]:
    same: list[str] = []
    for words in zip(*texts, strict=False):
        if len(set(words)) > 1:
            break
        same.append(words[0])
    return same


def _group(title: str, tags: Iterable[Tag]) -> list[TagGroup]:
    held = tuple(tags)
    return [TagGroup(title, held)] if held else []


def _controls(evidence: Evidence) -> list[Tag]:
    values: dict[tuple[str, str, str], list[tuple[int, float]]] = {}
    for sample in sorted(evidence.batch.samples, key=lambda s: s.t_ms):
        for test in sample.tests:
            held = values.setdefault((test.code, test.name, test.unit), [])
            held += [(sample.t_ms, value) for value in test.values]
    return [
        _single(f"ipc/{code}", name, unit, Kind.CONTROL, pairs)
        for (code, name, unit), pairs in values.items()
    ]


def _laboratory(evidence: Evidence) -> list[Tag]:
    filled: dict[str, Span] = {c.container_id: c.filled for c in evidence.batch.containers}
    placed: dict[tuple[str, str], list[tuple[int, float]]] = {}
    limits: dict[tuple[str, str], tuple[float, ...]] = {}
    for result in evidence.laboratory:
        if (span := filled.get(result.container_id)) is None or not result.quantified:
            continue
        test = (result.test, result.unit)
        placed.setdefault(test, []).append(((span.start_ms + span.end_ms) // 2, result.result))
        limits[test] = tuple(v for v in (result.spec_low, result.spec_high) if v is not None)
    made = [
        _single(f"lab/{test}", test, unit, Kind.LABORATORY, sorted(pairs))
        for (test, unit), pairs in placed.items()
    ]
    return [
        replace(tag, limits=limits[tag.name, unit])
        for tag, (_, unit) in zip(made, placed, strict=True)
    ]


def _single(key: str, name: str, unit: str, kind: Kind, pairs: list[tuple[int, float]]) -> Tag:
    value = np.array([v for _, v in pairs], dtype=np.float64)
    return Tag(
        key,
        name,
        name,
        kind.value,
        "",
        "" if unit == "-" else unit,
        kind,
        np.array([t for t, _ in pairs], dtype=np.int64),
        value,
        ~np.isfinite(value),
    )


def _first(evidence: Evidence, groups: tuple[TagGroup, ...]) -> tuple[str, ...]:
    tags = [tag for group in groups for tag in group.tags]
    notice = evidence.deviation
    seen = () if notice is None else (notice.observation, *notice.further_observations)
    named = {o.parameter for o in seen}
    telling = [tag.key for pattern in _TELLING for tag in _matching(tags, *pattern)]
    chosen = [*telling, *(tag.key for tag in tags if tag.key in named and tag.key not in telling)]
    bare = [g.tags[0].key for g in groups if not any(tag.key in chosen for tag in g.tags)]
    chosen = [*chosen, *bare[: max(FEWEST - len(chosen), 0)]][:FIRST_SHOWN]
    return tuple(tag.key for tag in tags if tag.key in chosen)


def _matching(tags: list[Tag], wanted: str, unwanted: str, most: int) -> list[Tag]:
    """Process values before others, in-process values before the laboratory's."""
    hits = []
    for tag in tags:
        text = " ".join((*_parts(tag.key), tag.name, tag.words)).casefold()
        if re.search(wanted, text) and not re.search(unwanted, text) and not tag.states:
            hits.append(tag)
    values = [tag for tag in hits if _parts(tag.key)[-1].casefold() == "pv"]
    return (values or hits)[:most]
