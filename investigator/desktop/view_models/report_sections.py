"""The sections of the report, and what each of them was made from."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from investigator.desktop.commands import Thing
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.frame.state import Place
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.recorded import told
from investigator.domain.acts.act import Recorded
from investigator.domain.investigation import Investigation

_NUMBER = re.compile(r"^(?:Appendix ([A-Z])|(\d+)) ")
Found = Recorded[Any] | None


@dataclass(frozen=True, slots=True)
class Origin:
    """What a section tells: the entry that it rests on, and the place where that is worked on."""

    place: Place
    entry: Callable[[Investigation], Found]


def inspected(
    scene: Scene, *, section: str, heading: str, page: int, go: Callable[[Place], None]
) -> Inspected:
    """What stands under a heading of the report, and where it came from.

    Args:
        scene: as it is.
        section: title of the section that the heading belongs to.
        heading: the heading itself.
        page: on which it stands, from 0.
        go: shows a place.
    """
    facts = [("Page", f"{page + 1}"), *([("Section", section)] if section != heading else [])]
    case, origin = scene.case, _origin(section)
    if case is None or case.report is None or origin is None:
        return Inspected(heading, "heading of the report", tuple(facts))
    entry, zone = origin.entry(case), case.opened.act.zone
    return Inspected(
        title=heading,
        kind="heading of the report",
        facts=(*facts, ("Revision", f"{case.report.act.revision}")),
        source=told(entry, zone) if entry else told(case.report, zone),
        digest=str(getattr(entry.act, "result", "")) if entry else "",
        rests_on=(Thing(origin.place.label, "place", lambda: go(origin.place)),),
    )


def _origin(section: str) -> Origin | None:
    found = _NUMBER.match(section)
    return _ORIGINS.get(found[1] or found[2]) if found else None


def _last_decision(case: Investigation) -> Found:
    return max(case.dispositions.values(), key=lambda r: r.sequence, default=None)


def _last_verdict(case: Investigation) -> Found:
    return max(case.verdicts.values(), key=lambda r: r.sequence, default=None)


_ORIGINS: Mapping[str, Origin] = MappingProxyType(
    {
        "1": Origin(Place.REPORT, lambda case: case.report),
        "2": Origin(Place.CASE, lambda case: case.opened),
        "3": Origin(Place.CASE, lambda case: case.containment),
        "4": Origin(Place.CASE, lambda case: case.scope),
        "5": Origin(Place.EVIDENCE, lambda case: case.evidence),
        "6": Origin(Place.EVIDENCE, lambda case: case.evidence),
        "7": Origin(Place.TWIN, lambda case: case.twin),
        "8": Origin(Place.REPLAY, lambda case: case.replay),
        "9": Origin(Place.HYPOTHESES, lambda case: case.ranking),
        "10": Origin(Place.HYPOTHESES, _last_verdict),
        "11": Origin(Place.IMPACT, lambda case: case.impact),
        "12": Origin(Place.DISPOSITION, _last_decision),
        "13": Origin(Place.AUDIT, lambda case: case.report),
        "14": Origin(Place.REPORT, lambda case: case.report),
        "A": Origin(Place.EVIDENCE, lambda case: case.evidence),
        "B": Origin(Place.EVIDENCE, lambda case: case.evidence),
        "C": Origin(Place.TWIN, lambda case: case.twin),
        "F": Origin(Place.AUDIT, lambda case: case.report),
    }
)
"""By number or letter of the section."""
