"""The runs of the twin that a hypothesis rests on, each named by a digest.

- A run is named by all that it follows from - the twin's content, the parameters used, what was
  perturbed: mode, time shape, window, sizes - and by what it gave: every channel, bit by bit.
- Every hypothesis rests on the unperturbed run too. One that is weighed behind another rests on the
  runs of those before it and on that of all together.
- The same evidence and twin give the same names, whatever executor made the runs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from investigator.analysis.comparison import Comparison
from investigator.analysis.fitting import Fit
from investigator.analysis.hypotheses import Hypotheses
from investigator.analysis.posterior import Posterior
from investigator.analysis.preference import chosen_model
from investigator.domain.ranking import HypothesisAssessment
from investigator.trust.canonical import Canonical
from investigator.trust.digest import digest_of_array, digest_of_value
from investigator.twin.record import Array


def with_runs(
    assessed: Sequence[HypothesisAssessment],
    c: Comparison,
    hypotheses: Hypotheses,
    believed: Posterior,
    *,
    twin_digest: str,
    values: Mapping[str, float],
) -> tuple[HypothesisAssessment, ...]:
    """The assessments, each with the digests of its runs, the unperturbed one first.

    Args:
        assessed: in any order; one that was refuted without a fit rests on the unperturbed run.
        c: the run compared with the unperturbed twin.
        hypotheses, believed: what they were assessed by.
        twin_digest: of the twin's files. values: of its parameters as used, by name.
    """
    ground: dict[str, Canonical] = {
        "twin": twin_digest,
        "parameters": sorted(values),
        "values": digest_of_array(np.array([values[name] for name in sorted(values)])),
    }
    unperturbed = _run(ground, (), (c.null.series, c.null.points))
    found = []
    for row in assessed:
        fits = hypotheses.fits.get(chosen_model(row.cause, hypotheses, believed) or (), ())
        ends = range(1, len(fits) + 1)
        runs = (
            _run({**ground, "beside": unperturbed}, fits[:k], _added(fits[k - 1])) for k in ends
        )
        found.append(replace(row, runs=(unperturbed, *runs)))
    return tuple(found)


def _added(fit: Fit) -> tuple[Array, Array]:
    """What the run adds to every measured channel, in the channels' units."""
    return fit.added.raw_series, fit.added.raw_points


def _run(
    ground: Mapping[str, Canonical], at_work: Sequence[Fit], channels: tuple[Array, Array]
) -> str:
    return digest_of_value(
        {
            **ground,
            "perturbed": [_perturbed(fit) for fit in at_work],
            "channels": [digest_of_array(course) for course in channels],
        }
    )


def _perturbed(fit: Fit) -> Canonical:
    window = fit.window
    numbers = np.array([window.tau_s, *fit.sizes])
    return {
        "mode": fit.mode.cause,
        "shape": fit.mode.shape.value,
        "onset_ms": window.onset_ms,
        "end_ms": window.end_ms,
        "lab_run": list(window.lab_run or ()),
        "tau_and_sizes": digest_of_array(numbers),
    }
