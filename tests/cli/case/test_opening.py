"""A case is opened, classified, contained and scoped from the console; withdrawn, closed, taken up
again."""

from collections.abc import Callable

import pytest
from support.console import Console
from support.investigations import AUTHORED, CASE, CLOSED, CONTAINED, EVIDENCE, OPENED, RELATED

from investigator.domain.acts.act import Act

ConsoleBefore = Callable[[Act | None], Console]
OPEN = (
    *("case", "open", CASE, "--title", "API content low", "--description", "Drum D2 at 91 %"),
    *("--line", "CDC-3", "--batch", "B-100", "--product", "tablet 50 mg", "--class", "major"),
    *("--due", "2025-11-08"),
)
WHY = ("--why", "possible effect on assay")


def last(console: Console) -> dict[str, object]:
    rows = console.by("aud", "audit", CASE, "--json").json
    return dict(rows[-1])


@pytest.mark.requirement("CLI-006", "CLI-008")
def test_a_case_is_opened_and_its_entry_told(console_before: ConsoleBefore) -> None:
    console = console_before(OPENED)
    said = console.done("ann", *OPEN, *WHY)
    entry = last(console)
    assert said == f"Entry {entry['sequence']}: case opened.\n"
    assert entry["why"] == "possible effect on assay"
    assert entry["new"] == {
        "number": CASE,
        "title": "API content low",
        "description": "Drum D2 at 91 %",
        "line": "CDC-3",
        "batch_id": "B-100",
        "product": "tablet 50 mg",
        "classification": "major",
        "due": "2025-11-08",
        "zone": "Europe/Zurich",
    }
    assert "is open already" in console.refused("ann", *OPEN, *WHY)


@pytest.mark.requirement("CLI-006")
@pytest.mark.parametrize(
    ("words", "new"),
    [
        (("classify", CASE, "critical"), {"classification": "critical"}),
        (("contain", CASE, "Line stopped."), {"measures": "Line stopped."}),
        (("extend", CASE, "2025-12-08"), {"due": "2025-12-08"}),
        (
            (
                *("scope", CASE, "B-101", "--shares", "material-lot,time-window"),
                *("--decision", "not-affected", "--status", "in-quarantine"),
            ),
            {
                "batch_id": "B-101",
                "shares": ["material lot", "time window"],
                "decision": "not affected",
                "distribution": "in quarantine",
            },
        ),
        (("scope-complete", CASE), {"found": []}),
    ],
)
def test_acts_on_the_whole_case(
    words: tuple[str, ...], new: dict[str, object], console_before: ConsoleBefore
) -> None:
    console = console_before(CONTAINED)
    document = console.by("ann", "case", *words, "--json", *WHY).json
    entry = last(console)
    assert document["case"] == CASE
    assert [row["entry"] for row in document["recorded"]] == [entry["sequence"]]
    assert (entry["new"], entry["why"]) == (new, WHY[1])


@pytest.mark.requirement("CLI-008", "CAS-008")
@pytest.mark.parametrize(
    ("before", "who", "words", "says"),
    [
        (OPENED, "ann", OPEN[1:], '"case opened" needs a reason; say why.'),
        (OPENED, "aud", (*OPEN[1:], *WHY), "not open to the role auditor"),
        (OPENED, "root", (*OPEN[1:], *WHY), "not open to the role administrator"),
        (OPENED, "ann", ("contain", "DEV-9", "x"), "There is no case DEV-9; open it first."),
        (OPENED, "ann", ("contain", "a/b", "x"), "cannot be the number of a case"),
        (CONTAINED, "ann", ("contain", CASE, " "), "the text is empty"),
        (CONTAINED, "ann", ("classify", CASE, "grave"), "is none of: minor, major, critical"),
        (CONTAINED, "ann", ("extend", CASE, "soon", *WHY), "is no date"),
        (RELATED, "ann", ("scope-complete", CASE), "needs a reason"),
        (CONTAINED, "ann", ("close", CASE), "not open to the role investigator"),
        (CONTAINED, "eva", ("close", CASE), "The signature of the author is missing."),
        (CONTAINED, "eva", ("reopen", CASE, *WHY), "is not closed"),
        (CONTAINED, "ann", ("withdraw", CASE, "0", *WHY), "Entry 0 is no act of DEV-1"),
        (CONTAINED, "ann", ("withdraw", CASE, "last", *WHY), "is not a whole number"),
    ],
)
def test_what_is_refused_is_one_sentence_and_no_entry(
    before: Act, who: str, words: tuple[str, ...], says: str, console_before: ConsoleBefore
) -> None:
    console = console_before(before)
    command = words if words[0] == "case" else ("case", *words)
    assert says in console.refused(who, *command)
    rows = console.by("aud", "audit", "--all", "--json").json
    assert rows[-1]["act"] == "signed in"
    assert (
        sum(row["object"].startswith(CASE) for row in rows)
        == {
            OPENED: 0,
            CONTAINED: 1,
            RELATED: 2,
        }[before]
    )  # type: ignore[index]


@pytest.mark.requirement("CLI-006", "CAS-056")
def test_an_act_is_withdrawn_by_the_number_of_its_entry(console_before: ConsoleBefore) -> None:
    console = console_before(EVIDENCE)
    rows = console.by("ann", "audit", CASE, "--act", "containment recorded", "--json").json
    sequence = rows[0]["sequence"]
    said = console.done("ann", "case", "withdraw", CASE, sequence, "--why", "another case")
    assert f'entry {sequence} ("containment recorded") withdrawn.' in said
    assert "no act of" in console.refused("ann", "case", "withdraw", CASE, sequence, *WHY)


@pytest.mark.requirement("CLI-006", "CAS-055")
def test_a_case_is_closed_and_taken_up_again(console_before: ConsoleBefore) -> None:
    console = console_before(CLOSED)
    assert "case closed." in console.done("eva", "case", "close", CASE)
    assert "is closed; re-open it first" in console.refused("ann", "case", "contain", CASE, "x")
    lines = console.done("eva", "case", "reopen", CASE, "--why", "new result").splitlines()
    assert "case re-opened." in lines[0]
    assert "signatures voided (author, reviewer, approver), because: case re-opened." in lines[1]


@pytest.mark.requirement("CLI-006")
def test_an_act_after_a_signature_tells_what_it_voids(
    console_at: Callable[[str], Console],
) -> None:
    console = console_at("approver")
    document = console.by("ann", "case", "contain", CASE, "more", "--json").json
    assert [row["act"] for row in document["recorded"]] == [
        "containment recorded",
        "signatures voided",
    ]
    assert "issue the report" in console.done("ann", "case", "show", CASE)


def test_a_report_is_returned(console_before: ConsoleBefore) -> None:
    console = console_before(AUTHORED)
    assert "needs a reason" in console.refused("ben", "case", "return", CASE)
    said = console.done("ben", "case", "return", CASE, "--why", "figure 3 is unclear")
    assert "report returned." in said
