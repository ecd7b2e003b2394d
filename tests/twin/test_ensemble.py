"""The ensemble: the same with any number of workers, wider where something was not recorded."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from support.line_run import package, record, reference

from investigator.twin.attribute_models import measurements_of
from investigator.twin.ensemble import COURSES, SIGNAL_COURSES, ensemble
from investigator.twin.record import LotInUse
from investigator.twin.replayed_run import replayed_run

PARAMETERS = package().parameters


def of(run_record, workers=1, members=12, seed=7):
    run = replayed_run(run_record, reference(), PARAMETERS)
    with ThreadPoolExecutor(workers) as executor:
        return ensemble(run, measurements_of(run), PARAMETERS, executor, seed=seed, members=members)


@pytest.fixture(scope="module")
def plain():
    return of(record())


@pytest.mark.requirement("TWN-051")
def test_the_number_of_workers_changes_no_bit(plain):
    again = of(record(), workers=3)
    for name in COURSES:
        assert again.sd[name].tobytes() == plain.sd[name].tobytes()
        assert again.further_sd[name].tobytes() == plain.further_sd[name].tobytes()
    for name, rows in plain.departures.items():
        assert again.departures[name].tobytes() == rows.tobytes()


@pytest.mark.requirement("TWN-051")
def test_another_seed_is_another_ensemble(plain):
    assert not np.array_equal(of(record(), seed=8).sd["assay"], plain.sd["assay"])


@pytest.mark.requirement("TWN-051")
def test_parameters_and_inputs_leave_every_course_open(plain):
    producing = slice(80, 300)
    for name in COURSES:
        assert (plain.sd[name][producing] > 0.0).all(), name
        assert np.isfinite(plain.middle[name]).all(), name


@pytest.mark.requirement("TWN-052")
def test_a_run_without_the_scale_and_screw_of_a_feeder_leaves_more_open_there(plain):
    told = record()
    roles = {}
    for role in ("api.flow", "api.screw_speed"):
        roles[role] = told.roles[role].copy()
        roles[role][500:620] = np.nan
    blind = of(replace(told, roles={**told.roles, **roles}))
    gap, before = slice(180, 205), slice(100, 160)
    assert blind.further_sd["assay"][gap].mean() > 2.0 * plain.further_sd["assay"][gap].mean()
    assert blind.further_sd["assay"][before] == pytest.approx(plain.further_sd["assay"][before])
    rows = np.sqrt(np.mean(blind.departures["assay"] ** 2, axis=0))
    assert rows[2] > 1.5 * np.sqrt(np.mean(plain.departures["assay"] ** 2, axis=0))[2]


@pytest.mark.requirement("TWN-052")
def test_a_run_with_all_certificates_leaves_little_open_beyond_the_usual():
    size = {"Particle size d50 (laser diffraction)": reference().nominals.api_d50_um}
    density = {
        feeder: {"Bulk density": PARAMETERS[f"blend.{feeder}_bulk_density"].value}
        for feeder in ("mcc", "lactose")
    }
    lactose = LotInUse("L1", "lactose", int(record().grid_ms[0]), True, None, {})
    lots = tuple(
        replace(o, certificate={**o.certificate, **size, **density.get(o.feeder, {})})
        for o in (*record().lots, lactose)
    )
    usual = of(replace(record(), lots=lots))
    for name in SIGNAL_COURSES:
        beyond = np.median(usual.further_sd[name][100:300])
        assert beyond < 0.5 * np.median(usual.sd[name][100:300]), name
