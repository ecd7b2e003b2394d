"""The audit trail from the console: searched, and printed for people, programs and tables."""

import csv
import io
from collections.abc import Callable

import pytest
from support.console import Console
from support.investigations import CASE, CLOSED, WALK

from investigator.domain.acts.act import Act

ConsoleBefore = Callable[[Act | None], Console]


@pytest.fixture
def console(console_before: ConsoleBefore) -> Console:
    return console_before(CLOSED)


@pytest.mark.requirement("CLI-010", "CAS-062")
def test_a_case_is_told_line_by_line(console: Console) -> None:
    head, *lines = console.done("aud", "audit", CASE).splitlines()
    assert head.split() == ["Entry", "When", "Who", "Role", "What", "On", "Why"]
    assert len(lines) == len(WALK) - 1 + 3
    assert "case opened" in lines[0]
    assert lines[-1].split()[3] == "eva"


@pytest.mark.requirement("CLI-010", "CAS-062")
def test_json_and_csv_tell_everything(console: Console) -> None:
    rows = console.by("aud", "audit", "--all", "--json").json
    assert [row["sequence"] for row in rows] == list(range(len(rows)))
    verdict = next(row for row in rows if row["act"] == "verdict given")
    assert verdict["new"] == {"cause": "filter_blocked", "verdict": "supported"}
    assert verdict["old"] is None
    assert verdict["time"][10] == "T"
    told = console.done("aud", "audit", "--all", "--csv")
    table = list(csv.DictReader(io.StringIO(told)))
    assert [row["act"] for row in table][: len(rows)] == [row["act"] for row in rows]
    assert {row["hash"] for row in rows} <= {row["hash"] for row in table}


@pytest.mark.requirement("CLI-010", "CAS-062")
@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("--by", "ben", "--act", "report signed"), 1),
        (("--words", "FILTER supported"), 1),
        (("--words", "no such words"), 0),
        (("--since", "2100-01-01T00:00"), 0),
        (("--until", "2000-01-01T00:00:00+01:00"), 0),
        (("--since", "2000-01-01", "--act", "container decided"), 0),
    ],
)
def test_it_is_searched(words: tuple[str, ...], count: int, console: Console) -> None:
    assert len(console.by("aud", "audit", CASE, "--json", *words).json) == count


@pytest.mark.requirement("CLI-010")
def test_what_was_withdrawn_is_marked(console: Console) -> None:
    rows = console.by("ann", "audit", CASE, "--act", "action proposed", "--json").json
    console.done("ann", "case", "withdraw", CASE, rows[0]["sequence"], "--why", "not needed")
    lines = console.done("ann", "audit", CASE).splitlines()
    assert sum("action proposed (withdrawn)" in line for line in lines) == 1
    assert any("withdrawn  " in line and "not needed" in line for line in lines)


@pytest.mark.requirement("CLI-008")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "name a case, or give --all"),
        ((CASE, "--all"), "name a case, or give --all"),
        (("DEV-9",), "There is no case DEV-9 in this workspace"),
        ((CASE, "--since", "yesterday"), "is no time"),
        ((CASE, "--json", "--csv"), "not allowed with"),
    ],
)
def test_what_is_not_clear_is_one_sentence(
    words: tuple[str, ...], says: str, console: Console
) -> None:
    assert says in console.refused("aud", "audit", *words)


def test_the_administrator_reads_it_too(console: Console) -> None:
    assert "case opened" in console.done("root", "audit", CASE)
