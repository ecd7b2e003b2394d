"""Inputs of a run as they may have been: draws about what was recorded, errors correlated in time.

- A feed scatters from minute to minute; every other input is off by the same for the whole run, as
  a sensor out of calibration or a lot unlike its certificate is. So is a feed whose reading is in
  doubt, for a stuck transmitter is off the same way as long as it sticks.
- What stood still stays so in every draw.
- A draw depends on the seed and the number of the member only.
"""

from collections.abc import Mapping

import numpy as np

from investigator.process.line import LineInputs
from investigator.twin.record import STEP_S, Array
from investigator.twin.record_map import FEEDERS

FEED_MEMORY_S = 600.0
LEAST_SIZE_UM, LEAST_WATER_PCT, MOST_RH_PCT, LEAST_BULK = 3.0, 0.1, 100.0, 0.1


def drawn_inputs(
    base: LineInputs,
    sd: Mapping[str, Array],
    doubt_sd: Mapping[str, Array],
    *,
    seed: int,
    member: int,
) -> LineInputs:
    """The inputs of one member of an ensemble about `base`, with an sd (n,) for every quantity.

    `doubt_sd`: what of it is doubt, (n,); that of a feed is one error for the whole run.

    The same member of the same seed is off by the same number of sd, whatever base and sd.
    """
    generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence((seed, member))))
    n = base.blender_rpm.size

    def steady(quantity: str, value: Array) -> Array:
        shifted = value + sd[quantity] * generator.standard_normal()
        return np.where(value > 0.0, np.maximum(shifted, 0.0), value)

    lasting = np.random.Generator(np.random.PCG64(np.random.SeedSequence((seed, member, 1))))
    feeds = []
    for row, feeder in enumerate(FEEDERS):
        flow, quantity = base.feed_kg_h[row], f"feed.{feeder}"
        doubt = doubt_sd[quantity]
        swift = np.sqrt(np.maximum(sd[quantity] ** 2 - doubt**2, 0.0))
        shifted = flow + swift * _correlated(generator, n) + doubt * lasting.standard_normal()
        feeds.append(np.where(flow > 0.0, np.maximum(shifted, 0.0), flow))
    return LineInputs(
        step_s=base.step_s,
        feed_kg_h=np.vstack(feeds),
        api_potency=steady("api.potency", base.api_potency),
        api_d50_um=np.maximum(steady("api.d50", base.api_d50_um), LEAST_SIZE_UM),
        mcc_lod_pct=np.maximum(steady("mcc.lod", base.mcc_lod_pct), LEAST_WATER_PCT),
        mcc_compactability=steady("mcc.compactability", base.mcc_compactability),
        blender_rpm=steady("blender.speed", base.blender_rpm),
        paddle_rpm=steady("paddle.speed", base.paddle_rpm),
        turret_rpm=steady("turret.speed", base.turret_rpm),
        chute_level_pct=steady("chute.level", base.chute_level_pct),
        main_force_kn=steady("main.force", base.main_force_kn),
        main_gap_mm=steady("main.gap", base.main_gap_mm),
        room_rh_pct=np.minimum(steady("room.rh", base.room_rh_pct), MOST_RH_PCT),
        mcc_bulk=np.maximum(steady("mcc.bulk", base.mcc_bulk), LEAST_BULK),
        lactose_bulk=np.maximum(steady("lactose.bulk", base.lactose_bulk), LEAST_BULK),
    )


def _correlated(generator: np.random.Generator, n: int) -> Array:
    """A first-order autoregression of unit variance with the memory of a feed, (n,)."""
    from scipy.signal import lfilter

    kept = float(np.exp(-STEP_S / FEED_MEMORY_S))
    z = generator.standard_normal(n)
    z[1:] *= np.sqrt(1.0 - kept**2)
    return np.asarray(lfilter([1.0], [1.0, -kept], z))
