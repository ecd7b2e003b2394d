"""What the evidence lacks is said, with the causes that cannot be judged without it."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import at_min, diagnosed, evidence, mode_of, package, planted

from investigator.analysis.comparison import left_over
from investigator.analysis.diagnosis import replay
from investigator.analysis.fitting import no_background
from investigator.analysis.missing_evidence import SOURCES
from investigator.analysis.priors import LACKING_TEMPERATURE, PRIORS, priors_for
from investigator.analysis.window_search import fit_mode
from investigator.analysis.windows import candidate_windows, without_lots
from investigator.domain.evidence import Evidence
from investigator.twin.channels import POINTS, SERIES
from investigator.twin.failure_mode import Anchor
from investigator.twin.measured import lot_changes
from investigator.twin.scenario import Window

SLIGHT = ("mgst_overfeed", Window(at_min(70), at_min(110)), (30.0, 0.0))
RIVALS = ("mgst_overfeed", "mgst_stoppage", "turret_speed_high", "nir_fouling")


def told(given: Evidence) -> tuple[str, ...]:
    return replay(given, package()).missing


def without_roles(given: Evidence, *begins: str) -> Evidence:
    silent = {tag for role, tag in package().tag_map.items() if role.startswith(begins)}
    kept = {t: c for t, c in given.trajectories.items() if t not in silent}
    return replace(given, trajectories=kept)


def title_of(cause: str) -> str:
    return next(m.title for m in package().failure_modes if m.cause == cause)


def sentence(given: Evidence, begins: str) -> str:
    (found,) = [text for text in told(given) if text.startswith(begins)]
    return found


@pytest.mark.requirement("DIA-050")
def test_without_the_laboratory_its_error_cannot_be_judged():
    text = sentence(replace(evidence(), laboratory=()), "No laboratory results")
    assert text == (
        "No laboratory results of recorded containers. Cannot be judged, for they are looked for "
        f"there only: {title_of('lab_analytical_error')}."
    )


@pytest.mark.requirement("DIA-050")
def test_without_nir_what_shows_elsewhere_too_is_only_less_sure():
    text = sentence(without_roles(evidence(), "nir."), "No NIR signals")
    lost, weaker = text.split("Less sure")
    assert title_of("nir_fouling") in lost
    assert title_of("mcc_lot_moisture") in weaker
    assert title_of("api_loadcell_drift") in weaker
    assert title_of("humidity_excursion") in weaker


@pytest.mark.requirement("DIA-050")
def test_a_single_missing_signal_is_named_beside_those_that_are_there():
    text = sentence(without_roles(evidence(), "paddle.speed"), "Not measured")
    assert text.startswith("Not measured: Feed-frame paddle speed against set-point. Cannot be")
    assert title_of("paddle_overspeed") in text


@pytest.mark.requirement("DIA-050")
def test_sources_that_are_not_compared_are_said_too():
    bare = replace(
        evidence(),
        alarms=(),
        environment={},
        batch=replace(evidence().batch, record_id="", samples=(), lots=(), containers=()),
    )
    found = told(bare)
    for begins in ("No batch record:", "No alarms:", "No environmental monitoring:"):
        assert any(text.startswith(begins) for text in found), begins
    assert any(text.startswith("No in-process samples") for text in found)
    assert any(text.startswith("No laboratory results") for text in found)


def test_every_source_has_channels_and_none_is_in_two():
    for channel in (c.channel for c in SERIES + POINTS):
        assert sum(source.holds(channel) for source in SOURCES) <= 1, channel
    for source in SOURCES:
        assert any(source.holds(c.channel) for c in SERIES + POINTS), source.absent


@pytest.mark.requirement("DIA-056")
def test_without_lots_a_lot_may_have_begun_at_any_refill():
    bare = replace(evidence(), batch=replace(evidence().batch, lots=(), events=()))
    known, unknown = (replay(given, package()).comparison for given in (evidence(), bare))
    assert known.record.lots and not unknown.record.lots
    share = lot_changes(unknown.record)
    assert np.all(share == share[0]) and share[0] > 0.0
    modes = {m.cause: m for m in package().failure_modes}
    assert without_lots(tuple(modes.values()), known.record) == tuple(modes.values())
    freed = {m.cause: m for m in without_lots(tuple(modes.values()), unknown.record)}
    of_lot = {cause for cause, m in modes.items() if m.anchor is Anchor.LOT}
    assert of_lot
    for cause, mode in freed.items():
        expected = Anchor.ANY if cause in of_lot else modes[cause].anchor
        assert mode == replace(modes[cause], anchor=expected)


@pytest.mark.requirement("DIA-071")
@pytest.mark.parametrize(
    "bare",
    [
        replace(evidence(), laboratory=()),
        without_roles(evidence(), "nir."),
        without_roles(evidence(), "room."),
    ],
    ids=["laboratory", "nir", "room"],
)
def test_without_a_source_the_same_scores_say_less(bare: Evidence):
    whole, lacking = (replay(given, package()).comparison for given in (evidence(), bare))
    assert priors_for(whole) == PRIORS
    assert priors_for(lacking) == replace(PRIORS, temperature=LACKING_TEMPERATURE)
    one_signal = without_roles(evidence(), "paddle.speed")
    assert priors_for(replay(one_signal, package()).comparison) == PRIORS


@pytest.mark.requirement("DIA-071")
def test_what_says_less_is_visibly_weaker():
    c = planted(replay(evidence(), package()).comparison, *SLIGHT).comparison
    bare = replay(without_roles(evidence(), "nir."), package()).comparison
    without = planted(bare, *SLIGHT).comparison
    whole, lacking = (diagnosed(seen, among=RIVALS).ranking for seen in (c, without))
    assert [r.hypotheses[0].cause for r in (whole, lacking)] == [SLIGHT[0]] * 2
    assert lacking.hypotheses[0].probability < whole.hypotheses[0].probability
    assert lacking.no_deviation > 10.0 * whole.no_deviation


@pytest.mark.requirement("DIA-056")
def test_a_cause_that_nothing_measured_would_show_keeps_its_prior():
    blind = without_roles(evidence(), "paddle.speed")
    c = replay(replace(blind, batch=replace(blind.batch, samples=())), package()).comparison
    mode = mode_of("hardness_tester_bias")
    windows = candidate_windows(mode, c, left_over(c, no_background(c).added), (), ())
    assert windows
    fit = fit_mode(c, mode, windows, no_background(c))
    assert fit.score == 0.0
    assert fit.cost == 0.0


@pytest.mark.requirement("DIA-056")
def test_what_was_not_measured_neither_refutes_nor_rejects_a_cause():
    """Without laboratory and gate position, beside a cause that leads by far."""
    window = Window(at_min(70), at_min(110))
    c = replay(replace(without_roles(evidence(), "gate.feedback"), laboratory=()), package())
    run = planted(c.comparison, "paddle_overspeed", window, (60.0,)).comparison
    modes = ("paddle_overspeed", "lab_analytical_error", "reject_gate_fail", "turret_speed_high")
    ranking = diagnosed(run, among=modes).ranking
    told = {h.cause: h for h in ranking.hypotheses}
    assert told["paddle_overspeed"].probability > 0.9
    for cause in ("lab_analytical_error", "reject_gate_fail"):
        assert told[cause].probability > 0.0
        assert told[cause].log_bayes_factor == 0.0
        assert told[cause].why.startswith("Cannot be judged in this run")
        assert told[cause].onset_ms is None
        assert told[cause].elimination is None
    assert "Cannot be judged" not in told["turret_speed_high"].why
    assert told["turret_speed_high"].elimination is not None
