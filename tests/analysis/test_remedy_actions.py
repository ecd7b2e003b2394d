"""What a remedy takes out of a draw: exactly when it may."""

from dataclasses import replace

import numpy as np
import pytest
from support.bare_basis import NOTHING_AT_WORK, STEPS, bare_basis
from support.line_run import package, quiet

from investigator.analysis.material import Product
from investigator.analysis.remedy_actions import MEAN_STEPS, limited
from investigator.analysis.remedy_basis import Basis
from investigator.domain.remedy import RemedyKind
from investigator.twin.remedy import Reading

USUAL = 100.0 * quiet().record.named.usual["api_active"]
FIRST, LAST = 600, 620


def basis() -> Basis:
    """Twenty steps in which the probe sees 2 % w/w too much."""
    shown = np.full(STEPS, USUAL)
    shown[FIRST:LAST] += 2.0
    product = Product(
        affected=np.zeros(STEPS),
        reasons=np.zeros(STEPS, dtype=np.int64),
        attributes={"nir_api": shown},
        flow_kg=np.ones(STEPS),
    )
    return bare_basis([NOTHING_AT_WORK], made=[product])


@pytest.mark.requirement("IMP-056")
def test_tighter_limits_reject_what_is_made_so_long_after_a_reading_outside() -> None:
    """From 4 to 10 min after it; the mean of 30 s is outside from its second step of 2 % on."""
    remedy = next(r for r in package().remedies.declared if r.kind is RemedyKind.TIGHTER_LIMITS)
    remedy = replace(remedy, acts_s=(240.0, 600.0))
    treated = limited(basis(), remedy, Reading("NIR", 0.0, 0.0), 1.0)(0)
    out = np.flatnonzero(treated.kept == 0.0)
    begin, end = FIRST + 1, LAST + MEAN_STEPS - 2
    assert out.tolist() == list(range(begin + 24, end + 60))
