"""Origin, account and detectability without a window: what they say, and what they do not know."""

from dataclasses import replace

import pytest
from support.impact_scenes import whole_result, whole_scene, with_result
from support.investigations import DRUMS, Story, admitted
from support.scenes import a_scene

from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models import detectability, material_account, origins
from investigator.domain.detectability import Detectability
from investigator.domain.material_account import MaterialAccount, Place


@pytest.fixture
def scene() -> Scene:
    return whole_scene()


@pytest.mark.requirement("WIN-154")
class TestOrigin:
    def test_a_drum_tells_its_lots_and_where_one_material_has_several(self, scene: Scene) -> None:
        first, *_ = drums = origins.drum_origins(scene)
        assert [drum.container_id for drum in drums] == list(DRUMS)
        assert first.mixed == "2 lots of API"
        assert [(r.name, r.share, r.interval) for r in first.lots] == [
            ("A1", "80.0", "76.0 to 83.0"),
            ("A2", "20.0", "17.0 to 24.0"),
            ("M1", "100", "100 to 100"),
        ]

    def test_times_of_feeding_are_in_the_zone_of_the_case(self, scene: Scene) -> None:
        first = origins.drum_origins(scene)[0]
        assert first.fed == "10:00–10:36"
        assert [row.name for row in first.times] == ["10:00–10:10", "before the record"]
        assert [row.share for row in first.times] == ["100", "< 0.1"]

    def test_what_was_stored_without_times_keeps_their_names(self) -> None:
        result = whole_result()
        assert result.traced is not None
        old = tuple(
            replace(one, origins=tuple(replace(o, fed=None) for o in one.origins))
            for one in result.traced.origins
        )
        scene = with_result(replace(result, traced=replace(result.traced, origins=old)))
        assert origins.drum_origins(scene)[0].times[0].name == "09:00 to 09:10 UTC"

    def test_a_lot_is_told_with_its_share_and_what_it_is_of(self, scene: Scene) -> None:
        drum = origins.drum_origins(scene)[1]
        told = origins.about_origin(scene, drum, drum.lots[0], print)
        assert (told.title, told.kind) == ("A1", "lot")
        facts = dict(told.facts)
        assert facts["Share in D2"] == "80.0 % (95 %: 76.0 to 83.0)"
        assert facts["Share of"] == "the API in it"
        whole = origins.about_drum_origin(scene, drum, print)
        assert dict(whole.facts)["MCC"].startswith("M1, 100 %")
        fed = origins.about_origin(scene, drum, drum.times[0], print)
        assert dict(fed.facts)["Share of"] == "all powder in it"


@pytest.mark.requirement("WIN-155")
class TestAccount:
    @pytest.fixture
    def account(self, scene: Scene) -> MaterialAccount:
        found = material_account.account_of(scene)
        assert found is not None
        return found

    def test_every_place_stands_with_mass_affected_mass_and_source(
        self, account: MaterialAccount
    ) -> None:
        rows = material_account.place_rows(account)
        assert len(rows) == len(Place)
        held = rows[0]
        assert (held.place, held.kg, held.affected) == ("Containers", "156.00", "6.10")
        assert held.interval == "4.88 to 6.10"

    def test_what_is_not_known_is_not_zero(self, account: MaterialAccount) -> None:
        by_place = {r.line.place: r for r in material_account.place_rows(account)}
        unknown = by_place[Place.LABORATORY_SAMPLES]
        assert (unknown.kg, unknown.affected, unknown.interval) == ("–", "–", "")

    def test_whether_it_closes_is_said_with_a_sign(self, account: MaterialAccount) -> None:
        assert material_account.closing(account)[1] is Tone.GOOD
        open_line = replace(account.at(Place.NOT_ACCOUNTED), kg=20.0)
        lines = tuple(
            open_line if line.place is Place.NOT_ACCOUNTED else line for line in account.lines
        )
        words, tone = material_account.closing(replace(account, lines=lines))
        assert tone is Tone.BAD
        assert "do not add up" in words
        assert material_account.closing(replace(account, output_kg=None))[1] is Tone.WARN

    def test_samples_of_affected_material_are_named(
        self, scene: Scene, account: MaterialAccount
    ) -> None:
        (row,) = material_account.sample_rows(account, "Europe/Berlin")
        assert (row.sample.sample_id, row.share, row.certain) == ("IPC-14", "63", "possible")
        told = material_account.about_sample(scene, row, print)
        assert "63 % of the tablets" in dict(told.facts)["Why"]
        place = material_account.place_rows(account)[0]
        source = material_account.about_place(scene, place, print)
        assert dict(source.facts)["From"] == "batch record, as counted"


@pytest.mark.requirement("WIN-157")
class TestDetectability:
    @pytest.fixture
    def found(self, scene: Scene) -> Detectability:
        return detectability.funnels(scene)[0]

    def test_sides_are_told_apart_and_the_deviation_is_on_its_own(
        self, found: Detectability
    ) -> None:
        for too_much in (False, True):
            side = detectability.side_of(found, too_much=too_much)
            assert len(side) == 4
            assert side[0].limit_pct == 2.0
        assert detectability.deviation_on(found, too_much=False) is found.deviation
        assert detectability.deviation_on(found, too_much=True) is None

    def test_what_stands_where_is_said_or_why_it_has_no_place(self, scene: Scene) -> None:
        feeder, lubricant = detectability.funnels(scene)
        assert "−29.0 (−33.0 to −25.0) % for 42.0 min" in detectability.standing(feeder)
        assert "no place in the funnel" in detectability.standing(lubricant)

    def test_the_curves_are_read_at_the_nearest_duration(self, found: Detectability) -> None:
        side = detectability.side_of(found, too_much=True)
        lines = detectability.read_at(side, 70.0)
        assert lines[0] == "60.0 s"
        assert lines[1] == "affected at the press, beyond 2 %: from 5.87 (5.57 to 6.16) %"
        assert detectability.read_at(side, 18.0)[0] == "30.0 s"
        short = detectability.read_at(detectability.side_of(found, too_much=False), 1.0)
        assert short[2].endswith("no size reaches it")
        assert detectability.read_at((), 5.0) == ()

    def test_a_limit_is_told_beside_what_is_done_today(
        self, scene: Scene, found: Detectability
    ) -> None:
        first, second = detectability.limit_rows(found)
        assert (first.start, first.end, first.caught, first.lost) == ("28", "507", "93.0 %", "1.75")
        assert first.today_caught == "78 %, 0.25 kg lost"
        assert (second.caught, second.today_caught) == ("all", "–")
        facts = dict(detectability.about_limit(scene, found, first, print).facts)
        assert facts["Divert from"] == "28 s after the alarm"
        assert "15.2 kg affected" in facts["Judged by"]
        assert "Caught today" not in dict(
            detectability.about_limit(scene, found, second, print).facts
        )


@pytest.mark.requirement("WIN-158")
def test_what_was_stored_before_is_empty_not_made_up() -> None:
    old = replace(whole_result(), traced=None, account=None, detectability=())
    scene = with_result(old)
    assert origins.drum_origins(scene) == ()
    assert material_account.account_of(scene) is None
    assert detectability.funnels(scene) == ()


@pytest.mark.requirement("WIN-154", "WIN-155")
def test_a_part_of_a_stale_impact_says_so(scene: Scene) -> None:
    story = Story(scene.case)
    story.do(admitted("more"))
    stale = replace(a_scene(story.case), seen=replace(scene.seen, case=story.case))
    told = origins.about_drum_origin(stale, origins.drum_origins(stale)[0], print)
    assert told.findings[0].text.startswith("◐ stale")
