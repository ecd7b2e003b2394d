"""What a folder of evidence was read as, stored so that a case opens without reading it again.

- The reading is JSON (`stored`), the samples are Parquet; both are named by digest in the entry
  that admits the evidence, and both can be made again from the originals (`rereading`).
- A laboratory result without a number is told by its place; JSON has no word for such a number.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from investigator.casework.stored import decoded, encoded
from investigator.domain.clock_evidence import ClockEvidence
from investigator.domain.evidence import Evidence, EvidenceAsRead
from investigator.domain.laboratory import LabResult
from investigator.domain.trajectory import Signal, Trajectory

ROOM = "room/"
"""Put before the name of a point of the room data, so that it never meets a historian tag."""


@dataclass(frozen=True, slots=True)
class HowRead:
    """What a reading depends on besides the originals and the import profiles.

    Attributes:
        twin_id: whose line the evidence was read for; None for a line without twin.
        line: digest of what was known of the line: its id, zone, tag list and limits.
        zone: IANA zone of times without offset.
        batch_id: the batch that a person chose; None: that of the record.
        assumed: assumptions beside those of the readers.
    """

    twin_id: str | None
    line: str
    zone: str
    batch_id: str | None
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredReading:
    """Evidence without its samples, the signals that they are of, what its clocks rest on.

    `how`: what it depends on; None where that was not stored. `without_number`: places of the
    laboratory results without a number. `grid_s`: as in `EvidenceAsRead`.
    """

    evidence: Evidence
    signals: Mapping[str, Signal]
    clocks: tuple[ClockEvidence, ...] = ()
    how: HowRead | None = None
    without_number: tuple[int, ...] = ()
    grid_s: float = 0.0


def reading_bytes(read: EvidenceAsRead, how: HowRead | None = None) -> tuple[bytes, bytes]:
    """The reading and the samples of evidence, as they are stored."""
    from investigator.evidence.store.sample_store import samples_bytes

    samples = _all(read.evidence)
    results = read.evidence.laboratory
    places = tuple(n for n, one in enumerate(results) if math.isnan(one.result))
    bare = replace(
        read.evidence,
        trajectories={},
        environment={},
        laboratory=_with_number(results, places, 0.0),
    )
    signals = {tag: trajectory.signal for tag, trajectory in sorted(samples.items())}
    stored = StoredReading(bare, signals, read.clocks, how, places, read.grid_s)
    return encoded(stored), samples_bytes(samples)


def evidence_from(reading: bytes, samples: bytes) -> EvidenceAsRead:
    """The evidence again, as it was read.

    Raises:
        AlteredRecord: the bytes are not those of a reading.
    """
    from investigator.evidence.store.sample_store import samples_from

    stored = decoded(reading, StoredReading)
    found = samples_from(samples, stored.signals)
    return EvidenceAsRead(
        replace(
            stored.evidence,
            laboratory=_with_number(stored.evidence.laboratory, stored.without_number, math.nan),
            trajectories={tag: t for tag, t in found.items() if not tag.startswith(ROOM)},
            environment={t[len(ROOM) :]: found[t] for t in found if t.startswith(ROOM)},
        ),
        stored.clocks,
        stored.grid_s,
    )


def _with_number(
    results: tuple[LabResult, ...], places: tuple[int, ...], number: float
) -> tuple[LabResult, ...]:
    there = frozenset(places)
    return tuple(
        replace(one, result=number) if n in there else one for n, one in enumerate(results)
    )


def _all(evidence: Evidence) -> dict[str, Trajectory]:
    room = {f"{ROOM}{name}": t for name, t in evidence.environment.items()}
    return {**evidence.trajectories, **room}
