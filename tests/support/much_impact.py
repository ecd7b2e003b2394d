"""A dossier with all that an impact can hold, made up: traced, accounted, judged, remedied."""

from dataclasses import replace

import numpy as np
from scipy.special import gammainc

from investigator.domain.conformance import AcceptanceValue, Conformance, SamplingPlan, Zone
from investigator.domain.detectability import (
    Detectability,
    DiversionLimit,
    FunnelCurve,
    FunnelPoint,
)
from investigator.domain.dossier import Dossier
from investigator.domain.impact import ContainerImpact, PredictedQuality, Proposal
from investigator.domain.instant import Span
from investigator.domain.material_account import (
    AffectedSample,
    MaterialAccount,
    MaterialAtPlace,
    Place,
)
from investigator.domain.panel import Curve
from investigator.domain.remedy import (
    RefusedRemedy,
    RemedyContainer,
    RemedyKind,
    RemedyOutcome,
    RemedyResult,
    RemedySetting,
)
from investigator.domain.tracing import (
    ContainerOrigin,
    Origin,
    OriginKind,
    StageCourse,
    Traced,
    TracedInterval,
)

MINUTE = 60_000
STAGES = (
    ("the blender, before the port", 40.0),
    ("the blender, after the port", 140.0),
    ("the chute", 240.0),
    ("the feed frame", 300.0),
)
UNITS = {
    "assay": ("% LC", 99.4),
    "hardness": ("N", 108.0),
    "q30": ("% LC", 88.0),
    "tensile_strength": ("MPa", 2.31),
    "water": ("%", 2.4),
    "weight": ("mg", 250.2),
    "api_fraction": ("1", 0.1986),
    "mgst_fraction": ("1", 0.01),
}


def everything(plain: Dossier) -> Dossier:
    """The dossier with every part of an impact filled in, to its disturbance and containers."""
    window = plain.disturbance_window
    if window is None:
        raise ValueError("the dossier has no disturbance")
    containers = tuple(judged(c, n) for n, c in enumerate(plain.impact.containers))
    return replace(
        plain,
        impact=replace(plain.impact, containers=containers),
        traced=traced(window, containers),
        account=account(),
        detectability=detectability(),
        remedies=remedies(containers),
    )


def traced(window: Span, containers: tuple[ContainerImpact, ...]) -> Traced:
    """Four stages behind a disturbance, and the lots of each container."""
    t = np.arange(window.start_ms - 30 * MINUTE, window.end_ms + 90 * MINUTE, 10_000)
    late = 30 * 60_000
    interval = TracedInterval(
        Span(window.start_ms + 7 * MINUTE, window.end_ms + MINUTE),
        Span(window.start_ms + 4 * MINUTE, window.end_ms + 8 * MINUTE),
        Span(window.start_ms + 2 * MINUTE, window.end_ms + 14 * MINUTE),
    )
    return Traced(
        stages=tuple(
            StageCourse(
                name,
                _pulse(t, window, mean_s, 1.0),
                _pulse(t, window, 1.1 * mean_s, 0.9),
                _pulse(t, window, 0.9 * mean_s, 1.06),
            )
            for name, mean_s in STAGES
        ),
        interval=interval,
        origins=tuple(
            ContainerOrigin(
                c.container_id, Span(c.filled.start_ms - late, c.filled.end_ms), _origins(n)
            )
            for n, c in enumerate(containers)
        ),
        draws=200,
    )


def _pulse(t: np.ndarray, window: Span, mean_s: float, scale: float) -> Curve:
    def step(since: np.ndarray) -> np.ndarray:
        return np.asarray(gammainc(8.0, np.maximum(since, 0.0) / 1000.0 / mean_s * 8.0))

    share = step(t - window.start_ms) - step(t - window.end_ms)
    return Curve("share", t.astype(np.int64), np.clip(scale * share, 0.0, 1.0))


def _origins(n: int) -> tuple[Origin, ...]:
    old = max(0.0, 1.0 - 0.2 * n)
    lots = (
        Origin(OriginKind.LOT, "API A1126-07", old, max(0.0, old - 0.04), min(1.0, old + 0.04)),
        Origin(OriginKind.LOT, "API A1126-08", 1.0 - old, max(0.0, 0.96 - old), 1.0 - old),
        Origin(OriginKind.LOT, "MCC M0326-11", 1.0, 1.0, 1.0),
    )
    fed = Origin(OriginKind.FEEDING, "during the disturbance", 0.1 * (n % 5), 0.0, 0.5)
    return (*lots, fed)


def judged(c: ContainerImpact, n: int) -> ContainerImpact:
    """The container with all that can be told of it; `n`: its place."""
    share = c.affected_kg_hi95 / c.net_kg if c.net_kg else 0.0
    worse = 6.0 * share
    zone = Zone.REJECT if share > 0.5 else Zone.INCONCLUSIVE if share > 0.0 else Zone.ACCEPT
    quality = {
        name: PredictedQuality(
            value - (worse if name == "assay" else 0.0),
            value * 0.99 - (worse if name == "assay" else 0.0),
            value * 1.01 - (worse if name == "assay" else 0.0),
            unit,
            None if "fraction" in name or "tensile" in name else 0.9995 - 0.7 * share,
        )
        for name, (unit, value) in UNITS.items()
    }
    return replace(
        c,
        quality=quality,
        affected_kg_lo95=0.6 * c.affected_kg,
        affected_tablets=round(c.affected_kg / 250e-6),
        affected_tablets_hi95=round(c.affected_kg_hi95 / 250e-6),
        conformance=(
            Conformance("assay", "% LC", 95.0, 105.0, 0.9, 0.999 - 0.7 * share, zone, 0.001, 0.02),
            Conformance("water", "%", None, 4.0, 0.1, 0.9999, Zone.ACCEPT, 0.0001, 0.0),
        ),
        content_uniformity=AcceptanceValue(
            4.2 + worse, 2.9, 6.8 + worse, 0.998 - 0.5 * share, 15.0, 5.1 if n % 2 else None
        ),
        sampling=SamplingPlan(
            59, 6, ("assay", "weight"), "59 units without a fault show with 95 % confidence that"
            " less than 5 % are affected.",
        ) if c.proposal is Proposal.ADDITIONAL_TESTING else None,
        rule=f"CDC3-D{1 + n % 4}",
    )  # fmt: skip


def account() -> MaterialAccount:
    """An account that closes, with a sample from affected material."""
    rows = (
        (Place.CONTAINERS, 156.0, 6.1),
        (Place.REJECTED_AT_START, 1.3, 0.0),
        (Place.REJECTED_IN_RUN, 2.4, 1.9),
        (Place.REJECTED_AT_END, 0.6, 0.0),
        (Place.REJECTED_OTHERWISE, 0.2, None),
        (Place.IN_PROCESS_SAMPLES, 0.08, 0.01),
        (Place.LABORATORY_SAMPLES, None, None),
        (Place.NOT_ACCOUNTED, 0.4, None),
        (Place.IN_LINE, 1.9, 0.0),
    )
    lines = tuple(
        MaterialAtPlace(
            place, kg, "batch record, as counted", a, *(2 * (None,) if a is None else (0.8 * a, a))
        )
        for place, kg, a in rows
    )
    sample = AffectedSample(
        "IPC-14", Place.IN_PROCESS_SAMPLES, 1_770_346_000_000, "", 0.63, False,
        "was drawn at the press while 63 % of the tablets were affected",
    )  # fmt: skip
    return MaterialAccount(lines, 161.0, "counters x mean tablet weight", (sample,))


def detectability() -> tuple[Detectability, ...]:
    """Two funnels, the deviation in the first."""
    durations = (5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 1800.0, 14400.0)
    reach = np.array([0.029, 0.059, 0.175, 0.341, 0.621, 0.969, 1.0, 1.0])

    def curve(name: str, limit: float, sign: int) -> FunnelCurve:
        size = sign * limit / reach
        sizes = tuple(None if s < -100.0 else float(s) for s in size)
        low = tuple(None if s is None else 0.95 * s for s in sizes)
        high = tuple(None if s is None else 1.05 * s for s in sizes)
        return FunnelCurve(name, limit, sign > 0, durations, sizes, low, high)

    curves = [
        curve(name, limit, sign)
        for sign in (1, -1)
        for name, limit in (
            ("affected at the press, beyond 2 %", 2.0),
            ("NIR-331, 30 s mean of composition beyond 10 %", 10.0),
            ("NIR-331, 30 s mean of composition beyond 5 %", 5.0),
            ("LW-311, 20 s mean of flow beyond 10 %", 10.0),
        )
    ]
    limits = (
        DiversionLimit(
            "NIR-331", 10.0, 28.0, 507.0, 0.93, 1.75,
            "tablets made from 100 s after the alarm to 240 s after its end",
            "NIR-331, 30 s mean of composition beyond 10 %", 0.78, 0.25,
        ),
        DiversionLimit("LW-311", 10.0, 129.0, 702.0, 1.0, 2.1, "nothing is diverted"),
    )  # fmt: skip
    point = FunnelPoint("API feeder bridging", 2520.0, -29.0, -33.0, -25.0)
    judged = "this deviation as a pulse: −29 % of the flow for 42 min, 15.2 kg affected"
    at = "20.0 kg/h, blender 220 rpm, chute 60 %"
    return (
        Detectability("API feeder LW-311", tuple(curves), point, limits, judged, at),
        Detectability(
            "Lubricant feeder LW-314", tuple(curves), None, (), "", at,
            "API feeder bridging: changes this composition at the feeders by less than 2 %, so it"
            " has no place in the funnel.",
        ),
    )  # fmt: skip


def remedies(containers: tuple[ContainerImpact, ...]) -> RemedyResult:
    """Nothing, a diverted window and changed set-points, with one that was refused."""

    def outcome(remedy: str, kind: RemedyKind, title: str, taken: float, p: float) -> RemedyOutcome:
        rows = tuple(
            RemedyContainer(
                c.container_id,
                c.net_kg - taken * c.affected_kg_hi95,
                taken * c.affected_kg_hi95,
                c.affected_kg,
                (1 - taken) * c.affected_kg,
                0.9 if c.affected else 0.999,
                0.9 + 0.099 * taken if c.affected else 0.999,
            )
            for c in containers
        )
        kept, out = (sum(getattr(r, f) for r in rows) for f in ("kept_kg", "removed_kg"))
        settings = (
            RemedySetting("start", "divert from", "s after the alarm", 28.0, 0.0, 600.0),
            RemedySetting("end", "until", "s after its end", 507.0, 0.0, 1200.0),
        ) if taken else ()  # fmt: skip
        return RemedyOutcome(
            remedy, kind, title, settings, rows, p, 0.012, kept, out, 0.3 * out, 0.3 * out,
            "kg", registered=True, meets=p > 0.95, assumptions=(),
            confirm="assay of what is kept" if taken else "",
        )  # fmt: skip

    return RemedyResult(
        outcomes=(
            outcome("nothing", RemedyKind.NOTHING, "Do nothing", 0.0, 0.02),
            outcome("divert", RemedyKind.DIVERT, "Divert a window", 0.97, 0.97),
            outcome("set_points", RemedyKind.SET_POINTS, "Changed set-points", 0.1, 0.31),
        ),
        best="divert",
        asked=0.95,
        draws=48,
        nearest="divert",
        refused=(
            RefusedRemedy(
                "reprocess", RemedyKind.REPROCESS, "Reprocess", "It is not registered for CDC-3."
            ),
        ),
        assumptions=("Every remedy is simulated on the same draws.",),
    )
