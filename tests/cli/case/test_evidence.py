"""Evidence from the console: documents admitted, findings listed and judged, remarks made."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.console import Console
from support.dossiers import START
from support.investigations import CASE

from investigator.cli.case import evidence as commands
from investigator.domain.errors import UnusableInput, UnusableRequest

ConsoleAt = Callable[[str], Console]
DOCUMENT = (
    *("--kind", "logbook-page", "--title", "Shift book", "--dated", "2026-03-04"),
    *("--author", "Shift lead"),
)


def new_of(console: Console, act: str) -> list[Any]:
    rows = console.by("aud", "audit", CASE, "--act", act, "--json").json
    return [row["new"] for row in rows]


@pytest.mark.requirement("CLI-006")
def test_a_document_is_admitted_byte_for_byte(console_at: ConsoleAt, tmp_path: Path) -> None:
    console = console_at("evidence")
    page = tmp_path / "page 1.pdf"
    page.write_bytes(b"%PDF- a scan")
    said = console.done(
        "ann", "case", "document", CASE, page, *DOCUMENT, "--true-copy", "compared with paper"
    )
    assert "document admitted (document DOC-01)." in said
    (new,) = new_of(console, "document admitted")
    assert new["sha256"] == hashlib.sha256(b"%PDF- a scan").hexdigest()
    assert (new["kind"], new["dated"], new["true_copy"], new["file"]) == (
        "logbook page",
        "2026-03-04",
        "compared with paper",
        "page 1.pdf",
    )
    assert "gone.pdf: is no file" in console.refused(
        "ann", "case", "document", CASE, tmp_path / "gone.pdf", *DOCUMENT
    )


@pytest.mark.requirement("CLI-006", "CAS-063")
def test_findings_are_listed_and_judged_one_by_one_or_all(console_at: ConsoleAt) -> None:
    console = console_at("evidence")
    first, second = console.by("ann", "case", "findings", CASE, "--json").json
    assert (second["judgement"], second["words"][:12]) == (None, "NIR-331: gap")
    lines = console.done("ann", "case", "findings", CASE).splitlines()
    assert [line.split()[0] for line in lines] == ["Finding", first["finding"], second["finding"]]
    dismiss = ("case", "judge", CASE, first["finding"], "--dismissed")
    assert "needs a reason" in console.refused("ann", *dismiss)
    console.done("ann", *dismiss, "--why", "sampled at the line")
    said = console.done("ann", "case", "judge", CASE, "--all-accepted")
    assert "finding judged" in said
    judged = console.by("ann", "case", "findings", CASE, "--json").json
    assert [row["judgement"] for row in judged] == ["dismissed", "accepted"]
    assert "nothing to record" in console.refused("ann", "case", "judge", CASE, "--all-accepted")


@pytest.mark.requirement("CLI-008")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("judge", CASE, "--accepted"), "name their ids, or give --all-accepted alone"),
        (("judge", CASE, "12345678", "--all-accepted"), "name their ids, or give"),
        (("judge", CASE, "12345678", "--accepted"), 'There is no finding "12345678"'),
        (("judge", CASE, "12345678"), "one of the arguments --accepted"),
        (("annotate", CASE, "--from", "x", "--to", "y", "--text", "z"), "is no time"),
        (("document", CASE, "f", *DOCUMENT[2:], "--kind", "poem"), "'poem' is none of"),
    ],
)
def test_what_is_not_clear_is_one_sentence(
    words: tuple[str, ...], says: str, console_at: ConsoleAt
) -> None:
    assert says in console_at("evidence").refused("ann", "case", *words)


@pytest.mark.requirement("CLI-008")
def test_findings_come_with_the_evidence(console_at: ConsoleAt) -> None:
    console = console_at("scope")
    for words in (("findings", CASE), ("judge", CASE, "--all-accepted")):
        assert "has no evidence yet; admit a folder first" in console.refused("ann", "case", *words)


@pytest.mark.requirement("CLI-006")
def test_a_remark_is_made_in_the_zone_of_the_case_or_with_an_offset(console_at: ConsoleAt) -> None:
    console = console_at("evidence")
    stretch = ("--from", "2026-03-04T10:00", "--to", "2026-03-04T09:30:00+00:00")
    console.done("ann", "case", "annotate", CASE, "--tag", "NIR-331", *stretch, "--text", "dip")
    console.done("ann", "case", "annotate", CASE, *stretch, "--text", "all signals")
    first, second = new_of(console, "annotation made")
    assert (first["start_ms"], first["end_ms"]) == (START, START + 30 * 60_000)
    assert (first["annotation_id"], second["annotation_id"]) == ("A-1", "A-2")
    assert (first["tag"], second["tag"]) == ("NIR-331", "")
    turned = ("--from", "2026-03-04T10:00", "--to", "2026-03-04T10:00", "--text", "x")
    assert "ends before it begins" in console.refused("ann", "case", "annotate", CASE, *turned)


def test_a_folder_that_cannot_be_used_is_said_so_and_nothing_recorded(
    console_at: ConsoleAt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(title: str, *_: object) -> None:
        assert title == "The reading"
        raise UnusableInput("historian.csv", "row 7 has no time", "export it again")

    monkeypatch.setattr(commands, "worked", refuses)
    console = console_at("scope")
    said = console.refused("ann", "case", "admit", CASE, tmp_path)
    assert "historian.csv: row 7 has no time; export it again." in said
    assert new_of(console, "evidence admitted") == []


def test_a_cancelled_reading_records_nothing(
    console_at: ConsoleAt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancelled(title: str, *_: object) -> None:
        raise UnusableRequest(f"{title} was cancelled; nothing was recorded.")

    monkeypatch.setattr(commands, "worked", cancelled)
    console = console_at("scope")
    assert "The reading was cancelled" in console.refused("ann", "case", "admit", CASE, tmp_path)
    assert new_of(console, "evidence admitted") == []


def test_an_unknown_case_is_said_before_anything_is_read(
    console_at: ConsoleAt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "worked", pytest.fail)
    said = console_at("scope").refused("ann", "case", "admit", "DEV-9", tmp_path)
    assert "There is no case DEV-9" in said
