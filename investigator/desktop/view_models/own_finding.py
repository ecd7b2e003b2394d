"""A finding of a person's own, from what was entered in a form to the act that adds it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from investigator.casework.findings import added
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.results import zone_of
from investigator.domain.acts.data_review import FindingAdded
from investigator.domain.doubt import Treatment
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import Span, from_datetime, to_datetime

TREATMENTS = (
    (Treatment.DROP.value, "drop: the samples are left out"),
    (Treatment.WIDEN.value, "widen: their standard deviation is multiplied"),
    (Treatment.IGNORE.value, "ignore: used as they are, the doubt is told"),
)


def known_tags(scene: Scene) -> tuple[str, ...]:
    """Tags and points that a finding can be about, sorted."""
    evidence = scene.seen.evidence if scene.seen else None
    return tuple(sorted({*evidence.trajectories, *evidence.environment})) if evidence else ()


def time_said(t_ms: int, zone: str) -> str:
    """An instant as it stands in a field of a form, to the second or the millisecond."""
    precise = "seconds" if t_ms % 1000 == 0 else "milliseconds"
    return to_datetime(t_ms, zone).replace(tzinfo=None).isoformat(" ", precise)


def time_meant(text: str, zone: str) -> int:
    """The instant that a person wrote; without an offset it is meant in the zone.

    Raises:
        UnusableRequest: it is no time.
    """
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise UnusableRequest(
            f'"{text}" is no time; give it such as 2026-03-31 14:05:00.'
        ) from None
    return from_datetime(when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone)))


def own_finding(scene: Scene, entered: dict[str, str]) -> FindingAdded:
    """The act that adds it.

    Args:
        scene: the case.
        entered: `tag`, `kind`, `start`, `end`, `treatment`, `factor`, `words`.

    Raises:
        UnusableRequest: as `added`, or a time is none.
    """
    zone = zone_of(scene)
    start_ms, end_ms = (time_meant(entered[name], zone) for name in ("start", "end"))
    if end_ms <= start_ms:
        raise UnusableRequest("The finding ends before it begins; give its begin and its end.")
    return added(
        entered["tag"],
        entered["kind"],
        Span(start_ms, end_ms),
        Treatment(entered["treatment"]),
        sd_factor=entered["factor"] or "1",
        words=entered["words"],
        known_tags=known_tags(scene),
    )


def why_not_add(scene: Scene) -> str:
    """Why no finding can be added now; empty if one can."""
    act = FindingAdded("", "", "", 0, 1, Treatment.IGNORE, "1", "")
    return scene.why_not(act)
