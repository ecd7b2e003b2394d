"""What results of checks that a ranking took in say of a scenario, as of a failure mode.

- An inspection speaks of the failure modes that a scenario is made of; of anything else it says
  what it says of something on no list: it fails by false alarm.
- A value is predicted by the scenario's own run, as unsure as its first size is after the evidence
  and as the twin.
"""

from collections.abc import Sequence

import numpy as np

from investigator.analysis.check_information import CheckFinding, likelihoods
from investigator.analysis.check_outlook import (
    Model,
    Outlook,
    Runs,
    inspection,
    measurement,
    unsure_share,
)
from investigator.analysis.posterior import UNLISTED
from investigator.analysis.what_if_evidence import precision
from investigator.analysis.what_if_trial import Trial
from investigator.domain.entered_check import EnteredCheck
from investigator.domain.scenario import TargetKind
from investigator.twin.checks import Check, CheckKind
from investigator.twin.predicted import Predicted
from investigator.twin.record import Array
from investigator.twin.scenario import UNPERTURBED

_OWN: Model = ("scenario",)


def log_told_by_checks(
    entered: Sequence[EnteredCheck],
    checks: Sequence[Check],
    trial: Trial,
    sizes: Array,
    under: Predicted,
) -> float:
    """Log of how much more probable the results are with the scenario than with nothing at work.

    Args:
        entered: results that were taken in.
        checks: of the twin; each result is of one of them.
        trial: the scenario on its run.
        sizes: its sizes.
        under: what the twin predicts at these sizes.
    """
    known = {check.check_id: check for check in checks}
    total = 0.0
    for one in entered:
        told, model = _outlook(known[one.check_id], one, trial, sizes, under)
        likely = likelihoods(told, CheckFinding(one.failed, one.value, one.sd))
        least = np.finfo(float).tiny
        total += float(np.log(max(likely[model], least)) - np.log(max(likely[()], least)))
    return total


def _outlook(
    check: Check, one: EnteredCheck, trial: Trial, sizes: Array, under: Predicted
) -> tuple[Outlook, Model]:
    if check.kind is CheckKind.INSPECTION:
        parts = trial.scenario.parts
        causes = tuple(p.target for p in parts if p.kind is TargetKind.FAILURE_MODE)
        model = tuple(dict.fromkeys(causes)) or (UNLISTED,)
        return inspection(check, ((), model)), model
    at_work = trial.perturbation(sizes)
    sd = float(np.sqrt(np.linalg.inv(precision(trial, sizes))[0, 0]))
    runs = Runs(
        {(): (trial.c.null, UNPERTURBED), _OWN: (under, at_work)},
        {(): 0.0, _OWN: unsure_share(float(sizes[0]), sd)},
    )
    return measurement(check, trial.c, runs, one.place), _OWN
