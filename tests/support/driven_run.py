"""The run on paper as its inputs drive it: what its sensors would show of a wrong speed or flow."""

from collections.abc import Mapping

import numpy as np

from investigator.analysis.comparison import Comparison, compare
from investigator.twin.ensemble import SIGNAL_COURSES
from investigator.twin.record import Array, LineRecord, line_record
from investigator.twin.replay_statistics import SIGNAL_ROLES, read_replay_statistics
from investigator.twin.replayed_run import replayed_run
from support.line_run import evidence, package, reference


def driven_record(changed: Mapping[str, Array], seed: int, *, wrong: float = 1.0) -> LineRecord:
    """The run with other courses of its inputs, by role, and what its signals then show.

    Every signal is the replay with its usual bias and white noise of its usual spread. `wrong`: by
    what factor the signals of the press differ from what the twin makes of the inputs.
    """
    twin, generator = package(), np.random.default_rng(seed)
    record = line_record(evidence(changed), twin.tag_map, twin.record_map)
    made = replayed_run(record, reference(), twin.parameters).replayed
    usual = read_replay_statistics(twin.reference).signals
    shown = dict(changed)
    for channel, role in SIGNAL_ROLES.items():
        noise = usual[channel].within * generator.standard_normal(record.grid_ms.size)
        factor = wrong if role.startswith("press.") else 1.0
        course = getattr(made, SIGNAL_COURSES[channel])
        shown[role] = factor * (course + usual[channel].bias) + noise
    return line_record(evidence(shown), twin.tag_map, twin.record_map)


def driven(changed: Mapping[str, Array], seed: int, *, wrong: float = 1.0) -> Comparison:
    """The same, compared with the unperturbed twin."""
    record = driven_record(changed, seed, wrong=wrong)
    return compare(record, package().parameters.line(), reference())
