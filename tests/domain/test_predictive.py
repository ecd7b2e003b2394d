"""The sentence on whether the leading hypothesis is borne out."""

from dataclasses import replace

import pytest
from support.dossiers import a_ranking

from investigator.domain.predictive import borne_out
from investigator.domain.ranking import PredictiveCheck

RANKING = a_ranking()
LEADING = RANKING.hypotheses[0]


def told(model: tuple[str, ...], p_value: float, explained: float | None = None) -> str:
    check = PredictiveCheck(model, p_value, "Assay (QC)", explained)
    return borne_out(replace(RANKING, predictive=check))


@pytest.mark.requirement("DIA-046")
def test_a_model_that_holds_is_said_to() -> None:
    said = told((LEADING.cause,), 0.43)
    assert said.startswith(f"The data bear this out: where {LEADING.title} is at work")
    assert "43.0 %" in said
    assert "Assay" not in said


@pytest.mark.requirement("DIA-046")
def test_a_model_that_leaves_too_much_names_where() -> None:
    said = told((), 0.005)
    assert said.startswith("The data do not bear this out: where there is no assignable cause")
    assert "only 0.5 %" in said
    assert "most is left in Assay (QC)" in said
    both = told(tuple(h.cause for h in RANKING.hypotheses), 0.01)
    assert f"{LEADING.title} and {RANKING.hypotheses[1].title} are at work" in both


@pytest.mark.requirement("DIA-046")
def test_a_model_that_explains_nearly_all_is_borne_out_but_not_in_everything() -> None:
    nearly = told((LEADING.cause,), 0.005, 0.96)
    assert nearly.startswith("The data bear this out but not in everything")
    assert "96.0 % of what departs from normal batches is explained" in nearly
    assert "most is left in Assay (QC)" in nearly
    half = told((LEADING.cause,), 0.005, 0.5)
    assert half.startswith("The data do not bear this out")
    assert "only 50 % of what departs" in half


@pytest.mark.requirement("DIA-046")
@pytest.mark.parametrize(
    ("p_value", "begins", "holds"),
    [(0.005, "The data ask for a cause", "in only 0.5 %"), (0.4, "The data do not ask", "40.0 %")],
)
def test_beside_none_of_these_the_run_without_a_cause_is_what_is_checked(
    p_value: float, begins: str, holds: str
) -> None:
    check = PredictiveCheck((), p_value, "Assay (QC)", None)
    rows = tuple(replace(h, probability=0.1) for h in RANKING.hypotheses)
    ranking = replace(
        RANKING, hypotheses=rows, none_of_the_above=0.8, no_deviation=0.1, predictive=check
    )
    said = borne_out(ranking)
    assert said.startswith(begins)
    assert holds in said
    assert "where there is no assignable cause" in said
    assert ("most is left in Assay (QC)" in said) is (p_value < 0.05)
    quiet = replace(ranking, none_of_the_above=0.1, no_deviation=0.8)
    assert "bear this out" in borne_out(quiet)


def test_an_earlier_result_says_nothing() -> None:
    assert borne_out(RANKING) == ""
