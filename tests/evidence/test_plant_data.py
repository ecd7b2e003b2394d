"""The real shapes: a handful of folders of the plant data, one per layout and oddity."""

from pathlib import Path

import pytest

from investigator.domain.trajectory import Interpolation
from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder
from investigator.evidence.historian.facts import read_tag_list
from investigator.evidence.inspect import inspect_path

pytestmark = pytest.mark.data

FOLDERS = [
    ("deviations/DEV-OPEN-01", "long CSV"),
    ("deviations/DEV-OPEN-03", "wide CSV, 10 s"),
    ("deviations/DEV-OPEN-05", "Parquet, long"),
    ("deviations/DEV-OPEN-12", "long CSV, gzip"),
    ("history/TA50-26-0400", "long CSV, gzip"),
    ("past_deviations/PAST-29", "wide CSV, 10 s, gzip"),
]
OFFSETS_S = {"DEV-OPEN-05": 41.0, "DEV-OPEN-12": 69.0, "PAST-29": -73.0}


@pytest.mark.parametrize(("name", "layout"), FOLDERS)
def test_a_real_folder_is_read_whole(plant_data: Path, name: str, layout: str) -> None:
    tags = read_tag_list(plant_data / "tags.csv")
    evidence = decided(
        read_folder(plant_data / name, tags=tags, line_id="CDC-3", site_zone="Europe/Berlin")
    )
    (historian,) = [i for i in evidence.items if i.kind == "historian"]
    assert historian.layout == layout
    assert set(evidence.trajectories) == set(tags)
    assert all(i.rows_reported <= i.rows_read for i in evidence.items)
    assert {len(s.tests[0].values) for s in evidence.batch.samples} == {10}
    assert sum(c.net_kg or 0.0 for c in evidence.batch.containers) > 100.0
    offset, *_ = evidence.clock_offsets
    assert offset.source == "batch record"
    expected = OFFSETS_S.get(evidence.name, 0.0)
    assert abs(offset.offset_s - expected) <= 3.0 * offset.uncertainty_s + 1.0


def test_a_night_of_the_clock_change_has_both_offsets(plant_data: Path) -> None:
    tags = read_tag_list(plant_data / "tags.csv")
    (historian,) = (plant_data / "past_deviations" / "PAST-27").glob("historian*")
    (one,) = inspect_path(historian, tags=tags, line_id="CDC-3", site_zone="Europe/Berlin").files
    assert one.zone == "UTC+01:00, UTC+02:00"
    assert one.item.rows_reported < 100
    assert 8.0 < one.span.seconds / 3600.0 < 10.0


def test_a_drum_number_is_held(plant_data: Path) -> None:
    tags = read_tag_list(plant_data / "tags.csv")
    drum = tags["NF.CDC3.DF371.DRUMNO"].signal
    assert drum.interpolation is Interpolation.STEP
