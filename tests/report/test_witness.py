"""What the evidence lacks, what alarms and operators say, and the runs, in the report."""

import re
from dataclasses import replace

import pytest
from support.dossiers import a_dossier
from support.report_text import text_of
from support.witnessed import MISSING, OWN, UNPERTURBED, a_witnessed_dossier


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


@pytest.mark.requirement("DIA-055", "DIA-054")
def test_the_report_says_what_is_missing_what_came_and_what_it_rests_on() -> None:
    text = squeezed(text_of(a_witnessed_dossier()))
    said = (
        MISSING,
        "The ranking is weaker for what the evidence lacks (section 9): No NIR signals.",
        "Alarm LW-311 LOW was expected",
        "and it did not come.",
        "Alarm NIR ACTION was expected",
        "and it came at",
        "10 min after the onset: low flow acknowledged (OP-1071)",
        "5 min before the onset: Drum liner replaced (OP-1068)",
        "Together, bounded, on the log of the prior 0.8",
        "Runs of the twin",
    )
    for words in said:
        assert squeezed(words) in text, words
    assert UNPERTURBED in text
    assert OWN in text


@pytest.mark.requirement("DIA-054")
def test_the_report_says_whether_alarms_and_actions_are_in_the_probabilities() -> None:
    """In a ranking of before they entered them, nothing else stands of what they add together."""
    dossier = a_witnessed_dossier()
    first, *rest = dossier.ranking.hypotheses
    older = replace(dossier.ranking, hypotheses=(replace(first, told_gain=None), *rest))
    texts = [squeezed(text_of(d)) for d in (replace(dossier, ranking=older), dossier)]
    entered = ("raises or lowers its prior by a factor of 2.7", "Together, bounded, on the log")
    beside = ("Neither alarms nor actions are in the probabilities of this ranking",)
    for words in map(squeezed, entered):
        assert [words in text for text in texts] == [False, True], words
    for words in map(squeezed, beside):
        assert [words in text for text in texts] == [True, False], words


@pytest.mark.requirement("DIA-054")
def test_that_nobody_did_what_would_answer_a_cause_is_told() -> None:
    dossier = a_witnessed_dossier()
    first, *rest = dossier.ranking.hypotheses
    silent = replace(first, alarms=(), actions=(), told_gain=-0.22)
    ranking = replace(dossier.ranking, hypotheses=(silent, *rest))
    text = squeezed(text_of(replace(dossier, ranking=ranking)))
    said = "No operator did or wrote what would answer it; on the log of the prior −0.2"
    assert squeezed(said) in text


@pytest.mark.requirement("DIA-055")
def test_a_ranking_without_them_says_nothing_of_them() -> None:
    text = squeezed(text_of(a_dossier()))
    for words in ("Alarms and operators", "Runs of the twin", "nothing could be compared"):
        assert squeezed(words) not in text, words


@pytest.mark.requirement("DIA-055")
def test_a_run_is_listed_once_and_says_behind_which_it_is() -> None:
    dossier = a_witnessed_dossier()
    first, second, *_ = dossier.ranking.hypotheses
    third = replace(second, cause="third_cause")
    alone, behind, other = "c3" * 32, "d4" * 32, "e5" * 32
    told = (
        replace(first, runs=(UNPERTURBED, alone)),
        replace(second, runs=(UNPERTURBED, alone, behind)),
        replace(third, runs=(UNPERTURBED, "f6" * 32, other)),
    )
    made = replace(dossier, ranking=replace(dossier.ranking, hypotheses=told))
    text = squeezed(text_of(made))
    assert text.count(alone) == 1
    assert squeezed(f"{second.cause}, behind {first.cause}{behind}") in text
    assert f"{third.cause}{other}" in text
