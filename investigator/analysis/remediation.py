"""What could be done about a deviation: every declared remedy simulated beside doing nothing.

- Settings are chosen on one set of draws and judged on fresh ones, so that no remedy looks better
  than it is by the luck of its choice.
- Refused, with the reason: what the dossier does not register and the twin cannot simulate, what
  the line has no instrument for, what has no disturbance to act on.
- The best is the cheapest registered one that can be done on filled containers and reaches the
  asked probability; where none does, the nearest is named. What acts on the running line is told
  apart. It is a support: what is done is decided by a person.
"""

from collections.abc import Callable
from concurrent.futures import Executor

from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.kept_product import kept_of
from investigator.analysis.remedy_actions import nothing
from investigator.analysis.remedy_basis import Basis, basis_of
from investigator.analysis.remedy_outcome import Tried, outcome
from investigator.analysis.remedy_trials import Ground, refusal, tried
from investigator.domain.errors import UnusableInput
from investigator.domain.impact import Impact
from investigator.domain.remedy import (
    ON_FILLED_CONTAINERS,
    RefusedRemedy,
    RemedyOutcome,
    RemedyResult,
)
from investigator.twin.package import TwinPackage
from investigator.twin.remedy import DO_NOTHING, Remedy

PLAN_DRAWS, FINAL_DRAWS = 48, 200


def assess_remedies(
    package: TwinPackage,
    diagnosis: Diagnosis,
    impact: Impact,
    *,
    asked: float,
    seed: int,
    executor: Executor,
    told: Callable[[str, float], None] = lambda _words, _share: None,
) -> RemedyResult:
    """Simulate every remedy that the twin declares.

    Args:
        package: the twin, with its remedies, limits and decision rules.
        diagnosis: what was found. impact: what it did to the containers.
        asked: probability with which everything that is kept must conform.
        seed: of every random draw.
        executor: runs the draws; its kind changes nothing but the time.
        told: is told what is simulated, and which share of the work is done.

    Raises:
        UnusableInput: the impact has no container.
    """
    if not impact.containers:
        raise UnusableInput(
            "the batch record",
            "names no container with begin and end of filling, so that no remedy can be judged",
            "admit the whole record and follow the disturbance anew",
        )
    told("drawing what is uncertain of the run", 0.0)
    plan = basis_of(package, diagnosis, impact, seed=seed, members=PLAN_DRAWS, executor=executor)
    fresh = basis_of(
        package, diagnosis, impact, seed=seed + 1, members=FINAL_DRAWS, executor=executor
    )
    untouched = kept_of(fresh, map(nothing(fresh), range(FINAL_DRAWS)))
    ground = Ground(package, plan, fresh, untouched, asked, seed, executor)
    unit, declared = package.remedies.cost_unit, package.remedies.declared

    def judged(remedy: Remedy, one: Tried) -> RemedyOutcome:
        return outcome(fresh, remedy, one, untouched, asked=asked, cost_unit=unit)

    outcomes = [judged(DO_NOTHING, Tried(untouched))]
    refused: list[RefusedRemedy] = []
    for i, remedy in enumerate(declared):
        told(f"simulating: {remedy.title}", 0.2 + 0.8 * i / len(declared))
        if why := refusal(ground, remedy):
            refused.append(RefusedRemedy(remedy.remedy_id, remedy.kind, remedy.title, why))
        else:
            outcomes.append(judged(remedy, tried(ground, remedy)))
    return _result(tuple(outcomes), tuple(refused), asked, _said_of_untold(fresh))


def _said_of_untold(basis: Basis) -> tuple[str, ...]:
    names = [
        c.container_id for c, untold in zip(basis.containers, basis.untold, strict=True) if untold
    ]
    if not names:
        return ()
    return (
        f"Held for what no draw tells, and therefore conforming only where taken out whole: "
        f"{', '.join(names)}; what it costs to reject what was not recorded is not counted.",
    )


def _result(
    outcomes: tuple[RemedyOutcome, ...],
    refused: tuple[RefusedRemedy, ...],
    asked: float,
    said: tuple[str, ...],
) -> RemedyResult:
    usable = [one for one in outcomes if one.registered and one.kept_kg > 0.0]
    on_filled = [one for one in usable if one.kind in ON_FILLED_CONTAINERS]
    running = [one for one in usable if one.kind not in ON_FILLED_CONTAINERS]
    nearest = max(on_filled, key=lambda one: (one.p_conform, -one.cost), default=None)
    return RemedyResult(
        outcomes=outcomes,
        best=_cheapest(on_filled),
        asked=asked,
        draws=FINAL_DRAWS,
        nearest="" if nearest is None else nearest.remedy_id,
        refused=refused,
        assumptions=(*_ASSUMED, *said),
        best_running=_cheapest(running),
    )


def _cheapest(outcomes: list[RemedyOutcome]) -> str:
    """Id of the cheapest that is enough, empty where none is."""
    enough = [one for one in outcomes if one.meets]
    best = min(enough, key=lambda one: one.cost, default=None)
    return "" if best is None else best.remedy_id


_ASSUMED = (
    "What is kept conforms where the mean of every attribute in every container lies inside its "
    "specification and no container holds more affected product than counts, all in one draw.",
    "Errors of an attribute are the same in all containers of a batch; those of different "
    "attributes are independent beyond what the draws of the twin tie together.",
    "Friability and content uniformity are not predicted and not judged here.",
    "Diverting, stopping, limits and set-points act on the line while it runs: of containers that "
    "are filled they tell what would have come of it, and what the next run may expect.",
    "Masses are what flowed into the containers by the draws, not their recorded net weights, for "
    "most remedies change what flows; the impact tells the net weights.",
    "Mixing of affected product into good to bring it inside limits is no remedy and is not tried.",
)
