"""A replay from recorded inputs as a result holds it: an excursion, a bridged signal, a drum."""

import numpy as np

from investigator.domain.applicability import DomainLimit, Excursion
from investigator.domain.panel import Curve
from investigator.domain.replayed import (
    QualityStretch,
    Replayed,
    ReplayedContainer,
    ReplayedCourse,
    Shortcoming,
)
from support.dossiers import DRUMS, MINUTE, START, a_span

HUMIDITY = DomainLimit("room_rh", "Room humidity", "%RH", 20.0, 70.0, 25.0, "moisture_sorption.csv")
SPEED = DomainLimit("turret_speed", "Turret speed", "rpm", 20.0, 55.0, 17.5, "compaction_doe.csv")


def a_course(attribute: str, title: str, unit: str, level: float) -> ReplayedCourse:
    """Three minutes at one level, its 95 % band two on either side, measured one above."""
    t_ms = START + MINUTE * np.arange(3, dtype=np.int64)
    middle = np.full(3, level)
    return ReplayedCourse(
        attribute=attribute,
        title=title,
        unit=unit,
        t_ms=t_ms,
        middle=middle,
        low50=middle - 0.7,
        high50=middle + 0.7,
        low95=middle - 2.0,
        high95=middle + 2.0,
        measured=Curve("measured", t_ms, middle + 1.0),
        limits=(level - 15.0, level + 15.0),
    )


def a_container(drum: str, measured: float | None, *, extrapolated: bool) -> ReplayedContainer:
    """Its hardness, replayed as 110 N with an interval from 106 to 114 N."""
    return ReplayedContainer(drum, "hardness", "N", 110.0, 106.0, 114.0, measured, extrapolated)


def a_replayed(*, left: bool = True) -> Replayed:
    """Two limits, of which the run left one if `left`."""
    return Replayed(
        limits=(HUMIDITY, SPEED),
        excursions=(Excursion(HUMIDITY, a_span(12, 30), 77.5, 0.3),) if left else (),
        quality=(
            QualityStretch("NF.PADDLE", ("Paddle speed",), Shortcoming.BRIDGED, a_span(5, 9)),
            QualityStretch("NF.NIR", ("NIR API content",), Shortcoming.MISSING, a_span(20, 21)),
        ),
        courses=(
            a_course("hardness", "Hardness", "N", 110.0),
            a_course("", "Ejection force", "N", 190.0),
        ),
        containers=(
            a_container(DRUMS[0], 111.0, extrapolated=left),
            a_container(DRUMS[1], 120.0, extrapolated=False),
        ),
        assumptions=("Paddle speed was not recorded for 4 min.",),
    )
