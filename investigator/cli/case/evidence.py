"""What the site hands over: evidence and documents admitted, findings judged, remarks made.

`admit`, `document`, `findings`, `judge`, `annotate`; what is decided about clocks, tags and samples
is in `data`.
"""

import argparse
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from investigator.cli.arguments import choices, day, instant, one_of, text
from investigator.cli.at_desk import Seat, seat
from investigator.cli.case.acting import acted, add_why, case_command
from investigator.cli.case.profiles import add_choices, choices_of
from investigator.cli.case.recurrence import add_earlier, earlier_of
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands
from investigator.cli.working import worked
from investigator.domain.acts.evidence import AnnotationMade, DocumentKind, Judgement
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import from_datetime
from investigator.domain.investigation import Investigation

if TYPE_CHECKING:
    from investigator.domain.evidence import Evidence, Finding


def add_evidence(parts: Commands) -> None:
    """The commands of the evidence."""
    admit = case_command(parts, "admit", "read a folder of evidence and admit it", _admit)
    admit.add_argument("folder", type=Path, metavar="FOLDER", help="evidence of the deviation")
    add_choices(admit)
    add_why(admit)
    read = case_command(parts, "read", "say how a folder would be read; record nothing", _read)
    read.add_argument("folder", type=Path, metavar="FOLDER", help="evidence of the deviation")
    add_choices(read)
    read.add_argument(
        "--save-profiles",
        type=Path,
        metavar="DIR",
        help="write the import profile of every table there, to be corrected and given back",
    )
    _add_document(parts)
    case_command(parts, "findings", "list the findings on data quality", _list_findings)
    _add_judge(parts)
    _add_annotate(parts)


def _add_document(parts: Commands) -> None:
    parser = case_command(parts, "document", "admit a document of any kind", _document)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--kind",
        type=one_of(DocumentKind),
        required=True,
        metavar="KIND",
        help=choices(DocumentKind),
    )
    parser.add_argument("--title", type=text, required=True, metavar="TEXT")
    parser.add_argument("--dated", type=day, required=True, metavar="DATE")
    parser.add_argument("--author", type=text, required=True, metavar="NAME")
    parser.add_argument(
        "--true-copy",
        type=text,
        metavar="TEXT",
        help="what you state of the copy against its original; without it the file is the original",
    )
    add_earlier(parser)
    add_why(parser)


def _add_judge(parts: Commands) -> None:
    parser = case_command(parts, "judge", "accept or dismiss findings on data quality", _judge)
    parser.add_argument("findings", nargs="*", metavar="FINDING", help="ids of the findings")
    judgement = parser.add_mutually_exclusive_group(required=True)
    judgement.add_argument(
        "--accepted", dest="judgement", action="store_const", const=Judgement.ACCEPTED
    )
    judgement.add_argument(
        "--dismissed", dest="judgement", action="store_const", const=Judgement.DISMISSED
    )
    judgement.add_argument(
        "--all-accepted",
        action="store_true",
        help="accept all that wait, but the critical ones, which are judged one by one",
    )
    add_why(parser)


def _add_annotate(parts: Commands) -> None:
    parser = case_command(parts, "annotate", "remark on a stretch of time of a signal", _annotate)
    parser.add_argument("--tag", default="", help="the signal (default: all signals)")
    parser.add_argument("--from", dest="start", type=instant, required=True, metavar="TIME")
    parser.add_argument("--to", dest="end", type=instant, required=True, metavar="TIME")
    parser.add_argument("--text", type=text, required=True)
    add_why(parser)


def _admit(request: argparse.Namespace) -> int:
    from investigator.casework.intake import admit_evidence, read_task

    def act(here: Seat) -> Investigation:
        here.desk.case(request.case)
        choices = choices_of(request, here)
        read = worked("The reading", read_task, request.folder, request.twin, choices)
        return admit_evidence(here.desk, request.case, read, why=request.why)

    return acted(request, act)


def _read(request: argparse.Namespace) -> int:
    from investigator.casework.lines import known_line
    from investigator.casework.profiles import proposals, save_profile
    from investigator.cli.case.profiles import file_name, proposal_documents, proposal_lines

    with seat(request) as here:
        here.desk.case(request.case)
        kept = choices_of(request, here).kept
    line = known_line(request.twin, without_twin=request.without_twin)
    tables = proposals(request.folder, zone=line.zone, kept=kept)
    if request.save_profiles is not None:
        request.save_profiles.mkdir(parents=True, exist_ok=True)
        for one in tables:
            profile = one.kept.profile if one.kept else one.profile
            if profile is not None:
                save_profile(profile, request.save_profiles / file_name(one.table))
    if request.json:
        tell(json.dumps(proposal_documents(tables), indent=2, ensure_ascii=False))
    else:
        tell("\n".join(proposal_lines(tables)))
    return 0


def _document(request: argparse.Namespace) -> int:
    from investigator.casework.intake import DocumentFacts, admit_document

    facts = DocumentFacts(
        request.kind,
        request.title,
        request.dated,
        request.author,
        request.true_copy or "",
        earlier_of(request),
    )
    return acted(
        request,
        lambda here: admit_document(here.desk, request.case, request.file, facts, why=request.why),
    )


def _list_findings(request: argparse.Namespace) -> int:
    from investigator.cli.case.tables import finding_documents, finding_lines

    with seat(request) as here:
        case, evidence = evidence_of(here, request.case)
    if request.json:
        tell(json.dumps(finding_documents(case, evidence), indent=2, ensure_ascii=False))
    else:
        tell("\n".join(finding_lines(case, evidence)))
    return 0


def _judge(request: argparse.Namespace) -> int:
    from investigator.casework.findings import judged

    if request.all_accepted == bool(request.findings):
        raise UnusableRequest(
            "Which findings are meant is not clear; name their ids, or give --all-accepted alone."
        )

    def act(here: Seat) -> Investigation:
        case, evidence = evidence_of(here, request.case)
        found = _meant(case, evidence, request)
        acts = judged(found, request.judgement or Judgement.ACCEPTED, case.opened.act.zone)
        return here.desk.do(request.case, *acts, why=request.why)

    return acted(request, act)


def _meant(
    case: Investigation, evidence: "Evidence", request: argparse.Namespace
) -> "list[Finding]":
    from investigator.casework.findings import finding_id, open_ones, open_together

    by_id = {finding_id(finding): finding for finding in evidence.findings}
    if request.all_accepted:
        together, waiting = open_together(case, evidence), open_ones(case, evidence)
        critical = [name for name in waiting if name not in together]
        if critical and not together:
            raise UnusableRequest(
                f"What waits is critical; judge each on its own: {', '.join(critical)}."
            )
        return list(together.values())
    for name in request.findings:
        if name not in by_id:
            raise UnusableRequest(
                f'There is no finding "{name}" in the evidence of {case.case_id}; '
                "list them with: investigator case findings."
            )
    return [by_id[name] for name in request.findings]


def _annotate(request: argparse.Namespace) -> int:
    return acted(request, lambda here: _annotated(request, here))


def _annotated(request: argparse.Namespace, here: Seat) -> Investigation:
    case = here.desk.case(request.case)
    zone = case.opened.act.zone
    start_ms, end_ms = ms_of(request.start, zone), ms_of(request.end, zone)
    if end_ms <= start_ms:
        raise UnusableRequest("The stretch of time ends before it begins; give --from and --to.")
    acts = [*(r.act for r in case.history), *(w.withdrawn.act for w in case.withdrawals)]
    number = 1 + sum(isinstance(act, AnnotationMade) for act in acts)
    made = AnnotationMade(f"A-{number}", request.tag, start_ms, end_ms, request.text)
    return here.desk.do(request.case, made, why=request.why)


def ms_of(when: datetime, zone: str) -> int:
    """A typed time, ms; without an offset it is meant in the zone."""
    return from_datetime(when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone)))


def evidence_of(here: Seat, case_id: str) -> "tuple[Investigation, Evidence]":
    """The case and its evidence as the analyses take it.

    Raises:
        UnusableRequest: none was admitted.
    """
    from investigator.casework.snapshot import snapshot

    seen = snapshot(here.desk, case_id)
    if seen.evidence is None:
        raise UnusableRequest(f"The case {case_id} has no evidence yet; admit a folder first.")
    return seen.case, seen.evidence
