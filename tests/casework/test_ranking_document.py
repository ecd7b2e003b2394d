"""The ranking in `result.json`."""

from dataclasses import replace

import pytest
from domain.test_elimination import LEFT
from support.dossiers import a_dossier, a_hypothesis
from support.estimated import an_estimated
from support.witnessed import MISSING, a_witnessed_dossier

from investigator.casework.ranking_document import ESTIMATES, magnitude_text
from investigator.casework.result import result_document
from investigator.domain.elimination import rejection
from investigator.domain.predictive import borne_out
from investigator.domain.ranking import NextCheck, PredictiveCheck, Separation


@pytest.mark.requirement("OUT-011")
def test_intervals_of_time_and_every_size_are_told_and_an_older_result_has_none() -> None:
    dossier = a_dossier()
    first, *others = dossier.ranking.hypotheses
    ranking = replace(dossier.ranking, hypotheses=(an_estimated(first.cause), *others))
    told, bare = (
        result_document(replace(dossier, ranking=found))["ranked_hypotheses"][0]
        for found in (ranking, dossier.ranking)
    )
    assert told["onset_95"] == ["2026-03-04T10:11:00+01:00", "2026-03-04T10:13:00+01:00"]
    assert told["end_95"] == ["2026-03-04T10:28:00+01:00", "2026-03-04T10:34:00+01:00"]
    assert told["ends_open"] is False
    assert told["duration_s"] == {"mean": 1080.0, "lo95": 940.0, "hi95": 1330.0}
    assert told["sizes"][1] == {"name": "lag", "unit": "s", "mean": 7.0, "lo95": 2.0, "hi95": 12.0}
    assert told["magnitude"] == bare["magnitude"]
    assert (bare["end_95"], bare["duration_s"], bare["sizes"]) == (None, None, [])
    assert tuple(key for key in told if key in ESTIMATES) == ESTIMATES


@pytest.mark.requirement("DIA-065")
def test_a_fit_says_its_time_shape_and_an_older_one_says_none() -> None:
    dossier = a_dossier()
    first, *others = dossier.ranking.hypotheses
    for shape, time_s, said in (
        ("ramp", 900.0, ("ramp", 900.0)),
        ("step", 0.0, ("step", None)),
        ("", 0.0, (None, None)),
    ):
        told = replace(first, time_shape=shape, time_constant_s=time_s)
        ranking = replace(dossier.ranking, hypotheses=(told, *others))
        row = result_document(replace(dossier, ranking=ranking))["ranked_hypotheses"][0]
        assert (row["time_shape"], row["time_constant_s"]) == said


@pytest.mark.requirement("DIA-047")
def test_what_rejects_a_hypothesis_stands_in_numbers_and_words() -> None:
    dossier = a_dossier()
    leading, other = dossier.ranking.hypotheses
    ranking = replace(
        dossier.ranking,
        hypotheses=(leading, replace(other, elimination=LEFT, strength="strong")),
        predictive=PredictiveCheck((leading.cause,), 0.03, "Assay (QC)"),
    )
    document = result_document(replace(dossier, ranking=ranking))
    told = document["ranked_hypotheses"][1]
    assert told["strength"] == "strong"
    assert told["standing"] == rejection(LEFT, dossier.zone)
    assert told["elimination"] == {
        "channel": "NIR API content",
        "start": "2026-03-04T10:13:00+01:00",
        "end": "2026-03-04T10:31:00+01:00",
        "predicted": 20.01,
        "measured": 18.13,
        "undisturbed": 20.02,
        "unit": "% w/w",
        "implausibility": 7.46,
        "second_channel": "Assay (QC)",
        "second_implausibility": 4.0,
    }
    assert document["predictive_check"] == {
        "model": [leading.cause],
        "p_value": 0.03,
        "channel": "Assay (QC)",
        "explained": None,
        "words": borne_out(ranking),
    }
    assert result_document(dossier)["predictive_check"] is None


def test_a_cause_that_was_not_fitted_has_no_size() -> None:
    assert magnitude_text(a_hypothesis("nir_fouling", 0.1, fitted=False)) is None


def test_a_pure_number_has_no_unit() -> None:
    plain = replace(a_hypothesis("api_bridging", 0.1), magnitude_unit="-")
    assert magnitude_text(plain) == "-12.5 (95 %: -14 to -11)"


@pytest.mark.requirement("DIA-032")
def test_separations_and_checks_stand_with_their_numbers() -> None:
    dossier = a_dossier()
    apart = Separation("api_bridging", "api_refill_surge", 1.25, "Assay (QC)", 1.0)
    check = NextCheck("Weigh it", ("api_bridging",), 0.5, "weigh", "1 h: two persons")
    ranking = replace(dossier.ranking, separations=(apart,), next_checks=(check,))
    document = result_document(replace(dossier, ranking=ranking))
    assert document["separations"] == [
        {
            "between": ["api_bridging", "api_refill_surge"],
            "sigma": 1.25,
            "channel": "Assay (QC)",
            "channel_sigma": 1.0,
        }
    ]
    (told,) = document["next_checks"]
    assert (told["check_id"], told["place"], told["effort"]) == ("weigh", None, "1 h: two persons")
    assert list(told)[:3] == ["check", "separates", "expected_information_bits"]


@pytest.mark.requirement("OUT-010", "DIA-054")
def test_what_is_missing_and_what_alarms_and_operators_say() -> None:
    document = result_document(a_witnessed_dossier())
    assert document["missing"] == [MISSING]
    first = document["ranked_hypotheses"][0]
    assert [(a["alarm"], a["came"] is None) for a in first["alarms"]] == [
        ("LW-311 LOW", True),
        ("NIR ACTION", False),
    ]
    assert first["alarms"][0]["log_likelihood"] == -3.0
    assert first["actions"][0]["person"] == "OP-1071"
    assert first["told_gain"] == 0.8
    assert len(document["operator_actions"]) == 2
