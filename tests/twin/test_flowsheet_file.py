"""The flowsheet of a package: what is read, and one sentence for what is no line."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from investigator.domain.errors import UnusableInput
from investigator.process.closed_loops import LoopParameters
from investigator.process.line import LineParameters
from investigator.process.route import Route, Vessel, VesselKind
from investigator.twin.flowsheet_file import FLOWSHEET, check_parameters, read_flowsheet
from investigator.twin.package import load_package, package_parameters
from investigator.twin.parameters import Parameters, parameters_toml, read_parameters

PACKAGE = Path(__file__).parents[2] / "models" / "cdc_line_3"
TEXT = (PACKAGE / FLOWSHEET).read_text(encoding="utf-8")


@pytest.mark.requirement("TWN-010", "TWN-011")
def test_the_line_is_what_its_flowsheet_says() -> None:
    line = load_package(PACKAGE).flowsheet
    assert line.route == Route(
        vessels=(
            Vessel("blender", VesselKind.BLENDER_BEFORE_PORT),
            Vessel("blender", VesselKind.BLENDER_AFTER_PORT),
            Vessel("chute", VesselKind.CHUTE),
            Vessel("feed_frame", VesselKind.FEED_FRAME),
        ),
        entry=(0, 0, 0, 1),
        probe=1,
    )


@pytest.mark.requirement("TWN-013")
def test_everything_that_the_simulation_reads_is_declared() -> None:
    declared = {quantity.name for quantity in load_package(PACKAGE).flowsheet.parameters}
    read: set[str] = set()

    class Watched(dict[str, float]):
        def __getitem__(self, name: str) -> float:
            read.add(name)
            return super().__getitem__(name)

    values = Watched(package_parameters(PACKAGE).values_by_name())
    LineParameters.of(values)
    LoopParameters.of(values)
    assert len(read) > 100
    assert read <= declared


@pytest.mark.requirement("TWN-012")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("format = 1", "format = 2", "has format 2, this version reads formats up to 1"),
        ("[units]", "[units", "is no readable TOML"),
        ("[units]", "[machines]", "lists no units"),
        ("[connections]", "[pipes]", "lists no connections"),
        ('room = { kind = "room" }', 'room = "room"', "room has no kind"),
        (
            'room = { kind = "room" }',
            'room = { kind = "room", windows = 2 }',
            "room has the unknown entry windows",
        ),
        ('room = { kind = "room" }', '"a.room" = { kind = "room" }', "'a.room' is no name of"),
        ('"room.humidity" = [', '"room" = [', "'room' names no port"),
        ('["blender.side"]', '"blender.side"', "feeder_mgst.discharge is joined to no list"),
        (
            '"nir.outlet" = ["chute.inlet"]\n',
            "",
            "chute.inlet is an inlet that nothing is joined to",
        ),
        (
            '"chute.level" = ["rate_control.level"]',
            '"chute.level" = ["rate_control.level", "rate_control.demand"]',
            "chute.level is in %, but rate_control.demand takes kg/h",
        ),
        (
            '"nir.outlet" = ["chute.inlet"]',
            '"nir.outlet" = ["nir.inlet"]',
            "nir.inlet is connected 2 times and takes one",
        ),
        (
            '"blender.outlet" = ["nir.inlet"]\n"nir.outlet" = ["chute.inlet"]',
            '"blender.outlet" = ["chute.inlet"]\n"nir.outlet" = ["nir.inlet"]',
            "nir -> nir is an algebraic loop",
        ),
        (
            '"chute.outlet" = ["feed_frame.inlet"]\n"feed_frame.outlet" = ["press.inlet"]',
            '"chute.outlet" = ["press.inlet"]\n"feed_frame.outlet" = ["feed_frame.inlet"]',
            "feed_frame lies on no way from a feeder to the press",
        ),
        (
            '"nir.outlet" = ["chute.inlet"]',
            '"nir.outlet" = ["hopper.inlet"]\n"hopper.outlet" = ["chute.inlet"]',
            "the line has 2 units of kind transfer_chute (chute, hopper); the simulation takes 1",
        ),
        (
            "tablet.",
            "core.",
            "core is the tablet_attributes, whose parameters are read as those of tablet",
        ),
    ],
)
def test_a_flowsheet_that_is_no_line_is_one_sentence(old: str, new: str, said: str) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new)
    if "hopper" in new:
        text = text.replace("[units]", '[units]\nhopper = { kind = "transfer_chute" }')
    if "core" in new:
        text = text.replace("tablet = {", "core = {")
    with pytest.raises(UnusableInput) as caught:
        read_flowsheet(FLOWSHEET, text)
    sentence = str(caught.value)
    assert sentence.startswith(f"flowsheet.toml: {said}")
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.requirement("TWN-012")
def test_a_package_without_flowsheet_is_one_sentence(tmp_path: Path) -> None:
    from investigator.twin.flowsheet_file import package_flowsheet

    with pytest.raises(UnusableInput, match=r"flowsheet\.toml: cannot be read"):
        package_flowsheet(tmp_path)


def changed(old: str, new: str) -> Parameters:
    text = parameters_toml(package_parameters(PACKAGE))
    assert old in text
    return read_parameters("parameters.toml", text.replace(old, new, 1))


@pytest.mark.requirement("TWN-013")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '["chute.tanks"]',
            '["chute.baffles"]',
            "twin: chute.tanks has no value in the package; add the parameter.",
        ),
        (
            '["press.stations"]\nvalue = 36.0',
            '["press.stations"]\nvalue = 0.0',
            "twin: press.stations = 0 - lies outside what it can be, 1 to 200; correct the value.",
        ),
        (
            '["press.die_diameter_mm"]\nvalue = 9.0\nsd = 0.0\nunit = "mm"',
            '["press.die_diameter_mm"]\nvalue = 0.9\nsd = 0.0\nunit = "cm"',
            "twin: press.die_diameter_mm is given in cm, not in mm; convert the value or correct",
        ),
    ],
)
def test_parameters_that_do_not_fit_the_line_are_one_sentence(
    old: str, new: str, said: str
) -> None:
    with pytest.raises(UnusableInput) as caught:
        check_parameters("twin", read_flowsheet(FLOWSHEET, TEXT), changed(old, new))
    assert str(caught.value).startswith(said)


@pytest.mark.requirement("TWN-012")
@settings(max_examples=150)
@given(
    start=st.integers(0, len(TEXT)),
    length=st.integers(0, 40),
    instead=st.text('abz.="[]{}, \n#019-', max_size=12),
)
def test_a_text_that_was_damaged_is_a_line_or_one_sentence(
    start: int, length: int, instead: str
) -> None:
    text = TEXT[:start] + instead + TEXT[start + length :]
    try:
        line = read_flowsheet(FLOWSHEET, text)
    except UnusableInput as error:
        assert str(error).startswith("flowsheet.toml: ")
    else:
        assert line.route.vessels
