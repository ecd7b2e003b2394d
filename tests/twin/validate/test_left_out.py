"""Left out: a batch is predicted by a twin that saw the others only, the same with any workers."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from support.line_run import drums, noisy_record, package

from investigator.twin.attribute_kind import ATTRIBUTES
from investigator.twin.validate.left_out import left_out

BATCHES = ("N1", "N2", "N3")


def scattered(seed, further=0.0):
    """A noisy run whose drums differ as a laboratory reports them."""
    record = noisy_record(seed)
    generator = np.random.default_rng(seed)
    results = tuple(
        replace(r, result=r.result * (1.0 + 0.01 * generator.standard_normal()) + further)
        if r.container_id
        else r
        for r in record.laboratory
    )
    return replace(record, laboratory=results)


def found(further=0.0, workers=1):
    runs = [(name, scattered(k)) for k, name in enumerate(BATCHES)]
    runs[1] = (BATCHES[1], scattered(1, further))
    with ThreadPoolExecutor(workers) as executor:
        return left_out(runs, package(), executor)


@pytest.fixture(scope="module")
def plain():
    return found()


@pytest.mark.requirement("TWN-053")
def test_every_container_with_a_result_is_predicted_once(plain):
    assert len(plain) == len(BATCHES) * len(ATTRIBUTES) * len(drums())
    assert len({(p.batch_id, p.container_id, p.attribute) for p in plain}) == len(plain)
    for p in plain:
        assert p.low95 < p.predicted < p.high95
        assert p.predicted - p.low95 == pytest.approx(p.high95 - p.predicted)


@pytest.mark.requirement("TWN-053")
def test_the_results_of_a_batch_move_its_own_predictions_by_nothing(plain):
    """Done with more workers, which move them by nothing either."""
    moved = found(further=5.0, workers=3)
    for before, after in zip(plain, moved, strict=True):
        if before.batch_id == BATCHES[1]:
            assert after.measured == pytest.approx(before.measured + 5.0)
            assert after.predicted == before.predicted
            assert after.low95 == before.low95
    others = [(a.predicted, b.predicted) for a, b in zip(plain, moved, strict=True)
              if a.batch_id != BATCHES[1]]  # fmt: skip
    assert any(abs(a - b) > 0.1 for a, b in others)


@pytest.mark.requirement("TWN-053")
def test_what_all_batches_told_of_the_line_has_no_part_in_it(plain):
    """Three batches do not determine the uptake: it is then as set, never as all batches told."""
    known, name = package(), "moisture.uptake_share"
    told = replace(known.parameters[name], value=1.0)
    runs = [(batch, scattered(k)) for k, batch in enumerate(BATCHES)]
    with ThreadPoolExecutor(1) as executor:
        other = replace(known, parameters=known.parameters.replaced_by({name: told}))
        found = left_out(runs, other, executor)
    assert [p.predicted for p in found] == pytest.approx([p.predicted for p in plain], rel=1e-3)
