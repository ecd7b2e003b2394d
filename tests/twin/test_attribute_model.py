"""Attribute models: intervals hold what they say, one bad sample moves little, results stay out."""

from dataclasses import replace

import numpy as np
import pytest
from support.attribute_batches import SET_UP_SD, TWIN, drawn, model_of

from investigator.twin.attribute_model import FARTHEST_SET_UP_SD, posterior, set_up_of

MODEL = model_of()


def unseen(batch):
    none, nowhere = np.zeros(0), np.zeros(0, dtype=np.int64)
    return replace(
        batch,
        in_process_h=none,
        in_process=none,
        first=nowhere,
        last=nowhere,
        thickness=none,
        lots=batch.lots[: len(batch.containers)],
    )


def draws(count, seed=1):
    generator = np.random.default_rng(seed)
    return [drawn(MODEL, generator) for _ in range(count)]


@pytest.mark.requirement("TWN-048")
def test_batches_drawn_from_the_model_are_covered_as_stated():
    z = []
    for batch, true in draws(300):
        found = posterior(MODEL, batch)
        z.append((true - TWIN - found.mean) / found.sd)
    every = np.array(z)
    batch_sd = np.sqrt(np.mean(np.mean(every, axis=1) ** 2) / 300)
    assert abs(np.mean(every)) < 4.0 * batch_sd
    for half, level in ((0.674, 0.5), (1.282, 0.8), (1.960, 0.95)):
        shares = np.mean(np.abs(every) < half, axis=1)
        assert abs(shares.mean() - level) < 4.0 * shares.std() / np.sqrt(300) + 0.01


@pytest.mark.requirement("TWN-048")
def test_in_process_values_make_the_prediction_sharper():
    batch, _ = draws(1)[0]
    blind = unseen(batch)
    assert np.median(posterior(MODEL, batch).sd) < 0.8 * np.median(posterior(MODEL, blind).sd)
    pure = (batch.lots[:12] == 1.0).any(axis=1)
    assert posterior(MODEL, blind).sd[pure] == pytest.approx(np.hypot(1.5, 1.0))


@pytest.mark.requirement("TWN-048")
def test_the_level_goes_with_the_lot_of_mcc():
    """Samples of the second lot alone say little of the containers of the first."""
    batch, _ = draws(1)[0]
    second = np.zeros((42, 2))
    second[:6, 0] = second[6:12, 1] = second[12:, 1] = 1.0
    found = posterior(MODEL, replace(batch, lots=second))
    assert found.sd[:6].min() > 1.4 * found.sd[6:].max()


@pytest.mark.requirement("TWN-049")
def test_laboratory_results_do_not_count_unless_asked_for():
    batch, _ = draws(1)[0]
    other = replace(batch, laboratory=batch.laboratory + 50.0)
    assert np.array_equal(posterior(MODEL, batch).mean, posterior(MODEL, other).mean)
    some = np.arange(12) < 6
    sharper = posterior(MODEL, batch, laboratory=some)
    assert (sharper.sd < posterior(MODEL, batch).sd).all()


@pytest.mark.requirement("TWN-050")
@pytest.mark.parametrize("off", [15.0, 40.0, 400.0])
def test_one_bad_sample_moves_little(off):
    for batch, _ in draws(20):
        bad = batch.in_process.copy()
        bad[11] += off
        sound, hurt = posterior(MODEL, batch), posterior(MODEL, replace(batch, in_process=bad))
        assert np.abs(hurt.mean - sound.mean).max() < 0.5 * sound.sd.max()


def test_a_set_up_counts_no_farther_than_normal_batches_show():
    batch, _ = draws(1)[0]
    far = FARTHEST_SET_UP_SD * SET_UP_SD
    assert set_up_of(TWIN, SET_UP_SD, replace(batch, set_up=TWIN + 100.0)) == far
    assert set_up_of(TWIN, SET_UP_SD, replace(batch, set_up=TWIN - 1.0)) == -1.0
    assert set_up_of(TWIN, SET_UP_SD, replace(batch, set_up=float("nan"))) == 0.0
