"""After an act the console tells the entries that hold it."""

import json

import pytest
from support.investigations import CONTAINED, DECIDED, JUDGED, RELATED, VOIDED, Story, walked

from investigator.cli.recorded import tell_recorded


def told(story: Story, since: int, capsys: pytest.CaptureFixture[str]) -> list[str]:
    tell_recorded(story.case, since, as_json=False)
    return capsys.readouterr().out.splitlines()


@pytest.mark.requirement("CLI-008")
def test_acts_alike_share_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    story = Story(walked(until=JUDGED[-1]))
    since = story.entry(JUDGED[0]).sequence
    last = story.entry(JUDGED[-1]).sequence
    assert told(story, since, capsys) == [f"Entries {since} to {last}: verdict given, 2 times."]


@pytest.mark.requirement("CLI-008")
def test_one_act_names_its_thing(capsys: pytest.CaptureFixture[str]) -> None:
    story = Story(walked(until=RELATED))
    last = story.entry(RELATED).sequence
    assert told(story, last, capsys) == [f"Entry {last}: related batch decided (batch B-101)."]
    first = story.entry(CONTAINED).sequence
    assert told(story, first, capsys)[0] == f"Entry {first}: containment recorded."


@pytest.mark.requirement("CLI-008")
def test_what_was_voided_or_withdrawn_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    story = Story(walked(until=DECIDED[-1]))
    gone = story.withdraw(DECIDED[0])
    voided = story.unchecked(VOIDED)
    number = gone.withdrawn.sequence
    assert told(story, gone.sequence, capsys) == [
        f'Entry {gone.sequence}: entry {number} ("disposition decided") withdrawn.',
        f"Entry {voided.sequence}: signatures voided (author, reviewer, approver), because: "
        "document admitted.",
    ]
    tell_recorded(story.case, gone.sequence, as_json=True, also={"more": [1]})
    assert json.loads(capsys.readouterr().out) == {
        "case": "DEV-1",
        "recorded": [
            {
                "entry": gone.sequence,
                "act": "withdrawn",
                "about": f"entry {number}",
            },
            {"entry": voided.sequence, "act": "signatures voided", "about": "signatures"},
        ],
        "more": [1],
    }
