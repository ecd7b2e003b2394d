"""Clocks and tag map as the console lists them: lines for a person, values for JSON."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from investigator.casework.clocks import ClockStanding, clock_standings
from investigator.cli.table import table
from investigator.domain.evidence import ClockOffset
from investigator.domain.quantities import UNKNOWN

if TYPE_CHECKING:
    from investigator.casework.snapshot import Snapshot
    from investigator.casework.tag_map import MapRow

Rows = list[tuple[str, ...]]
Json = dict[str, Any]


def clock_lines(seen: "Snapshot") -> list[str]:
    """Every clock: what was estimated, what is in force, and who judged it."""
    rows: Rows = [("Source", "Estimated", "Events", "In force", "Judgement")]
    for clock in _clocks(seen):
        rows.append(
            (
                clock.source,
                _offset(clock.estimated),
                str(clock.estimated.matched_events),
                _offset(clock.in_force),
                clock.judged.act.basis if clock.judged else UNKNOWN,
            )
        )
    return table(rows)


def clock_documents(seen: "Snapshot") -> list[Json]:
    """The same as values."""
    return [
        {
            "source": clock.source,
            "estimated": _plain(clock.estimated),
            "in_force": _plain(clock.in_force),
            "judgement": clock.judged.act.basis if clock.judged else None,
        }
        for clock in _clocks(seen)
    ]


def map_lines(rows: "Iterable[MapRow]") -> list[str]:
    """Every signal of the twin with its tag; those first that the export does not hold."""
    shown: Rows = [("Signal", "Tag", "In the export", "Unit", "Conversion")]
    for row in rows:
        m = row.mapping
        held = "yes" if row.in_export else "no"
        conversion = f"x {m.factor:g} + {m.offset:g}" if row.departs else "as packaged"
        shown.append((row.signal, m.tag or UNKNOWN, held, m.unit or UNKNOWN, conversion))
    return table(shown)


def map_documents(rows: "Iterable[MapRow]") -> list[Json]:
    """The same as values."""
    return [
        {
            "signal": row.signal,
            "unit": row.unit,
            "packaged": row.packaged,
            "tag": row.mapping.tag,
            "tag_unit": row.mapping.unit,
            "factor": row.mapping.factor,
            "offset": row.mapping.offset,
            "in_export": row.in_export,
            "departs": row.departs,
        }
        for row in rows
    ]


def _clocks(seen: "Snapshot") -> tuple[ClockStanding, ...]:
    return clock_standings(seen.case, seen.read.evidence.clock_offsets if seen.read else ())


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
