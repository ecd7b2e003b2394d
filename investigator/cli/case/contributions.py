"""`investigator case contributions`: when T2 or SPE was out of control, and which signals made it.

Numbers are those of the stored replay; over a span that is named, the means of them.
"""

import argparse
import json

from investigator.cli.arguments import instant
from investigator.cli.at_desk import seat
from investigator.cli.case.acting import case_command
from investigator.cli.case.evidence import ms_of
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands
from investigator.domain.chart_model import ChartModel
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import Span


def add_contributions(parts: Commands) -> None:
    """The command that shows the control chart and records nothing."""
    words = "tell when, and by which signals, the batch was unlike normal batches"
    parser = case_command(parts, "contributions", words, _contributions)
    parser.add_argument(
        "--model",
        choices=[str(model).lower() for model in ChartModel],
        default=str(ChartModel.PCA).lower(),
        help="principal components, or partial least squares of in-process checks "
        "(default: %(default)s)",
    )
    parser.add_argument(
        "--span", nargs=2, type=instant, metavar=("FROM", "TO"), help="of this time instead"
    )


def _contributions(request: argparse.Namespace) -> int:
    from investigator.casework.snapshot import snapshot
    from investigator.cli.case.contribution_tables import (
        agreement_lines,
        chart_of,
        contribution_document,
        contribution_lines,
    )

    with seat(request) as here:
        seen = snapshot(here.desk, request.case)
    chart = chart_of(seen, ChartModel(request.model.upper()))
    zone = seen.case.opened.act.zone
    span = _asked(request, zone)
    if request.json:
        document = contribution_document(chart, span, zone)
        tell(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        tell("\n".join([*contribution_lines(chart, span, zone), *agreement_lines(seen, zone)]))
    return 0


def _asked(request: argparse.Namespace, zone: str) -> Span | None:
    if not request.span:
        return None
    start, end = (ms_of(when, zone) for when in request.span)
    if end <= start:
        raise UnusableRequest(
            "--span: the time does not end after it starts; give the earlier first."
        )
    return Span(start, end)
