"""Reference statistics of normal batches: estimated, written, read again, refused when torn."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from support.line_run import noisy_record, package, record, reference

from investigator.domain.errors import UnusableInput
from investigator.twin.channels import BY_ID, POINTS, SERIES
from investigator.twin.measured import measure
from investigator.twin.reference import FILE, estimate_reference, read_reference, usual_levels


@pytest.fixture(scope="module")
def document():
    runs = [("N1", noisy_record(1)), ("N2", noisy_record(2)), ("N3", noisy_record(3))]
    with ThreadPoolExecutor(1) as executor:
        return estimate_reference(runs, package().parameters.line(), executor)


def complete(document):
    return {FILE: {**document, "usual_gains": dict.fromkeys(BY_ID, 5.0)}}


def test_what_is_estimated_can_be_written_and_read(document):
    text = json.dumps(complete(document))
    found = read_reference(json.loads(text))
    assert found.batches == ("N1", "N2", "N3")
    assert found.series_table.shape == (len(SERIES), 6)
    assert found.points_table.shape == (len(POINTS), 6)
    assert found.gains.shape == (len(BY_ID),)
    assert np.isfinite(found.series_table).all()
    assert np.isfinite(found.points_table).all()
    assert (found.series_table[:, 5] > 0).all()


def test_levels_are_those_of_the_runs(document):
    assert document["nominals"]["room_rh_pct"] == pytest.approx(40.0, abs=0.2)
    assert document["nominals"]["nir_q"] == pytest.approx(1.0, abs=0.02)
    assert document["nominals"]["mcc_lod_pct"] == pytest.approx(4.4)


def test_the_noise_is_that_of_the_runs(document):
    noise = {row["channel"]: row for row in document["noise"]}["nir_api"]
    short = noise["sd_white"] ** 2 + noise["sd_drift"] ** 2 / (1.0 - noise["phi"] ** 2)
    assert np.sqrt(short) == pytest.approx(0.15 / np.sqrt(3), rel=0.15)
    assert noise["sd_between"] < 0.1
    assert noise["batches"] == 3


def test_estimation_repeats(document):
    runs = [("N1", noisy_record(1)), ("N2", noisy_record(2)), ("N3", noisy_record(3))]
    with ThreadPoolExecutor(2) as executor:
        again = estimate_reference(runs, package().parameters.line(), executor)
    assert json.dumps(again) == json.dumps(document)


def test_usual_levels_are_medians_over_batches():
    told = record()
    wet = replace(told, roles={**told.roles, "room.rh": np.full(told.grid_ms.size, 50.0)})
    damp = replace(told, roles={**told.roles, "room.rh": np.full(told.grid_ms.size, 42.0)})
    lots = tuple(
        replace(lot, certificate={**lot.certificate, "Particle size d50 (laser diffraction)": 28.0})
        if lot.feeder == "api" else lot
        for lot in told.lots
    )  # fmt: skip
    runs = [replace(r, lots=lots) for r in (told, damp, wet)]
    found = usual_levels([measure(r) for r in runs])
    assert found.room_rh_pct == pytest.approx(42.0)
    assert found.api_d50_um == pytest.approx(28.0)


def test_the_shipped_statistics_are_read():
    found = reference()
    assert len(found.batches) >= 20
    assert all(n.sd_white > 0.0 for n in found.series + found.points)
    assert all(0.0 <= n.phi < 1.0 for n in found.series + found.points)


@pytest.mark.parametrize("torn", ["noise", "nominals", "usual_gains", "batches"])
def test_a_missing_part_is_refused(document, torn):
    statistics = complete(document)
    del statistics[FILE][torn]
    with pytest.raises(UnusableInput, match=f"{FILE}.*{torn}"):
        read_reference(statistics)


def test_a_missing_channel_is_named(document):
    statistics = complete(document)
    statistics[FILE]["noise"] = [r for r in document["noise"] if r["channel"] != "nir_q"]
    with pytest.raises(UnusableInput, match="nir_q"):
        read_reference(statistics)


@pytest.mark.requirement("DIA-064")
@pytest.mark.parametrize("length", [0.0, -1.5, float("nan"), "long"])
def test_a_standstill_of_no_length_is_refused(document, length):
    statistics = complete(document)
    statistics[FILE]["standstills_min"] = [1.5, length]
    with pytest.raises(UnusableInput, match=f"{FILE}.*twin reference"):
        read_reference(statistics)
    del statistics[FILE]["standstills_min"]
    assert read_reference(statistics).standstills_min == ()


def test_a_package_without_statistics_is_refused():
    with pytest.raises(UnusableInput, match="incomplete"):
        read_reference({})
