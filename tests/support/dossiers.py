"""A small dossier, made by hand, of a batch of two containers of which the second is affected."""

import numpy as np

from investigator.domain.batch import BatchRecord, Container
from investigator.domain.deviation import DeviationNotice, Observation
from investigator.domain.dossier import Dossier, TwinStatement
from investigator.domain.evidence import ClockOffset, EvidenceItem, Finding
from investigator.domain.impact import ContainerImpact, Impact, PredictedQuality, Proposal
from investigator.domain.instant import Span
from investigator.domain.panel import Curve, Panel, ReplayRow
from investigator.domain.ranking import (
    CauseCategory,
    HypothesisAssessment,
    Interval,
    NextCheck,
    Ranking,
)

START = 1_772_614_800_000  # 2026-03-04T10:00:00+01:00
MINUTE = 60_000
DRUMS = ("B1-D01", "B1-D02")


def a_span(start_min: float, end_min: float) -> Span:
    return Span(START + int(start_min * MINUTE), START + int(end_min * MINUTE))


def a_hypothesis(cause: str, probability: float, *, fitted: bool = True) -> HypothesisAssessment:
    return HypothesisAssessment(
        cause=cause,
        title=cause.replace("_", " ").capitalize(),
        category=CauseCategory.MACHINE,
        probability=probability,
        onset_ms=START + 12 * MINUTE if fitted else None,
        end_ms=START + 30 * MINUTE if fitted else None,
        onset_interval=a_span(11, 13) if fitted else None,
        magnitude=Interval(-12.5, -14.0, -11.0) if fitted else None,
        magnitude_unit="% of set-point",
        log_bayes_factor=20.0 if fitted else -3.0,
        why="The blend carried 1.9 % less API than set for 18 min.",
        supports=("NIR-331 API",),
        contradictions=(),
        confirm_by="Inspect the hopper of LW-311.",
    )


def a_ranking() -> Ranking:
    return Ranking(
        hypotheses=(
            a_hypothesis("api_bridging", 0.93),
            a_hypothesis("nir_fouling", 0.03, fitted=False),
        ),
        none_of_the_above=0.02,
        no_deviation=0.015,
        indistinguishable=(("api_bridging", "api_refill_surge"),),
        next_checks=(NextCheck("Weigh LW-311 against a mass", ("api_bridging",), 0.8),),
    )


def a_container(index: int, *, affected: bool) -> ContainerImpact:
    return ContainerImpact(
        container_id=DRUMS[index],
        filled=a_span(36 * index, 36 * index + 36),
        net_kg=12.0,
        affected_kg=5.1 if affected else 0.0,
        affected_kg_hi95=6.25 if affected else 0.0,
        affected=affected,
        reasons=("API content low",) if affected else (),
        quality={
            "weight": PredictedQuality(250.123456789, 249.5, 250.75, "mg", 1.0),
            "assay": PredictedQuality(97.1, 95.9, 98.2, "% LC", 0.98),
            "api_fraction": PredictedQuality(0.1942, 0.1918, 0.1964, "1", None),
        },
        reported={"assay": 97.4},
        proposal=Proposal.ADDITIONAL_TESTING if affected else Proposal.RELEASE,
        proposal_reason="assay of further samples" if affected else "within limits",
    )


def an_impact(*, affected: bool = True) -> Impact:
    return Impact(
        onset_ms=START + 12 * MINUTE if affected else None,
        affected_intervals=(a_span(40, 48), a_span(52, 60)) if affected else (),
        containers=(a_container(0, affected=False), a_container(1, affected=affected)),
    )


def a_notice() -> DeviationNotice:
    return DeviationNotice(
        number="DEV-2026-0001",
        title="NIR below its limit",
        site="Northfield",
        line="CDC-3",
        product="FP-50050",
        batch_id="B1",
        opened_ms=START + 60 * MINUTE,
        opened_by="QA-001",
        status="open",
        classification="to be classified",
        observation=Observation("alarm", START + 13 * MINUTE, "NIR-331", "17.9", "18.0", "journal"),
    )


def a_batch() -> BatchRecord:
    return BatchRecord(
        record_id="R1",
        batch_id="B1",
        product_id="FP-50050",
        line_id="CDC-3",
        recipe_id="MR-1",
        status="complete",
        span=a_span(0, 72),
        equipment=("LW-311",),
        parameters=(),
        lots=(),
        events=(),
        comments=(),
        phases=(),
        containers=tuple(
            Container(drum, a_span(36 * i, 36 * i + 36), 12.0) for i, drum in enumerate(DRUMS)
        ),
        samples=(),
    )


def a_curve(label: str, value: float) -> Curve:
    return Curve(label, START + MINUTE * np.arange(3, dtype=np.int64), np.full(3, value))


def a_dossier(*, affected: bool = True) -> Dossier:
    return Dossier(
        marking="unattended draft, not reviewed",
        case="DEV-X",
        zone="Europe/Berlin",
        software="0.1.0",
        seed=0,
        deviation=a_notice(),
        batch=a_batch(),
        items=(
            EvidenceItem("historian.csv", "ab" * 32, 10, "historian", "long", "reader/1", 100, 3),
        ),
        clock_offsets=(ClockOffset("batch_record.xml", 31.0, 1.0, 12),),
        findings=(
            Finding("NIR-331", "gap", a_span(5, 6), "left out", "60 s without a sample"),
            Finding("lab_results.csv", "duplicate", None, "first taken"),
        ),
        assumptions=("The zone of the historian is Europe/Berlin.",),
        alarms=(),
        twin=TwinStatement("cdc_line_3", "CDC-3", "0.1.0", "sha256:00", "draft", "to rank", ()),
        replay=(ReplayRow("NIR-331", "% w/w", 100, 0.1, 0.2, 0.2, 0.95),),
        panels=(
            Panel(
                "NIR-331",
                "% w/w",
                a_curve("measured", 19.0),
                a_curve("twin", 20.0),
                np.full(3, 19.5),
                np.full(3, 20.5),
            ),
        ),
        ranking=a_ranking(),
        impact=an_impact(affected=affected),
        affected_share=None,
        disturbance_window=a_span(12, 30),
    )
