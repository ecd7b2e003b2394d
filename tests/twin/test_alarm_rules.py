"""The alarms of a line as data: the shipped ones against the site's journal, and unusable files."""

import csv
import tomllib

import pytest
from support.line_run import SHIPPED, package

from investigator.domain.errors import UnusableInput
from investigator.twin.alarm_rules import ALARMS, NO_RULES, Side, read_alarm_rules

ONE = """
format = 1
tags_begin = "T"
[learned]
batches = 10
hours = 80.0
source = "ten batches"
[[alarm]]
tag = "T"
message = "T LOW"
channel = "nir_api"
side = "low"
limit = 18.0
mean_s = 30.0
delay_s = 60.0
nuisance = 3
origin = "list of limits"
[[action]]
words = ["NIR", "wiped"]
speaks_of = ["nir_fouling"]
chance = 0.2
usual = 1
origin = "judgement"
"""
HISTORY = "history/*/alarms.csv"


def read(tmp_path, text: str):
    (tmp_path / ALARMS).write_text(text, encoding="utf-8")
    return read_alarm_rules(tmp_path, ("nir_fouling",))


@pytest.mark.requirement("TWN-165")
def test_a_rule_is_read_with_how_often_it_comes_when_nothing_is_wrong(tmp_path):
    rules = read(tmp_path, ONE)
    (alarm,), (action,) = rules.alarms, rules.actions
    assert (alarm.side, alarm.limit, alarm.channel) == (Side.LOW, 18.0, "nir_api")
    assert rules.nuisance_per_h(alarm) == pytest.approx(3.5 / 80.0)
    assert rules.usual_chance(action) == pytest.approx(1.0 - 2.718281828459045 ** (-1.5 / 10.0))
    assert action.matches("nir window WIPED with alcohol")
    assert not action.matches("NIR window seen")


def test_a_package_without_the_file_expects_no_alarm(tmp_path):
    assert read_alarm_rules(tmp_path, ()) is NO_RULES


@pytest.mark.requirement("TWN-165")
@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("format = 1", "format = 2", "has format 2"),
        ('tags_begin = "T"', "", "lacks the entry the file.tags_begin"),
        ('channel = "nir_api"', 'channel = "sand"', "alarm 1: channel sand is no series channel"),
        ('channel = "nir_api"', 'channel = "lab_assay"', "channel lab_assay is no series channel"),
        ('side = "low"', 'side = "left"', "alarm 1: side left is none of low, high"),
        ("limit = 18.0", 'limit = "much"', "alarm 1: limit needs a number"),
        ("limit = 18.0", "limit = inf", "alarm 1: limit inf is no finite number"),
        ("mean_s = 30.0", f"mean_s = {10**400}", "alarm 1: mean_s inf is no finite number"),
        ("limit = 18.0", "", "lacks the entry alarm 1.limit"),
        ("mean_s = 30.0", "mean_s = 0", "alarm 1: mean_s must be above 0"),
        ("nuisance = 3", "nuisance = 2.5", "alarm 1: nuisance must be a whole number"),
        ("hours = 80.0", "hours = 0.0", "learned: hours must be above 0"),
        ("batches = 10", "batches = 0", "learned: batches must be above 0"),
        ('["nir_fouling"]', '["fog"]', "action 1: speaks_of names fog, which is no failure mode"),
        ("chance = 0.2", "chance = 1.0", "action 1: chance 1 must lie above 0 and below 1"),
        ('["NIR", "wiped"]', "[]", "action 1: words is empty"),
        ("usual = 1", "usual = 1\nkind = 2", "action 1: kind means nothing here"),
        ("[learned]", "[lerned]", "lerned means nothing here"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_entry(tmp_path, right, wrong, told):
    assert right in ONE
    with pytest.raises(UnusableInput) as refused:
        read(tmp_path, ONE.replace(right, wrong))
    assert f"{tmp_path.name}/{ALARMS}: " in str(refused.value)
    assert told in str(refused.value)


def test_an_alarm_that_stands_twice_is_refused(tmp_path):
    alarm = ONE[ONE.index("[[alarm]]") : ONE.index("[[action]]")]
    with pytest.raises(UnusableInput, match=r"alarm T LOW \(T, low\) stands twice"):
        read(tmp_path, ONE + alarm)


@pytest.mark.parametrize("text", ["[[", "alarm = 3", "format = 1\nalarm = 3", "format = true"])
def test_what_is_no_list_of_alarms_is_refused(tmp_path, text):
    with pytest.raises(UnusableInput, match=ALARMS):
        read(tmp_path, text)


def test_the_shipped_actions_speak_of_causes_of_the_twin():
    causes = {m.cause for m in package().failure_modes}
    rules = package().alarm_rules
    assert rules.alarms and rules.actions
    assert all(set(action.speaks_of) <= causes for action in rules.actions)


@pytest.mark.data
@pytest.mark.requirement("TWN-166")
def test_the_shipped_rates_are_those_of_the_normal_batches(plant_data):
    came: dict[tuple[str, str], int] = {}
    journals = sorted(plant_data.glob(HISTORY))
    for journal in journals:
        with journal.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["Event"] == "ALM":
                    key = (row["Tag"], row["Message"])
                    came[key] = came.get(key, 0) + 1
    rules = package().alarm_rules
    assert rules.batches == len(journals)
    by_alarm: dict[tuple[str, str], int] = {}
    for alarm in rules.alarms:
        key = (alarm.tag, alarm.message)
        by_alarm[key] = by_alarm.get(key, 0) + alarm.nuisance
    assert by_alarm == {key: came.get(key, 0) for key in by_alarm}
    texts = [p.read_text(encoding="utf-8") for p in plant_data.glob("history/*/batch_record.xml")]
    for action in rules.actions:
        assert sum(text.count(action.words[-1]) > 0 for text in texts) >= action.usual


@pytest.mark.data
def test_the_shipped_tags_are_those_of_the_line(plant_data):
    with (plant_data / "tags.csv").open(encoding="utf-8", newline="") as file:
        known = {row["tag"] for row in csv.DictReader(file)}
    rules = package().alarm_rules
    assert {alarm.tag for alarm in rules.alarms} <= known
    assert all(tag.startswith(rules.tags_begin) for tag in known)
    document = tomllib.loads((SHIPPED / ALARMS).read_text(encoding="utf-8"))
    assert len(document["alarm"]) == len(package().alarm_rules.alarms)
