"""Cases are listed; one is shown with its marks and what is open, step by step."""

from collections.abc import Callable

import pytest
from support.console import Console
from support.investigations import (
    CASE,
    CLOSED,
    CONTAINED,
    DECIDED,
    DOCUMENT,
    FOLLOWED,
    JUDGED,
    OPENED,
    TWIN,
    Story,
    followed,
    walked,
)

from investigator.cli.case.overview import open_points
from investigator.domain.acts.act import Act
from investigator.domain.progress import Step

ConsoleAt = Callable[[str], Console]
ConsoleBefore = Callable[[Act | None], Console]


@pytest.mark.requirement("CLI-011")
def test_every_case_has_a_line(console_before: ConsoleBefore) -> None:
    console = console_before(OPENED)
    assert console.done("ann", "case", "list").split() == [
        *("Case", "Class", "Due", "Status", "Batch", "Title")
    ]
    console = console_before(None)
    (line,) = console.done("aud", "case", "list").splitlines()[1:]
    assert line.split() == [CASE, "major", "2025-11-08", "closed", "B-100", "API", "content", "low"]
    (case,) = console.by("aud", "case", "list", "--json").json
    assert (case["case"], case["standing"], case["product"]) == (CASE, "closed", "tablet 50 mg")


@pytest.mark.requirement("CLI-011")
@pytest.mark.parametrize(
    ("before", "standing"),
    [(CONTAINED, "open, at: Case"), (TWIN, "open, at: Timeline"), (CLOSED, "signed by 3 of 3")],
)
def test_the_standing_of_a_case(before: Act, standing: str, console_before: ConsoleBefore) -> None:
    (case,) = console_before(before).by("aud", "case", "list", "--json").json
    assert case["standing"].endswith(standing)


@pytest.mark.requirement("CLI-011", "CAS-012")
def test_a_case_is_shown_with_marks_and_what_is_open(console_at: ConsoleAt) -> None:
    lines = console_at("ranking").done("aud", "case", "show", CASE).splitlines()
    marks = {line.split("  ")[0]: line for line in lines}
    assert "done" in marks["Case"]
    assert "follow the material" in marks["Impact"]
    assert "not begun" in marks["Disposition"]
    assert marks["Report"].endswith("state the conclusion; propose actions; issue the report")
    assert lines[0] == f"{CASE}  API content low"
    assert any(line.startswith("filter_blocked") and "supported" in line for line in lines)
    assert any(line.startswith("none of these") for line in lines)
    assert lines[-1] == "No report was issued yet."


@pytest.mark.requirement("CLI-011")
def test_the_same_as_values_for_programs(console_at: ConsoleAt) -> None:
    console = console_at("approver")
    shown = console.by("aud", "case", "show", CASE, "--json").json
    assert {row["mark"] for row in shown["steps"]} == {"signed"}
    assert shown["steps"][-1]["open"] == ["close the case"]
    lead = shown["hypotheses"][0]
    assert (lead["cause"], lead["probability"], lead["verdict"]) == (
        "filter_blocked",
        0.93,
        "supported",
    )
    drum = shown["containers"][1]
    assert (drum["affected"], drum["proposal"], drum["decision"]) == (True, "release", "release")
    assert drum["quality"]["assay"]["mean"] == 97.1
    assert [s["field"] for s in shown["report"]["signatures"]] == ["author", "reviewer", "approver"]
    assert all(act["counts"] and not act["stale"] for act in shown["acts"])


@pytest.mark.requirement("CLI-011", "CAS-002")
def test_what_is_stale_says_so(console_at: ConsoleAt) -> None:
    console = console_at("conclusion")
    console.done("ann", "case", "twin", CASE, "--why", "chosen anew")
    text = console.done("ann", "case", "show", CASE)
    assert "supported (stale)" in text
    assert "release (stale)" in text
    assert "replay the batch again" in text
    shown = console.by("ann", "case", "show", CASE, "--json").json
    assert shown["hypotheses"][0]["verdict"] == "supported (stale)"
    stale = {act["act"] for act in shown["acts"] if act["stale"]}
    assert {"ranking recorded", "verdict given", "conclusion stated"} <= stale


@pytest.mark.requirement("CLI-008")
def test_whoever_may_not_read_cases_is_told(console_before: ConsoleBefore) -> None:
    console = console_before(None)
    for words in (("list",), ("show", CASE)):
        assert 'no right to "read cases"' in console.refused("root", "case", *words)
    assert "There is no case DEV-9" in console.refused("aud", "case", "show", "DEV-9")


def test_open_points_come_and_go_along_the_walk() -> None:
    assert open_points(walked(until=OPENED))[Step.CASE] == [
        "record the containment",
        "complete the scope",
    ]
    assert open_points(walked(until=DOCUMENT))[Step.EVIDENCE] == [
        "judge 1 findings",
        "judge the clock of batch_record.xml",
    ]
    assert open_points(walked(until=JUDGED[0]))[Step.HYPOTHESES] == [
        "give a verdict on feeder_drift"
    ]
    assert open_points(walked(until=DECIDED[0]))[Step.DISPOSITION] == ["decide on D2, D3"]
    assert not any(open_points(walked()).values())


def test_many_open_points_are_counted() -> None:
    story = Story(walked(until=FOLLOWED))
    story.do(followed(2, *(f"D{n}" for n in range(1, 8))))
    assert open_points(story.case)[Step.DISPOSITION] == ["decide on D1, D2, D3 and 4 more"]
