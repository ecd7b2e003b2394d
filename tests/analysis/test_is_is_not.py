"""The first is/is-not table: facts with their evidence, and empty cells where nothing is known."""

from dataclasses import replace

import pytest
from support.dossiers import DRUMS, START, a_span, an_impact

from investigator.analysis.is_is_not import MOST_CHANGES, propose_is_is_not
from investigator.domain.acts.reasoning import Dimension, LinkKind
from investigator.domain.results import ImpactResult
from investigator.domain.toolbox import ChangePoint, OnsetUncertainty, Toolbox
from investigator.domain.tracing import ContainerOrigin, Origin, OriginKind, Traced

MINUTE = 60_000


def a_change(title: str, minute: float, gain: float, *tags: str) -> ChangePoint:
    onset = START + int(minute * MINUTE)
    return ChangePoint(
        channel=title,
        title=title,
        unit="%",
        onset_ms=onset,
        onset_95=a_span(minute - 1, minute + 1),
        end_ms=None,
        size=-2.0,
        gain=gain,
        usual_gain=5.0,
        uncertainty=OnsetUncertainty(10.0, 1.0, 0.0, 0.0),
        signals=tags,
        words="",
    )


CHANGES = Toolbox(
    (a_change("Feed", 12, 50, "FIC"), a_change("NIR", 14, 90, "NIR"), a_change("Assay", 1, 99)),
    (),
    (),
    (),
)


def a_lot(name: str, share: float) -> Origin:
    return Origin(OriginKind.LOT, name, share, share, share, "API")


def a_result(*, affected: bool = True) -> ImpactResult:
    origins = (
        ContainerOrigin(DRUMS[1], a_span(0, 30), (a_lot("A1", 0.5), a_lot("A2", 0.5))),
        ContainerOrigin(DRUMS[0], a_span(30, 60), (a_lot("A2", 0.98), a_lot("A1", 0.02))),
    )
    traced = Traced((), None, origins, 32)
    window = a_span(12, 30) if affected else None
    return ImpactResult(an_impact(affected=affected), None, window, (), (), traced=traced)


@pytest.mark.requirement("CAS-183")
def test_each_question_has_a_row_of_facts_with_its_evidence() -> None:
    rows = propose_is_is_not(a_result(), CHANGES, "Europe/Zurich")
    assert [row.dimension for row in rows] == list(Dimension)
    for row in rows:
        for cell in row.cells():
            assert bool(cell.words) == bool(cell.links)
    what, where, when, extent = rows
    assert what.affected.words == "Changed: Feed by −2.00 %; NIR by −2.00 %."
    assert [link.target for link in what.affected.links] == ["FIC", "NIR"]
    assert where.distinction.words == "Lots in affected containers only: A1."
    assert where.unaffected.words == ""
    assert "First to change: Feed" in when.distinction.words
    assert when.distinction.links[0].start_ms == START + 11 * MINUTE
    assert {link.target for link in extent.affected.links} | {
        link.target for link in extent.unaffected.links
    } == set(DRUMS)
    assert {link.kind for link in extent.links()} == {LinkKind.CONTAINER}


@pytest.mark.requirement("CAS-183")
def test_the_changes_that_stand_out_most_against_normal_batches_are_named() -> None:
    """A large gain is nothing where normal batches reach as much."""
    usual = replace(a_change("Room", 5, 900, "RH"), usual_gain=850.0)
    others = [a_change(f"Signal {k}", 10 + k, 50, f"S{k}") for k in range(MOST_CHANGES)]
    what = propose_is_is_not(a_result(), Toolbox((usual, *others), (), (), ()), "UTC")[0]
    assert [link.target for link in what.affected.links] == ["S0", "S1", "S2", "S3"]


@pytest.mark.requirement("CAS-183")
def test_what_is_not_known_gets_no_row_and_an_unaffected_batch_none_at_all() -> None:
    bare = replace(a_result(), traced=None)
    rows = propose_is_is_not(bare, None, "Europe/Zurich")
    assert [row.dimension for row in rows] == [Dimension.EXTENT]
    assert propose_is_is_not(a_result(affected=False), CHANGES, "Europe/Zurich") == ()
