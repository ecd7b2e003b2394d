"""The six branches and what hangs on them."""

import pytest
from support.investigations import CAUSES, FILTER, JUDGED, RANKED, REPLAYED, Story, walked
from support.scenes import a_scene

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.hypotheses import hypotheses
from investigator.desktop.view_models.ishikawa import branches
from investigator.domain.ranking import CauseCategory


@pytest.mark.requirement("WIN-067")
class TestBranches:
    def test_all_six_are_there_and_causes_hang_where_they_belong(self) -> None:
        made = branches(hypotheses(a_scene(walked(until=RANKED))).rows)
        assert len(made) == len(CauseCategory)
        full = [branch for branch in made if branch.bones]
        assert [branch.name for branch in full] == ["⚙ machine"]
        assert [bone.key for bone in full[0].bones] == list(CAUSES)
        assert full[0].bones[0].text == "93.0 %  Filter blocked"

    def test_a_refuted_cause_is_struck_a_supported_one_is_good(self) -> None:
        made = branches(hypotheses(a_scene(walked(until=JUDGED[-1]))).rows)
        supported, refuted = next(branch.bones for branch in made if branch.bones)
        assert (supported.key, supported.tone, supported.struck) == (FILTER, Tone.GOOD, False)
        assert refuted.struck

    def test_what_nobody_raised_is_not_there(self) -> None:
        story = Story(walked(until=REPLAYED))
        story.do(RANKED)
        assert not any(b.bones for b in branches(hypotheses(a_scene(story.case)).rows))
