"""The report: how strongly, what rejects each hypothesis, and whether the ranking is borne out."""

from dataclasses import replace

import pytest
from domain.test_elimination import LEFT
from report.test_attended import squeezed, text_of
from support.dossiers import a_curve, a_span

from investigator.domain.dossier import Dossier
from investigator.domain.elimination import rejection
from investigator.domain.predictive import borne_out
from investigator.domain.ranking import PredictiveCheck
from investigator.report.build import build_report
from investigator.report.figures.contradiction import _window, contradiction_row
from investigator.report.paper import BLUSH
from investigator.report.sections.rejected import rejected

STRONG = "very strong evidence for another cause over this cause (2 ln B = 21.3)"


def with_rejected(dossier: Dossier) -> Dossier:
    leading, *others = dossier.ranking.hypotheses
    panel = dossier.panels[0]
    elimination = replace(LEFT, channel=panel.title, span=a_span(0, 3))
    told = replace(others[-1], probability=0.0004, elimination=elimination, strength=STRONG)
    ranking = replace(
        dossier.ranking,
        hypotheses=(leading, *others[:-1], told),
        predictive=PredictiveCheck((leading.cause,), 0.005, "Assay (QC)"),
    )
    drawn = replace(panel, fitted=a_curve(panel.title, 17.0))
    return replace(dossier, ranking=ranking, contradicted=((told.cause, drawn),))


@pytest.mark.requirement("RPT-067", "RPT-068")
def test_each_rejected_hypothesis_has_its_sentence_and_its_picture(dossier: Dossier) -> None:
    made = with_rejected(dossier)
    text = squeezed(text_of(build_report(made)))
    last = made.ranking.hypotheses[-1]
    assert last.elimination is not None
    assert squeezed(rejection(last.elimination, made.zone))[:60] in text
    assert squeezed("Very strong evidence for another cause") in text
    assert squeezed("What rejects them") in text
    assert squeezed("Figure 6a") in text
    assert squeezed(borne_out(made.ranking))[:80] in text


@pytest.mark.requirement("RPT-069")
def test_where_nothing_is_rejected_nothing_is_drawn(dossier: Dossier) -> None:
    assert rejected(replace(dossier, contradicted=())) == []
    text = squeezed(text_of(build_report(replace(dossier, contradicted=()))))
    assert squeezed("What rejects them") not in text


@pytest.mark.requirement("RPT-067")
def test_the_picture_shades_the_contradiction_and_scales_to_what_it_shows(
    dossier: Dossier,
) -> None:
    made = with_rejected(dossier)
    ((cause, panel),) = made.contradicted
    told = next(h for h in made.ranking.hypotheses if h.cause == cause)
    assert told.elimination is not None
    drawing = contradiction_row(((told.title, told.elimination, panel),) * 3, made.zone)
    assert drawing.height < 100
    shaded = [s for s in drawing.contents if getattr(s, "fillColor", None) == BLUSH]
    assert len(shaded) == 3
    assert len({tuple(shape.getBounds()) for shape in shaded}) == 3


@pytest.mark.requirement("RPT-067")
def test_hypotheses_that_predict_no_change_of_one_signal_share_a_picture(dossier: Dossier) -> None:
    made = with_rejected(dossier)
    ((_, panel),) = made.contradicted
    first, second, third = made.ranking.hypotheses[-3:]
    told = third.elimination
    ranked = tuple(replace(h, elimination=told) for h in (first, second, third))
    still = replace(panel, fitted=replace(panel.predicted, label=panel.title))
    drawn = ((first.cause, still), (second.cause, still), (third.cause, panel))
    ranking = replace(made.ranking, hypotheses=ranked)
    story = rejected(replace(made, ranking=ranking, contradicted=drawn))
    text = squeezed(text_of(build_report(replace(made, ranking=ranking, contradicted=drawn))))
    assert squeezed("2 hypotheses that predict no change") in text
    assert squeezed(f"is predicted by: {first.title}; {second.title}.") in text
    assert len(story) == 2
    moved = replace(panel, fitted=replace(panel.predicted, value=panel.predicted.value + 1e-3))
    apart = ((first.cause, still), (second.cause, moved), (third.cause, moved))
    text = squeezed(text_of(build_report(replace(made, ranking=ranking, contradicted=apart))))
    assert squeezed("hypotheses that predict no change") not in text


@pytest.mark.requirement("RPT-067")
def test_changes_of_one_signal_at_two_times_have_a_picture_each(dossier: Dossier) -> None:
    made = with_rejected(dossier)
    ((_, panel),) = made.contradicted
    first, second = made.ranking.hypotheses[-2:]
    told = second.elimination
    assert told is not None
    later = replace(told, span=a_span(5, 8))
    ranked = (replace(first, elimination=later), second)
    still = replace(panel, fitted=replace(panel.predicted, label=panel.title))
    drawn = ((first.cause, still), (second.cause, still))
    ranking = replace(made.ranking, hypotheses=ranked)
    text = squeezed(text_of(build_report(replace(made, ranking=ranking, contradicted=drawn))))
    assert squeezed("hypotheses that predict no change") not in text


def test_the_time_that_is_drawn_is_as_long_to_either_side_as_a_long_contradiction() -> None:
    assert _window(a_span(0, 10)) == a_span(-30, 40)
    assert _window(a_span(0, 60)) == a_span(-60, 120)
