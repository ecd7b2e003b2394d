"""The whole report, read back with two independent readers (qpdf through pikepdf, pdfium)."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from investigator.domain.batch import RecordComment
from investigator.domain.dossier import Dossier
from investigator.domain.impact import Impact
from investigator.domain.panel import Curve
from investigator.domain.ranking import Ranking
from investigator.report.build import build_report

Make = Callable[..., Dossier]

SECTIONS = (
    "1 Executive summary",
    "2 Event",
    "3 Immediate containment",
    "4 Classification, scope and basis",
    "5 Process and equipment background",
    "6 Evidence",
    "7 Twin",
    "8 Replay: measured against twin",
    "9 Hypotheses",
    "10 Root cause statement",
    "11 Impact",
    "12 Disposition proposal",
    "13 Uncertainty, limits and open points",
    "14 Approvals",
    "Appendix A Raw data",
    "Appendix B Reported rows",
    "Appendix C Settings",
    "Appendix D Glossary",
    "Appendix E How to verify and reproduce",
)


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(pages_of(pdf)))


@pytest.fixture(scope="module")
def report(dossier: Dossier) -> bytes:
    return build_report(dossier)


@pytest.fixture(scope="module")
def pages(report: bytes) -> list[str]:
    return pages_of(report)


def test_sections_stand_in_the_order_of_inspectors(pages: list[str]) -> None:
    body = re.sub(r"\s+", " ", " ".join(pages[2:]))
    places = [body.find(title) for title in SECTIONS]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.requirement("RPT-021")
def test_every_page_of_an_unattended_draft_says_that_it_is_for_information_only(
    pages: list[str],
) -> None:
    assert len(pages) > 2
    assert all("not reviewed; for information only" in page for page in pages)


def test_every_page_bears_marking_number_and_count(dossier: Dossier, pages: list[str]) -> None:
    assert dossier.deviation is not None
    for n, page in enumerate(pages, start=1):
        assert dossier.marking in page
        assert dossier.deviation.number in page
        assert f"page {n} of {len(pages)}" in page
        assert f"Deviation Investigator {dossier.software}" in page


def test_every_container_and_every_hypothesis_is_named(dossier: Dossier, report: bytes) -> None:
    text = text_of(report)
    for container in dossier.impact.containers:
        # executive summary, containers, every attribute, disposition
        assert text.count(container.container_id) >= 5
    for hypothesis in dossier.ranking.hypotheses:
        assert hypothesis.title in text
        assert hypothesis.why in text
    assert "none of these" in text
    assert "no assignable cause" in text


def test_every_file_is_listed_with_its_full_digest(dossier: Dossier, report: bytes) -> None:
    text = text_of(report)
    for item in dossier.items:
        assert item.sha256 in text
        assert item.file in text
    assert dossier.twin.digest in text


def test_what_the_record_repeats_throughout_is_no_event_of_the_time_line(dossier: Dossier) -> None:
    (refill, tapped) = dossier.batch.events
    often = tuple(
        replace(refill, t_ms=refill.t_ms + k, message=f"Refill {k} of LW-311 completed")
        for k in range(10)
    )
    text = text_of(
        build_report(replace(dossier, batch=replace(dossier.batch, events=(*often, tapped))))
    )
    assert "Hopper tapped" in text
    assert "of LW-311 completed" not in text
    assert "Refill LW-311 completed" in text_of(build_report(dossier))


def test_the_delay_of_detection_is_that_of_the_first_observation(dossier: Dossier) -> None:
    notice, lead = dossier.deviation, dossier.ranking.hypotheses[0]
    assert notice is not None
    assert lead.onset_ms is not None
    late = replace(notice.observation, detected_ms=lead.onset_ms + 7 * 3_600_000)
    early = replace(notice.observation, detected_ms=lead.onset_ms + 15 * 60_000)
    told = replace(notice, observation=late, further_observations=(early,))
    text = text_of(build_report(replace(dossier, deviation=told)))
    assert "15.0 min from the estimated onset of the leading hypothesis to the first of" in text


def test_no_cause_is_stated_as_determined(report: bytes) -> None:
    text = text_of(report)
    assert "Not determined by this draft; most probable: API feeder bridging" in text
    assert "root cause is" not in text.lower()
    assert "not signed" in text
    assert "Not part of an unattended draft" in text


def test_evidence_text_is_not_read_as_markup(report: bytes) -> None:
    assert "API stood <b>in the hopper, flow < 4 kg/h" in text_of(report)
    assert "Hopper tapped & agitator checked <ok>" in text_of(report)


def test_metadata_and_bookmarks(report: bytes) -> None:
    with pikepdf.open(io.BytesIO(report)) as pdf:
        assert "DEV-2026-0968" in str(pdf.docinfo["/Title"])
        assert "unattended draft, not reviewed" in str(pdf.docinfo["/Author"])
        with pdf.open_outline() as outline:
            titles = [entry.title for entry in outline.root]
    assert tuple(titles) == SECTIONS


def test_bookmarks_lead_to_the_page_of_their_heading(report: bytes) -> None:
    document = pypdfium2.PdfDocument(report)
    found = {}
    for mark in document.get_toc(max_depth=1):
        dest = mark.get_dest()
        assert dest is not None
        index = dest.get_index()
        page = re.sub(r"\s+", " ", document[index].get_textpage().get_text_bounded())
        found[mark.get_title()] = mark.get_title() in page
    document.close()
    assert found == dict.fromkeys(SECTIONS, True)


def test_every_font_is_embedded_and_no_picture_is_a_bitmap(report: bytes) -> None:
    names = set()
    with pikepdf.open(io.BytesIO(report)) as pdf:
        for page in pdf.pages:
            resources = page.obj["/Resources"]
            for font in resources.get("/Font", pikepdf.Dictionary()).values():
                descriptor = font.get("/FontDescriptor")
                names.add(str(font["/BaseFont"]))
                assert descriptor is not None, font["/BaseFont"]
                assert "/FontFile2" in descriptor
            for thing in resources.get("/XObject", pikepdf.Dictionary()).values():
                assert thing["/Subtype"] != "/Image"
    assert {name.split("+")[-1] for name in names} == {
        "DejaVuSansCondensed",
        "DejaVuSansCondensed-Bold",
    }


def test_figures_are_drawn_as_paths(report: bytes) -> None:
    document = pypdfium2.PdfDocument(report)
    strokes = [
        pypdfium2.raw.FPDFPath_CountSegments(thing)
        for page in document
        if "NF.CDC3.BL321.HOLDUP.PV (kg)" in page.get_textpage().get_text_bounded()
        for thing in page.get_objects()
        if thing.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH
    ]
    document.close()
    assert max(strokes) > 300  # a course of thousands of samples as one path


def test_the_same_dossier_gives_the_same_bytes(dossier: Dossier, report: bytes) -> None:
    assert build_report(dossier) == report


def test_bytes_do_not_depend_on_hash_order(report: bytes) -> None:
    code = (
        "import sys, conftest; from investigator.report.build import build_report;"
        "sys.stdout.buffer.write(build_report(conftest.make_dossier()))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    environment["PYTHONPATH"] = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=environment
    )
    assert done.stdout == report


def test_another_seed_gives_other_bytes(make: Make, report: bytes) -> None:
    assert build_report(make(seed=1)) != report


def test_nothing_to_say_is_said(make: Make) -> None:
    empty = make(
        drums=0,
        deviation=None,
        items=(),
        clock_offsets=(),
        findings=(),
        assumptions=(),
        alarms=(),
        replay=(),
        panels=(),
        ranking=Ranking((), 0.4, 0.6, (), ()),
        impact=Impact(None, (), ()),
        affected_share=None,
        disturbance_window=None,
        residence_time=(),
        process_flow=(),
    )
    text = text_of(build_report(empty))
    assert "No deviation notice was handed in" in text
    assert "most probable: no assignable cause, probability 60 %" in text
    assert "No failure mode was examined" in text
    assert "No course of the affected share was computed" in text
    assert "No container of this batch is on record" in text
    assert "No alarm or record entry falls into this window" not in text  # the record has events
    for title in SECTIONS:
        assert title in text


@pytest.mark.requirement("DIA-065")
def test_every_hypothesis_says_its_time_shape(make: Make, dossier: Dossier) -> None:
    first, *others = dossier.ranking.hypotheses
    first = replace(first, time_shape="pulse train", time_constant_s=1507.0)
    ranking = replace(dossier.ranking, hypotheses=(first, *others))
    text = text_of(build_report(make(ranking=ranking)))
    assert "Time shape pulse train, period 1510 s" in " ".join(text.split())


def test_refuted_hypotheses_only(make: Make, dossier: Dossier) -> None:
    weak = tuple(replace(h, probability=0.004) for h in dossier.ranking.hypotheses)
    ranking = replace(dossier.ranking, hypotheses=weak, none_of_the_above=0.96)
    text = text_of(build_report(make(ranking=ranking)))
    assert "most probable: none of these (a cause that is on no list), probability 96.0 %" in text
    assert "9.1 API feeder" not in text
    assert "No listed hypothesis holds more than 1 %" in text
    for hypothesis in weak:
        assert hypothesis.why in text


def test_forty_drums(make: Make) -> None:
    forty = make(drums=40)
    pdf = pages_of(build_report(forty))
    table = [page for page in pdf if "Affected by" in page]
    assert len(table) >= 2  # the head is repeated on the next page
    text = " ".join(pdf)
    for container in forty.impact.containers:
        assert container.container_id in text


def test_gaps_spikes_and_empty_curves(make: Make, dossier: Dossier) -> None:
    first, second, third, *rest = dossier.panels
    nothing = replace(first.measured, value=np.full(first.measured.value.shape, np.nan))
    value = second.measured.value.copy()
    value[1234] = 1e9
    empty = Curve("empty", np.empty(0, np.int64), np.empty(0))
    panels = (
        replace(first, measured=nothing, lower=nothing.value, upper=nothing.value),
        replace(second, measured=replace(second.measured, value=value)),
        replace(third, measured=empty, fitted=empty),
        *rest,
    )
    share = Curve("share", dossier.panels[0].measured.t_ms, nothing.value)
    residence = (("empty", empty), ("unknown", replace(nothing, label="x")))
    odd = make(panels=panels, affected_share=share, residence_time=residence)
    assert "1 sample beyond the scale" in text_of(build_report(odd))


def test_not_a_number_is_never_printed(make: Make, dossier: Dossier) -> None:
    nan = float("nan")
    rows = tuple(
        replace(r, bias=nan, rmse=nan, sd_predicted=nan, coverage95=nan) for r in dossier.replay
    )
    found = tuple(
        replace(
            c,
            net_kg=nan,
            affected_kg=nan,
            affected_kg_hi95=nan,
            quality={
                k: replace(q, mean=nan, lo95=nan, hi95=nan, p_conform=nan)
                for k, q in c.quality.items()
            },
            reported={"assay": nan},
        )
        for c in dossier.impact.containers
    )
    hypotheses = tuple(replace(h, log_bayes_factor=nan) for h in dossier.ranking.hypotheses)
    odd = make(
        replay=rows,
        impact=replace(dossier.impact, containers=found),
        ranking=replace(dossier.ranking, hypotheses=hypotheses, none_of_the_above=nan),
    )
    assert not re.search(r"\bnan\b", text_of(build_report(odd)))


def test_endless_texts_are_cut_with_a_note(make: Make, dossier: Dossier) -> None:
    endless = "W" * 9_000
    assert dossier.deviation is not None
    seen = replace(
        dossier.deviation.observation, description=endless, parameter=endless, limit=endless
    )
    notice = replace(dossier.deviation, observation=seen, immediate_action=endless, number=endless)
    record = replace(
        dossier.batch, comments=(RecordComment(dossier.batch.events[0].t_ms, endless, ""),)
    )
    first = replace(
        dossier.ranking.hypotheses[0], title=endless, why=endless, supports=(endless,) * 3
    )
    ranking = replace(dossier.ranking, hypotheses=(first, *dossier.ranking.hypotheses[1:]))
    items = tuple(replace(i, file=endless, layout=endless) for i in dossier.items)
    pdf = build_report(make(deviation=notice, batch=record, ranking=ranking, items=items))
    assert "further characters stand in the source" in text_of(pdf)


def test_no_heading_stands_alone_at_the_foot_of_a_page(make: Make, dossier: Dossier) -> None:
    tall = "word " * 400
    assert dossier.deviation is not None
    seen = replace(dossier.deviation.observation, description=tall)
    notice = replace(dossier.deviation, observation=seen, immediate_action=tall)
    for page in pages_of(build_report(make(deviation=notice, assumptions=(tall,)))):
        lines = [line.strip() for line in page.splitlines()]
        # the frame of the page comes first in its text, the body last
        assert lines[-1] not in SECTIONS


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=300), marking=st.text(min_size=1, max_size=40))
def test_any_text_can_be_printed(make: Make, text: str, marking: str) -> None:
    base = make(drums=2, points=50)
    assert base.deviation is not None
    notice = replace(base.deviation, number=text, title=text, immediate_action=text)
    first = replace(base.ranking.hypotheses[0], title=text, why=text, cause=text)
    odd = replace(
        base,
        marking=marking,
        deviation=notice,
        panels=(replace(base.panels[0], title=text, unit=text),),
        ranking=replace(base.ranking, hypotheses=(first,)),
        assumptions=(text,),
        process_flow=((text, text), (text,)),
    )
    pdf = build_report(odd)
    assert pdf.startswith(b"%PDF")
    assert "10 Root cause statement" in text_of(pdf)
