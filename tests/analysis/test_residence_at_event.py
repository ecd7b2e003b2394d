"""The residence time that is shown is that of the line as it ran when the cause was at work."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import at_min, mode_of, package, quiet

from investigator.analysis.fitting import Fit
from investigator.analysis.residence_at_event import residence_at_event
from investigator.process.residence import residence_time
from investigator.process.trace import Entry
from investigator.twin.scenario import Window


def fit():
    window = Window(at_min(60), at_min(92), 60.0)
    return Fit(
        mode_of("api_loadcell_drift"), window, (9.0,), (1.0,), np.zeros(1), quiet().residual, 0.0
    )


def record_at(share):
    """The run with everything fed at a share of its flow while the cause was at work."""
    record = quiet().record
    inside = (record.grid_ms >= at_min(60)) & (record.grid_ms < at_min(92))
    flows = {
        f"{feeder}.flow": np.where(inside, share, 1.0) * record.roles[f"{feeder}.flow"]
        for feeder in ("api", "mcc", "lactose", "mgst")
    }
    return replace(record, roles={**record.roles, **flows})


@pytest.mark.requirement("IMP-009")
@pytest.mark.parametrize("share", [0.8, 1.0, 1.15])
def test_it_is_at_the_flow_of_the_disturbance_window(share):
    curves, said = residence_at_event(package(), record_at(share), (fit(),))
    assert [name for name, _ in curves] == ["from the feeders", "from the lubricant port"]
    for (_, curve), entry in zip(curves, (Entry.BLENDER, Entry.PORT), strict=True):
        due = residence_time(package().parameters.line(), entry, flow_kg_h=20.0 * share, step_s=5.0)
        mean = float((curve.t_ms * curve.value).sum() / curve.value.sum()) / 1000.0
        assert mean == pytest.approx(due.mean_s, rel=0.01)
    assert f"{20 * share:.1f} kg/h" in said
    assert "while the cause was at work" in said


@pytest.mark.requirement("IMP-009")
def test_without_a_cause_it_is_that_of_the_production():
    _, said = residence_at_event(package(), record_at(0.8), ())
    assert "20.0 kg/h" in said
    assert "during production" in said
