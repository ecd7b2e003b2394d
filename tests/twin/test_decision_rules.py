"""The rules of disposition of a line are read strictly, and a fault is told in one sentence."""

import re
from pathlib import Path

import pytest
from scipy.stats import norm
from support.validated_twins import copied

from investigator.domain.errors import UnusableInput
from investigator.twin.decision_rules import (
    DECISION_RULES,
    DecisionRules,
    read_decision_rules,
    rules_in_words,
)
from investigator.twin.digests import seal
from investigator.twin.package import load_package
from investigator.twin.skeleton import write_skeleton
from investigator.twin.specification import read_specifications

MODELS = Path(__file__).resolve().parents[2] / "models"
SHIPPED = MODELS / "cdc_line_3"
TEXT = (SHIPPED / DECISION_RULES).read_text(encoding="utf-8")
LIMITS = read_specifications(SHIPPED / "specifications.csv")


def read(text: str, folder: Path) -> DecisionRules:
    (folder / DECISION_RULES).write_text(text, encoding="utf-8")
    return read_decision_rules(folder, LIMITS)


@pytest.mark.requirement("TWN-150")
def test_the_package_knows_the_rules_of_its_line() -> None:
    rules = load_package(SHIPPED).decision_rules
    assert (rules.least_kg, rules.held_above) == (0.02, 0.15)
    assert rules.attributes["assay"].guard_factor == pytest.approx(norm.ppf(0.95))
    assert rules.sort_by == {"oos_individual_station": "weight or thickness"}
    assert rules.reprocess_registered == ""
    assert set(rules.attributes) <= {row.attribute for row in LIMITS}


@pytest.mark.requirement("IMP-078")
def test_a_limit_of_reporting_rejects_nothing() -> None:
    """The dossier makes such material affected; what rejects is the specification."""
    rules, reporting = load_package(SHIPPED).decision_rules, {"api_fraction", "mgst_fraction"}
    never = {name for name, rule in rules.attributes.items() if rule.reject_below == 0.0}
    assert never == reporting


@pytest.mark.requirement("TWN-150")
def test_a_guard_factor_may_be_given_instead_of_a_risk(tmp_path: Path) -> None:
    rules = read(TEXT.replace("consumer_risk = 0.05", "guard_factor = 2.0", 1), tmp_path)
    assert rules.attributes["assay"].guard_factor == 2.0
    assert rules.attributes["weight"].guard_factor == pytest.approx(1.6448536)


FAULTS = {
    "an unknown entry": ("version =", "wersion =", r"the file: wersion means nothing here"),
    "an unknown entry of an attribute": (
        'release_from = 0.95\nreject_below = 0.5\norigin = "USP',
        'least = 0.95\nreject_below = 0.5\norigin = "USP',
        r"attribute\.cu_av: least means nothing here",
    ),
    "a missing entry": ("share = 0.05\n", "", r"lacks the entry sampling\.share"),
    "a risk above 1": ("consumer_risk = 0.05", "consumer_risk = 1.2", r"above 0 and below 1"),
    "a risk of 0": ("consumer_risk = 0.05", "consumer_risk = 0", r"above 0 and below 1"),
    "a risk above one half": ("consumer_risk = 0.05", "consumer_risk = 0.7", r"between 0 and 0\.5"),
    "a risk that is text": (
        "consumer_risk = 0.05",
        'consumer_risk = "low"',
        r"needs a number, not 'low'",
    ),
    "a risk that is nan": ("consumer_risk = 0.05", "consumer_risk = nan", r"no finite number"),
    "a risk and a guard factor": (
        "consumer_risk = 0.05",
        "consumer_risk = 0.05\nguard_factor = 2",
        r"attribute\.assay: needs either consumer_risk or guard_factor",
    ),
    "neither": ("consumer_risk = 0.05\n", "", r"either consumer_risk or guard_factor"),
    "a guard that accepts what is outside": (
        "consumer_risk = 0.05",
        "guard_factor = -1",
        r"no finite number of 0 or more",
    ),
    "release less likely than not": (
        "release_from = 0.95",
        "release_from = 0.3",
        r"between 0\.5 and 1",
    ),
    "rejection of what is likely good": (
        "reject_below = 0.5",
        "reject_below = 0.6",
        r"between 0 and 0\.5",
    ),
    "a rule for an attribute that there is not": (
        "[attribute.water]",
        "[attribute.colour]",
        r"rule for colour, which has no limit",
    ),
    "no rule for an attribute with limits": (
        TEXT[TEXT.index("[attribute.water]") : TEXT.index("[attribute.api_fraction]")],
        "",
        r"no rule for water, which has limits",
    ),
    "sorting for a reason that there is not": (
        "oos_individual_station",
        "oos_colour",
        r"disposition\.sort: oos_colour means nothing here",
    ),
    "half a tablet": ("units_per_place = 3", "units_per_place = 2.5", r"whole number from 1"),
    "nothing is ever held": ("held_above = 0.15", "held_above = 1.0", r"between 0 and 0\.5"),
    "a mass of nothing": ("least_kg = 0.02", "least_kg = 0.0", r"must be above 0"),
    "a newer format": ("format = 1", "format = 2", r"format 2, this version reads"),
    "no format": ("format = 1\n", "", r"format None, this version reads"),
    "no origin": (
        'origin = "USP <905>; least probability as for the means"',
        "",
        r"lacks the entry attribute\.cu_av\.origin",
    ),
    "a version that is a number": ('version = "2"', "version = 2", r"version needs words, not 2"),
    "no TOML": ("[affected]", "[affected", r"cannot be read"),
    "a table that is none": (
        "[attribute.assay]",
        "[[attribute.assay]]",
        r"attribute: assay is no table",
    ),
}


@pytest.mark.requirement("TWN-151")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_in_one_sentence(fault: str, tmp_path: Path) -> None:
    old, new, said = FAULTS[fault]
    assert old in TEXT
    with pytest.raises(UnusableInput) as told:
        read(TEXT.replace(old, new, 1), tmp_path)
    assert re.search(said, str(told.value))
    assert DECISION_RULES in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.requirement("TWN-151")
def test_a_package_without_rules_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / DECISION_RULES).unlink()
    seal(folder)
    with pytest.raises(UnusableInput, match="is missing, so nothing can be proposed"):
        load_package(folder)


@pytest.mark.requirement("TWN-152")
def test_a_new_twin_begins_with_rules_whose_origin_is_open(tmp_path: Path) -> None:
    begun = tmp_path / "line_7"
    begun.mkdir()
    write_skeleton(begun, "line_7", load_package(SHIPPED))
    rules = load_package(begun).decision_rules
    assert rules.attributes.keys() == load_package(SHIPPED).decision_rules.attributes.keys()
    assert all(r.origin.startswith("to be determined") for r in rules.attributes.values())


@pytest.mark.requirement("TWN-153")
def test_the_rules_are_told_in_a_sentence() -> None:
    said = rules_in_words(load_package(SHIPPED).decision_rules)
    assert said.startswith("version 2: affected from 20 g with a chance above 15 %")
    assert "reprocessing: none registered" in said
