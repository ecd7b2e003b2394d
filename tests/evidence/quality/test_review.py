"""Spikes, flat lines, gaps and the rest on signals made for it."""

import numpy as np
import pytest

from investigator.domain.evidence import Treatment
from investigator.domain.trajectory import Interpolation, Quality, Signal, Trajectory
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.historian.samples import Courses, Samples, courses
from investigator.evidence.quality.review import QualityReview, review

TAG, PEER = "U.FLOW.PV", "U.SPEED.PV"
FACTS = {tag: TagFacts(Signal(tag), 0.0, 100.0, 20.0, 0.2, "U") for tag in (TAG, PEER)}


def course(tag: str, t_s: np.ndarray, value: np.ndarray, step: bool = False) -> Trajectory:
    signal = Signal(tag, interpolation=Interpolation.STEP if step else Interpolation.LINEAR)
    quality = np.where(np.isnan(value), Quality.BAD, Quality.GOOD).astype(np.uint8)
    return Trajectory(signal, (1000 * t_s).astype(np.int64), value.astype(float), quality)


def lively(seed: int = 1, n: int = 600) -> tuple[np.ndarray, np.ndarray]:
    t_s = np.arange(n) * 20.0
    return t_s, 50.0 + np.round(np.random.default_rng(seed).normal(0.0, 0.5, n), 2)


def looked(*courses: Trajectory, gridded: bool = False) -> QualityReview:
    return review({c.signal.tag: c for c in courses}, FACTS, gridded=gridded)


def of_kind(result: QualityReview, kind: str) -> list[tuple[str, str]]:
    return [(f.subject, f.action) for f in result.findings if f.kind == kind]


@pytest.mark.parametrize("peak", [0.0, 100.0, 75.0])
def test_a_single_far_sample_is_taken_out(peak: float) -> None:
    t_s, value = lively()
    value[300] = peak
    result = looked(course(TAG, t_s, value), course(PEER, *lively(2)))
    marked = result.trajectories[TAG]
    assert of_kind(result, "spike") == [(TAG, "not used")]
    assert np.flatnonzero(np.isnan(marked.value)).tolist() == [300]
    assert marked.quality[300] == Quality.BAD


def test_a_pulse_of_two_samples_is_left_alone() -> None:
    t_s, value = lively()
    value[300:302] = (100.0, 98.0)
    result = looked(course(TAG, t_s, value), course(PEER, *lively(2)))
    assert of_kind(result, "spike") == []
    assert result.trajectories[TAG].value[300] == 100.0


def test_what_another_signal_sees_too_is_the_process() -> None:
    t_s, value = lively()
    _, peer = lively(2)
    value[300], peer[300] = 100.0, 0.0
    result = looked(course(TAG, t_s, value), course(PEER, t_s, peer))
    assert of_kind(result, "spike") == []


def test_a_step_is_no_spike() -> None:
    t_s, value = lively()
    value[300:] += 30.0
    assert of_kind(looked(course(TAG, t_s, value), course(PEER, *lively(2))), "spike") == []


def test_a_signal_full_of_excursions_is_left_as_it_is() -> None:
    t_s, value = lively()
    value[[100, 200, 300, 400]] = 100.0
    result = looked(course(TAG, t_s, value), course(PEER, *lively(2)))
    assert of_kind(result, "spike") == [(TAG, "kept: so many belong to the signal")]
    assert np.isfinite(result.trajectories[TAG].value).all()


def test_the_flanks_of_an_interpolated_spike_go_with_it() -> None:
    t_s = np.arange(600) * 10.0
    _, noise = lively()
    value = np.repeat(noise[:200], 3).astype(float)
    value[300:307] = np.interp(np.arange(7), [0, 2.7, 6], [50.0, 100.0, 50.0])
    result = looked(course(TAG, t_s, np.round(value, 2)), gridded=True)
    gone = np.flatnonzero(np.isnan(result.trajectories[TAG].value))
    assert {302, 303} <= set(gone.tolist()) <= set(range(300, 307))


def stuck(t_s: np.ndarray, value: np.ndarray) -> Trajectory:
    """A signal that is stored as the ends and one sample of a flat line from 6000 s to 6880 s."""
    keep = np.ones(t_s.size, dtype=bool)
    value[300:347] = value[300]
    keep[301:346] = False
    keep[330] = True
    return course(TAG, t_s[keep], value[keep])


@pytest.mark.requirement("EVD-264")
def test_a_stuck_signal_keeps_its_values_and_weighs_less() -> None:
    result = looked(stuck(*lively()), course(PEER, *lively(2)))
    (finding,) = [f for f in result.findings if f.kind == "flatline"]
    assert (finding.subject, finding.treatment) == (TAG, Treatment.WIDEN)
    assert finding.action.startswith(f"standard deviation taken {finding.sd_factor:g} times")
    marked = result.trajectories[TAG]
    assert (marked.quality == Quality.UNCERTAIN).sum() == 3
    assert np.isfinite(marked.value).all()


def test_a_plateau_that_the_signal_often_has_is_no_flat_line() -> None:
    t_s, value = lively(n=900)
    keep = np.ones(900, dtype=bool)
    for begin in (300, 500):
        value[begin : begin + 47] = value[begin]
        keep[begin + 1 : begin + 46] = False
    value[700:740] = value[700]
    keep[701:739] = False
    result = looked(course(TAG, t_s[keep], value[keep]), course(PEER, *lively(2, 900)))
    assert of_kind(result, "flatline") == []


def test_a_straight_ramp_stored_as_two_samples_is_no_flat_line() -> None:
    t_s, value = lively()
    keep = np.ones(600, dtype=bool)
    keep[301:344] = False
    value[344] = value[300] + 3.0
    result = looked(course(TAG, t_s[keep], value[keep]), course(PEER, *lively(2)))
    assert of_kind(result, "flatline") == []


def test_a_line_that_stands_still_is_not_stuck() -> None:
    courses = []
    for n in range(6):
        t_s, value = lively(n)
        value[300:345] = 0.0
        courses.append(course(f"U.S{n}.PV", t_s, value))
    assert of_kind(looked(*courses, gridded=True), "flatline") == []


def test_stretches_without_value_run_to_the_next_good_sample() -> None:
    t_s, value = lively()
    value[300:303] = np.nan
    result = looked(course(TAG, t_s, value))
    (finding,) = [f for f in result.findings if f.kind == "bad_status"]
    assert finding.treatment is Treatment.DROP
    assert (finding.span.start_ms, finding.span.end_ms) == (6_000_000, 6_060_000)


def test_a_long_time_without_sample_is_a_gap_for_a_linear_signal_only() -> None:
    t_s = np.array([0.0, 600.0, 2000.0, 2600.0])
    value = np.array([1.0, 2.0, 3.0, 4.0])
    assert len(of_kind(looked(course(TAG, t_s, value)), "gap")) == 1
    assert of_kind(looked(course(TAG, t_s, value, step=True)), "gap") == []


def test_values_beyond_the_range_and_missing_tags_are_reported() -> None:
    t_s, value = lively()
    value[10:20], value[40] = 101.0, -3.0
    result = looked(course(TAG, t_s, value))
    (finding,) = [f for f in result.findings if f.kind == "out_of_range"]
    assert (finding.subject, finding.treatment) == (TAG, Treatment.DROP)
    assert np.flatnonzero(np.isnan(result.trajectories[TAG].value)).tolist() == [40]
    assert of_kind(result, "missing_tag") == [(PEER, "continued without it")]


def set_back(tag: str) -> Courses:
    """Rows of one tag; at 6000 s its clock is set back by 90 s."""
    t_s, value = lively()
    t_ms = (1000 * (t_s - 90.0 * (t_s >= 6000.0))).astype(np.int64)
    return courses(
        Samples(
            signals=(Signal(tag),),
            tag=np.zeros(600, dtype=np.int64),
            t_ms=t_ms,
            value=value,
            quality=np.full(600, Quality.GOOD, dtype=np.uint8),
            row=np.arange(600),
        )
    )


@pytest.mark.requirement("EVD-271")
def test_an_export_whose_clock_was_set_back_loses_the_stretch_that_it_holds_twice() -> None:
    read = [set_back(f"U.S{n}.PV") for n in range(6)]
    curves = {tag: t for one in read for tag, t in one.trajectories.items()}
    findings = [f for one in read for f in one.findings]
    assert {f.kind for f in findings} == {"disordered"}
    result = review(curves, {}, gridded=False, reading=findings)
    jumps = [f for f in result.findings if f.kind == "clock_jump"]
    assert len(jumps) == 6
    gone = result.trajectories["U.S0.PV"]
    lost = gone.t_ms[np.isnan(gone.value)]
    assert lost.min() == 5_910_000
    assert lost.max() == 5_980_000


def test_a_second_copy_of_rows_is_no_step_of_the_clock() -> None:
    t_s, value = lively()
    rows = np.r_[np.arange(600), np.arange(400, 600)]
    found = courses(
        Samples(
            signals=(Signal(TAG),),
            tag=np.zeros(800, dtype=np.int64),
            t_ms=(1000 * t_s[rows]).astype(np.int64),
            value=value[rows],
            quality=np.full(800, Quality.GOOD, dtype=np.uint8),
            row=np.arange(800),
        )
    )
    assert [f.kind for f in found.findings] == ["duplicate"]
