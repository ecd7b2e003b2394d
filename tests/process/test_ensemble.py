import hashlib
from dataclasses import replace

import numpy as np
import pytest

from investigator.process.ensemble import simulate_members


@pytest.mark.requirement("TWN-029")
def test_members_are_the_same_bits_whatever_the_number_of_workers(parameters, steady):
    rng = np.random.default_rng(4)
    members = [
        replace(parameters, blender=parameters.blender._replace(holdup_ref_kg=0.8 + 0.02 * z))
        for z in rng.standard_normal(7)
    ]
    inputs = replace(steady, feed_kg_h=steady.feed_kg_h * rng.uniform(0.9, 1.1, (4, 360)))

    def digest(workers):
        kept = simulate_members(
            inputs, members, lambda out: (out.hardness_n, out.ejection_n), workers=workers
        )
        return hashlib.sha256(np.array(kept).tobytes()).hexdigest()

    assert digest(1) == digest(2) == digest(3)


def test_members_come_in_their_order(parameters, steady):
    heavy = replace(parameters, press=parameters.press._replace(die_diameter_mm=10.0))
    light, other = simulate_members(
        steady, [parameters, heavy], lambda out: out.weight_mg[-1], workers=2
    )
    assert other > light
