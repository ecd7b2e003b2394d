"""The audit trail as it is listed and inspected; a verification in sentences."""

from dataclasses import replace

import pytest
from support.scenes import a_scene

from investigator.casework.accounts import AccountRow, Role
from investigator.casework.audit import AuditRow, LogStanding
from investigator.desktop.commands import Command
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.audit import (
    Wanted,
    acts,
    inspected,
    note,
    outcome,
    trail,
    users,
    verify_command,
)

ENTRY = AuditRow(
    sequence=12,
    user_id="ann",
    full_name="Ann of Testing",
    role="investigator",
    t_ms=1_760_000_000_000,
    zone="Europe/Zurich",
    act="classification changed",
    object="DEV-1",
    old='{"classification": "major"}',
    new='{"classification": "critical", "digest": "' + "ab" * 32 + '"}',
    why="content low",
    software="investigator 0",
    blobs=(),
    hash="cd" * 32,
    withdrawn=False,
)


@pytest.mark.requirement("WIN-039")
def test_entries_are_listed_the_latest_first() -> None:
    scene = replace(
        a_scene(),
        trail=(ENTRY, replace(ENTRY, sequence=13, withdrawn=True)),
        log=LogStanding("log", 40, ENTRY.t_ms, "Europe/Zurich", ()),
    )
    rows = trail(scene)
    assert [row.sequence for row in rows] == [13, 12]
    assert rows[0].tone is Tone.WARN
    assert rows[1].when == "2025-10-09 10:53:20"
    assert note(scene, rows) == "2 entries of 40"


@pytest.mark.requirement("WIN-039")
def test_an_entry_in_full_says_old_new_reason_and_hash() -> None:
    scene = replace(a_scene(), trail=(ENTRY,))
    said = inspected(trail(scene)[0])
    facts = dict(said.facts)
    assert facts["Reason"] == "content low"
    assert facts["Old: classification"] == "major"
    assert facts["New: classification"] == "critical"
    assert facts["New: digest"] == "ab" * 10 + "…"
    assert facts["At"] == "2025-10-09 10:53:20 +0200 (Europe/Zurich)"
    assert said.digest == ENTRY.hash
    gone = inspected(trail(replace(scene, trail=(replace(ENTRY, withdrawn=True),)))[0])
    assert gone.findings[0].text == "It was withdrawn and no longer counts."


@pytest.mark.requirement("WIN-039")
def test_what_is_looked_for_is_a_query() -> None:
    query = Wanted("  drum ", "ann", "").query()
    assert (query.words, query.user_id, query.act) == ("drum", "ann", None)
    account = AccountRow("ann", "Ann of Testing", (Role.INVESTIGATOR,), False, False, False, "")
    scene = replace(a_scene(), accounts=(account,), trail=(ENTRY,))
    assert users(scene) == (("", "anybody"), ("ann", "Ann of Testing (ann)"))
    assert acts(trail(scene), ("case opened",)) == (
        ("", "any act"),
        ("case opened", "case opened"),
        ("classification changed", "classification changed"),
    )


@pytest.mark.requirement("WIN-040")
def test_a_verification_is_told_in_sentences_with_their_tones() -> None:
    assert outcome(a_scene()) == ()
    sound = outcome(replace(a_scene(), verified=(True, ("Proven: all.", "Not proven: none."))))
    assert sound == (
        ("No fault was found.", Tone.GOOD),
        ("Proven: all.", Tone.GOOD),
        ("Not proven: none.", Tone.PLAIN),
    )
    broken = outcome(replace(a_scene(), verified=(False, ("FAULT: entry 3 was changed.",))))
    assert [tone for _, tone in broken] == [Tone.BAD, Tone.BAD]


@pytest.mark.requirement("WIN-040")
def test_one_verification_runs_at_a_time() -> None:
    command = Command("audit.verify", "Verify", lambda: None)
    assert verify_command(a_scene(), command).enabled
    running = replace(a_scene(), running=frozenset({"verification"}))
    assert "is running" in verify_command(running, command).why_not
