"""Which checks are named, and in which order."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from support.line_run import at_min, diagnosed, noisy, package, planted, with_values

from investigator.analysis.check_information import (
    CheckFinding,
    entropy_bits,
    information_bits,
    likelihoods,
)
from investigator.analysis.check_outlook import outlook
from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.hypotheses import Hypotheses
from investigator.analysis.next_checks import LEAST_BITS, MOST, TELLING_BITS, next_checks
from investigator.analysis.posterior import Posterior
from investigator.domain.ranking import NextCheck
from investigator.domain.ranking_words import group_in_words
from investigator.twin.channels import SERIES_INDEX
from investigator.twin.scenario import Window

WINDOW = Window(at_min(60), at_min(150), 900.0)
DRIFT, FOULED, GRAIN = "api_loadcell_drift", "nir_fouling", "api_lot_psd_change"
LOUDEST = "NIR API content"


@cache
def found() -> Diagnosis:
    run = planted(noisy(1), DRIFT, WINDOW, (6.0,)).comparison
    return diagnosed(run, among=(DRIFT, FOULED, GRAIN))


def checks_for(alone: dict[str, float], *, none: float = 0.0) -> tuple[NextCheck, ...]:
    models = {(k,): p for k, p in alone.items()} | {("",): none}
    models[()] = max(0.0, 1.0 - sum(models.values()))
    believed = Posterior(dict(alone), none, models[()], models)
    d = found()
    return next_checks(d.replay.comparison, package().checks, d.hypotheses, believed, LOUDEST)


@pytest.mark.requirement("DIA-030")
def test_checks_stand_in_falling_bits_and_none_brings_more_than_is_open() -> None:
    rows = checks_for({DRIFT: 0.5, FOULED: 0.3, GRAIN: 0.2})
    bits = [row.expected_information_bits for row in rows]
    assert bits == sorted(bits, reverse=True)
    assert 0.3 < bits[0] <= entropy_bits(np.array([0.5, 0.3, 0.2]))
    assert len(rows) <= MOST
    assert all(row.check_id and row.effort for row in rows)


@pytest.mark.requirement("DIA-030")
def test_an_assay_where_they_differ_tells_a_wrong_feed_from_a_wrong_reading() -> None:
    rows = {row.check_id: row for row in checks_for({DRIFT: 0.5, FOULED: 0.5})}
    assay = rows["retained_assay"]
    assert assay.tells == ((DRIFT, FOULED),)
    assert assay.place in ("B1-D03", "B1-D04")
    assert assay.place in assay.check
    assert set(assay.separates) == {DRIFT, FOULED}
    assert rows["load_cell_check_weight"].expected_information_bits > 0.5
    assert "punch_inspection" not in rows


@pytest.mark.requirement("DIA-032")
def test_what_would_confirm_the_leading_cause_is_named_however_sure_it_is() -> None:
    rows = {row.check_id: row for row in checks_for({DRIFT: 1.0})}
    assert {"load_cell_check_weight", "api_catch_test"} <= set(rows)
    weight = rows["load_cell_check_weight"]
    assert weight.expected_information_bits < LEAST_BITS
    assert weight.separates == (DRIFT,)


@pytest.mark.requirement("DIA-032")
def test_a_sure_cause_in_a_lot_is_confirmed_in_that_lot() -> None:
    d = found()
    c, (fit,) = d.replay.comparison, d.hypotheses.fits[GRAIN,]
    begun = next(lot.start_ms for lot in c.record.lots if lot.lot_id == "A2")
    second = Window(begun, c.record.span.end_ms, 700.0)
    coarse = replace(fit, window=second, sizes=(15.0, 5.0, 0.1), sizes_sd=(1.0, 1.0, 0.1))
    sure = {(): 0.0, (GRAIN,): 400.0, (GRAIN, ""): 397.0}
    among = Hypotheses({(GRAIN,): (coarse,)}, sure, {})
    models = {(): 1e-90, (GRAIN,): 0.97, (GRAIN, ""): 0.03}
    believed = Posterior({GRAIN: 1.0}, 0.03, 1e-90, models)
    rows = {r.check_id: r for r in next_checks(c, package().checks, among, believed, LOUDEST)}
    assert rows["lot_particle_size"].place == "A2"
    assert {"lot_particle_size", "api_lot_density", "api_flow_function"} <= set(rows)


def test_where_no_listed_cause_is_likely_the_loudest_channel_is_to_be_explained() -> None:
    (first, *_) = checks_for({DRIFT: 0.4}, none=0.6)
    assert LOUDEST in first.check
    assert first.check_id == ""
    assert first.separates == ("none_of_the_above",)
    assert not any(LOUDEST in row.check for row in checks_for({DRIFT: 0.9}, none=0.1))
    (sure,) = (row for row in checks_for({}, none=0.999) if LOUDEST in row.check)
    assert sure.expected_information_bits == pytest.approx(entropy_bits(np.array([0.999, 0.001])))


def test_the_cause_that_a_check_singles_out_stands_first() -> None:
    rows = {row.check_id: row for row in checks_for({DRIFT: 0.4, FOULED: 0.3, GRAIN: 0.3})}
    assert rows["load_cell_check_weight"].separates[0] == DRIFT
    assert rows["nir_window_inspection"].separates[0] == FOULED


def test_what_tells_a_cause_from_nothing_at_work_says_so_though_more_could_do_the_same() -> None:
    d = found()
    (assay,) = (check for check in package().checks if check.check_id == "retained_assay")
    blunt = replace(assay, uncertainty=3.6, unlisted_share=0.99, unlisted_sd=4.0)
    told = outlook(blunt, d.replay.comparison, d.hypotheses, place="B1-D04")
    from_nothing, from_more = (
        information_bits(told, {(DRIFT,): 0.5, rest: 0.5}) for rest in ((), ("",))
    )
    assert from_more < TELLING_BITS < from_nothing
    believed = Posterior({DRIFT: 0.5}, 0.0, 0.5, {(): 0.5, (DRIFT,): 0.5})
    (row,) = next_checks(d.replay.comparison, (blunt,), d.hypotheses, believed, LOUDEST)
    assert row.separates == (DRIFT,)


def test_a_twin_without_checks_names_none() -> None:
    d = found()
    believed = Posterior({DRIFT: 1.0}, 0.0, 0.0, {(DRIFT,): 1.0})
    assert next_checks(d.replay.comparison, (), d.hypotheses, believed, LOUDEST) == ()


@pytest.mark.requirement("DIA-032")
def test_of_two_causes_at_work_together_both_are_to_be_confirmed() -> None:
    d = found()
    pair = next(m for m in d.hypotheses.scores if set(m) == {DRIFT, FOULED})
    believed = Posterior({DRIFT: 1.0, FOULED: 1.0}, 0.0, 0.0, {pair: 1.0})
    rows = next_checks(d.replay.comparison, package().checks, d.hypotheses, believed, LOUDEST)
    assert {"load_cell_check_weight", "nir_window_inspection"} <= {row.check_id for row in rows}
    assert all(row.expected_information_bits == pytest.approx(0.0, abs=1e-9) for row in rows)


@pytest.mark.requirement("DIA-032")
def test_with_nir_alone_a_wrong_feed_and_a_wrong_reading_are_one_group_until_an_assay_is_made() -> (
    None
):
    long = Window(at_min(60), at_min(176), 900.0)
    run = planted(noisy(5), DRIFT, long, (4.0,)).comparison
    series, nir = np.full_like(run.measured.series, np.nan), SERIES_INDEX["nir_api"]
    series[nir] = run.measured.series[nir]
    nothing = np.full(len(run.measured.points), np.nan)
    d = diagnosed(with_values(run, series, nothing), among=(DRIFT, FOULED))
    assert d.ranking.indistinguishable == ((DRIFT, FOULED),)
    first = d.ranking.next_checks[0]
    assert first.check_id == "retained_assay"
    assert first.check in group_in_words(d.ranking, (DRIFT, FOULED))
    told = outlook(
        next(c for c in package().checks if c.check_id == first.check_id),
        d.replay.comparison,
        d.hypotheses,
        place=first.place,
    )
    usual = likelihoods(told, CheckFinding(value=told.values[()].mean))
    assert usual[FOULED,] > 20.0 * usual[DRIFT,]
