"""Remedies of a package: what the shipped line declares, and that reading is strict."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from investigator.domain.errors import UnusableInput
from investigator.domain.remedy import RemedyKind
from investigator.twin.decision_rules import read_decision_rules
from investigator.twin.domain_file import read_domain
from investigator.twin.manifest import read_manifest
from investigator.twin.remedies import REMEDIES, check_reprocessing, read_remedies
from investigator.twin.remedy import NO_REMEDIES, SET_POINTS, Remedy
from investigator.twin.specification import read_specifications

PACKAGE = Path(__file__).parents[2] / "models" / "cdc_line_3"
TEXT = (PACKAGE / REMEDIES).read_text(encoding="utf-8")
MANIFEST = read_manifest(PACKAGE)


def declared(kind: RemedyKind) -> Remedy:
    found = read_remedies(PACKAGE, MANIFEST).declared
    return next(remedy for remedy in found if remedy.kind is kind)


def refused(folder: Path, text: str) -> str:
    (folder / REMEDIES).write_text(text, encoding="utf-8")
    with pytest.raises(UnusableInput) as raised:
        read_remedies(folder, MANIFEST)
    said = str(raised.value)
    assert "\n" not in said
    return said


def changed(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


@pytest.mark.requirement("TWN-154")
def test_the_line_declares_every_kind_once_with_cost_blind_spot_and_check() -> None:
    found = read_remedies(PACKAGE, MANIFEST)
    kinds = [remedy.kind for remedy in found.declared]
    assert set(kinds) == set(RemedyKind) - {RemedyKind.NOTHING}
    assert len(kinds) == len(set(kinds))
    assert found.cost_unit == "kg of good product"
    assert all(remedy.blind_to and remedy.confirm and remedy.origin for remedy in found.declared)


@pytest.mark.requirement("TWN-156")
def test_the_line_registers_no_reprocessing_and_has_no_instrument_to_sort_by_nir() -> None:
    assert not declared(RemedyKind.REPROCESS).registered
    sort = declared(RemedyKind.SORT_BY_NIR)
    assert not sort.registered
    assert sort.reading is not None
    assert sort.reading.instrument == ""


@pytest.mark.requirement("TWN-156")
def test_the_registered_ranges_of_the_line_are_those_of_its_dossier() -> None:
    ranges = {s.name: (s.low, s.high) for s in declared(RemedyKind.SET_POINTS).settings}
    assert tuple(ranges) == SET_POINTS
    assert ranges["blender_speed"] == (198.0, 242.0)
    assert ranges["paddle_speed"] == (30.0, 50.0)
    assert ranges["main_force"][1] == 16.0
    turret = [37.04 * rate / 20.0 for rate in ranges["throughput"]]
    assert 34.1 <= turret[0] < 34.2
    assert 39.9 < turret[1] <= 40.0
    domain = {limit.quantity for limit in read_domain(PACKAGE).limits}
    assert set(ranges) <= domain


@pytest.mark.requirement("TWN-154")
def test_a_cost_adds_what_is_lost_treated_and_moved() -> None:
    cost = declared(RemedyKind.SET_POINTS).cost
    assert cost.of(lost_kg=2.0, treated_kg=5.0) == pytest.approx(3.0 + 2.0)
    moved = cost.of(lost_kg=0.0, treated_kg=0.0, departures=(0.5, -0.5))
    assert moved == pytest.approx(3.0 + 4.0 * 0.5)


@pytest.mark.requirement("TWN-155")
@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("format = 1", "format = 2", "has format 2"),
        ("format = 1", "format = true", "has format True"),
        ('cost_unit = "kg of good product"', 'cost_unit = ""', "needs words"),
        ('cost_unit = "kg of good product"\n', "", "lacks the entry the file.cost_unit"),
        ('kind = "stop earlier"', 'kind = "pray"', "is none of"),
        ('kind = "stop earlier"', 'kind = "do nothing"', "is none of"),
        ('id = "earlier_stop"', 'id = "divert_window"', "remedy divert_window stands twice"),
        ('id = "earlier_stop"', 'id = "do_nothing"', "is not declared"),
        ("registered = true", 'registered = "yes"', "true or false"),
        ("registered = true\n", "", "lacks the entry reject_containers.registered"),
        ("cost = {", "cost = 3 # {", "reject_containers.cost is no table"),
        ("delay_s = [0.0, 300.0]", "delay_s = [300.0, 0.0]", "lesser number first"),
        ("delay_s = [0.0, 300.0]", "delay_s = [0.0]", "needs two numbers"),
        ("delay_s = [0.0, 300.0]", "delay_s = [0.0, inf]", "no finite number"),
        ("delay_s = [0.0, 300.0]", "delay_s = 300.0", "needs a list"),
        ("delay_s = [0.0, 300.0]\n", "", "lacks the entry divert_window.delay_s"),
        ('instrument = "at_line_tester"', 'instrument = "AT-391"', "no equipment"),
        ('instrument = "at_line_tester"\n', "", "without an instrument"),
        ("uncertainty = 0.12", "uncertainty = 0.0", "no reading has an uncertainty of 0"),
        ("uncertainty = 0.12", "uncertainty = -0.12", "no finite number"),
        ("uncertainty = 0.12", "uncertainty = true", "needs a number"),
        ('"oos_weight"', '"oos_colour"', "no reason of the impact"),
        ("high = 16.0", "high = 5.0", "low below high"),
        ('name = "main_gap"', 'name = "main_force"', "each of its settings once"),
        ('name = "main_gap"', 'name = "turret"', "a setting here is one of"),
        ("per_range = 4.0", "per_mile = 4.0", "means nothing here"),
        ("acts_s = [100.0, 240.0]", "lag_s = [100.0, 240.0]", "means nothing here"),
        ("[[remedy]]", "[[remedy]", "cannot be read"),
        ("cost = {", "price = {", "price means nothing here"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    old: str, new: str, says: str, tmp_path: Path
) -> None:
    assert says in refused(tmp_path, changed(old, new))


@pytest.mark.requirement("TWN-155")
def test_no_entry_can_be_left_out(tmp_path: Path) -> None:
    for number, row in enumerate(tomllib.loads(TEXT)["remedy"]):
        for key in set(row) - {"setting"}:
            assert REMEDIES in refused(tmp_path, without(number, key))


def without(number: int, key: str) -> str:
    """The file with one entry of one remedy left out, nested tables kept."""
    head, *rows = TEXT.split("[[remedy]]\n")
    own, *settings = rows[number].split("[[remedy.setting]]\n")
    lines = own.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{key} = ")]
    assert len(kept) == len(lines) - 1, key
    rows[number] = "[[remedy.setting]]\n".join(["".join(kept), *settings])
    return "[[remedy]]\n".join([head, *rows])


@pytest.mark.requirement("TWN-155")
def test_rules_and_remedies_must_agree_on_reprocessing() -> None:
    rules = read_decision_rules(PACKAGE, read_specifications(PACKAGE / "specifications.csv"))
    remedies = read_remedies(PACKAGE, MANIFEST)
    check_reprocessing(PACKAGE, remedies, rules)
    allowing = replace(rules, reprocess_registered="EQD-CDC3-004, 9")
    with pytest.raises(UnusableInput, match="do not agree on whether reprocessing"):
        check_reprocessing(PACKAGE, remedies, allowing)


def test_a_line_without_the_file_declares_nothing(tmp_path: Path) -> None:
    assert read_remedies(tmp_path, MANIFEST) is NO_REMEDIES


def test_the_file_that_ships_is_what_the_tests_change(tmp_path: Path) -> None:
    (tmp_path / REMEDIES).write_text(TEXT, encoding="utf-8")
    plain: Any = read_remedies(tmp_path, MANIFEST)
    assert plain == read_remedies(PACKAGE, MANIFEST)
