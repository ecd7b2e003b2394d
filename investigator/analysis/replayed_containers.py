"""Containers as they are replayed, beside the means that the laboratory reports."""

import math
from collections.abc import Sequence

from investigator.domain.replayed import ReplayedContainer
from investigator.twin.attribute_models import Measurements
from investigator.twin.container_prediction import HALF, ContainerPrediction
from investigator.twin.domain import EXTRAPOLATION
from investigator.twin.record import LineRecord, Mask


def replayed_containers(
    predicted: Sequence[ContainerPrediction],
    told: Measurements,
    record: LineRecord,
    beyond: Mask,
) -> tuple[ReplayedContainer, ...]:
    """The predictions with what was measured, in their order.

    Args:
        predicted: of the containers, without their laboratory results.
        told: what was measured, by attribute.
        record: the run.
        beyond: where product is made outside the domain, (n,). What is predicted of a container is
            less certain for any of it; the method of the laboratory is not.
    """
    outside = {
        c.container_id: bool(
            beyond[record.index(c.filled.start_ms) : record.index(c.filled.end_ms) + 1].any()
        )
        for c in record.containers
    }
    reported = {
        (attribute, name): float(value)
        for attribute, measured in told.items()
        for name, value in zip(measured.containers, measured.laboratory, strict=True)
    }
    return tuple(
        _beside(p, reported[p.attribute, p.container_id], outside[p.container_id])
        for p in predicted
    )


def _beside(p: ContainerPrediction, reported: float, extrapolated: bool) -> ReplayedContainer:
    method = math.sqrt(max(p.laboratory_sd**2 - p.sd**2, 0.0))
    sd = EXTRAPOLATION * p.sd if extrapolated else p.sd
    half = HALF[0.95] * math.hypot(sd, method)
    return ReplayedContainer(
        container_id=p.container_id,
        attribute=p.attribute,
        unit=p.unit,
        predicted=p.mean,
        low95=p.mean - half,
        high95=p.mean + half,
        measured=reported if math.isfinite(reported) else None,
        extrapolated=extrapolated,
    )
