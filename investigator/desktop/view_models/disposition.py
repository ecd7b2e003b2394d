"""The containers and what is decided on each, as the disposition shows and asks for it.

- A proposal follows a rule; the decision is a person's, and departs only with a reason.
- A decision that rests on an impact which has changed since is shown as stale.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import (
    by,
    moment_of,
    open_said,
    stale_said,
    voids,
)
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.analysis import DispositionDecided
from investigator.domain.departure import departure, released_out_of_specification
from investigator.domain.impact import (
    PROPOSALS,
    ContainerImpact,
    Proposal,
    attribute_name,
    short_ids,
)
from investigator.domain.instant import to_datetime
from investigator.domain.investigation import Investigation
from investigator.domain.quantities import (
    UNKNOWN,
    common_decimals,
    count,
    decimals_for,
    fixed,
    per_cent,
    period,
)

WAITING = (
    "No container to decide on yet",
    "The containers and their proposals come from the impact: follow the material first.",
)


@dataclass(frozen=True, slots=True)
class ContainerRow:
    """One container of the table; texts as they are to be read.

    `name`: its id without what all ids share. `affected`, `at_most`: central mass and conservative
    bound (95 %). `worst`, `interval`: the attribute least likely to conform. `decided`: the
    decision that stands, stale or not. `conforms`: in per cent. `decided_by`: who and when.
    `departure`: why the decision departs from the rules; empty where it does not.
    `release_departs`: whether a release would, for a reported result that is open.
    """

    container: ContainerImpact
    name: str
    filled: str
    filled_in_full: str
    net: str
    affected: str
    at_most: str
    worst: str
    interval: str
    conforms: str
    decided: Recorded[DispositionDecided] | None
    stale: bool
    decided_by: str
    departure: str
    release_departs: bool

    @property
    def container_id(self) -> str:
        """Id in full."""
        return self.container.container_id

    @property
    def proposal(self) -> Proposal:
        """What is proposed."""
        return self.container.proposal

    @property
    def is_open(self) -> bool:
        """Whether a decision is missing or stale."""
        return self.decided is None or self.stale

    @property
    def departs(self) -> bool:
        """Whether the decision departs from the rules."""
        return bool(self.departure)

    @property
    def decision(self) -> str:
        """The decision in words, with how it stands."""
        if self.decided is None:
            return open_said()
        words = PROPOSALS[self.decided.act.decision]
        return stale_said(words) if self.stale else words

    @property
    def decision_tone(self) -> Tone:
        """Good as proposed, a warning where it departs; plain while open."""
        if self.is_open:
            return Tone.PLAIN
        return Tone.WARN if self.departs else Tone.GOOD


@dataclass(frozen=True, slots=True)
class Disposition:
    """All that the view shows. `why_not`: why nothing can be decided now; empty if it can."""

    rows: tuple[ContainerRow, ...]
    note: str
    why_not: str


def disposition(scene: Scene) -> Disposition:
    """The containers of the case that is shown, in order of filling."""
    if scene.seen is None or scene.case is None or scene.seen.impact is None:
        return Disposition((), "", "")
    containers = scene.seen.impact.impact.containers
    rows = _rows(scene.case, containers)
    why_not = scene.why_not(acts_for(rows[:1], None)[0]) if rows else ""
    return Disposition(rows, _note(scene, scene.case, rows), why_not)


def acts_for(
    rows: Sequence[ContainerRow], decision: Proposal | None
) -> tuple[DispositionDecided, ...]:
    """The decisions to record; None decides each container as proposed."""
    return tuple(
        DispositionDecided(
            row.container_id, decision or row.proposal, row.proposal, row.container.rule
        )
        for row in rows
    )


def needs_reason(rows: Sequence[ContainerRow], decision: Proposal | None) -> bool:
    """Whether the decision departs from the rules for one of the containers."""
    acts = acts_for(rows, decision)
    return any(
        act.needs_reason() or (row.release_departs and act.decision is Proposal.RELEASE)
        for row, act in zip(rows, acts, strict=True)
    )


def choices(rows: Sequence[ContainerRow]) -> tuple[tuple[str, str], ...]:
    """What can be decided on these containers, as (key, words); the empty key is "as proposed"."""
    proposed = ", ".join(dict.fromkeys(PROPOSALS[row.proposal] for row in rows))
    as_proposed = ("", f"as proposed: {proposed}" if proposed else "as proposed")
    return (as_proposed, *((proposal.value, words) for proposal, words in PROPOSALS.items()))


def selection_title(rows: Sequence[ContainerRow]) -> str:
    """The containers that a decision would be on."""
    if not rows:
        return "Select one or more containers."
    if len(rows) == 1:
        row = rows[0]
        return f"{row.container_id}: {PROPOSALS[row.proposal]} proposed"
    counted = Counter(PROPOSALS[row.proposal] for row in rows)
    proposed = ", ".join(f"{number} × {words}" for words, number in counted.items())
    return f"{count(len(rows), 'container')} selected, proposed: {proposed}"


def selection_reason(rows: Sequence[ContainerRow]) -> str:
    """Why it is proposed, for one container; which ones they are, for more."""
    if len(rows) == 1:
        return rows[0].container.proposal_reason
    return ", ".join(row.name for row in rows)


def _rows(case: Investigation, containers: tuple[ContainerImpact, ...]) -> tuple[ContainerRow, ...]:
    _, names = short_ids(tuple(c.container_id for c in containers))
    places = common_decimals([c.affected_kg_hi95 - c.affected_kg for c in containers])
    return tuple(_row(case, c, names[c.container_id], min(max(places, 2), 3)) for c in containers)


def _row(case: Investigation, container: ContainerImpact, name: str, places: int) -> ContainerRow:
    zone = case.opened.act.zone
    decided = case.dispositions.get(container.container_id)
    worst, interval, conforms = _worst(container)
    return ContainerRow(
        container=container,
        name=name,
        filled=_filled(container, zone),
        filled_in_full=period(container.filled, zone),
        net=fixed(container.net_kg, places),
        affected=fixed(container.affected_kg, places),
        at_most=f"≤ {fixed(container.affected_kg_hi95, places)}",
        worst=worst,
        interval=interval,
        conforms=conforms,
        decided=decided,
        stale=decided is not None and case.is_stale(decided),
        decided_by=f"{moment_of(decided, zone)}, {by(decided)}" if decided else "",
        departure=departure(case, decided.act) if decided else "",
        release_departs=released_out_of_specification(case, _release(container)),
    )


def _release(container: ContainerImpact) -> DispositionDecided:
    return DispositionDecided(container.container_id, Proposal.RELEASE, container.proposal)


def _filled(container: ContainerImpact, zone: str) -> str:
    """Begin and end to the minute, without the day."""
    start, end = container.filled.start_ms, container.filled.end_ms
    return "–".join(to_datetime(t, zone).strftime("%H:%M") for t in (start, end))


def _worst(container: ContainerImpact) -> tuple[str, str, str]:
    if container.worst is None:
        return UNKNOWN, "", UNKNOWN
    name, quality = container.worst
    places = decimals_for((quality.hi95 - quality.lo95) / 4)
    mean, low, high = (fixed(v, places) for v in (quality.mean, quality.lo95, quality.hi95))
    return (
        f"{attribute_name(name)} {mean} {quality.unit}",
        f"95 %: {low} to {high}",
        per_cent(quality.p_conform),
    )


def _note(scene: Scene, case: Investigation, rows: Sequence[ContainerRow]) -> str:
    stale = sum(row.stale for row in rows)
    waiting = sum(row.decided is None for row in rows)
    parts = [count(len(rows), "container"), f"{len(rows) - waiting - stale} decided"]
    parts += [f"{waiting} open"] if waiting else []
    parts += [f"{stale} stale"] if stale else []
    shared, _ = short_ids(tuple(row.container_id for row in rows))
    parts += [f"ids without {shared}"] if shared else []
    if case.impact is not None and case.is_stale(case.impact):
        parts.insert(0, stale_said("follow the material again"))
    if cost := voids(scene):
        parts.insert(0, cost)
    return "  ·  ".join(parts)
