"""Alarms and actions as evidence: what should have come, what came, and that it stays little."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.line_run import at_min, evidence, mode_of, noisy, package, planted

from investigator.analysis.alarm_evidence import (
    MOST,
    NOTHING_CAME,
    Journal,
    Model,
    Told,
    _sd,
    alarm_gains,
    journal_of,
    raised,
    told_of,
    with_told,
)
from investigator.analysis.comparison import Comparison
from investigator.analysis.fitting import Fit, as_background, no_background
from investigator.analysis.hypotheses import Hypotheses, prepare_searches
from investigator.analysis.posterior import UNLISTED, ModelPriors, Posterior, posterior
from investigator.analysis.statements import assessments
from investigator.analysis.window_search import fit_mode
from investigator.domain.alarm import AlarmEvent, AlarmTransition
from investigator.domain.batch import RecordComment
from investigator.twin.scenario import Window

PADDLE = "NF.CDC3.FF352.PADDLE.PV"
MESSAGE = "FF-352 paddle speed out of range"


@cache
def run() -> Comparison:
    return planted(
        noisy(5), "paddle_overspeed", Window(at_min(70), at_min(110)), (60.0,)
    ).comparison


@cache
def fitted(cause: str = "paddle_overspeed") -> Fit:
    c = run()
    return fit_mode(c, mode_of(cause), (Window(at_min(70), at_min(110)),), no_background(c))


def alarm(minute: float, transition=AlarmTransition.ANNUNCIATED, alarm_id="A1") -> AlarmEvent:
    return AlarmEvent(
        at_min(minute), alarm_id, PADDLE, MESSAGE, 2, transition, None, "30-50 rpm", "OP-1"
    )


def journal(*events: AlarmEvent, comments: tuple[RecordComment, ...] = ()) -> Journal:
    other = replace(alarm(5), tag="NF.CDC3.RM114.DOOR", message="door", alarm_id="A0")
    batch = replace(evidence().batch, comments=comments)
    return journal_of((other, *events), batch, run().record.span.end_ms)


def told(given_journal: Journal, fit: Fit | None = None) -> Told:
    return told_of((fit or fitted(),), given_journal, package().alarm_rules, run())


@pytest.mark.requirement("DIA-052")
def test_an_alarm_that_came_as_expected_speaks_for_the_cause():
    found = told(journal(alarm(70.5), alarm(111, AlarmTransition.RETURNED)))
    (expected,) = found.alarms
    assert expected.alarm == MESSAGE
    assert expected.came_ms == at_min(70.5)
    assert abs(expected.expected.start_ms - at_min(70)) <= 120_000
    assert abs(expected.expected.end_ms - at_min(110)) <= 120_000
    assert expected.gain > 3.0
    assert 0.9 * MOST < found.gain <= MOST


@pytest.mark.requirement("DIA-052")
def test_one_that_should_have_come_and_did_not_speaks_against_it():
    found = told(journal())
    (expected,) = found.alarms
    assert expected.came_ms is None
    assert expected.gain == pytest.approx(np.log(0.05), abs=0.2)
    assert -MOST <= found.gain < -0.9 * MOST


@pytest.mark.requirement("DIA-052")
def test_one_at_another_time_did_not_come():
    early = journal(alarm(20), alarm(25, AlarmTransition.RETURNED))
    assert told(early).alarms[0].came_ms is None


@pytest.mark.requirement("DIA-052")
@pytest.mark.parametrize(("late_s", "came"), [(50, True), (70, False)])
def test_one_may_come_late_by_its_delay(late_s, came):
    (expected,) = told(journal()).alarms
    late = replace(alarm(0), t_ms=expected.expected.end_ms + 1000 * late_s)
    assert (told(journal(late)).alarms[0].came_ms is not None) is came


def test_a_mean_scatters_by_what_is_shared_and_by_white_noise_over_its_length():
    noise = np.array([0.0, 0.3, 0.0, 0.0, 0.0, 0.4])
    assert _sd(noise, 120.0) == pytest.approx(np.sqrt(0.3**2 + 0.4**2 * 30.0 / 120.0))
    wandering = np.array([0.0, 0.0, 0.0, 0.6, 0.8, 0.0])
    assert _sd(wandering, 30.0) == pytest.approx(1.0)


@pytest.mark.requirement("DIA-052")
def test_one_that_stood_already_could_not_come_and_says_nothing():
    assert told(journal(alarm(20))).alarms == ()
    assert told(journal(alarm(20))).gain == 0.0
    again = journal(
        alarm(20), alarm(75, AlarmTransition.RETURNED), alarm(80, alarm_id="A2")
    )  # fmt: skip
    assert told(again).alarms[0].came_ms == at_min(80)


@cache
def behind() -> Fit:
    """The error of the hardness tester, weighed behind the paddle that is at work."""
    c = run()
    window = Window(at_min(60), at_min(140))
    return fit_mode(c, mode_of("hardness_tester_bias"), (window,), as_background(fitted(), c))


@pytest.mark.requirement("DIA-052")
def test_an_alarm_of_the_cause_before_is_none_of_the_one_behind_it():
    came = journal(alarm(70.5))
    hypotheses = Hypotheses(
        {
            ("paddle_overspeed",): (fitted(),),
            ("paddle_overspeed", "hardness_tester_bias"): (fitted(), behind()),
        },
        {},
        {},
    )
    gains = alarm_gains(came, package().alarm_rules, run(), hypotheses)
    assert gains["paddle_overspeed", "hardness_tester_bias"].alarms == ()
    pair = ("paddle_overspeed", "hardness_tester_bias")
    believed = Posterior({}, 0.0, 0.0, {pair: 0.9, ("paddle_overspeed",): 0.1})
    modes = tuple(mode_of(cause) for cause in pair)
    rows = assessments(run(), modes, hypotheses, believed, prepare_searches(run()))
    expected = {h.cause: len(h.alarms) for h in with_told(rows, gains, hypotheses, believed)}
    assert expected == {"paddle_overspeed": 1, "hardness_tester_bias": 0}


@pytest.mark.requirement("DIA-052")
def test_an_alarm_that_half_comes_by_the_cause_before_tells_half_as_much():
    """The paddle at its limit already: the one behind makes sure what was even odds."""
    share = 25.0 / fitted().sizes[0]
    at_limit = replace(fitted(), added=fitted().added.plus(fitted().added, share - 1.0))
    both = told_of((at_limit, fitted()), journal(alarm(70.5)), package().alarm_rules, run())
    (expected,) = both.alarms
    assert 0.2 < expected.gain < 1.5
    assert told(journal(alarm(70.5))).alarms[0].gain > 3.0


@pytest.mark.requirement("DIA-053")
def test_an_action_that_speaks_of_the_cause_before_speaks_not_of_the_one_behind_it():
    rules = package().alarm_rules
    rule = replace(rules.actions[0], words=("paddle",), speaks_of=("paddle_overspeed",))
    of_paddle = replace(rules, actions=(rule,))
    noted = journal(comments=(RecordComment(at_min(80), "Paddle speed looked at", "OP-7"),))
    assert told_of((fitted(),), noted, of_paddle, run()).actions
    assert told_of((fitted(), behind()), noted, of_paddle, run()).actions == ()
    both = replace(rule, speaks_of=("paddle_overspeed", "hardness_tester_bias"))
    of_both = replace(rules, actions=(both,))
    silent = journal(comments=(RecordComment(at_min(80), "Drum liner replaced", "OP-7"),))
    for written in (noted, silent):
        assert told_of((behind(),), written, of_both, run()).gain != 0.0
        again = told_of((fitted(), behind()), written, of_both, run())
        assert (again.actions, again.gain) == ((), 0.0)


@pytest.mark.requirement("DIA-052")
def test_without_a_journal_nothing_did_not_come():
    found = told(NOTHING_CAME)
    assert found.alarms == ()
    assert found.gain == 0.0


@pytest.mark.requirement("DIA-052")
def test_in_a_journal_of_other_names_nothing_is_known_to_be_absent():
    renamed = replace(alarm(5), tag="SITE2.DOOR")
    elsewhere = journal_of((renamed,), evidence().batch, run().record.span.end_ms)
    assert told(elsewhere).alarms == ()


@pytest.mark.requirement("DIA-052")
def test_a_cause_that_passes_no_limit_expects_no_alarm():
    small = replace(fitted(), added=fitted().added.plus(fitted().added, -0.9))
    assert told(journal(alarm(70.5)), small).alarms == ()
    bias = fitted("hardness_tester_bias")
    assert told(journal(alarm(70.5)), bias).alarms == ()


@pytest.mark.requirement("DIA-053")
def test_an_action_speaks_of_its_cause_from_its_onset_on():
    fit = fit_mode(
        run(), mode_of("nir_fouling"), (Window(at_min(60), at_min(130), 900.0),),
        no_background(run()),
    )  # fmt: skip
    onset_min = (fit.window.onset_ms - at_min(0)) / 60_000

    def wiped(minute: float) -> Told:
        comment = RecordComment(at_min(minute), "NIR window NIR-331 wiped (IPA)", "OP-7")
        return told(journal(comments=(comment,)), fit)

    spoken = wiped(onset_min + 30)
    assert [a.person_id for a in spoken.actions] == ["OP-7"]
    assert spoken.actions[0].gain > 1.0
    before = wiped(onset_min - 30)
    assert before.actions == ()
    assert before.gain < spoken.gain
    other = RecordComment(at_min(onset_min + 30), "Drum liner replaced", "OP-7")
    assert told(journal(comments=(other,)), fit).actions == ()


@pytest.mark.requirement("DIA-054")
def test_with_the_response_of_the_twin_constant_alarms_carry_nothing():
    """Every fit predicts the undisturbed line: whatever came, no cause is more than its prior."""
    c = run()
    nothing = no_background(c)
    flat = replace(fitted(), added=nothing.added, gains=np.zeros_like(fitted().gains))
    fits = {(m.cause,): (replace(flat, mode=m),) for m in package().failure_modes}
    scores = {(): 0.0, (UNLISTED,): -3.0} | dict.fromkeys(fits, 0.0)
    hypotheses = Hypotheses(fits, scores, {})
    loud = journal(*(
        replace(alarm(70 + k), tag=rule.tag, message=rule.message, alarm_id=f"L{k}")
        for k, rule in enumerate(package().alarm_rules.alarms)
    ))  # fmt: skip
    gains = alarm_gains(loud, package().alarm_rules, c, hypotheses)
    assert all(found.alarms == () for found in gains.values())
    weights = {m.cause: m.prior for m in package().failure_modes}
    alone = raised(posterior(scores, weights, ModelPriors()), gains)
    assert max(alone.causes.values()) < 0.1


@pytest.mark.requirement("DIA-054")
@given(st.lists(st.floats(-MOST, MOST), min_size=22, max_size=22))
def test_alarms_alone_never_make_a_cause_likely(found):
    """Were all causes as good as nothing by the signals, the bound keeps every one below a half."""
    assert np.exp(MOST) == pytest.approx(np.e)
    weights = {m.cause: m.prior for m in package().failure_modes}
    scores = {(): 0.0, (UNLISTED,): 0.0} | {(cause,): 0.0 for cause in weights}
    gains = {(c,): Told((), (), g) for c, g in zip(weights, found, strict=True)}
    alone = raised(posterior(scores, weights, ModelPriors()), gains)
    assert max(alone.causes.values()) < 0.25


@pytest.mark.requirement("DIA-054")
def test_two_together_are_told_what_each_adds_within_the_bound_of_one():
    scores = {(): 0.0, (UNLISTED,): 0.0, ("a",): 0.0, ("a", "b"): 0.0, ("a", UNLISTED): 0.0}
    before = posterior(scores, {"a": 1.0, "b": 1.0}, ModelPriors())

    def odds(of_a: float, of_b: float, model: Model) -> float:
        told = {("a",): Told((), (), of_a), ("a", "b"): Told((), (), of_b)}
        after = raised(before, told)
        now, then = (p.models[model] / p.no_deviation for p in (after, before))
        return float(np.log(now / then))

    assert odds(1.0, -0.4, ("a",)) == pytest.approx(1.0)
    assert odds(1.0, -0.4, ("a", UNLISTED)) == pytest.approx(1.0)
    assert odds(1.0, -0.4, ("a", "b")) == pytest.approx(0.6)
    assert odds(1.5, 1.5, ("a", "b")) == pytest.approx(MOST)
    assert odds(1.5, 1.5, (UNLISTED,)) == pytest.approx(0.0)
