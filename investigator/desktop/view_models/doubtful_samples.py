"""The samples of a signal that findings in force leave out or widen, as dots over its curve.

Samples that are left out stand at the values that were read; the curve has a gap there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from investigator.desktop.plots.content import Curve
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.findings import FindingRow
from investigator.domain.decimate import thin_line
from investigator.domain.evidence import Evidence, Treatment
from investigator.domain.instant import Span
from investigator.domain.trajectory import Trajectory

LEFT_OUT, WIDENED = "left out", "widened"
_COLOURS = {LEFT_OUT: 1, WIDENED: 4}
_COLUMNS = 4_000
_ROOM = "environment"
Flags = NDArray[np.bool_]


def as_read(scene: Scene) -> Evidence | None:
    """The evidence before anything was decided about it; None without evidence."""
    if scene.seen is None:
        return None
    return scene.seen.read.evidence if scene.seen.read else scene.seen.evidence


def treated_so(t_ms: NDArray[np.int64], rows: Iterable[FindingRow], treatment: Treatment) -> Flags:
    """Whether findings in force treat the samples so.

    `t_ms` of shape (n,), increasing; the answer has its shape.
    """
    flags = np.zeros(t_ms.shape, dtype=bool)
    for row in rows:
        if row.in_force and row.finding.treatment is treatment:
            flags[_inside(row.finding.span, t_ms)] = True
    return flags


def dots(part: Trajectory, dropped: Flags, widened: Flags) -> tuple[Curve, ...]:
    """Dots on those samples, one curve for each treatment that there is."""
    curves = []
    for name, flags in ((LEFT_OUT, dropped), (WIDENED, widened & ~dropped)):
        there = flags & np.isfinite(part.value)
        if there.any():
            course = thin_line(part.t_ms[there], part.value[there], _COLUMNS)
            curves.append(Curve(name, *course, colour=_COLOURS[name], dots=True, aside=True))
    return tuple(curves)


def doubted(scene: Scene, rows: Sequence[FindingRow], tag: str) -> tuple[Curve, ...]:
    """The dots of a whole signal of the historian or the room, on the historian's clock.

    Args:
        scene: the case.
        rows: all findings.
        tag: the signal; none for one that was not sampled.
    """
    read, mine = as_read(scene), [row for row in rows if row.subject == tag]
    if read is None or not any(row.in_force for row in mine):
        return ()
    trajectory = read.trajectories.get(tag) or read.environment.get(tag)
    if trajectory is None:
        return ()
    found = dots(
        trajectory,
        treated_so(trajectory.t_ms, mine, Treatment.DROP),
        treated_so(trajectory.t_ms, mine, Treatment.WIDEN),
    )
    return found if tag in read.trajectories else tuple(_on_clock(scene, one) for one in found)


def _on_clock(scene: Scene, curve: Curve) -> Curve:
    """Dots of the room data, whose clock is set."""
    evidence = scene.seen.evidence if scene.seen else None
    for offset in evidence.clock_offsets if evidence else ():
        if offset.source == _ROOM:
            t_ms = np.array([offset.at(t) for t in curve.t_ms.tolist()], dtype=np.int64)
            return replace(curve, t_ms=t_ms)
    return curve


def _inside(span: Span | None, t_ms: NDArray[np.int64]) -> slice:
    """The samples of a span, its end excluded; all of them without a span."""
    if span is None:
        return slice(None)
    return slice(*np.searchsorted(t_ms, [span.start_ms, span.end_ms]))
