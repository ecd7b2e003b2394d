"""Where the signals of a run are missing, in doubt or bridged, as stretches of time.

- Only while the press turns: of a line that stands nothing need be known.
- Short stretches with less than a minute between them are one.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from investigator.domain.instant import Span
from investigator.domain.replayed import QualityStretch, Shortcoming
from investigator.twin.channels import SERIES
from investigator.twin.measured import roles_of
from investigator.twin.record import STEP_S, LineRecord, Mask
from investigator.twin.record_map import FEEDERS

JOINED_S = 60.0

DRIVES = {
    **{f"{feeder}.flow": f"feed.{feeder}" for feeder in FEEDERS},
    "blender.speed": "blender.speed",
    "paddle.speed": "paddle.speed",
    "turret.speed": "turret.speed",
    "chute.level": "chute.level",
    "press.force": "main.force",
    "press.gap": "main.gap",
    "room.rh": "room.rh",
}
"""Roles that drive the replay, with the input that each is."""


def quality_stretches(
    record: LineRecord, tag_map: Mapping[str, str], filled: Mapping[str, Mask]
) -> tuple[QualityStretch, ...]:
    """All stretches, in order of the tag map and of time.

    Args:
        record: the run.
        tag_map: historian tag by role.
        filled: where each input of the replay was bridged, (n,) by quantity.
    """
    found: list[QualityStretch] = []
    for role, tag in tag_map.items():
        signals = tuple(record.named.title(c) for c in SERIES if role in roles_of(c.channel))
        for shortcoming, where in _lacking(record, role, filled):
            spans = _spans(record, where & record.running)
            found.extend(QualityStretch(tag, signals, shortcoming, span) for span in spans)
    return tuple(found)


def _lacking(
    record: LineRecord, role: str, filled: Mapping[str, Mask]
) -> Iterator[tuple[Shortcoming, Mask]]:
    known = np.isfinite(record.roles[role])
    bridged = np.zeros(known.shape, dtype=np.bool_)
    if role in DRIVES:
        bridged = filled[DRIVES[role]]
        yield Shortcoming.BRIDGED, bridged
    yield Shortcoming.MISSING, ~known & ~bridged
    yield Shortcoming.DOUBTFUL, known & (record.sd_factor(role) > 1.0)


def _spans(record: LineRecord, where: Mask) -> Iterator[Span]:
    places = np.flatnonzero(where)
    if places.size == 0:
        return
    breaks = np.flatnonzero(np.diff(places) > JOINED_S / STEP_S)
    step_ms = int(1000 * STEP_S)
    for first, last in zip(
        places[np.r_[0, breaks + 1]], places[np.r_[breaks, places.size - 1]], strict=True
    ):
        yield Span(int(record.grid_ms[first]), int(record.grid_ms[last]) + step_ms)
