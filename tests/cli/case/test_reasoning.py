"""Reasoning from the console: rows and whys are stated, listed, proposed, and withdrawn."""

from collections.abc import Callable

import pytest
from support.console import Console
from support.dossiers import START
from support.investigations import CASE, DRUMS

ConsoleAt = Callable[[str], Console]
STRETCH = "signal:NIR-331.API@2026-03-04T10:00/2026-03-04T10:05"


@pytest.mark.requirement("CLI-080", "CAS-179")
def test_a_row_is_stated_listed_and_withdrawn(console_at: ConsoleAt) -> None:
    console = console_at("impact")
    row = ("case", "is-is-not", CASE, "where", "drums", "--is", "the first", "--is-from", STRETCH)
    console.done("ann", *row)
    (entry,) = console.by("aud", "audit", CASE, "--act", "is/is-not stated", "--json").json
    (link,) = entry["new"]["affected"]["links"]
    assert (link["kind"], link["target"], link["start_ms"]) == ("signal", "NIR-331.API", START)
    listed = console.by("ann", "case", "is-is-not", CASE, "--json").json
    assert (listed[0]["subject"], listed[0]["standing"]) == ("drums", "stated")
    assert listed[0]["is"]["evidence"][0]["start"] == "2026-03-04T10:00:00+01:00"
    assert "the first [signal NIR-331.API" in console.done("ann", "case", "is-is-not", CASE)
    console.done("ann", "case", "withdraw", CASE, entry["sequence"], "--why", "wrong drum")
    left = console.by("ann", "case", "is-is-not", CASE, "--json").json
    assert {one["standing"] for one in left} == {"proposed"}


@pytest.mark.requirement("CLI-081", "CAS-183")
def test_proposed_rows_are_listed_and_stated_once(console_at: ConsoleAt) -> None:
    console = console_at("impact")
    proposed = console.by("ann", "case", "is-is-not", CASE, "--json").json
    extent = next(one for one in proposed if one["dimension"] == "extent")
    assert {link["id"] for link in extent["is"]["evidence"]} <= set(DRUMS)
    console.done("ann", "case", "is-is-not", CASE, "--proposed")
    again = console.by("ann", "case", "is-is-not", CASE, "--json").json
    assert [one["standing"] for one in again] == ["stated"] * len(proposed)
    said = console.refused("ann", "case", "is-is-not", CASE, "--proposed")
    assert "No row is proposed that is not stated already" in said


@pytest.mark.requirement("CLI-081", "CAS-183")
def test_before_the_impact_nothing_is_proposed(console_at: ConsoleAt) -> None:
    console = console_at("evidence")
    assert "No row is stated" in console.done("ann", "case", "is-is-not", CASE)
    assert "follow the material" in console.refused("ann", "case", "is-is-not", CASE, "--proposed")


@pytest.mark.requirement("CLI-082", "CAS-179", "CAS-181")
def test_a_chain_is_stated_step_by_step_and_listed(console_at: ConsoleAt) -> None:
    console = console_at("impact")
    cause = console.by("ann", "case", "why", CASE, "--json")
    assert cause.json == []
    raised = console.by("aud", "audit", CASE, "--act", "hypothesis raised", "--json").json
    named = raised[0]["new"]["cause"]
    why = ("case", "why", CASE, named)
    assert "state why 1 first" in console.refused("ann", *why, "2", "worn", "--from", STRETCH)
    assert "names the evidence" in console.refused("ann", *why, "1", "it clogged")
    console.done("ann", *why, "1", "it clogged", "--from", STRETCH)
    drum = f"container:{DRUMS[0]}"
    console.done("ann", *why, "2", "no sieving", "--from", drum, "--root", "method")
    first, second = console.by("ann", "case", "why", CASE, "--json").json
    assert (first["statement"], first["root"]) == ("it clogged", None)
    assert (second["root"], second["stale"]) == ("method", False)
    assert "no sieving" in console.done("ann", "case", "why", CASE)


@pytest.mark.requirement("CLI-080", "CLI-082")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("is-is-not", CASE, "--is", "the first"), "by DIMENSION and SUBJECT"),
        (("is-is-not", CASE, "--is-from", STRETCH), "by DIMENSION and SUBJECT"),
        (("is-is-not", CASE, "--proposed", "--distinct", "new lot"), "give --proposed alone"),
        (("why", CASE, "bridging", "first", "worn"), "'first' is not a whole number"),
        (("why", CASE, "--root", "method"), "by CAUSE, STEP and TEXT"),
        (("why", CASE, "--from", STRETCH), "by CAUSE, STEP and TEXT"),
    ],
)
def test_what_is_said_of_no_row_or_step_is_not_dropped_in_silence(
    console_at: ConsoleAt, words: tuple[str, ...], said: str
) -> None:
    assert said in console_at("evidence").refused("ann", "case", *words)


@pytest.mark.requirement("CLI-083")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("rumour:x", "no link to evidence"),
        ("signal:TAG@soon/later", "no link to evidence"),
        ("container:D-99", "not among those that the impact names"),
    ],
)
def test_a_link_that_leads_nowhere_is_refused(console_at: ConsoleAt, typed: str, said: str) -> None:
    console = console_at("impact")
    row = ("case", "is-is-not", CASE, "where", "drums", "--is", "the first", "--is-from", typed)
    assert said in console.refused("ann", *row)
