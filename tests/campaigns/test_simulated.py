"""The generator of simulated deviations: what it changes, what it leaves, and what it says is true.

Guards the campaign, not the diagnosis: `make campaign` runs the program over simulated cases.
"""

import io
import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from support.simulated import campaign
from support.simulated.campaign import (
    NONE,
    NORMAL,
    confusion,
    main,
    reliability,
    reliability_picture,
    true_classes,
)
from support.simulated.cases import STOP, Plan, Plant, build, plans, plant
from support.simulated.causes import SIZES
from support.simulated.truth import LIMITS

from investigator.casework.output import ORIGINALS
from investigator.domain.instant import Span
from investigator.twin.record import Array

SEED = 7
OVERFEED, NOTHING, UNLISTED = "mgst_overfeed", "no_cause", "outside"

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def site(plant_data: Path, checkout: Path) -> Plant:
    """The plant's data and the twin."""
    return plant(plant_data, checkout / "models")


@pytest.fixture(scope="module")
def overfed(site: Plant, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch with too much lubricant: the folder of a campaign of one case."""
    out = tmp_path_factory.mktemp("overfed")
    build(Plan("CASE", "single", SEED, site.batches()[9], (OVERFEED,)), site, out)
    return out


def long_table(folder: Path) -> pd.DataFrame:
    """The historian export of a folder, as text."""
    file = folder / "historian.csv.gz"
    return pd.read_csv(io.BytesIO(file.read_bytes()), compression="gzip", dtype=str)


def of_tag(table: pd.DataFrame, tag: str) -> list[list[str]]:
    """The rows of a tag."""
    return table[table["Tag"] == f"NF.CDC3.{tag}"].fillna("").to_numpy().tolist()


@pytest.mark.requirement("DIA-007")
def test_a_normal_batch_with_a_notice_keeps_every_byte(site: Plant, tmp_path: Path) -> None:
    batch = site.batches()[5]
    told = build(Plan("CASE", NOTHING, SEED, batch), site, tmp_path)
    for file in batch.iterdir():
        assert (tmp_path / "cases" / "CASE" / file.name).read_bytes() == file.read_bytes()
    assert told["causes"] == [] and told["affected_containers"] == []
    assert true_classes(told) == {NORMAL}


@pytest.mark.requirement("DIA-007")
def test_an_overfeed_shows_where_lubricant_shows_and_nowhere_else(
    site: Plant, overfed: Path
) -> None:
    was, now = long_table(site.batches()[9]), long_table(overfed / "cases" / "CASE")
    for tag in ("LW314.MASSFLOW.PV", "TP351.EJECTF.PV"):
        assert of_tag(was, tag) != of_tag(now, tag)
    for tag in ("LW311.MASSFLOW.PV", "LW313.NETWT.PV", "TP351.TURRET.PV", "RM114.RH.PV"):
        assert of_tag(was, tag) == of_tag(now, tag)


@pytest.mark.requirement("DIA-007")
def test_what_was_put_in_is_read_back_in_its_channel_and_its_time(
    site: Plant, overfed: Path
) -> None:
    truth = json.loads((overfed / "truth" / "CASE.truth.json").read_text(encoding="utf-8"))
    cause = truth["causes"][0]
    was = site.normal(site.batches()[9]).record
    now = site.normal(overfed / "cases" / "CASE").record
    flow = now.roles["mgst.flow"] / np.maximum(was.roles["mgst.flow"], 1e-6) - 1.0
    start = int(was.grid_ms[0])
    inside = Span(start + 1000 * (cause["onset_s"] + 120), start + 1000 * (cause["end_s"] - 120))
    at = (was.grid_ms >= inside.start_ms) & (was.grid_ms < inside.end_ms) & was.producing
    assert median(flow[at]) == pytest.approx(cause["magnitude"] / 100.0, rel=0.05)
    before = (was.grid_ms < inside.start_ms - 300_000) & was.producing
    assert np.nanmax(np.abs(flow[before])) < 0.001
    ejection = now.roles["press.ejection_force"] - was.roles["press.ejection_force"]
    assert abs(median(ejection[at])) > 1.0


def median(values: Array) -> float:
    """Median of what is known."""
    return float(np.nanmedian(values))


@pytest.mark.requirement("DIA-008")
def test_a_truth_agrees_with_itself(overfed: Path) -> None:
    truth = json.loads((overfed / "truth" / "CASE.truth.json").read_text(encoding="utf-8"))
    drums = truth["containers"]
    affected = [name for name, drum in drums.items() if drum["affected"]]
    assert affected and affected == truth["affected_containers"]
    in_drums = sum(drums[d]["affected_kg"] for d in affected)
    assert truth["affected_kg"] == pytest.approx(in_drums, abs=0.001)
    assert sum(i["kg"] for i in truth["affected_intervals"]) == pytest.approx(
        truth["affected_kg"], abs=0.1
    )
    for name, drum in drums.items():
        assert 0.0 <= drum["affected_kg"] <= drum["net_kg"] + 1e-3
        assert set(LIMITS) <= set(drum["quality"]), name
        if name not in affected:
            assert not drum["reasons"]
    assert any(drums[d]["quality"]["mgst_fraction"]["mean"] > 0.0115 for d in affected)


@pytest.mark.requirement("DIA-006")
def test_one_seed_makes_one_case(site: Plant, overfed: Path, tmp_path: Path) -> None:
    build(Plan("CASE", "single", SEED, site.batches()[9], (OVERFEED,)), site, tmp_path)
    for file in sorted((overfed / "cases" / "CASE").iterdir()):
        assert (tmp_path / "cases" / "CASE" / file.name).read_bytes() == file.read_bytes()


@pytest.mark.requirement("DIA-006")
def test_a_cause_outside_the_list_is_none_of_these(site: Plant, tmp_path: Path) -> None:
    told = build(Plan("CASE", UNLISTED, SEED, site.batches()[0], ("warm_room",)), site, tmp_path)
    assert true_classes(told) == {NONE}
    folder, batch = tmp_path / "cases" / "CASE", site.batches()[0]
    was, now = long_table(batch), long_table(folder)
    assert of_tag(was, "TP351.BEDTEMP.PV") != of_tag(now, "TP351.BEDTEMP.PV")
    assert of_tag(was, "LW311.MASSFLOW.PV") == of_tag(now, "LW311.MASSFLOW.PV")
    assert (folder / "environmental.csv").read_bytes() != (batch / "environmental.csv").read_bytes()


@pytest.mark.requirement("DIA-006")
def test_cases_are_drawn_in_the_shares_of_the_plant(site: Plant) -> None:
    drawn = list(plans(site.batches(), 100, 24, SEED))
    kinds = [plan.category for plan in drawn]
    assert [kinds.count(k) for k in ("single", "double", "outside", "sensor_lab_only")] == [
        70,
        15,
        10,
        5,
    ]
    normal = [plan.batch for plan in drawn if plan.category == NOTHING]
    assert sorted(normal) == site.batches()
    assert len({plan.case for plan in drawn}) == 124


@pytest.mark.requirement("DIA-008")
def test_what_was_not_rejected_lies_in_the_first_drum(site: Plant, tmp_path: Path) -> None:
    plan = Plan("CASE", "single", SEED, site.batches()[13], ("reject_gate_fail",))
    told = build(plan, site, tmp_path)
    assert told["affected_containers"] == [next(iter(told["containers"]))]
    assert 0.1 < told["affected_kg"] < 3.0


@pytest.mark.requirement("DIA-006")
def test_a_short_stop_is_made_a_long_one(site: Plant, tmp_path: Path) -> None:
    plan = Plan("CASE", "single", SEED, site.batches()[0], (STOP,), 0.5)
    told = build(plan, site, tmp_path)
    record = site.normal(tmp_path / "cases" / "CASE").record
    longest = max(record.standstills, key=lambda s: s.seconds)
    assert longest.seconds / 60.0 == pytest.approx(told["causes"][0]["magnitude"], abs=0.5)
    assert told["cause_ids"] == [STOP] and not told["affected_containers"]


@pytest.mark.requirement("DIA-006")
def test_every_listed_cause_can_be_drawn(site: Plant) -> None:
    listed = {mode.cause: mode for mode in site.package.failure_modes}
    assert set(listed) == set(SIZES) | {STOP}
    for cause, sizes in SIZES.items():
        assert len(sizes) == len(listed[cause].magnitudes)


def a_pair(cause: str, stated: dict[str, float]) -> tuple[dict[str, object], dict[str, object]]:
    """Truth and result of a case with one cause."""
    ranked = [{"cause": name, "probability": p} for name, p in stated.items()]
    result = {"ranked_hypotheses": ranked, NONE: 0.0, NORMAL: 0.05}
    return {"cause_ids": [cause]}, result


@pytest.mark.requirement("DIA-006")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere", ".", "out"], "nowhere is not a folder"),
        ([".", ".", "out", "many"], "many is not a whole number"),
        ([".", "."], "required: out"),
    ],
)
def test_a_campaign_that_cannot_be_is_refused_in_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert said in capsys.readouterr().err


@pytest.mark.requirement("DIA-008")
def test_a_case_is_run_once_and_its_evidence_is_not_kept_twice(
    site: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []

    def built(plan: Plan, _site: Plant, out: Path) -> None:
        (out / "truth").mkdir()
        (out / "truth" / f"{plan.case}.truth.json").write_text("{}", encoding="utf-8")

    def investigated(folder: Path, out: Path, **_how: object) -> None:
        runs.append(folder)
        (out / ORIGINALS).mkdir(parents=True)
        (out / "result.json").write_text("{}", encoding="utf-8")

    monkeypatch.setattr(campaign, "build", built)
    monkeypatch.setattr(campaign, "investigate", investigated)
    for _ in range(2):
        campaign.run(Plan("CASE", NOTHING, SEED, site.batches()[5]), site, tmp_path)
    assert runs == [tmp_path / "cases" / "CASE"]
    assert [p.name for p in (tmp_path / "results" / "CASE").iterdir()] == ["result.json"]


@pytest.mark.requirement("DIA-008")
def test_what_is_stated_is_counted_against_what_is_true() -> None:
    right, wrong = a_pair("a", {"a": 0.8, "b": 0.1}), a_pair("b", {"a": 0.8, "b": 0.1})
    unsure = a_pair("b", {"b": 0.4, "a": 0.2})
    bins = reliability([right, wrong, unsure])
    assert bins == [(1, pytest.approx(0.4), 1.0), (2, pytest.approx(0.8), 0.5)]
    assert confusion([right, wrong, unsure]) == ["  a: a 1", "  b: a 1, b 1"]
    picture = ElementTree.fromstring(reliability_picture(bins))
    assert len(picture.findall(".//{*}circle")) == 2
