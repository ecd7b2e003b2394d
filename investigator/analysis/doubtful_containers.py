"""Container times and masses of the batch record that cannot be as they stand.

- Nothing is guessed for them: what may have gone into a container counts for it
  (`container_map.portions`), and what was taken is said in a finding.
- A net mass that is missing, no mass, or far from what flowed, is replaced by what flowed.
- The reject gate is not believed while a container was filled that weighs far more than what was
  accepted meanwhile: what was rejected may be in it.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from investigator.analysis.container_map import Portion, outside_run, transit_ms
from investigator.domain.batch import Container
from investigator.domain.evidence import Finding, Severity
from investigator.domain.instant import Span
from investigator.twin.batch_measurements import containers_unseen
from investigator.twin.record import Array, LineRecord

OVERLAP_S, GAP_S, CLOCK_S = 5.0, 60.0, 15.0
"""Times that overlap or leave a gap by more, and a clock that is less certain, are told."""
FAR_SHARE, FAR_KG = 0.2, 0.5
"""A net mass farther from what flowed than both is told."""
ABSURD = 3.0
"""A net mass of so many times what may have flowed is no mass."""
BOTH = "what may be in either counts in both"
NO_GATE = ", or the position of the gate: what was rejected meanwhile counts as possible"
SUBJECT = "batch record"


def usable_net_kg(container: Container, filled_kg: float, may_hold_kg: float) -> float:
    """The net mass of the record, or what flowed where the record gives none that can be.

    Args:
        container: of the record. filled_kg: what flowed into it. may_hold_kg: at most.
    """
    net_kg = container.net_kg
    if net_kg is None or not math.isfinite(net_kg) or net_kg <= 0.0:
        return filled_kg
    return filled_kg if 0.0 < ABSURD * max(filled_kg, may_hold_kg) < net_kg else net_kg


def without_gate(portions: tuple[Portion, ...], flow_kg: Array) -> tuple[Portion, ...]:
    """The containers, what was rejected in their time included where the gate is not believed.

    Args:
        portions: the containers. flow_kg: what left the press in each step, (n,).
    """
    return tuple(replace(p, possibly=p.made) if _heavier(p, flow_kg) else p for p in portions)


def _heavier(portion: Portion, flow_kg: Array) -> bool:
    """Whether a container weighs far more than was accepted, and something was rejected."""
    net_kg = portion.container.net_kg
    if net_kg is None or not math.isfinite(net_kg):
        return False
    accepted_kg, made_kg = flow_kg @ portion.possibly, flow_kg @ portion.made
    return bool(net_kg - accepted_kg > max(FAR_SHARE * net_kg, FAR_KG) and made_kg > accepted_kg)


def container_findings(
    record: LineRecord, portions: tuple[Portion, ...], flow_kg: Array
) -> tuple[Finding, ...]:
    """What is doubtful in the containers of a record, in the order of filling.

    Args:
        record: the run. portions: its containers.
        flow_kg: what left the press in each step, (n,).
    """
    if not portions:
        return (_of_none(),)
    unseen = containers_unseen(record)
    return (
        *_of_clock(record),
        *(f for p in portions for f in _of_time(record, p.container)),
        *_between(record, portions, flow_kg),
        *_numbering(record.containers),
        *(
            f
            for p in portions
            if p.container.container_id not in unseen
            for f in _of_mass(p, flow_kg)
        ),
    )


def _finding(
    kind: str, span: Span | None, action: str, detail: str, severity: Severity = Severity.MAJOR
) -> Finding:
    return Finding(SUBJECT, kind, span, action, detail, severity)


def _of_none() -> Finding:
    return _finding(
        "no_container",
        None,
        "no material is placed: the whole batch is to be held until its containers are known",
        "the record names no container with begin and end of filling",
        Severity.CRITICAL,
    )


def _of_clock(record: LineRecord) -> Iterator[Finding]:
    if record.clock_sd_s > CLOCK_S:
        yield _finding(
            "container_boundaries_uncertain",
            None,
            f"every boundary is taken as uncertain by as much; {BOTH}",
            f"the clock of the record is known to {record.clock_sd_s:.0f} s only",
        )


def _of_time(record: LineRecord, container: Container) -> Iterator[Finding]:
    filled, name = container.filled, container.container_id
    if outside_run(record, filled):
        yield _finding(
            "container_outside_run",
            filled,
            "held: nothing is known of what it was filled with",
            f"{name} was filled while nothing of the run was recorded",
            Severity.CRITICAL,
        )
    elif filled.seconds > record.span.seconds:
        yield _finding(
            "container_longer_than_run",
            filled,
            f"its times are kept; {BOTH}",
            f"{name} was filled for {filled.seconds / 3600.0:.1f} h by the record",
        )


def _between(
    record: LineRecord, portions: tuple[Portion, ...], flow_kg: Array
) -> Iterator[Finding]:
    for first, second in pairwise(portions):
        a, b = first.container, second.container
        gap_s = (b.filled.start_ms - a.filled.end_ms) / 1000.0
        if gap_s < -OVERLAP_S:
            yield _finding(
                "containers_overlap",
                Span(b.filled.start_ms, max(b.filled.start_ms, a.filled.end_ms)),
                BOTH,
                f"{a.container_id} and {b.container_id} were filled at the same time for "
                f"{-gap_s:.0f} s by the record",
            )
        elif gap_s > GAP_S:
            late = transit_ms(record)
            steps = slice(
                record.index(a.filled.end_ms - late), record.index(b.filled.start_ms - late)
            )
            made_kg = float((flow_kg * first.possibly)[steps].sum())
            if made_kg > 0.0:
                yield _finding(
                    "gap_between_containers",
                    Span(a.filled.end_ms, b.filled.start_ms),
                    f"{BOTH}; look for a container that the record does not name",
                    f"{made_kg:.2f} kg were made between {a.container_id} and {b.container_id}",
                )


def _numbering(containers: tuple[Container, ...]) -> Iterator[Finding]:
    """Ids that end in a number: one that is left out may be a container that is not told of."""
    for first, second in pairwise(containers):
        a, b = _number(first.container_id), _number(second.container_id)
        if a is not None and b is not None and a[0] == b[0] and b[1] - a[1] > 1:
            yield _finding(
                "container_missing",
                Span(first.filled.end_ms, max(first.filled.end_ms, second.filled.start_ms)),
                f"it is to be held until it is found; {BOTH}",
                f"between {first.container_id} and {second.container_id} {b[1] - a[1] - 1} "
                "number(s) are left out",
                Severity.CRITICAL,
            )


def _number(container_id: str) -> tuple[str, int] | None:
    found = re.fullmatch(r"(.*?)(\d+)", container_id)
    return None if found is None else (found[1], int(found[2]))


def _of_mass(portion: Portion, flow_kg: Array) -> Iterator[Finding]:
    container, filled_kg = portion.container, float(flow_kg[portion.inside].sum())
    heavier = _heavier(portion, flow_kg)
    may_hold_kg = float(flow_kg @ (portion.made if heavier else portion.possibly))
    net_kg, name = container.net_kg, container.container_id
    if usable_net_kg(container, filled_kg, may_hold_kg) != net_kg:
        told = "has no net mass" if net_kg is None else f"weighs {net_kg:g} kg by the record"
        yield _finding(
            "net_mass_unusable",
            container.filled,
            f"taken as the {filled_kg:.2f} kg that flowed into it",
            f"{name} {told}",
        )
    elif net_kg is not None and abs(net_kg - filled_kg) > max(FAR_SHARE * filled_kg, FAR_KG):
        yield _finding(
            "net_mass_and_flow_differ",
            container.filled,
            "the net mass of the record is kept; the times of filling may be wrong"
            + (NO_GATE if heavier else ""),
            f"{name} weighs {net_kg:.2f} kg, and {filled_kg:.2f} kg flowed in its time",
        )
