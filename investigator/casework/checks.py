"""Checks of a case: those that its twin knows, the results entered, and the acts that enter them.

- What a result of the twin's check speaks of, its kind and its unit are those of the twin; a
  measurement without an uncertainty of its own has that of the check.
- An inspection speaks of the causes with which it fails more likely than not: its failing confirms
  those. What it says of the others is told by the ranking, which knows how likely each fails it.
- Results that are stale are not taken into a ranking.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from investigator.domain.acts.checks import CheckOutcome, CheckResultEntered
from investigator.domain.entered_check import EnteredCheck
from investigator.domain.errors import UnusableRequest
from investigator.domain.investigation import Investigation

if TYPE_CHECKING:
    from investigator.twin.checks import Check
    from investigator.twin.failure_mode import FailureMode

_LABORATORY = "reading.lab"
_AS_LIKELY_AS_NOT = 0.5


@dataclass(frozen=True, slots=True)
class KnownCheck:
    """A check of the twin as it is offered.

    `unit`: of a measurement; empty for an inspection. `uncertainty`: standard uncertainty of a
    measurement, in that unit, as decimal text. `place`: what a measurement is made on, "container"
    or "lot"; empty for an inspection. `causes`: failure modes that an inspection speaks of; what a
    value says of each hypothesis is told by the ranking.
    """

    check_id: str
    title: str
    reads: str
    effort: str
    unit: str
    uncertainty: str
    place: str
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a person found: an outcome, or a value with its standard uncertainty (decimal text)."""

    done_ms: int
    outcome: CheckOutcome = CheckOutcome.MEASURED
    value: str = ""
    uncertainty: str = ""
    place: str = ""
    document_id: str = ""


def known_checks(case: Investigation) -> tuple[KnownCheck, ...]:
    """The checks of the chosen twin.

    Raises:
        UnusableRequest: no twin was chosen, or it is not installed.
        UnusableInput: its package cannot be read.
    """
    from investigator.casework.twins import choose_twin

    if case.twin is None:
        raise UnusableRequest("Choose a twin first; the checks are those of its line.")
    return tuple(_known(check) for check in choose_twin(case.twin.act.twin_id).checks)


def _known(check: "Check") -> KnownCheck:
    return KnownCheck(
        check.check_id,
        check.title,
        check.reads,
        check.effort,
        check.unit,
        f"{check.uncertainty:g}" if check.unit else "",
        "lot" if check.of_lot else "container" if check.of_container else "",
        tuple(cause for cause, fails in check.fails_with.items() if fails > _AS_LIKELY_AS_NOT),
    )


def result_of(case: Investigation, known: KnownCheck, found: Found) -> CheckResultEntered:
    """The act that enters what was found; it speaks of the causes of the check that were raised.

    Raises:
        UnusableRequest: the check gives another kind of result, the place is missing, or it speaks
            of no raised hypothesis.
    """
    measured = found.outcome is CheckOutcome.MEASURED
    if measured != bool(known.unit):
        wanted = f"a value in {known.unit}" if known.unit else "passed or failed"
        raise UnusableRequest(f'The check "{known.title}" gives {wanted}; enter that.')
    if bool(known.place) != bool(found.place.strip()):
        raise UnusableRequest(
            f'The check "{known.title}" is made on a {known.place}; name it.'
            if known.place
            else f'The check "{known.title}" is made on no container or lot; name none.'
        )
    spoken_of = tuple(r.act.cause for r in case.hypotheses if r.act.cause in known.causes)
    if not (measured or spoken_of):
        raise UnusableRequest(
            f'The check "{known.title}" speaks of none of the hypotheses that were raised; raise '
            f"{' or '.join(known.causes) or 'what it is to confirm'} first, or enter it as a check "
            "of your own."
        )
    return CheckResultEntered(
        document_id=found.document_id,
        check_id=known.check_id,
        title=known.title,
        outcome=found.outcome,
        causes=spoken_of,
        done_ms=found.done_ms,
        value=found.value,
        uncertainty=found.uncertainty or known.uncertainty,
        unit=known.unit,
        subject=found.place.strip(),
    )


def entered_checks(case: Investigation) -> tuple[EnteredCheck, ...]:
    """The results that a ranking takes in, in the order of their checks."""
    current = (r.act for r in case.check_results if not case.is_stale(r))
    return tuple(_entered(act) for act in sorted(current, key=lambda act: act.about()))


def _entered(act: CheckResultEntered) -> EnteredCheck:
    if act.outcome is not CheckOutcome.MEASURED:
        return EnteredCheck(act.check_id, act.title, failed=act.outcome is CheckOutcome.FAILED)
    value, sd = float(act.value), float(act.uncertainty)
    return EnteredCheck(act.check_id, act.title, None, value, sd, act.unit, act.subject)


def of_laboratory(mode: "FailureMode") -> bool:
    """Whether a failure mode lies in the work of the laboratory: it changes its readings alone."""
    effects = [e for magnitude in mode.magnitudes for e in magnitude.effects]
    return bool(effects) and all(e.quantity.startswith(_LABORATORY) for e in effects)
