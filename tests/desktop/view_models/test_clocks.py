"""The clocks of the sources, with what their offsets rest on."""

from dataclasses import replace

import numpy as np
import pytest
from support import dossiers
from support.investigations import EVIDENCE, Story, walked
from support.scenes import AUDITOR, a_scene, clocked

from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.clock_plot import (
    NOT_USED,
    MatchPlot,
    PairsPlot,
    clock_plot,
)
from investigator.desktop.view_models.clocks import (
    ClockRow,
    act_to_set,
    acts_to_accept,
    clocks,
    clocks_note,
    inspected_clock,
    why_not_clock,
)
from investigator.domain.clock_evidence import ClockEvidence
from investigator.domain.errors import UnusableRequest
from investigator.domain.evidence import ClockOffset, Finding

SOURCE = "batch_record.xml"
SET = {"offset": "-37.2", "uncertainty": "1.5", "drift": "", "drift_uncertainty": ""}


def row_of(scene: Scene) -> ClockRow:
    return next(row for row in clocks(scene) if row.source == SOURCE)


@pytest.mark.requirement("WIN-103")
def test_a_clock_is_told_with_its_interval_and_waits_for_a_judgement() -> None:
    scene = clocked(a_scene(walked(until=EVIDENCE)))
    row = row_of(scene)
    assert (row.estimated, row.drift, row.pairs) == ("+31.0 ± 2.0", "–", 12)
    assert row.in_force == row.estimated
    assert (row.judgement, row.is_open) == ("● open", True)
    assert clocks_note((row,)) == "1 of 1 clock to be judged"


@pytest.mark.requirement("WIN-104")
def test_a_clock_is_accepted_or_set_and_what_is_set_is_in_force() -> None:
    story = Story(walked(until=EVIDENCE))
    scene = clocked(a_scene(story.case))
    story.do(*acts_to_accept((row_of(scene),)))
    accepted = row_of(clocked(a_scene(story.case)))
    assert (accepted.judgement, accepted.tone) == ("accepted as estimated", Tone.GOOD)
    story.do(act_to_set(scene, accepted, SET))
    by_hand = row_of(clocked(a_scene(story.case)))
    assert (by_hand.estimated, by_hand.in_force) == ("+31.0 ± 2.0", "−37.2 ± 2.9")
    said = inspected_clock(a_scene(story.case), by_hand, lambda _r: None, actions=())
    assert ("In force", "−37.2 ± 2.9 s") in said.facts
    assert by_hand.judgement == "set by Ann of Testing"
    assert [action.title for action in said.actions] == ["Withdraw…"]


@pytest.mark.requirement("WIN-104")
def test_a_drift_that_is_set_counts_from_the_batch_where_the_estimate_has_no_time() -> None:
    scene = clocked(a_scene(walked(until=EVIDENCE)))
    act = act_to_set(scene, row_of(scene), {**SET, "drift": "5"})
    assert scene.seen is not None
    assert scene.seen.evidence is not None
    assert act.reference_ms == scene.seen.evidence.batch.span.start_ms
    with pytest.raises(UnusableRequest, match="is no number"):
        act_to_set(scene, row_of(scene), {**SET, "offset": "late"})


@pytest.mark.requirement("WIN-103")
def test_what_was_found_about_a_clock_stands_beside_it() -> None:
    scene = clocked(a_scene(walked(until=EVIDENCE)))
    assert scene.seen is not None
    assert scene.seen.evidence is not None
    wrong = Finding(SOURCE, "zone_error", None, "not corrected", "its times stand 1 h behind")
    evidence = replace(scene.seen.evidence, findings=(wrong,))
    told = row_of(replace(scene, seen=replace(scene.seen, evidence=evidence)))
    assert told.remark == "its times stand 1 h behind; not corrected."


@pytest.mark.requirement("WIN-103")
def test_the_pairs_are_drawn_by_kind_with_line_and_band_of_what_is_in_force() -> None:
    made = clock_plot(row_of(clocked(a_scene(walked(until=EVIDENCE)))))
    assert isinstance(made, PairsPlot)
    names = [curve.name for curve in made.plot.curves]
    assert names == ["LW-311.MODE", "LW-312.MODE", NOT_USED, "in force"]
    assert made.plot.curves[0].value.tolist() == [31.0, 32.0]
    assert made.plot.curves[-1].value == pytest.approx(31.0)
    band = made.plot.bands[0]
    assert band.upper - band.lower == pytest.approx(2 * 1.96)


@pytest.mark.requirement("WIN-103")
def test_the_line_follows_the_drift_and_the_band_widens_away_from_its_reference() -> None:
    row = row_of(clocked(a_scene(walked(until=EVIDENCE))))
    assert row.standing is not None
    reference_ms = dossiers.a_span(10, 11).start_ms
    drifting = ClockOffset(SOURCE, 31.0, 1.0, 12, 1000.0, 500.0, reference_ms)
    made = clock_plot(replace(row, standing=replace(row.standing, in_force=drifting)))
    assert isinstance(made, PairsPlot)
    line, band = made.plot.curves[-1], made.plot.bands[0]
    grown = np.polyfit((line.t_ms - line.t_ms[0]) / 1000.0, line.value, 1)[0]
    assert grown == pytest.approx(1e-3, rel=1e-6)
    half = (band.upper - band.lower) / 2
    away = np.abs(band.t_ms - (reference_ms + 31_000))
    assert half.argmin() == away.argmin()
    assert half.argmax() == away.argmax()


@pytest.mark.requirement("WIN-103")
def test_a_course_that_was_compared_is_drawn_by_lag() -> None:
    row = row_of(clocked(a_scene(walked(until=EVIDENCE))))
    basis = ClockEvidence(SOURCE, "courses", match=((30.0, -50.0), (31.0, -1.0), (32.0, -3.0)))
    made = clock_plot(replace(row, basis=basis))
    assert isinstance(made, MatchPlot)
    assert made.match.tolist() == [-20.0, 0.0, -2.0]
    assert clock_plot(replace(row, basis=None)) is None


@pytest.mark.requirement("WIN-103")
def test_a_source_that_nothing_is_placed_by_needs_no_judgement() -> None:
    rows = clocks(clocked(a_scene(walked(until=EVIDENCE))))
    assert [row.source for row in rows] == [SOURCE, "laboratory"]
    assert rows[1].standing is None
    assert not rows[1].is_open
    assert acts_to_accept(rows[1:]) == ()


def test_who_may_not_judge_a_clock_is_told_why() -> None:
    assert "auditor" in why_not_clock(a_scene(walked(until=EVIDENCE), person=AUDITOR))
