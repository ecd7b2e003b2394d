"""An analysis takes the stored evidence with everything that a person decided about it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from support.renamed_exports import otherwise

from investigator.casework.analyses import Task, replay_task
from investigator.casework.intake import read_task
from investigator.casework.stored import decoded, encoded
from investigator.casework.twins import choose_twin, tag_list
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence_decisions import EvidenceDecisions, TagMapping
from investigator.domain.results import ReplayResult
from investigator.records.blobs import Blobs
from investigator.trust.digest import digest_of_bytes


def unheard(words: str, share: float) -> None:
    """Progress that nobody listens to."""


def task(folder: Path, scratch: Path, decisions: EvidenceDecisions) -> Task:
    """A folder of evidence, read and stored, to be replayed."""
    read = read_task(folder, None, report=unheard)
    package, blobs = choose_twin(None), Blobs(scratch)
    return Task(
        blobs=scratch,
        reading=blobs.keep(read.reading),
        samples=blobs.keep(read.samples),
        twin_id=package.manifest.twin_id,
        twin_digest=package.digest,
        seed=1,
        workers=1,
        software="test",
        scratch=scratch,
        decisions=decisions,
    )


@pytest.mark.requirement("CAS-124", "CAS-126", "EVD-292", "EVD-293")
def test_a_renamed_export_replays_as_the_original_once_its_tags_are_mapped(
    example: Path, tmp_path: Path
) -> None:
    package = choose_twin(None)
    tags = tag_list(package)
    names = {tag: "CDC3_" + "_".join(tag.split(".")[2:]).title() for tag in tags}
    folder = otherwise(example, tmp_path / "DEV-OPEN-02", {}, names=names)
    mapped = EvidenceDecisions(
        tags=tuple(
            TagMapping(signal, names[tag], tags[tag].signal.unit)
            for signal, tag in package.tag_map.items()
        )
    )
    own = task(example, tmp_path / "blobs", EvidenceDecisions())
    renamed = task(folder, tmp_path / "blobs", mapped)
    usual = decoded(replay_task(own, report=unheard), ReplayResult)
    again = decoded(replay_task(renamed, report=unheard), ReplayResult)
    assert again.rows == usual.rows
    found = [f for f in again.findings if f not in usual.findings]
    assert {f.kind for f in found} == {"out_of_range"}
    assert again.findings[len(found) :] == usual.findings

    unmapped = task(folder, tmp_path / "blobs", EvidenceDecisions())
    with pytest.raises(UnusableInput, match="the mapping review"):
        replay_task(unmapped, report=unheard)


@pytest.mark.requirement("CAS-147")
def test_a_replay_is_stored_whole_with_the_same_bytes_for_one_worker_or_two(
    example: Path, tmp_path: Path
) -> None:
    one = task(example, tmp_path / "blobs", EvidenceDecisions())
    made = replay_task(one, report=unheard)
    assert replay_task(replace(one, workers=2), report=unheard) == made
    found = decoded(made, ReplayResult)
    assert encoded(found) == made
    assert found.replayed is not None
    assert set(found.replayed.assumptions) <= set(found.assumptions)

    older = json.loads(made)
    del older["replayed"]
    before = decoded(json.dumps(older).encode(), ReplayResult)
    assert before.replayed is None
    assert before.rows == found.rows


@pytest.mark.requirement("DIA-016")
def test_a_replay_holds_the_control_chart_and_the_digest_of_the_file_it_rests_on(
    example: Path, tmp_path: Path
) -> None:
    made = replay_task(task(example, tmp_path / "blobs", EvidenceDecisions()), report=unheard)
    chart = decoded(made, ReplayResult).control_chart
    assert chart is not None
    assert chart.spans[0].contributions[0].channel.channel == "nir_api"
    (file,) = chart.files
    assert file.sha256 == digest_of_bytes((example / file.file).read_bytes())
