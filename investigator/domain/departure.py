"""Whether a decision on a container departs from the rules of its line, so that it needs a reason.

- It departs where it is not what was proposed.
- It departs where the container is released while a reported result of it is out of specification
  and open, whatever was proposed: until a document with the conclusion of the laboratory (phase I
  or II of the out-of-specification procedure) is linked in the case.
"""

from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import DispositionDecided
from investigator.domain.acts.evidence import DocumentAdmitted, DocumentKind
from investigator.domain.impact import PROPOSALS, Proposal
from investigator.domain.investigation import Investigation


def departure(case: Investigation, act: DispositionDecided) -> str:
    """Why the decision departs from the rules, in one sentence; empty where it does not."""
    if released_out_of_specification(case, act):
        return (
            "It releases a container with a reported result out of specification, and no "
            "conclusion of the laboratory is linked: a departure from the rules."
        )
    if act.decision is not act.proposed:
        return f"It departs from what was proposed: {PROPOSALS[act.proposed]}{_by(act)}."
    return ""


def demands_reason(case: Investigation, act: Act) -> bool:
    """Whether the act is not recorded without a reason, as the case stands."""
    if isinstance(act, DispositionDecided):
        return bool(departure(case, act))
    return act.needs_reason()


def refusal_without_reason(case: Investigation, act: Act) -> str:
    """What is said where a demanded reason is missing; of a departure, what demands it."""
    because = departure(case, act) if isinstance(act, DispositionDecided) else ""
    more = f": {because[0].lower()}{because[1:]}" if because else "."
    return f'"{act.WORD}" needs a reason; say why{more}'


def _by(act: DispositionDecided) -> str:
    return f" (rule {act.rule})" if act.rule else ""


def released_out_of_specification(case: Investigation, act: DispositionDecided) -> bool:
    """Whether it releases what was reported out of specification, without a conclusion linked."""
    if act.decision is not Proposal.RELEASE or case.impact is None:
        return False
    open_there = act.container_id in case.impact.act.out_of_specification
    return open_there and not _laboratory_concluded(case)


def _laboratory_concluded(case: Investigation) -> bool:
    """Whether a laboratory investigation is linked to a hypothesis."""
    linked = (case.standing(DocumentAdmitted, link.act.document()) for link in case.document_links)
    return any(
        found is not None and found.act.kind is DocumentKind.LABORATORY_INVESTIGATION
        for found in linked
    )
