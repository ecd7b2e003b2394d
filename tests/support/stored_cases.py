"""The case of the walk in a workspace, with stored results that can be read; made once, copied.

What acts name by digest are the small results of `scenes`; no analysis is run.
"""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from investigator.casework.desk import Desk
from investigator.casework.findings import judged as findings_judged
from investigator.casework.reading import reading_bytes
from investigator.casework.report_signing import sign_report
from investigator.casework.stored import encoded
from investigator.casework.twin_choice import choose, twin_standing
from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import ImpactRecorded, RankingRecorded, ReplayRecorded
from investigator.domain.acts.closing import ReportIssued, SignatureField
from investigator.domain.acts.evidence import Judgement
from investigator.domain.evidence import EvidenceAsRead
from support import desks, scenes
from support.investigations import (
    ACTION,
    CASE,
    CHECKED,
    CLOCK,
    CONCLUDED,
    DECIDED,
    DRUMS,
    EVIDENCE,
    JUDGED,
    RAISED,
    WHY,
    ZONE,
    digest,
)
from support.trust import PASSWORD

STEPS = (
    "scope",
    "evidence",
    "findings",
    "twin",
    "replay",
    "ranking",
    "impact",
    "conclusion",
    "report",
    "author",
    "reviewer",
    "approver",
)
"""How far the case can be taken, in order."""


def case_at(folder: Path, step: str) -> Path:
    """The workspace in `folder / "w"`, the installation's part in `folder / "home"`."""
    shutil.copytree(_stage(STEPS.index(step)), folder, dirs_exist_ok=True)
    return folder / "w"


@cache
def _stage(place: int) -> Path:
    if place == 0:
        folder = Path(tempfile.mkdtemp(prefix="stored-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        desks.populated(folder, before=EVIDENCE)
        return folder
    folder = Path(tempfile.mkdtemp(prefix="stored-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(_stage(place - 1), folder, dirs_exist_ok=True)
    with desks.home_in(folder / "home"), desks.desk_at(folder / "w") as desk:
        take(desk, STEPS[place])
    return folder


def take(desk: Desk, step: str) -> None:
    """Take the case one step further, by the person whose it is."""
    fields = {field.value: field for field in SignatureField}
    if step in fields:
        user_id = desks.SIGNERS[fields[step]]
        desk.sign_in(user_id, PASSWORD)
        sign_report(
            desk, CASE, fields[step], seen=desks.issued().pdf, user_id=user_id, password=PASSWORD
        )
        return
    desk.sign_in("ann", PASSWORD)
    if step == "twin":
        choose(desk, CASE, twin_standing(desk, None), why=WHY)
        return
    desk.do(CASE, *_acts(desk, step), why=WHY)


def _acts(desk: Desk, step: str) -> Iterator[Act]:
    keep = desk.workspace.blobs.keep
    if step == "evidence":
        reading, samples = reading_bytes(EvidenceAsRead(scenes.an_evidence()))
        found = len(scenes.an_evidence().findings)
        yield replace(EVIDENCE, reading=keep(reading), samples=keep(samples), findings=found)
    elif step == "findings":
        yield from findings_judged(scenes.an_evidence().findings, Judgement.ACCEPTED, ZONE)
        yield CLOCK
    elif step == "replay":
        yield ReplayRecorded(digest("replay"), keep(encoded(scenes.a_replay())))
    elif step == "ranking":
        yield from (*RAISED, CHECKED)
        yield RankingRecorded(digest("ranking"), keep(encoded(scenes.a_ranking_result())))
        yield from JUDGED
    elif step == "impact":
        stored = keep(encoded(scenes.an_impact_result()))
        yield ImpactRecorded(digest("impact"), stored, DRUMS)
        yield from DECIDED
    elif step == "conclusion":
        yield CONCLUDED
        yield ACTION
    elif step == "report":
        yield ReportIssued(1, keep(b"basis"), keep(desks.pages()))
