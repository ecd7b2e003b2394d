"""The figures of a remedy that was tried, beside those of doing nothing on the same draws."""

from dataclasses import dataclass

import numpy as np

from investigator.analysis.kept_product import Kept, forecast
from investigator.analysis.remedy_basis import Basis
from investigator.domain.remedy import RemedyContainer, RemedyOutcome, RemedySetting
from investigator.twin.remedy import Remedy


@dataclass(frozen=True, slots=True)
class Tried:
    """A remedy with its settings chosen: what it keeps and treats, since when, on what terms.

    `departures`: of set-points from what they were, as shares of their registered ranges.
    """

    kept: Kept
    settings: tuple[RemedySetting, ...] = ()
    from_ms: int | None = None
    treated_kg: float = 0.0
    departures: tuple[float, ...] = ()
    assumptions: tuple[str, ...] = ()


def cost_of(remedy: Remedy, tried: Tried) -> float:
    """What the remedy costs, as the twin counts it."""
    return remedy.cost.of(
        lost_kg=float(tried.kept.good_lost_kg.mean()),
        treated_kg=tried.treated_kg,
        departures=tried.departures,
    )


def outcome(
    basis: Basis, remedy: Remedy, tried: Tried, nothing: Kept, *, asked: float, cost_unit: str
) -> RemedyOutcome:
    """The outcome of a remedy on a basis.

    Args:
        nothing: what is kept when nothing is done.
        asked: probability with which everything kept must conform.
    """
    kept = tried.kept
    return RemedyOutcome(
        remedy_id=remedy.remedy_id,
        kind=remedy.kind,
        title=remedy.title,
        settings=tried.settings,
        containers=_containers(basis, kept, nothing),
        p_conform=kept.p_conform,
        standard_error=kept.standard_error,
        kept_kg=_total(kept.kept_kg),
        removed_kg=_total(kept.removed_kg),
        good_lost_kg=float(kept.good_lost_kg.mean()),
        cost=cost_of(remedy, tried),
        cost_unit=cost_unit,
        registered=remedy.registered,
        meets=kept.p_conform >= asked and _total(kept.kept_kg) > 0.0,
        assumptions=tried.assumptions,
        confirm=remedy.confirm,
        contained=_contained(kept, nothing),
        from_ms=tried.from_ms,
        quality=forecast(basis, kept),
        blind_to=remedy.blind_to,
    )


def _containers(basis: Basis, kept: Kept, nothing: Kept) -> tuple[RemedyContainer, ...]:
    return tuple(
        RemedyContainer(
            container_id=container.container_id,
            kept_kg=float(kept.kept_kg[:, i].mean()),
            removed_kg=max(float(kept.removed_kg[:, i].mean()), 0.0),
            affected_kg_before=float(nothing.affected_kg[:, i].mean()),
            affected_kg_after=float(kept.affected_kg[:, i].mean()),
            p_conform_before=float(nothing.conform[:, i].mean()),
            p_conform_after=float(kept.conform[:, i].mean()),
        )
        for i, container in enumerate(basis.containers)
    )


def _contained(kept: Kept, nothing: Kept) -> float:
    """Share of the affected product that is kept out; 1 where there is none."""
    before, left = _total(nothing.affected_kg), _total(kept.affected_kg)
    return float(np.clip(1.0 - left / before, 0.0, 1.0)) if before > 0.0 else 1.0


def _total(kg: np.ndarray) -> float:
    return float(kg.sum(axis=1).mean())
