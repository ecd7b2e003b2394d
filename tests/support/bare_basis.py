"""A basis of remedies without containers: the run on paper, with draws that a test lays down."""

from collections.abc import Sequence

import numpy as np

from investigator.analysis.material import Draw, Limits, Product, fine_frame
from investigator.analysis.remedy_basis import Basis
from support.line_run import quiet

STEPS = quiet().record.grid_ms.size
NOTHING_AT_WORK = Draw((), quiet().parameters, 0.0)


def bare_basis(draws: Sequence[Draw], *, made: Sequence[Product] = (), haste: float = 0.0) -> Basis:
    """Draws, their product, and how late a remedy takes hold in each of them."""
    return Basis(
        comparison=quiet(),
        fine=fine_frame(quiet()),
        draws=tuple(draws),
        made=tuple(made),
        biases={},
        limits=Limits({}),
        judged=(),
        containers=(),
        inside=np.zeros((0, STEPS), dtype=np.bool_),
        held=np.zeros(STEPS, dtype=np.bool_),
        errors=np.zeros((len(draws), 0, 0)),
        haste=np.full(len(draws), haste),
        least_kg=0.1,
        untold=np.zeros(0, dtype=np.bool_),
    )
