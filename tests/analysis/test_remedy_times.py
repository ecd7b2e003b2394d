"""When a remedy takes hold, and for how long it must hold: by the window of the disturbance."""

from dataclasses import replace

import numpy as np
import pytest
from support.bare_basis import NOTHING_AT_WORK, bare_basis
from support.line_run import at_min, mode_of, package, quiet

from investigator.analysis.fitting import Fit
from investigator.analysis.material import Draw
from investigator.analysis.remedy_times import Path, diverted, known_ms
from investigator.domain.remedy import RemedyKind
from investigator.process.trace import Entry
from investigator.twin.remedy import Remedy
from investigator.twin.scenario import Window

WAYS = {None: Path(0.0, 0.0), Entry.BLENDER: Path(300.0, 900.0)}


def at_work(cause: str, begin_min: float, end_min: float) -> Draw:
    window = Window(at_min(begin_min), at_min(end_min), 0.0)
    fit = Fit(mode_of(cause), window, (1.0,), (0.0,), np.zeros(1), quiet().residual, 0.0)
    return replace(NOTHING_AT_WORK, fits=(fit,))


def divert() -> Remedy:
    remedy = next(r for r in package().remedies.declared if r.kind is RemedyKind.DIVERT)
    return replace(remedy, delay_s=(60.0, 120.0))


@pytest.mark.requirement("IMP-061")
def test_a_disturbance_of_few_draws_is_none_to_act_on() -> None:
    early, late = (at_work("api_loadcell_drift", k, 90) for k in (60, 62))
    assert known_ms(bare_basis([early, NOTHING_AT_WORK, NOTHING_AT_WORK]), divert()) is None
    assert known_ms(bare_basis([early, late, NOTHING_AT_WORK]), divert()) == at_min(61) + 120_000


@pytest.mark.requirement("IMP-054")
@pytest.mark.parametrize(("haste", "opens_min"), [(1.0, 65.0), (0.0, 64.0)])
def test_the_gate_opens_for_the_earliest_arrival_and_closes_after_the_latest(
    haste: float, opens_min: float
) -> None:
    """Known 1 to 2 min after minute 60; at the press from 5 min on, until 15 min after its end."""
    run = bare_basis([at_work("api_loadcell_drift", 60, 92)], haste=haste)
    open_ms = quiet().record.grid_ms[diverted(run, divert(), WAYS, 0)]
    assert open_ms[0] == at_min(opens_min)
    assert open_ms[-1] + 10_000 == at_min(92 + 15 + 1 + haste)


@pytest.mark.requirement("IMP-054")
def test_a_gate_that_fails_diverts_nothing() -> None:
    cause = next(
        mode.cause
        for mode in package().failure_modes
        if any(e.quantity == "press.gate_failure" for m in mode.magnitudes for e in m.effects)
    )
    run = bare_basis([at_work(cause, 60, 92)])
    assert not diverted(run, divert(), WAYS, 0).any()
