"""The end of a case from the console: conclusion, actions, signatures, the report as a file."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from support.console import Console
from support.investigations import CASE, CAUSES
from support.programs import needed
from support.trust import PASSWORD

from investigator.cli.at_desk import USER

ConsoleAt = Callable[[str], Console]
CONCLUDE = (
    *("case", "conclude", CASE, "--statement", "The filter was blocked.", "--severity", "high"),
    *("--probability", "low", "--detectability", "medium", "--risk", "nothing was released"),
)
ACTION = (
    *("case", "action", CASE, "CAPA-2", "--kind", "preventive-action", "--text", "Alarm on it."),
    *("--owner", "engineering", "--due", "2026-01-31", "--effectiveness", "no blocked filter"),
)
WHY = ("--why", "the others leave it unexplained")


@pytest.mark.requirement("CLI-006")
def test_a_conclusion_and_an_action_are_stated(console_at: ConsoleAt) -> None:
    console = console_at("impact")
    command = (*CONCLUDE, "--root-cause", "most-probable-cause", "--cause", CAUSES[0])
    assert "needs a reason" in console.refused("ann", *command)
    assert "conclusion stated." in console.done("ann", *command, *WHY)
    assert "action proposed (action CAPA-2)." in console.done("ann", *ACTION)
    shown = console.by("ann", "case", "show", CASE, "--json").json
    assert shown["conclusion"] == {
        "root_cause": "most probable cause",
        "causes": [CAUSES[0]],
        "statement": "The filter was blocked.",
    }
    assert shown["actions"][0]["kind"] == "preventive action"
    lines = console.done("ann", "case", "show", CASE).splitlines()
    assert "Conclusion: most probable cause (filter_blocked): The filter was blocked." in lines
    assert any(line.startswith("Action CAPA-2: preventive action, Alarm on it.") for line in lines)


@pytest.mark.requirement("CLI-008")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--root-cause", "cause-confirmed"), "names its hypotheses"),
        (("--root-cause", "cause-not-determined", "--cause", CAUSES[0]), "names none"),
        (("--root-cause", "cause-confirmed", "--cause", CAUSES[1]), "is not supported"),
        (("--root-cause", "perhaps"), "'perhaps' is none of: cause-confirmed"),
        (("--root-cause", "cause-confirmed", "--severity", "huge"), "is none of: low, medium"),
    ],
)
def test_an_unfounded_conclusion_is_one_sentence(
    words: tuple[str, ...], says: str, console_at: ConsoleAt
) -> None:
    assert says in console_at("impact").refused("ann", *CONCLUDE, *words, *WHY)


@pytest.mark.requirement("CLI-006", "CLI-012")
def test_three_people_sign_each_with_id_and_password_anew(
    console_at: ConsoleAt, tmp_path: Path
) -> None:
    console = console_at("report")
    digest = console.by("aud", "case", "show", CASE, "--json").json["report"]["sha256"]
    for field, who in (("author", "ann"), ("reviewer", "ben"), ("approver", "eva")):
        command = ("case", "sign", CASE, "--as", field)
        assert f"No password was handed in for {who}, to sign as {field}" in console.refused(
            who, *command
        )
        assert "in force is another one than was shown" in console.refused(
            who, *command, "--report", "0" * 64, more=(PASSWORD,)
        )
        assert f"not that of {who}" in console.refused(who, *command, more=("wrong",))
        said = console.done(
            who, *command, "--report", digest, "--why", "read it all", more=(PASSWORD,)
        )
        assert f"Signed: the report with SHA-256 {digest}." in said
        assert f"report signed (signature of the {field})." in said
    out = tmp_path / "report.pdf"
    said = console.done("aud", "case", "report", CASE, "--out", out)
    assert said == (
        f"Report revision 1 is in force, signed by: author, reviewer, approver. Saved as {out}.\n"
    )
    checked = subprocess.run(
        [needed("pdfsig", "poppler-utils"), str(out)], check=False, capture_output=True, text=True
    )
    assert checked.stdout.count("Signature is Valid") == 3


@pytest.mark.requirement("CLI-012")
def test_the_id_is_typed_for_a_signature(
    console_at: ConsoleAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = console_at("report")
    monkeypatch.setenv(USER, "ann")
    told = console.run(
        *("case", "sign", CASE, "--as", "author", "--password-stdin"),
        passwords=(PASSWORD, PASSWORD),
    )
    assert told.status == 2
    assert "give --user, INVESTIGATOR_USER is not enough" in told.err


@pytest.mark.requirement("CLI-008", "CAS-051")
@pytest.mark.parametrize(
    ("step", "who", "field", "says"),
    [
        ("conclusion", "ann", "author", "There is no report to sign"),
        ("report", "ben", "reviewer", "out of turn: that of the author is next"),
        ("report", "eva", "author", "not open to the role QA approver"),
        ("author", "all", "author", "out of turn"),
        ("approver", "ann", "author", "All three signatures are given"),
    ],
)
def test_a_signature_out_of_turn_is_one_sentence(
    step: str, who: str, field: str, says: str, console_at: ConsoleAt
) -> None:
    command = ("case", "sign", CASE, "--as", field)
    assert says in console_at(step).refused(who, *command, more=(PASSWORD,))


@pytest.mark.requirement("CLI-006")
def test_the_report_is_saved_as_it_stands(console_at: ConsoleAt, tmp_path: Path) -> None:
    console = console_at("author")
    out = tmp_path / "r.pdf"
    document = console.by("ann", "case", "report", CASE, "--out", out, "--json").json
    assert document["report"]["in_force"]
    (signature,) = document["report"]["signatures"]
    assert (signature["field"], signature["full_name"]) == ("author", "Ann of Testing")
    console.done("ann", "case", "contain", CASE, "more")
    said = console.done("ann", "case", "report", CASE, "--out", out)
    assert "Report revision 1 is not in force: issue it again. Saved as" in said
    assert out.read_bytes().count(b"/ByteRange") == 0


@pytest.mark.requirement("CLI-008")
def test_no_report_or_no_place_for_it_is_one_sentence(
    console_at: ConsoleAt, tmp_path: Path
) -> None:
    console = console_at("conclusion")
    command = ("case", "report", CASE, "--out")
    assert "There is no report yet" in console.refused("ann", *command, tmp_path / "r.pdf")
    assert not (tmp_path / "r.pdf").exists()
    console = console_at("report")
    said = console.refused("ann", *command, tmp_path / "no" / "r.pdf")
    assert "cannot be written (No such file or directory)" in said


@pytest.mark.requirement("CLI-008")
def test_an_unfinished_case_has_no_report(console_at: ConsoleAt) -> None:
    said = console_at("impact").refused("ann", "case", "issue", CASE)
    assert "There is no conclusion yet" in said
