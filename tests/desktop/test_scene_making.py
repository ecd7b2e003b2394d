"""The scene made at a real desk: only what has changed is read again."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.desks import desk_at, home_in
from support.investigations import CASE, CONTAINED, DOCUMENT, OPENED
from support.stored_cases import case_at
from support.trust import PASSWORD

from investigator.casework.desk import Desk
from investigator.casework.places import models_folder
from investigator.desktop.scene_making import Looking, scene_of, with_twins
from investigator.domain.acts.evidence import EarlierDeviation
from investigator.domain.errors import AccessRefused, UnusableRequest
from investigator.domain.genealogy import Node, NodeKind


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with home_in(tmp_path / "home"), desk_at(case_at(tmp_path, "reviewer")) as opened:
        opened.sign_in("ann", PASSWORD)
        yield opened


@pytest.mark.requirement("WIN-021")
def test_the_scene_holds_the_case_its_results_and_the_pages_signed_so_far(desk: Desk) -> None:
    scene = scene_of(desk, Looking(CASE), None)
    assert scene.seen is not None
    assert scene.seen.evidence is not None
    assert scene.seen.impact is not None
    assert scene.case is not None
    assert len(scene.case.signatures) == 2
    assert scene.pdf == desk.workspace.blobs.read(scene.case.signatures[-1].act.pdf)
    assert scene.log is not None
    assert scene.log.size == desk.workspace.log.size
    assert [account.user_id for account in scene.accounts] == sorted(
        account.user_id for account in scene.accounts
    )


@pytest.mark.requirement("WIN-021")
def test_after_an_act_only_what_it_changed_is_new(desk: Desk) -> None:
    before = scene_of(desk, Looking(CASE), None)
    desk.do(CASE, CONTAINED)
    after = scene_of(desk, Looking(CASE), before)
    assert before.seen is not None
    assert after.seen is not None
    for name in ("evidence", "replay", "ranking", "impact"):
        assert getattr(after.seen, name) is getattr(before.seen, name)
    assert after.case is not None
    assert after.case.signatures == ()
    assert after.pdf != before.pdf
    assert after.pdf is not None


@pytest.mark.requirement("WIN-120")
@pytest.mark.requirement("WIN-121")
@pytest.mark.requirement("WIN-124")
def test_material_and_recurrence_are_worked_out_once(desk: Desk) -> None:
    before = scene_of(desk, Looking(CASE), None)
    desk.do(CASE, CONTAINED)
    after = scene_of(desk, Looking(CASE), before)
    assert before.reconciliation is not None
    assert after.reconciliation is before.reconciliation
    assert after.genealogy is before.genealogy
    assert before.recurrences
    assert after.recurrences is before.recurrences


@pytest.mark.requirement("WIN-148")
def test_other_batches_are_looked_for_again_once_evidence_or_documents_came(desk: Desk) -> None:
    before = scene_of(desk, Looking(CASE), None)
    desk.do(CASE, CONTAINED)
    after = scene_of(desk, Looking(CASE), before)
    assert before.everywhere is not None
    assert after.everywhere is before.everywhere
    told = EarlierDeviation("DEV-7", date(2025, 9, 1), "", "B-T", lots=("L-1",))
    desk.do(CASE, replace(DOCUMENT, document_id="DOC-7", earlier=(told,)), why="as found")
    late = scene_of(desk, Looking(CASE), after)
    assert late.everywhere is not None
    assert Node(NodeKind.BATCH, "B-T") in late.everywhere.nodes


@pytest.mark.requirement("WIN-148")
def test_suspect_lots_are_named_again_once_another_twin_is_chosen(desk: Desk) -> None:
    named = replace(scene_of(desk, Looking(CASE), None), suspects=(("L-9", "as named before"),))
    assert named.seen is not None
    assert scene_of(desk, Looking(CASE), named).suspects is named.suspects
    twin = named.seen.case.twin
    assert twin is not None
    other = replace(twin, act=replace(twin.act, twin_id="another"))
    otherwise = replace(named.seen, case=named.seen.case.after(other))
    after = scene_of(desk, Looking(CASE), replace(named, seen=otherwise))
    assert after.suspects != named.suspects


@pytest.mark.requirement("WIN-124")
def test_recurrence_is_looked_for_again_once_another_case_is_opened(desk: Desk) -> None:
    before = scene_of(desk, Looking(CASE), None)
    desk.do("DEV-2", replace(OPENED, number="DEV-2", batch_id="B-2"), why="as found")
    assert scene_of(desk, Looking(CASE), before).recurrences is not before.recurrences


def test_a_scene_of_another_case_shares_nothing(desk: Desk) -> None:
    before = scene_of(desk, Looking(CASE), None)
    desk.do("DEV-2", replace(OPENED, number="DEV-2", batch_id="B-2"), why="as found")
    after = scene_of(desk, Looking("DEV-2"), before)
    assert after.seen is not None
    assert after.seen.evidence is None
    assert (after.pdf, after.related) == (None, ())
    assert (after.reconciliation, after.genealogy) == (None, None)


def test_what_cannot_be_read_is_refused(desk: Desk) -> None:
    with pytest.raises(UnusableRequest, match="DEV-404"):
        scene_of(desk, Looking("DEV-404"), None)
    desk.sign_out()
    with pytest.raises(AccessRefused):
        scene_of(desk, Looking(None), None)


@pytest.mark.requirement("WIN-041")
@pytest.mark.requirement("WIN-139")
def test_a_twin_whose_package_is_broken_is_told_with_the_reason(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [twin.twin_id for twin in with_twins(desk, Looking()).twins] == ["cdc_line_3"]
    models = tmp_path / "models"
    shutil.copytree(models_folder() / "cdc_line_3", models / "cdc_line_3")
    shutil.copytree(models_folder() / "cdc_line_3", models / "another")
    monkeypatch.setenv("INVESTIGATOR_MODELS", str(models))
    head = models / "another" / "twin.toml"
    head.write_text("not a head", encoding="utf-8")
    looking = with_twins(desk, Looking())
    assert [twin.twin_id for twin in looking.twins] == ["cdc_line_3"]
    (said,) = scene_of(desk, looking, None).unusable_twins
    assert said.startswith("another: another/twin.toml: cannot be read")
