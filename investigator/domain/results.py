"""What the analyses of a case came to, as values that are stored, shown and printed."""

from dataclasses import dataclass

from investigator.domain.detectability import Detectability
from investigator.domain.evidence import Finding
from investigator.domain.impact import Impact
from investigator.domain.instant import Span
from investigator.domain.material_account import MaterialAccount
from investigator.domain.multivariate import ControlChart
from investigator.domain.panel import Curve, Panel, ReplayRow
from investigator.domain.ranking import Ranking
from investigator.domain.replayed import Replayed
from investigator.domain.toolbox import Toolbox
from investigator.domain.tracing import Traced


@dataclass(frozen=True, slots=True)
class ReplayResult:
    """The batch replayed through the unperturbed twin.

    `rows`: figures of every channel. `panels`: measured against predicted, all channels.
    `findings`: of tags that a person mapped, what was found once they were known; instruments that
    depart from the twin. `replayed`: from the recorded inputs, and `toolbox`: what the classical
    tools found; None in results that were made before there were such. `control_chart`: beside the
    principal components of normal batches, and `pls_chart`: beside their partial least squares,
    each None also where the twin keeps no such model.
    """

    rows: tuple[ReplayRow, ...]
    panels: tuple[Panel, ...]
    assumptions: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    replayed: Replayed | None = None
    toolbox: Toolbox | None = None
    control_chart: ControlChart | None = None
    pls_chart: ControlChart | None = None


@dataclass(frozen=True, slots=True)
class HypothesisFit:
    """What the twin predicts under one hypothesis, as fitted.

    `cause`: its id. `curves`: by channel; the label of a curve is the title of its panel in the
    replay.
    """

    cause: str
    curves: tuple[Curve, ...]


@dataclass(frozen=True, slots=True)
class RankingResult:
    """The hypotheses of the twin, fitted and ranked.

    `panels`: the channels that speak most, with the fit of the leading hypothesis drawn in.
    `fits`: of every hypothesis that was fitted alone. `findings`: instruments that depart from the
    twin, and which hypothesis explains it.
    """

    ranking: Ranking
    panels: tuple[Panel, ...]
    fits: tuple[HypothesisFit, ...]
    assumptions: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ImpactResult:
    """The disturbance followed to the press outlet and into the containers.

    `affected_share`: share of affected tablets over time at the press outlet. `disturbance_window`:
    when the cause was at work. `residence_time`: residence-time densities by unit, at the time of
    the event. `findings`: of flows and containers that were doubtful. `traced`, `account`:
    None, and `detectability` empty, in results that were stored before there were such.
    `residence_nominal`: the same densities at the set-points of the line. `held_above`: chance of
    enough affected tablets above which a container is held, None in results that were stored
    before. `draws`: how many the chances of the containers were told from; 0 in such results.
    """

    impact: Impact
    affected_share: Curve | None
    disturbance_window: Span | None
    residence_time: tuple[tuple[str, Curve], ...]
    assumptions: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    traced: Traced | None = None
    detectability: tuple[Detectability, ...] = ()
    account: MaterialAccount | None = None
    residence_nominal: tuple[tuple[str, Curve], ...] = ()
    held_above: float | None = None
    draws: int = 0
