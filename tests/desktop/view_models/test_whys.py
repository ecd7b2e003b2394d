"""The chain of whys as a ladder: what counts, what is stale or cut off, what hinders."""

import pytest
from support.investigations import FEEDER, FILTER, OPENED, Story, admitted, asked_why, walked
from support.reasoning_scenes import FIRST, ON_DRUM, ROOT, reasoned
from support.scenes import AUDITOR, a_scene, no_case

from investigator.desktop.commands import Command
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.whys import Chain, about_step, chains, stated, why_not_state
from investigator.domain.acts.reasoning import WhyStated
from investigator.domain.ranking import CauseCategory


def chain_of(story: Story, cause: str = FILTER) -> Chain:
    return next(chain for chain in chains(a_scene(story.case)) if chain.cause == cause)


@pytest.mark.requirement("WIN-185")
class TestChain:
    def test_it_goes_from_the_effect_to_the_root(self) -> None:
        chain = chain_of(reasoned())
        assert (chain.effect, chain.counted, chain.following) == (OPENED.title, 2, 3)
        assert [(s.number, s.statement, s.root, s.note) for s in chain.steps] == [
            (1, "because of 1", "", ""),
            (2, "because of 2", "☰ method", ""),
        ]
        assert chain.said == "2 whys, root cause in ☰ method"
        assert [len(step.links) for step in chain.steps] == [2, 1]

    def test_a_hypothesis_without_a_step_has_a_chain_too(self) -> None:
        chain = chain_of(reasoned(), FEEDER)
        assert (chain.steps, chain.said, chain.following) == ((), "no why yet", 1)

    def test_without_a_case_there_is_none(self) -> None:
        assert chains(no_case()) == ()

    def test_other_evidence_makes_it_stale(self) -> None:
        story = reasoned()
        story.do(admitted("B-100 export, again", clocks=("batch_record.xml",)))
        steps = chain_of(story).steps
        assert [step.tone for step in steps] == [Tone.WARN, Tone.WARN]
        assert steps[0].note.startswith("◐ stale")

    def test_a_step_that_a_withdrawal_cut_off_says_what_it_waits_for(self) -> None:
        story = reasoned()
        story.withdraw(FIRST)
        chain = chain_of(story)
        assert (chain.counted, chain.following) == (0, 1)
        assert chain.step(2) is not None
        assert [step.note for step in chain.steps] == [
            "cut off: it counts once why 1 is stated again"
        ]


@pytest.mark.requirement("WIN-186")
class TestHindered:
    def test_the_sentence_is_that_of_the_rule(self) -> None:
        story = reasoned()
        scene, chain = a_scene(story.case), chain_of(story)
        assert why_not_state(scene, chain, 1) == ""
        assert why_not_state(scene, chain, chain.following) == story.refusal(
            asked_why(FILTER, chain.following)
        )
        assert "ends with the root cause in step 2" in why_not_state(scene, chain, 3)

    def test_rights_and_what_must_come_first(self) -> None:
        story = reasoned()
        assert "auditor" in why_not_state(a_scene(story.case, person=AUDITOR), chain_of(story), 1)
        assert why_not_state(None, None, 1) == "Open a case first."
        assert why_not_state(a_scene(story.case), None, 1).startswith("Raise a hypothesis first")
        assert "closed" in why_not_state(a_scene(walked()), chain_of(story), 1)

    def test_what_was_entered_becomes_the_act(self) -> None:
        chain = chain_of(reasoned(), FEEDER)
        made = stated(chain, 1, "it drifted", (ON_DRUM,), "machine")
        assert made == WhyStated(FEEDER, 1, "it drifted", (ON_DRUM,), CauseCategory.MACHINE)
        assert stated(chain, 1, "it drifted", (ON_DRUM,), "").root is None


@pytest.mark.requirement("WIN-185")
def test_a_step_is_told_with_who_stated_it_and_can_be_taken_back() -> None:
    story, taken = reasoned(), []
    scene, chain = a_scene(story.case), chain_of(story)
    restate = Command("whys.restate", "State again…", lambda: None)
    told = about_step(scene, chain, chain.steps[1], ways=(), take=taken.append, restate=restate)
    assert ("Root cause in", "☰ method") in told.facts
    assert told.source.startswith("Entry ")
    told.actions[1].run()
    assert taken == [story.entry(ROOT)]
