"""Cases with very much in them: tests look at what they say, benchmarks at how long it takes."""

from investigator.domain.acts.act import Act, Recorded
from investigator.domain.acts.analysis import Verdict
from investigator.domain.acts.closing import RootCause
from investigator.domain.acts.evidence import AnnotationMade, FindingJudged
from investigator.domain.investigation import Investigation
from support.investigations import (
    ACTION,
    FINDING,
    ISSUED,
    RANKED,
    REPLAYED,
    WALK,
    Story,
    concluded,
    decided,
    document,
    followed,
    judged,
    raised,
    recorded_as,
    walked,
)


def five_thousand_acts() -> list[Recorded[Act]]:
    """Of many things, so that what is copied at each act is as large as it can be."""
    acts = [
        kind
        for n in range(1667)
        for kind in (
            AnnotationMade(f"A-{n}", "FIC-101", n, n + 1, "odd"),
            FindingJudged(f"F-{n}", "gap", FINDING.judgement),
            document(f"DOC-{n}"),
        )
    ]
    return [recorded_as(act, n) for n, act in enumerate((*WALK[:-1], *acts))]


def large_case() -> Investigation:
    """An issued report on 300 containers and 60 causes, and 2,000 annotations after it."""
    drums = tuple(f"D{n}" for n in range(300))
    causes = tuple(f"cause_{n}" for n in range(60))
    story = Story(walked(until=REPLAYED))
    story.do(*(raised(cause) for cause in causes), RANKED)
    story.do(*(judged(cause, Verdict.NOT_DETERMINED) for cause in causes), followed(1, *drums))
    story.do(*(decided(drum) for drum in drums), concluded(RootCause.NOT_DETERMINED), ACTION)
    story.do(ISSUED)
    for n in range(2000):
        story.case = story.case.after(
            recorded_as(AnnotationMade(f"A-{n}", "", n, n + 1, "odd"), 5000 + n)
        )
    return story.case
