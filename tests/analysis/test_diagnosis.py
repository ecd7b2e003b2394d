"""Diagnosis of runs whose cause is known because it was put in.

On paper the run's noise is a draw of the twin's own noise models; on plant data it is a normal
batch's own, and the twin's signature of a failure mode is added to what was measured.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from support.line_run import (
    STEPS_PER_MIN,
    at_min,
    courses,
    diagnosed,
    evidence,
    mode_of,
    noisy,
    package,
    perturbed,
    planted,
)

from investigator.analysis.alarm_evidence import MOST, NOTHING_CAME, Journal, journal_of
from investigator.analysis.comparison import Comparison
from investigator.analysis.diagnosis import Diagnosis, Replay, diagnose, replay
from investigator.analysis.posterior import posterior
from investigator.analysis.priors import PRIORS
from investigator.analysis.views import replay_rows
from investigator.domain.alarm import AlarmEvent, AlarmTransition
from investigator.domain.batch import RecordComment
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Evidence
from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder
from investigator.evidence.historian.facts import read_tag_list
from investigator.twin.package import TwinPackage
from investigator.twin.reference import FILE
from investigator.twin.scenario import Window, perturbation

CASES = {
    "paddle_overspeed": (Window(at_min(70), at_min(110)), (60.0,)),
    "api_loadcell_drift": (Window(at_min(60), at_min(140), 600.0), (-6.0,)),
    "nir_fouling": (Window(at_min(60), at_min(130), 900.0), (-5.0, 2.0)),
}


RIVALS = (
    "api_loadcell_drift", "nir_fouling", "force_sensor_drift", "paddle_overspeed",
    "api_lot_psd_change",
)  # fmt: skip


@cache
def diagnosis(cause: str) -> Diagnosis:
    """Against every other mode for the first case, against its nearest rivals for the others."""
    among = None if cause == "paddle_overspeed" else RIVALS
    return diagnosed(planted(noisy(5), cause, *CASES[cause]).comparison, among=among)


@cache
def normal() -> Diagnosis:
    return diagnosed(noisy(2))


@pytest.mark.requirement("DIA-002")
@pytest.mark.parametrize("cause", CASES)
def test_a_planted_cause_comes_first_with_its_onset_and_size(cause):
    window, sizes = CASES[cause]
    top, second = diagnosis(cause).ranking.hypotheses[:2]
    assert top.cause == cause
    assert top.probability > 0.9 > 5.0 * second.probability
    assert abs(top.onset_ms - window.onset_ms) <= 180_000 + 200 * window.tau_s
    assert top.magnitude.mean == pytest.approx(sizes[0], rel=0.25)
    assert top.magnitude.lo95 < top.magnitude.mean < top.magnitude.hi95


@pytest.mark.requirement("DIA-002")
def test_a_normal_run_has_no_assignable_cause():
    ranking = normal().ranking
    rest = [ranking.none_of_the_above, *(h.probability for h in ranking.hypotheses)]
    assert ranking.no_deviation > max(rest)


@pytest.mark.requirement("DIA-001", "DIA-002")
def test_every_failure_mode_is_judged_most_probable_first():
    for told in (normal(), diagnosis("paddle_overspeed")):
        ranking = told.ranking
        assert {h.cause for h in ranking.hypotheses} == {m.cause for m in package().failure_modes}
        probabilities = [h.probability for h in ranking.hypotheses]
        assert probabilities == sorted(probabilities, reverse=True)
        assert all(0.0 <= p <= 1.0 for p in probabilities)
        assert all(h.why and h.confirm_by for h in ranking.hypotheses)


def test_a_mode_without_occasion_is_refuted_in_words():
    stop = next(h for h in normal().ranking.hypotheses if h.cause == "line_stop_stagnation")
    assert stop.onset_ms is None
    assert stop.probability == 0.0
    assert "no occasion" in stop.why


@pytest.mark.requirement("DIA-003")
@pytest.mark.parametrize("cause", ["paddle_overspeed", "nir_fouling"])
def test_without_the_twins_response_the_ranking_collapses(cause):
    """With the response held constant no cause explains anything, whatever was planted."""
    assert diagnosis(cause).ranking.hypotheses[0].probability > 0.9
    c = planted(noisy(5), cause, *CASES[cause]).comparison
    with patch("investigator.analysis.comparison.predict", lambda *_: c.null):
        blind = diagnosed(c, among=RIVALS).ranking
    by_cause = {h.cause: h for h in blind.hypotheses}
    assert by_cause[cause].probability < 0.05
    assert max(h.probability for h in blind.hypotheses) < 0.2
    assert max(h.log_bayes_factor for h in blind.hypotheses) <= 0.0


def loud(c: Comparison) -> Journal:
    """Every alarm of the line and every action that it knows, from the onset of the cause on."""
    rules = package().alarm_rules
    events = tuple(
        AlarmEvent(
            at_min(71),
            f"L{k}",
            rule.tag,
            rule.message,
            2,
            AlarmTransition.ANNUNCIATED,
            None,
            "",
            "",
        )
        for k, rule in enumerate(rules.alarms)
    )
    comments = tuple(RecordComment(at_min(75), " ".join(r.words), "OP-7") for r in rules.actions)
    batch = replace(evidence().batch, comments=comments)
    return journal_of(events, batch, c.record.span.end_ms)


@pytest.mark.requirement("DIA-003", "DIA-054")
@pytest.mark.parametrize("cause", ["blender_speed_deviation", ""])
def test_without_the_twins_response_nothing_carries_a_posterior(cause):
    """All modes, alone and in pairs, every alarm and action there is: loud run or normal one.

    What speaks of a cause raises its prior within its bound, and no cause leads.
    """
    window = Window(at_min(70), at_min(110))
    c = planted(noisy(5), cause, window, (-30.0,)).comparison if cause else noisy(5)
    blind = Replay(c, replay_rows(c), (), journal=loud(c), batch=evidence().batch)
    with (
        patch("investigator.analysis.comparison.predict", lambda *_: c.null),
        ThreadPoolExecutor(1) as executor,
    ):
        found = diagnose(blind, package(), executor=executor)
    weights = {m.cause: m.prior for m in package().failure_modes}
    prior = posterior(dict.fromkeys(found.hypotheses.scores, 0.0), weights, PRIORS)
    for h in found.ranking.hypotheses:
        before = prior.causes[h.cause] / (1.0 - prior.none_of_the_above)
        most = before * np.exp(MOST) / (1.0 + before * np.expm1(MOST)) if h.actions else before
        assert h.probability <= most < 0.3
        assert h.probability < found.ranking.no_deviation
        assert h.log_bayes_factor <= 0.0
        assert h.supports == h.alarms == ()
    assert not any(fit.gains.any() for fits in found.hypotheses.fits.values() for fit in fits)
    assert found.ranking.predictive.model == ()


@pytest.mark.requirement("DIA-054")
def test_an_alarm_that_came_raises_a_cause_and_one_that_did_not_lowers_it():
    """A paddle just beyond its limit: what the journal says stands in the probabilities."""
    window = Window(at_min(70), at_min(110))
    c = planted(noisy(5), "paddle_overspeed", window, (60.0,)).comparison
    quiet_run = journal_of((), evidence().batch, c.record.span.end_ms)
    of_doors = replace(quiet_run, tags=frozenset({"NF.CDC3.RM114.DOOR"}))
    found = {}
    for name, told in (("came", loud(c)), ("not", of_doors), ("none", NOTHING_CAME)):
        run = Replay(c, replay_rows(c), (), journal=told, batch=evidence().batch)
        only = ("paddle_overspeed", "punch_damage")
        few = replace(package(), failure_modes=tuple(mode_of(cause) for cause in only))
        with ThreadPoolExecutor(1) as executor:
            found[name] = diagnose(run, few, executor=executor).ranking
    told = {name: ranking.hypotheses[0].told_gain for name, ranking in found.items()}
    assert {r.hypotheses[0].cause for r in found.values()} == {"paddle_overspeed"}
    assert told["not"] < told["none"] == 0.0 < told["came"] <= MOST
    none_at_work = {name: ranking.no_deviation for name, ranking in found.items()}
    for name, gain in told.items():
        risen = np.log(none_at_work["none"] / none_at_work[name])
        assert risen == pytest.approx(gain, abs=0.02)
    assert len({r.hypotheses[0].log_bayes_factor for r in found.values()}) == 1


@pytest.mark.requirement("DIA-004")
def test_a_cause_that_is_given_is_fitted_and_no_other():
    window, sizes = CASES["paddle_overspeed"]
    c = planted(noisy(5), "paddle_overspeed", window, sizes).comparison
    found = diagnosed(c, causes=("paddle_overspeed",))
    (only,) = found.ranking.hypotheses
    assert only.cause == "paddle_overspeed"
    assert only.probability == 1.0
    assert found.ranking.no_deviation == 0.0
    assert found.ranking.none_of_the_above == 0.0
    assert only.magnitude.mean == pytest.approx(60.0, rel=0.25)


@pytest.mark.requirement("DIA-004")
def test_two_given_causes_are_fitted_together():
    first = planted(noisy(5), "paddle_overspeed", Window(at_min(40), at_min(70)), (60.0,))
    both = planted(first.comparison, "turret_speed_high", Window(at_min(100), at_min(140)), (15.0,))
    found = diagnosed(both.comparison, causes=("paddle_overspeed", "turret_speed_high"))
    sizes = {h.cause: h.magnitude.mean for h in found.ranking.hypotheses}
    assert sizes["paddle_overspeed"] == pytest.approx(60.0, rel=0.25)
    assert sizes["turret_speed_high"] == pytest.approx(15.0, rel=0.25)
    assert len(next(iter(found.posterior.models))) == 2
    # What is given is set against nothing.
    told = {(h.strength, h.elimination, h.told_gain) for h in found.ranking.hypotheses}
    assert told == {("", None, None)}


def test_what_is_missing_is_said():
    told = evidence()
    silent = {t: c for t, c in told.trajectories.items() if t != package().tag_map["nir.q"]}
    bare = replace(told, trajectories=silent, laboratory=())
    found = replay(bare, package())
    assert any("nir.q" in text for text in found.assumptions)
    assert any(text.startswith("No laboratory results") for text in found.missing)
    assert not any(text.startswith("No in-process samples") for text in found.missing)


def test_evidence_of_another_plant_is_refused():
    with pytest.raises(UnusableInput, match="no tag of this twin"):
        replay(replace(evidence(), trajectories={}), package())


BATCH = "TA50-26-0114"


@pytest.fixture(scope="module")
def normal_batch(plant_data: Path) -> Replay:
    twin = package()
    read = read_folder(
        plant_data / "history" / BATCH,
        tags=read_tag_list(plant_data / "tags.csv"),
        line_id=twin.manifest.line_id,
        site_zone=twin.manifest.site_zone,
    )
    return replay(decided(read), twin)


@pytest.mark.data
@pytest.mark.requirement("DIA-002")
def test_a_normal_batch_of_the_plant_has_no_assignable_cause(normal_batch):
    ranking = diagnosed(normal_batch.comparison).ranking
    rest = [ranking.none_of_the_above, *(h.probability for h in ranking.hypotheses)]
    assert ranking.no_deviation > max(rest)


@pytest.mark.data
@pytest.mark.parametrize(
    ("cause", "sizes", "tau_s"),
    [
        ("api_loadcell_drift", (6.0,), 600.0),
        ("force_sensor_drift", (8.0,), 900.0),
    ],
)
def test_a_cause_planted_in_a_normal_batch_comes_first(normal_batch, cause, sizes, tau_s):
    c = normal_batch.comparison
    begin = c.record.grid_ms[0] + 3 * 3_600_000
    window = Window(int(begin), int(begin) + 5_400_000, tau_s)
    mode = next(m for m in package().failure_modes if m.cause == cause)
    disturbed = perturbed(c, perturbation(mode, window, sizes, c.record, c.departures))
    top = diagnosed(disturbed, among=RIVALS).ranking.hypotheses[0]
    assert top.cause == cause
    assert top.probability > 0.8
    assert abs(top.onset_ms - window.onset_ms) <= 180_000 + 200 * tau_s
    assert top.magnitude.mean == pytest.approx(sizes[0], rel=0.25)


@pytest.mark.requirement("DIA-064")
def test_a_long_standstill_beside_no_known_ordinary_ones_is_said() -> None:
    """With the lengths of ordinary ones, and where the line did not stand long, nothing is said."""
    told = courses()
    steps = slice(90 * STEPS_PER_MIN, 110 * STEPS_PER_MIN)
    told["turret.speed"][steps], told["line.state"][steps] = 0.0, 2.0
    stood = evidence({k: told[k] for k in ("turret.speed", "line.state")})
    statistics = dict(package().reference)
    statistics[FILE] = {k: v for k, v in statistics[FILE].items() if k != "standstills_min"}
    unlearned = replace(package(), reference=statistics)

    def is_said(of_run: Evidence, twin: TwinPackage) -> bool:
        return any("twin reference" in text for text in replay(of_run, twin).assumptions)

    assert is_said(stood, unlearned)
    assert not is_said(stood, package())
    assert not is_said(evidence(), unlearned)
