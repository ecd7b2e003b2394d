"""Pieces of one tag out of several files."""

import numpy as np
import pytest

from investigator.domain.trajectory import Interpolation, Quality, Signal, Trajectory
from investigator.evidence.historian.one_signal import under_one_signal
from investigator.evidence.historian.samples import merged


def piece(start_ms: int, values: list[float], *states: str) -> Trajectory:
    step = Interpolation.STEP if states else Interpolation.LINEAR
    signal = Signal("T", interpolation=step, states=tuple(enumerate(states)))
    t_ms = start_ms + 1000 * np.arange(len(values))
    good = np.full(len(values), np.uint8(Quality.GOOD))
    return Trajectory(signal, t_ms, np.array(values, dtype=float), good)


def words(trajectory: Trajectory) -> list[str]:
    names = dict(trajectory.signal.states)
    return [names[int(v)] for v in trajectory.value]


@pytest.mark.requirement("EVD-131")
def test_a_word_has_one_number_in_all_files() -> None:
    monday, tuesday = piece(0, [0, 1, 0], "A", "B"), piece(5000, [0, 1, 2], "B", "C", "a")
    joined, twice = merged([{"T": monday}, {"T": tuesday}])
    assert words(joined["T"]) == ["A", "B", "A", "B", "C", "A"]
    assert joined["T"].signal.states == ((0, "A"), (1, "B"), (2, "C"))
    assert twice.samples == 0


def test_words_beside_numbers_are_no_values() -> None:
    for pieces in ([piece(0, [1.5, 2.5]), piece(5000, [0], "broken")],
                   [piece(5000, [0], "broken"), piece(0, [1.5, 2.5])]):  # fmt: skip
        found = under_one_signal(pieces)
        assert {p.signal.states for p in found} == {()}
        worded = next(p for p in found if p.t_ms[0] == 5000)
        assert np.isnan(worded.value).all()
        assert worded.quality.tolist() == [Quality.BAD]


def test_a_piece_without_any_value_takes_the_states_of_the_others() -> None:
    empty, worded = piece(0, [np.nan]), piece(5000, [1, 0], "A", "B")
    assert [p.signal.states for p in under_one_signal([empty, worded])] == [
        ((0, "A"), (1, "B"))
    ] * 2
