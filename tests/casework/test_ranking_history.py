"""Every ranking of a case stays in its history, with what came between and what ended it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from support import scenes
from support.investigations import (
    CASE,
    FEEDER,
    RANKED,
    TABLED,
    WEIGHED,
    WHY,
    Story,
    chosen,
    digest,
    doubted,
    own_check,
    ranked,
    replayed,
    walked,
)

from investigator.casework.desk import Desk
from investigator.casework.ranking_history import ranking_history
from investigator.casework.stored import encoded
from investigator.domain.acts.analysis import RankingRecorded, TwinUse
from investigator.domain.ranking_history import PastRanking, probability_in, worth_listing

ADDED = own_check(FEEDER, check_id="O-2")


@pytest.fixture
def desk(ann_after: Callable[[str], Desk]) -> Desk:
    return ann_after("ranking")


def history(desk: Desk) -> tuple[PastRanking, ...]:
    return ranking_history(desk, desk.case(CASE))


def rank(desk: Desk, probability: float) -> None:
    """Record a ranking in which the first hypothesis has this probability."""
    result = scenes.a_ranking_result()
    first, *others = result.ranking.hypotheses
    changed = (replace(first, probability=probability), *others)
    ranking = replace(result.ranking, hypotheses=changed, entered=("Check weight: failed",))
    kept = desk.workspace.blobs.keep(encoded(replace(result, ranking=ranking)))
    desk.do(CASE, RankingRecorded(digest(f"again {probability}"), kept), why=WHY)


@pytest.mark.requirement("CAS-200")
def test_each_ranking_is_told_with_what_came_before_it_and_what_ended_it(desk: Desk) -> None:
    desk.do(CASE, WEIGHED, ADDED, why=WHY)
    checked = desk.case(CASE).check_results[0].sequence
    rank(desk, 0.9)
    first, second = history(desk)
    assert (first.number, second.number) == (1, 2)
    assert first.before == ()
    assert first.ended == f"Check weight: failed (entry {checked})"
    assert second.before == (
        f"Check weight: failed (entry {checked})",
        f"Filter opened: blocked by fines (entry {checked + 1})",
    )
    assert second.ended == ""
    assert second.outcome.entered == ("Check weight: failed",)
    assert first.outcome.entered == ()
    assert (first.who.user_id, first.who.full_name) == ("ann", "Ann of Testing")


@pytest.mark.requirement("CAS-200")
def test_what_was_withdrawn_or_replaced_stays_and_says_so(desk: Desk) -> None:
    rank(desk, 0.9)
    second = desk.case(CASE).ranking
    assert second is not None
    desk.do(CASE, WEIGHED, why=WHY)
    checked = desk.case(CASE).check_results[0].sequence
    desk.withdraw(CASE, checked, why=WHY)
    rank(desk, 0.4)
    third = desk.case(CASE).ranking
    assert third is not None
    desk.withdraw(CASE, third.sequence, why=WHY)
    told = history(desk)
    assert [past.ended for past in told] == [
        f"ranking recorded (entry {second.sequence})",
        f"Check weight: failed (entry {checked})",
        f"ranking recorded withdrawn (entry {third.sequence + 1})",
    ]
    assert told[2].before == (
        f"Check weight: failed (entry {checked})",
        f"Check weight: failed withdrawn (entry {checked + 1})",
    )


@pytest.mark.requirement("CAS-200")
def test_probabilities_are_those_of_the_stored_results(desk: Desk) -> None:
    rank(desk, 0.125)
    first, second = history(desk)
    stored = scenes.a_ranking_result().ranking
    lead = stored.hypotheses[0]
    assert probability_in(first, lead.cause) == lead.probability
    assert probability_in(second, lead.cause) == 0.125
    assert probability_in(first, "never ranked") is None
    assert first.outcome.none_of_the_above == stored.none_of_the_above
    assert first.outcome.no_deviation == stored.no_deviation
    listed = dict(worth_listing((first, second)))
    assert listed[lead.cause] == lead.title
    assert all(
        max(probability_in(past, cause) or 0.0 for past in (first, second)) >= 0.01
        for cause in listed
    )


def test_known_results_are_not_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    known = history(desk)
    monkeypatch.setattr("investigator.casework.ranking_history.decoded", None)
    assert ranking_history(desk, desk.case(CASE), known) == known


@pytest.mark.requirement("CAS-200")
def test_other_data_another_twin_and_another_replay_are_told_and_remarks_are_not(
    desk: Desk,
) -> None:
    (known,) = history(desk)
    again = ranked(2)
    story = Story(walked(until=RANKED))
    story.do(doubted("F-8"), TABLED, chosen(TwinUse.INFORMATION_ONLY), replayed(2), again)
    stored = [replace(known, result=act.result) for act in (RANKED, again)]
    first, second = ranking_history(desk, story.case, stored)
    told = [words.rpartition(" (entry ")[0] for words in second.before]
    assert told == [
        "finding added: finding F-8",
        "twin chosen",
        "replay recorded",
    ]
    assert first.ended == second.before[0]


def test_a_case_without_a_ranking_has_no_history(ann_after: Callable[[str], Desk]) -> None:
    assert history(ann_after("replay")) == ()
