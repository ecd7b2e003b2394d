"""The impact of a deviation on paper: every part in words and figures, none where there is none."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pypdfium2
import pytest
from reportlab.graphics.shapes import Group, Polygon, PolyLine, String
from support.attended import attended
from support.much_impact import detectability, everything, remedies
from support.report_text import text_of

from investigator.domain.conformance import Zone
from investigator.domain.detectability import Detectability
from investigator.domain.dossier import Dossier
from investigator.domain.impact import PredictedQuality
from investigator.domain.instant import Span
from investigator.domain.panel import Curve
from investigator.domain.tracing import OriginKind, Traced, TracedInterval
from investigator.report.build import build_report
from investigator.report.figures.drums import FILLS, drum_map
from investigator.report.figures.funnel import funnel
from investigator.report.figures.remedies import remedy_bars
from investigator.report.figures.stages import stage_strips, stage_window
from investigator.report.paper import BLUSH, TEXT_WIDTH, VERMILLION

Make = Callable[..., Dossier]
MINUTE = 60_000


def shapes(group: Any) -> Iterator[Any]:
    for shape in group.contents:
        if isinstance(shape, Group):
            yield from shapes(shape)
        else:
            yield shape


def words(group: Any) -> list[str]:
    return [s.text for s in shapes(group) if isinstance(s, String)]


@pytest.fixture(scope="module")
def whole(make: Make) -> Dossier:
    return everything(make())


@pytest.fixture(scope="module")
def text(whole: Dossier) -> str:
    return text_of(whole)


def trace(whole: Dossier) -> Traced:
    assert whole.traced is not None
    return whole.traced


@pytest.mark.requirement("RPT-043")
def test_the_interval_is_told_surely_centrally_and_possibly(text: str) -> None:
    assert "surely: in 97.5 % of the draws 2026-02-06 03:46:00+01:00 04:22:00+01:00" in text
    assert "possibly: in 2.5 % of them, the conservative one 2026-02-06 03:41:00+01:00" in text
    assert "95 % band of 200 draws" in text
    for stage in ("blender, before the port", "chute", "feed frame"):
        assert f"behind the {stage}"[:20] in text


@pytest.mark.requirement("RPT-043")
def test_what_is_sure_at_no_time_is_said(whole: Dossier) -> None:
    possibly = trace(whole).interval
    assert possibly is not None
    unsure = replace(trace(whole), interval=TracedInterval(None, None, possibly.possibly))
    assert text_of(replace(whole, traced=unsure)).count("at no time") == 2
    drawing = stage_strips(unsure, None, (), "UTC")
    assert words(drawing).count("never") == 2


@pytest.mark.requirement("RPT-043")
def test_each_unit_has_its_strip_with_its_highest_share(whole: Dossier) -> None:
    drawing = stage_strips(
        trace(whole), whole.disturbance_window, whole.impact.containers, whole.zone
    )
    told = words(drawing)
    assert "disturbance at its unit" in told
    assert sum(t.startswith("behind ") for t in told) == 4
    assert told.count("100 %") == 4
    assert sum(isinstance(s, PolyLine) for s in shapes(drawing)) == 4
    # only the drums that the window meets
    assert {"D08", "D09"} <= set(told)
    assert "D01" not in told


@pytest.mark.requirement("RPT-043")
def test_the_strips_show_the_disturbance_and_all_that_comes_of_it(whole: Dossier) -> None:
    window = whole.disturbance_window
    assert window is not None
    shown = stage_window(trace(whole), window)
    assert shown.start_ms < window.start_ms
    assert shown.end_ms > window.end_ms + 8 * MINUTE
    assert shown.end_ms < window.end_ms + 40 * MINUTE


def test_a_trace_that_shows_nothing_is_drawn(whole: Dossier) -> None:
    flat = trace(whole).stages[0]
    t = flat.central.t_ms
    nothing = Curve("share", t, np.zeros(t.size))
    stage = replace(flat, central=nothing, low=nothing, high=nothing)
    bare = Traced((stage,), None, (), 8)
    assert stage_window(bare, None) == Span(int(t[0]), int(t[-1]))
    assert "0 %" in words(stage_strips(bare, None, (), "UTC"))
    unknown = replace(stage, central=Curve("share", t, np.full(t.size, np.nan)))
    assert "0 %" not in words(stage_strips(replace(bare, stages=(unknown,)), None, (), "UTC"))


@pytest.mark.requirement("RPT-044")
def test_residence_times_and_affected_share_stand_in_figures(text: str) -> None:
    assert "Figure 8: residence-time distributions of the line." in text
    assert "Figure 9: share of affected tablets at the press outlet" in text


@pytest.mark.requirement("RPT-045")
def test_the_drum_map_shades_by_chance_and_hatches_by_affected_share(whole: Dossier) -> None:
    (one, *_), fills = whole.impact.containers, FILLS
    lines = []
    for share, p in ((0.0, 0.99), (0.1, 0.7), (0.5, 0.2), (1.0, 0.01)):
        quality = {"assay": PredictedQuality(99.0, 98.0, 100.0, "% LC", p)}
        kilograms = share * one.net_kg
        container = replace(one, quality=quality, affected=share > 0, affected_kg_hi95=kilograms)
        drawn = list(shapes(drum_map((container,))))
        tile = next(s for s in drawn if isinstance(s, Polygon))
        assert tile.fillColor == fills[(0.99, 0.7, 0.2, 0.01).index(p)]
        lines.append(sum(type(s).__name__ == "Line" for s in drawn))
    assert lines == sorted(lines)
    assert lines[0] < lines[1] < lines[2] < lines[3]


@pytest.mark.requirement("RPT-045")
def test_every_drum_has_room_for_its_letter(whole: Dossier) -> None:
    first, *others = whole.impact.containers
    light = (*others, replace(first, net_kg=0.1))
    drawing = drum_map(light)
    letters = [s for s in shapes(drawing) if isinstance(s, String) and len(s.text) == 1]
    assert len(letters) == len(light)
    assert max(s.x for s in letters) + 5 <= TEXT_WIDTH


@pytest.mark.requirement("RPT-046")
def test_the_container_table_has_mass_tablets_and_the_worst_attribute(text: str) -> None:
    assert "9.60 (5.76 to 12.00)" in text
    assert "38 400, at most 48 000" in text
    assert "assay 30 %, reject" in text
    assert "API below 98 % of nominal" in text


@pytest.mark.requirement("RPT-046")
def test_results_from_before_there_were_lower_bounds_show_none(dossier: Dossier) -> None:
    assert "9.60 (at most 12.00)" in text_of(dossier)


@pytest.mark.requirement("RPT-047")
def test_what_the_laboratory_reports_stands_beside_the_prediction(text: str) -> None:
    assert "99.40 (98.41 to 100.39) / 100.30" in text
    assert "98.24 (97.24 to 99.23) / 97.98; 86 %, inconclusive" in text


@pytest.mark.requirement("RPT-048")
def test_what_is_not_accepted_is_named_with_its_risks(text: str) -> None:
    assert "26 values of 13 containers held against limits" in text
    assert "23 accepted, the others are these" in text
    assert "leave what is outside them inconclusive: it is tested" in text
    assert "assay 95.00 to 105.0 % LC 0.90 30 % reject" in text
    assert "10.2 (2.9 to 12.8) 15.0 50 %" in text
    assert "59 units without a fault show with 95 % confidence" in text


@pytest.mark.requirement("RPT-048")
def test_where_all_is_accepted_that_is_one_sentence(whole: Dossier) -> None:
    accepted = tuple(
        replace(c, conformance=tuple(replace(g, zone=Zone.ACCEPT) for g in c.conformance))
        for c in whole.impact.containers
    )
    told = text_of(replace(whole, impact=replace(whole.impact, containers=accepted)))
    assert "(JCGM 106): all accepted." in told


@pytest.mark.requirement("RPT-049")
def test_all_material_is_placed_and_samples_are_named(text: str) -> None:
    assert "The places add up to the 161.00 kg that left the press." in text
    assert "reject bin, diverted during the run 2.40 1.90 (1.52 to 1.90)" in text
    assert "IPC-14" in text
    assert "IPC-14 2026-02-06 03:46:40+01:00 – 63 % possible" in text


@pytest.mark.requirement("RPT-050")
def test_the_lots_of_each_container_are_named_with_their_shares(text: str) -> None:
    assert "API A1126-07 60 % (56 to 64); API A1126-08 40 % (36 to 40); MCC M0326-11 all" in text


@pytest.mark.requirement("RPT-050")
def test_a_lot_of_less_than_half_a_per_cent_is_left_out(whole: Dossier) -> None:
    traced = trace(whole)
    first = traced.origins[0]
    lot = next(o for o in first.origins if o.kind is OriginKind.LOT)
    trifle = replace(lot, name="TRIFLE-1", share=0.004, low95=0.0, high95=0.006)
    more = replace(first, origins=(trifle, replace(trifle, name="SMALL-2", share=0.006)))
    said = text_of(replace(whole, traced=replace(traced, origins=(more,))))
    assert "TRIFLE-1" not in said
    assert "SMALL-2" in said


@pytest.mark.requirement("RPT-051")
def test_the_funnel_and_the_diversion_limits_stand_in_the_report(text: str) -> None:
    assert "funnel of the API feeder LW-311 at 20.0 kg/h, blender 220 rpm, chute 60 %" in text
    assert (
        "This deviation (API feeder bridging) stands at −29.0 % (−33.0 to −25.0) for 42.0" in text
    )
    assert "funnel of the lubricant feeder LW-314" in text
    assert "beyond 10 % 28 507 93.0 % 1.75 tablets made from 100 s" in text
    assert "LW-311 beyond 10 % 129 702 all 2.10 nothing is diverted – –" in text


def marks(drawing: Any, colour: Any) -> int:
    return sum(isinstance(s, Polygon) and s.fillColor == colour for s in shapes(drawing))


@pytest.mark.requirement("RPT-051")
def test_the_deviation_stands_on_its_side_of_the_funnel() -> None:
    api, mgst = detectability()
    drawing = funnel(api)
    # in the left plot and in the key
    diamonds = [s for s in shapes(drawing) if isinstance(s, Polygon) and s.fillColor == VERMILLION]
    assert len(diamonds) == 2
    assert max(d.points[1] for d in diamonds) > 60
    assert all(d.points[0] < TEXT_WIDTH / 2 + 10 for d in diamonds[:1])
    assert marks(funnel(mgst), VERMILLION) == 0
    assert marks(drawing, BLUSH) == 3


@pytest.mark.requirement("RPT-051")
def test_curves_are_told_apart_without_colour() -> None:
    lines = [s for s in shapes(funnel(detectability()[0])) if isinstance(s, PolyLine)]
    looks = {(tuple(s.strokeDashArray or ()), s.strokeWidth) for s in lines}
    assert len(looks) == 4


def test_a_funnel_without_alarms_or_curves_is_drawn() -> None:
    api, _ = detectability()
    product = tuple(c for c in api.curves if c.title.startswith("affected"))
    assert marks(funnel(replace(api, curves=product)), BLUSH) == 3
    assert words(funnel(Detectability("x", (), None, ())))


@pytest.mark.requirement("RPT-052")
def test_remedies_stand_beside_doing_nothing(text: str) -> None:
    assert "Do nothing" in text
    assert "divert from 28.0 s after the alarm (0 to 600)" in text
    assert "97.0 % ± 1.2" in text
    assert "Before and after: Divert a window" in text
    assert "Reprocess: not simulated. It is not registered for CDC-3." in text


@pytest.mark.requirement("RPT-052")
def test_the_bars_mark_the_best_and_what_is_not_registered(whole: Dossier) -> None:
    found = remedies(whole.impact.containers)
    unregistered = replace(found.outcomes[2], registered=False)
    told = words(remedy_bars(replace(found, outcomes=(*found.outcomes[:2], unregistered))))
    assert "• Divert a window" in told
    assert "Changed set-points" in told
    assert "31 % ± 1.2, not registered" in told


@pytest.mark.requirement("RPT-053")
def test_a_result_without_these_parts_has_no_sentence_of_them(dossier: Dossier) -> None:
    told = text_of(dossier)
    for heading in (
        "Tracing", "Where the material is", "Where the containers came from", "Detectability",
        "Conformance with guarded limits", "Content uniformity", "Sampling for additional testing",
        "Diversion limits", "What could be done", "Figure 7", "Figure 11", "Figure 12",
    ):  # fmt: skip
        assert heading not in told, heading


@pytest.mark.requirement("RPT-053")
@pytest.mark.parametrize("part", ["traced", "account", "remedies", "detectability"])
def test_any_part_may_be_missing(whole: Dossier, part: str) -> None:
    lacking = replace(whole, **{part: () if part == "detectability" else None})
    assert "11 Impact" in text_of(lacking)


@pytest.mark.requirement("RPT-054")
def test_the_rule_of_each_proposal_is_named(text: str) -> None:
    for number in range(1, 5):
        assert f"CDC3-D{number}" in text


def test_the_impact_takes_few_pages(whole: Dossier, dossier: Dossier) -> None:
    def pages(of: Dossier) -> int:
        document = pypdfium2.PdfDocument(build_report(of))
        try:
            return len(document)
        finally:
            document.close()

    assert pages(whole) - pages(dossier) <= 6


@pytest.mark.requirement("RPT-047")
def test_the_acceptance_value_stands_in_one_table(whole: Dossier, dossier: Dossier) -> None:
    def reported(of: Dossier) -> Dossier:
        told = tuple(
            replace(c, reported={**c.reported, "cu_av": 7.7}) for c in of.impact.containers
        )
        return replace(of, impact=replace(of.impact, containers=told))

    assert "7.70" not in text_of(reported(whole))
    assert "– / 7.70" in text_of(reported(dossier))


@pytest.mark.requirement("RPT-043")
@pytest.mark.requirement("RPT-051")
def test_the_report_of_a_case_holds_what_the_draft_holds(whole: Dossier) -> None:
    told = text_of(replace(attended(whole), remedies=whole.remedies))
    for heading in (
        "Tracing", "Where the material is", "Where the containers came from", "Detectability",
        "Conformance with guarded limits", "Diversion limits", "What could be done",
    ):  # fmt: skip
        assert heading in told, heading
    assert "(rule CDC3-D1)" in told
