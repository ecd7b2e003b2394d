"""The accounts, and what an administrator may do with each."""

from dataclasses import replace

import pytest
from support.scenes import ADMINISTRATOR, APPROVER, INVESTIGATOR, no_case

from investigator.casework.accounts import AccountRow, Role
from investigator.casework.session import SignedIn
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.people import (
    GONE,
    NONE_WAITS,
    NOT_ADMINISTRATOR,
    NOT_SECOND,
    OWN,
    OWN_KEY,
    REPLACED_IT,
    SELECT,
    Asks,
    commands,
    first_steps,
    inspected,
    note,
    people,
    role_options,
)

ANN = AccountRow("ann", "Ann of Testing", (Role.INVESTIGATOR,), False, False, False, "")
BEN = AccountRow("ben", "Ben of Testing", (Role.SUBJECT_MATTER_REVIEWER,), True, False, False, "")
EVA = AccountRow("eva", "Eva of Testing", (Role.QA_APPROVER,), False, True, False, "")
ROOT = AccountRow("root", "Root of Testing", (Role.ADMINISTRATOR,), False, False, False, "")


class Asked:
    """What was asked for."""

    def __init__(self) -> None:
        self.said: list[object] = []
        add = self.said.append
        self.asks = Asks(
            enrol=lambda: add("enrol"),
            roles=lambda a: add(("roles", a.user_id)),
            unlock=lambda a: add(("unlock", a.user_id)),
            key=lambda a: add(("key", a.user_id)),
            confirm=lambda a: add(("confirm", a.user_id)),
            disable=lambda a: add(("disable", a.user_id)),
            own_password=lambda: add("own"),
        )


def scene(person: SignedIn = ADMINISTRATOR, *accounts: AccountRow) -> Scene:
    return replace(no_case(person), accounts=accounts or (ANN, BEN, EVA, ROOT))


@pytest.mark.requirement("WIN-042")
def test_accounts_are_listed_with_their_state() -> None:
    rows = people(scene())
    assert [(row.user_id, row.state, row.tone) for row in rows] == [
        ("ann", "in use", Tone.GOOD),
        ("ben", "locked", Tone.BAD),
        ("eva", "disabled", Tone.PLAIN),
        ("root", "in use", Tone.GOOD),
    ]
    assert rows[3].full_name == "Root of Testing (you)"
    assert note(scene()) == "4 accounts, 1 locked"


@pytest.mark.requirement("WIN-042")
def test_an_administrator_can_do_what_fits_the_account() -> None:
    asked = Asked()
    rows = people(scene())
    for row, enabled in (
        (rows[0], {"roles", "key", "disable"}),
        (rows[1], {"roles", "unlock", "key", "disable"}),
        (rows[2], set()),
        (rows[3], set()),
    ):
        offered = commands(scene(), row, asked.asks)[2:]
        assert {c.id.removeprefix("people.") for c in offered if c.enabled} == enabled
    said = {c.why_not for c in commands(scene(), rows[3], asked.asks)[2:]}
    assert said == {OWN, NONE_WAITS}
    for command in commands(scene(), rows[1], asked.asks):
        command.run()
    assert asked.said == [
        "enrol",
        "own",
        ("roles", "ben"),
        ("unlock", "ben"),
        ("key", "ben"),
        ("confirm", "ben"),
        ("disable", "ben"),
    ]


@pytest.mark.requirement("WIN-042")
def test_everybody_else_changes_the_own_password_only() -> None:
    offered = commands(scene(INVESTIGATOR), people(scene())[0], Asked().asks)
    assert [c.id for c in offered if c.enabled] == ["people.own_password"]
    assert offered[0].why_not == NOT_ADMINISTRATOR


@pytest.mark.requirement("WIN-044")
def test_what_stands_between_an_account_and_its_use_is_said() -> None:
    waiting = (replace(ANN, given=True), replace(BEN, given=True, unconfirmed_from="root"))
    rows = people(scene(ADMINISTRATOR, *waiting))
    assert [(row.state, row.tone) for row in rows] == [
        ("own password not chosen yet", Tone.WARN),
        ("locked", Tone.BAD),
    ]
    assert note(scene(ADMINISTRATOR, *waiting)) == "2 accounts, 1 locked, 1 new key to be confirmed"
    ann, ben = (inspected(scene(), row, Asked().asks).findings for row in rows)
    assert [remark.tone for remark in ann] == [Tone.WARN]
    assert "chooses an own one" in ann[0].text
    assert [remark.tone for remark in ben] == [Tone.BAD, Tone.WARN, Tone.WARN]
    assert ben[2].text.startswith("root replaced the key")


@pytest.mark.requirement("WIN-045")
def test_a_new_key_is_confirmed_by_a_second_person_only() -> None:
    other = replace(ADMINISTRATOR, user_id="other")
    waits = replace(ANN, unconfirmed_from="root")
    unchosen = "Ann of Testing chooses an own password first; the key comes with it."
    for person, account, why_not in (
        (APPROVER, waits, ""),
        (other, waits, ""),
        (ADMINISTRATOR, waits, REPLACED_IT),
        (replace(APPROVER, user_id="ann"), waits, OWN_KEY),
        (INVESTIGATOR, waits, NOT_SECOND),
        (APPROVER, replace(waits, given=True), unchosen),
        (APPROVER, replace(waits, disabled=True), GONE),
        (APPROVER, ANN, NONE_WAITS),
        (APPROVER, None, SELECT),
    ):
        seen = scene(person, account or ANN)
        row = people(seen)[0] if account else None
        offered = {c.id: c.why_not for c in commands(seen, row, Asked().asks)}
        assert offered["people.confirm"] == why_not
    assert people(scene(APPROVER, waits))[0].state == "new key not confirmed yet"


def test_what_comes_first_in_a_new_workspace_is_said_to_its_administrator() -> None:
    assert "Enrol the people" in first_steps(scene(ADMINISTRATOR, ROOT))
    assert first_steps(scene()) == ""
    assert first_steps(scene(INVESTIGATOR, ROOT)) == ""


def test_every_role_says_what_it_may() -> None:
    assert len(role_options()) == len(Role)
    said = inspected(scene(), people(scene())[1], Asked().asks)
    assert ("Subject-matter reviewer", "reviews reports and signs as reviewer") in said.facts
    assert said.findings[0].tone is Tone.BAD
