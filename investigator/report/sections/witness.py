"""What the evidence lacks, and what alarms and operators say of the causes, in the report.

Alarms and actions raise or lower a prior within a bound, since they follow from signals that are
weighed themselves.
"""

from reportlab.platypus import Flowable

from investigator.domain.alarm_evidence import action_in_words, alarm_in_words
from investigator.domain.dossier import Dossier
from investigator.domain.quantities import fixed
from investigator.domain.ranking import HypothesisAssessment, Ranking
from investigator.report.pages import Heading
from investigator.report.paper import bullets, grid, para
from investigator.report.words import worth_a_block

_WEIGHED = (
    "All that speaks of a cause together raises or lowers its prior by a factor of 2.7 at most: "
    "alarms and actions follow from signals that are weighed themselves."
)
_BESIDE = (
    "Neither alarms nor actions are in the probabilities of this ranking: they follow from signals "
    "that are weighed themselves."
)

_TOGETHER = "Together, bounded, on the log of the prior"
_SILENT = "No operator did or wrote what would answer it; on the log of the prior"


def missing(dossier: Dossier) -> list[Flowable]:
    """What the evidence lacks and what that costs; nothing where it lacks nothing."""
    lacking = dossier.ranking.missing
    if not lacking:
        return []
    words = "Of these sources nothing could be compared; the ranking is weaker for it:"
    return [para(words), *bullets(list(lacking))]


def alarms_and_actions(dossier: Dossier) -> list[Flowable]:
    """Under each likely cause, and around the time of the leading one."""
    causes = [h for h in worth_a_block(dossier.ranking) if h.alarms or h.actions or h.told_gain]
    around = dossier.ranking.actions
    if not causes and not around:
        return []
    story: list[Flowable] = [
        Heading("Alarms and operators", 1),
        para(
            "An alarm that the twin expects under a cause and that did not come speaks against it. "
            + (_WEIGHED if _enter(dossier.ranking) else _BESIDE),
            "note",
        ),
    ]
    for cause in causes:
        story += [para(cause.title, "strong"), _table(cause, dossier.zone)]
    if around:
        lead = dossier.ranking.hypotheses[0].onset_ms
        told = [action_in_words(action, lead, dossier.zone) for action in around]
        story += [para("Around the time of the leading cause, as context:"), *bullets(told)]
    return story


def _enter(ranking: Ranking) -> bool:
    """Whether alarms and actions enter the probabilities: in older results they did not."""
    return any(h.told_gain is not None for h in ranking.hypotheses)


def _table(cause: HypothesisAssessment, zone: str) -> Flowable:
    rows = [[alarm_in_words(a, zone), fixed(a.gain, 1)] for a in cause.alarms]
    rows += [[action_in_words(a, cause.onset_ms, zone), fixed(a.gain, 1)] for a in cause.actions]
    if cause.told_gain is not None:
        rows.append([_TOGETHER if rows else _SILENT, fixed(cause.told_gain, 1)])
    return grid(["What came or did not", "ln L"], rows, [150, 20], right=frozenset({1}))


def runs_of_the_twin(dossier: Dossier) -> list[Flowable]:
    """The runs that each hypothesis rests on, by digest; nothing in results without them."""
    ranked = [h for h in dossier.ranking.hypotheses if h.runs]
    if not ranked:
        return []
    rows = [["(undisturbed line; all rest on it)", ranked[0].runs[0]], *_runs(ranked)]
    words = (
        "Each digest names a run by the twin, its parameters, what was perturbed and what came. "
        "A hypothesis that is weighed behind another rests on the run of that one, too."
    )
    return [
        Heading("Runs of the twin", 1),
        para(words),
        grid(["Hypothesis", "SHA-256 of the run"], rows, [60, 110]),
    ]


def _runs(ranked: list[HypothesisAssessment]) -> list[list[str]]:
    """Every run once: of a hypothesis alone, and of one behind another."""
    alone = {h.runs[1]: h.cause for h in ranked if len(h.runs) == 2}
    rows: dict[str, str] = {}
    for h in ranked:
        behind = [alone.get(digest, "") for digest in h.runs[1:-1]]
        for digest in h.runs[1:]:
            rows.setdefault(digest, h.cause)
        if behind and all(behind):
            rows[h.runs[-1]] = f"{h.cause}, behind {', '.join(behind)}"
    return [[cause, digest] for digest, cause in rows.items()]
