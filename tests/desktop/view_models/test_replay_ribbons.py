"""Under the axis of the replay: where the twin may be believed, and what the data lack."""

from dataclasses import replace

import pytest
from support.dossiers import START, a_span
from support.investigations import REPLAYED, walked
from support.replays import HUMIDITY, SPEED, a_replayed
from support.scenes import a_scene

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.replay_ribbons import (
    beyond_said,
    domain_rows,
    input_rows,
    quality_rows,
)
from investigator.desktop.view_models.replay_told import ReplayTeller
from investigator.desktop.view_models.ribbon_marks import Row
from investigator.domain.applicability import Excursion
from investigator.domain.instant import Span
from investigator.domain.replayed import QualityStretch, Shortcoming

WHOLE = a_span(0, 72)
TELLER = ReplayTeller(a_scene(walked(until=REPLAYED)), go=print, take=print)


def labels(rows: list[Row]) -> list[tuple[str, list[str]]]:
    return [(title, [mark.drawn.label for mark in marks]) for title, marks in rows]


def told(rows: list[Row], place: int = -1) -> Inspected:
    return rows[0][1][place].told


@pytest.mark.requirement("WIN-141")
class TestDomain:
    def test_an_excursion_says_that_the_twin_extrapolates_and_why(self) -> None:
        rows = domain_rows(a_replayed(), WHOLE, TELLER)
        assert labels(rows) == [("Domain", ["inside 2 limits", "extrapolating: Room humidity"])]
        mark = rows[0][1][1]
        assert (mark.drawn.tone, mark.drawn.start_ms) == (Tone.WARN, a_span(12, 30).start_ms)
        assert mark.drawn.tip == "Room humidity 77.5 %RH, 7.5 beyond 70.0"

    def test_it_is_told_with_time_variable_distance_and_origin(self) -> None:
        inspected = told(domain_rows(a_replayed(), WHOLE, TELLER))
        facts = dict(inspected.facts)
        assert inspected.title == "Room humidity outside the domain"
        assert facts["Length"] == "18.0 min"
        assert facts["Limits"] == "20.0 to 70.0 %RH"
        assert facts["Distance"] == "0.30 × 25.0 %RH"
        assert facts["Origin of the limits"] == "moisture_sorption.csv"
        assert "extrapolating" in inspected.findings[0].text
        assert inspected.digest == REPLAYED.result

    def test_below_the_lower_limit_the_distance_is_to_that(self) -> None:
        low = Excursion(SPEED, a_span(1, 5), 13.0, 0.4)
        assert beyond_said(low) == "13.0 rpm, 7.0 beyond 20.0"

    def test_two_at_once_lie_in_two_rows(self) -> None:
        both = (
            Excursion(HUMIDITY, a_span(12, 30), 77.5, 0.3),
            Excursion(SPEED, a_span(20, 40), 60.0, 0.3),
        )
        rows = domain_rows(replace(a_replayed(), excursions=both), WHOLE, TELLER)
        assert [title for title, _ in rows] == ["Domain", ""]

    def test_a_run_that_kept_to_it_says_so_limit_by_limit(self) -> None:
        rows = domain_rows(a_replayed(left=False), WHOLE, TELLER)
        assert labels(rows) == [("Domain", ["inside 2 limits"])]
        assert dict(told(rows).facts)["Turret speed"] == "20.0 to 55.0 rpm: kept"
        assert dict(told(domain_rows(a_replayed(), WHOLE, TELLER), 0).facts)["Room humidity"] == (
            "20.0 to 70.0 %RH: left"
        )

    def test_a_twin_without_a_domain_says_so(self) -> None:
        rows = domain_rows(replace(a_replayed(left=False), limits=()), WHOLE, TELLER)
        assert labels(rows) == [("Domain", ["none stated"])]
        assert told(rows).findings[0].text == "The twin states no applicability domain."


@pytest.mark.requirement("WIN-142")
class TestQuality:
    def rows(self, signal: str, *, judged: bool = True) -> list[Row]:
        return quality_rows(a_replayed(), signal, judged=judged, whole=WHOLE, teller=TELLER)

    def test_only_what_the_selected_signal_lacks_is_shown(self) -> None:
        assert labels(self.rows("NIR API content")) == [("Data quality", ["not recorded"])]
        assert labels(self.rows("Paddle speed")) == [("Data quality", ["not recorded, bridged"])]

    def test_a_stretch_is_told_with_its_tag_and_what_is_done(self) -> None:
        inspected = told(self.rows("Paddle speed"))
        assert inspected.title == "NF.PADDLE: not recorded, bridged"
        facts = dict(inspected.facts)
        assert facts["Length"] == "4.00 min"
        assert facts["What is done"].startswith("Set-point or usual level stands in")

    def test_a_signal_that_lacks_nothing_says_so(self) -> None:
        assert labels(self.rows("Blender hold-up")) == [
            ("Data quality", ["nothing missing or in doubt"])
        ]

    def test_single_results_are_not_judged_here(self) -> None:
        (mark,) = self.rows("Assay (QC)", judged=False)[0][1]
        assert mark.drawn.label == "single results: see Evidence"
        assert (mark.drawn.start_ms, mark.drawn.end_ms) == (START, WHOLE.end_ms)

    def test_inputs_are_those_that_are_bridged(self) -> None:
        assert labels(input_rows(a_replayed(), TELLER)) == [("Inputs bridged", ["NF.PADDLE"])]
        assert input_rows(replace(a_replayed(), quality=()), TELLER) == []

    def test_a_short_stretch_lies_over_a_long_one(self) -> None:
        spans = (Span(WHOLE.start_ms, WHOLE.start_ms + 60_000), WHOLE)
        quality = tuple(QualityStretch("T", ("s",), Shortcoming.DOUBTFUL, span) for span in spans)
        found = replace(a_replayed(), quality=quality)
        ((_, marks),) = quality_rows(found, "s", judged=True, whole=WHOLE, teller=TELLER)
        assert [m.drawn.end_ms for m in marks] == [WHOLE.end_ms, spans[0].end_ms]
