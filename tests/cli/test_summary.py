"""The summary on the console answers: which cause, which containers, where is the report."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.dossiers import a_dossier
from support.witnessed import MISSING, a_witnessed_dossier

from investigator.cli.summary import summary
from investigator.domain.ranking import NextCheck, PredictiveCheck


def lines(*, affected: bool = True) -> list[str]:
    return summary(a_dossier(affected=affected), out=Path("out/x")).splitlines()


def line_with(word: str, text: list[str]) -> str:
    return next(line for line in text if word in line)


@pytest.mark.requirement("CLI-004")
def test_causes_stand_with_the_classes_outside_the_list() -> None:
    text = lines()
    assert line_with("Api bridging", text).split()[2:4] == ["93.0", "%"]
    assert "10:12" in line_with("Api bridging", text)
    assert line_with("none of these", text).endswith("2.0 %")
    assert line_with("no assignable cause", text).endswith("1.5 %")
    assert "api_bridging, api_refill_surge" in line_with("told apart", text)


@pytest.mark.requirement("DIA-047")
def test_whether_the_leading_model_is_borne_out_stands_beside_none_of_these() -> None:
    dossier = a_dossier()
    check = PredictiveCheck((dossier.ranking.hypotheses[0].cause,), 0.01, "Assay (QC)")
    told = replace(dossier, ranking=replace(dossier.ranking, predictive=check))
    said = summary(told, out=Path("x")).splitlines()
    assert "The data do not bear this out" in line_with("bear this out", said)


@pytest.mark.requirement("CLI-004")
def test_affected_containers_stand_with_amount_and_proposal() -> None:
    text = lines()
    assert "1 of 2 containers are affected" in line_with("containers are", text)
    drum = line_with("B1-D02", text)
    assert "5.10 (up to 6.25) kg" in drum
    assert "additional testing" in drum
    assert not any("B1-D01" in line for line in text)


def test_why_a_container_is_affected_is_said_in_words() -> None:
    dossier = a_dossier()
    first, second = dossier.impact.containers
    coded = replace(second, reasons=("composition_api", "oos_assay"))
    dossier = replace(dossier, impact=replace(dossier.impact, containers=(first, coded)))
    drum = line_with("B1-D02", summary(dossier, out=Path("x")).splitlines())
    assert drum.endswith("API content off; assay out of limits")


@pytest.mark.requirement("IMP-016")
def test_a_batch_without_containers_is_not_said_to_be_free() -> None:
    dossier = a_dossier()
    told = summary(
        replace(dossier, impact=replace(dossier.impact, containers=())), out=Path("x")
    ).splitlines()
    assert "whole batch is to be held" in line_with("No container", told)


def test_containers_that_are_held_without_an_interval_stand_without_one() -> None:
    dossier = a_dossier()
    impact = replace(dossier.impact, affected_intervals=())
    told = summary(replace(dossier, impact=impact), out=Path("x")).splitlines()
    assert line_with("containers are affected", told).endswith("containers are affected.")


def test_where_nothing_is_affected_it_says_so() -> None:
    assert "No container of 2 is affected." in lines(affected=False)


@pytest.mark.requirement("CLI-004")
def test_the_report_is_named() -> None:
    assert line_with("Report", lines()).endswith(str(Path("out/x/report.pdf")))


def test_the_marking_is_told() -> None:
    assert "unattended draft, not reviewed" in line_with("Marking", lines())


@pytest.mark.requirement("DIA-055")
def test_what_is_missing_and_what_did_not_come_stands_below_the_causes() -> None:
    text = summary(a_witnessed_dossier(), out=Path("x")).splitlines()
    assert f"  missing: {MISSING}" in text
    assert line_with("LW-311 LOW", text).endswith("it did not come.")
    assert "10 min after the onset" in line_with("low flow acknowledged", text)
    assert not any("NIR ACTION" in line for line in text)


def test_a_check_that_tells_nothing_more_is_said_to_confirm() -> None:
    dossier = a_dossier()
    check = NextCheck("Weigh it", ("api_bridging",), 0.0, "weigh", "1 h")
    told = replace(dossier, ranking=replace(dossier.ranking, next_checks=(check,)))
    assert "  would confirm: Weigh it" in summary(told, out=Path("x"))
