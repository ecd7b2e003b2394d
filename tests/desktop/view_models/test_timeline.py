"""The timeline without a window: plots, annotations, what is told of signals and spans."""

from dataclasses import replace

import pytest
from support import dossiers
from support.investigations import ANNOTATED, EVIDENCE, REPLAYED, Story, walked
from support.scenes import AUDITOR, TAGS, a_scene, an_evidence, no_case

from investigator.desktop.commands import Command
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.tags import Tag, tag_tree
from investigator.desktop.view_models.timeline import (
    ALL_SIGNALS,
    about_annotation,
    about_span,
    about_tag,
    annotation,
    bounds,
    plot_of,
    why_not_annotated,
)
from investigator.domain.instant import Span

SPAN = dossiers.a_span(10, 20)


def admitted() -> Scene:
    return a_scene(walked(until=EVIDENCE))


def the_tag(key: str = TAGS[0]) -> Tag:
    return tag_tree(an_evidence()).tags[key]


@pytest.mark.requirement("WIN-050")
def test_a_plot_shows_the_samples_as_they_were_read() -> None:
    tag = the_tag()
    plot = plot_of(tag)
    assert (plot.key, plot.unit) == (tag.key, "kg/h")
    (curve,) = plot.curves
    assert curve.t_ms is tag.t_ms
    assert curve.value is tag.value
    assert (curve.colour, curve.held, curve.dots) == (None, False, False)


@pytest.mark.requirement("WIN-050")
def test_states_stand_in_the_title_and_limits_in_the_plot() -> None:
    tag = replace(the_tag(), states=((0, "OFF"), (1, "ON")), held=True, limits=(95.0, 105.0))
    plot = plot_of(tag)
    assert plot.title.endswith("0 OFF · 1 ON")
    assert [limit.value for limit in plot.limits] == [95.0, 105.0]
    assert plot.curves[0].held


@pytest.mark.requirement("WIN-050")
def test_time_reaches_over_batch_and_historian() -> None:
    start, end = bounds(an_evidence())
    assert (start, end) == (dossiers.START, dossiers.START + 72 * dossiers.MINUTE)


@pytest.mark.requirement("WIN-053")
class TestAnnotating:
    def test_each_annotation_has_an_id_of_its_own(self) -> None:
        story = Story(walked(until=EVIDENCE))
        first = annotation(story.case, TAGS[0], SPAN, "dips")
        story.do(first)
        story.withdraw(first)
        second = annotation(story.case, ALL_SIGNALS, SPAN, "again")
        assert (first.annotation_id, second.annotation_id) == ("A-1", "A-2")
        assert (second.tag, second.start_ms, second.end_ms) == ("", SPAN.start_ms, SPAN.end_ms)

    def test_it_needs_evidence_a_right_and_a_span(self) -> None:
        assert why_not_annotated(no_case(), SPAN) == "Open a case first."
        assert "not open to the role" in why_not_annotated(
            a_scene(walked(until=EVIDENCE), person=AUDITOR), SPAN
        )
        assert "Brush a span" in why_not_annotated(admitted(), None)
        assert why_not_annotated(admitted(), SPAN) == ""

    def test_it_is_told_with_its_entry_and_can_be_withdrawn(self) -> None:
        taken = []
        scene = a_scene(walked(until=ANNOTATED))
        told = about_annotation(scene, ANNOTATED.annotation_id, taken.append)
        assert told is not None
        assert told.title == ANNOTATED.text
        assert "Ann of Testing" in told.source
        told.actions[0].run()
        assert [r.act for r in taken] == [ANNOTATED]

    def test_one_that_is_not_there_is_not_told(self) -> None:
        assert about_annotation(admitted(), "A-9", print) is None


@pytest.mark.requirement("WIN-052")
class TestTelling:
    def test_a_span_tells_the_figures_of_every_signal(self) -> None:
        act = Command("timeline.annotate", "Annotate…", lambda: None)
        told = about_span(admitted(), [the_tag(), the_tag(TAGS[1])], SPAN, (act,))
        facts = {name.replace("\u200b", ""): value for name, value in told.facts}
        assert facts["Length"] == "10.0 min"
        assert "n 11, bad 0" in facts["FIC-101.PV [kg/h]"]
        assert told.actions == (act,)

    def test_a_signal_tells_where_it_came_from(self) -> None:
        told = about_tag(admitted(), the_tag(), SPAN)
        assert told.source.startswith("historian.csv. Entry ")
        assert told.digest == "ab" * 32
        assert dict(told.facts)["Samples"] == "73 samples, 0 bad"

    def test_doubts_about_a_signal_are_told_with_it(self) -> None:
        tag = replace(the_tag(), key="NIR-331")
        (doubt,) = about_tag(a_scene(walked(until=REPLAYED)), tag, SPAN).findings
        assert doubt.text == "ignore: gap, 60 s without a sample"

    def test_a_length_is_never_negative(self) -> None:
        with pytest.raises(ValueError, match="cannot end"):
            Span(2, 1)
