"""The tag map: reviewed before anything runs, and applied where a person departs from the package.

- The package names a tag for every signal; what a person mapped stands before it.
- A signal whose tag the export lacks gets suggestions from the tags that nothing is taken from.
- A signal whose numbers are in a unit that differs blocks until a person has mapped it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Evidence, Finding
from investigator.domain.evidence_decisions import TagMapping
from investigator.domain.tag_review import MappingReview, MapState, ReviewedSignal
from investigator.domain.trajectory import Signal, Trajectory
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.mapping.tag_suggestions import Wanted, suggest

BLOCKS, CONVERTED = "unit_differs", "unit_converted"


def review(
    evidence: Evidence,
    *,
    tag_map: Mapping[str, str],
    facts: Mapping[str, TagFacts],
    mappings: Iterable[TagMapping] = (),
    expected: Mapping[str, Trajectory] | None = None,
) -> MappingReview:
    """What stands for every signal, what is open, and what could stand there instead.

    Args:
        evidence: as read, its tags under their own names.
        tag_map: packaged tag of every signal.
        facts: the tag list of the line.
        mappings: what a person set.
        expected: how signals should run, by signal, in the twin's unit; without one, a signal
            should run like the tag that the tag list states to measure the same.
    """
    by_person = {m.signal: m for m in mappings}
    said = {f.subject: f for f in evidence.findings if f.kind in (BLOCKS, CONVERTED)}
    taken = {by_person[s].tag if s in by_person else tag for s, tag in tag_map.items()}
    unused = {
        tag: t
        for tag, t in evidence.trajectories.items()
        if tag not in taken and (tag not in facts or tag in said)
    }
    signals = []
    for signal, packaged in tag_map.items():
        known = facts.get(packaged) or TagFacts(Signal(packaged))
        row = _row(signal, known, by_person.get(signal), evidence, said)
        if row.state is MapState.MISSING:
            course = (expected or {}).get(signal, evidence.trajectories.get(known.redundant_with))
            wanted = Wanted(known, course)
            row = replace(row, suggestions=suggest(wanted, unused))
        signals.append(row)
    signals.sort(key=lambda row: list(MapState).index(row.state), reverse=True)
    return MappingReview(tuple(signals), tuple(sorted(unused)))


def _row(
    signal: str,
    known: TagFacts,
    mapping: TagMapping | None,
    evidence: Evidence,
    said: Mapping[str, Finding],
) -> ReviewedSignal:
    unit, packaged = known.signal.unit, known.signal.tag
    if mapping is not None:
        return _by_person(signal, unit, mapping, evidence)
    if packaged not in evidence.trajectories:
        detail = f"the export holds no {packaged}"
        return ReviewedSignal(signal, unit, "", "", 1.0, 0.0, MapState.MISSING, detail)
    finding = said.get(packaged)
    state = {
        None: MapState.PACKAGED,
        BLOCKS: MapState.UNIT_DIFFERS,
        CONVERTED: MapState.CONVERTED,
    }[finding.kind if finding else None]
    detail = finding.detail if finding else ""
    return ReviewedSignal(signal, unit, packaged, unit, 1.0, 0.0, state, detail)


def _by_person(signal: str, unit: str, mapping: TagMapping, evidence: Evidence) -> ReviewedSignal:
    state, detail = MapState.BY_PERSON, ""
    if not mapping.tag:
        state = MapState.LEFT_OUT
    elif mapping.tag not in evidence.trajectories:
        state, detail = MapState.MISSING, f"the export holds no {mapping.tag}"
    return ReviewedSignal(
        signal, unit, mapping.tag, mapping.unit, mapping.factor, mapping.offset, state, detail
    )


def mapped(
    evidence: Evidence,
    mappings: Iterable[TagMapping],
    *,
    tag_map: Mapping[str, str],
    facts: Mapping[str, TagFacts],
) -> Evidence:
    """The evidence as an analysis takes it: mapped tags under the names of the package.

    The export's own tags stay beside them. A mapped tag is read as the tag list says (held or
    linear, states by name), in the twin's unit; a signal that a person left out is not there.

    Raises:
        UnusableInput: a mapping names a signal that the twin, or a tag that the export, has not, or
            a tag with states that the signal has not.
    """
    trajectories = dict(evidence.trajectories)
    for mapping in mappings:
        if mapping.signal not in tag_map:
            raise UnusableInput(
                evidence.name, f"the twin has no signal {mapping.signal}", "review the tag map"
            )
        packaged = tag_map[mapping.signal]
        trajectories.pop(packaged, None)
        if mapping.tag:
            listed = facts[packaged].signal if packaged in facts else None
            trajectories[packaged] = _taken(evidence, mapping, packaged, listed)
    return replace(evidence, trajectories=trajectories)


def without_unsettled(
    evidence: Evidence, *, tag_map: Mapping[str, str], facts: Mapping[str, TagFacts]
) -> Evidence:
    """The evidence as a run without a person takes it: signals in a unit that differs left out.

    Each of them is an assumption. Args as of `mapped`.
    """
    blocked = {f.subject for f in evidence.findings if f.kind == BLOCKS}
    left = [signal for signal, tag in tag_map.items() if tag in blocked]
    if not left:
        return evidence
    taken = mapped(evidence, [TagMapping(s, "", "") for s in left], tag_map=tag_map, facts=facts)
    words = tuple(
        f"{signal} ({tag_map[signal]}) is left out: its unit is not that of the tag list, and"
        " nobody has mapped it"
        for signal in left
    )
    return replace(taken, assumptions=(*taken.assumptions, *words))


def _taken(
    evidence: Evidence, mapping: TagMapping, packaged: str, listed: Signal | None
) -> Trajectory:
    found = evidence.trajectories.get(mapping.tag)
    if found is None:
        raise UnusableInput(
            evidence.name,
            f"holds no tag {mapping.tag} for {mapping.signal}",
            "review the tag map",
        )
    signal = listed or replace(found.signal, tag=packaged)
    if signal.states and found.signal.states:
        return replace(found, signal=signal, value=_codes(found, signal, mapping.tag))
    value = mapping.factor * found.value + mapping.offset
    return replace(found, signal=signal, value=value)


def _codes(found: Trajectory, signal: Signal, tag: str) -> NDArray[np.float64]:
    """The states of the tag, by name, in the codes of the signal."""
    codes = {name.casefold(): float(code) for code, name in signal.states}
    value = np.full(found.value.shape, np.nan)
    for code, name in found.signal.states:
        here = found.value == code
        if name.casefold() in codes:
            value[here] = codes[name.casefold()]
        elif here.any():
            raise UnusableInput(
                tag, f"has the state {name}, which {signal.tag} has not", "map another tag"
            )
    return value
