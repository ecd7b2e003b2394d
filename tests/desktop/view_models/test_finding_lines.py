"""Findings of one cause under one head, which speaks for all of them."""

import pytest
from support.investigations import EVIDENCE, Story, walked
from support.scenes import TAGS, a_scene, doubted

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.finding_lines import SEVERAL, all_rows, finding_lines
from investigator.desktop.view_models.findings import acts_for, findings
from investigator.domain.acts.evidence import Judgement


@pytest.mark.requirement("WIN-100")
def test_findings_of_one_cause_are_one_line_until_it_is_opened() -> None:
    rows = findings(doubted(a_scene(walked(until=EVIDENCE))))
    folded = finding_lines(rows, ())
    assert all_rows(folded) == rows
    head = next(line for line in folded if line.is_head)
    assert head.subject == f"▸ 2 x spike in {TAGS[0]}"
    assert (head.when, head.treatment, head.judgement) == (SEVERAL, "drop", "● open")
    opened = finding_lines(rows, {head.key})
    assert len(opened) == len(folded) + 2
    place = [line.key for line in opened].index(head.key)
    assert [line.subject.strip() for line in opened[place + 1 : place + 3]] == [TAGS[0]] * 2


@pytest.mark.requirement("WIN-100")
def test_a_head_says_how_many_of_its_findings_wait() -> None:
    story = Story(walked(until=EVIDENCE))
    scene = doubted(a_scene(story.case))
    spikes = [row for row in findings(scene) if row.kind == "spike"]
    story.do(*acts_for(scene, spikes[:1], Judgement.ACCEPTED))
    lines = finding_lines(findings(doubted(a_scene(story.case))), ())
    assert next(line for line in lines if line.is_head).judgement == "● 1 open"
    story.do(*acts_for(scene, spikes[1:], Judgement.ACCEPTED))
    lines = finding_lines(findings(doubted(a_scene(story.case))), ())
    head = next(line for line in lines if line.is_head)
    assert (head.judgement, head.tone) == ("accepted", Tone.GOOD)


@pytest.mark.requirement("WIN-100")
def test_the_gravest_line_has_its_tone() -> None:
    lines = finding_lines(findings(doubted(a_scene(walked(until=EVIDENCE)))), ())
    assert lines[0].gravity == (0, Tone.BAD)
    assert [line.gravity[0] for line in lines] == sorted(line.gravity[0] for line in lines)
