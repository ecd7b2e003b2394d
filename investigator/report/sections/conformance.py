"""How sure it is that containers conform, and what is to be sampled where it is not.

- Guarded limits after JCGM 106, content uniformity after USP <905>.
- What is accepted is counted; what is not stands in a row of its own.
"""

from reportlab.platypus import Flowable

from investigator.domain.conformance import AcceptanceValue, Conformance, Zone
from investigator.domain.dossier import Dossier
from investigator.domain.impact import ContainerImpact, attribute_in_words
from investigator.domain.quantities import count, fixed, probability, significant
from investigator.report.pages import Heading
from investigator.report.paper import grid, para

_MOST_GUARDED = 24


def conformance(dossier: Dossier) -> list[Flowable]:
    """Guarded limits where they do not accept, content uniformity, and what is to be sampled."""
    found = dossier.impact.containers
    return [*_guarded(found), *_uniformity(found), *_sampling(found)]


def _guarded(found: tuple[ContainerImpact, ...]) -> list[Flowable]:
    judged = [(c, g) for c in found for g in c.conformance]
    if not judged:
        return []
    heading = Heading("Conformance with guarded limits", 1)
    told = (
        f"{count(len(judged), 'value')} of {count(len(found), 'container')} held against limits "
        "that are drawn in by the guard band of the twin's decision rules (JCGM 106)"
    )
    open_ = [(c, g) for c, g in judged if g.zone is not Zone.ACCEPT]
    if not open_:
        return [heading, para(f"{told}: all accepted.")]
    words = (
        f"{told}: {len(judged) - len(open_)} accepted, the others are these. Limits that the rules "
        "never reject by, such as those of reporting, leave what is outside them inconclusive: it "
        "is tested."
    )
    heads = ["Container", "Attribute", "Limits", "Guard", "Conforms", "Verdict"]
    heads += ["Consumer's risk", "Producer's risk"]
    rows = [_guarded_row(c, g) for c, g in open_[:_MOST_GUARDED]]
    story: list[Flowable] = [
        heading,
        para(words),
        grid(heads, rows, [30, 24, 30, 14, 16, 20, 18, 18], right=frozenset({3, 4, 6, 7})),
    ]
    rest = len(open_) - len(rows)
    return [*story, para(f"{count(rest, 'further one')} not printed.", "note")] if rest else story


def _guarded_row(c: ContainerImpact, g: Conformance) -> list[str]:
    unit = "" if g.unit in {"", "-", "1"} else f" {g.unit}"
    return [
        c.container_id,
        attribute_in_words(g.attribute),
        f"{_limits(g.low, g.high)}{unit}",
        significant(g.guard, 2),
        probability(g.p_conform),
        str(g.zone),
        probability(g.consumer_risk),
        probability(g.producer_risk),
    ]


def _limits(low: float | None, high: float | None) -> str:
    if low is None:
        return f"at most {significant(high, 4)}"
    if high is None:
        return f"at least {significant(low, 4)}"
    return f"{significant(low, 4)} to {significant(high, 4)}"


def _uniformity(found: tuple[ContainerImpact, ...]) -> list[Flowable]:
    rows = [
        [c.container_id, *_acceptance_value(c.content_uniformity)]
        for c in found
        if c.content_uniformity is not None
    ]
    if not rows:
        return []
    words = (
        "The acceptance value of USP <905> that ten units of the container would show, and the "
        "chance that the test passes in one of its two stages."
    )
    heads = ["Container", "Predicted (95 %)", "Limit L1", "Chance to pass", "Laboratory"]
    table = grid(heads, rows, [42, 44, 24, 32, 28], right=frozenset({1, 2, 3, 4}))
    return [Heading("Content uniformity", 1), para(words), table]


def _acceptance_value(value: AcceptanceValue) -> list[str]:
    return [
        f"{fixed(value.mean, 1)} ({fixed(value.lo95, 1)} to {fixed(value.hi95, 1)})",
        fixed(value.limit, 1),
        probability(value.p_pass),
        fixed(value.reported, 1),
    ]


def _sampling(found: tuple[ContainerImpact, ...]) -> list[Flowable]:
    rows = [
        [
            c.container_id,
            str(c.sampling.units),
            str(c.sampling.strata),
            ", ".join(map(attribute_in_words, c.sampling.attributes)),
            c.sampling.why,
        ]
        for c in found
        if c.sampling is not None
    ]
    if not rows:
        return []
    heads = ["Container", "Units", "Places", "Attributes", "Why so many"]
    table = grid(heads, rows, [32, 12, 13, 34, 79], right=frozenset({1, 2}))
    return [Heading("Sampling for additional testing", 1), table]
