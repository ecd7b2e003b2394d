"""The whole investigation of the shipped example from the console, set-up to three signatures.

Given a new workspace and five people, when each does their part with the commands of the console -
one of them killed on the way, one typing at a terminal - then the case is closed with a report that
three people have signed, and everything verifies; re-opened, nothing of it counts as signed.
"""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from support.console import Console, Told
from support.programs import needed
from support.trust import GIVEN, PASSWORD

from investigator.casework.installation import HOME
from investigator.casework.verification import Verification, verify
from investigator.cli.at_desk import USER, WORKSPACE
from investigator.domain.acts.checks import HUMAN_ERROR_QUESTIONS, PHASE_ONE_POINTS

pytestmark = pytest.mark.skipif(os.name == "nt", reason="terminals and kill -9 of POSIX")

CASE = "DEV-2026-1929"
CAUSE = "api_loadcell_drift"
PEOPLE = (
    ("ann", "Ann Weber", "investigator"),
    ("ben", "Ben Ruiz", "subject-matter-reviewer"),
    ("eva", "Eva Kral", "qa-approver"),
    ("tom", "Tom Yilmaz", "twin-approver"),
    ("aud", "Aud Itor", "auditor"),
)
OPEN = (
    *("--title", "API reconciliation outside limit, Tablet A 50 mg", "--line", "CDC-3"),
    *("--description", "Consumed and fed API differ by 2.04 %.", "--batch", "TA50-26-0540"),
    *("--product", "Tablet A 50 mg", "--class", "minor", "--due", "2026-04-13"),
    *("--why", "one drum out of trend"),
)
DOCUMENT = (
    *("--kind", "calibration-certificate", "--title", "Load cell of LW-311"),
    *("--dated", "2026-03-14", "--author", "Metrology", "--true-copy", "compared with paper"),
)
DOUBT = (
    *("NF.CDC3.NIR331.API.PV", "--kind", "window cleaned", "--treatment", "ignore"),
    *("--from", "2026-03-13T00:10", "--to", "2026-03-13T00:12"),
    *("--text", "logbook: NIR window wiped", "--why", "the values are plausible"),
)
CONCLUDE = (
    *("--root-cause", "cause-confirmed", "--cause", CAUSE),
    *("--statement", "The load cell of the API feeder drifted by 6.5 %."),
    *("--severity", "medium", "--probability", "low", "--detectability", "medium"),
    *("--risk", "the affected drums are rejected"),
    *("--why", "the other failure modes leave the NIR analyser unexplained"),
)
ACTION = (
    *("CAPA-1", "--kind", "corrective-action", "--text", "Check the load cells each week."),
    *("--owner", "head of engineering", "--due", "2026-05-31"),
    *("--effectiveness", "no drift above 0.5 % in three months"),
)

SUPPOSED = "input:paddle.speed@2026-03-13T01:35/2026-03-13T03:56=20,step"


@dataclass(slots=True)
class Walk:
    """What was told on the way, and what was left behind."""

    folder: Path
    console: Console = field(default_factory=Console)
    told: dict[str, Told] = field(default_factory=dict)
    marks: dict[str, dict[str, str]] = field(default_factory=dict)
    verified: dict[str, Verification] = field(default_factory=dict)
    killed: tuple[int, int, int] = (0, 0, 0)
    typed: str = ""

    @property
    def workspace(self) -> Path:
        return self.folder / "w"

    def do(self, who: str, command: str, *words: object, more: tuple[str, ...] = ()) -> Told:
        """One command of the case, which must do its work."""
        told = self.console.by(who, "case", command, CASE, *words, more=more)
        assert told.status == 0, (command, told.err)
        self.told[command] = told
        return told

    def look(self, when: str) -> None:
        """Remember the mark of every step."""
        shown = json.loads(self.do("aud", "show", "--json").out)
        self.marks[when] = {row["step"]: row["mark"] for row in shown["steps"]}

    @property
    def entries(self) -> int:
        return int(self.console.run("workspace", "show", "--json").json["entries"])


@pytest.fixture(scope="module")
def walk(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    walk = Walk(tmp_path_factory.mktemp("console"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME, str(walk.folder / "home"))
        for name in (USER, WORKSPACE):
            patch.delenv(name, raising=False)
        set_up(walk)
        open_the_case(walk)
        admit(walk, example)
        analyse(walk)
        conclude(walk)
        sign(walk)
        end(walk)
        yield walk


def set_up(walk: Walk) -> None:
    site = ("--site", "Northfield", "--zone", "Europe/Berlin")
    first = ("--admin", "root", "--name", "Root Adams", "--password-stdin")
    command = ("workspace", "create", str(walk.workspace), *site, *first)
    made = subprocess.run(
        [sys.executable, "-m", "investigator", *command],
        check=False,
        input=f"{PASSWORD}\n",
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    for user_id, name, role in PEOPLE:
        words = ("user", "add", user_id, "--name", name, "--role", role, "--why", "card seen")
        walk.console.done("root", *words, more=(GIVEN,))
    for user_id, _, _ in PEOPLE:
        own = ("user", "password", "--user", user_id, "--password-stdin")
        assert walk.console.run(*own, passwords=(GIVEN, PASSWORD)).status == 0


def open_the_case(walk: Walk) -> None:
    walk.do("ann", "open", *OPEN)
    walk.do("ann", "classify", "major", "--why", "assay of a drum possibly off")
    walk.do("ann", "contain", "All drums of the batch blocked.")
    walk.do("ann", "extend", "2026-04-20", "--why", "calibration takes ten days")
    decision = (
        *("--shares", "material-lot,equipment", "--decision", "not-affected"),
        *("--status", "in-quarantine"),
    )
    walk.do("ann", "scope", "TA50-26-0541", *decision, "--why", "another load cell")
    walk.do("ann", "scope-complete", "--why", "batch list of CDC-3, lot where-used list")


def admit(walk: Walk, example: Path) -> None:
    walk.do("ann", "admit", example)
    walk.look("evidence admitted")
    first, *_ = walk.console.by("ann", "case", "findings", CASE, "--json").json
    walk.do("ann", "judge", first["finding"], "--dismissed", "--why", "seen in the raw file")
    walk.do("ann", "judge", "--all-accepted")
    for row in walk.console.by("ann", "case", "findings", CASE, "--json").json:
        if row["judgement"] is None:
            walk.do("ann", "judge", row["finding"], "--accepted")
    walk.do("ann", "clock", "--all-accepted")
    walk.do("ann", "map", "--confirm")
    walk.do("ann", "doubt", *DOUBT)
    certificate = walk.folder / "certificate.pdf"
    certificate.write_bytes(b"%PDF- a scan of the certificate")
    walk.do("ann", "document", certificate, *DOCUMENT)
    walk.do("ann", "twin", "--why", "the twin is a draft")


def analyse(walk: Walk) -> None:
    walk.do("ann", "replay")
    stretch = ("--from", "2026-03-13T01:35", "--to", "2026-03-13T03:56")
    walk.do("ann", "annotate", "--tag", "NF.CDC3.NIR331.API.PV", *stretch, "--text", "API high")
    walk.do("ann", "raise", "--failure-modes")
    walk.do("ann", "link", "DOC-01", CAUSE, "supports", "--why", "it was out of tolerance")
    look_on_site(walk)
    walk.killed = kill_a_ranking(walk)
    walk.verified["killed"] = verify(walk.workspace)
    walk.do("ann", "rank")
    suppose(walk)
    walk.do("ann", "verdict", CAUSE, "supported", "--others-refuted", "--why", "fits all channels")
    walk.do("ann", "impact")
    walk.do("ann", "is-is-not", "--proposed")
    walk.do("ann", "why", CAUSE, "1", "the feed factor fell", "--from", "document:DOC-01")
    walk.do("ann", "remedies", "--asked", "0.9")
    walk.do("ann", "decide", "TA50-26-0540-D10", "reject", "--why", "not worth the testing")
    walk.do("ann", "decide", "--as-proposed")


def suppose(walk: Walk) -> None:
    words = ("--title", "The paddle ran faster", "--category", "machine", "--part", SUPPOSED)
    walk.console.done("ann", "case", "scenario", "state", CASE, "faster", *words)
    walk.console.done("ann", "case", "scenario", "run", CASE, "faster", "--fit")


def look_on_site(walk: Walk) -> None:
    done, record = ("--done", "2026-03-14T08:30"), ("--document", "DOC-01")
    walk.do("ann", "check", "load_cell_check_weight", "--outcome", "failed", *done, *record)
    own = ("--title", "Feeder opened", "--found", "no deposit on the cell", "--cause", CAUSE)
    walk.do("ann", "own-check", "O-1", *own, "--bearing", "bears-on", *done)
    points = [word for name in PHASE_ONE_POINTS for word in (f"--{name}", "as the method asks")]
    walk.do("ann", "phase-one", "lab_analytical_error", *record, "--no-error-found", *points)
    answers = [word for name in HUMAN_ERROR_QUESTIONS for word in (f"--{name}", "fit for it")]
    walk.do("ann", "human-error", "api_potency_misentry", *answers)


def kill_a_ranking(walk: Walk) -> tuple[int, int, int]:
    """End a ranking by kill -9 while it simulates: entries before and after, and its status."""
    before = walk.entries
    command = ("case", "rank", CASE, "--user", "ann", "--password-stdin")
    with subprocess.Popen(
        [sys.executable, "-m", "investigator", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as ranking:
        assert ranking.stdin is not None
        assert ranking.stderr is not None
        ranking.stdin.write(f"{PASSWORD}\n")
        ranking.stdin.flush()
        for line in ranking.stderr:
            if "simulating" in line:
                break
        ranking.send_signal(signal.SIGKILL)
        status = ranking.wait()
    return before, walk.entries, status


def conclude(walk: Walk) -> None:
    walk.do("ann", "conclude", *CONCLUDE)
    walk.do("ann", "action", *ACTION)
    action = walk.console.by("ann", "case", "action", CASE, *ACTION[1:], "--json")
    assert action.status == 2, "an action needs its id"
    walk.do("ann", "issue")
    walk.look("issued")


def sign(walk: Walk) -> None:
    walk.do("ann", "sign", "--as", "author", more=(PASSWORD,))
    walk.do("ben", "return", "--why", "name the certificate")
    walk.do("ann", "issue")
    walk.do("ann", "sign", "--as", "author", more=(PASSWORD,))
    walk.typed = sign_at_a_terminal("ben", "reviewer")
    walk.do("eva", "sign", "--as", "approver", "--why", "agreed", more=(PASSWORD,))
    walk.look("signed")


def sign_at_a_terminal(who: str, role: str) -> str:
    """What the terminal showed while a person signed at it.

    The program is started by `subprocess`, never by a fork of this process: other threads run here,
    and a fork may find one of them holding a lock that nobody gives back.
    """
    import pty

    command = ("case", "sign", CASE, "--as", role, "--user", who)
    terminal, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "investigator", *command],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as signing:
        os.close(theirs)
        shown = ""
        for prompt in (f"Password of {who}: ", f"Password of {who}, to sign as {role}: "):
            while prompt not in shown:
                shown += read_soon(terminal, shown)
            os.write(terminal, f"{PASSWORD}\n".encode())
        while chunk := read_soon(terminal, shown):
            shown += chunk
        assert signing.wait(60) == 0, shown
    os.close(terminal)
    return shown


def read_soon(terminal: int, shown: str) -> str:
    """What the terminal shows next, empty once its program has ended; it must come in a minute."""
    ready, _, _ = select.select([terminal], [], [], 60)
    assert ready, f"the terminal stood still after {shown!r}"
    try:
        return os.read(terminal, 1024).decode()
    except OSError:
        return ""  # a terminal whose program has ended gives no end of file, but this


def end(walk: Walk) -> None:
    walk.do("eva", "close")
    walk.do("aud", "report", "--out", walk.folder / "report.pdf")
    walk.look("closed")
    walk.verified["closed"] = verify(walk.workspace)
    walk.do("eva", "reopen", "--why", "a further drum was tested")
    walk.look("re-opened")
    walk.verified["re-opened"] = verify(walk.workspace)


def audit(walk: Walk, *words: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = walk.console.by("aud", "audit", CASE, "--json", *words).json
    return rows


@pytest.mark.requirement("CLI-006", "CAS-001")
def test_every_act_of_an_investigation_is_in_the_trail(walk: Walk) -> None:
    from investigator.domain.acts.catalogue import ALL_ACTS

    done = {row["act"] for row in audit(walk)}
    assert {act.WORD for act in ALL_ACTS} <= done


@pytest.mark.requirement("CLI-008", "CAS-054")
def test_the_trail_tells_who_when_why_and_with_which_software(walk: Walk) -> None:
    (changed,) = audit(walk, "--act", "classification changed")
    assert (changed["user_id"], changed["full_name"], changed["role"]) == (
        "ann",
        "Ann Weber",
        "investigator",
    )
    assert changed["old"]["classification"] == "minor"
    assert changed["new"] == {"classification": "major"}
    assert changed["why"] == "assay of a drum possibly off"
    assert changed["zone"] == "Europe/Berlin"
    assert changed["software"].startswith("investigator ")


@pytest.mark.requirement("CLI-005", "CLI-009")
def test_a_killed_ranking_leaves_nothing_but_the_sign_in(walk: Walk) -> None:
    before, after, status = walk.killed
    assert status == -signal.SIGKILL
    assert after == before + 1
    assert walk.verified["killed"].faults == ()


@pytest.mark.requirement("CLI-004", "DIA-001")
def test_the_ranking_names_the_cause_of_the_example(walk: Walk) -> None:
    ranked = walk.told["rank"]
    lead = next(line for line in ranked.lines if line.startswith("api_"))
    assert lead.split()[:4] == [CAUSE, ">", "99.9", "%"]
    assert "simulating each failure mode" in ranked.err
    assert "simulating" not in ranked.out


@pytest.mark.requirement("IMP-001", "CLI-011")
def test_the_containers_are_decided_and_the_departure_has_its_reason(walk: Walk) -> None:
    shown = walk.console.by("aud", "case", "show", CASE, "--json").json
    decisions = {row["container"][-3:]: row["decision"] for row in shown["containers"]}
    assert len(decisions) == 14
    rejected = {name for name, decision in decisions.items() if decision == "reject"}
    assert rejected == {"D08", "D10"}
    assert {decisions[name] for name in ("D05", "D06", "D07", "D09")} == {"additional-testing"}
    assert decisions["D01"] == "release"
    (departure,) = audit(walk, "--words", "worth testing")
    assert departure["object"] == f"{CASE}/container TA50-26-0540-D10"
    assert departure["new"]["proposed"] == "release"


@pytest.mark.requirement("CLI-011", "CAS-012")
def test_the_marks_follow_the_walk(walk: Walk) -> None:
    admitted, issued = walk.marks["evidence admitted"], walk.marks["issued"]
    assert (admitted["Case"], admitted["Evidence"]) == ("done", "open points")
    assert admitted["Replay"] == admitted["Report"] == "not begun"
    assert set(issued.values()) == {"done", "open points"}
    assert set(walk.marks["signed"].values()) == {"signed"}
    assert set(walk.marks["closed"].values()) == {"signed"}
    assert walk.marks["re-opened"]["Report"] == "stale"


@pytest.mark.requirement("CLI-007", "CLI-012")
def test_at_the_terminal_the_password_is_asked_for_twice_and_never_shown(walk: Walk) -> None:
    assert walk.typed.count("Password of ben") == 2
    assert PASSWORD not in walk.typed
    assert "report signed (signature of the reviewer)." in walk.typed


@pytest.mark.requirement("CAS-010", "RPT-001")
def test_the_report_carries_three_signatures_that_a_pdf_reader_accepts(walk: Walk) -> None:
    said = subprocess.run(
        [needed("pdfsig", "poppler-utils"), str(walk.folder / "report.pdf")],
        check=False,
        capture_output=True,
        text=True,
    ).stdout
    assert said.count("Signature is Valid") == 3
    assert [line.split(": ")[1] for line in said.splitlines() if "Common Name" in line] == [
        "Ann Weber",
        "Ben Ruiz",
        "Eva Kral",
    ]
    *_, last = said.split("Signature #")
    assert "Total document signed" in last


@pytest.mark.requirement("RPT-001")
def test_the_report_says_what_was_decided(walk: Walk) -> None:
    document = pypdfium2.PdfDocument(walk.folder / "report.pdf")
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    text = " ".join(" ".join(pages).split())
    assert all("revision 2, for information only" in page for page in pages)
    for words in (
        CASE,
        "The load cell of the API feeder drifted by 6.5 %.",
        "Check the load cells each week.",
        "All drums of the batch blocked.",
        "TA50-26-0541",
        "TA50-26-0540-D09",
        "Load cell of LW-311",
        "Ann Weber",
        "Ben Ruiz",
    ):
        assert words in text, words


@pytest.mark.requirement("REC-020")
@pytest.mark.parametrize("when", ["closed", "re-opened"])
def test_everything_verifies(when: str, walk: Walk) -> None:
    found = walk.verified[when]
    assert found.faults == ()
    assert any("in force when given: 4" in words for words in found.proven)


@pytest.mark.requirement("CAS-011", "CAS-055")
def test_re_opened_nothing_counts_as_signed(walk: Walk) -> None:
    assert "signatures voided (author, reviewer, approver)" in walk.told["reopen"].out
    assert "is not in force" in walk.console.done("aud", "case", "show", CASE)
    for who, role in (("ann", "author"), ("eva", "approver")):
        words = ("case", "sign", CASE, "--as", role)
        assert "issue it again" in walk.console.refused(who, *words, more=(PASSWORD,))
