"""Expected information of checks, and what a result says of each hypothesis."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.analysis.check_information import (
    CheckFinding,
    entropy_bits,
    information_bits,
    likelihoods,
)
from investigator.analysis.check_outlook import Expected, Model, Outlook, inspection
from investigator.domain.errors import UnusableInput
from investigator.twin.checks import Check, CheckKind

WEIGHTS = Check(
    "check_weight", "Check weights", "scale", CheckKind.INSPECTION, 1.0, "two", "a judgement",
    false_alarm=0.02, fails_with={"scale": 0.95},
)  # fmt: skip
ASSAY = Check(
    "assay", "Assay", "content", CheckKind.MEASUREMENT, 8.0, "HPLC", "a judgement",
    quantity="assay", unit="% LC", uncertainty=0.4, unlisted_sd=2.0, unlisted_share=0.2,
)  # fmt: skip
SCALE, POTENCY, NIR, NONE = ("scale",), ("potency",), ("nir",), ("",)


def measured(means: dict[Model, float], sd: float = 0.3) -> Outlook:
    return Outlook(ASSAY, "D01", {}, {m: Expected(mean, sd) for m, mean in means.items()})


def even(*models: Model) -> dict[Model, float]:
    return dict.fromkeys(models, 1.0 / len(models))


@pytest.mark.requirement("DIA-030")
def test_the_worked_example_ranks_the_checks_as_published() -> None:
    """Load-cell span against API potency: check weight far before re-assay, tablets tell nothing.

    Both faults lower the content of the product alike (Section 7 of the reference on inference).
    """
    open_to = even(SCALE, POTENCY)
    weight = information_bits(inspection(WEIGHTS, (SCALE, POTENCY)), open_to)
    lot = information_bits(measured({SCALE: 99.2, POTENCY: 98.1}), open_to)
    hardness = information_bits(measured({SCALE: 110.0, POTENCY: 110.06}), open_to)
    tablets = information_bits(measured({SCALE: 97.0, POTENCY: 97.0}), open_to)
    assert weight > lot > hardness > tablets
    assert weight > 0.7
    assert hardness < 0.01
    assert tablets == pytest.approx(0.0, abs=1e-12)


@pytest.mark.requirement("DIA-030")
def test_a_reading_only_fault_is_told_from_a_fault_of_the_product_by_an_assay() -> None:
    open_to = even(SCALE, NIR)
    assert information_bits(measured({SCALE: 97.0, NIR: 100.0}), open_to) > 0.9
    nothing = information_bits(measured({SCALE: 97.0, NIR: 97.0}), open_to)
    assert nothing == pytest.approx(0.0, abs=1e-12)


def test_an_inspection_is_worth_what_its_table_of_four_gives() -> None:
    expected = inspection(WEIGHTS, (SCALE, POTENCY))
    joint = np.array([[0.95, 0.05], [0.02, 0.98]]) / 2.0
    outer = np.outer([0.5, 0.5], joint.sum(axis=0))
    by_hand = float((joint * np.log2(joint / outer)).sum())
    assert information_bits(expected, even(SCALE, POTENCY)) == pytest.approx(by_hand, abs=1e-12)


def test_a_measurement_is_worth_what_many_draws_of_it_are() -> None:
    means = {SCALE: 97.0, POTENCY: 98.2, NONE: 100.0}
    values = {m: Expected(mean, 0.3) for m, mean in means.items()}
    values[NONE] = Expected(100.0, 0.3, 0.4, 3.0)
    p = {SCALE: 0.5, POTENCY: 0.3, NONE: 0.2}
    expected = Outlook(ASSAY, "D01", {}, values)
    rng = np.random.default_rng(1)
    total, n = 0.0, 20_000
    for model, weight in p.items():
        e = values[model]
        wide = rng.random(n) < e.moved
        sd = np.hypot(np.where(wide, e.moved_sd, e.sd), ASSAY.uncertainty)
        drawn = e.mean + sd * rng.standard_normal(n)
        like = {m: density(drawn, values[m]) for m in p}
        mixture = sum(p[m] * like[m] for m in p)
        total += weight * float(np.log2(like[model] / mixture).mean())
    assert information_bits(expected, p) == pytest.approx(total, abs=0.02)


def test_a_measurement_is_integrated_as_on_a_grid_a_hundred_times_as_fine() -> None:
    """Also where one spread is thirty times another, and where predictions stand far apart."""
    for means, sds in (
        ((97.0, 98.2), (0.3, 0.3)),
        ((97.0, 99.0), (0.2, 6.0)),
        ((95.0, 99.5), (1, 1)),
    ):
        values = {SCALE: Expected(means[0], sds[0]), POTENCY: Expected(means[1], sds[1])}
        p = {SCALE: 0.6, POTENCY: 0.4}
        y = np.linspace(20.0, 180.0, 400_001)
        like = {m: density(y, e) + 1e-300 for m, e in values.items()}
        mixture = sum(p[m] * like[m] for m in p)
        exact = sum(p[m] * np.trapezoid(like[m] * np.log2(like[m] / mixture), y) for m in p)
        found = information_bits(Outlook(ASSAY, "D01", {}, values), p)
        assert found == pytest.approx(exact, abs=1e-3)


def test_of_two_causes_at_work_either_fails_an_inspection_by_itself() -> None:
    both = replace(WEIGHTS, fails_with={"scale": 0.8, "nir": 0.5})
    fails = inspection(both, (("scale", "nir"), ("scale", "potency"), ("potency", "x"), ())).fails
    assert fails["scale", "nir"] == pytest.approx(1.0 - 0.2 * 0.5)
    assert fails["scale", "potency"] == pytest.approx(0.8)
    assert fails["potency", "x"] == fails[()] == 0.02


def density(y: np.ndarray, e: Expected) -> np.ndarray:
    def normal(sd: float) -> np.ndarray:
        full = np.hypot(sd, ASSAY.uncertainty)
        return np.exp(-0.5 * ((y - e.mean) / full) ** 2) / full / np.sqrt(2 * np.pi)

    return (1 - e.moved) * normal(e.sd) + (e.moved * normal(e.moved_sd) if e.moved else 0.0)


CHANCES = st.floats(0.001, 0.999)
SHARES = st.lists(st.floats(1e-4, 1.0), min_size=2, max_size=6)


@pytest.mark.requirement("DIA-030")
@given(SHARES, st.data())
def test_no_check_tells_more_than_is_open_nor_less_than_nothing(
    shares: list[float], data: st.DataObject
) -> None:
    models = tuple((f"cause {i}",) for i in range(len(shares)))
    p = np.array(shares) / sum(shares)
    weights = {m: float(w) for m, w in zip(models, p, strict=True)}
    means = data.draw(st.lists(st.floats(-50.0, 50.0), min_size=len(models), max_size=len(models)))
    sds = data.draw(st.lists(st.floats(0.0, 20.0), min_size=len(models), max_size=len(models)))
    values = {m: Expected(a, s) for m, a, s in zip(models, means, sds, strict=True)}
    fails = data.draw(st.lists(CHANCES, min_size=len(models), max_size=len(models)))
    found_by = (
        Outlook(ASSAY, "D01", {}, values),
        Outlook(WEIGHTS, "", dict(zip(models, fails, strict=True)), {}),
    )
    for expected in found_by:
        assert 0.0 <= information_bits(expected, weights) <= entropy_bits(p) + 1e-12


@given(SHARES, st.floats(-50.0, 50.0), st.floats(0.0, 20.0), CHANCES)
def test_where_all_predict_the_same_there_is_nothing_to_learn(
    shares: list[float], mean: float, sd: float, fails: float
) -> None:
    models = {(f"cause {i}",): share for i, share in enumerate(shares)}
    same = Outlook(ASSAY, "D01", {}, dict.fromkeys(models, Expected(mean, sd)))
    passed = Outlook(WEIGHTS, "", dict.fromkeys(models, fails), {})
    assert information_bits(same, models) == pytest.approx(0.0, abs=1e-9)
    assert information_bits(passed, models) == pytest.approx(0.0, abs=1e-9)


def test_predictions_far_apart_tell_all_that_is_open() -> None:
    p = {SCALE: 0.7, POTENCY: 0.2, NIR: 0.1}
    bits = information_bits(measured({SCALE: 0.0, POTENCY: 100.0, NIR: -100.0}), p)
    assert bits == pytest.approx(entropy_bits(np.array([0.7, 0.2, 0.1])), abs=1e-6)
    assert information_bits(measured({SCALE: 0.0}), {}) == 0.0


@pytest.mark.requirement("DIA-031")
def test_a_failed_inspection_speaks_for_its_cause_and_a_passed_one_against_it() -> None:
    expected = inspection(WEIGHTS, (SCALE, POTENCY, NONE, (), ("scale", "potency")))
    failed = likelihoods(expected, CheckFinding(failed=True))
    assert failed[SCALE] == 0.95
    assert failed[POTENCY] == failed[NONE] == failed[()] == 0.02
    passed = likelihoods(expected, CheckFinding(failed=False))
    assert passed[SCALE] == pytest.approx(0.05)
    assert passed["scale", "potency"] == pytest.approx(0.05)


@pytest.mark.requirement("DIA-031")
def test_a_value_speaks_for_the_cause_that_predicts_it() -> None:
    expected = measured({SCALE: 97.0, NIR: 100.0, (): 100.0})
    found = likelihoods(expected, CheckFinding(value=97.1))
    assert found[SCALE] > 100.0 * found[NIR]
    assert found[NIR] == found[()]
    vague = likelihoods(expected, CheckFinding(value=97.1, sd=10.0))
    assert vague[SCALE] < 1.2 * vague[NIR]


def test_a_cause_that_is_on_no_list_is_neither_proved_nor_ruled_out_by_a_far_value() -> None:
    values = {(): Expected(100.0, 0.3), NONE: Expected(100.0, 0.3, 0.2, 2.0)}
    found = likelihoods(Outlook(ASSAY, "D01", {}, values), CheckFinding(value=96.0))
    assert found[NONE] > 100.0 * found[()]
    usual = likelihoods(Outlook(ASSAY, "D01", {}, values), CheckFinding(value=100.0))
    assert 0.5 * usual[()] < usual[NONE] < usual[()]


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (inspection(WEIGHTS, (SCALE,)), CheckFinding(value=1.0)),
        (measured({SCALE: 97.0}), CheckFinding(failed=True)),
        (measured({SCALE: 97.0}), CheckFinding(value=float("nan"))),
        (measured({SCALE: 97.0}), CheckFinding(value=97.0, sd=0.0)),
    ],
)
def test_a_finding_that_the_check_cannot_give_is_refused(
    expected: Outlook, found: CheckFinding
) -> None:
    with pytest.raises(UnusableInput) as raised:
        likelihoods(expected, found)
    assert expected.check.check_id in str(raised.value)


def test_a_check_that_is_not_quite_one_of_the_pair_tells_a_little() -> None:
    sharp = inspection(WEIGHTS, (SCALE, POTENCY))
    blunt = inspection(replace(WEIGHTS, fails_with={"scale": 0.3}), (SCALE, POTENCY))
    open_to = even(SCALE, POTENCY)
    assert 0.0 < information_bits(blunt, open_to) < 0.3 * information_bits(sharp, open_to)
