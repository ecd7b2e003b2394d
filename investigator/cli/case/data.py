"""What is decided about the data: clocks, the tag map, findings added, documents linked.

`clock` and `map` without a decision list what there is.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from investigator.cli.arguments import choices, instant, one_of, text
from investigator.cli.at_desk import Seat, seat
from investigator.cli.case.acting import act_command, acted, add_why, case_command
from investigator.cli.case.evidence import evidence_of, ms_of
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands
from investigator.domain.acts.data_review import Bearing, DocumentLinked, MappedTag
from investigator.domain.doubt import Treatment
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import Span
from investigator.domain.investigation import Investigation
from investigator.domain.open_points import open_clocks

if TYPE_CHECKING:
    from investigator.casework.snapshot import Snapshot


def add_data(parts: Commands) -> None:
    """The commands of the data review."""
    _add_clock(parts)
    _add_map(parts)
    _add_doubt(parts)
    _add_link(parts)


def _add_clock(parts: Commands) -> None:
    parser = case_command(parts, "clock", "list the clocks, accept them or set one", _clock)
    parser.add_argument("source", nargs="?", metavar="SOURCE", help="whose clock")
    parser.add_argument("--accepted", action="store_true", help="accept it as estimated")
    parser.add_argument("--all-accepted", action="store_true", help="accept all that wait")
    parser.add_argument(
        "--offset", metavar="SECONDS", help="set it: added to its times gives the historian's"
    )
    parser.add_argument("--uncertainty", metavar="SECONDS", help="standard uncertainty of that")
    parser.add_argument("--drift", default="0", metavar="PPM", help="(default: 0)")
    add_why(parser)


def _add_map(parts: Commands) -> None:
    parser = case_command(parts, "map", "list the tag map, confirm it or map a signal", _map)
    parser.add_argument("signal", nargs="?", metavar="SIGNAL", help="signal of the twin")
    parser.add_argument("--tag", metavar="TAG", help="its tag in the export; empty: there is none")
    parser.add_argument("--unit", default="", metavar="UNIT", help="unit of that tag")
    parser.add_argument("--factor", default="1", metavar="NUMBER", help="(default: 1)")
    parser.add_argument("--offset", default="0", metavar="NUMBER", help="(default: 0)")
    parser.add_argument(
        "--file", type=Path, metavar="FILE", help="CSV: signal, tag, unit, factor, offset"
    )
    parser.add_argument("--confirm", action="store_true", help="the map as it is was reviewed")
    parser.add_argument("--twin", metavar="ID", help="(default: that of the case, else the only)")
    add_why(parser)


def _add_doubt(parts: Commands) -> None:
    parser = case_command(parts, "doubt", "add a finding on data quality of your own", _doubt)
    parser.add_argument("tag", metavar="TAG", help="the historian tag")
    parser.add_argument("--kind", type=text, required=True, metavar="WORDS")
    parser.add_argument("--from", dest="start", type=instant, required=True, metavar="TIME")
    parser.add_argument("--to", dest="end", type=instant, required=True, metavar="TIME")
    parser.add_argument(
        "--treatment",
        type=one_of(Treatment),
        required=True,
        metavar="WORD",
        help=choices(Treatment),
    )
    parser.add_argument(
        "--factor", default="1", metavar="NUMBER", help="of the standard deviation, for widen"
    )
    parser.add_argument("--text", type=text, required=True, help="what was seen")
    add_why(parser)


def _add_link(parts: Commands) -> None:
    parser = act_command(
        parts,
        "link",
        "say what a document means for a hypothesis",
        lambda request: DocumentLinked(request.document, request.cause, request.bearing),
    )
    parser.add_argument("document", metavar="DOCUMENT", help="id of an admitted document")
    parser.add_argument("cause", metavar="CAUSE", help="id of a hypothesis")
    parser.add_argument("bearing", type=one_of(Bearing), metavar="WORDS", help=choices(Bearing))


def _clock(request: argparse.Namespace) -> int:
    setting = request.offset is not None
    if not (request.all_accepted or request.source or setting or request.accepted):
        return _listed(request, "clocks")
    ways = (request.all_accepted, request.accepted, setting)
    if sum(ways) != 1 or request.all_accepted == bool(request.source):
        raise UnusableRequest(
            "Name a clock with --accepted or with --offset, or give --all-accepted alone."
        )
    if setting and request.uncertainty is None:
        raise UnusableRequest("A clock that is set needs its --uncertainty, in seconds.")
    return acted(request, lambda here: _clock_judged(request, here))


def _clock_judged(request: argparse.Namespace, here: Seat) -> Investigation:
    from investigator.casework.clocks import accepted, clock_set, drift_counts_from
    from investigator.cli.case.data_tables import clocks_of

    seen = _seen(here, request.case)
    found = {s.source: s for s in clocks_of(seen)}
    estimates = {source: s.estimated for source, s in found.items() if s.estimated is not None}
    if request.all_accepted:
        acts = accepted(estimates[source] for source in open_clocks(seen.case))
        return here.desk.do(request.case, *acts, why=request.why)
    if request.source not in found:
        known = ", ".join(f'"{source}"' for source in found)
        raise UnusableRequest(f'There is no clock "{request.source}"; it is one of: {known}.')
    if request.accepted:
        if request.source not in estimates:
            raise UnusableRequest(
                f'There is no estimate of the clock "{request.source}"; set it with --offset.'
            )
        acts = accepted([estimates[request.source]])
    else:
        evidence = evidence_of(here, request.case)[1]
        acts = [
            clock_set(
                request.source,
                offset_s=request.offset,
                uncertainty_s=request.uncertainty,
                drift_ppm=request.drift,
                reference_ms=drift_counts_from(found[request.source].estimated, evidence),
            )
        ]
    return here.desk.do(request.case, *acts, why=request.why)


def _map(request: argparse.Namespace) -> int:
    named = request.signal is not None
    ways = (named, request.confirm, request.file is not None)
    if not any(ways):
        return _listed(request, "map")
    if sum(ways) != 1 or named != (request.tag is not None):
        raise UnusableRequest("Name a signal with its --tag, or give --file or --confirm alone.")
    return acted(request, lambda here: _mapped(request, here))


def _mapped(request: argparse.Namespace, here: Seat) -> Investigation:
    from investigator.casework.tag_map import departure, departures_in, map_of, map_reviewed

    seen = _seen(here, request.case)
    found = map_of(seen, request.twin)
    wanted: Sequence[MappedTag] = () if request.file is None else departures_in(request.file)
    if request.signal is not None:
        wanted = [
            departure(
                request.signal,
                request.tag,
                unit=request.unit,
                factor=request.factor,
                offset=request.offset,
            )
        ]
    return here.desk.do(request.case, map_reviewed(found, wanted), why=request.why)


def _doubt(request: argparse.Namespace) -> int:
    from investigator.casework.findings import added

    if request.factor != "1" and request.treatment is not Treatment.WIDEN:
        raise UnusableRequest("A --factor belongs to --treatment widen; leave it out, or widen.")

    def act(here: Seat) -> Investigation:
        case, evidence = evidence_of(here, request.case)
        zone = case.opened.act.zone
        doubt = added(
            request.tag,
            request.kind,
            _span(ms_of(request.start, zone), ms_of(request.end, zone)),
            request.treatment,
            sd_factor=request.factor,
            words=request.text,
            known_tags=(*evidence.trajectories, *evidence.environment),
        )
        return here.desk.do(request.case, doubt, why=request.why)

    return acted(request, act)


def _span(start_ms: int, end_ms: int) -> Span:
    if end_ms <= start_ms:
        raise UnusableRequest("The stretch of time ends before it begins; give --from and --to.")
    return Span(start_ms, end_ms)


def _listed(request: argparse.Namespace, what: str) -> int:
    """Print clocks or map as lines or JSON; nothing is recorded."""
    from investigator.casework.tag_map import map_of
    from investigator.cli.case import data_tables as tables

    with seat(request) as here:
        seen = _seen(here, request.case)
    shown: dict[str, tuple[Callable[[], list[str]], Callable[[], Any]]] = {
        "clocks": (lambda: tables.clock_lines(seen), lambda: tables.clock_documents(seen)),
        "map": (
            lambda: tables.map_lines(map_of(seen, request.twin)),
            lambda: tables.map_documents(map_of(seen, request.twin)),
        ),
    }
    lines, document = shown[what]
    if request.json:
        tell(json.dumps(document(), indent=2, ensure_ascii=False))
    else:
        tell("\n".join(lines()))
    return 0


def _seen(here: Seat, case_id: str) -> "Snapshot":
    from investigator.casework.snapshot import snapshot

    seen = snapshot(here.desk, case_id)
    if seen.evidence is None:
        raise UnusableRequest(f"The case {case_id} has no evidence yet; admit a folder first.")
    return seen
