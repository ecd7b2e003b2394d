"""The published data of 1,005 batches of film-coated tablets, opened as evidence.

Žagar & Mihelič, Sci. Data 9:99 (2022), doi 10.1038/s41597-022-01203-x.
"""

import math
from pathlib import Path

import numpy as np
import pytest

from investigator.domain.errors import SeveralBatches, UnusableInput
from investigator.domain.instant import Span, iso
from investigator.domain.laboratory import LabResult
from investigator.domain.trajectory import Trajectory
from investigator.evidence.batch.rows import lots_in, misplaced_means, record_of_row, results_in
from investigator.evidence.batch.table import BatchTable, read_batch_table
from investigator.evidence.folder import read_folder
from investigator.evidence.historian.reading import HistorianReading
from investigator.evidence.historian.wide_layout import read_columns
from investigator.evidence.quality.freezes import find_freezes
from investigator.evidence.recognise import recognise
from investigator.evidence.sources.source import sources_of

pytestmark = pytest.mark.data
ZONE = "Europe/Ljubljana"


@pytest.fixture(scope="module")
def press(shared_data: Path) -> Path:
    return shared_data / "tablet_press"


@pytest.fixture(scope="module")
def laboratory(press: Path) -> BatchTable:
    return read_batch_table((press / "Laboratory.csv").read_bytes(), "Laboratory.csv")


@pytest.fixture(scope="module")
def features(press: Path) -> BatchTable:
    return read_batch_table((press / "Process.csv").read_bytes(), "Process.csv")


def _series(press: Path, product: str, batch_id: str) -> HistorianReading:
    name = f"Process/{product}.csv"
    (source,) = sources_of(press / name, name)
    (recognition,) = recognise(source, zone=ZONE)
    assert recognition.profile is not None
    return read_columns(source, recognition.profile, tags={}, batch_id=batch_id)


def _all(table: BatchTable, test: str) -> list[LabResult]:
    return [r for b in table.batches for r in results_in(table, b) if r.test == test]


@pytest.mark.requirement("EVD-211")
def test_a_batch_has_its_lots_and_results(laboratory: BatchTable) -> None:
    assert len(laboratory.batches) == laboratory.ledger.rows_read == 1005
    assert [(lot.material_id, lot.lot_id) for lot in lots_in(laboratory, "325")] == [
        ("api", "59"),
        ("smcc", "6"),
        ("lactose", "7"),
        ("starch", "7"),
    ]
    results = {r.test: r for r in results_in(laboratory, "325")}
    assert len(results) == 45
    assert (results["tbl_av_hardness"].result, results["tbl_av_hardness"].unit) == (58.0, "N")
    assert (results["api_water"].material_lot, results["api_water"].stage) == ("59", "Raw material")
    assert "assumed as customary" in laboratory.assumptions[0]


@pytest.mark.requirement("EVD-211")
def test_runs_of_blanks_are_missing_and_no_loss(laboratory: BatchTable) -> None:
    missing = {"api_l_impurity": 370, "api_total_impurities": 67, "tbl_min_weight": 10}
    for test, count in missing.items():
        assert len(_all(laboratory, test)) == 1005 - count
    assert laboratory.ledger.rows_reported == 0


@pytest.mark.requirement("EVD-211")
def test_identifiers_stay_texts(laboratory: BatchTable) -> None:
    record = record_of_row(laboratory, "325", span=Span(0, 1), line_id="")
    assert (record.product_id, record.parameter("strength")) != ("", None)
    assert [p.value for p in record.parameters] == ["20M", "jul.19"]
    assert [(q.value, q.unit) for q in record.quantities] == [(960_000.0, "tablets")]
    assert {"batch", "code", "strength", "api_code"}.isdisjoint(
        r.test for r in results_in(laboratory, "325")
    )


def test_an_unknown_batch_is_refused_with_those_there_are(laboratory: BatchTable) -> None:
    with pytest.raises(UnusableInput, match=r"no batch 2001 but 1005 others \(1, 2, 3"):
        results_in(laboratory, "2001")


@pytest.mark.parametrize(
    ("test", "mean", "sd", "least", "most"),
    [
        ("dissolution_av", 90.6, 3.4, 82.5, 102.7),
        ("tbl_tensile", 1.3, 0.3, None, None),
        ("tbl_yield", 98.3, 1.1, None, None),
    ],
)
def test_means_are_those_of_the_paper(
    laboratory: BatchTable,
    test: str,
    mean: float,
    sd: float,
    least: float | None,
    most: float | None,
) -> None:
    values = np.array([r.result for r in _all(laboratory, test)])
    assert (round(values.mean(), 1), round(values.std(ddof=1), 1)) == (mean, sd)
    if least is not None:
        assert (round(values.min(), 1), round(values.max(), 1)) == (least, most)


def test_tensile_strength_follows_from_hardness_thickness_and_diameter(
    laboratory: BatchTable,
) -> None:
    force, thickness, diameter, stated = (
        np.array([r.result for r in _all(laboratory, test)])
        for test in ("tbl_av_hardness", "tbl_max_thickness", "tbl_max_diameter", "tbl_tensile")
    )
    by_pi = 2.0 * force / (math.pi * thickness * diameter)
    assert np.abs(by_pi / stated - 1.0).max() < 0.00051
    np.testing.assert_allclose(by_pi * math.pi / 3.14, stated, rtol=1e-8)


def test_means_outside_their_own_range_are_found(laboratory: BatchTable) -> None:
    found = [misplaced_means(results_in(laboratory, b)) for b in laboratory.batches]
    assert sum(map(bool, found)) == 488
    assert {f.subject for batch in found for f in batch} == {"tbl_av_hardness", "fct_av_hardness"}


PRODUCTION = {
    "main_CompForce mean": ("main_comp", np.mean),
    "main_CompForce_median": ("main_comp", np.median),
    "tbl_fill_mean": ("tbl_fill", np.mean),
    "cyl_height_mean": ("cyl_main", np.mean),
    "stiffness_mean": ("stiffness", np.mean),
    "stiffness_max": ("stiffness", np.max),
    "stiffness_min": ("stiffness", np.min),
    "ejection_mean": ("ejection", np.mean),
    "ejection_max": ("ejection", np.max),
    "ejection_min": ("ejection", np.min),
}
START_UP = {"Startup_main_CompForce_mean": "main_comp", "Startup_tbl_fill_mean": "tbl_fill"}


@pytest.mark.requirement("EVD-212")
@pytest.mark.parametrize(("product", "batch_id"), [("3", "325"), ("3", "19"), ("20", "")])
def test_published_features_recompute_from_the_series(
    press: Path, features: BatchTable, product: str, batch_id: str
) -> None:
    batch = batch_id or next(b for b in features.batches if features.cell(b, "product") == product)
    curves = _series(press, product, batch).trajectories
    stated = {r.test: r.result for r in results_in(features, batch)}
    speed, produced = curves["tbl_speed"].value, curves["produced"].value
    producing = (produced > 0) & (speed != 0)
    starting = (produced == 0) & (speed != 0)
    for feature, (tag, statistic) in PRODUCTION.items():
        assert statistic(curves[tag].value[producing]) == pytest.approx(stated[feature], rel=1e-8)
    for feature, tag in START_UP.items():
        assert curves[tag].value[starting].mean() == pytest.approx(stated[feature], rel=1e-8)
    for feature, tag in (("main_CompForce_sd", "main_comp"), ("tbl_fill_sd", "tbl_fill")):
        spread = curves[tag].value[producing].std(ddof=1)
        assert spread == pytest.approx(stated[feature], rel=1e-7)
    assert speed[speed != 0].mean() == pytest.approx(stated["tbl_speed_mean"], rel=1e-8)
    assert curves["waste"].value[produced == 0].max() == stated["startup_waste"]


@pytest.mark.requirement("EVD-200", "EVD-212")
@pytest.mark.parametrize(
    ("batch_id", "start", "end", "moving"),
    [
        ("325", "2019-07-05T02:19:14+02:00", "2019-07-05T09:02:24+02:00", "tbl_speed"),
        ("327", "2019-08-07T13:55:14+02:00", "2019-08-07T14:20:14+02:00", ""),
    ],
)
def test_the_freezes_of_the_historian_are_found(
    press: Path, batch_id: str, start: str, end: str, moving: str
) -> None:
    (freeze,) = find_freezes(_curves(_series(press, "3", batch_id)))
    assert iso(freeze.span.start_ms, ZONE) == start
    assert iso(freeze.span.end_ms, ZONE) == end
    assert {"fom", "main_comp", "tbl_fill", "SREL", "stiffness"} <= set(freeze.tags)
    assert not moving or moving in freeze.moving


def _curves(reading: HistorianReading) -> dict[str, Trajectory]:
    return dict(reading.trajectories)


@pytest.mark.requirement("EVD-213", "EVD-294")
def test_a_folder_of_them_opens_as_evidence(press: Path, tmp_path: Path) -> None:
    (tmp_path / "Laboratory.csv").symlink_to(press / "Laboratory.csv")
    for product in ("3", "9"):
        (tmp_path / f"{product}.csv").symlink_to(press / "Process" / f"{product}.csv")
    with pytest.raises(SeveralBatches, match="holds 16 batches"):
        read_folder(tmp_path, tags={}, line_id="", site_zone=ZONE)
    read = read_folder(tmp_path, tags={}, line_id="", site_zone=ZONE, batch_id="325")
    evidence = read.evidence
    assert (evidence.batch.batch_id, len(evidence.batch.lots)) == ("325", 4)
    assert evidence.batch.span.seconds == pytest.approx(9.075 * 3600.0)
    assert {r.batch_id for r in evidence.laboratory} == {"325"}
    units = {tag: t.signal.unit for tag, t in evidence.trajectories.items()}
    assert (units["tbl_speed"], units["main_comp"], units["fom"]) == ("1000 tablets/h", "kN", "")
    frozen = {f.subject for f in evidence.findings if f.kind == "freeze"}
    assert {"fom", "main_comp", "tbl_fill", "SREL", "stiffness"} <= frozen
    assert "mean_outside_range" in {f.kind for f in evidence.findings}
    (other,) = (item for item in evidence.items if item.file == "9.csv")
    assert other.rows_reported == other.rows_read > 0
    assert [f.subject for f in evidence.findings if f.kind == "import_doubt"] == ["3.csv"]
    assert any("phases, containers, set-points" in a for a in evidence.assumptions)
    assert "clock_offset_unknown" not in {f.kind for f in evidence.findings}
    assert evidence.clock_offsets == ()
    assert "batch record" not in [basis.source for basis in read.clocks]
    assert not any("clock offset of the batch record" in a for a in evidence.assumptions)


def test_a_batch_without_series_is_refused(press: Path, tmp_path: Path) -> None:
    (tmp_path / "Laboratory.csv").symlink_to(press / "Laboratory.csv")
    (tmp_path / "9.csv").symlink_to(press / "Process" / "9.csv")
    with pytest.raises(UnusableInput, match="none of its historian exports holds samples of batch"):
        read_folder(tmp_path, tags={}, line_id="", site_zone=ZONE, batch_id="325")


@pytest.mark.parametrize("batch_id", ["19", "164", "171"])
def test_other_batches_of_the_product_have_no_freeze(press: Path, batch_id: str) -> None:
    assert find_freezes(_curves(_series(press, "3", batch_id))) == ()
