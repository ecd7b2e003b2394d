"""Units by ports into one line: what composes, in any order, and what does not, in one sentence."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.process.blender import BlenderParameters
from investigator.process.chute import ChuteParameters
from investigator.process.composing import compose
from investigator.process.composition import COMPONENTS
from investigator.process.declaration import PowderRole
from investigator.process.feed_frame import FeedFrameParameters
from investigator.process.feeder import FeederParameters
from investigator.process.flowsheet import Connection, End, Flowsheet, FlowsheetError, Unit
from investigator.process.library import UNIT_KINDS
from investigator.process.line import LineOutputs
from investigator.process.press import PressParameters
from investigator.process.rate_control import RateControlParameters
from investigator.process.route import Vessel, VesselKind
from investigator.process.sensor_faults import FaultKind
from investigator.process.sensors import NirParameters
from investigator.process.tablet import TabletParameters
from investigator.process.weigh_feeding import FeedingParameters
from investigator.process.weight_control import WeightControlParameters, WeightTrimParameters

KIND_OF = {
    "transfer_chute": VesselKind.CHUTE,
    "feed_frame": VesselKind.FEED_FRAME,
}


def joined(outlet: str, inlet: str) -> Connection:
    return Connection(End(*outlet.split(".")), End(*inlet.split(".")))


def series(between: list[str], before_probe: int = 0) -> Flowsheet:
    """Feeders, a blender, the vessels in between with a probe among them, a chute, a press."""
    kinds = list(between)
    kinds.insert(before_probe, "nir_probe")
    names = [f"vessel_{i}" for i in range(len(kinds))]
    names[before_probe] = "nir"
    way = ["blender", *names, "store", "press"]
    ways = [joined(f"{a}.outlet", f"{b}.inlet") for a, b in pairwise(way)]
    units = [Unit(name, kind) for name, kind in zip(names, kinds, strict=True)]
    for component in COMPONENTS:
        units.append(Unit(f"feeder_{component}", "loss_in_weight_feeder", component))
        port = "side" if component == "mgst" else "feed"
        ways.append(joined(f"feeder_{component}.discharge", f"blender.{port}"))
        ways.append(joined("rate.rate", f"feeder_{component}.rate"))
    units += [
        Unit("blender", "blender_with_side_port"),
        Unit("store", "transfer_chute"),
        Unit("press", "tablet_press"),
        Unit("tablet", "tablet_attributes"),
        Unit("force", "force_sensor"),
        Unit("control", "weight_control"),
        Unit("trim", "weight_trim"),
        Unit("rate", "rate_control"),
        Unit("room", "room"),
    ]
    ways += [
        joined("press.product", "tablet.product"),
        joined("press.main_force", "force.force"),
        joined("force.reading", "control.force"),
        joined("tablet.weight", "trim.weight"),
        joined("trim.force_set_point", "control.set_point"),
        joined("control.fill_depth", "press.fill_depth"),
        joined("press.demand", "rate.demand"),
        joined("store.level", "rate.level"),
        joined("room.humidity", "press.humidity"),
        joined("room.humidity", "nir.humidity"),
    ]
    return Flowsheet(tuple(units), tuple(ways))


LINE = series(["feed_frame"])


def without(flowsheet: Flowsheet, inlet: str) -> Flowsheet:
    kept = tuple(c for c in flowsheet.connections if str(c.inlet) != inlet)
    return replace(flowsheet, connections=kept)


def with_units(flowsheet: Flowsheet, *units: Unit) -> Flowsheet:
    return replace(flowsheet, units=(*flowsheet.units, *units))


def with_ways(flowsheet: Flowsheet, *ways: Connection) -> Flowsheet:
    return replace(flowsheet, connections=(*flowsheet.connections, *ways))


@pytest.mark.requirement("TWN-011")
@given(st.data(), st.lists(st.sampled_from(sorted(KIND_OF)), max_size=8))
def test_any_series_of_vessels_composes(data: st.DataObject, between: list[str]) -> None:
    before_probe = data.draw(st.integers(0, len(between)))
    route = compose(series(between, before_probe)).route
    kinds = [vessel.kind for vessel in route.vessels]
    assert kinds == [
        VesselKind.BLENDER_BEFORE_PORT,
        VesselKind.BLENDER_AFTER_PORT,
        *(KIND_OF[kind] for kind in between),
        VesselKind.CHUTE,
    ]
    assert route.entry == (0, 0, 0, 1)
    assert route.probe == 1 + before_probe
    assert route.vessels[-1] == Vessel("store", VesselKind.CHUTE)


@pytest.mark.requirement("TWN-010")
@given(st.permutations(LINE.units), st.permutations(LINE.connections))
def test_the_order_of_writing_has_no_meaning(
    units: list[Unit], connections: list[Connection]
) -> None:
    assert compose(Flowsheet(tuple(units), tuple(connections))) == compose(LINE)


@pytest.mark.requirement("TWN-010")
def test_everything_declared_has_a_unit_and_bounds() -> None:
    line = compose(LINE)
    for group in (line.states, line.inputs, line.parameters, line.outputs):
        names = [quantity.name for quantity in group]
        assert names == sorted(set(names))
        for quantity in group:
            assert quantity.unit
            assert quantity.low < quantity.high
            assert quantity.meaning
    parameters = {quantity.name for quantity in line.parameters}
    assert all(quantity.count in parameters for quantity in line.states if quantity.count)


@pytest.mark.requirement("TWN-010")
def test_the_library_declares_what_the_simulation_takes_and_gives() -> None:
    outputs = {q.name for kind in UNIT_KINDS.values() for q in kind.outputs}
    assert set(LineOutputs.__dataclass_fields__) <= outputs | {"mcc_fraction", "api_d50_um"}
    for kind in UNIT_KINDS.values():
        inlets = {port.name for port in kind.inlets}
        outlets = {port.name for port in kind.outlets}
        assert all(a in inlets and b in outlets for a, b in kind.through)
        assert kind.source
    parameters = {
        "loss_in_weight_feeder": {*FeederParameters._fields, *FeedingParameters._fields},
        "blender_with_side_port": set(BlenderParameters._fields),
        "transfer_chute": set(ChuteParameters._fields),
        "feed_frame": set(FeedFrameParameters._fields),
        "tablet_press": set(PressParameters._fields),
        "tablet_attributes": set(TabletParameters._fields),
        "nir_probe": set(NirParameters._fields),
        "weight_control": set(WeightControlParameters._fields),
        "weight_trim": set(WeightTrimParameters._fields),
        "rate_control": set(RateControlParameters._fields),
    }
    for name, fields in parameters.items():
        noise = {"factor_scatter", "flow_scatter"} if "feeder" in name else set()
        assert {q.name for q in UNIT_KINDS[name].parameters} == fields | noise
    for sensor in ("nir_probe", "force_sensor"):
        assert {q.name for q in UNIT_KINDS[sensor].inputs} == set(FaultKind)


@pytest.mark.requirement("TWN-013")
def test_a_line_knows_what_its_parameters_lack() -> None:
    line = compose(LINE)
    given_ = {quantity.name: max(quantity.low, 1.0) for quantity in line.parameters}
    assert line.missing(given_) == ()
    assert line.out_of_bounds(given_) == ()
    given_["press.stiffness_kn_mm"] = float("nan")
    given_["blender.active_share"] = 1.5
    del given_["store.full_kg"]
    assert line.missing(given_) == ("store.full_kg",)
    assert [q.name for q, _ in line.out_of_bounds(given_)] == [
        "blender.active_share",
        "press.stiffness_kn_mm",
    ]


@pytest.mark.requirement("TWN-010")
def test_each_tank_has_states_of_its_own() -> None:
    line = compose(LINE)
    values = {quantity.name: 1.0 for quantity in line.parameters}
    more = line.state_count(values | {"store.tanks": 5.0})
    assert more - line.state_count(values) == 4 * 3


@pytest.mark.requirement("TWN-012")
@given(st.sampled_from(LINE.connections))
def test_a_way_that_is_left_out_is_missed(way: Connection) -> None:
    others = tuple(c for c in LINE.connections if c != way)
    several = str(way.inlet) == "blender.feed"
    with pytest.raises(FlowsheetError) as caught:
        compose(Flowsheet(LINE.units, others))
    assert caught.value.where == str(way.outlet if several else way.inlet)
    assert ("nowhere" if several else "nothing is joined") in caught.value.wrong


@pytest.mark.requirement("TWN-012")
@given(st.sampled_from(LINE.connections), st.sampled_from(LINE.connections))
def test_a_way_too_many_is_refused(one: Connection, other: Connection) -> None:
    way = Connection(one.outlet, other.inlet)
    with pytest.raises(FlowsheetError) as caught:
        compose(with_ways(LINE, way))
    assert caught.value.where in {str(way.outlet), str(way.inlet)}


@pytest.mark.requirement("TWN-012")
@pytest.mark.parametrize(
    ("flowsheet", "said"),
    [
        (with_units(LINE, Unit("mill", "hammer_mill")), "mill is of the unknown kind hammer_mill"),
        (with_units(LINE, Unit("store", "transfer_chute")), "store stands twice"),
        (
            with_ways(LINE, joined("hopper.outlet", "press.inlet")),
            "hopper.outlet names a unit that the flowsheet does not have",
        ),
        (
            with_ways(LINE, joined("store.bottom", "press.inlet")),
            "store.bottom is no outlet of a transfer_chute (outlets: outlet, level)",
        ),
        (
            with_ways(LINE, joined("room.humidity", "room.window")),
            "room.window is no inlet of a room (inlets: none)",
        ),
        (
            with_ways(LINE, joined("store.level", "press.inlet")),
            "store.level gives signal, but press.inlet takes powder",
        ),
        (
            with_ways(LINE, joined("press.main_force", "press.fill_depth")),
            "press.main_force is in kN, but press.fill_depth takes mm",
        ),
        (
            with_ways(LINE, joined("room.humidity", "press.humidity")),
            "press.humidity is connected 2 times and takes one",
        ),
        (without(LINE, "rate.level"), "rate.level is an inlet that nothing is joined to"),
        (
            replace(
                LINE,
                units=tuple(
                    replace(u, component="starch") if u.component == "mcc" else u
                    for u in LINE.units
                ),
            ),
            "feeder_mcc feeds no component of the blend (api, mcc, lactose, mgst)",
        ),
        (
            replace(
                LINE,
                units=tuple(
                    replace(u, component="api") if u.component == "mcc" else u for u in LINE.units
                ),
            ),
            "feeder_mcc feeds api, as feeder_api",
        ),
        (
            with_ways(
                with_units(LINE, Unit("a", "transfer_chute"), Unit("b", "transfer_chute")),
                joined("a.outlet", "b.inlet"),
                joined("b.outlet", "a.inlet"),
            ),
            "a lies on no way from a feeder to the press",
        ),
        (
            with_ways(
                without(without(LINE, "press.inlet"), "vessel_1.inlet"),
                joined("nir.outlet", "press.inlet"),
                joined("store.outlet", "vessel_1.inlet"),
            ),
            "store lies on no way from a feeder to the press",
        ),
    ],
)
def test_what_is_no_line_is_one_sentence(flowsheet: Flowsheet, said: str) -> None:
    with pytest.raises(FlowsheetError) as caught:
        compose(flowsheet)
    assert str(caught.value).startswith(said)


@pytest.mark.requirement("TWN-012")
def test_powder_that_ends_before_a_press_is_told() -> None:
    line = without(LINE, "vessel_1.inlet")
    line = replace(line, units=tuple(u for u in line.units if u.name != "vessel_1"))
    ways = [
        c
        for c in line.connections
        if "vessel_1" not in str(c) and str(c.outlet) != "feeder_lactose.discharge"
    ]
    line = with_ways(
        with_units(replace(line, connections=tuple(ways)), Unit("bin", "tablet_attributes")),
        joined("nir.outlet", "bin.product"),
        joined("feeder_lactose.discharge", "store.inlet"),
    )
    with pytest.raises(FlowsheetError, match="bin ends the way from feeder_api before a press"):
        compose(line)


@pytest.mark.requirement("TWN-012")
def test_feeders_whose_ways_lie_apart_are_told() -> None:
    ways = [c for c in LINE.connections if str(c.outlet) not in {"feeder_mcc.discharge"}]
    line = with_ways(
        with_units(
            replace(LINE, connections=tuple(c for c in ways if str(c.outlet) != "blender.outlet")),
            Unit("before", "transfer_chute"),
            Unit("second", "blender_with_side_port"),
            Unit("aside", "transfer_chute"),
        ),
        joined("feeder_mcc.discharge", "before.inlet"),
        joined("before.outlet", "second.feed"),
        joined("blender.outlet", "aside.inlet"),
        joined("aside.outlet", "second.side"),
        joined("second.outlet", str(first_inlet())),
    )
    with pytest.raises(FlowsheetError, match="feeder_mcc feeds a way apart from"):
        compose(line)


def first_inlet() -> End:
    return next(c.inlet for c in LINE.connections if str(c.outlet) == "blender.outlet")


@pytest.mark.requirement("TWN-012")
def test_a_loop_without_content_or_integral_is_named() -> None:
    ring = with_ways(
        with_units(LINE, Unit("nir_2", "nir_probe"), Unit("nir_3", "nir_probe")),
        joined("nir_2.outlet", "nir_3.inlet"),
        joined("nir_3.outlet", "nir_2.inlet"),
        joined("room.humidity", "nir_2.humidity"),
        joined("room.humidity", "nir_3.humidity"),
    )
    with pytest.raises(FlowsheetError) as caught:
        compose(ring)
    assert set(caught.value.where.split(" -> ")) == {"nir_2", "nir_3"}
    assert caught.value.wrong == (
        "is an algebraic loop: nothing in it holds a content or an integral"
    )


@pytest.mark.requirement("TWN-012")
def test_a_controller_without_memory_around_the_press_is_an_algebraic_loop() -> None:
    direct = replace(
        UNIT_KINDS["weight_control"],
        states=(),
        through=(("force", "fill_depth"), ("set_point", "fill_depth")),
    )
    with pytest.raises(FlowsheetError, match="is an algebraic loop") as caught:
        compose(LINE, {**UNIT_KINDS, "weight_control": direct})
    assert {"control", "press", "force"} <= set(caught.value.where.split(" -> "))


@pytest.mark.requirement("TWN-012")
def test_a_line_has_one_press_and_one_probe() -> None:
    gauge = replace(UNIT_KINDS["force_sensor"], name="second", role=PowderRole.PRESS)
    line = with_ways(
        with_units(LINE, Unit("second", "second")), joined("press.main_force", "second.force")
    )
    with pytest.raises(FlowsheetError, match="2 units of the kind tablet press"):
        compose(line, {**UNIT_KINDS, "second": gauge})


@pytest.mark.requirement("TWN-024")
def test_the_page_tells_of_every_kind_and_port(checkout: Path) -> None:
    page = (checkout / "docs" / "flowsheet.md").read_text(encoding="utf-8")
    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    assert set(rows) == set(UNIT_KINDS)
    for name, kind in UNIT_KINDS.items():
        for port in (*kind.inlets, *kind.outlets):
            assert port.name in rows[name]
