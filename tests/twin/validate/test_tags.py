"""Tags left out batch by batch: noise drawn from a known model is judged as what it is."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from support.line_run import noisy_record, package

from investigator.twin.channels import BY_ID
from investigator.twin.validate.tags import APART, JUDGED, tag_figures


@pytest.fixture(scope="module")
def records():
    return [noisy_record(seed) for seed in range(1, 5)]


def figures(records, workers=2):
    with ThreadPoolExecutor(workers) as executor:
        found = tag_figures(records, package().parameters.line(), executor, seed=0)
    return {f.channel: f for f in found}


@pytest.mark.requirement("TWN-073")
def test_every_channel_is_judged_or_named_apart_with_a_reason():
    assert {c.channel for c in JUDGED} | set(APART) == set(BY_ID)
    assert not {c.channel for c in JUDGED} & set(APART)
    assert all(reason for reason in APART.values())


def test_noise_that_the_model_knows_lies_inside_its_band(records):
    found = figures(records)["nir_api"]
    assert found.nis_low <= found.nis <= found.nis_high
    assert found.rmsep == pytest.approx(0.15 / np.sqrt(3), rel=0.3)
    assert found.batches == 4
    assert found.coverage[-1].share.value == pytest.approx(0.95, abs=0.02)


@pytest.mark.requirement("TWN-073")
def test_a_batch_noisier_than_the_others_is_found(records):
    loud = records[0]
    noise = np.random.default_rng(0).normal(0.0, 1.5, loud.grid_ms.size)
    roles = {**loud.roles, "nir.api": loud.roles["nir.api"] + noise}
    before, after = figures(records), figures([replace(loud, roles=roles), *records[1:]])
    assert after["nir_api"].nis > 2.0 * before["nir_api"].nis
    assert after["nir_api"].rmsep > 2.0 * before["nir_api"].rmsep
    assert after["ejection"] == before["ejection"]


def test_an_offset_of_one_batch_is_not_learned_from_itself(records):
    """Predicted from the others: an error of the whole offset in the batch, shared by no other."""
    wet = records[0]
    roles = {**wet.roles, "nir.api": wet.roles["nir.api"] + 2.0}
    found = figures([replace(wet, roles=roles), *records[1:]])["nir_api"]
    assert found.rmsep == pytest.approx(2.0 / np.sqrt(4), rel=0.15)


@pytest.mark.requirement("TWN-074")
def test_the_number_of_workers_changes_nothing(records):
    assert figures(records, 1) == figures(records, 3)
