"""The acts that the forms of what is looked at on site ask for."""

from collections.abc import Mapping
from typing import Any

from investigator.casework.checks import Found, KnownCheck, result_of
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.numbered import ever_recorded, next_number
from investigator.desktop.view_models.own_finding import time_meant
from investigator.desktop.view_models.results import zone_of
from investigator.domain.acts.checks import (
    HUMAN_ERROR_QUESTIONS,
    PHASE_ONE_POINTS,
    CheckBearing,
    CheckOutcome,
    CheckResultEntered,
    HumanErrorExamined,
    LaboratoryPhaseOneStated,
    OwnCheckEntered,
)
from investigator.domain.investigation import Investigation

OUTCOMES = tuple((o.value, o.value) for o in (CheckOutcome.PASSED, CheckOutcome.FAILED))
BEARINGS = tuple((b.value, b.value) for b in CheckBearing)


def places_of(scene: Scene, check: KnownCheck) -> tuple[str, ...]:
    """Containers or lots of the batch that a measurement can be made on."""
    batch = scene.seen.evidence.batch if scene.seen and scene.seen.evidence else None
    if batch is None or not check.place:
        return ()
    if check.place == "lot":
        return tuple(dict.fromkeys(lot.lot_id for lot in batch.lots))
    return tuple(container.container_id for container in batch.containers)


def check_entered(scene: Scene, known: KnownCheck, values: Mapping[str, Any]) -> CheckResultEntered:
    """The act that a filled form asks for.

    Raises:
        UnusableRequest: the time is none, or the result is none of this check.
    """
    case = _case(scene)
    outcome = CheckOutcome(values["outcome"]) if not known.unit else CheckOutcome.MEASURED
    found = Found(
        time_meant(values["done"], zone_of(scene)),
        outcome,
        values["value"] if known.unit else "",
        values["uncertainty"] if known.unit else "",
        values["place"] if known.place else "",
        values["document"],
    )
    return result_of(case, known, found)


def own_check_entered(scene: Scene, values: Mapping[str, Any]) -> OwnCheckEntered:
    """The act that a filled form asks for; its id follows those given before.

    Raises:
        UnusableRequest: the time is none.
    """
    return OwnCheckEntered(
        values["document"],
        _next_id(_case(scene)),
        values["title"],
        values["found"],
        CheckBearing(values["bearing"]),
        tuple(values["causes"]),
        time_meant(values["done"], zone_of(scene)),
    )


def _next_id(case: Investigation) -> str:
    """One that the console gave counts, too: what has the same id takes the place of the other."""
    acts = ever_recorded(case)
    return next_number("O-", (act.check_id for act in acts if isinstance(act, OwnCheckEntered)))


def phase_one_stated(cause: str, values: Mapping[str, Any]) -> LaboratoryPhaseOneStated:
    """The act that a filled form asks for."""
    answers = {name: values[name] for name in PHASE_ONE_POINTS}
    found = values["error_found"] == "yes"
    return LaboratoryPhaseOneStated(
        document_id=values["document"], cause=cause, error_found=found, **answers
    )


def human_error_examined(cause: str, values: Mapping[str, Any]) -> HumanErrorExamined:
    """The act that a filled form asks for."""
    answers = {name: values[name] for name in HUMAN_ERROR_QUESTIONS}
    return HumanErrorExamined(document_id=values["document"], cause=cause, **answers)


def _case(scene: Scene) -> Investigation:
    if scene.case is None:
        raise LookupError("no case is shown")
    return scene.case
