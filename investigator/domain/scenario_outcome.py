"""A recorded run of a scenario with what it came to."""

from dataclasses import dataclass

from investigator.domain.acts.act import Recorded
from investigator.domain.acts.scenarios import ScenarioRun
from investigator.domain.what_if import WhatIf


@dataclass(frozen=True, slots=True)
class ScenarioOutcome:
    """The run as it stands in the log, and its stored result."""

    recorded: Recorded[ScenarioRun]
    result: WhatIf
