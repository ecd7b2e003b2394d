"""Checks of a package: what the shipped line declares, and that reading is strict."""

import re
from pathlib import Path

import pytest

from investigator.domain.errors import UnusableInput
from investigator.twin.checks import CHECKS, QUANTITIES, CheckKind, read_checks
from investigator.twin.failure_mode_file import read_failure_modes
from investigator.twin.package import load_package
from investigator.twin.skeleton import write_skeleton

PACKAGE = Path(__file__).parents[2] / "models" / "cdc_line_3"
TEXT = (PACKAGE / CHECKS).read_text(encoding="utf-8")
CAUSES = tuple(m.cause for m in read_failure_modes(PACKAGE / "failure_modes.toml"))
SHIPPED = read_checks(PACKAGE, CAUSES)
SENSITIVITY_FROM = next(re.finditer(r'origin = "[^"]*"(?= })', TEXT)).group()


def refused(folder: Path, text: str) -> str:
    (folder / CHECKS).write_text(text, encoding="utf-8")
    with pytest.raises(UnusableInput) as raised:
        read_checks(folder, CAUSES)
    said = str(raised.value)
    assert "\n" not in said
    assert CHECKS in said
    return said


@pytest.mark.requirement("TWN-160")
def test_every_failure_mode_of_the_line_has_a_check_that_would_confirm_it() -> None:
    confirmed = {k for check in SHIPPED for k, p in check.fails_with.items() if p >= 0.5}
    assert confirmed == set(CAUSES)


@pytest.mark.requirement("TWN-160")
def test_every_check_says_what_it_reads_what_it_takes_and_where_its_numbers_are_from() -> None:
    for check in SHIPPED:
        assert check.title and check.reads and check.effort and check.origin
        assert check.effort_h > 0.0
        assert "judgement" in check.origin or ".csv" in check.origin
    assert {check.kind for check in SHIPPED} == set(CheckKind)


def test_a_sharper_inspection_fails_more_with_its_cause_than_without() -> None:
    for check in SHIPPED:
        assert all(p >= 1.5 * check.false_alarm for p in check.fails_with.values()), check.check_id


@pytest.mark.parametrize("repeated", ["line_stop_record", "hopper_weight_record"])
def test_a_record_of_what_the_signals_show_anyway_says_little_anew(repeated: str) -> None:
    (check,) = (c for c in SHIPPED if c.check_id == repeated)
    assert all(p <= 4.0 * check.false_alarm for p in check.fails_with.values())


def test_every_quantity_that_the_twin_predicts_can_be_measured() -> None:
    measured = [c for c in SHIPPED if c.kind is CheckKind.MEASUREMENT]
    assert {c.quantity for c in measured} == set(QUANTITIES)
    assert {c.quantity for c in measured if c.of_lot} == {"lot_api_d50", "lot_mcc_lod"}
    assert all(c.of_lot != c.of_container for c in measured)


def test_a_package_without_the_file_has_no_checks(tmp_path: Path) -> None:
    assert read_checks(tmp_path, CAUSES) == ()


@pytest.mark.requirement("TWN-162")
def test_a_new_check_needs_no_program(tmp_path: Path) -> None:
    own = (
        '\n[[check]]\nid = "smell"\nkind = "inspection"\ntitle = "Smell it"\nreads = "air"\n'
        'effort_h = 0.1\neffort = "a nose"\nfalse_alarm = 0.3\norigin = "a judgement"\n'
        'fails_with = [{ cause = "humidity_excursion", sensitivity = 0.4, origin = "a judgement" }]'
    )
    (tmp_path / CHECKS).write_text(TEXT + own, encoding="utf-8")
    *before, last = read_checks(tmp_path, CAUSES)
    assert tuple(before) == SHIPPED
    assert last.fails_with == {"humidity_excursion": 0.4}


@pytest.mark.requirement("TWN-161")
@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("format = 1", "format = 2", "format 2"),
        ("format = 1", "format = true", "format True"),
        ("format = 1", "format = 1\ncost = 3", "cost"),
        ('kind = "inspection"', 'kind = "guess"', "guess"),
        ('kind = "inspection"', 'kind = "inspection"\nunit = "N"', "unit"),
        (
            'id = "api_catch_test"',
            'id = "load_cell_check_weight"',
            "weight stands twice",
        ),
        ('cause = "api_loadcell_drift"', 'cause = "gremlins"', "gremlins"),
        (
            'cause = "api_refill_surge"',
            'cause = "api_loadcell_drift"',
            "drift stands twice",
        ),
        ("sensitivity = 0.92", "sensitivity = 1.0", "below 1"),
        ("sensitivity = 0.92", "sensitivity = 0.0", "above 0"),
        ("sensitivity = 0.92", 'sensitivity = "often"', "sensitivity"),
        ('0.92, origin = "', '0.92, why = "', "fails_with 1: why means nothing here"),
        (SENSITIVITY_FROM, 'origin = " "', "fails_with 1: origin needs words"),
        ("false_alarm = 0.02", "false_alarm = 1.5", "below 1"),
        ("false_alarm = 0.02\n", "", "false_alarm"),
        ("effort_h = 1.0", "effort_h = -1.0", "effort_h"),
        ("effort_h = 1.0", "effort_h = inf", "effort_h"),
        ('quantity = "assay"', 'quantity = "taste"', "taste"),
        ('unit = "% LC"', 'unit = "mg"', "mg"),
        ("uncertainty = 0.41", "uncertainty = 0.0", "uncertainty"),
        ("unlisted_sd = 2.0", "unlisted_sd = nan", "unlisted_sd"),
        ("unlisted_share = 0.2", "unlisted_share = 1.0", "unlisted_share"),
        ('title = "Check weights on', 'title = ""\n# "', "title"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(
    tmp_path: Path, old: str, new: str, named: str
) -> None:
    assert old in TEXT
    assert named in refused(tmp_path, TEXT.replace(old, new, 1))


@pytest.mark.requirement("TWN-161")
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("not toml", "cannot be read"),
        ("format = 1\ncheck = 3\n", "check needs a list, not 3"),
        ("format = 1\n", "lacks the entry the file.check"),
        ("format = 1\ncheck = [1]\n", "check 1 is no table"),
        (f"{TEXT[: TEXT.index('fails_with')]}fails_with = [3]\n", "fails_with 1 is no table"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str, named: str) -> None:
    assert named in refused(tmp_path, text)


def test_an_inspection_that_fails_with_nothing_is_refused(tmp_path: Path) -> None:
    head = TEXT[: TEXT.index("fails_with")] + "fails_with = []\n"
    assert "tell nothing" in refused(tmp_path, head)


@pytest.mark.requirement("TWN-163")
def test_a_new_twin_begins_with_checks_whose_numbers_are_open(tmp_path: Path) -> None:
    begun = tmp_path / "line_7"
    begun.mkdir()
    write_skeleton(begun, "line_7", load_package(PACKAGE))
    checks = load_package(begun).checks
    assert [c.check_id for c in checks] == [c.check_id for c in SHIPPED]
    assert all(c.origin.startswith("to be determined for this line") for c in checks)
