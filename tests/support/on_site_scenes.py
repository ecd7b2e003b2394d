"""Scenes with checks of a twin, results that were entered, and a history of rankings."""

from dataclasses import replace

from investigator.casework.checks import KnownCheck
from investigator.desktop.scene import Scene
from investigator.domain.investigation import Investigation
from investigator.domain.ranking import NextCheck
from investigator.domain.ranking_history import Believed, Outcome, PastRanking
from support.investigations import (
    ANN,
    FEEDER,
    FILTER,
    HUMAN_ERROR,
    PHASE_ONE,
    RANKED,
    T0_MS,
    WEIGHED,
    ZONE,
    Story,
    digest,
    walked,
)
from support.scenes import a_scene

WEIGHT = KnownCheck(
    WEIGHED.check_id, "Check weight", "Weigh LW-311 against a mass", "2 h", "", "", "", (FILTER,)
)
ASSAY = KnownCheck("assay", "Assay", "Content of the drum", "8 h", "% LC", "0.5", "container", ())
LOT = KnownCheck("d50", "Particle size", "d50 of the lot", "4 h", "um", "2", "lot", ())
TOLD = (
    NextCheck("Assay of D1", (FILTER, FEEDER), 0.4, "assay", "8 h", "D1"),
    NextCheck("Weigh LW-311 against a mass", (FILTER,), 0.8, WEIGHED.check_id, "2 h"),
)


def a_ranking(number: int, probability: float, *, ended: str = "") -> PastRanking:
    """The n-th ranking of the walk."""
    believed = (
        Believed(FEEDER, "Feeder drift", 1.0 - probability),
        Believed(FILTER, "Filter blocked", probability),
        Believed("gate", "Gate stuck", 0.001),
    )
    before = ("Check weight: failed (entry 40)",) if number > 1 else ()
    entered = ("Check weight: failed",) if number > 1 else ()
    outcome = Outcome(believed, 0.02 * number, 0.03 / number, entered)
    result = digest(f"ranked {number}")
    sequence = 30 + 20 * number
    return PastRanking(number, sequence, ANN, T0_MS, ZONE, result, outcome, before, ended)


def with_checks(case: Investigation | None = None) -> Scene:
    """The case after its ranking, with three checks, of which the ranking names two."""
    scene = a_scene(walked(until=RANKED) if case is None else case)
    assert scene.seen is not None
    ranking = scene.seen.ranking
    if ranking is not None:
        ranking = replace(ranking, ranking=replace(ranking.ranking, next_checks=TOLD))
    history = (
        a_ranking(1, 0.4, ended="Check weight: failed (entry 40)"),
        a_ranking(2, 0.9),
    )
    checks = (LOT, ASSAY, WEIGHT)
    seen = replace(scene.seen, ranking=ranking, checks=checks, rankings=history)
    return replace(scene, seen=seen)


def looked_at() -> Scene:
    """The same once everything of each kind was entered."""
    story = Story(walked(until=RANKED))
    story.do(WEIGHED, PHASE_ONE, HUMAN_ERROR)
    return with_checks(story.case)
