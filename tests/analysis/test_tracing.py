"""A disturbance that was put in at a known place and time, followed there and back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from support.line_run import (
    START_MS,
    at_min,
    courses,
    diagnosed,
    evidence,
    noisy,
    package,
    planted,
    quiet,
    reference,
)

from investigator.analysis.container_map import shares_of_time
from investigator.analysis.forward_trace import PRESS
from investigator.analysis.traced_place import Disturbance, Place, disturbance_of, place_of
from investigator.analysis.tracing import trace, traced
from investigator.domain.instant import Span
from investigator.domain.tracing import OriginKind
from investigator.process.chain import chain_of, cut_into
from investigator.process.contents import line_flows
from investigator.process.residence import residence_time
from investigator.process.trace import Entry
from investigator.process.tracing import passed
from investigator.twin.record import line_record
from investigator.twin.recorded_inputs import recorded_inputs
from investigator.twin.scenario import Window

SPAN = Span(at_min(60), at_min(64))


def driven(record=None):
    return recorded_inputs(record or quiet().record, reference(), package().parameters)


def found(place=None, span=SPAN, *, record=None, inputs=None, draws=8, workers=1, seed=3):
    c = quiet()
    record = record or c.record
    disturbance = None if place is None else Disturbance(place, span)
    portions = tuple(shares_of_time(replace(c, record=record)))
    with ThreadPoolExecutor(workers) as executor:
        return trace(
            package(), record, inputs or driven(record), disturbance, portions,
            seed=seed, executor=executor, draws=draws,
        )  # fmt: skip


@pytest.fixture(scope="module")
def api():
    return found(Place(Entry.BLENDER, "api"))[0]


@pytest.mark.requirement("IMP-006")
def test_the_interval_is_that_of_the_residence_times(api):
    """Steady: 1 % of the onset's material is out after t1, 99.9 % of the end's after t99.9."""
    ages = residence_time(package().parameters.line(), Entry.BLENDER, step_s=1.0)
    early, late = (round(1000 * ages.quantile_s(share)) for share in (0.01, 0.999))
    central = api.interval.central
    assert abs(central.start_ms - (SPAN.start_ms + early)) <= 15_000
    assert abs(central.end_ms - (SPAN.end_ms + late)) <= 25_000


@pytest.mark.requirement("IMP-006")
def test_lower_central_and_upper_lie_in_each_other(api):
    surely, central, possibly = api.interval.surely, api.interval.central, api.interval.possibly
    assert possibly.start_ms <= central.start_ms <= surely.start_ms
    assert surely.end_ms <= central.end_ms <= possibly.end_ms
    assert possibly.seconds > surely.seconds


@pytest.mark.requirement("IMP-006")
def test_every_unit_has_its_course_with_a_band(api):
    """Later and lower from unit to unit; four minutes of API disturbed, seen whole by the last."""
    assert [stage.stage for stage in api.stages] == [
        "blender, up to its side port", "blender", "chute", "feed frame",
    ]  # fmt: skip
    peaks = [stage.central.value.max() for stage in api.stages]
    at = [int(stage.central.t_ms[stage.central.value.argmax()]) for stage in api.stages]
    assert peaks == sorted(peaks, reverse=True)
    assert at == sorted(at)
    for stage in api.stages:
        assert (stage.low.value <= stage.central.value).all()
        assert (stage.central.value <= stage.high.value).all()
        assert 0.0 <= stage.low.value.min() <= stage.high.value.max() <= 1.0
        assert (stage.high.value - stage.low.value).max() > 0.005
    last = api.stages[-1].central.value
    assert last.sum() * 10.0 == pytest.approx(SPAN.seconds, rel=0.01)


@pytest.mark.requirement("IMP-006")
def test_the_records_grid_costs_less_than_a_millionth_of_a_share():
    """Against the same run in steps of a quarter of a second."""
    one, _ = found(Place(Entry.BLENDER, "api"), draws=2)
    inputs, line = driven().inputs, package().parameters.line()
    finest = chain_of([line_flows(inputs, line)], Entry.BLENDER, inputs.feed_kg_h[0] / 360.0)
    marked = (
        (quiet().record.grid_ms >= SPAN.start_ms) & (quiet().record.grid_ms < SPAN.end_ms)
    ) * 1.0
    fine = cut_into(finest, np.full(marked.size, 40))
    share = passed(fine, marked[:, None]).share[-1, 0, 0]
    stage = one.stages[-1].central
    shown = (stage.t_ms - 5000 - int(quiet().record.grid_ms[0])) // 10_000
    assert np.abs(stage.value - share[shown]).max() < 1.5e-6


@pytest.mark.requirement("IMP-006")
@pytest.mark.parametrize(
    ("equipment", "stages"),
    [("LW-314", 3), ("BL-321", 4), ("CH-341", 2), ("FF-352", 1), ("TP-351", 1)],
)
def test_every_place_on_the_way_is_followed_from_there_on(equipment, stages):
    one, _ = found(place_of(package(), equipment), draws=4)
    assert len(one.stages) == stages
    assert one.interval.possibly.start_ms >= SPAN.start_ms - 10_000
    if equipment == "TP-351":
        assert one.stages[0].stage == PRESS
        assert one.interval.surely == one.interval.possibly == SPAN


@pytest.mark.requirement("IMP-006")
def test_what_no_powder_passes_is_not_followed():
    assert place_of(package(), "P-114") is None
    assert place_of(package(), "AT-391") is None
    one, _ = found(None, draws=4)
    assert one.stages == ()
    assert one.interval is None
    assert len(one.origins) == 5


@pytest.mark.requirement("IMP-007")
def test_shares_of_lots_and_of_times_of_feeding_sum_to_one(api):
    for container in api.origins:
        for material in ("API", "MCC"):
            lots = [o for o in container.origins if o.material == material]
            assert sum(o.share for o in lots) == pytest.approx(1.0, abs=2e-3)
        times = [o for o in container.origins if o.kind is OriginKind.FEEDING]
        assert sum(o.share for o in times) == pytest.approx(1.0, abs=5e-3)
        for origin in container.origins:
            assert 0.0 <= origin.low95 <= origin.share <= origin.high95 <= 1.0


@pytest.mark.requirement("IMP-007")
def test_a_second_lot_of_the_lubricant_is_followed_through_its_port():
    record = quiet().record
    usual = next(lot for lot in record.lots if lot.feeder == "api" and lot.first)
    lots = (
        replace(usual, lot_id="L1", feeder="mgst"),
        replace(usual, lot_id="L2", feeder="mgst", start_ms=at_min(80), first=False),
    )
    known = tuple(lot for lot in record.lots if lot.feeder != "mgst")
    traced_back, _ = found(record=replace(record, lots=(*known, *lots)))
    shares = [
        {o.name: o.share for o in one.origins if o.name in {"L1", "L2"}}
        for one in traced_back.origins
    ]
    assert shares[0] == {"L1": pytest.approx(1.0)}
    assert 0.0 < shares[-1]["L2"] <= 1.0
    assert all(sum(own.values()) == pytest.approx(1.0, abs=2e-3) for own in shares)


@pytest.mark.requirement("IMP-007")
def test_a_lot_is_only_in_drums_that_were_fed_after_it_was_connected(api):
    """Lot A2 is connected at minute 80; drum 2 is full at minute 80, drum 3 at 116."""
    of = {
        container.container_id: {o.name: o.share for o in container.origins}
        for container in api.origins
    }
    assert "A2" not in of["B1-D01"]
    assert "A2" not in of["B1-D02"]
    assert 0.0 < of["B1-D03"]["A2"] < of["B1-D04"]["A2"] < of["B1-D05"]["A2"] < 1.0


@pytest.mark.requirement("IMP-007")
def test_a_drum_is_fed_before_it_is_filled(api):
    for container, drum in zip(api.origins, quiet().record.containers, strict=True):
        assert container.fed.start_ms < drum.filled.start_ms
        assert container.fed.end_ms < drum.filled.end_ms
    middle = api.origins[2]
    assert middle.fed.seconds == pytest.approx(0.95 * 36 * 60 + 120, abs=200)


@pytest.mark.requirement("IMP-007")
def test_backward_finds_in_a_drum_what_forward_puts_there():
    """The share of an interval of feeding in a drum, asked from either end."""
    c, line = quiet(), package().parameters.line()
    grid = c.record.grid_ms
    begin = int(grid[0]) + 6 * 600_000
    one, _ = found(None, draws=2)
    inputs = driven().inputs
    chain = chain_of([line_flows(inputs, line)], Entry.BLENDER)
    marked = ((grid >= begin) & (grid < begin + 600_000)).astype(float)
    through = passed(chain, marked[:, None])
    for container, (_, mask) in zip(one.origins, shares_of_time(c), strict=True):
        kg = through.marked_kg()[-1, 0, 0][mask].sum()
        whole = (through.stream_share * through.leaving_kg())[-1, 0, 0][mask].sum()
        times = {o.name: o.share for o in container.origins}
        assert times.get("06:00 to 06:10 UTC", 0.0) == pytest.approx(kg / whole, abs=1.1e-3)


@pytest.mark.requirement("IMP-008")
def test_outside_the_tests_that_gave_the_residence_times_it_is_wider_and_said(api):
    """A blender at 90 rpm was never tested: said, and everything lies within the wider."""
    c = quiet()
    slow = replace(
        c.record,
        roles={**c.record.roles, "blender.speed": c.record.roles["blender.speed"] * 90 / 220},
    )
    twin = package()
    tested, said = found(Place(Entry.BLENDER, "api"), record=slow, draws=8)
    assert any("110" in sentence and "wider" in sentence for sentence in said)
    everywhere = tuple(replace(one, low=-1e9, high=1e9) for one in twin.domain.limits)
    unlimited = replace(twin, domain=replace(twin.domain, limits=everywhere))
    with ThreadPoolExecutor(1) as executor:
        usual, unsaid = trace(
            unlimited, slow, driven(slow), Disturbance(Place(Entry.BLENDER, "api"), SPAN), (),
            seed=3, executor=executor, draws=8,
        )  # fmt: skip
    assert len(unsaid) == 1
    wide, narrow = tested.interval, usual.interval
    assert wide.possibly.start_ms <= narrow.possibly.start_ms
    assert narrow.possibly.end_ms <= wide.possibly.end_ms
    assert wide.possibly.seconds > narrow.possibly.seconds
    assert narrow.surely.start_ms <= wide.surely.start_ms
    assert wide.surely.end_ms <= narrow.surely.end_ms


@pytest.mark.requirement("IMP-008")
def test_a_flow_that_was_not_recorded_while_material_passed_makes_it_wider_and_is_said(api):
    c = quiet()
    hole = (c.record.grid_ms >= at_min(61)) & (c.record.grid_ms < at_min(70))
    unknown = {
        role: np.where(hole, np.nan, c.record.roles[role])
        for role in ("mcc.flow", "mcc.screw_speed", "mcc.net_weight")
    }
    blind = replace(c.record, roles={**c.record.roles, **unknown})
    one, said = found(Place(Entry.BLENDER, "api"), record=blind, draws=8)
    assert any("not recorded for 8 min" in sentence for sentence in said), said
    assert one.interval.possibly.seconds >= api.interval.possibly.seconds


@pytest.mark.requirement("IMP-008")
def test_a_press_that_was_not_recorded_may_have_turned(api):
    """Its speed is missing from before the last disturbed material until after it: none is lost."""
    grid = quiet().record.grid_ms
    end = api.interval.possibly.end_ms
    hole = (grid >= end - 300_000) & (grid < end + 300_000)
    shown = {"turret.speed": np.where(hole, np.nan, courses()["turret.speed"])}
    blind = line_record(evidence(shown), package().tag_map, package().record_map)
    assert not blind.running[hole].any()
    one, said = found(Place(Entry.BLENDER, "api"), record=blind, draws=8)
    assert one.interval.possibly.start_ms <= api.interval.possibly.start_ms
    assert one.interval.possibly.end_ms >= end
    assert any("not recorded" in sentence for sentence in said)


@pytest.mark.requirement("IMP-004")
def test_the_same_seed_gives_the_same_with_one_worker_or_three():
    first, second = (found(Place(Entry.PORT, "mgst"), workers=k)[0] for k in (1, 3))
    assert first.interval == second.interval
    assert first.origins == second.origins
    for one, other in zip(first.stages, second.stages, strict=True):
        assert np.array_equal(one.low.value, other.low.value)


@pytest.mark.requirement("IMP-006")
def test_a_disturbance_from_before_the_record_is_there_from_the_start():
    one, _ = found(Place(Entry.BLENDER, "api"), Span(START_MS - 10**8, at_min(30)), draws=4)
    assert one.interval.possibly.start_ms <= at_min(5)
    assert one.stages[-1].central.value[0] == 1.0


def test_the_cause_that_is_found_is_the_one_that_is_traced():
    c = planted(
        noisy(1), "api_loadcell_drift", Window(at_min(60), at_min(92), 60.0), (9.0,)
    ).comparison
    diagnosis = diagnosed(c, causes=("api_loadcell_drift",))
    fits = next(fits for model, fits in diagnosis.hypotheses.fits.items() if model)
    assert disturbance_of(package(), fits).place == Place(Entry.BLENDER, "api")
    with ThreadPoolExecutor(1) as executor:
        one, said = traced(package(), c, fits, seed=1, executor=executor, draws=4)
    assert at_min(58) < one.interval.possibly.start_ms < at_min(66)
    assert at_min(92) < one.interval.possibly.end_ms < at_min(106)
    assert len(said) == 1
