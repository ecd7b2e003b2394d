"""The tree of signals: grouped by unit, placed in time, the telling ones first; of any line."""

from dataclasses import replace

import numpy as np
import pytest
from support import dossiers
from support.scenes import a_trajectory, an_evidence

from investigator.desktop.view_models.tags import FEWEST, FIRST_SHOWN, Kind, found, tag_tree
from investigator.domain.batch import InProcessSample, InProcessTest
from investigator.domain.evidence import Evidence
from investigator.domain.laboratory import LabResult
from investigator.domain.trajectory import Interpolation, Quality, Signal, Trajectory

START, MINUTE = dossiers.START, dossiers.MINUTE


def course(tag: str, words: str, unit: str = "kg/h", **more: object) -> Trajectory:
    signal = Signal(tag, words, unit, **more)  # type: ignore[arg-type]
    return replace(a_trajectory(tag), signal=signal)


def evidence(*courses: Trajectory, **more: object) -> Evidence:
    by_tag = {c.signal.tag: c for c in courses}
    return replace(an_evidence(), trajectories=by_tag, **more)


def result(container: str, value: float, test: str = "Assay", unit: str = "% LC") -> LabResult:
    return LabResult(
        "S1", "B1", container, "core", test, 1, value, unit, 95.0, 105.0, "PASS", "", "", "", "", ""
    )


LINE = (
    course("SITE.L1.FD1.FLOW.PV", "API mass flow"),
    course("SITE.L1.FD1.FLOW.SP", "API mass flow set-point"),
    course("SITE.L1.FD2.FLOW.PV", "Filler mass flow"),
    course("SITE.L1.PR1.FORCE.PV", "Main compression force", "kN"),
    course("SITE.L1.PR1.PRE.PV", "Pre-compression force", "kN"),
)


@pytest.mark.requirement("WIN-050")
class TestTree:
    def test_groups_are_the_units_after_what_all_tags_share(self) -> None:
        groups = tag_tree(evidence(*LINE)).groups
        assert [g.title for g in groups] == ["FD1 · API mass flow", "FD2", "PR1"]
        assert [t.name for t in groups[0].tags] == ["FLOW.PV", "FLOW.SP"]
        assert groups[0].tags[0].short == "FD1.FLOW.PV"

    def test_a_tag_is_shortened_at_its_begin_and_never_written_otherwise(self) -> None:
        pressed = evidence(
            course("main_comp", "main compression force", "kN"),
            course("cyl_main", "cylindrical height, main compression", "mm"),
            course("cyl_pre", "cylindrical height, pre-compression", "mm"),
        )
        tree = tag_tree(pressed)
        assert {tag.short for tag in tree.tags.values()} == {"main_comp", "cyl_main", "cyl_pre"}
        (height,) = (group for group in tree.groups if len(group.tags) == 2)
        assert height.title == "Cylindrical height"
        assert [tag.name for tag in height.tags] == ["main", "pre"]

    def test_a_single_flat_tag_is_a_signal_too(self) -> None:
        (group,) = tag_tree(evidence(course("F1", "Flow"))).groups
        assert (group.title, group.tags[0].name) == ("Other tags", "F1")

    def test_what_a_group_shares_is_not_said_again(self) -> None:
        tags = (course("A.U1.X.PV", "Mill speed", "rpm"), course("A.U1.Y.PV", "Mill torque", "Nm"))
        group, _ = tag_tree(evidence(*tags, course("A.U2.X.PV", "Level", "%"))).groups
        assert (group.title, [t.brief for t in group.tags]) == ("U1 · Mill", ["speed", "torque"])

    def test_room_data_stand_apart(self) -> None:
        room = {"EMS.R1.RH": course("EMS.R1.RH", "room R1", "%RH")}
        titles = [g.title for g in tag_tree(evidence(*LINE, environment=room)).groups]
        assert titles[-1] == "Room data · EMS"

    def test_search_finds_every_word_in_name_words_and_group(self) -> None:
        group = tag_tree(evidence(*LINE)).groups[0]
        assert [t.name for t in found(group, "api set").tags] == ["FLOW.SP"]
        assert found(group, "humidity").tags == ()

    def test_bad_samples_are_known_and_a_state_has_no_unit(self) -> None:
        states = ((0, "OFF"), (1, "ON"))
        tag = "A.U1.MODE"
        signal = Signal(tag, "Mode", "state", Interpolation.STEP, states)
        quality = np.array([Quality.GOOD, Quality.BAD], dtype=np.uint8)
        value = np.array([1.0, np.nan])
        t_ms = np.array([START, START + MINUTE], dtype=np.int64)
        made = tag_tree(evidence(Trajectory(signal, t_ms, value, quality))).tags[tag]
        assert (made.unit, made.held, made.states) == ("", True, states)
        assert made.bad.tolist() == [False, True]


@pytest.mark.requirement("WIN-050")
class TestSingleResults:
    def test_a_laboratory_result_stands_in_the_middle_of_the_filling_of_its_container(self) -> None:
        made = evidence(
            *LINE, laboratory=(result(dossiers.DRUMS[1], 99.0), result(dossiers.DRUMS[0], 98.0))
        )
        tag = tag_tree(made).tags["lab/Assay"]
        assert tag.t_ms.tolist() == [START + 18 * MINUTE, START + 54 * MINUTE]
        assert (tag.value.tolist(), tag.limits, tag.single) == ([98.0, 99.0], (95.0, 105.0), True)

    def test_a_result_of_no_container_has_no_place_in_time(self) -> None:
        assert "lab/Assay" not in tag_tree(evidence(*LINE, laboratory=(result("", 99.0),))).tags

    def test_every_value_of_an_in_process_test_is_a_dot(self) -> None:
        test = InProcessTest("HD", "Hardness", "N", (101.0, 103.0))
        batch = replace(an_evidence().batch, samples=(InProcessSample(START, "s", "", (test,)),))
        tag = tag_tree(evidence(*LINE, batch=batch)).tags["ipc/HD"]
        assert (tag.kind, tag.value.tolist()) == (Kind.CONTROL, [101.0, 103.0])


@pytest.mark.requirement("WIN-050")
class TestFirstShown:
    def test_feeds_and_main_force_come_first_set_points_do_not(self) -> None:
        first = tag_tree(evidence(*LINE)).first
        assert first == ("SITE.L1.FD1.FLOW.PV", "SITE.L1.FD2.FLOW.PV", "SITE.L1.PR1.FORCE.PV")

    def test_what_the_deviation_names_is_shown(self) -> None:
        named = course("SITE.L1.NIR-331", "spectrum")
        notice = an_evidence().deviation
        assert notice is not None
        seen = replace(notice, observation=replace(notice.observation, parameter="SITE.L1.NIR-331"))
        assert "SITE.L1.NIR-331" in tag_tree(evidence(*LINE, named, deviation=seen)).first

    def test_where_nothing_is_known_one_of_each_of_the_first_units_is_shown(self) -> None:
        courses = [course(f"U{k}.{x}", "something", "1") for k in range(9) for x in "XY"]
        assert tag_tree(evidence(*courses)).first == ("U0.X", "U1.X", "U2.X", "U3.X")
        assert FEWEST == 4

    def test_no_more_than_can_be_taken_in(self) -> None:
        notice = an_evidence().deviation
        assert notice is not None
        courses = [course(f"U{k}.X", "something", "1") for k in range(20)]
        more = tuple(
            replace(notice.observation, parameter=f"U{k}.X") for k in range(FIRST_SHOWN + 4)
        )
        named = replace(notice, further_observations=more)
        assert len(tag_tree(evidence(*courses, deviation=named)).first) == FIRST_SHOWN
