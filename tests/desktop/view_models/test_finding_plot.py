"""The signal around a finding: what is left out and what is widened stand out."""

from typing import Any

import numpy as np
import pytest
from support import dossiers
from support.investigations import EVIDENCE, Story, walked
from support.scenes import TAGS, a_scene, doubted

from investigator.desktop.scene import Scene
from investigator.desktop.view_models.finding_plot import FindingPlot, finding_plot
from investigator.desktop.view_models.findings import acts_for, findings
from investigator.domain.acts.evidence import Judgement


def plotted(scene: Scene, kind: str) -> FindingPlot:
    rows = findings(scene)
    made = finding_plot(scene, rows, next(row for row in rows if row.kind == kind))
    assert made is not None
    return made


def curves(made: FindingPlot) -> dict[str, Any]:
    return {curve.name: curve for curve in made.plot.curves}


@pytest.mark.requirement("WIN-102")
def test_samples_that_are_left_out_are_dots_at_the_values_that_were_read() -> None:
    made = plotted(doubted(a_scene(walked(until=EVIDENCE))), "flat line")
    drawn = curves(made)
    dropped = drawn["left out"]
    assert dropped.dots
    assert dropped.value.tolist() == [20.0, *[19.0] * 9]
    inside = np.isin(drawn["used"].t_ms, dropped.t_ms)
    assert np.isnan(drawn["used"].value[inside]).all()
    assert made.note == "the value stood still for 10 min; in this stretch 10 samples left out"
    assert made.span == dossiers.a_span(30, 40)
    assert made.bounds == (dossiers.a_span(15, 55).start_ms, dossiers.a_span(15, 55).end_ms)


@pytest.mark.requirement("WIN-102")
def test_a_finding_that_was_dismissed_leaves_the_curve_whole() -> None:
    story = Story(walked(until=EVIDENCE))
    scene = doubted(a_scene(story.case))
    frozen = [row for row in findings(scene) if row.kind == "flat line"]
    story.do(*acts_for(scene, frozen, Judgement.DISMISSED))
    made = plotted(doubted(a_scene(story.case)), "flat line")
    assert set(curves(made)) == {"used"}
    assert made.note.endswith("in this stretch all samples used as they are")


@pytest.mark.requirement("WIN-102")
def test_widened_samples_stay_on_the_curve_and_are_marked() -> None:
    made = plotted(doubted(a_scene(walked(until=EVIDENCE))), "drift")
    assert made.plot.key == TAGS[1]
    assert curves(made)["widened"].t_ms.size == 30
    assert np.isfinite(curves(made)["used"].value).all()
    assert [span.label for span in made.ribbon.spans] == ["drift"]


def test_a_finding_about_no_signal_has_no_plot() -> None:
    scene = a_scene(walked(until=EVIDENCE))
    rows = findings(scene)
    assert finding_plot(scene, rows, rows[0]) is None
