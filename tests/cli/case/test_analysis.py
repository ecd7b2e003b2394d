"""Hypotheses, verdicts and decisions from the console; the analyses are asked for in order."""

from collections.abc import Callable
from typing import Any

import pytest
from support.console import Console
from support.investigations import CASE, CAUSES, DRUMS

from investigator.casework.ranking_document import ESTIMATES
from investigator.cli.case import analysis as commands

ConsoleAt = Callable[[str], Console]
LEAD, OTHER = CAUSES
OWN = ("--title", "Wrong lot", "--category", "material", "--description", "Lots were mixed up.")


def shown(console: Console) -> Any:
    return console.by("aud", "case", "show", CASE, "--json").json


@pytest.mark.requirement("CLI-006")
def test_a_twin_that_is_no_approved_one_needs_a_reason(console_at: ConsoleAt) -> None:
    console = console_at("findings")
    assert "needs a reason" in console.refused("ann", "case", "twin", CASE)
    assert "there is no such twin" in console.refused("ann", "case", "twin", CASE, "--twin", "x")
    assert "twin chosen" in console.done("ann", "case", "twin", CASE, "--why", "not approved here")
    assert shown(console)["twin"].endswith(", for information only")


@pytest.mark.requirement("CLI-006")
def test_failure_modes_and_own_hypotheses_are_raised(console_at: ConsoleAt) -> None:
    console = console_at("twin")
    said = console.done("ann", "case", "raise", CASE, "--failure-modes")
    assert "hypothesis raised, 22 times." in said
    assert "are raised already" in console.refused("ann", "case", "raise", CASE, "--failure-modes")
    console.done("ann", "case", "raise", CASE, "wrong_lot", *OWN)
    found = {row["cause"]: row for row in shown(console)["hypotheses"]}
    assert len(found) == 23
    assert [cause for cause, row in found.items() if row["laboratory"]] == ["lab_analytical_error"]
    assert found["wrong_lot"] == {
        "cause": "wrong_lot",
        "title": "Wrong lot",
        "raised": True,
        "laboratory": False,
        "probability": None,
        **dict.fromkeys(ESTIMATES),
        "time_shape": None,
        "time_constant_s": None,
        "verdict": None,
        "strength": None,
        "standing": None,
        "state": "possible",
        "rationale": None,
    }


@pytest.mark.requirement("CLI-006")
def test_a_verdict_on_one_refutes_the_others_that_wait(console_at: ConsoleAt) -> None:
    console = console_at("replay")
    for cause in (LEAD, OTHER, "third"):
        console.done("ann", "case", "raise", CASE, cause, *OWN)
    said = console.refused("ann", "case", "verdict", CASE, LEAD, "supported", "--why", "fits")
    assert "There is no ranking yet" in said
    console = console_at("ranking")
    console.done("ann", "case", "raise", CASE, "third", *OWN)
    console.done("ann", "case", "raise", CASE, "fourth", *OWN)
    command = ("case", "verdict", CASE, "third", "not-determined", "--others-refuted")
    assert "needs a reason" in console.refused("ann", *command)
    said = console.done("ann", *command, "--why", "too little is known")
    assert "verdict given, 2 times." in said
    verdicts = {row["cause"]: row["verdict"] for row in shown(console)["hypotheses"]}
    assert verdicts == {
        LEAD: "supported",
        OTHER: "refuted",
        "third": "not-determined",
        "fourth": "refuted",
    }
    console.done("ann", "case", "verdict", CASE, f"{LEAD},{OTHER}", "refuted", "--why", "anew")
    assert {row["rationale"] for row in shown(console)["hypotheses"]} == {
        "anew",
        "too little is known",
    }


@pytest.mark.requirement("CLI-006")
def test_containers_are_decided_as_proposed_or_one_by_one(console_at: ConsoleAt) -> None:
    console = console_at("impact")
    assert "nothing to record" in console.refused("ann", "case", "decide", CASE, "--as-proposed")
    departure = ("case", "decide", CASE, f"{DRUMS[0]},{DRUMS[1]}", "reject")
    assert "needs a reason" in console.refused("ann", *departure)
    said = console.done("ann", *departure, "--why", "not worth the testing")
    assert "disposition decided, 2 times." in said
    decisions = {row["container"]: row["decision"] for row in shown(console)["containers"]}
    assert decisions == {DRUMS[0]: "reject", DRUMS[1]: "reject", DRUMS[2]: "release"}


@pytest.mark.requirement("CLI-006")
def test_all_that_wait_are_decided_as_proposed(console_at: ConsoleAt) -> None:
    console = console_at("impact")
    rows = console.by("ann", "audit", CASE, "--act", "disposition decided", "--json").json
    for row in rows[:2]:
        console.done("ann", "case", "withdraw", CASE, row["sequence"], "--why", "too early")
    assert [row["decision"] for row in shown(console)["containers"]] == [None, None, "release"]
    said = console.done("ann", "case", "decide", CASE, "--as-proposed")
    assert "disposition decided, 2 times." in said
    assert {row["decision"] for row in shown(console)["containers"]} == {"release"}


@pytest.mark.requirement("CLI-008")
@pytest.mark.parametrize(
    ("step", "words", "says"),
    [
        ("findings", ("replay", CASE), "comes after the choice of a twin"),
        ("twin", ("rank", CASE), "There is no replay yet"),
        ("replay", ("impact", CASE), "There is no ranking yet"),
        ("ranking", ("decide", CASE, "--as-proposed"), "There is no impact yet"),
        ("impact", ("decide", CASE, "D9", "release"), '"D9" is not among those'),
        ("impact", ("decide", CASE, "D1"), "Name containers and a decision"),
        ("impact", ("decide", CASE), "Name containers and a decision"),
        ("impact", ("decide", CASE, "D1", "release", "--as-proposed"), "--as-proposed alone"),
        ("twin", ("raise", CASE), "or give --failure-modes"),
        ("twin", ("raise", CASE, "own", "--failure-modes"), "or give --failure-modes"),
        ("twin", ("raise", CASE, "--failure-modes", "--laboratory"), "or give --failure-modes"),
        ("twin", ("raise", CASE, *OWN), "--description after its id"),
        ("twin", ("raise", CASE, "own"), "needs --title, --category and --description"),
        ("ranking", ("verdict", CASE, "x", "refuted", "--why", "y"), '"x" was not raised'),
        ("ranking", ("verdict", CASE, LEAD, "true"), "'true' is none of: supported"),
    ],
)
def test_what_is_out_of_order_or_not_clear_is_one_sentence(
    step: str,
    words: tuple[str, ...],
    says: str,
    console_at: ConsoleAt,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(commands, "worked", pytest.fail)
    assert says in console_at(step).refused("ann", "case", *words)


@pytest.mark.requirement("CLI-008")
@pytest.mark.parametrize("words", [("replay", CASE), ("rank", CASE), ("impact", CASE)])
def test_who_may_not_record_an_analysis_does_not_begin_one(
    words: tuple[str, ...], console_at: ConsoleAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "worked", pytest.fail)
    assert "not open to the role" in console_at("impact").refused("eva", "case", *words)
