"""The clocks of the sources: what was estimated, what is in force, and who said so.

An offset is what is added to a source's times to get the historian's; original times are kept.
"""

from dataclasses import dataclass

from investigator.casework.clocks import (
    ClockStanding,
    accepted,
    clock_set,
    clock_standings,
    drift_counts_from,
    without_estimate,
)
from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import (
    Take,
    facts_of,
    open_said,
    told,
    withdrawal,
)
from investigator.desktop.view_models.results import zone_of
from investigator.domain.acts.act import Act
from investigator.domain.acts.data_review import ClockBasis, ClockJudged
from investigator.domain.clock_evidence import ClockEvidence
from investigator.domain.evidence import ClockOffset
from investigator.domain.quantities import UNKNOWN, count, decimals_for, fixed

NO_CLOCKS = (
    "No clock to be judged",
    "Admit a folder of evidence; the offset of every source to the historian is estimated then.",
)
NORMAL_95 = 1.96
_PREFIX = ("clock", "zone")


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One source.

    Attributes:
        source: its name.
        estimated, drift: with their 95 % half-widths, in words; of the offset in seconds, of the
            drift in parts per million.
        pairs: how many events or readings the estimate rests on.
        in_force: the offset that the analyses use.
        judgement, tone: how it stands.
        is_open: whether it waits for a person.
        remark: what a person must look at, of zone, steps and the like; empty for nothing.
        standing: the clock as the casework has it; None for a source that nothing is placed by.
        basis: what was compared; None where nothing of it is kept.
    """

    source: str
    estimated: str
    drift: str
    pairs: int
    in_force: str
    judgement: str
    tone: Tone
    is_open: bool
    remark: str
    standing: ClockStanding | None
    basis: ClockEvidence | None


def clocks(scene: Scene) -> tuple[ClockRow, ...]:
    """Every source with a clock of its own, those that wait for a person first."""
    if scene.case is None or scene.seen is None or scene.seen.evidence is None:
        return ()
    bases = {basis.source: basis for basis in (scene.seen.read.clocks if scene.seen.read else ())}
    rows = [
        _row(scene, standing, bases.get(standing.source))
        for standing in clock_standings(scene.case, _estimated(scene), _others(scene))
    ]
    known = {row.source for row in rows}
    rows += [_without_offset(basis) for name, basis in bases.items() if name not in known]
    return tuple(sorted(rows, key=lambda row: not row.is_open))


def offset_said(offset: ClockOffset) -> str:
    """The offset with its 95 % interval, in seconds, e.g. "+1.0 ± 0.6"."""
    return _signed(offset.offset_s, NORMAL_95 * offset.uncertainty_s)


def drift_said(offset: ClockOffset) -> str:
    """The drift with its 95 % interval, in parts per million; a dash where none was estimated."""
    if not offset.drift_ppm and not offset.drift_uncertainty_ppm:
        return UNKNOWN
    return _signed(offset.drift_ppm, NORMAL_95 * offset.drift_uncertainty_ppm)


def clocks_note(rows: tuple[ClockRow, ...]) -> str:
    """How many wait for a judgement."""
    waiting = sum(row.is_open for row in rows)
    return f"{waiting} of {count(len(rows), 'clock')} to be judged" if waiting else ""


def acts_to_accept(rows: tuple[ClockRow, ...]) -> tuple[Act, ...]:
    """The acts that accept these clocks as estimated."""
    standings = (row.standing for row in rows if row.standing is not None)
    return tuple(accepted(s.estimated for s in standings if s.estimated is not None))


def act_to_set(scene: Scene, row: ClockRow, entered: dict[str, str]) -> ClockJudged:
    """The act that sets a clock.

    Args:
        scene: the case.
        row: the clock.
        entered: `offset`, `uncertainty`, `drift`, `drift_uncertainty`; the last two may be empty.

    Raises:
        UnusableRequest: a text is no number, or no clock can be so far off.
    """
    reference_ms = 0
    if row.standing is not None and scene.seen is not None and scene.seen.evidence is not None:
        reference_ms = drift_counts_from(row.standing.estimated, scene.seen.evidence)
    return clock_set(
        row.source,
        offset_s=entered["offset"],
        uncertainty_s=entered["uncertainty"],
        drift_ppm=entered["drift"] or "0",
        drift_uncertainty_ppm=entered["drift_uncertainty"] or "0",
        reference_ms=reference_ms,
    )


def why_not_clock(scene: Scene) -> str:
    """Why no clock can be judged now; empty if one can."""
    return scene.why_not(ClockJudged("", ClockBasis.ESTIMATED, 0, 0, 0, 0, 0, 0))


def inspected_clock(
    scene: Scene, row: ClockRow, take: Take, *, actions: tuple[Command, ...]
) -> Inspected:
    """What the clock's offset rests on, what is in force, and who judged it."""
    zone = zone_of(scene)
    recorded = row.standing.judged if row.standing else None
    facts = (
        ("Compared", row.basis.method if row.basis else ""),
        ("Estimated", _with_unit(row.estimated, "s")),
        ("Drift", _with_unit(row.drift, "ppm")),
        ("Rests on", count(row.pairs, "event or reading", "events or readings")),
        ("In force", _with_unit(row.in_force, "s")),
        ("Judgement", row.judgement),
        *(facts_of(recorded, zone) if recorded else ()),
    )
    return Inspected(
        title=row.source,
        kind="clock",
        facts=tuple((name, value) for name, value in facts if value),
        findings=(Remark(row.remark, Tone.WARN),) if row.remark else (),
        source=told(recorded, zone) if recorded else "Estimated by the reading of the evidence.",
        actions=(*actions, *((withdrawal(scene, recorded, take),) if recorded else ())),
    )


def _estimated(scene: Scene) -> tuple[ClockOffset, ...]:
    if scene.seen is None or scene.seen.evidence is None:
        return ()
    read = scene.seen.read
    return read.evidence.clock_offsets if read else scene.seen.evidence.clock_offsets


def _others(scene: Scene) -> tuple[str, ...]:
    return without_estimate(scene.seen.read) if scene.seen and scene.seen.read else ()


def _row(scene: Scene, standing: ClockStanding, basis: ClockEvidence | None) -> ClockRow:
    estimated, in_force = standing.estimated, standing.in_force
    judgement, tone = _judgement(standing)
    return ClockRow(
        source=standing.source,
        estimated=offset_said(estimated) if estimated else UNKNOWN,
        drift=drift_said(estimated) if estimated else UNKNOWN,
        pairs=estimated.matched_events if estimated else len(basis.pairs if basis else ()),
        in_force=offset_said(in_force) if in_force else UNKNOWN,
        judgement=judgement,
        tone=tone,
        is_open=standing.judged is None and estimated is not None,
        remark=_remark(scene, standing.source),
        standing=standing,
        basis=basis,
    )


def _without_offset(basis: ClockEvidence) -> ClockRow:
    return ClockRow(
        basis.source,
        UNKNOWN,
        UNKNOWN,
        len(basis.pairs),
        UNKNOWN,
        "nothing is placed by it",
        Tone.PLAIN,
        False,
        "",
        None,
        basis,
    )


def _judgement(standing: ClockStanding) -> tuple[str, Tone]:
    recorded = standing.judged
    if recorded is None:
        return open_said() if standing.estimated else "no estimate", Tone.PLAIN
    if recorded.act.basis is ClockBasis.SET:
        return f"set by {recorded.who.full_name}", Tone.WARN
    return "accepted as estimated", Tone.GOOD


def _remark(scene: Scene, source: str) -> str:
    """What the reading found about the clock of a source."""
    found = scene.seen.evidence.findings if scene.seen and scene.seen.evidence else ()
    return " ".join(
        f"{f.detail}; {f.action}."
        for f in found
        if f.subject == source and f.kind.startswith(_PREFIX)
    )


def _signed(value: float, half_width: float) -> str:
    places = decimals_for(half_width)
    sign = "+" if value > 0 else ""
    return f"{sign}{fixed(value, places)} ± {fixed(half_width, places)}"


def _with_unit(said: str, unit: str) -> str:
    return "" if said == UNKNOWN else f"{said} {unit}"
