"""What would be held at another confidence: a what-if over the drums that records nothing.

- A drum is held at a confidence where the chance that enough of it is affected exceeds what the
  confidence leaves; at the confidence of the decision rules these are the drums held by rule.
- A result that was stored without the chances answers nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from investigator.desktop.view_models.disposition import ContainerRow
from investigator.domain.decimate import runs
from investigator.domain.quantities import count, fixed
from investigator.domain.results import ImpactResult

LEAST_PCT, MOST_PCT = 50, 99
WHAT_IF = "What-if: nothing is recorded"
NOT_TOLD = "This impact tells no chance by container; follow the material again to move the line."


@dataclass(frozen=True, slots=True)
class Quarantine:
    """What is held. `pct`: at this confidence, None by the rules. `held`: ids in order of filling.
    `net_kg`, `affected_kg`: of what is held, the second the central estimate."""

    pct: int | None
    held: frozenset[str]
    net_kg: float
    affected_kg: float


def can_move(rows: Sequence[ContainerRow]) -> bool:
    """Whether the chances are told."""
    return bool(rows) and all(row.container.chance_affected is not None for row in rows)


def rule_pct(result: ImpactResult) -> int | None:
    """The confidence of the decision rules, in per cent; None where it is not told."""
    held_above = result.held_above
    return None if held_above is None else round(100 * (1.0 - held_above))


def quarantine(rows: Sequence[ContainerRow], pct: int | None) -> Quarantine:
    """What is held at a confidence in per cent; None: by the rules, as it stands."""
    held = [row.container for row in rows if _is_held(row, pct)]
    return Quarantine(
        pct,
        frozenset(c.container_id for c in held),
        sum(c.net_kg for c in held if c.net_kg > 0),
        sum(c.affected_kg for c in held),
    )


def quarantine_said(rows: Sequence[ContainerRow], pct: int | None, rules: int | None) -> str:
    """What is held, what it costs, what comes with more confidence and what is left free."""
    now = quarantine(rows, pct)
    at = f"At {pct} %" if pct is not None else _by_rule(rules)
    held = _held_said(rows, now)
    parts = [f"{at}: {held}", *_more(rows, now, pct if pct is not None else rules)]
    free = sum(r.container.affected_kg for r in rows if r.container_id not in now.held)
    parts += [f"{fixed(free, 2)} kg affected stays free"] if free >= 0.005 else []
    return "; ".join(parts)


def resolution_said(result: ImpactResult) -> str:
    """How finely the confidence can be told; empty where that is not known."""
    if result.draws < 1:
        return WHAT_IF + "."
    finest = int(100 * (1 - 1 / result.draws))
    return (
        f"{WHAT_IF}. The chances are told from {result.draws} draws; above {finest} % nothing "
        "more can be told apart."
    )


def ranges(rows: Sequence[ContainerRow], ids: frozenset[str]) -> str:
    """Short names in order of filling, neighbours drawn together, e.g. "D05–D09, D12"."""
    inside = np.array([row.container_id in ids for row in rows], dtype=bool)
    found = [[row.name for row in rows[stretch]] for stretch in runs(inside)]
    return ", ".join(one[0] if len(one) == 1 else f"{one[0]}–{one[-1]}" for one in found)


def _is_held(row: ContainerRow, pct: int | None) -> bool:
    chance = row.container.chance_affected
    if pct is None or chance is None:
        return row.container.affected
    return chance > (100 - pct) / 100


def _by_rule(rules: int | None) -> str:
    return "By the rules" if rules is None else f"By the rules ({rules} %)"


def _held_said(rows: Sequence[ContainerRow], now: Quarantine) -> str:
    if not now.held:
        return f"none of {count(len(rows), 'container')} held"
    net, affected = fixed(now.net_kg, 1), fixed(now.affected_kg, 1)
    return f"{ranges(rows, now.held)} held, {net} kg, of which {affected} kg affected"


def _more(rows: Sequence[ContainerRow], now: Quarantine, pct: int | None) -> list[str]:
    """What the next higher confidence that changes anything adds."""
    if pct is None or not can_move(rows):
        return []
    for higher in range(pct + 1, MOST_PCT + 1):
        then = quarantine(rows, higher)
        if added := then.held - now.held:
            kg = fixed(then.net_kg - now.net_kg, 1)
            return [f"at {higher} % also {ranges(rows, added)}, {kg} kg"]
    return [f"no other up to {MOST_PCT} %"]
