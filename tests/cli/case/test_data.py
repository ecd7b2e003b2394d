"""What is decided about the data, from the console: clocks, tag map, own findings, links."""

from collections.abc import Callable
from typing import Any

import pytest
from support.console import Console
from support.dossiers import START
from support.investigations import CASE, FILTER, RANKED

from investigator.domain.acts.act import Act

ConsoleAt = Callable[[str], Console]
ConsoleBefore = Callable[[Act | None], Console]
CLOCK = "batch_record.xml"
STRETCH = ("--from", "2026-03-04T10:00", "--to", "2026-03-04T10:05")
DOUBT = ("NIR-331.API", "--kind", "fouled window", *STRETCH, "--text", "cleaned at 10:05")


def new_of(console: Console, act: str) -> list[Any]:
    rows = console.by("aud", "audit", CASE, "--act", act, "--json").json
    return [row["new"] for row in rows]


@pytest.mark.requirement("CLI-060", "CAS-125")
def test_clocks_are_listed_accepted_and_set(console_at: ConsoleAt) -> None:
    console = console_at("evidence")
    (clock,) = console.by("ann", "case", "clock", CASE, "--json").json
    assert (clock["source"], clock["judgement"]) == (CLOCK, None)
    assert clock["estimated"]["offset_s"] == clock["in_force"]["offset_s"] == 31.0
    said = console.done("ann", "case", "clock", CASE, "--all-accepted")
    assert f"clock judged (clock of {CLOCK})." in said
    assert "nothing to record" in console.refused("ann", "case", "clock", CASE, "--all-accepted")
    setting = ("case", "clock", CASE, CLOCK, "--offset", "-29.25", "--uncertainty", "0.5")
    assert "needs a reason" in console.refused("ann", *setting)
    console.done("ann", *setting, "--drift", "12", "--why", "read off both screens")
    accepted, set_by_hand = new_of(console, "clock judged")
    assert (accepted["basis"], accepted["offset_ms"]) == ("as estimated", 31_000)
    assert (set_by_hand["basis"], set_by_hand["offset_ms"]) == ("set by a person", -29_250)
    assert set_by_hand["drift_ppb"] == 12_000
    line = console.done("ann", "case", "clock", CASE).splitlines()[1]
    assert "+31.000 s (sd 1.000 s)" in line
    assert "-29.250 s (sd 0.500 s), +12 ppm" in line
    console.done("ann", "case", "clock", CASE, CLOCK, "--accepted")


@pytest.mark.requirement("CLI-060", "CAS-126")
def test_the_map_is_listed_confirmed_and_departed_from(console_at: ConsoleAt) -> None:
    console = console_at("evidence")
    rows = console.by("ann", "case", "map", CASE, "--json").json["signals"]
    assert {row["state"] for row in rows} == {"missing"}
    assert "nir.api" in {row["signal"] for row in rows}
    console.done("ann", "case", "map", CASE, "--confirm")
    departing = ("case", "map", CASE, "nir.api", "--tag", "NIR-331.API", "--factor", "0.001")
    assert "needs a reason" in console.refused("ann", *departing)
    console.done("ann", *departing, "--unit", "g/kg", "--why", "the tag was renamed in May")
    confirmed, departed = new_of(console, "tags mapped")
    assert len(confirmed["mappings"]) == len(departed["mappings"]) == len(rows)
    (own,) = [m for m in departed["mappings"] if not m["packaged"]]
    assert (own["signal"], own["tag"], own["factor"]) == ("nir.api", "NIR-331.API", "0.001")
    first = console.done("ann", "case", "map", CASE).splitlines()
    assert any("nir.api" in line and "x 0.001 + 0  by a person" in line for line in first)


@pytest.mark.requirement("CLI-060", "CAS-127")
def test_a_finding_of_ones_own_is_added_listed_and_withdrawn(console_at: ConsoleAt) -> None:
    console = console_at("evidence")
    add = ("case", "doubt", CASE, *DOUBT, "--treatment", "widen", "--factor", "3")
    assert "needs a reason" in console.refused("ann", *add)
    console.done("ann", *add, "--why", "logbook of the shift")
    (new,) = new_of(console, "finding added")
    assert (new["start_ms"], new["sd_factor"], new["treatment"]) == (START, "3", "widen")
    row = console.by("ann", "case", "findings", CASE, "--json").json[0]
    assert (row["finding"], row["judgement"]) == (new["finding_id"], "added")
    judging = ("case", "judge", CASE, new["finding_id"], "--accepted")
    assert "withdraw it instead" in console.refused("ann", *judging)
    (entry,) = console.by("aud", "audit", CASE, "--act", "finding added", "--json").json
    console.done("ann", "case", "withdraw", CASE, entry["sequence"], "--why", "another day")
    assert len(console.by("ann", "case", "findings", CASE, "--json").json) == 2


@pytest.mark.requirement("CLI-060", "CAS-123")
def test_a_document_is_linked_to_a_hypothesis(console_before: ConsoleBefore) -> None:
    console = console_before(RANKED)
    console.done("ann", "case", "link", CASE, "DOC-1", FILTER, "speaks-against", "--why", "p. 3")
    *_, new = new_of(console, "document linked")
    assert new == {"document_id": "DOC-1", "cause": FILTER, "bearing": "speaks against"}
    gone = ("case", "link", CASE, "DOC-9", FILTER, "supports")
    assert "There is no document DOC-9" in console.refused("ann", *gone)


@pytest.mark.requirement("CLI-008", "CLI-060")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("clock", CASE, CLOCK), "Name a clock with --accepted or with --offset"),
        (("clock", CASE, "--accepted"), "Name a clock with --accepted or with --offset"),
        (("clock", CASE, CLOCK, "--accepted", "--offset", "1"), "Name a clock with"),
        (("clock", CASE, CLOCK, "--offset", "1"), "needs its --uncertainty"),
        (("clock", CASE, "LIMS", "--accepted"), f'it is one of: "{CLOCK}"'),
        (("map", CASE, "nir.api"), "Name a signal with its --tag"),
        (("map", CASE, "nir.api", "--tag", "x", "--confirm"), "or give --file or --confirm alone"),
        (("map", CASE, "moon", "--tag", "x"), 'The twin has no signal "moon"'),
        (("doubt", CASE, "X", *DOUBT[1:], "--treatment", "drop"), 'no tag "X"'),
        (
            ("doubt", CASE, *DOUBT, "--treatment", "drop", "--factor", "3"),
            "belongs to --treatment widen",
        ),
        (
            ("doubt", CASE, *DOUBT, "--to", "2026-03-04T09:00", "--treatment", "drop"),
            "ends before it begins",
        ),
    ],
)
def test_what_is_not_clear_is_one_sentence(
    words: tuple[str, ...], says: str, console_at: ConsoleAt
) -> None:
    assert says in console_at("evidence").refused("ann", "case", *words)


@pytest.mark.requirement("CLI-008")
def test_what_is_decided_comes_after_the_evidence(console_at: ConsoleAt) -> None:
    console = console_at("scope")
    for words in (("clock", CASE), ("map", CASE, "--confirm"), ("doubt", CASE, *DOUBT)):
        more = ("--treatment", "drop") if words[0] == "doubt" else ()
        assert "has no evidence yet" in console.refused("ann", "case", *words, *more)
