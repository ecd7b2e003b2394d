"""Scenes as views are shown them, made of acts and small results; no analysis is run.

`a_scene(walked(until=FOLLOWED))` is the scene at that point of the walk, seen by an investigator,
with the results that its acts name.
"""

from dataclasses import replace
from functools import cache, partial
from typing import Any

import numpy as np

from investigator.casework.session import Role, SignedIn
from investigator.casework.snapshot import Snapshot
from investigator.casework.tag_map import TagMap
from investigator.casework.twin_choice import TwinStanding
from investigator.desktop.scene import Scene
from investigator.domain.clock_evidence import ClockEvidence, EventPair
from investigator.domain.evidence import Evidence, EvidenceAsRead, Finding, Severity, Treatment
from investigator.domain.impact import ContainerImpact, Proposal
from investigator.domain.investigation import Investigation
from investigator.domain.results import HypothesisFit, ImpactResult, RankingResult, ReplayResult
from investigator.domain.tag_review import MappingReview, MapState, ReviewedSignal, Suggestion
from investigator.domain.trajectory import Quality, Signal, Trajectory
from support import dossiers
from support.investigations import ANN, BEN, CAUSES, DRUMS, EVA, TWIN, walked

INVESTIGATOR = SignedIn(ANN.user_id, ANN.full_name, frozenset({Role.INVESTIGATOR}))
REVIEWER = SignedIn(BEN.user_id, BEN.full_name, frozenset({Role.SUBJECT_MATTER_REVIEWER}))
APPROVER = SignedIn(EVA.user_id, EVA.full_name, frozenset({Role.QA_APPROVER}))
TWIN_APPROVER = SignedIn("tom", "Tom of Testing", frozenset({Role.TWIN_APPROVER}))
ADMINISTRATOR = SignedIn("root", "Root of Testing", frozenset({Role.ADMINISTRATOR}))
AUDITOR = SignedIn("kim", "Kim of Testing", frozenset({Role.AUDITOR}))
TAGS = ("FIC-101.PV", "NIR-331.API")


def a_scene(
    case: Investigation | None = None, *, person: SignedIn = INVESTIGATOR, **more: Any
) -> Scene:
    """The case as a person sees it; the whole walk if none is given. `more`: fields of a scene."""
    found = walked() if case is None else case
    seen = Snapshot(
        person=person,
        case=found,
        evidence=an_evidence() if found.evidence else None,
        replay=a_replay() if found.replay else None,
        ranking=a_ranking_result() if found.ranking else None,
        impact=an_impact_result() if found.impact else None,
        log_size=found.history[-1].sequence + 1 if found.history else 0,
    )
    fields: dict[str, Any] = {
        "person": person,
        "seen": seen,
        "cases": (found,),
        "accounts": (),
        "twins": (a_twin(),),
        "trail": (),
        "origin": "test/log",
    }
    return Scene(**{**fields, **more})


def no_case(person: SignedIn = INVESTIGATOR, **more: Any) -> Scene:
    """The scene while no case is open."""
    return replace(a_scene(person=person), seen=None, cases=(), **more)


def a_twin() -> TwinStanding:
    """The twin of the walk, approved."""
    twin = TWIN
    return TwinStanding(
        twin.twin_id, "Twin of CDC-3", twin.version, "validated", "CDC-3", twin.digest, 3
    )


def an_evidence() -> Evidence:
    """Two tags over the batch, one file, two findings."""
    dossier = dossiers.a_dossier()
    return Evidence(
        name="B1",
        items=dossier.items,
        trajectories={tag: a_trajectory(tag) for tag in TAGS},
        environment={},
        alarms=dossier.alarms,
        batch=dossier.batch,
        laboratory=(),
        deviation=dossier.deviation,
        clock_offsets=dossier.clock_offsets,
        findings=dossier.findings,
        assumptions=dossier.assumptions,
    )


def doubted(scene: Scene) -> Scene:
    """The scene with findings of every severity and treatment on its first tag and others."""
    assert scene.seen is not None
    assert scene.seen.evidence is not None
    tag, other = TAGS
    spike = partial(
        Finding,
        tag,
        "spike",
        action="not used",
        severity=Severity.MAJOR,
        treatment=Treatment.DROP,
    )
    drift = Finding(
        other,
        "drift",
        dossiers.a_span(20, 50),
        "standard deviation taken 3 times",
        severity=Severity.MAJOR,
        treatment=Treatment.WIDEN,
        sd_factor=3.0,
    )
    frozen = Finding(
        tag,
        "flat_line",
        dossiers.a_span(30, 40),
        "not used",
        "the value stood still for 10 min",
        severity=Severity.CRITICAL,
        treatment=Treatment.DROP,
    )
    spikes = (spike(dossiers.a_span(5, 6)), spike(dossiers.a_span(60, 61)))
    found = (*scene.seen.evidence.findings, *spikes, drift, frozen)
    evidence = replace(scene.seen.evidence, findings=found)
    return replace(scene, seen=replace(scene.seen, evidence=evidence))


def clocked(scene: Scene) -> Scene:
    """The scene with what the offset of the batch record rests on: four pairs, one not used."""
    assert scene.seen is not None
    assert scene.seen.evidence is not None
    pairs = tuple(
        EventPair(kind, at.start_ms, at.start_ms + late_ms, used=used)
        for kind, at, late_ms, used in (
            ("LW-311.MODE", dossiers.a_span(1, 2), 31_000, True),
            ("LW-312.MODE", dossiers.a_span(9, 10), 30_000, True),
            ("LW-311.MODE", dossiers.a_span(30, 31), 32_000, True),
            ("LW-312.MODE", dossiers.a_span(40, 41), 90_000, False),
        )
    )
    bases = (
        ClockEvidence("batch_record.xml", "events that both hold", pairs),
        ClockEvidence("laboratory", "events that both hold"),
    )
    read = EvidenceAsRead(scene.seen.evidence, bases)
    return replace(scene, seen=replace(scene.seen, read=read))


def mapped(scene: Scene) -> Scene:
    """The scene with a tag map: one signal missing with a suggestion, one as in the package."""
    suggested = Suggestion(TAGS[1], 0.82, ("name alike", "unit differs"), "g/h", 0.001)
    signals = (
        ReviewedSignal(
            "api.flow",
            "kg/h",
            "",
            "",
            1.0,
            0.0,
            MapState.MISSING,
            "the export holds no LW311.FLOW",
            (suggested,),
        ),
        ReviewedSignal("nir.api", "kg/h", TAGS[0], "kg/h", 1.0, 0.0, MapState.PACKAGED),
    )
    packaged = {"api.flow": "LW311.FLOW", "nir.api": TAGS[0]}
    review = MappingReview(signals, (TAGS[1],))
    return replace(
        scene, tag_map=TagMap(TWIN.twin_id, packaged, review, frozenset(), frozenset(TAGS))
    )


def a_trajectory(tag: str) -> Trajectory:
    """A course of 72 minutes with a dip."""
    minutes = np.arange(73, dtype=np.int64)
    dip = np.where((minutes > 30) & (minutes < 40), 1.0, 0.0)
    return Trajectory(
        Signal(tag, f"course of {tag}", "kg/h"),
        dossiers.START + dossiers.MINUTE * minutes,
        20.0 - dip,
        np.full(minutes.size, Quality.GOOD, dtype=np.uint8),
    )


def a_replay() -> ReplayResult:
    """One channel, replayed."""
    dossier = dossiers.a_dossier()
    return ReplayResult(dossier.replay, dossier.panels, dossier.assumptions)


def a_ranking_result() -> RankingResult:
    """The causes of the walk: the first leads, the second is refuted without a fit."""
    lead, other = CAUSES
    ranking = replace(
        dossiers.a_ranking(),
        hypotheses=(
            dossiers.a_hypothesis(lead, 0.93),
            dossiers.a_hypothesis(other, 0.03, fitted=False),
        ),
        indistinguishable=(),
    )
    panels = dossiers.a_dossier().panels
    fits = (HypothesisFit(lead, (dossiers.a_curve(panels[0].title, 19.1),)),)
    return RankingResult(ranking, panels, fits, ())


def an_impact_result() -> ImpactResult:
    """The drums of the walk, release proposed for each; the second holds affected tablets."""
    containers = tuple(a_drum(place) for place in range(len(DRUMS)))
    impact = replace(dossiers.an_impact(), containers=containers)
    share = dossiers.a_curve("affected share", 0.2)
    residence = (("Blender", dossiers.a_curve("Blender", 0.5)),)
    return ImpactResult(impact, share, dossiers.a_span(12, 30), residence, ())


def a_drum(place: int, *, proposal: Proposal = Proposal.RELEASE) -> ContainerImpact:
    """A drum of the walk."""
    return replace(
        dossiers.a_container(0, affected=place == 1),
        container_id=DRUMS[place],
        filled=dossiers.a_span(36 * place, 36 * place + 36),
        proposal=proposal,
        proposal_reason="within limits" if proposal is Proposal.RELEASE else "not within limits",
    )


@cache
def a_report() -> bytes:
    """Pages with bookmarks: a section, one with a part, one of the product, and an appendix."""
    from reportlab.platypus import PageBreak

    from investigator.report.pages import Heading, PageFrame, lay_out
    from investigator.report.paper import para

    story = [
        *(Heading("1 Executive summary"), para("Short."), PageBreak()),
        *(Heading("2 Event"), para("What."), Heading("As notified", 1), para("When."), PageBreak()),
        *(Heading("11 Impact"), para("How much."), PageBreak()),
        *(Heading("Appendix A Raw data"), para("Files.")),
    ]
    return lay_out(story, PageFrame("for signature", "DEV-1", "B-100", "software", "title"))
