"""The data sections of a report: clocks, findings, balances and origin, what matters first."""

import io
import re
from dataclasses import replace

import pypdfium2
import pytest
from support.dossiers import MINUTE, START, a_dossier, a_span

from investigator.domain.clock_evidence import ClockEvidence, EventPair
from investigator.domain.dossier import Dossier
from investigator.domain.evidence import ClockOffset, Finding, Severity, Treatment
from investigator.domain.genealogy import Edge, Node, NodeKind, Relation
from investigator.domain.reconciliation import BalanceInput, BalanceLine, Limit, Reconciliation
from investigator.report.build import build_report


def printed(dossier: Dossier) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(build_report(dossier)))
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return re.sub(r"\s+", " ", " ".join(pages))


@pytest.mark.requirement("RPT-026")
def test_clocks_stand_with_uncertainty_drift_and_the_events_compared() -> None:
    pairs = tuple(
        EventPair("LW-311 refill", START + n * MINUTE, START + n * MINUTE + 31_000, 0.0, n != 3)
        for n in range(40)
    )
    told = ClockEvidence("batch record", "refills and drum changes", pairs)
    offset = ClockOffset("batch record", 31.0, 1.2, 39, 12.5, 3.0, START)
    text = printed(replace(a_dossier(), clock_offsets=(offset,), clock_evidence=(told,)))
    assert "batch record 31.0 1.2 12.5 39" in text
    assert (
        "batch record: refills and drum changes; 39 pairs used, 1 set aside as disagreeing with "
        "the rest; 30 further pairs stand in the stored reading." in text
    )
    assert text.count("31.0 yes") == 9
    assert text.count("31.0 no") == 1
    assert "does not rest on these pairs" not in text
    by_hand = replace(offset, matched_events=0)
    text = printed(replace(a_dossier(), clock_offsets=(by_hand,), clock_evidence=(told,)))
    assert "The offset in force does not rest on these pairs." in text


@pytest.mark.requirement("RPT-026")
def test_a_clock_that_nothing_tells_is_said_to_be_one() -> None:
    told = ClockEvidence("laboratory", "events that both hold")
    offset = ClockOffset("batch record", 31.0, 1.2, 39)
    text = printed(replace(a_dossier(), clock_offsets=(offset,), clock_evidence=(told,)))
    assert "laboratory: nothing that it has in common with another clock was found." in text


@pytest.mark.requirement("RPT-026")
def test_many_minor_findings_that_take_nothing_away_stand_in_one_row() -> None:
    found = tuple(
        Finding(f"TAG-{n}", "duplicate", a_span(n, n), "the last was kept", "1 row repeats a time")
        for n in range(4)
    )
    text = printed(replace(a_dossier(), findings=found))
    assert "minor TAG-0; TAG-1; TAG-2; TAG-3 duplicate" in text
    assert text.count("1 row repeats a time") == 1
    assert "4 of the kind: 1 row repeats a time, …" in text


@pytest.mark.requirement("RPT-026")
def test_findings_stand_critical_ones_first_with_what_was_done_with_their_samples() -> None:
    span = a_span(1, 2)
    found = (
        Finding("A", "gap", span, "nothing", severity=Severity.MINOR),
        Finding(
            *("B", "freeze", span, "left out"),
            severity=Severity.CRITICAL,
            treatment=Treatment.DROP,
        ),
        Finding(
            *("C", "noise", span, "doubted"),
            severity=Severity.MAJOR,
            treatment=Treatment.WIDEN,
            sd_factor=2.5,
        ),
    )
    text = printed(replace(a_dossier(), findings=found))
    places = [text.index(words) for words in ("critical B freeze", "major C noise", "minor A gap")]
    assert places == sorted(places)
    assert "sd × 2.5" in text


@pytest.mark.requirement("RPT-026")
def test_a_balance_outside_its_limit_stands_first_and_a_missing_figure_is_said() -> None:
    limit = Limit(97.0, 102.0, "recipe")
    figure = BalanceInput("charged", 24.0, "kg", "batch record")
    lost = BalanceInput("rejects", None, "kg", "batch record")
    lines = (
        BalanceLine("y", "yield", "net / charged", (figure,), 99.0, "%", limit),
        BalanceLine("m", "mass", "all / charged", (lost,), None, "%", limit, "no rejects"),
        BalanceLine("a", "API charge", "charged / recipe", (figure,), 90.0, "%", limit),
    )
    text = printed(replace(a_dossier(), reconciliation=Reconciliation("B1", lines)))
    places = [text.index(f"{x} ") for x in ("API charge charged", "mass rejects", "yield charged")]
    assert places == sorted(places)
    assert "90.00 % 97 to 102 % outside its limit" in text
    assert "rejects not recorded" in text
    assert "no rejects" in text


@pytest.mark.requirement("RPT-026")
def test_origin_is_told_from_the_container_back_and_from_the_lot_on() -> None:
    lots = [Node(NodeKind.LOT, name) for name in ("L-1", "L-2")]
    drums = [Node(NodeKind.CONTAINER, name) for name in ("D01", "D02")]
    edges = (
        Edge(lots[0], drums[0], Relation.HELD_BY, True, "the only lot"),
        Edge(lots[1], drums[1], Relation.HELD_BY, False, "changed meanwhile"),
    )
    labels = ((lots[0], "lactose"),)
    text = printed(replace(a_dossier(), genealogy=edges, genealogy_labels=labels))
    assert "D01 L-1 –" in text
    assert "D02 – L-2" in text
    assert "L-1 lactose D01 –" in text
    assert "L-2 – – D02" in text


@pytest.mark.requirement("RPT-026")
def test_a_file_of_several_tables_is_one_file_whose_tables_are_told_apart() -> None:
    (item,) = a_dossier().items
    tables = tuple(replace(item, file="export.zip", member=name) for name in ("a.csv", "b.csv"))
    text = printed(replace(a_dossier(), items=tables))
    assert "1 file handed in" in text
    assert text.count("export.zip, b.csv") == 2  # what it was read as, what was lost
    assert text.count(item.sha256) == 1


@pytest.mark.requirement("RPT-026")
def test_what_is_not_there_is_said() -> None:
    text = printed(replace(a_dossier(), findings=(), clock_offsets=()))
    for words in (
        "No offset between clocks was determined",
        "Every signal was taken from the tag that the package of the twin names.",
        "The record holds no quantities that could be reconciled.",
        "The record names no container whose origin could be traced.",
    ):
        assert words in text
