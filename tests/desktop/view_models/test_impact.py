"""The impact without a window: the two masses, the drum map, the disturbance on its way."""

import math
from dataclasses import replace

import pytest
from support import dossiers
from support.impact_scenes import whole_result, whole_scene
from support.investigations import DRUMS, FOLLOWED, RANKED, Story, admitted, walked
from support.scenes import a_scene, an_impact_result

from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.drum_tiles import Bound, tiles
from investigator.desktop.view_models.impact import (
    about_impact,
    container_rows,
    passage,
    standing,
    summary,
)
from investigator.domain.impact import ContainerImpact
from investigator.domain.results import ImpactResult


def scene_with(*containers: ContainerImpact) -> Scene:
    scene = a_scene(walked(until=FOLLOWED))
    assert scene.seen is not None
    result = an_impact_result()
    impact = replace(result.impact, containers=containers)
    return replace(scene, seen=replace(scene.seen, impact=replace(result, impact=impact)))


def the_impact() -> ImpactResult:
    return an_impact_result()


@pytest.mark.requirement("WIN-070")
class TestDrumMap:
    def test_a_tile_for_each_drum_in_order_of_filling(self) -> None:
        made = tiles(container_rows(a_scene(walked(until=FOLLOWED))), Bound.CENTRAL)
        assert [tile.container_id for tile in made] == list(DRUMS)
        assert [tile.weight for tile in made] == [12.0, 12.0, 12.0]
        assert made[0].conforms == 0.98
        assert "assay" in made[0].tip.casefold()

    def test_the_hatch_follows_the_mass_that_is_shown(self) -> None:
        rows = container_rows(a_scene(walked(until=FOLLOWED)))
        central, bound = (tiles(rows, b)[1] for b in (Bound.CENTRAL, Bound.CONSERVATIVE))
        assert (central.share, bound.share) == (5.1 / 12.0, 6.25 / 12.0)
        assert central.tip == bound.tip

    def test_what_is_not_known_is_not_made_up(self) -> None:
        bare = replace(dossiers.a_container(0, affected=True), net_kg=math.nan, quality={})
        (tile,) = tiles(container_rows(scene_with(bare)), Bound.CENTRAL)
        assert math.isnan(tile.share)
        assert math.isnan(tile.conforms)
        assert (tile.weight, tile.conforms_said) == (1.0, "")


@pytest.mark.requirement("WIN-151")
class TestTile:
    def test_a_tile_tells_all_numbers_of_its_drum(self) -> None:
        made = tiles(container_rows(whole_scene()), Bound.CENTRAL, frozenset({DRUMS[1]}))[1]
        tip = made.tip.split("\n")
        assert tip[0] == "D2, net 12.00 kg, held"
        assert tip[1] == (
            "affected 5.10 kg (95 %: 3.06 to 6.25), 20\u202f400 tablets, at most 25\u202f000"
        )
        assert tip[2].endswith("zone: reject")
        assert "passes 74 %" in tip[3]
        assert "reported 5.1" in tip[3]
        assert tip[4] == "proposed: release (CDC3-D2)"
        assert (made.letter, made.held) == ("R", True)

    def test_an_old_drum_tells_no_lower_bound_and_no_tablets(self) -> None:
        made = tiles(container_rows(a_scene(walked(until=FOLLOWED))), Bound.CENTRAL)[1]
        assert "affected 5.10 kg, at most 6.25 kg at 95 %" in made.tip
        assert "tablets" not in made.tip


@pytest.mark.requirement("WIN-153")
def test_residence_times_come_with_those_at_the_set_points() -> None:
    way = passage(whole_scene(), whole_result())
    assert [c.name for c in way.residence] == [c.name for c in way.nominal] == ["Blender"]
    assert passage(whole_scene(), replace(whole_result(), residence_nominal=())).nominal == ()


@pytest.mark.requirement("WIN-071")
class TestSummary:
    def test_central_and_bound_and_nothing_between(self) -> None:
        rows = container_rows(a_scene(walked(until=FOLLOWED)))
        assert list(Bound) == [Bound.CENTRAL, Bound.CONSERVATIVE]
        assert (
            summary(rows, Bound.CENTRAL)
            == "1 of 3 containers held as affected  ·  5.1 kg of 36.0 kg"
        )
        assert "≤ 6.2 kg" in summary(rows, Bound.CONSERVATIVE)

    def test_without_drums_it_says_so(self) -> None:
        assert summary((), Bound.CENTRAL) == "No container of this batch is on record."


@pytest.mark.requirement("WIN-072")
class TestPassage:
    def test_cause_affected_stretch_and_drums_lie_over_one_time(self) -> None:
        way = passage(a_scene(walked(until=FOLLOWED)), the_impact())
        assert [ribbon.title for ribbon in way.ribbons] == ["Cause", "Affected", "Containers"]
        (cause,) = way.ribbons[0].spans
        assert (cause.label, cause.tone) == ("Filter blocked", Tone.WARN)
        assert [span.key for span in way.ribbons[2].spans] == [f"container/{d}" for d in DRUMS]
        start, end = way.bounds
        assert start < dossiers.START < dossiers.START + 108 * dossiers.MINUTE < end

    def test_the_share_is_in_per_cent_and_residence_times_have_their_names(self) -> None:
        way = passage(a_scene(walked(until=FOLLOWED)), the_impact())
        assert way.plot.curves[0].value.tolist() == [20.0, 20.0, 20.0]
        assert [curve.name for curve in way.residence] == ["Blender"]
        assert way.onset is not None

    def test_what_was_not_computed_is_not_drawn(self) -> None:
        result = replace(
            the_impact(), affected_share=None, disturbance_window=None, residence_time=()
        )
        result = replace(result, impact=dossiers.an_impact(affected=False))
        way = passage(a_scene(walked(until=FOLLOWED)), result)
        assert (way.plot.curves, way.onset, way.residence) == ((), None, ())
        assert [ribbon.title for ribbon in way.ribbons] == ["Containers"]


@pytest.mark.requirement("WIN-058")
def test_a_stale_impact_says_what_came_after_it() -> None:
    story = Story(walked(until=FOLLOWED))
    assert standing(a_scene(story.case)).startswith("Entry ")
    story.do(admitted("more"))
    assert standing(a_scene(story.case)).startswith("◐ stale: ")


@pytest.mark.requirement("WIN-073")
def test_the_impact_is_told_with_what_it_assumed() -> None:
    scene = a_scene(walked(until=FOLLOWED))
    told = about_impact(scene, Bound.CENTRAL, go=print, take=print)
    assert told is not None
    assert told.digest == FOLLOWED.result
    assert dict(told.facts)["Cause at work"].startswith("2026-03-04 10:12:00")
    assert about_impact(a_scene(walked(until=RANKED)), Bound.CENTRAL, go=print, take=print) is None
