"""What could be done, from the console: asked for in order, told as lines and as values."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from support import much_impact
from support.console import Console
from support.investigations import CASE, DRUMS, FOLLOWED, REMEDIED, Story, followed, walked
from support.scenes import a_scene

from investigator.casework.snapshot import Snapshot
from investigator.casework.stored import encoded
from investigator.cli.case import analysis as commands
from investigator.cli.case.remedies import remedy_document, remedy_lines

ConsoleAt = Callable[[str], Console]


def seen(*, stale: bool = False) -> Snapshot:
    found = a_scene(walked(until=FOLLOWED)).seen
    assert found is not None
    assert found.impact is not None
    story = Story(found.case)
    story.do(REMEDIED)
    if stale:
        story.do(followed(2, *DRUMS))
    told = much_impact.remedies(found.impact.impact.containers)
    return replace(found, case=story.case, remedies=told)


@pytest.mark.requirement("CLI-077")
def test_every_remedy_stands_in_a_row_then_what_was_refused_then_the_verdict() -> None:
    lines = remedy_lines(seen())
    assert lines[0].split()[0] == "Remedy"
    assert [line.split()[:2] for line in lines[1:4]] == [
        ["Do", "nothing"],
        ["Divert", "a"],
        ["Changed", "set-points"],
    ]
    assert "start 28.0 s after the alarm" in lines[2] or "start 28 s after the alarm" in lines[2]
    assert "Not simulated: Reprocess. It is not registered for CDC-3." in lines
    assert lines[-1].startswith("For the containers as filled, the cheapest registered remedy")


@pytest.mark.requirement("CLI-077")
def test_the_values_hold_every_container_before_and_after() -> None:
    told: Any = json.loads(json.dumps(remedy_document(seen())))
    assert (told["best"], told["nearest"], told["stale"]) == ("divert", "divert", False)
    for outcome in told["outcomes"]:
        assert [row["container"] for row in outcome["containers"]] == list(DRUMS)
        assert all(0.0 <= row["p_conform_after"] <= 1.0 for row in outcome["containers"])
    assert [row["kind"] for row in told["refused"]] == ["reprocess"]


@pytest.mark.requirement("CLI-077")
def test_what_an_impact_overtook_says_so() -> None:
    overtaken = seen(stale=True)
    assert remedy_lines(overtaken)[0] == "Stale: the impact has changed since."
    told: Any = remedy_document(overtaken)
    assert told["stale"] is True


def test_where_nothing_was_simulated_it_is_said() -> None:
    nothing = replace(seen(), remedies=None)
    assert remedy_lines(nothing) == ["No remedy was simulated yet."]
    assert remedy_document(nothing) is None


@pytest.mark.requirement("CLI-077", "CLI-078")
@pytest.mark.parametrize(("words", "asked"), [((), 950), (("--asked", "0.9"), 900)])
def test_the_simulation_is_recorded_for_the_probability_that_was_asked(
    words: tuple[str, ...], asked: int, console_at: ConsoleAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work itself is not done here; the walk on the console does it."""
    given: list[Any] = []

    def worked(title: str, work: Any, *args: Any) -> bytes:
        given.extend(args)
        return encoded(much_impact.remedies(()))

    monkeypatch.setattr(commands, "worked", worked)
    console = console_at("impact")
    said = console.done("ann", "case", "remedies", CASE, *words)
    assert "remedies recorded" in said
    assert "the cheapest registered remedy" in said
    assert given[-1] == asked
    (row,) = console.by("ann", "audit", CASE, "--act", "remedies recorded", "--json").json
    assert row["new"]["asked_per_mille"] == asked


@pytest.mark.requirement("CLI-078")
@pytest.mark.parametrize("asked", ["0", "1", "95", "0.9555", "-0.5", "nan", "inf", "often"])
def test_what_is_no_probability_is_refused_in_one_sentence(
    asked: str, console_at: ConsoleAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "worked", pytest.fail)
    said = console_at("impact").refused("ann", "case", "remedies", CASE, f"--asked={asked}")
    assert "is no probability between 0 and 1 with at most three decimals" in said


@pytest.mark.requirement("CLI-077")
@pytest.mark.parametrize(
    ("step", "who", "says"),
    [
        ("ranking", "ann", "There is no impact yet"),
        ("impact", "eva", "not open to the role"),
    ],
)
def test_out_of_order_or_without_the_right_nothing_is_begun(
    step: str, who: str, says: str, console_at: ConsoleAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "worked", pytest.fail)
    assert says in console_at(step).refused(who, "case", "remedies", CASE)
