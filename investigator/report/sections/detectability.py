"""How small a disturbance the line notices, where the deviation stands, and what to divert."""

from reportlab.platypus import Flowable, KeepTogether

from investigator.domain.detectability import Detectability, DiversionLimit, FunnelPoint
from investigator.domain.dossier import Dossier
from investigator.domain.quantities import duration, fixed, share_of_mass, significant
from investigator.report.figures.funnel import funnel
from investigator.report.pages import Heading
from investigator.report.paper import grid, para


def detectability(dossier: Dossier) -> list[Flowable]:
    """A funnel for each entry, and the diversion limits; nothing where none was made."""
    if not dossier.detectability:
        return []
    words = (
        "From which size and duration on a change of a feeder's flow makes affected product, and "
        "from which on an alarm of the line sees it: what lies between is made unnoticed. "
        "Residence times as recorded at the time of the event, with their 95 % band."
    )
    figures = [_of_entry(f, chr(ord("a") + n)) for n, f in enumerate(dossier.detectability)]
    return [
        KeepTogether([Heading("Detectability", 1), para(words), *figures[0]]),
        *(KeepTogether(figure) for figure in figures[1:]),
        *_limits(dossier.detectability),
    ]


def _of_entry(found: Detectability, letter: str) -> list[Flowable]:
    caption = f"Figure 11{letter}: funnel of the {_lower(found.entry)} at {found.operating}. "
    caption += _standing(found.deviation) if found.deviation else found.note
    return [funnel(found), para(caption.strip(), "caption")]


def _lower(entry: str) -> str:
    """Within a sentence; what begins with an abbreviation stays."""
    return entry if entry[:2].isupper() else entry[:1].lower() + entry[1:]


def _standing(point: FunnelPoint) -> str:
    low, high = significant(point.size_pct_low), significant(point.size_pct_high)
    return (
        f"This deviation ({point.title}) stands at {significant(point.size_pct)} % ({low} to "
        f"{high}) for {duration(point.duration_s)}."
    )


def _limits(found: tuple[Detectability, ...]) -> list[Flowable]:
    rows = [_row(limit) for one in found for limit in one.limits]
    if not rows:
        return []
    judged = "; ".join(f"{one.entry}, {one.judged_by}" for one in found if one.limits)
    words = (
        "Diversion that would have caught the affected product: from the earliest arrival (1 %) of "
        "what the sensor saw, less the time of its mean, to the latest (99.9 %), conservative at "
        f"95 %. Judged by: {judged}."
    )
    heads = ["Alarm", "Divert from (s after it)", "Until (s after its end)", "Caught"]
    heads += ["Good lost (kg)", "Today", "Caught today", "Good lost today (kg)"]
    return [
        Heading("Diversion limits", 1),
        para(words),
        grid(
            heads,
            rows,
            [44, 17, 17, 15, 14, 33, 15, 15],
            right=frozenset({1, 2, 3, 4, 6, 7}),
        ),
    ]


def _row(limit: DiversionLimit) -> list[str]:
    return [
        limit.alarm or f"{limit.sensor} beyond {limit.alarm_pct:g} %",
        fixed(limit.start_s, 0),
        fixed(limit.end_s, 0),
        share_of_mass(limit.containment),
        fixed(limit.good_lost_kg, 2),
        limit.current,
        share_of_mass(limit.current_containment),
        fixed(limit.current_good_lost_kg, 2),
    ]
