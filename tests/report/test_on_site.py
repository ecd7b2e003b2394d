"""What was looked at on site stands in the report, whole, with the history of the rankings."""

from dataclasses import replace

import pytest
from report.test_attended import squeezed, text_of
from report.test_reasoning import with_acts
from support.attended import attended
from support.investigations import (
    checked,
    concluded,
    human_error,
    own_check,
    phase_one,
)
from support.on_site_scenes import a_ranking

from investigator.domain.acts.checks import HUMAN_ERROR_QUESTIONS, PHASE_ONE_POINTS, CheckOutcome
from investigator.domain.acts.closing import RootCause
from investigator.domain.dossier import Dossier
from investigator.report.build import build_report


@pytest.mark.requirement("CAS-201")
def test_checks_phase_one_and_questions_are_printed_with_what_they_say(dossier: Dossier) -> None:
    case = attended(dossier)
    assert case.record is not None
    cause = case.record.case.hypotheses[0].act.cause
    weighed = replace(checked(cause, outcome=CheckOutcome.MEASURED), subject="D7")
    acts = (weighed, own_check(cause), phase_one(cause), human_error(cause))
    text = squeezed(text_of(build_report(with_acts(case, *acts))))
    for words in (
        "Checks on site",
        "Check weight (D7): 4.2 ± 0.1 %",
        "Filter opened: blocked by fines",
        f"confirms {cause}",
        f"Phase I of the laboratory on {cause}: an assignable error found.",
        *PHASE_ONE_POINTS.values(),
        *HUMAN_ERROR_QUESTIONS.values(),
    ):
        assert squeezed(words) in text


@pytest.mark.requirement("CAS-201", "DIA-033")
def test_each_hypothesis_stands_with_its_state_and_the_conclusion_with_its_checks(
    dossier: Dossier,
) -> None:
    case = attended(dossier)
    assert case.record is not None
    cause = case.record.case.hypotheses[0].act.cause
    own = own_check(cause)
    stated = concluded(RootCause.CONFIRMED, cause, by=(own.about(),))
    text = squeezed(text_of(build_report(with_acts(case, own, stated))))
    assert squeezed(f"Confirmed by: {own.about()}.") in text
    table = text[text.index(squeezed("Verdict State Rationale")) :]
    assert f"({cause})" in table
    assert squeezed("supported confirmed") in table[:400]


@pytest.mark.requirement("CAS-201")
def test_the_history_of_the_rankings_is_printed_where_there_is_more_than_one(
    dossier: Dossier,
) -> None:
    case = attended(dossier)
    first, second = a_ranking(1, 0.4, ended="Check weight: failed (entry 40)"), a_ranking(2, 0.9)
    text = squeezed(text_of(build_report(replace(case, rankings=(first, second)))))
    for words in (
        "History of the ranking",
        "Ranking 1, entry 50",
        "ended by: Check weight: failed (entry 40)",
        "before it: Check weight: failed (entry 40)",
        "takes in: Check weight: failed",
        f"Stored result {second.result}",
        "Filter blocked 40 % 90 %",
    ):
        assert squeezed(words) in text
    alone = squeezed(text_of(build_report(replace(case, rankings=(first,)))))
    assert squeezed("History of the ranking") not in alone
    assert squeezed("Checks on site") not in alone
