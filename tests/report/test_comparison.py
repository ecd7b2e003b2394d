"""The section on the batch beside normal batches: chart, changes, leads, envelope."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from reportlab.graphics.shapes import Group, Polygon, PolyLine, String
from support.dossiers import a_dossier, a_span
from support.report_text import text_of
from support.toolboxes import EJECTION, NIR, a_course, a_toolbox, the_chart, the_pls_chart

from investigator.domain.dossier import Dossier
from investigator.domain.toolbox import Axis, Toolbox
from investigator.report.build import build_report
from investigator.report.figures.envelope import envelope_figure
from investigator.report.paper import BLUSH, INK
from investigator.report.sections.comparison import beside_normal_batches


def told(**changes: Any) -> Dossier:
    return replace(a_dossier(), **{"toolbox": a_toolbox(), "control_chart": the_chart(), **changes})


def shapes(group: Any) -> list[Any]:
    found = []
    for shape in group.contents:
        found += shapes(shape) if isinstance(shape, Group) else [shape]
    return found


@pytest.fixture(scope="module")
def text() -> str:
    return text_of(told())


@pytest.mark.requirement("RPT-062")
class TestChart:
    def test_it_stands_in_the_section_of_the_replay_and_is_said_to_show_symptoms(
        self, text: str
    ) -> None:
        places = [text.rindex(t) for t in ("8 Replay:", "Beside normal batches", "9 Hypotheses")]
        assert places == sorted(places)
        assert "These are symptoms, not causes; no probability of section 9 rests on them." in text

    def test_every_stretch_with_its_peak_and_what_made_it(self, text: str) -> None:
        assert "2026-03-04 10:06:00+01:00 to 10:14:00+01:00 SPE 30.0 NIR API content (80 %" in text
        assert "Contributions to the largest stretch, SPE, 2026-03-04 10:06:00" in text
        assert "kept by 99 % of the windows of 24 normal batches" in text
        assert "Windows of two minutes." in text

    def test_the_largest_stretches_are_printed_and_the_rest_counted(self) -> None:
        chart = the_chart()
        many = tuple(replace(chart.spans[0], peak=2.0 + n) for n in range(14))
        printed = text_of(told(control_chart=replace(chart, spans=many)))
        assert "2 smaller stretches not printed." in printed
        assert "SPE 15.0 " in printed
        assert "SPE 3.00 " not in printed

    def test_in_control_is_said(self) -> None:
        chart = replace(the_chart(), spans=())
        printed = text_of(told(control_chart=chart))
        assert "Neither statistic was out of control." in printed


@pytest.mark.requirement("RPT-070")
class TestRegression:
    def test_where_it_alone_is_out_of_control_is_said_in_one_sentence(self) -> None:
        printed = text_of(told(pls_chart=the_pls_chart()))
        assert "For 4 min PLS is out of control and PCA is not, longest" in printed
        assert "(PLS: partial least squares of in-process checks, 4 components of 2" in printed

    def test_its_own_chart_is_not_drawn(self) -> None:
        assert "T2 of the PLS was beyond its limit." not in text_of(told(pls_chart=the_pls_chart()))

    def test_without_it_nothing_is_said_of_it(self, text: str) -> None:
        assert "PLS is" not in text
        assert "(PLS:" not in text


@pytest.mark.requirement("RPT-063")
def test_changes_stand_in_order_of_time_with_their_intervals(text: str) -> None:
    first = f"{NIR} 2026-03-04 10:12:00+01:00 2026-03-04 10:11:00+01:00 to 10:14:00+01:00"
    assert f"{first} 2026-03-04 10:30:00+01:00 −1.50 % w/w 40.0 / 8.0" in text
    assert text.index(first) < text.index("Assay (QC) 2026-03-04 10:40:00")
    assert "not in this record" in text


@pytest.mark.requirement("RPT-064")
def test_leads_stand_with_lag_and_gate_whether_they_hold_or_not(text: str) -> None:
    assert f"{NIR} {EJECTION} 120 105 to 165 30 to 300 −0.40 < 0.0001 yes" in text
    assert f"{NIR} Main force −60 – 30 to 300 −0.40 0.40 no" in text


@pytest.mark.requirement("RPT-065")
class TestEnvelope:
    def test_both_axes_are_told_with_place_and_clock(self, text: str) -> None:
        assert (
            "Over time since press start, beside 24 normal batches, 1 of 2 signals leaves" in text
        )
        clock = "2026-03-04 10:30:00+01:00 to 10:50:00+01:00 −3.00 % w/w 6.00 / 3.00"
        assert f"{NIR} 30 to 50 {clock}" in text
        assert f"{NIR} 9 to 15 {clock}" in text

    def test_an_exit_is_shaded_and_a_gap_breaks_the_course(self) -> None:
        toolbox = a_toolbox()
        leaves = a_course("nir_api", NIR, leaves=True)
        value = leaves.value.copy()
        value[2] = np.nan
        figure = envelope_figure(toolbox.comparisons[0], (replace(leaves, value=value),))
        drawn = shapes(figure)
        assert len([s for s in drawn if isinstance(s, Polygon) and s.fillColor == BLUSH]) == 1
        lines = [s for s in drawn if isinstance(s, PolyLine) and s.strokeColor == INK]
        assert [len(s.points) // 2 for s in lines] == [2, 3]

    def test_four_signals_take_two_rows(self) -> None:
        toolbox = a_toolbox()
        courses = [a_course(f"c{n}", f"Channel {n}", leaves=True) for n in range(4)]
        two, four = (envelope_figure(toolbox.comparisons[0], courses[:n]) for n in (2, 4))
        assert four.height == pytest.approx(2 * two.height)
        titles = [s.text for s in shapes(four) if isinstance(s, String) and "Channel" in s.text]
        assert titles == [f"Channel {n} (% w/w)" for n in range(4)]

    def test_what_leaves_on_no_axis_is_said(self) -> None:
        calm = tuple(
            replace(c, courses=(a_course("ejection", EJECTION, leaves=False),))
            for c in a_toolbox().comparisons
        )
        printed = text_of(told(toolbox=replace(a_toolbox(), comparisons=calm)))
        for axis in Axis:
            assert (
                f"Over {axis}, beside 24 normal batches, no signal leaves the envelope." in printed
            )

    def test_the_one_that_leaves_farthest_is_drawn_first(self) -> None:
        far = a_course("far", "Far away", leaves=True)
        far = replace(far, exits=(replace(far.exits[0], score=9.0),))
        shown = replace(
            a_toolbox().comparisons[0], courses=(*a_toolbox().comparisons[0].courses, far)
        )
        printed = text_of(told(toolbox=replace(a_toolbox(), comparisons=(shown,))))
        assert printed.index("Far away 30 to 50") < printed.index(f"{NIR} 30 to 50")


@pytest.mark.requirement("RPT-066")
class TestNothing:
    def test_a_result_that_was_made_without_says_nothing(self) -> None:
        assert beside_normal_batches(a_dossier(), a_span(0, 72)) == []
        assert "Beside normal batches" not in text_of(a_dossier())

    def test_one_part_stands_without_the_other(self) -> None:
        printed = text_of(told(control_chart=None))
        assert "Change points" in printed
        assert "Control chart" not in printed
        printed = text_of(told(toolbox=None))
        assert "Control chart" in printed
        assert "Change points" not in printed

    def test_tools_that_found_nothing_say_so(self) -> None:
        bare = Toolbox((), (), (), ("The twin keeps no envelope of normal batches.",))
        printed = text_of(told(toolbox=bare))
        assert "No channel changed by more than normal batches do." in printed
        assert "No two channels of a coupling of the line were both measured" in printed
        assert "The twin keeps no envelope of normal batches." in printed
        assert "Envelope of normal batches" not in printed

    def test_the_same_dossier_gives_the_same_bytes(self) -> None:
        assert build_report(told()) == build_report(told())
