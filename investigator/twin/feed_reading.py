"""What a loss-in-weight feeder shows of its mass flow: the slope of its weight.

The slope is taken over a window of 40 s, so that a change shows late by half of it, and a swing
smaller than it is. What the blender gets is the flow itself.
"""

import numpy as np

from investigator.twin.record import Array

# Mean over 40 s, on steps of 10 s, of a course that is linear between them.
SLOPE_WEIGHTS = np.array([0.125, 0.25, 0.25, 0.25, 0.125])


def weight_slope(flow: Array | float) -> Array | float:
    """A mass flow as its feeder reads it: the slope of the weight over the last 40 s.

    Args:
        flow: on the record's grid, (n,); one number for a steady flow.
    """
    if np.ndim(flow) == 0:
        return flow
    course = np.asarray(flow, dtype=np.float64)
    earlier = np.full(SLOPE_WEIGHTS.size - 1, course[0])
    return np.convolve(np.concatenate([earlier, course]), SLOPE_WEIGHTS, mode="valid")
