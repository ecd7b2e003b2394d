"""The outcome of an investigation on one screen of text.

Cause ranking with the two classes outside the list, affected containers with the reason and the
proposal, and where the report lies. Numbers are those of the dossier; nothing is computed here.
"""

from pathlib import Path

from investigator.casework.output import REPORT, RESULT
from investigator.casework.ranking_document import with_unit
from investigator.cli.case.replayed import domain_lines
from investigator.cli.table import table
from investigator.domain.alarm_evidence import witness_in_words
from investigator.domain.dossier import Dossier
from investigator.domain.impact import ContainerImpact, reason_in_words
from investigator.domain.instant import Span, to_datetime
from investigator.domain.predictive import borne_out
from investigator.domain.ranking import Ranking
from investigator.domain.ranking_words import check_in_words, sigma_in_words, use_in_words, widest

SHOWN_HYPOTHESES = 5
SHOWN_CHECKS = 3


def summary(dossier: Dossier, *, out: Path) -> str:
    """The text that the console prints after an investigation written to `out`."""
    blocks = (
        [*_head(dossier), *_domain(dossier)],
        _ranking(dossier),
        _impact(dossier),
        _files(out),
    )
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _head(dossier: Dossier) -> list[str]:
    deviation, batch, twin = dossier.deviation, dossier.batch, dossier.twin
    number, title = (
        ("-", "no deviation notice")
        if deviation is None
        else (
            deviation.number,
            deviation.title,
        )
    )
    return [
        f"Deviation  {number}  {title}",
        f"Batch      {batch.batch_id} on line {batch.line_id}, "
        f"{_when(batch.span.start_ms, dossier.zone)} to {_clock(batch.span.end_ms, dossier.zone)}",
        f"Twin       {twin.twin_id} {twin.version} ({twin.status})",
        f"Marking    {dossier.marking}",
    ]


def _domain(dossier: Dossier) -> list[str]:
    found = dossier.replayed
    return [] if found is None else domain_lines(found, dossier.zone)


def _ranking(dossier: Dossier) -> list[str]:
    ranking = dossier.ranking
    rows: list[tuple[str, ...]] = [("Cause", "Probability", "Onset", "Size")]
    for hypothesis in ranking.hypotheses[:SHOWN_HYPOTHESES]:
        size = hypothesis.magnitude
        rows.append(
            (
                hypothesis.title,
                _percent(hypothesis.probability),
                "-" if hypothesis.onset_ms is None else _clock(hypothesis.onset_ms, dossier.zone),
                "-" if size is None else with_unit(f"{size.mean:.3g}", hypothesis.magnitude_unit),
            )
        )
    rest = ranking.hypotheses[SHOWN_HYPOTHESES:]
    if rest:
        most = _percent(rest[0].probability).strip()
        rows.append(
            (f"{len(rest)} further causes, each", most if most.startswith("<") else f"<= {most}")
        )
    rows.append(("none of these", _percent(ranking.none_of_the_above)))
    rows.append(("no assignable cause", _percent(ranking.no_deviation)))
    lines = [*table(rows), *(f"  {said}" for said in [borne_out(ranking)] if said)]
    for group in ranking.indistinguishable:
        apart = widest(ranking, group)
        far = f" ({sigma_in_words(apart)})" if apart else ""
        lines.append(f"  cannot be told apart: {', '.join(group)}{far}")
    lines += [f"  missing: {sentence}" for sentence in ranking.missing]
    lines += [f"  {said}" for said in _alarms(ranking, dossier.zone)]
    checks = ranking.next_checks[:SHOWN_CHECKS]
    return [*lines, *(f"  {use_in_words(check)}: {check_in_words(check)}" for check in checks)]


def _alarms(ranking: Ranking, zone: str) -> list[str]:
    """Alarms that the first cause expects and that did not come, and actions that speak of it."""
    if not ranking.hypotheses:
        return []
    first = ranking.hypotheses[0]
    absent = tuple(alarm for alarm in first.alarms if alarm.came_ms is None)
    return list(witness_in_words(absent, first.actions, first.onset_ms, zone))


def _impact(dossier: Dossier) -> list[str]:
    impact, zone = dossier.impact, dossier.zone
    if not impact.containers:
        return [
            "No container is on record, so none could be traced: the whole batch is to be held."
        ]
    affected = [c for c in impact.containers if c.affected]
    if not affected:
        return [f"No container of {len(impact.containers)} is affected."]
    spans = ", ".join(_range(span, zone) for span in impact.affected_intervals)
    rows: list[tuple[str, ...]] = [
        ("Affected container", "Filled", "Affected (95 %)", "Proposal", "Why")
    ]
    rows += [_container(container, zone) for container in affected]
    count = f"{len(affected)} of {len(impact.containers)} containers are affected"
    return [f"{count} (press outlet {spans})." if spans else f"{count}.", *table(rows)]


def _container(container: ContainerImpact, zone: str) -> tuple[str, ...]:
    return (
        container.container_id,
        _range(container.filled, zone),
        f"{container.affected_kg:.2f} (up to {container.affected_kg_hi95:.2f}) kg",
        container.proposal.value.replace("_", " "),
        "; ".join(map(reason_in_words, container.reasons)),
    )


def _files(out: Path) -> list[str]:
    return [f"Report  {out / REPORT}", f"Result  {out / RESULT}"]


def _percent(probability: float) -> str:
    """In per cent; never a bare 0 or 100, which nothing in a ranking is."""
    if probability < 0.001:
        return "< 0.1 %"
    if probability > 0.999:
        return "> 99.9 %"
    return f"{100 * probability:5.1f} %"


def _when(t_ms: int, zone: str) -> str:
    return f"{to_datetime(t_ms, zone):%Y-%m-%d %H:%M}"


def _clock(t_ms: int, zone: str) -> str:
    return f"{to_datetime(t_ms, zone):%H:%M}"


def _range(span: Span, zone: str) -> str:
    return f"{_clock(span.start_ms, zone)}-{_clock(span.end_ms, zone)}"
