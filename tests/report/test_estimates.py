"""When, for how long and how large a hypothesis was at work, in the report."""

import re
from dataclasses import replace

import pytest
from support.dossiers import a_dossier
from support.estimated import an_estimated
from support.report_text import text_of

from investigator.domain.dossier import Dossier


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def a_told_dossier(**changes: object) -> Dossier:
    dossier = a_dossier()
    first, *others = dossier.ranking.hypotheses
    told = replace(an_estimated(first.cause), **changes)
    return replace(dossier, ranking=replace(dossier.ranking, hypotheses=(told, *others)))


@pytest.mark.requirement("RPT-071")
def test_the_block_of_a_hypothesis_has_end_duration_and_every_size() -> None:
    text = squeezed(text_of(a_told_dossier()))
    for words in (
        "End (95 % interval)",
        "(2026-03-04 10:28:00+01:00 to 10:34:00+01:00)",
        "18.0 (15.7 to 22.2) min",
        "over-feed −12.50 (−14.00 to −11.00) %; lag 7.0 (2.0 to 12.0) s",
        "Estimated onset 2026-03-04 10:12:00+01:00 (2026-03-04 10:11:00+01:00 to 10:13:00+01:00)",
        "10:34:00+01:00), 95 % intervals in brackets.",
    ):
        assert squeezed(words) in text, words


@pytest.mark.requirement("RPT-071")
def test_what_went_on_to_the_end_of_the_run_is_said_to_be_open() -> None:
    text = squeezed(text_of(a_told_dossier(end_interval=None, ends_open=True)))
    assert text.count(squeezed("not ended by the end of the run")) == 2
    assert squeezed("min within the run") in text
