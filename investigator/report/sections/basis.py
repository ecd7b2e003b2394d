"""What the report rests on: evidence and its losses, the twin, its replay of the batch."""

import math

from reportlab.platypus import Flowable, KeepTogether

from investigator.domain.dossier import Dossier
from investigator.domain.instant import Span
from investigator.domain.quantities import (
    UNKNOWN,
    count,
    decimals_for,
    fixed,
    significant,
)
from investigator.report.figures.axes import time_title
from investigator.report.figures.replay import Instants, legend, replay_panel
from investigator.report.pages import Heading
from investigator.report.paper import bullets, facts, grid, para
from investigator.report.sections import data
from investigator.report.sections.appendices import table_name
from investigator.report.sections.comparison import beside_normal_batches
from investigator.report.sections.replayed import from_recorded_inputs, who_left_first
from investigator.report.words import leading


def evidence(dossier: Dossier) -> list[Flowable]:
    """Section 6."""
    return [
        Heading("6 Evidence"),
        para(
            f"{count(len(dossier.files), 'file')} handed in, kept byte for byte; digests in full "
            "stand in appendix A. Reported rows were not used, or used with a reservation; "
            "appendix B lists them."
        ),
        *_items(dossier),
        Heading("Clocks", 1),
        *data.clocks(dossier),
        Heading("Tags", 1),
        *data.tag_map(dossier),
        Heading("Data quality", 1),
        *data.findings(dossier),
        Heading("Reconciliation", 1),
        *data.reconciliation(dossier),
        Heading("Genealogy", 1),
        *data.genealogy(dossier),
        Heading("Assumptions taken", 1),
        *(bullets(dossier.assumptions) or [para("No assumption was taken.")]),
    ]


def twin(dossier: Dossier) -> list[Flowable]:
    """Section 7."""
    stated = dossier.twin
    return [
        Heading("7 Twin"),
        facts(
            [
                ("Twin", f"{stated.title} ({stated.twin_id})"),
                ("Version", stated.version),
                ("Status", stated.status),
                ("Package digest", stated.digest),
                ("Intended use", stated.context_of_use or UNKNOWN),
            ]
        ),
        Heading("Warnings", 1),
        *(bullets(stated.warnings) or [para("None.")]),
    ]


def replay(dossier: Dossier) -> list[Flowable]:
    """Section 8."""
    story: list[Flowable] = [
        Heading("8 Replay: measured against twin"),
        para(
            "The twin was run with the set-points, lots and events of this batch. Where measured "
            "and predicted part by more than the 95 % band, the batch did not behave as a normal "
            "one."
        ),
        *_replay_table(dossier),
    ]
    window = drawn_window(dossier)
    story += who_left_first(dossier, window)
    return [
        *story,
        *_measured_and_predicted(dossier),
        *from_recorded_inputs(dossier, window),
        *beside_normal_batches(dossier, window),
    ]


def _measured_and_predicted(dossier: Dossier) -> list[Flowable]:
    panels = [p for p in dossier.panels if p.measured.t_ms.size or p.predicted.t_ms.size]
    if not panels:
        return [para("No channel could be drawn.")]
    marks = _marks(dossier)
    figures: list[Flowable] = [replay_panel(panel, marks) for panel in panels]
    first = KeepTogether(
        [Heading("Courses", 1), legend(onset=marks.onset_ms is not None), figures[0]]
    )
    axis = time_title(marks.window.start_ms, marks.window.end_ms, dossier.zone)
    words = (
        f"Figure 3: measured against predicted; time axis {axis}. The shaded column is the 95 % "
        "interval of the onset."
    )
    return [first, *figures[1:], para(words, "caption")]


def drawn_window(dossier: Dossier) -> Span:
    """The window of every time axis: all that is drawn, at least the batch."""
    curves = [c for p in dossier.panels for c in (p.measured, p.predicted)]
    spans = [dossier.batch.span, *(c.filled for c in dossier.impact.containers)]
    spans += [Span(int(c.t_ms[0]), int(c.t_ms[-1])) for c in curves if c.t_ms.size]
    return Span(min(s.start_ms for s in spans), max(s.end_ms for s in spans))


def _marks(dossier: Dossier) -> Instants:
    lead = leading(dossier.ranking).hypothesis
    return Instants(
        window=drawn_window(dossier),
        zone=dossier.zone,
        onset_ms=lead.onset_ms if lead else None,
        onset_interval=lead.onset_interval if lead else None,
    )


def _items(dossier: Dossier) -> list[Flowable]:
    if not dossier.items:
        return [para("No file is on record.")]
    rows = [
        [
            table_name(i),
            i.kind.replace("_", " "),
            i.layout,
            f"{i.rows_read}",
            f"{i.rows_reported}",
            i.sha256[:12] + "…",
        ]
        for i in dossier.items
    ]
    heads = ["File", "Kind", "Read as", "Rows read", "Rows reported", "SHA-256 (start)"]
    return [grid(heads, rows, [40, 27, 46, 15, 16, 26], right=frozenset({3, 4}))]


def _replay_table(dossier: Dossier) -> list[Flowable]:
    if not dossier.replay:
        return [para("No channel was replayed.")]
    rows = []
    for row in dossier.replay:
        places = decimals_for(row.sd_predicted)
        figures = [fixed(v, places) for v in (row.bias, row.rmse, row.sd_predicted)]
        relative = [_ratio(v, row.sd_predicted) for v in (row.bias, row.rmse)]
        share = fixed(100 * row.coverage95, 1)
        rows.append([row.channel, row.unit, f"{row.samples}", *figures, *relative, share])
    heads = ["Channel", "Unit", "Samples", "Bias", "RMS residual", "Predicted sd"]
    heads += ["Bias / sd", "RMS / sd", "In 95 % band (%)"]
    widths = [46, 14, 15, 16, 18, 16, 13, 14, 18]
    note = (
        "Bias: mean of measured minus predicted. A twin that describes the batch has a bias near "
        "0, an RMS residual near the predicted sd, and about 95 % of the samples in its band."
    )
    return [grid(heads, rows, widths, right=frozenset(range(2, 9))), para(note, "note")]


def _ratio(value: float, sd: float) -> str:
    if not (math.isfinite(sd) and sd > 0):
        return UNKNOWN
    return significant(value / sd, 2)
