"""`twin validate` tells every criterion and ends with what came of it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.validations import made_record

from investigator.casework import validation
from investigator.casework.validation import Earlier, ValidationReport
from investigator.cli.main import main
from investigator.domain.validation import Figure, Outcome, ValidationRecord

COMMAND = ["twin", "validate", "cdc_line_3", "--batches", "history"]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the command asks of casework; `record` is what that gives back."""
    seen: dict[str, Any] = {"record": made_record()}

    def given(twin_id: str, batches: Path, **more: Any) -> ValidationReport:
        seen.update(more, twin=twin_id, batches=batches)
        return ValidationReport(seen["record"], "sha256:" + "d" * 64)

    monkeypatch.setattr(validation, "validate_twin", given)
    return seen


@pytest.mark.requirement("CLI-067")
@pytest.mark.parametrize(
    ("outcomes", "status", "verdict"),
    [
        (
            (Outcome.PASSED, Outcome.PASSED),
            0,
            "2 of 2 criteria passed; cdc_line_3 may be",
        ),
        ((Outcome.PASSED, Outcome.FAILED), 1, "1 of 2 criteria passed; cdc_line_3 stays a draft."),
        ((Outcome.PASSED, Outcome.NOT_ASSESSED), 1, "1 of 2 criteria passed; cdc_line_3 stays"),
    ],
)
def test_the_status_is_that_of_the_criteria(
    asked: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
    outcomes: tuple[Outcome, ...],
    status: int,
    verdict: str,
) -> None:
    asked["record"] = made_record(*outcomes)
    assert main(COMMAND) == status
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["Criterion", "Required", "Found", "Outcome", "Remark"]
    assert [line.split()[0] for line in lines[1:3]] == ["rmsep.0", "rmsep.1"]
    assert outcomes[1].value in lines[2]
    assert any(line.startswith(verdict) for line in lines)
    assert lines[-1].endswith("sha256:" + "d" * 64)


@pytest.mark.requirement("CLI-067")
def test_the_record_is_printed_as_it_lies_in_the_package(
    asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*COMMAND, "--json", "--seed", "7", "--workers", "2"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["format"] == 1
    assert document["record"]["seed"] == made_record().seed
    assert (asked["twin"], asked["batches"]) == ("cdc_line_3", Path("history"))
    assert (asked["seed"], asked["workers"], asked["earlier"]) == (7, 2, None)


@pytest.mark.requirement("CLI-066")
def test_deviations_and_their_confirmed_causes_belong_together(
    asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    for alone in (["--deviations", "past"], ["--confirmed", "list.csv"]):
        assert main([*COMMAND, *alone]) == 2
        assert "belong together" in capsys.readouterr().err
    assert main([*COMMAND, "--deviations", "past", "--confirmed", "list.csv"]) == 1
    assert asked["earlier"] == Earlier(Path("past"), Path("list.csv"))


def test_an_interval_is_told_with_its_ends(
    asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    record: ValidationRecord = asked["record"]
    wide = replace(record.criteria[0], figure=Figure(0.95, 0.9, 0.98))
    asked["record"] = replace(record, criteria=(wide,))
    main(COMMAND)
    assert "0.950 (0.900 to 0.980)" in capsys.readouterr().out
