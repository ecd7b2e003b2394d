"""The words for probabilities and evidence."""

import math
from dataclasses import replace

import pytest

from investigator.domain.dossier import Dossier
from investigator.domain.evidence_strength import POSITIVE, STRONG, VERY_STRONG, strength_word
from investigator.domain.impact import Impact
from investigator.report.sections.appendices import GLOSSARY
from investigator.report.words import (
    affected_words,
    lacking,
    leading,
    most_probable,
    proposal_words,
    the_rest,
    unaffected_words,
    worth_a_block,
)


def test_the_most_probable_may_be_no_cause_or_an_unlisted_one(dossier: Dossier) -> None:
    ranking = dossier.ranking
    assert leading(ranking).hypothesis is ranking.hypotheses[0]
    none = replace(ranking, none_of_the_above=0.95)
    assert leading(none).hypothesis is None
    assert "none of these" in most_probable(none)
    calm = replace(ranking, no_deviation=0.95)
    assert "no assignable cause" in most_probable(calm)


def test_blocks_and_rest_hold_every_hypothesis_once(dossier: Dossier) -> None:
    ranking = dossier.ranking
    assert worth_a_block(ranking) + the_rest(ranking) == ranking.hypotheses
    unknown = replace(ranking.hypotheses[0], probability=math.nan)
    assert the_rest(replace(ranking, hypotheses=(unknown,))) == (unknown,)


def test_containers_in_words(dossier: Dossier) -> None:
    assert affected_words(dossier.impact).endswith("(3 of 13).")
    assert "D08" not in unaffected_words(dossier.impact)
    assert [w.split(" ")[0] for w in proposal_words(dossier.impact)] == [
        "Release",
        "Additional",
        "Reject",
    ]
    none = Impact(None, (), ())
    assert "could be traced" in affected_words(none)
    free = replace(dossier.impact, containers=dossier.impact.containers[:2])
    assert affected_words(free).startswith("None of the 2 containers")


@pytest.mark.requirement("DIA-055")
def test_what_the_evidence_lacks_is_named_in_one_sentence(dossier: Dossier) -> None:
    ranking = dossier.ranking
    assert lacking(ranking) == []
    missing = (
        "No alarms: one that should have come speaks against no cause.",
        "No NIR signals. Cannot be judged, for they are looked for there only: Fouling.",
        "Not measured: NIR water content, Ejection force (log).",
    )
    assert lacking(replace(ranking, missing=missing)) == [
        "The ranking is weaker for what the evidence lacks (section 9): No alarms; No NIR signals; "
        "Not measured: NIR water content, Ejection force (log)."
    ]


def test_the_glossary_has_the_words_of_evidence_at_their_limits() -> None:
    told = dict(GLOSSARY)["Kass-Raftery words"]
    for limit in (POSITIVE, STRONG, VERY_STRONG):
        assert f"to {limit:g} {strength_word(limit)}" in told
    assert told.endswith(f"above {strength_word(VERY_STRONG + 1.0)}.")
