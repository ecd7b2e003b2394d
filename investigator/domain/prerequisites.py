"""What acts ask of a case before they are in order, in the same words wherever it is asked."""

from typing import Any

from investigator.domain.acts.act import Act, Recorded
from investigator.domain.investigation import Investigation


def needs_evidence(case: Investigation, act: Act) -> str | None:
    """Why the act waits for evidence, in one sentence; None if there is some."""
    if case.evidence is None:
        return f'"{act.WORD}" comes after the evidence: admit a folder of evidence first.'
    return None


def needs_hypothesis(case: Investigation, cause: str) -> str | None:
    """That a hypothesis is missing, in one sentence; None if it was raised."""
    if case.hypothesis(cause) is None:
        return f'The hypothesis "{cause}" was not raised; raise it first.'
    return None


def needs_document(case: Investigation, document_id: str) -> str | None:
    """That a document is missing, in one sentence; None if it stands in the case."""
    if case.document(document_id) is None:
        return f"There is no document {document_id} in the case; admit it first."
    return None


def needs_current(
    case: Investigation, result: Recorded[Any] | None, name: str, remedy: str
) -> str | None:
    """That a result is missing or stale, in one sentence; None if it counts.

    `name`: of the result. `remedy`: what makes it, as one is told to.
    """
    if result is None:
        return f"There is no {name} yet; {remedy} first."
    if case.is_stale(result):
        return f"The {name} is stale: something it rests on has changed; {remedy} again."
    return None
