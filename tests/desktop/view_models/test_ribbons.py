"""What lies under the time axis, and what each span stands for."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from support import dossiers
from support.investigations import ANNOTATED, EVIDENCE, Story, walked
from support.scenes import TAGS, a_scene, an_evidence

from investigator.casework.findings import judged
from investigator.desktop.plots.content import RibbonSpan
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.findings import findings
from investigator.desktop.view_models.ribbons import Ribbons, ribbons
from investigator.domain.acts.evidence import AnnotationMade, Judgement
from investigator.domain.alarm import AlarmEvent, AlarmTransition
from investigator.domain.batch import Phase, RecordComment, RecordEvent
from investigator.domain.evidence import Evidence, Finding, Treatment

START, MINUTE = dossiers.START, dossiers.MINUTE


def made(evidence: Evidence, keys: Sequence[str] = TAGS, scene: Scene | None = None) -> Ribbons:
    shown = scene or a_scene(walked(until=EVIDENCE))
    assert shown.seen is not None
    shown = replace(shown, seen=replace(shown.seen, evidence=evidence))
    return ribbons(shown, evidence, findings(shown), keys, print)


def row(found: Ribbons, title: str) -> tuple[RibbonSpan, ...]:
    return next(ribbon.spans for ribbon in found.rows if ribbon.title == title)


def alarm(
    minute: int, transition: AlarmTransition, *, alarm_id: str = "A1", priority: int = 3
) -> AlarmEvent:
    t_ms = START + minute * MINUTE
    return AlarmEvent(t_ms, alarm_id, "NIR-331", "content low", priority, transition, 1.0, "2", "x")


def event(minute: int, message: str, kind: str = "Equipment", person: str = "") -> RecordEvent:
    t_ms = START + minute * MINUTE
    return RecordEvent(t_ms, kind, "Process", "LW-311", message, person_id=person)


@pytest.mark.requirement("WIN-051")
class TestRows:
    def test_containers_lie_lowest_by_their_short_names(self) -> None:
        found = made(an_evidence())
        assert found.rows[-1].title == "Containers"
        assert [span.label for span in found.rows[-1].spans] == ["D01", "D02"]

    def test_phases_that_overlap_lie_in_lanes(self) -> None:
        phases = (
            Phase("FEED", dossiers.a_span(0, 60)),
            Phase("PRESS", dossiers.a_span(5, 65)),
            Phase("RINSE", dossiers.a_span(66, 70)),
        )
        evidence = an_evidence()
        found = made(replace(evidence, batch=replace(evidence.batch, phases=phases)))
        lanes = [[s.label for s in r.spans] for r in found.rows if r.title in ("Phases", "")]
        assert lanes == [["FEED", "RINSE"], ["PRESS"]]

    def test_an_alarm_lasts_until_it_returned(self) -> None:
        journal = (
            alarm(5, AlarmTransition.ANNUNCIATED),
            alarm(6, AlarmTransition.ACKNOWLEDGED),
            alarm(9, AlarmTransition.RETURNED),
        )
        found = made(replace(an_evidence(), alarms=journal))
        (span,) = row(found, "Alarms")
        assert (span.start_ms, span.end_ms) == (START + 5 * MINUTE, START + 9 * MINUTE)
        assert span.tone is Tone.WARN
        assert "x" in dict(found.things[span.key].facts)["Acknowledged"]

    def test_one_that_never_returned_lasts_to_the_end_of_the_journal(self) -> None:
        journal = (
            alarm(5, AlarmTransition.ANNUNCIATED, priority=1),
            alarm(20, AlarmTransition.ANNUNCIATED, alarm_id="A2", priority=4),
        )
        spans = row(made(replace(an_evidence(), alarms=journal)), "Alarms")
        by_start = {span.start_ms: span for span in spans}
        assert by_start[START + 5 * MINUTE].end_ms == START + 20 * MINUTE
        assert by_start[START + 5 * MINUTE].tone is Tone.BAD
        assert by_start[START + 20 * MINUTE].tone is Tone.PLAIN

    def test_what_operators_and_the_line_did_leaves_out_what_other_ribbons_show(self) -> None:
        batch = replace(
            an_evidence().batch,
            events=(
                event(1, "Phase STARTUP started", "Procedural Execution"),
                event(2, f"Drum {dossiers.DRUMS[0]} fill start", "Material"),
                event(3, "Hopper refill"),
                event(5, "Speed changed", person="OP-2"),
                event(6, "Metal detector challenge failed", "Exception"),
            ),
            comments=(RecordComment(START + 4 * MINUTE, "Filter cleaned", "OP-1"),),
        )
        found = made(replace(an_evidence(), batch=batch))
        assert [span.tip for span in row(found, "Line events")] == ["LW-311 Hopper refill"]
        by_people = row(found, "Operators")
        assert [(span.tip, span.tone) for span in by_people] == [
            ("LW-311 Speed changed", Tone.PLAIN),
            ("LW-311 Metal detector challenge failed", Tone.WARN),
            ("Comment: Filter cleaned", Tone.PLAIN),
        ]
        assert ("By", "OP-2") in found.things[by_people[0].key].facts


@pytest.mark.requirement("WIN-051")
class TestDoubts:
    def finding(self, subject: str) -> Finding:
        return Finding(subject, "bad_status", dossiers.a_span(5, 6), "left out", "1 sample")

    def test_of_the_signals_that_are_shown_and_of_sources(self) -> None:
        doubts = tuple(self.finding(subject) for subject in (*TAGS, "lab_results.csv"))
        spans = row(made(replace(an_evidence(), findings=doubts), TAGS[:1]), "Data quality")
        assert [span.tip.split(":")[0] for span in spans] == [TAGS[0], "lab_results.csv"]

    def test_a_doubt_warns_until_it_is_judged(self) -> None:
        evidence = replace(an_evidence(), findings=(self.finding(TAGS[0]),))
        (span,) = row(made(evidence), "Data quality")
        assert span.tone is Tone.WARN
        story = Story(walked(until=EVIDENCE))
        story.do(*judged(evidence.findings, Judgement.ACCEPTED, "UTC"))
        found = made(evidence, scene=a_scene(story.case))
        (span,) = row(found, "Data quality")
        assert (span.tone, span.tip.endswith("accepted")) == (Tone.PLAIN, True)
        assert "Ann of Testing" in found.things[span.key].source

    @pytest.mark.requirement("WIN-126")
    def test_what_is_done_with_the_samples_is_said_first(self) -> None:
        left_out = replace(self.finding(TAGS[0]), treatment=Treatment.DROP)
        widened = replace(left_out, kind="spike", treatment=Treatment.WIDEN, sd_factor=3.0)
        evidence = replace(an_evidence(), findings=(left_out, widened, self.finding(TAGS[1])))
        spans = row(made(evidence), "Data quality")
        assert [span.label for span in spans] == [
            "drop: bad status",
            "widen ×3: spike",
            "bad status",
        ]
        story = Story(walked(until=EVIDENCE))
        story.do(*judged((left_out,), Judgement.DISMISSED, "UTC"))
        spans = row(made(evidence, scene=a_scene(story.case)), "Data quality")
        assert "bad status" in {span.label for span in spans}

    def test_short_ones_lie_over_long_ones(self) -> None:
        long = replace(self.finding(TAGS[0]), span=dossiers.a_span(0, 60))
        evidence = replace(an_evidence(), findings=(self.finding(TAGS[0]), long))
        spans = row(made(evidence), "Data quality")
        assert [span.end_ms - span.start_ms for span in spans] == [60 * MINUTE, MINUTE]


@pytest.mark.requirement("WIN-053")
def test_annotations_on_what_is_shown_lie_on_a_ribbon() -> None:
    story = Story(walked(until=EVIDENCE))
    story.do(
        AnnotationMade("A-1", TAGS[0], START, START + MINUTE, "dips"),
        AnnotationMade("A-2", "", START, START + MINUTE, "all of them"),
        replace(ANNOTATED, annotation_id="A-3", tag="another"),
    )
    found = made(an_evidence(), TAGS[:1], a_scene(story.case))
    drawn = {span.key for ribbon in found.rows for span in ribbon.spans}
    assert {"annotation/A-1", "annotation/A-2"} <= drawn
    assert "annotation/A-3" not in drawn
    assert found.things["annotation/A-1"].title == "dips"
