"""Evidence that was read and stored opens as the evidence that was read."""

import math
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from investigator.casework.intake import ReadFolder, read_task
from investigator.casework.reading import ROOM, StoredReading, evidence_from, reading_bytes
from investigator.casework.stored import decoded, encoded
from investigator.domain.acceptance import Bound
from investigator.domain.errors import AlteredRecord
from investigator.domain.evidence import Evidence, EvidenceAsRead
from investigator.evidence.decided import decided


@pytest.fixture(scope="module")
def read(example: Path) -> ReadFolder:
    return read_task(example, None, report=unheard)


def unheard(words: str, share: float) -> None:
    """Progress that nobody listens to."""


@pytest.fixture(scope="module")
def as_read(read: ReadFolder) -> EvidenceAsRead:
    return evidence_from(read.reading, read.samples)


@pytest.fixture(scope="module")
def again(as_read: EvidenceAsRead) -> Evidence:
    return decided(as_read)


@pytest.mark.requirement("CAS-061", "EVD-003")
def test_all_but_the_samples_is_the_same(read: ReadFolder, again: Evidence) -> None:
    for field in fields(Evidence):
        if field.name not in {"trajectories", "environment"}:
            assert getattr(again, field.name) == getattr(read.evidence, field.name), field.name


@pytest.mark.requirement("CAS-061")
@pytest.mark.parametrize("kind", ["trajectories", "environment"])
def test_the_samples_are_the_same(kind: str, read: ReadFolder, again: Evidence) -> None:
    before, after = getattr(read.evidence, kind), getattr(again, kind)
    assert before
    assert set(after) == set(before)
    for tag, trajectory in before.items():
        found = after[tag]
        assert found.signal == trajectory.signal
        for column in ("t_ms", "value", "quality"):
            np.testing.assert_array_equal(getattr(found, column), getattr(trajectory, column))


@pytest.mark.requirement("CAS-061")
def test_it_is_stored_as_the_same_bytes_again(read: ReadFolder, as_read: EvidenceAsRead) -> None:
    how = decoded(read.reading, StoredReading).how
    assert how is not None
    assert (how.twin_id, how.zone, how.batch_id) == ("cdc_line_3", "Europe/Berlin", None)
    assert reading_bytes(as_read, how) == (read.reading, read.samples)


@pytest.mark.requirement("CAS-061")
def test_a_result_without_a_number_is_stored_as_one(as_read: EvidenceAsRead) -> None:
    first, *others = as_read.evidence.laboratory
    below = replace(first, result=math.nan, censored=Bound.BELOW, bound=0.05, reported="< 0.05")
    evidence = replace(as_read.evidence, laboratory=(below, *others))
    stored = evidence_from(*reading_bytes(replace(as_read, evidence=evidence)))
    found, *rest = stored.evidence.laboratory
    assert math.isnan(found.result)
    assert (found.censored, found.bound, rest) == (Bound.BELOW, 0.05, others)


def test_room_data_never_meet_a_tag(again: Evidence) -> None:
    assert not any(name.startswith(ROOM) for name in (*again.trajectories, *again.environment))


@pytest.mark.requirement("REC-021")
def test_other_bytes_are_no_reading(read: ReadFolder) -> None:
    with pytest.raises(AlteredRecord, match="cannot be read"):
        evidence_from(encoded({"evidence": None}), read.samples)
    with pytest.raises(AlteredRecord):
        evidence_from(read.reading, b"no samples")
    with pytest.raises(AlteredRecord):
        evidence_from(read.reading, read.samples[: len(read.samples) // 2])
