"""The report of an attended case: what people decided, beside what was computed."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.attended import (
    ANN,
    APPROVAL,
    DIGEST,
    NOTE,
    REJECTED,
    ROOT,
    STATEMENT,
    TOM,
    a_walk,
    attended,
    basis_of,
    dossier_of,
)

from investigator.domain.acts.act import Actor, Recorded
from investigator.domain.acts.analysis import TwinUse, Verdict
from investigator.domain.acts.case import ContainmentRecorded
from investigator.domain.acts.closing import ActionKind, ActionProposed, RootCause
from investigator.domain.acts.evidence import DocumentAdmitted, DocumentKind, EvidenceAdmitted
from investigator.domain.dossier import Dossier
from investigator.domain.quantities import moment
from investigator.domain.recurrence import EarlierCase, Likeness, Recurrence, Subject
from investigator.report.build import build_report
from investigator.report.sections.attended.people import record_of

Make = Callable[..., Dossier]

SECTIONS = (
    "1 Executive summary",
    "2 Event",
    "3 Immediate containment",
    "4 Classification and scope",
    "5 Process and equipment background",
    "6 Evidence",
    "7 Twin",
    "8 Replay: measured against twin",
    "9 Hypotheses",
    "10 Root cause",
    "11 Impact",
    "12 Disposition, risk, corrective and preventive actions",
    "13 Withdrawals, uncertainty, limits and open points",
    "14 Approvals",
    "Appendix A Raw data",
    "Appendix B Reported rows",
    "Appendix C Settings",
    "Appendix D Glossary",
    "Appendix E How to verify",
    "Appendix F Audit trail and checkpoint",
)


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(pages_of(pdf)))


def printed(dossier: Dossier) -> str:
    return text_of(build_report(dossier))


def squeezed(text: str) -> str:
    """Without blanks: a narrow cell breaks a long word."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def case(dossier: Dossier) -> Dossier:
    return attended(dossier)


@pytest.fixture(scope="module")
def report(case: Dossier) -> bytes:
    return build_report(case)


@pytest.fixture(scope="module")
def text(report: bytes) -> str:
    return text_of(report)


def part(text: str, title: str, end: str) -> str:
    """What stands between two headings, after the contents."""
    body = text[text.index("1 Executive summary What happened") :]
    start = body.index(title)
    return body[start : body.index(end, start)]


def test_sections_stand_in_the_order_of_inspectors(report: bytes) -> None:
    with pikepdf.open(io.BytesIO(report)) as pdf, pdf.open_outline() as outline:
        assert tuple(entry.title for entry in outline.root) == SECTIONS


@pytest.mark.requirement("RPT-020")
def test_the_cover_says_what_the_case_is_and_which_log_it_comes_from(report: bytes) -> None:
    cover = re.sub(r"\s+", " ", pages_of(report)[0])
    for words in (
        "Status of this report: revision 1, for signature.",
        "Revision of this report 1",
        "Classification major",
        "Due date 2026-03-20",
        "Case opened by Ann Weber (aweber), investigator, 2026-02-06 07:26:00+01:00, entry 18",
        "Cause Most probable cause: API feeder bridging / rat-holing (api_bridging).",
        "approved, used for GxP decisions",
        "northfield.example/workspace, 93 entries",
        ROOT,
    ):
        assert words in cover


@pytest.mark.requirement("RPT-020")
def test_every_act_is_told_with_its_reason_its_person_and_its_entry(
    case: Dossier, text: str
) -> None:
    record = record_of(case)
    told = part(text, "1 Executive summary What", "Appendix F Audit trail")
    for act in record.case.history:
        if any(act is s for s in record.case.all_standing(type(act.act))):
            person, number = act.who.full_name, rf"{act.sequence}(?!\d)"
            entry = rf"{number}(, \d+)* · {person}|{person} .{{,99}}entry {number}"
            assert re.search(entry, told), act
            assert squeezed(act.why) in squeezed(told), act


@pytest.mark.requirement("RPT-020")
def test_classification_has_its_rationale_and_its_history(text: str) -> None:
    scope = part(text, "4 Classification and scope", "5 Process and equipment")
    assert "Classification major" in scope
    assert "opened as minor, due 2026-03-08 Alarm without a confirmed effect" in scope
    assert "due date set to 2026-03-20 Sieve analysis takes ten working days." in scope
    assert "TA50-26-0502 material lot, tooling not affected" in scope
    assert "investigated apart" in scope
    assert "lot where-used list of A1126-07" in scope


@pytest.mark.requirement("RPT-042")
def test_other_batches_stand_with_where_they_are_and_open_where_that_is_unknown(text: str) -> None:
    scope = part(text, "4 Classification and scope", "5 Process and equipment")
    assert "Batch Shares Decision Where it is Reason" in scope
    assert "TA50-26-0502 material lot, tooling not affected not known (open) Same API lot" in scope
    assert "equipment investigated apart in quarantine Made on the same feeder" in scope
    assert "each decided on: TA50-26-0502, TA50-26-0504." in scope
    closing = part(text, "13 Withdrawals", "14 Approvals")
    assert "Batches of which it is not known where they are: TA50-26-0502." in closing


@pytest.mark.requirement("RPT-020")
def test_findings_and_documents_are_those_that_people_judged_and_admitted(text: str) -> None:
    evidence = part(text, "6 Evidence", "7 Twin")
    assert "2 findings on data quality: 1 accepted, 1 dismissed with a reason" in evidence
    assert "The signal is not used by any channel that ranks." in evidence
    assert "DOC-02 other document Sieve analysis of API lot A1126-07 2026-02-09" in evidence
    assert "the file is the original" in evidence
    assert "Compared page by page with the signed original" in evidence
    assert squeezed("2" * 64) in squeezed(evidence)


@pytest.mark.requirement("RPT-026")
def test_what_people_decided_about_the_data_stands_with_reason_and_person(text: str) -> None:
    added = part(text, "6 Evidence", "7 Twin")
    assert "window wiped" in added
    assert "sd × 2.5" in added
    assert re.search(r"set by a person 30\.250 0\.500 12\.000 Read off both screens", added)
    reviewed = "2 signals of the twin cdc_line_3 reviewed; otherwise than packaged: nir.api from"
    assert reviewed in added
    assert "1 signal taken otherwise than the package of the twin says" in added


@pytest.mark.requirement("RPT-026")
def test_the_document_that_speaks_against_a_cause_stands_with_the_hypotheses(text: str) -> None:
    told = part(text, "9 Hypotheses", "10 Root cause")
    assert re.search(r"DOC-02, Sieve analysis of API lot A1126-07 speaks against", told)
    assert "The sieve analysis shows no change of the powder." in told


@pytest.mark.requirement("RPT-027")
def test_earlier_deviations_are_told_with_their_count_and_conclusion(make: Make) -> None:
    small = make(drums=2, points=50)
    told = EarlierCase(
        "DEV-2025-0007", date(2025, 9, 1), ("api_bridging",), "TA50-25-0100", (), (), "Tapped.", "x"
    )
    searched = (
        Recurrence(Subject(Likeness.CAUSE, "api_bridging"), (told,), 1, 1),
        Recurrence(Subject(Likeness.LOT, "A1126-07"), (), 0, 0),
    )
    walk = a_walk(small)
    text = printed(dossier_of(walk, replace(basis_of(small), recurrence=searched)))
    scope = part(text, "4 Classification and scope", "5 Process and equipment")
    assert "Same cause (api_bridging): 1 in the last 12 months, 1 in the last 24 months." in scope
    assert "DEV-2025-0007 2025-09-01 TA50-25-0100 Tapped." in scope
    assert "No earlier deviation is known with the same material lot A1126-07." in scope
    assert "Nothing was named that could be looked for." in printed(attended(small))


@pytest.mark.requirement("RPT-020")
def test_the_twin_is_stated_with_its_approval(text: str) -> None:
    twin = part(text, "7 Twin", "8 Replay")
    assert "by Tom Yılmaz (tyilmaz), twin approver" in twin
    assert "entry 17, over the digest above" in twin
    assert "Chosen for GxP decisions" in twin


@pytest.mark.requirement("RPT-020")
def test_a_verdict_stands_beside_the_probability(text: str) -> None:
    verdicts = part(text, "9 Hypotheses", "10 Root cause")
    lead = r"\(api_bridging\) machine 91.2 % supported most probable Loss of flow"
    assert re.search(lead, verdicts)
    assert re.search(r"method – not determined not determined The refill was not filmed", verdicts)
    assert "A refill from the upper platform may compact the powder" in verdicts


@pytest.mark.requirement("RPT-020")
def test_the_root_cause_is_what_was_concluded(text: str) -> None:
    cause = part(text, "10 Root cause", "11 Impact")
    assert "Most probable cause: API feeder bridging / rat-holing (api_bridging)." in cause
    assert STATEMENT in cause
    assert REJECTED in cause
    assert "probability 91.2 %" in cause


@pytest.mark.requirement("RPT-020")
def test_other_conclusions_are_called_what_they_are(make: Make) -> None:
    small = make(drums=2, points=50)
    open_ = printed(attended(small, root_cause=RootCause.NOT_DETERMINED))
    assert "Cause not determined." in open_
    sure = printed(attended(small, root_cause=RootCause.CONFIRMED, own=Verdict.REFUTED))
    assert "Cause confirmed: API feeder bridging / rat-holing (api_bridging)." in sure


@pytest.mark.requirement("RPT-020")
def test_proposal_decision_reason_and_person_stand_in_one_row(text: str) -> None:
    table = part(text, "12 Disposition", "Risk to the patient")
    assert "TA50-26-0503-D08 additional testing up to 19 % of the net mass affected reject" in table
    assert "Not worth the testing: the affected share lies in one layer. 72 · Eva Králová" in table
    assert "TA50-26-0503-D01 release no affected product release – 65 · Eva Králová" in table
    assert "1 decision departs from the proposal" in table


@pytest.mark.requirement("RPT-020")
def test_risk_and_actions_stand_with_owner_due_date_and_criterion(text: str) -> None:
    told = part(text, "Risk to the patient (ICH Q9)", "13 Withdrawals")
    assert "how grave the harm would be medium" in told
    assert "Under-dosed tablets would lower the effect" in told
    row = r"CAPA-2 corrective action Fit a level probe .* engineering 2026-04-20 No screw speed"
    assert re.search(row, told)


@pytest.mark.requirement("RPT-020")
def test_what_was_withdrawn_is_told_with_who_and_why(text: str) -> None:
    told = part(text, "13 Withdrawals", "Uncertainty and limits")
    assert "51 · Ann Weber verdict given: cause api_bridging; verdict refuted" in told
    assert "52 · Ann Weber 2026-02-06 11:24:00+01:00 The wrong channel was read" in told


@pytest.mark.requirement("RPT-024")
def test_the_audit_trail_and_the_checkpoint_are_printed(case: Dossier, text: str) -> None:
    record = record_of(case)
    trail = squeezed(text[text.rindex("Appendix F Audit trail") :])
    assert f"{len(record.trail)}entriesofthelog" in trail
    for row in record.trail:
        utc = moment(row.t_ms, "UTC").removesuffix("+00:00")
        local, who = moment(row.t_ms, row.zone), f"{row.who.full_name} ({row.who.user_id})"
        thing = row.object.removeprefix(f"{record.case_id}/")
        cells = (f"{row.sequence}", utc, local, f"{who}, {row.who.role}", row.act, thing)
        assert squeezed("".join(cells)) in trail
        assert squeezed(row.why) in trail
    for line in NOTE.splitlines():
        assert squeezed(line) in trail
    assert "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" in trail
    assert "investigator verify report.pdf" in text


@pytest.mark.requirement("RPT-025")
def test_no_sentence_of_an_unattended_draft_is_taken_over(text: str) -> None:
    for words in (
        "unattended",
        "draft",
        "not part of",
        "await a person",
        "left empty for that decision",
        "investigator investigate",
        "would have confirmed",
        "no container is decided",
    ):
        assert words not in text.lower()


def test_an_unattended_draft_has_none_of_the_pages_of_a_case(dossier: Dossier) -> None:
    draft = printed(dossier)
    assert "Not part of an unattended draft" in draft
    for words in ("Verdicts", "Audit trail", "Checkpoint", "Withdrawals", "revision"):
        assert words not in draft


@pytest.mark.requirement("RPT-021")
@pytest.mark.parametrize(
    ("approval", "marking"),
    [
        (None, "revision 999, for information only: the twin is not approved"),
        (17, "revision 999, for information only"),
    ],
)
def test_every_page_says_that_the_twin_is_for_information_only(
    make: Make, approval: int | None, marking: str
) -> None:
    small = make(drums=2, points=50)
    case = attended(small, approval=approval, use=TwinUse.INFORMATION_ONLY, revision=999)
    pages = pages_of(build_report(case))
    assert all(marking in page for page in pages)
    text = re.sub(r"\s+", " ", " ".join(pages))
    assert "is for information only and no basis for a GxP decision" in text
    assert ("not approved" in text) == (approval is None)
    assert "Reason: No approved twin of the line is at hand." in text


@pytest.mark.requirement("CAS-154")
@pytest.mark.parametrize("act", ["twin retired", "twin superseded", "withdrawn"])
def test_a_report_states_that_its_twin_ended_after_it_was_chosen(make: Make, act: str) -> None:
    small = make(drums=2, points=50)
    walk = a_walk(small)
    thing = f"entry {APPROVAL}" if act == "withdrawn" else "twin cdc_line_3 0.1.0"
    before = printed(dossier_of(walk, basis_of(small)))
    assert "After the choice:" not in before
    number = walk.row(TOM, act, thing, "The press was replaced.")
    case = dossier_of(walk, basis_of(small))
    assert case.record is not None
    assert case.record.twin_end == walk.trail[-1]
    text = printed(case)
    what = "the approval of the twin withdrawn" if act == "withdrawn" else act
    assert text.count(f"After the choice: {what}, by Tom Yılmaz") == 2
    assert f"entry {number}. Reason: The press was replaced." in text


@pytest.mark.requirement("RPT-022")
def test_long_texts_and_many_documents_are_printed_in_full(make: Make) -> None:
    small = make(drums=2, points=50)
    words = [f"v{n}." for n in range(1200)]
    long = " ".join(words)
    walk = a_walk(small)
    walk.do(ContainmentRecorded(long.replace("v", "c")))
    for n in range(60):
        name, digest = f"MORE-{n:02d}", f"{n:064x}"
        stated = (date(2026, 2, 1), "Ωmega & Söhne", f"{name}.pdf", digest, 9, long[: 30 * n])
        walk.do(DocumentAdmitted(name, DocumentKind.PHOTO, f"Photo {n} <x>", *stated))
    plan = (long.replace("v", "a"), "Owner", date(2026, 5, 1), long.replace("v", "e"))
    walk.do(ActionProposed("CAPA-9", ActionKind.PREVENTIVE, *plan))
    text = squeezed(printed(dossier_of(walk, basis_of(small))))
    for letter in "cae":
        assert all(word.replace("v", letter) in text for word in words)
    for n in range(60):
        assert f"MORE-{n:02d}photoPhoto{n}<x>2026-02-01Ωmega&Söhne" in text
        assert f"{n:064x}" in text
    assert "furthercharactersstand" not in text


def test_characters_without_a_glyph_are_named(make: Make) -> None:
    small = make(drums=2, points=50)
    yuki, nour = Actor("yuki", "山田", "investigator"), Actor("nour", "نور", "investigator")
    walk = a_walk(small)
    walk.do(ContainmentRecorded("Залочено: 隔離\nblocked"), who=yuki)
    walk.do(
        ActionProposed("CAPA-9", ActionKind.CORRECTIVE, "ok", "ok", date(2026, 5, 1), "✓ 品"),
        who=nour,
    )
    text = squeezed(printed(dossier_of(walk, basis_of(small))))
    assert "Залочено:[U+9694][U+96E2]" in text
    assert "[U+5C71][U+7530](yuki),investigator" in text
    assert "[U+54C1]" in text


@pytest.mark.requirement("RPT-023")
def test_what_is_stale_is_never_printed_as_current(case: Dossier) -> None:
    record = record_of(case)
    late = EvidenceAdmitted("again", (), DIGEST, DIGEST, 2)
    history = (*record.history, Recorded(192, ANN, record.history[-1].t_ms, "UTC", late, ""))
    text = printed(replace(case, record=replace(record, history=history)))
    stale = "STALE, no longer current: "
    assert f"{stale}Most probable cause" in text
    assert f"{stale}supported" in text
    assert f"{stale}release" in text
    assert f"{stale}ranking" in text
    assert f"{stale}accepted" in text
    assert "0 accepted, 0 dismissed with a reason, 2 not judged" in text
    assert "Release decided for" not in text


def test_a_record_with_little_in_it_says_what_is_missing(case: Dossier) -> None:
    full = record_of(case)
    bare = replace(full, history=full.history[:1], withdrawals=(), trail=())
    text = printed(replace(case, marking="revision 1", record=bare, deviation=None))
    for words in (
        "Status of this report: revision 1.",
        "No conclusion is recorded.",
        "No other batch is concerned.",
        "The search is not completed.",
        "No document was admitted.",
        "No hypothesis was raised.",
        "No result is recorded.",
        "Nothing was withdrawn.",
        "No action was proposed.",
        "not decided",
        "The twin is not approved: what it predicts is for information only",
    ):
        assert words in text


@pytest.mark.requirement("RPT-002")
def test_the_same_case_gives_the_same_bytes(dossier: Dossier, report: bytes) -> None:
    assert build_report(attended(dossier)) == report
    code = (
        "import sys, conftest; from investigator.report.build import build_report;"
        "from support.attended import attended;"
        "sys.stdout.buffer.write(build_report(attended(conftest.make_dossier())))"
    )
    here = Path(__file__).parent
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    environment["PYTHONPATH"] = f"{here}{os.pathsep}{here.parent}"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=environment
    )
    assert done.stdout == report


def test_no_heading_stands_alone_at_the_foot_of_a_page(report: bytes) -> None:
    for page in pages_of(report):
        lines = [line.strip() for line in page.splitlines()]
        assert lines[-1] not in SECTIONS


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=300), name=st.text(min_size=1, max_size=40))
def test_any_text_of_a_person_can_be_printed(make: Make, text: str, name: str) -> None:
    small = make(drums=1, points=20)
    walk = a_walk(small)
    walk.do(ContainmentRecorded(text), text, Actor(name, name, name))
    plan = (text, text, date(2026, 5, 1), text)
    walk.do(ActionProposed(name, ActionKind.PREVENTIVE, *plan), text)
    assert build_report(dossier_of(walk, basis_of(small))).startswith(b"%PDF")
