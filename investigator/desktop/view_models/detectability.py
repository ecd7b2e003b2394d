"""How small a disturbance the line notices, where the deviation stands, what to divert."""

from dataclasses import dataclass

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.frame.state import Place
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.impact_part import Facts, Go, told_part
from investigator.domain.detectability import (
    Detectability,
    DiversionLimit,
    FunnelCurve,
    FunnelPoint,
)
from investigator.domain.quantities import UNKNOWN, duration, fixed, share_of_mass, significant

NO_FUNNEL = "How small a disturbance is noticed is not told"
UNSEEN = "affected, seen by no alarm"
JUDGED = "Judged by"


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A diversion limit of one entry; texts as they are to be read."""

    entry: str
    limit: DiversionLimit
    alarm: str
    start: str
    end: str
    caught: str
    lost: str
    today: str
    today_caught: str


def funnels(scene: Scene) -> tuple[Detectability, ...]:
    """The funnels of the impact that is shown."""
    result = scene.seen.impact if scene.seen else None
    return result.detectability if result else ()


def side_of(found: Detectability, *, too_much: bool) -> tuple[FunnelCurve, ...]:
    """The curves of one side, that of the product first."""
    return tuple(curve for curve in found.curves if curve.too_much is too_much)


def deviation_on(found: Detectability, *, too_much: bool) -> FunnelPoint | None:
    """The deviation, where it is of that side."""
    point = found.deviation
    return point if point is not None and (point.size_pct > 0.0) is too_much else None


def standing(found: Detectability) -> str:
    """Where the deviation stands, or why it has no place; and at which operating point."""
    point = found.deviation
    at = f"At {found.operating}. " if found.operating else ""
    if point is None:
        return f"{at}{found.note}".strip()
    return f"{at}This deviation: {point_said(point)}."


def point_said(point: FunnelPoint) -> str:
    """Size with its interval, and duration."""
    size, low, high = (
        significant(v) for v in (point.size_pct, point.size_pct_low, point.size_pct_high)
    )
    return f"{point.title}, {size} ({low} to {high}) % for {duration(point.duration_s)}"


def read_at(curves: tuple[FunnelCurve, ...], duration_s: float) -> tuple[str, ...]:
    """What each curve says at the duration nearest to one, by ratio; the duration first."""
    if not curves or not curves[0].duration_s:
        return ()
    known = curves[0].duration_s
    at = min(range(len(known)), key=lambda k: max(known[k], duration_s) / min(known[k], duration_s))
    return (duration(known[at]), *(_read(curve, at) for curve in curves))


def limit_rows(found: Detectability) -> tuple[LimitRow, ...]:
    """The diversion limits of an entry."""
    return tuple(_limit(found.entry, limit) for limit in found.limits)


def about_limit(scene: Scene, found: Detectability, row: LimitRow, go: Go) -> Inspected:
    """A diversion limit: when to divert, what that catches and costs, what is done today."""
    facts: Facts = (
        ("Feeder", row.entry),
        ("Divert from", f"{row.start} s after the alarm"),
        ("Until", f"{row.end} s after its end"),
        ("Caught", row.caught),
        ("Good product lost", f"{row.lost} kg"),
        ("Today", row.today),
        *((("Caught today", row.today_caught),) if row.today_caught != UNKNOWN else ()),
        *(((JUDGED, found.judged_by),) if found.judged_by else ()),
    )
    return told_part(scene, row.alarm, "diversion limit", facts, go, rests_on=Place.TWIN)


def about_funnel(scene: Scene, found: Detectability, go: Go) -> Inspected:
    """The funnel of an entry."""
    point = found.deviation
    facts: Facts = (
        ("Operating point", found.operating or UNKNOWN),
        ("This deviation", point_said(point) if point else found.note or UNKNOWN),
        *(((JUDGED, found.judged_by),) if found.judged_by else ()),
    )
    return told_part(scene, found.entry, "funnel", facts, go, rests_on=Place.TWIN)


def _read(curve: FunnelCurve, at: int) -> str:
    size = curve.size_pct[at]
    if size is None:
        return f"{curve.title}: no size reaches it"
    ends = [v for v in (curve.size_pct_low[at], curve.size_pct_high[at]) if v is not None]
    band = f" ({' to '.join(significant(v) for v in sorted(ends))})" if len(ends) == 2 else ""
    return f"{curve.title}: from {significant(size)}{band} %"


def _limit(entry: str, limit: DiversionLimit) -> LimitRow:
    return LimitRow(
        entry=entry,
        limit=limit,
        alarm=limit.alarm or f"{limit.sensor} beyond {limit.alarm_pct:g} %",
        start=fixed(limit.start_s, 0),
        end=fixed(limit.end_s, 0),
        caught=share_of_mass(limit.containment),
        lost=fixed(limit.good_lost_kg, 2),
        today=limit.current,
        today_caught=_today(limit),
    )


def _today(limit: DiversionLimit) -> str:
    if limit.current_containment is None:
        return UNKNOWN
    caught, lost = share_of_mass(limit.current_containment), limit.current_good_lost_kg
    return f"{caught}, {fixed(lost, 2)} kg lost"
