"""What a folder of evidence was read as, stored so that a case opens without reading it again.

The reading is JSON (`stored`), the samples are Parquet; both are named by digest in the entry that
admits the evidence, and both can be made again from the originals.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from investigator.casework.stored import decoded, encoded
from investigator.domain.clock_evidence import ClockEvidence
from investigator.domain.evidence import Evidence, EvidenceAsRead
from investigator.domain.trajectory import Signal, Trajectory

ROOM = "room/"
"""Put before the name of a point of the room data, so that it never meets a historian tag."""


@dataclass(frozen=True, slots=True)
class StoredReading:
    """Evidence without its samples, the signals that they are of, what its clocks rest on."""

    evidence: Evidence
    signals: Mapping[str, Signal]
    clocks: tuple[ClockEvidence, ...] = ()


def reading_bytes(read: EvidenceAsRead) -> tuple[bytes, bytes]:
    """The reading and the samples of evidence, as they are stored."""
    from investigator.evidence.sample_store import samples_bytes

    evidence = read.evidence
    samples = _all(evidence)
    bare = replace(evidence, trajectories={}, environment={})
    signals = {tag: trajectory.signal for tag, trajectory in sorted(samples.items())}
    return encoded(StoredReading(bare, signals, read.clocks)), samples_bytes(samples)


def evidence_from(reading: bytes, samples: bytes) -> EvidenceAsRead:
    """The evidence again, as it was read.

    Raises:
        AlteredRecord: the bytes are not those of a reading.
    """
    from investigator.evidence.sample_store import samples_from

    stored = decoded(reading, StoredReading)
    found = samples_from(samples, stored.signals)
    return EvidenceAsRead(
        replace(
            stored.evidence,
            trajectories={tag: t for tag, t in found.items() if not tag.startswith(ROOM)},
            environment={t[len(ROOM) :]: found[t] for t in found if t.startswith(ROOM)},
        ),
        stored.clocks,
    )


def _all(evidence: Evidence) -> dict[str, Trajectory]:
    room = {f"{ROOM}{name}": t for name, t in evidence.environment.items()}
    return {**evidence.trajectories, **room}
