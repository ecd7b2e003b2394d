"""What could be done as a result of a case: made from what the log names, recorded, carried on."""

import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from support import much_impact, scenes
from support.attended import NOTE, a_walk, basis_of
from support.desks import desk_at, home_in
from support.dossiers import a_dossier
from support.investigations import CASE, DRUMS, WHY, followed
from support.line_run import at_min, diagnosed, noisy, package, planted
from support.stored_cases import case_at, take
from support.trust import PASSWORD

from investigator.analysis import impact as impacts
from investigator.analysis import remediation
from investigator.analysis.diagnosis import Diagnosis
from investigator.casework import analyses
from investigator.casework.analyses import Task, Working, remedy_step, remedy_task
from investigator.casework.case_dossier import case_dossier
from investigator.casework.desk import Desk
from investigator.casework.outcomes import record_remedies, task_for
from investigator.casework.report_signing import draught
from investigator.casework.snapshot import snapshot
from investigator.casework.stored import decoded, encoded
from investigator.domain.acts.analysis import RemedyRecorded
from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.domain.remedy import RemedyResult
from investigator.records.blobs import Blobs
from investigator.trust.digest import digest_of_bytes
from investigator.twin.scenario import Window

RESULT = encoded(much_impact.remedies(scenes.an_impact_result().impact.containers))


def unheard(words: str, share: float) -> None:
    """Progress that nobody listens to."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A case that has come to its impact, with its investigator."""
    workspace = case_at(tmp_path, "impact")
    with home_in(tmp_path / "home"), desk_at(workspace) as found:
        found.sign_in("ann", PASSWORD)
        yield found


@pytest.mark.requirement("CAS-173", "CAS-175")
def test_what_was_recorded_is_seen_with_the_case(desk: Desk) -> None:
    task = task_for(desk, CASE, RemedyRecorded)
    case = record_remedies(desk, CASE, task, RESULT, asked_per_mille=900)
    assert case.remedies is not None
    assert case.remedies.act == RemedyRecorded(
        task.recipe(remedy_step(900)), digest_of_bytes(RESULT), 900
    )
    seen = snapshot(desk, CASE)
    assert seen.remedies == decoded(RESULT, RemedyResult)
    assert snapshot(desk, CASE, seen).remedies is seen.remedies


@pytest.mark.requirement("CAS-174")
def test_another_probability_is_another_recipe(desk: Desk) -> None:
    task = task_for(desk, CASE, RemedyRecorded)
    recipes = {task.recipe(remedy_step(asked)) for asked in (900, 950, 951)}
    assert len(recipes) == 3
    assert task.recipe("impact") not in recipes


@pytest.mark.requirement("CAS-174")
def test_what_was_overtaken_while_it_ran_is_not_recorded(desk: Desk) -> None:
    task = replace(task_for(desk, CASE, RemedyRecorded), samples="other")
    with pytest.raises(UnusableRequest, match="was changed while it ran; nothing was recorded"):
        record_remedies(desk, CASE, task, RESULT, asked_per_mille=950)
    assert desk.case(CASE).remedies is None


@pytest.mark.requirement("CAS-173")
def test_they_are_stale_with_the_impact(desk: Desk) -> None:
    task = task_for(desk, CASE, RemedyRecorded)
    record_remedies(desk, CASE, task, RESULT, asked_per_mille=950)
    act = desk.case(CASE).impact
    assert act is not None
    case = desk.do(CASE, replace(followed(1, *DRUMS), result=act.act.result), why=WHY)
    assert case.remedies is not None
    assert case.is_stale(case.remedies)


@pytest.mark.requirement("CAS-175")
def test_the_dossier_of_the_report_carries_them() -> None:
    walk = a_walk(a_dossier())
    told = much_impact.remedies(a_dossier().impact.containers)
    basis = replace(basis_of(a_dossier()), remedies=told)
    made = case_dossier(walk.case, basis, revision=1, seed=0, trail=walk.trail, checkpoint=NOTE)
    assert made.remedies == told


@pytest.mark.requirement("CAS-175")
def test_the_report_of_a_case_rests_on_the_remedies_that_were_recorded(desk: Desk) -> None:
    task = task_for(desk, CASE, RemedyRecorded)
    record_remedies(desk, CASE, task, RESULT, asked_per_mille=950)
    take(desk, "conclusion")
    drawn = draught(desk, snapshot(desk, CASE))
    assert drawn.basis.remedies == digest_of_bytes(RESULT)
    assert drawn.dossier.remedies == decoded(RESULT, RemedyResult)


def left(diagnosis: Diagnosis, scratch: Path) -> Working:
    data = pickle.dumps(diagnosis)
    (scratch / "working").write_bytes(data)
    return Working(scratch / "working", digest_of_bytes(data))


@pytest.mark.requirement("CAS-174")
def test_the_simulation_reads_the_recorded_impact_and_the_working_of_the_ranking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(impacts, "DRAWS", 12)
    monkeypatch.setattr(remediation, "PLAN_DRAWS", 12)
    monkeypatch.setattr(remediation, "FINAL_DRAWS", 12)
    monkeypatch.setattr(analyses, "_twin", lambda _: package())
    run = planted(noisy(1), "api_loadcell_drift", Window(at_min(60), at_min(92), 60.0), (9.0,))
    diagnosis = diagnosed(run.comparison, causes=("api_loadcell_drift",))
    with ThreadPoolExecutor(1) as executor:
        found = impacts.assess_impact(package(), diagnosis, seed=0, executor=executor)
    blobs = Blobs(tmp_path / "blobs")
    impact = blobs.keep(encoded(found))
    task = Task(tmp_path / "blobs", "", "", "t", "d", 0, 2, "test", tmp_path)
    heard: list[float] = []
    stored = remedy_task(
        task,
        "",
        impact,
        left(diagnosis, tmp_path),
        900,
        report=lambda _, share: heard.append(share),
    )
    told = decoded(stored, RemedyResult)
    assert told.asked == 0.9
    assert [c.container_id for c in told.outcomes[0].containers] == [
        c.container_id for c in found.impact.containers
    ]
    assert heard == sorted(heard)
    with pytest.raises((AlteredRecord, UnusableRequest)):
        remedy_task(task, "", "0" * 64, left(diagnosis, tmp_path), 900, report=unheard)
