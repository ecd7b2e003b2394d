"""A made-up but realistic deviation, as a dossier: one bridging feeder, thirteen drums."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from investigator.domain.alarm import AlarmEvent, AlarmTransition
from investigator.domain.batch import (
    BatchRecord,
    Container,
    MaterialLot,
    RecordComment,
    RecordEvent,
)
from investigator.domain.deviation import DeviationNotice, Observation
from investigator.domain.dossier import Dossier, TwinStatement
from investigator.domain.evidence import ClockOffset, EvidenceItem, Finding, RowProblem
from investigator.domain.impact import ContainerImpact, Impact, PredictedQuality, Proposal
from investigator.domain.instant import Span
from investigator.domain.panel import Curve, Panel, ReplayRow
from investigator.domain.ranking import (
    CauseCategory,
    Contradiction,
    HypothesisAssessment,
    Interval,
    NextCheck,
    Ranking,
)

START = 1_770_327_240_000  # 2026-02-05 22:34:00+01:00
MINUTE = 60_000
END = START + 518 * MINUTE
ONSET = START + 305 * MINUTE
OVER = ONSET + 42 * MINUTE
MARKING = "unattended draft, not reviewed"
NUMBER = "DEV-2026-0968"
BATCH = "TA50-26-0503"


def _observation(text: str, minute: float, tag: str, value: str, limit: str) -> Observation:
    return Observation(text, ONSET + round(minute * MINUTE), tag, value, limit, "alarm journal")


def notice() -> DeviationNotice:
    return DeviationNotice(
        number=NUMBER,
        title=f"NIR API content ACTION limit (30 s mean), Tablet A 50 mg, batch {BATCH}",
        site="Northfield",
        line="CDC-3",
        product="Tablet A 50 mg (FP-50050)",
        batch_id=BATCH,
        opened_ms=ONSET + 40 * MINUTE,
        opened_by="QA-233",
        status="OPEN - investigation",
        classification="Major",
        observation=_observation(
            "Process alarm: NIR API content ACTION limit (30 s mean)",
            9.2,
            "NF.CDC3.NIR331.API.PV",
            "17.87",
            "18.0-22.0 % w/w",
        ),
        further_observations=(
            _observation(
                "Process alarm: LW-311 mass flow deviation HIGH",
                9.1,
                "NF.CDC3.LW311.MASSFLOW.PV",
                "4.605",
                "+10 % of SP",
            ),
            _observation(
                "Process alarm: LW-311 screw speed at maximum",
                29.5,
                "NF.CDC3.LW311.SCREWSPD.PV",
                "104.01",
                "105 rpm",
            ),
        ),
        production_window=Span(START, END),
        immediate_action=(
            "All drums of the batch blocked (status QUARANTINE). Electronic batch record, "
            "historian, EMS and LIMS data exported for the investigation."
        ),
    )


def container_ids(count: int) -> list[str]:
    return [f"{BATCH}-D{n + 1:02d}" for n in range(count)]


def batch(drums: int) -> BatchRecord:
    step = (END - START) // max(drums, 1)
    filled = [Span(START + k * step, START + (k + 1) * step - 4000) for k in range(drums)]
    ids = container_ids(drums)
    lots = (
        ("A1126-07", "RM-10021", "API substance A", "LW-311", 36.0, 33.52, 99.2),
        ("M0326-11", "RM-20110", "Microcrystalline cellulose", "LW-312", 90.0, 83.91, None),
        ("L1526-02", "RM-20145", "Lactose monohydrate", "LW-313", 55.0, 51.30, None),
    )
    return BatchRecord(
        record_id=f"EBR-{BATCH}",
        batch_id=BATCH,
        product_id="FP-50050",
        line_id="CDC-3",
        recipe_id="MR-50050-07",
        status="Complete",
        span=Span(START, END),
        equipment=("LW-311", "LW-312", "LW-313", "LW-314", "BL-321", "CH-341", "FF-352", "TP-351"),
        parameters=(),
        lots=tuple(MaterialLot(a, b, c, d, e, None, f, g) for a, b, c, d, e, f, g in lots),
        events=(
            RecordEvent(ONSET - 12 * MINUTE, "Refill", "", "LW-311", "Refill LW-311 completed"),
            RecordEvent(OVER, "Operator", "", "LW-311", "Hopper tapped & agitator checked <ok>"),
        ),
        comments=(
            RecordComment(OVER + MINUTE, "API stood <b>in the hopper, flow < 4 kg/h", "OP-4711"),
        ),
        phases=(),
        containers=tuple(Container(i, s, 12.0) for i, s in zip(ids, filled, strict=True)),
        samples=(),
    )


def curve(label: str, points: int, level: float, swing: float, seed: int) -> Curve:
    rng = np.random.default_rng(seed)
    t = np.linspace(START, END, points).astype(np.int64)
    return Curve(label, t, level + swing * rng.standard_normal(points))


def dip(t: NDArray[np.int64], depth: float) -> NDArray[np.float64]:
    """A dip of `depth` during the disturbance, arriving smeared."""
    late = (t - ONSET) / (OVER - ONSET)
    shape: NDArray[np.float64] = np.exp(-((late - 0.55) ** 2) / 0.06)
    return -depth * shape


def panel(
    title: str, unit: str, level: float, sd: float, depth: float, points: int = 3000
) -> Panel:
    seen = curve("measured", points, level, sd, seed=len(title))
    value = seen.value + dip(seen.t_ms, depth)
    value[points // 4 : points // 4 + points // 50] = np.nan
    measured = replace(seen, value=value)
    plain = Curve("predicted", seen.t_ms, np.full(points, level))
    fitted = Curve("fitted", seen.t_ms, level + dip(seen.t_ms, depth * 0.95))
    return Panel(
        title,
        unit,
        measured,
        plain,
        plain.value - 1.96 * sd,
        plain.value + 1.96 * sd,
        fitted,
        (level * 0.9, level * 1.1),
    )


PANELS = (
    ("NF.CDC3.LW311.MASSFLOW.PV", "kg/h", 4.0, 0.05, 1.2),
    ("NF.CDC3.LW311.SCREWSPD.PV", "rpm", 72.0, 1.5, -30.0),
    ("NF.CDC3.NIR331.API.PV", "% w/w", 20.0, 0.22, 2.4),
    ("NF.CDC3.BL321.HOLDUP.PV", "kg", 0.62, 0.01, 0.02),
    ("NF.CDC3.CH341.LEVEL.PV", "%", 60.0, 2.0, 6.0),
    ("NF.CDC3.TP351.MAINFORCE.PV", "kN", 11.2, 0.12, 0.4),
    ("IPC hardness, mean of 10", "N", 110.0, 2.5, 6.0),
    ("IPC weight, mean of 10", "mg", 250.0, 0.8, 0.0),
)


def hypothesis(cause: str, title: str, probability: float, **more: Any) -> HypothesisAssessment:
    values: dict[str, Any] = {
        "cause": cause,
        "title": title,
        "category": CauseCategory.MACHINE,
        "probability": probability,
        "onset_ms": None,
        "end_ms": None,
        "onset_interval": None,
        "magnitude": None,
        "magnitude_unit": "",
        "log_bayes_factor": -3.0,
        "why": f"{title} leaves the dip of the API flow unexplained (14.2 σ).",
        "supports": (),
        "contradictions": (),
        "confirm_by": "",
    }
    return HypothesisAssessment(**(values | more))


def ranking() -> Ranking:
    first = hypothesis(
        "api_bridging",
        "API feeder bridging / rat-holing",
        0.912,
        onset_ms=ONSET,
        end_ms=OVER,
        onset_interval=Span(ONSET - 3 * MINUTE, ONSET + 2 * MINUTE),
        magnitude=Interval(0.2931, 0.2512, 0.3344),
        magnitude_unit="fraction of the API flow lost",
        log_bayes_factor=143.7,
        why=(
            "The API mass flow falls by 29 % while the screw runs up to its limit, and NIR follows "
            "7 min later with the delay that the blender demands (2 ln B = 287)."
        ),
        supports=("LW-311 mass flow: 98 % of the residual explained", "NIR API: 91 %"),
        contradictions=(
            Contradiction("hardness", Span(ONSET, OVER), 118.2, 109.63, "N", 3.42),
            Contradiction("chute level", Span(ONSET, OVER), 58.0, 55.11, "%", 2.2),
        ),
        confirm_by="Inspect the hopper of LW-311 and its agitator drive; compare refill weights.",
    )
    second = hypothesis(
        "api_lot_psd_change",
        "API lot change: particle size / bulk density",
        0.061,
        category=CauseCategory.MATERIAL,
        onset_ms=ONSET - 8 * MINUTE,
        end_ms=END,
        onset_interval=Span(ONSET - 20 * MINUTE, ONSET + 4 * MINUTE),
        magnitude=Interval(31.0, 12.0, 55.0),
        magnitude_unit="µm",
        log_bayes_factor=141.0,
        why="A coarser lot would lower the feed factor too, but would not end after 42 min.",
        supports=("LW-311 feed factor: 62 % explained",),
        contradictions=(Contradiction("NIR API", Span(OVER, END), 19.2, 20.04, "% w/w", 7.9),),
        confirm_by="Sieve analysis of the retained sample of the lot.",
    )
    names = ("mgst_overfeed", "mgst_stoppage", "blender_speed_deviation", "nir_fouling")
    names += ("humidity_excursion", "force_sensor_drift", "punch_damage", "turret_speed_high")
    rest = tuple(hypothesis(n, n.replace("_", " ").capitalize(), 0.0004) for n in names)
    return Ranking(
        (first, second, *rest),
        none_of_the_above=0.021,
        no_deviation=0.0001,
        indistinguishable=(("api_bridging", "api_lot_psd_change"),),
        next_checks=(
            NextCheck(
                "Sieve analysis of API lot A1126-07", ("api_bridging", "api_lot_psd_change"), 0.31
            ),
            NextCheck(
                "Trend of the feed factor over the last ten refills", ("api_bridging",), 0.12
            ),
        ),
    )


def container_impact(identity: str, filled: Span, kg: float, share: float) -> ContainerImpact:
    low = 100.0 - 12.0 * share
    proposal = Proposal.REJECT if share > 0.5 else Proposal.ADDITIONAL_TESTING
    return ContainerImpact(
        container_id=identity,
        filled=filled,
        net_kg=kg,
        affected_kg=kg * share * 0.8,
        affected_kg_hi95=kg * share,
        affected=share > 0,
        reasons=("API below 98 % of nominal",) if share > 0 else (),
        quality={
            "assay": PredictedQuality(low, low - 1.1, low + 1.2, "% LC", 0.999 - 0.9 * share),
            "hardness": PredictedQuality(108.4, 103.0, 113.6, "N", 0.998),
            "api_fraction": PredictedQuality(
                low / 500, low / 500 - 0.002, low / 500 + 0.002, "", None
            ),
        },
        reported={"assay": low + 0.3} if share < 0.3 else {},
        proposal=proposal if share > 0 else Proposal.RELEASE,
        proposal_reason=(
            f"up to {100 * share:.0f} % of the net mass affected"
            if share
            else "no affected product"
        ),
    )


def impact(record: BatchRecord) -> Impact:
    outlet = Span(ONSET + 6 * MINUTE, OVER + 18 * MINUTE)
    found = []
    for drum in record.containers:
        shared = min(drum.filled.end_ms, outlet.end_ms) - max(drum.filled.start_ms, outlet.start_ms)
        share = max(0, shared) / (drum.filled.end_ms - drum.filled.start_ms)
        found.append(container_impact(drum.container_id, drum.filled, drum.net_kg or 0.0, share))
    return Impact(ONSET, (outlet,), tuple(found))


def residence() -> tuple[tuple[str, Curve], ...]:
    t = np.arange(0, 1_500_000, 2000, dtype=np.int64)
    s = t / 1000

    def tanks(tau: float, n: int) -> NDArray[np.float64]:
        shape: NDArray[np.float64] = s ** (n - 1) * np.exp(-s * n / tau)
        return shape / (shape.sum() * 2.0)

    stages = (
        ("feeder to NIR", 115.0, 3),
        ("NIR to feed frame", 190.0, 8),
        ("to press outlet", 420.0, 4),
    )
    return tuple((name, Curve(name, t, tanks(tau, n))) for name, tau, n in stages)


def items() -> tuple[EvidenceItem, ...]:
    problems = tuple(
        RowProblem(
            100 + k,
            f"NF.CDC3.LW311.MASSFLOW.PV,2026-02-06 03:{k:02d}:00,Bad Input,Bad",
            "status Bad",
        )
        for k in range(30)
    )
    names = (
        (
            "historian.csv",
            "historian",
            "long CSV, UTF-8, comma, Europe/Berlin",
            160_412,
            212,
            problems,
        ),
        ("batch_record.xml", "batch record", "B2MML V7 BatchProductionRecord", 412, 0, ()),
        ("lab_results.csv", "laboratory", "CSV, UTF-8, comma", 338, 0, ()),
        ("alarms.csv", "alarm journal", "CSV, UTF-8, comma", 61, 0, ()),
        ("environmental.csv", "environment", "CSV, UTC", 2_080, 0, ()),
        ("deviation.json", "deviation notice", "JSON", 1, 0, ()),
    )
    return tuple(
        EvidenceItem(
            n, f"{k:x}" * 64, 1000 * (k + 1), kind, layout, "reader/1", read, reported, listed
        )
        for k, (n, kind, layout, read, reported, listed) in enumerate(names, start=1)
    )


def make_dossier(*, drums: int = 13, points: int = 3000, **changes: Any) -> Dossier:
    record = batch(drums)
    t = np.arange(START, END, 10_000, dtype=np.int64)
    share = np.clip(-dip(t - 8 * MINUTE, 1.3), 0, 1)
    dossier = Dossier(
        marking=MARKING,
        case="DEV-OPEN-01",
        zone="Europe/Berlin",
        software="0.1.0",
        seed=0,
        deviation=notice(),
        batch=record,
        items=items(),
        clock_offsets=(ClockOffset("batch_record.xml", -41.3, 0.84, 27),),
        findings=(
            Finding(
                "NF.CDC3.LW311.SCREWSPD.PV",
                "gap",
                Span(START, START + MINUTE),
                "left out",
                "4 samples",
            ),
            Finding(
                "NF.CDC3.TP351.EJECT.PV", "flat line", Span(ONSET, OVER), "used with a reservation"
            ),
        ),
        assumptions=(
            "Times of historian.csv without offset are in Europe/Berlin.",
            "The MES clock is -41.3 s off over the whole batch.",
        ),
        alarms=(
            AlarmEvent(
                ONSET + 9 * MINUTE,
                "AL-1",
                "NF.CDC3.NIR331.API.PV",
                "NIR API content ACTION limit",
                1,
                AlarmTransition.ANNUNCIATED,
                17.87,
                "18.0",
                "",
            ),
        ),
        twin=TwinStatement(
            "cdc_line_3",
            "Continuous direct compression line CDC-3",
            "0.1.0",
            "sha256:" + "ab12" * 16,
            "draft",
            "Ranks failure modes and bounds affected product of Tablet A 50 mg at 18 to 22 kg/h.",
            ("The twin is a draft: not validated, not signed.",),
        ),
        replay=tuple(
            ReplayRow(n, u, points, -0.1 * sd, 1.2 * sd, sd, 0.76 if depth > 2 else 0.943)
            for n, u, _, sd, depth in PANELS
        ),
        panels=tuple(panel(*p, points=34 if "IPC" in p[0] else points) for p in PANELS),
        ranking=ranking(),
        impact=impact(record),
        affected_share=Curve("affected share", t, share),
        disturbance_window=Span(ONSET, OVER),
        residence_time=residence(),
    )
    return replace(dossier, **changes)


@pytest.fixture(scope="session")
def make() -> Callable[..., Dossier]:
    return make_dossier


@pytest.fixture(scope="session")
def dossier() -> Dossier:
    return make_dossier()
