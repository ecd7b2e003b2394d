"""Rules of order of the is/is-not table and of the chain of whys: evidence first.

- What says something names evidence; a document that is named stands in the case, a container is
  one of the impact where there is one.
- A chain of whys belongs to a raised hypothesis, grows step by step, and ends with the category of
  its root cause.
- Reasoning that stands on other evidence than the case has now is stated anew or withdrawn before
  the report.
"""

from investigator.domain.acts.reasoning import (
    MOST_WHYS,
    EvidenceLink,
    IsIsNotStated,
    LinkKind,
    WhyStated,
)
from investigator.domain.investigation import Investigation
from investigator.domain.prerequisites import needs_document, needs_evidence, needs_hypothesis


def before_is_is_not(case: Investigation, act: IsIsNotStated) -> str | None:
    """Why the row cannot be stated now, in one sentence; None if it can."""
    if too_early := needs_evidence(case, act):
        return too_early
    if not act.subject.strip() or not act.affected.words.strip():
        return "A row of the table names its subject and says what is affected."
    for cell in act.cells():
        if bool(cell.words.strip()) != bool(cell.links):
            return "Every cell that says something names its evidence, and an empty one names none."
    return _unusable_link(case, act.links())


def before_why(case: Investigation, act: WhyStated) -> str | None:
    """Why the step of the chain cannot be stated now, in one sentence; None if it can."""
    if too_early := needs_evidence(case, act) or needs_hypothesis(case, act.cause):
        return too_early
    if not act.statement.strip() or not act.evidence:
        return "A why says something and names the evidence for it."
    return _out_of_chain(case, act) or _unusable_link(case, act.evidence)


def _out_of_chain(case: Investigation, act: WhyStated) -> str | None:
    if not 1 <= act.step <= MOST_WHYS:
        return f"A chain has steps from 1 to {MOST_WHYS}."
    chain = case.whys_of(act.cause)
    if act.step > len(chain) + 1:
        return f"The chain has {len(chain)} steps; state why {len(chain) + 1} first."
    if act.step > 1 and chain[act.step - 2].act.root is not None:
        return f"The chain ends with the root cause in step {act.step - 1}; state that step anew."
    stated = (r.act for r in case.all_standing(WhyStated))
    # Also steps that a withdrawal cut off: they count again once this one is stated.
    if act.root and any(a.cause == act.cause and a.step > act.step for a in stated):
        return "Steps follow this one; withdraw them before it ends the chain."
    return None


def _unusable_link(case: Investigation, links: tuple[EvidenceLink, ...]) -> str | None:
    for link in links:
        if not link.target.strip():
            return "A link to evidence names what it is to."
        if (link.start_ms is None) != (link.end_ms is None):
            return f"The stretch of {link.target} has a begin and an end, or neither."
        if link.start_ms is not None and link.end_ms is not None and link.end_ms <= link.start_ms:
            return f"The stretch of {link.target} ends before it begins."
        missing = needs_document(case, link.target) if link.kind is LinkKind.DOCUMENT else None
        if missing:
            return missing
        if (
            link.kind is LinkKind.CONTAINER
            and case.containers
            and link.target not in case.containers
        ):
            return f'The container "{link.target}" is not among those that the impact names.'
    return None


def stale_reasoning(case: Investigation) -> str | None:
    """What reasoning stands on other evidence than the case has, in one sentence; None: nothing."""
    for recorded in (*case.is_is_not, *case.whys):
        if case.is_stale(recorded):
            return f"The {recorded.act.about()} is stale: state it anew or withdraw it."
    return None
