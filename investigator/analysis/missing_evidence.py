"""What the evidence lacks, and what the ranking loses by it: a sentence for every missing source.

- A source is missing where none of its channels was measured in the run, whatever files there are.
- A failure mode that is looked for in missing channels only cannot be judged: it keeps its prior
  beside what the rest says. One that is looked for in some of them is less sure, and so is one of a
  lot: from its lot on it is judged by all that it shows.
- Where each mode is looked for is what its declaration says (`screened_by`).
"""

from dataclasses import dataclass

import numpy as np

from investigator.analysis.comparison import CHANNELS, Comparison
from investigator.domain.evidence import Evidence
from investigator.twin.channels import BY_ID
from investigator.twin.failure_mode import Anchor, FailureMode


@dataclass(frozen=True, slots=True)
class _Source:
    """A source: what its absence is called, its channels by the beginning of their ids."""

    absent: str
    channels: tuple[str, ...]

    def holds(self, channel: str) -> bool:
        """Whether a channel comes from this source."""
        return channel.startswith(self.channels)


SOURCES = (
    _Source("No laboratory results of recorded containers", ("lab_",)),
    _Source("No in-process samples", ("ipc_",)),
    _Source("No certificates of the lots with what was entered of them", ("lot_", "potency_")),
    _Source("No NIR signals", ("nir_",)),
    _Source("No signals of the feeders", ("feed_", "volumetric_", "hopper_")),
    _Source("No signals of the blender", ("blender_", "holdup")),
    _Source("No signals of the press", ("fill_", "force", "pre_force", "ejection")),
    _Source("No signal of the room's humidity", ("room_",)),
)


def missing_evidence(
    evidence: Evidence, c: Comparison, modes: tuple[FailureMode, ...]
) -> tuple[str, ...]:
    """Sentences on missing sources, in a fixed order; empty where nothing is missing.

    Args:
        evidence: as decided.
        c: the run compared with the unperturbed twin.
        modes: the failure modes of the twin.
    """
    unmeasured = _unmeasured(c)
    gone = [
        (source.absent, own)
        for source in SOURCES
        if unmeasured.issuperset(own := tuple(filter(source.holds, CHANNELS)))
    ]
    single = unmeasured - {channel for _, own in gone for channel in own}
    return (
        *_without_channels(evidence),
        *(_sentence(absent, own, unmeasured, modes) for absent, own in gone),
        *_single(c, single, unmeasured, modes),
    )


def lacks_a_source(c: Comparison) -> bool:
    """Whether nothing at all was measured of one of the sources."""
    unmeasured = _unmeasured(c)
    owns = (tuple(filter(source.holds, CHANNELS)) for source in SOURCES)
    return any(unmeasured.issuperset(own) for own in owns)


def _unmeasured(c: Comparison) -> frozenset[str]:
    known = np.concatenate([c.series_known.any(axis=1), c.points_known.any(axis=1)])
    return frozenset(ch for ch, there in zip(CHANNELS, known, strict=True) if not there)


def _without_channels(evidence: Evidence) -> list[str]:
    """Sources that the ranking does not compare channel by channel, or that give many channels."""
    told = []
    if not evidence.batch.record_id:
        told.append(
            "No batch record: set-points of the recipe, entered potency and lots are the usual "
            "ones of the line, so that a departure from the recipe shows only as one from these; "
            "no container can be judged."
        )
    if not evidence.alarms:
        told.append("No alarms: one that should have come and did not speaks against no cause.")
    if not evidence.environment:
        told.append(
            "No environmental monitoring: the humidity of the room is that of the line's own "
            "sensor, which nothing confirms."
        )
    return told


def _single(
    c: Comparison,
    single: frozenset[str],
    unmeasured: frozenset[str],
    modes: tuple[FailureMode, ...],
) -> list[str]:
    """Channels that are missing where others of their source are there, if a mode asks for them."""
    wanted = {channel for mode in modes for channel in mode.screened_by}
    asked = tuple(channel for channel in CHANNELS if channel in single & wanted)
    if not asked:
        return []
    titles = ", ".join(c.record.named.title(BY_ID[channel]) for channel in asked)
    return [_sentence(f"Not measured: {titles}", asked, unmeasured, modes)]


def _sentence(
    absent: str, own: tuple[str, ...], unmeasured: frozenset[str], modes: tuple[FailureMode, ...]
) -> str:
    touched = [mode for mode in modes if set(mode.screened_by) & set(own)]
    gone = [mode for mode in touched if unmeasured.issuperset(mode.screened_by)]
    lost = [mode.title for mode in gone if mode.anchor is not Anchor.LOT]
    weaker = [mode.title for mode in touched if mode.title not in lost]
    words = [f"{absent}."]
    if lost:
        words.append(f"Cannot be judged, for they are looked for there only: {'; '.join(lost)}.")
    if weaker:
        words.append(f"Less sure, for they are looked for there too: {'; '.join(weaker)}.")
    if not touched:
        words.append("What it would confirm or contradict of the other causes stays open.")
    return " ".join(words)
