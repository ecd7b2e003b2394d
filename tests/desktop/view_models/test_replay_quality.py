"""Quality as replayed, without a window: plots, containers, ribbons, what is told."""

from dataclasses import replace

import numpy as np
import pytest
from support.dossiers import DRUMS, START, a_span
from support.investigations import REPLAYED, walked
from support.replays import a_container, a_course, a_replayed
from support.scenes import a_scene

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.replay_quality import (
    about_attribute,
    about_container,
    attributes,
    container_rows,
    quality_plot,
    quality_ribbons,
    summary,
    told_apart,
)
from investigator.desktop.view_models.replay_told import ReplayTeller
from investigator.domain.panel import Curve

TELLER = ReplayTeller(a_scene(walked(until=REPLAYED)), go=print, take=print)


@pytest.mark.requirement("WIN-143")
class TestPlots:
    def test_only_attributes_are_quality(self) -> None:
        assert [c.title for c in attributes(a_replayed())] == ["Hardness"]

    def test_bands_and_limits_and_both_kinds_of_tests_as_dots(self) -> None:
        tested = Curve("in process", START + np.arange(2, dtype=np.int64), np.array([1.0, 2.0]))
        plot = quality_plot(
            replace(a_course("hardness", "Hardness", "N", 110.0), in_process=tested)
        )
        assert [(c.name, c.dots) for c in plot.curves] == [
            ("as driven", False),
            ("in process", True),
            ("laboratory", True),
        ]
        assert [b.name for b in plot.bands] == ["95 %", "50 % from recorded inputs"]
        assert [limit.name for limit in plot.limits] == ["limit 95", "limit 125"]
        assert (plot.key, plot.unit) == ("hardness", "N")
        assert plot.title == "Hardness, limits 95 and 125"

    def test_a_limit_far_away_is_said_and_not_drawn(self) -> None:
        course = replace(a_course("hardness", "Hardness", "N", 110.0), limits=(85.0, 113.0))
        plot = quality_plot(course)
        assert [limit.value for limit in plot.limits] == [113.0]
        assert plot.title == "Hardness, limits 85 and 113"
        nothing = np.full(3, np.nan)
        stood = replace(course, low95=nothing, high95=nothing, measured=None)
        assert len(quality_plot(stood).limits) == 2

    def test_without_any_test_there_is_the_replay_alone(self) -> None:
        plot = quality_plot(replace(a_course("q30", "Q30", "-", 90.0), measured=None, limits=()))
        assert [c.name for c in plot.curves] == ["as driven"]
        assert (plot.unit, plot.limits) == ("", ())


@pytest.mark.requirement("WIN-144")
class TestContainers:
    def test_each_has_its_attributes_and_whether_it_is_extrapolated(self) -> None:
        first, second = container_rows(a_replayed(), TELLER.scene)
        assert (first.container_id, first.short, first.extrapolated) == (DRUMS[0], "D01", True)
        assert (first.off, second.off, second.extrapolated) == (0, 1, False)

    def test_interval_and_reported_mean_are_to_the_digits_of_the_interval(self) -> None:
        inside = a_container(DRUMS[0], 111.0, extrapolated=False)
        assert told_apart(inside) == "✓ 110.0 ± 4.0\nlaboratory 111.0"

    def test_the_sign_of_one_outside_stands_once_beside_its_colour(self) -> None:
        outside = told_apart(a_container(DRUMS[0], 120.0, extrapolated=False))
        assert outside == "✗ 110.0 ± 4.0\nlaboratory 120.0"
        assert Tone.BAD.said(outside) == outside

    def test_without_a_result_nothing_is_judged(self) -> None:
        waits = a_container(DRUMS[0], None, extrapolated=False)
        assert told_apart(waits) == "110.0 ± 4.0\nlaboratory –"
        none = replace(a_replayed(), containers=(waits,))
        assert summary(none) == "No laboratory result yet"
        row, other = container_rows(none, TELLER.scene)
        assert other.by_attribute == {}
        told = about_container(TELLER, none, row)
        assert dict(told.facts)["Hardness"] == "110.0 (106.0 to 114.0) N; no laboratory result"

    def test_how_many_lie_inside_is_counted(self) -> None:
        assert summary(a_replayed()) == "Laboratory inside: Hardness 1 of 2"


@pytest.mark.requirement("WIN-143")
class TestRibbons:
    def test_domain_inputs_and_containers_with_how_each_stands(self) -> None:
        found = a_replayed()
        made = quality_ribbons(found, container_rows(found, TELLER.scene), a_span(0, 72), TELLER)
        assert [row.title for row in made.rows] == ["Domain", "Inputs bridged", "Containers"]
        drums = made.rows[-1].spans
        assert [(d.label, d.tone) for d in drums] == [("D01", Tone.WARN), ("D02", Tone.BAD)]
        assert made.things[drums[1].key].kind == "replayed container"

    def test_a_container_that_was_not_replayed_is_still_there(self) -> None:
        found = replace(a_replayed(), containers=())
        rows = container_rows(found, TELLER.scene)
        assert [(row.short, row.by_attribute) for row in rows] == [("D01", {}), ("D02", {})]
        told = about_container(TELLER, found, rows[0])
        assert told.findings[0].text.startswith("Nothing is predicted of it")
        made = quality_ribbons(found, rows, a_span(0, 72), TELLER)
        assert [(d.label, d.tone) for d in made.rows[-1].spans] == [
            ("D01", Tone.PLAIN),
            ("D02", Tone.PLAIN),
        ]


@pytest.mark.requirement("WIN-145")
class TestTold:
    def test_an_attribute_says_limits_tests_and_its_value_at_the_cursor(self) -> None:
        found = a_replayed()
        told = about_attribute(TELLER, found, attributes(found)[0], START)
        assert told.facts[:4] == (
            ("As driven at 10:00:00", "110.0 (108.0 to 112.0) N"),
            ("Specification", "limits 95 and 125 N"),
            ("Laboratory", "1 of 2 means inside 95 %"),
            ("In process", "none"),
        )
        assert (told.kind, told.digest) == ("replayed attribute", REPLAYED.result)
        assert told.findings[0].text.startswith("The band is for the product")

    def test_what_has_no_limit_and_no_result_says_none(self) -> None:
        course = replace(a_course("q30", "Q30", "-", 90.0), limits=())
        facts = dict(about_attribute(TELLER, a_replayed(), course, None).facts)
        assert (facts["Specification"], facts["Laboratory"]) == ("none", "none")

    def test_a_container_says_interval_result_and_that_it_is_extrapolated(self) -> None:
        found = a_replayed()
        first, second = (
            about_container(TELLER, found, row) for row in container_rows(found, TELLER.scene)
        )
        assert dict(first.facts)["Hardness"] == (
            "110.0 (106.0 to 114.0) N; laboratory 111.0, ✓ inside"
        )
        assert dict(second.facts)["Hardness"].endswith("laboratory 120.0, ✗ outside")
        assert first.findings[0].text.startswith("extrapolating")
        assert second.findings == ()
