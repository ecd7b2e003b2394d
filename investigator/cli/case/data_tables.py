"""Clocks and tag map as the console lists them: lines for a person, values for JSON."""

from typing import TYPE_CHECKING, Any

from investigator.casework.clocks import ClockStanding, clock_standings, without_estimate
from investigator.cli.table import table
from investigator.domain.evidence import ClockOffset
from investigator.domain.quantities import UNKNOWN

if TYPE_CHECKING:
    from investigator.casework.snapshot import Snapshot
    from investigator.casework.tag_map import TagMap

Rows = list[tuple[str, ...]]
Json = dict[str, Any]
NO_ESTIMATE, IN_STEP = "no estimate", "taken as in step"


def clock_lines(seen: "Snapshot") -> list[str]:
    """Every clock: what was estimated, what is in force, and who judged it."""
    rows: Rows = [("Source", "Estimated", "Events", "In force", "Judgement")]
    for clock in clocks_of(seen):
        rows.append(
            (
                clock.source,
                _offset(clock.estimated) if clock.estimated else NO_ESTIMATE,
                str(clock.estimated.matched_events) if clock.estimated else UNKNOWN,
                _offset(clock.in_force) if clock.in_force else IN_STEP,
                clock.judged.act.basis if clock.judged else UNKNOWN,
            )
        )
    return table(rows)


def clock_documents(seen: "Snapshot") -> list[Json]:
    """The same as values."""
    return [
        {
            "source": clock.source,
            "estimated": _plain(clock.estimated) if clock.estimated else None,
            "in_force": _plain(clock.in_force) if clock.in_force else None,
            "judgement": clock.judged.act.basis if clock.judged else None,
        }
        for clock in clocks_of(seen)
    ]


def map_lines(found: "TagMap") -> list[str]:
    """Every signal of the twin with its tag, what is open first, with what could stand there."""
    shown: Rows = [("Signal", "Tag", "Unit", "Conversion", "State", "Could be")]
    for row in found.review.signals:
        could = "; ".join(f"{s.tag} ({s.score:.2f})" for s in row.suggestions)
        same = (row.factor, row.offset) == (1.0, 0.0)
        conversion = UNKNOWN if same else f"x {row.factor:g} + {row.offset:g}"
        state = f"{row.state}: {row.detail}" if row.detail else row.state.value
        units = row.tag_unit or row.unit or UNKNOWN
        shown.append((row.signal, row.tag or UNKNOWN, units, conversion, state, could))
    return table(shown)


def map_documents(found: "TagMap") -> Json:
    """The same as values, with the tags of the export that nothing is taken from."""
    return {
        "twin": found.twin_id,
        "signals": [
            {
                "signal": row.signal,
                "unit": row.unit,
                "packaged": found.packaged[row.signal],
                "tag": row.tag,
                "tag_unit": row.tag_unit,
                "factor": row.factor,
                "offset": row.offset,
                "state": row.state,
                "detail": row.detail,
                "suggestions": [
                    {
                        "tag": s.tag,
                        "score": s.score,
                        "reasons": s.reasons,
                        "unit": s.unit,
                        "factor": s.factor,
                        "offset": s.offset,
                    }
                    for s in row.suggestions
                ],
            }
            for row in found.review.signals
        ],
        "unused": found.review.unused,
    }


def clocks_of(seen: "Snapshot") -> tuple[ClockStanding, ...]:
    """Every clock of the evidence, also of sources without an estimate."""
    if seen.read is None:
        return ()
    return clock_standings(seen.case, seen.read.evidence.clock_offsets, without_estimate(seen.read))


def _offset(offset: ClockOffset) -> str:
    drift = f", {offset.drift_ppm:+.3g} ppm" if offset.drift_ppm else ""
    return f"{offset.offset_s:+.3f} s (sd {offset.uncertainty_s:.3f} s){drift}"


def _plain(offset: ClockOffset) -> Json:
    return {
        "offset_s": offset.offset_s,
        "uncertainty_s": offset.uncertainty_s,
        "drift_ppm": offset.drift_ppm,
        "drift_uncertainty_ppm": offset.drift_uncertainty_ppm,
        "matched_events": offset.matched_events,
    }
