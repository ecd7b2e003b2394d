"""The is/is-not table and the chains of whys in the report: whole, with their evidence."""

from dataclasses import replace

import pytest
from report.test_attended import squeezed, text_of
from support.attended import attended

from investigator.domain.acts.act import Act, Recorded
from investigator.domain.acts.analysis import RemedyRecorded
from investigator.domain.acts.reasoning import (
    Cell,
    Dimension,
    EvidenceLink,
    IsIsNotStated,
    LinkKind,
    WhyStated,
)
from investigator.domain.dossier import Dossier
from investigator.domain.ranking import CauseCategory
from investigator.report.build import build_report

ROW = IsIsNotStated(
    Dimension.WHERE,
    "units",
    Cell("feeder of the API", (EvidenceLink(LinkKind.SIGNAL, "LW-311.FLOW", 0, 600_000),)),
    Cell("feeders of the fillers", (EvidenceLink(LinkKind.FINDING, "F-77"),)),
    Cell(""),
)


def with_acts(dossier: Dossier, *acts: Act) -> Dossier:
    record = dossier.record
    assert record is not None
    last = record.history[-1]
    more = tuple(
        Recorded(last.sequence + n, last.who, last.t_ms, last.zone, act, "")
        for n, act in enumerate(acts, start=1)
    )
    return replace(dossier, record=replace(record, history=(*record.history, *more)))


@pytest.mark.requirement("RPT-056", "RPT-057")
def test_rows_and_whys_are_printed_with_their_evidence(dossier: Dossier) -> None:
    case = attended(dossier)
    assert case.record is not None
    cause = case.record.case.hypotheses[0].act.cause
    why = WhyStated(
        cause,
        1,
        "the hopper bridged",
        (EvidenceLink(LinkKind.DOCUMENT, "DOC-1"),),
        CauseCategory.MACHINE,
    )
    text = squeezed(text_of(build_report(with_acts(case, ROW, why))))
    for words in (
        "feeder of the API [signal LW-311.FLOW, 1970-01-01",
        "feeders of the fillers [finding F-77]",
        "where: units",
        "the hopper bridged",
        "document DOC-1",
    ):
        assert squeezed(words) in text


@pytest.mark.requirement("RPT-058")
def test_a_case_without_them_says_nothing_of_them(dossier: Dossier) -> None:
    text = text_of(build_report(attended(dossier)))
    assert "Is and is not" not in text
    assert "Because" not in text


@pytest.mark.requirement("RPT-052")
def test_the_recorded_remedies_stand_with_their_digests_among_the_results(
    dossier: Dossier,
) -> None:
    recorded = RemedyRecorded("e" * 64, "f" * 64, 950)
    text = squeezed(text_of(build_report(with_acts(attended(dossier), recorded))))
    results = text[text.rindex("Resultsasrecorded") : text.rindex("AppendixDGlossary")]
    assert "remedies" + "e" * 64 + "f" * 64 in results
