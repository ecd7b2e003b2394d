"""The data that the report rests on: clocks, tag map, findings, balances, origin, recurrence.

What needs a person stands first. A figure that cannot be computed says why.
"""

from collections.abc import Iterable

from reportlab.platypus import Flowable

from investigator.domain.clock_evidence import ClockEvidence
from investigator.domain.dossier import Dossier
from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.finding_order import FindingGroup, review_order
from investigator.domain.genealogy import Genealogy, NodeKind, Reached
from investigator.domain.instant import Span
from investigator.domain.quantities import UNKNOWN, count, decimals_for, fixed, moment, period
from investigator.domain.reconciliation import BalanceLine, BalanceVerdict
from investigator.report.pages import Heading
from investigator.report.paper import grid, para
from investigator.report.whole import whole_grid

PAIRS_SHOWN = 10
"""So many pairs of events are printed of each clock, those set aside first; all of them stand in
the stored reading."""

ONE_ROW_FROM = 3
"""So many minor findings of one kind, of which every sample is used, stand in one row."""


def clocks(dossier: Dossier) -> list[Flowable]:
    """The offsets in force, and what the estimates rest on."""
    if not dossier.clock_offsets:
        return [para("No offset between clocks was determined; times are used as read.")]
    rows = []
    for offset in dossier.clock_offsets:
        places = decimals_for(offset.uncertainty_s)
        value, doubt = fixed(offset.offset_s, places), fixed(offset.uncertainty_s, places)
        drift = fixed(offset.drift_ppm, 1) if offset.drift_ppm else UNKNOWN
        rows.append([offset.source, value, doubt, drift, f"{offset.matched_events}"])
    heads = ["Source", "Added to its times (s)", "Standard uncertainty (s)", "Drift (ppm)"]
    table = grid(
        [*heads, "Matched events"], rows, [62, 32, 34, 20, 22], right=frozenset({1, 2, 3, 4})
    )
    others = frozenset(
        offset.source for offset in dossier.clock_offsets if not offset.matched_events
    )
    story: list[Flowable] = [table]
    for told in dossier.clock_evidence:
        story += _rested_on(told, dossier)
        if told.pairs and told.source in others:
            story.append(para(_ON_NO_PAIR, "note"))
    return story


_ON_NO_PAIR = "The offset in force does not rest on these pairs."


def _rested_on(told: ClockEvidence, dossier: Dossier) -> list[Flowable]:
    used = [pair for pair in told.pairs if pair.used]
    aside = len(told.pairs) - len(used)
    words = f"{told.source}: {told.method}"
    if not told.pairs:
        if not told.match:
            words = f"{told.source}: nothing that it has in common with another clock was found"
        return [para(f"{words}.", "note")]
    words += f"; {count(len(used), 'pair')} used, {aside} set aside as disagreeing with the rest"
    more = len(told.pairs) - PAIRS_SHOWN
    words += f"; {more} further pairs stand in the stored reading." if more > 0 else "."
    rows = [
        [
            pair.kind,
            moment(pair.source_ms, dossier.zone),
            moment(pair.historian_ms, dossier.zone),
            fixed(pair.difference_s, 1),
            "yes" if pair.used else "no",
        ]
        for pair in sorted(told.pairs, key=lambda pair: pair.used)[:PAIRS_SHOWN]
    ]
    heads = ["Event", "On the clock of the source", "On the historian's", "Difference (s)", "Used"]
    table = grid(heads, rows, [48, 43, 43, 22, 14], right=frozenset({3}))
    return [para(words, "note"), table]


def tag_map(dossier: Dossier) -> list[Flowable]:
    """Signals that are left out, or taken by another tag or conversion than packaged."""
    departures = dossier.tag_map
    if not departures:
        return [para("Every signal was taken from the tag that the package of the twin names.")]
    rows = [
        [
            m.signal,
            m.tag or "none: left out",
            (m.unit if m.tag else "") or UNKNOWN,
            f"× {m.factor:g} + {m.offset:g}" if m.tag else UNKNOWN,
        ]
        for m in departures
    ]
    heads = ["Signal of the twin", "Tag of the export", "Its unit", "Conversion"]
    return [
        para(
            f"{count(len(departures), 'signal')} taken otherwise than the package of the twin "
            "says; all others as packaged."
        ),
        whole_grid(heads, rows, [45, 65, 20, 40]),
    ]


def findings(dossier: Dossier) -> list[Flowable]:
    """Doubts about the data, those that need a person first."""
    if not dossier.findings:
        return [para("No finding.")]
    rows = [row for group in review_order(dossier.findings) for row in _rows(group, dossier.zone)]
    heads = ["Severity", "Subject", "Kind", "When", "Samples", "What was done", "Detail"]
    return [grid(heads, rows, [15, 41, 21, 29, 14, 25, 25])]


def _rows(group: FindingGroup, zone: str) -> list[list[str]]:
    """A row a finding; one for many that are minor, take nothing away and differ in place alone."""
    one, several = group.findings[0], len(group.findings)
    alike = all((f.treatment, f.action) == (Treatment.IGNORE, one.action) for f in group.findings)
    if several < ONE_ROW_FROM or one.severity is not Severity.MINOR or not alike:
        return [_row(f, f.subject, period(f.span, zone), f.detail) for f in group.findings]
    spans = [f.span for f in group.findings if f.span is not None]
    when = UNKNOWN
    if spans:
        when = period(Span(min(s.start_ms for s in spans), max(s.end_ms for s in spans)), zone)
    return [_row(one, "; ".join(group.subjects), when, f"{several} of the kind: {one.detail}, …")]


def _row(finding: Finding, subject: str, when: str, detail: str) -> list[str]:
    kind = finding.kind.replace("_", " ")
    return [finding.severity.value, subject, kind, when, treated(finding), finding.action, detail]


def treated(finding: Finding) -> str:
    """What the analyses do with the samples: `left out`, `sd × 3`, `used`."""
    match finding.treatment:
        case Treatment.DROP:
            return "left out"
        case Treatment.WIDEN:
            return f"sd × {finding.sd_factor:g}"
        case Treatment.IGNORE:
            return "used"


def reconciliation(dossier: Dossier) -> list[Flowable]:
    """What went in against what came out, the lines outside their limits first."""
    if dossier.reconciliation is None or not dossier.reconciliation.lines:
        return [para("The record holds no quantities that could be reconciled.")]
    order = list(_VERDICTS)
    lines = sorted(dossier.reconciliation.lines, key=lambda line: order.index(line.verdict))
    rows = [
        [
            line.title,
            _inputs(line),
            line.formula,
            UNKNOWN if line.value is None else f"{fixed(line.value, 2)} {line.unit}",
            f"{line.limit.low:g} to {line.limit.high:g} {line.unit}",
            line.reason or _VERDICTS[line.verdict],
        ]
        for line in lines
    ]
    heads = ["Balance", "From", "Formula", "Value", "Limit", "Verdict"]
    outside = frozenset(n for n, line in enumerate(lines) if line.verdict is BalanceVerdict.OUTSIDE)
    sources = sorted({line.limit.source for line in lines})
    return [
        grid(heads, rows, [36, 40, 33, 18, 20, 23], marked=outside),
        para(f"Limits: {'; '.join(sources)}.", "note"),
    ]


_VERDICTS = {
    BalanceVerdict.OUTSIDE: "outside its limit",
    BalanceVerdict.NOT_COMPUTED: "cannot be computed",
    BalanceVerdict.CONFORMING: "within its limit",
}


def _inputs(line: BalanceLine) -> str:
    return "; ".join(
        f"{i.name} {'not recorded' if i.value is None else f'{i.value:.6g} {i.unit}'}"
        for i in line.inputs
    )


def genealogy(dossier: Dossier) -> list[Flowable]:
    """From each container back to the lots, and from each lot on to the containers."""
    graph = Genealogy(dossier.genealogy, dict(dossier.genealogy_labels))
    containers = graph.of_kind(NodeKind.CONTAINER)
    if not containers:
        return [para("The record names no container whose origin could be traced.")]
    back = [[node.node_id, *_parted(graph.backward(node), NodeKind.LOT)] for node in containers]
    story: list[Flowable] = [
        para(
            "Certain: the record leaves no other possibility. Possible: the lot was at its unit "
            "while the container was filled, or shortly before; how far the material spread is "
            "what section 11 says."
        ),
        grid(["Container", "Lots, certain", "Lots, possible"], back, [40, 65, 65]),
    ]
    onward = [
        [node.node_id, graph.labels.get(node, UNKNOWN), *_reach(graph, node.node_id)]
        for node in graph.of_kind(NodeKind.LOT)
        if any(r.node.kind is NodeKind.CONTAINER for r in graph.forward(node))
    ]
    if onward:
        heads = ["Lot", "Material", "Containers, certain", "Containers, possible"]
        story.append(grid(heads, onward, [33, 37, 50, 50]))
    return story


def _reach(graph: Genealogy, lot_id: str) -> list[str]:
    (lot,) = (node for node in graph.of_kind(NodeKind.LOT) if node.node_id == lot_id)
    return _parted(graph.forward(lot), NodeKind.CONTAINER)


def _parted(reached: Iterable[Reached], kind: NodeKind) -> list[str]:
    """The certain and the possible ones of a kind."""
    found = [r for r in reached if r.node.kind is kind]
    certain = sorted(r.node.node_id for r in found if r.certain)
    possible = sorted(r.node.node_id for r in found if not r.certain)
    return [", ".join(names) or UNKNOWN for names in (certain, possible)]


def recurrence(dossier: Dossier) -> list[Flowable]:
    """Earlier deviations with the same cause, equipment or lot."""
    title = Heading("Earlier deviations", 1)
    if not dossier.recurrence:
        return [title, para("Nothing was named that could be looked for.")]
    found = [one for one in dossier.recurrence if one.earlier]
    without = [one.subject for one in dossier.recurrence if not one.earlier]
    story: list[Flowable] = [title]
    for one in found:
        story += [
            para(
                f"Same {one.subject.likeness} ({one.subject.subject_id}): {one.within_12} in the "
                f"last 12 months, {one.within_24} in the last 24 months.",
                "strong",
            ),
            whole_grid(
                ["Deviation", "Dated", "Batch", "Conclusion", "Known from"],
                [
                    [
                        *(e.number, e.dated.isoformat(), e.batch_id or UNKNOWN),
                        *(e.conclusion or UNKNOWN, e.known_from),
                    ]
                    for e in one.earlier
                ],
                [34, 20, 30, 54, 32],
            ),
        ]
    if without:
        named = "; ".join(f"{subject.likeness} {subject.subject_id}" for subject in without)
        story.append(para(f"No earlier deviation is known with the same {named}."))
    return [*story, para(_SEARCHED, "note")]


_SEARCHED = (
    "Searched were the other cases of this workspace and the earlier deviations that the documents "
    "of this case tell of; deviations older than 24 months are listed and counted in neither."
)
