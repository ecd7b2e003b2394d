"""The hypotheses, all of them, and what may be said of the root cause.

- Above one per cent each has a block: when, how much, how strong, for, against, what would confirm.
- Every other hypothesis that was examined stands in a table with its reason.
"""

from reportlab.platypus import Flowable, KeepTogether

from investigator.domain.dossier import Dossier
from investigator.domain.elimination import told_apart
from investigator.domain.estimate_words import (
    duration_in_words,
    end_in_words,
    onset_in_words,
    sizes_in_words,
)
from investigator.domain.predictive import borne_out
from investigator.domain.quantities import UNKNOWN, fixed, period, probability, side_by_side
from investigator.domain.ranking import (
    NO_CAUSE,
    NONE_OF_THESE,
    Contradiction,
    HypothesisAssessment,
)
from investigator.domain.ranking_words import group_in_words, shape_in_words, sides_in_words
from investigator.report.figures.bars import probability_bars
from investigator.report.pages import Heading
from investigator.report.paper import bullets, facts, grid, para
from investigator.report.sections import witness
from investigator.report.sections.rejected import rejected
from investigator.report.words import (
    leading,
    most_probable,
    the_rest,
    worth_a_block,
)


def hypotheses(dossier: Dossier) -> list[Flowable]:
    """Section 9."""
    ranking = dossier.ranking
    blocks = worth_a_block(ranking)
    bars = [(f"{h.title}", h.probability) for h in blocks]
    bars += [(NONE_OF_THESE, ranking.none_of_the_above), (NO_CAUSE, ranking.no_deviation)]
    opening: list[Flowable] = [
        Heading("9 Hypotheses"),
        para(
            "Each failure mode of the twin was simulated on this batch, fitted in onset and size, "
            "and weighed against the others. A probability is that the cause was at work; two can "
            "be at work at once, so the sum may exceed 100 %."
        ),
        probability_bars(tuple(bars), plain=2),
        para("Figure 6: probabilities; outlined: not a failure mode of the list.", "caption"),
    ]
    said = borne_out(ranking)
    story: list[Flowable] = [KeepTogether(opening), *([para(said)] if said else [])]
    story += witness.missing(dossier)
    if not blocks:
        none = "No failure mode was examined." if not ranking.hypotheses else ""
        story.append(para(none or "No listed hypothesis holds more than 1 %."))
    for rank, hypothesis in enumerate(blocks, start=1):
        story += _block(hypothesis, rank, dossier.zone)
    story += witness.alarms_and_actions(dossier)
    return [*story, *_others(dossier), *rejected(dossier), *_groups(dossier), *_checks(dossier)]


def root_cause(dossier: Dossier) -> list[Flowable]:
    """Section 10."""
    ranking = dossier.ranking
    lead = leading(ranking)
    story: list[Flowable] = [
        Heading("10 Root cause statement"),
        para(f"Not determined by this draft; {most_probable(ranking)}.", "strong"),
    ]
    if lead.hypothesis is not None:
        story.append(para(lead.hypothesis.why))
        if lead.hypothesis.confirm_by:
            story.append(para(f"Would confirm it on site: {lead.hypothesis.confirm_by}"))
    story.append(
        para(
            f"Remaining: {NONE_OF_THESE} {probability(ranking.none_of_the_above)}; {NO_CAUSE} "
            f"{probability(ranking.no_deviation)}. A person states a cause as confirmed only on "
            "evidence from the site, with every alternative of section 9 checked and rejected."
        )
    )
    return story


def _block(hypothesis: HypothesisAssessment, rank: int, zone: str) -> list[Flowable]:
    shown = probability(hypothesis.probability)
    head: list[Flowable] = [
        Heading(f"9.{rank} {hypothesis.title} ({hypothesis.cause}): {shown}", 1),
        para(hypothesis.why),
        facts(
            [
                ("Branch", hypothesis.category.value),
                ("Onset (95 % interval)", onset_in_words(hypothesis, zone)),
                ("End (95 % interval)", end_in_words(hypothesis, zone)),
                ("Duration (95 % interval)", duration_in_words(hypothesis)),
                ("Size (95 % interval)", "; ".join(sizes_in_words(hypothesis)) or UNKNOWN),
                ("Time shape", shape_in_words(hypothesis) or UNKNOWN),
                ('Over "no assignable cause"', _log_evidence(hypothesis)),
                ("Beside the leading one", hypothesis.strength or UNKNOWN),
                ("Supported by", "; ".join(hypothesis.supports) or "no channel"),
                ("Would confirm it", hypothesis.confirm_by or UNKNOWN),
            ]
        ),
    ]
    said = told_apart(hypothesis, zone) if hypothesis.elimination else ""
    words = [para(said)] if said else []
    return [KeepTogether(head), *words, *_contradictions(hypothesis.contradictions, zone)]


def _log_evidence(hypothesis: HypothesisAssessment) -> str:
    return f"log evidence {fixed(hypothesis.log_bayes_factor, 1)}, before it is tempered"


def _contradictions(found: tuple[Contradiction, ...], zone: str) -> list[Flowable]:
    if not found:
        return [para("No channel speaks against it.", "note")]
    rows = [
        [
            *(c.channel, period(c.span, zone), c.unit),
            *(*side_by_side(c.predicted, c.measured), fixed(c.sigma, 1)),
        ]
        for c in found
    ]
    heads = [
        "Speaks against it (worst first)",
        "When",
        "Unit",
        "Predicted",
        "Measured",
        "Apart (σ)",
    ]
    return [grid(heads, rows, [44, 62, 14, 17, 17, 16], right=frozenset({3, 4, 5}))]


def _others(dossier: Dossier) -> list[Flowable]:
    rest = the_rest(dossier.ranking)
    if not rest:
        return []
    rows = [
        [f"{h.title} ({h.cause})", probability(h.probability), told_apart(h, dossier.zone) or h.why]
        for h in rest
    ]
    heads = ["Hypothesis", "Probability", "Reason"]
    return [
        Heading("Other hypotheses examined (1 % and below)", 1),
        grid(heads, rows, [40, 18, 112], right=frozenset({1})),
    ]


def _groups(dossier: Dossier) -> list[Flowable]:
    title = Heading("What cannot be told apart", 1)
    groups = dossier.ranking.indistinguishable
    if not groups:
        return [title, para("No group of hypotheses is indistinguishable on this evidence.")]
    return [title, *bullets([group_in_words(dossier.ranking, group) for group in groups])]


def _checks(dossier: Dossier) -> list[Flowable]:
    title = Heading("Next checks, most telling first", 1)
    checks = dossier.ranking.next_checks
    if not checks:
        return [title, para("No further check is proposed.")]
    rows = [
        [c.check, c.effort, sides_in_words(c, {}), fixed(c.expected_information_bits, 2)]
        for c in checks
    ]
    heads = ["Check", "Effort", "Would tell apart or confirm", "Expected information (bit)"]
    return [title, grid(heads, rows, [64, 36, 44, 26], right=frozenset({3}))]
