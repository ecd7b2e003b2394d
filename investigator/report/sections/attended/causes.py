"""The hypotheses as people judged them, and the cause that they concluded on.

- A verdict stands beside the probability; neither follows from the other.
- A cause is called what the conclusion calls it: confirmed, most probable or not determined.
"""

from reportlab.platypus import Flowable

from investigator.domain.acts.analysis import Origin
from investigator.domain.acts.closing import RootCause
from investigator.domain.case_record import CaseRecord
from investigator.domain.cause_state import state_of
from investigator.domain.dossier import Dossier
from investigator.domain.investigation import Investigation
from investigator.domain.quantities import UNKNOWN, probability
from investigator.domain.ranking import NO_CAUSE, NONE_OF_THESE
from investigator.report.pages import Heading
from investigator.report.paper import para
from investigator.report.sections import hypotheses as shared
from investigator.report.sections.attended import decided, on_site, reasoning
from investigator.report.sections.attended.people import (
    ENTRY_BY,
    as_it_stands,
    by,
    record_of,
    recorded_by,
    title_of,
)
from investigator.report.sections.attended.scenarios import scenarios
from investigator.report.whole import prose, whole_grid
from investigator.report.words import most_probable

_NOT_CONCLUDED = "No conclusion is recorded."


def hypotheses(dossier: Dossier) -> list[Flowable]:
    """Section 9."""
    opening, *ranked = shared.hypotheses(dossier)
    return [
        opening,
        *_verdicts(dossier),
        *decided.document_links(dossier),
        *_own(dossier),
        *on_site.on_site(dossier),
        *on_site.history_of_rankings(dossier),
        *reasoning.is_is_not(dossier),
        *reasoning.whys(dossier),
        *scenarios(dossier),
        *ranked,
    ]


def root_cause(dossier: Dossier) -> list[Flowable]:
    """Section 10."""
    record, ranking, zone = record_of(dossier), dossier.ranking, dossier.zone
    concluded = record.case.conclusion
    story: list[Flowable] = [Heading("10 Root cause")]
    if concluded is None:
        return [*story, para(_NOT_CONCLUDED)]
    return [
        *story,
        *prose(cause_in_words(record), "strong"),
        *prose(concluded.act.statement),
        *on_site.confirmed_by(concluded.act),
        Heading("Why the other causes were rejected", 1),
        *prose(concluded.why),
        recorded_by(concluded, zone),
        Heading("What the twin holds", 1),
        para(
            f"By the ranking, {most_probable(ranking)}. Remaining: {NONE_OF_THESE} "
            f"{probability(ranking.none_of_the_above)}; {NO_CAUSE} "
            f"{probability(ranking.no_deviation)}."
        ),
    ]


def cause_in_words(record: CaseRecord) -> str:
    """The cause as concluded, with how sure it is: e.g. `Most probable cause: Bridging (id).`"""
    case = record.case
    if case.conclusion is None:
        return _NOT_CONCLUDED
    act = case.conclusion.act
    words = act.root_cause.value[:1].upper() + act.root_cause.value[1:]
    if act.root_cause is not RootCause.NOT_DETERMINED:
        words += ": " + "; ".join(title_of(case, cause) for cause in act.causes)
    return as_it_stands(case, case.conclusion, f"{words}.")


def _verdicts(dossier: Dossier) -> list[Flowable]:
    case = record_of(dossier).case
    title = Heading("Verdicts", 1)
    if not case.hypotheses:
        return [title, para("No hypothesis was raised.")]
    chances = {h.cause: h.probability for h in dossier.ranking.hypotheses}
    rows = []
    for raised in case.hypotheses:
        cause, verdict = raised.act.cause, case.verdicts.get(raised.act.cause)
        shown = as_it_stands(case, verdict, verdict.act.verdict.value) if verdict else "none given"
        rows.append(
            [
                *(title_of(case, cause), raised.act.category.value),
                *(probability(chances.get(cause)), shown, state_of(case, cause).value),
                *((verdict.why, by(verdict)) if verdict else (UNKNOWN, UNKNOWN)),
            ]
        )
    heads = ["Hypothesis", "Branch", "Probability", "Verdict", "State", "Rationale", ENTRY_BY]
    note = (
        "A verdict is a person's, made with all evidence at hand; the probability is the twin's. "
        "A dash: the twin has no such failure mode."
    )
    table = whole_grid(heads, rows, [36, 22, 18, 18, 18, 34, 24])
    return [title, table, para(note, "note"), *_raised(case)]


def _raised(case: Investigation) -> list[Flowable]:
    """Who raised the hypotheses: the entries of each person."""
    entries: dict[str, list[str]] = {}
    for raised in case.hypotheses:
        entries.setdefault(raised.who.full_name, []).append(f"{raised.sequence}")
    said = [f"{', '.join(numbers)} · {name}" for name, numbers in entries.items()]
    return prose(f"Raised in the entries {'; '.join(said)}.", "note")


def _own(dossier: Dossier) -> list[Flowable]:
    """Hypotheses that the twin does not know, described by those who raised them."""
    story: list[Flowable] = []
    for raised in record_of(dossier).case.hypotheses:
        if raised.act.origin is Origin.OWN:
            story += [
                Heading(f"Raised by a person: {raised.act.title} ({raised.act.cause})", 1),
                *prose(raised.act.description),
                recorded_by(raised, dossier.zone),
            ]
    return story
