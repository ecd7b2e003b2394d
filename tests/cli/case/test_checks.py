"""What is looked at on site, from the console: listed, entered, refused in one sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from support.console import Console
from support.investigations import CASE, FEEDER, FILTER

from investigator.domain.acts.checks import HUMAN_ERROR_QUESTIONS, PHASE_ONE_POINTS

ConsoleAt = Callable[[str], Console]
DONE = ("--done", "2026-03-05T09:00")
OWN = (
    *("--title", "Filter opened", "--found", "blocked by fines, 3.2 g"),
    *("--bearing", "confirms", "--cause", FILTER, *DONE),
)
POINTS = tuple(word for name in PHASE_ONE_POINTS for word in (f"--{name}", f"of {name}"))
ANSWERS = tuple(word for name in HUMAN_ERROR_QUESTIONS for word in (f"--{name}", f"of {name}"))


@pytest.mark.requirement("CLI-084", "CAS-199")
def test_the_checks_of_the_twin_are_listed_with_what_was_entered(console_at: ConsoleAt) -> None:
    console = console_at("ranking")
    told = console.by("ann", "case", "check", CASE, "--json").json
    checks = {check["check"]: check for check in told["checks"]}
    assert checks["retained_assay"]["unit"] == "% LC"
    assert checks["retained_assay"]["on"] == "container"
    assert checks["load_cell_check_weight"]["unit"] is None
    assert [one["found"] for one in told["entered"]] == ["Filter opened: blocked by fines"]
    text = console.done("ann", "case", "check", CASE)
    assert "load_cell_check_weight" in text
    assert "Filter opened: blocked by fines" in text


@pytest.mark.requirement("CLI-084", "CAS-190")
def test_a_measurement_of_the_twins_check_is_entered(console_at: ConsoleAt) -> None:
    console = console_at("ranking")
    value = ("--value", "104.25", "--on", "D1")
    console.done("ann", "case", "check", CASE, "retained_assay", *value, *DONE)
    (entry,) = console.by("aud", "audit", CASE, "--act", "check result entered", "--json").json
    new = entry["new"]
    assert (new["value"], new["unit"], new["subject"]) == ("104.25", "% LC", "D1")
    assert float(new["uncertainty"]) > 0
    assert new["done_ms"] == 1_772_697_600_000
    entered = console.by("ann", "case", "check", CASE, "--json").json["entered"]
    assert [one["stale"] for one in entered] == [False, False]


@pytest.mark.requirement("CLI-084")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--value", "3"), "Name the check"),
        (("--on", "D1"), "Name the check"),
        (("--outcome", "failed"), "Name the check"),
        (("retained_assay", "--value", "3", "--on", "D1"), "Say when the check was done"),
        (("sniffing", "--outcome", "failed", *DONE), "is no check of the twin"),
        (("retained_assay", "--outcome", "failed", *DONE), "gives a value in % LC"),
        (("load_cell_check_weight", "--value", "3", *DONE), "gives passed or failed"),
        (("retained_assay", "--value", "3", *DONE), "is made on a container; name it"),
        (("retained_assay", "--value", "much", "--on", "D1", *DONE), '"much" is no value'),
        (
            ("load_cell_check_weight", "--outcome", "failed", *DONE),
            "raise api_loadcell_drift first",
        ),
        (("load_cell_check_weight", "--outcome", "perhaps", *DONE), "'perhaps' is none of"),
    ],
)
def test_what_is_no_result_is_refused(
    words: tuple[str, ...], said: str, console_at: ConsoleAt
) -> None:
    assert said in console_at("ranking").refused("ann", "case", "check", CASE, *words)


@pytest.mark.requirement("CLI-085")
def test_a_check_of_ones_own_is_entered(console_at: ConsoleAt) -> None:
    console = console_at("ranking")
    console.done("ann", "case", "own-check", CASE, "O-2", *OWN)
    entered = console.by("ann", "case", "check", CASE, "--json").json["entered"]
    assert entered[-1]["found"] == "Filter opened: blocked by fines, 3.2 g"
    assert entered[-1]["confirms"] == [FILTER]
    said = console.refused("ann", "case", "own-check", CASE, "O-3", *OWN, "--document", "DOC-9")
    assert "There is no document DOC-9 in the case" in said


@pytest.mark.requirement("CLI-086", "CAS-191")
def test_phase_one_is_stated_with_every_point(console_at: ConsoleAt, tmp_path: Path) -> None:
    console = console_at("ranking")
    record = tmp_path / "phase-one.txt"
    record.write_text("standard diluted twice", encoding="utf-8")
    kind = ("--kind", "laboratory-investigation", "--title", "OOS-1", "--author", "QC")
    console.done("ann", "case", "document", CASE, record, *kind, "--dated", "2026-03-05")
    phase = ("case", "phase-one", CASE, FEEDER, "--document", "DOC-01")
    console.done("ann", *phase, "--error-found", *POINTS)
    (entry,) = console.by("aud", "audit", CASE, "--act", "laboratory phase I stated", "--json").json
    assert entry["new"]["retained"] == "of retained"
    assert entry["new"]["error_found"] is True
    assert "required" in console.refused("ann", *phase, "--error-found", *POINTS[:-2])
    assert "one of the arguments" in console.refused("ann", *phase, *POINTS)


@pytest.mark.requirement("CLI-086", "CAS-192")
def test_the_seven_questions_are_answered(console_at: ConsoleAt) -> None:
    console = console_at("ranking")
    asked = ("case", "human-error", CASE, FEEDER)
    console.done("ann", *asked, *ANSWERS)
    (entry,) = console.by("aud", "audit", CASE, "--act", "human error examined", "--json").json
    assert entry["new"]["supervision"] == "of supervision"
    assert "required" in console.refused("ann", *asked, *ANSWERS[2:])
    assert "the text is empty" in console.refused("ann", *asked, *ANSWERS[:-1], " ")


@pytest.mark.requirement("CLI-087", "DIA-033")
def test_hypotheses_are_listed_with_their_states(console_at: ConsoleAt) -> None:
    console = console_at("ranking")
    told = console.by("ann", "case", "show", CASE, "--json").json
    states = {row["cause"]: row["state"] for row in told["hypotheses"]}
    assert (states[FILTER], states[FEEDER]) == ("confirmed", "refuted")


@pytest.mark.requirement("CLI-084")
def test_what_was_entered_is_listed_without_a_twin_too(console_at: ConsoleAt) -> None:
    console = console_at("findings")
    own = ("--title", "Filter", "--category", "machine", "--description", "clogged")
    console.done("ann", "case", "raise", CASE, "filter", *own)
    console.done("ann", "case", "own-check", CASE, "O-7", *OWN[:-4], "--cause", "filter", *DONE)
    text = console.done("ann", "case", "check", CASE)
    assert "No twin with checks was chosen yet." in text
    assert "Filter opened: blocked by fines, 3.2 g" in text
