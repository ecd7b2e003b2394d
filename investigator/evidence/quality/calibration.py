"""Calibration past due: the instrument measures on, its uncertainty grows.

- u_cal^2 = u^2 + (d t_over)^2, with u the uncertainty when calibrated, d the drift rate and t_over
  the time since the due date; nothing is dropped for it.
- Where no drift rate is known, d is taken as one u a year, an interval that calibrated instruments
  are expected to keep within their uncertainty; the finding says so.
"""

from collections.abc import Mapping

import numpy as np

from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.instant import Span, iso
from investigator.domain.trajectory import Trajectory
from investigator.evidence.historian.facts import TagFacts

YEAR_MS = 365.25 * 86_400_000


def overdue_findings(
    trajectories: Mapping[str, Trajectory], tags: Mapping[str, TagFacts]
) -> list[Finding]:
    """A finding for every tag that measured after its calibration was due."""
    found = []
    for tag, trajectory in trajectories.items():
        due_ms = tags[tag].calibration_due_ms if tag in tags else None
        if due_ms is None or not trajectory.t_ms.size or trajectory.t_ms[-1] < due_ms:
            continue
        last_ms = int(trajectory.t_ms[-1])
        factor = float(f"{np.hypot(1.0, (last_ms - due_ms) / YEAR_MS):.4g}")
        found.append(
            Finding(
                subject=tag,
                kind="calibration_overdue",
                span=Span(max(due_ms, int(trajectory.t_ms[0])), last_ms + 1),
                action=f"standard deviation taken {factor:g} times: a drift of one uncertainty a"
                " year is assumed",
                severity=Severity.MAJOR,
                treatment=Treatment.WIDEN,
                sd_factor=max(factor, 1.0),
                detail=f"calibration was due on {iso(due_ms)[:10]}",
            )
        )
    return found
