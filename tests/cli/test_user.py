"""Accounts from the console: made, changed, locked out and let in again."""

from collections.abc import Callable

import pytest
from support.console import Console, one_sentence
from support.investigations import OPENED
from support.trust import GIVEN, PASSWORD

from investigator.domain.acts.act import Act

ConsoleBefore = Callable[[Act | None], Console]
NEW = "another green press 8"
CHECKED = ("--why", "identity card seen")


@pytest.fixture
def console(console_before: ConsoleBefore) -> Console:
    return console_before(OPENED)


def standing(console: Console, user_id: str) -> dict[str, object]:
    rows = console.by("aud", "user", "list", "--json").json
    found: dict[str, object] = next(row for row in rows if row["user_id"] == user_id)
    return found


@pytest.mark.requirement("CLI-006", "CAS-064")
def test_an_account_is_made_and_used(console: Console) -> None:
    command = ("user", "add", "kim", "--name", "Kim Doe", "--role", "QA-approver", *CHECKED)
    said = console.done("root", *command, "--role", "twin-approver", more=(NEW,))
    assert said == "Account kim made for Kim Doe: QA approver, twin approver.\n"
    as_kim = ("--user", "kim", "--password-stdin")
    told = console.run("case", "list", *as_kim, passwords=(NEW,))
    assert "choose an own one first" in one_sentence(told)
    assert standing(console, "kim") == {
        "user_id": "kim",
        "full_name": "Kim Doe",
        "roles": ["QA approver", "twin approver"],
        "locked": False,
        "disabled": False,
        "standing": "own password not chosen yet",
    }
    assert console.run("user", "password", *as_kim, passwords=(NEW, PASSWORD)).status == 0
    told = console.run("case", "list", *as_kim, passwords=(PASSWORD,))
    assert "waits for a second person" in one_sentence(told)
    console.done("eva", "user", "confirm", "kim", "--why", "works beside me")
    assert console.run("case", "list", *as_kim, passwords=(PASSWORD,)).status == 0
    assert standing(console, "kim")["standing"] == "in use"


@pytest.mark.requirement("CLI-006", "CAS-064")
def test_roles_passwords_and_use_change(console: Console) -> None:
    console.done("root", "user", "roles", "ben", "--role", "auditor", "--why", "moved")
    assert standing(console, "ben")["roles"] == ["auditor"]
    assert console.done("ann", "user", "password", more=(NEW,)) == (
        "The password of ann is changed.\n"
    )
    assert "not that of ann" in console.refused("ann", "case", "list")
    console.done("root", "user", "reset-password", "ann", "--why", "lost", more=(GIVEN,))
    as_ann = ("--user", "ann", "--password-stdin")
    chosen = console.run("user", "password", *as_ann, passwords=(GIVEN, PASSWORD)).out
    assert "waits for a QA approver, or another administrator than root" in chosen
    assert "with user confirm ann" in chosen
    assert "waits for a second person" in console.refused("ann", "case", "list")
    confirm = ("user", "confirm", "ann", "--why", "spoke with her")
    assert "neither ann nor root" in console.refused("root", *confirm)
    console.done("eva", *confirm)
    console.done("ann", "case", "list")
    console.done("root", "user", "disable", "ann", "--why", "left")
    assert "disabled" in console.refused("ann", "case", "list")
    lines = console.done("root", "user", "list").splitlines()
    assert next(line.split()[4:] for line in lines if line.startswith("ann ")) == [
        "disabled",
        "investigator",
    ]


@pytest.mark.requirement("CLI-008", "REC-009")
def test_five_wrong_passwords_over_five_commands_lock(console: Console) -> None:
    wrong = ("case", "list", "--user", "ann", "--password-stdin")
    for _ in range(5):
        told = console.run(*wrong, passwords=("wrong",))
        assert "The password is not that of ann." in one_sentence(told)
    assert "locked after 5 failed attempts" in console.refused("ann", "case", "list")
    assert standing(console, "ann")["locked"]
    console.done("root", "user", "unlock", "ann", "--why", "came in person")
    console.done("ann", "case", "list")


@pytest.mark.requirement("CLI-008")
@pytest.mark.parametrize(
    ("who", "words", "says"),
    [
        ("ann", ("disable", "ben", "--why", "x"), 'holds no right to "keep accounts"'),
        ("root", ("disable", "root", "--why", "x"), "does not change the own account"),
        ("root", ("disable", "ben", "--why", " "), "needs a reason; say why"),
        ("root", ("disable", "ben"), "required: --why"),
        ("root", ("disable", "nobody", "--why", "x"), 'There is no account "nobody"'),
        ("root", ("roles", "ben", "--role", "boss", "--why", "x"), "'boss' is none of:"),
        ("root", ("reset-password", "ben", "--why", "x"), "No password was handed in for ben"),
    ],
)
def test_what_is_refused_is_one_sentence(
    who: str, words: tuple[str, ...], says: str, console: Console
) -> None:
    assert says in console.refused(who, "user", *words)


def test_a_weak_new_password_is_refused(console: Console) -> None:
    assert "15 to 128" in console.refused("ann", "user", "password", more=("short",))
