"""In which words two readings of the same evidence differ: files, parts of the evidence, tags."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

import numpy as np

from investigator.domain.evidence import Evidence, EvidenceItem
from investigator.domain.trajectory import Trajectory

NAMED = 5
"""Files or tags that a sentence names."""

APART = frozenset({"items", "trajectories", "environment", "laboratory"})
"""Parts of the evidence that are compared piece by piece."""


def differences(before: Evidence, again: Evidence) -> tuple[str, ...]:
    """Sentences about what differs; one says so where it is nothing that a person could see."""
    files = [new.file for old, new in _paired(before.items, again.items) if old != new]
    parts = [
        field.name.replace("_", " ")
        for field in fields(Evidence)
        if field.name not in APART and getattr(before, field.name) != getattr(again, field.name)
    ]
    if repr(before.laboratory) != repr(again.laboratory):
        parts.append("laboratory results")
    tags = [
        *_tags(before.trajectories, again.trajectories),
        *_tags(before.environment, again.environment),
    ]
    said = (("Files read otherwise", files), ("Other", parts), ("Other samples of", tags))
    return tuple(f"{words}: {_some(names)}." for words, names in said if names) or (
        "The stored bytes differ, although what they say is the same.",
    )


def _paired(
    before: Sequence[EvidenceItem], again: Sequence[EvidenceItem]
) -> list[tuple[EvidenceItem | None, EvidenceItem]]:
    known = {(item.file, item.member): item for item in before}
    return [(known.get((item.file, item.member)), item) for item in again]


def _tags(before: Mapping[str, Trajectory], again: Mapping[str, Trajectory]) -> list[str]:
    return [
        tag
        for tag in sorted(before.keys() | again.keys())
        if tag not in before or tag not in again or not _same(before[tag], again[tag])
    ]


def _same(one: Trajectory, other: Trajectory) -> bool:
    return (
        one.signal == other.signal
        and np.array_equal(one.t_ms, other.t_ms)
        and np.array_equal(one.value, other.value, equal_nan=True)
        and np.array_equal(one.quality, other.quality)
    )


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(dict.fromkeys(names[:NAMED])) + more
