"""Leads and lags: which signal follows which, by how much, and whether the line allows it."""

from dataclasses import dataclass

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.plots.content import Plot
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.comparison_part import (
    Facts,
    Go,
    on_the_timeline,
    panel_of,
    signals_by_channel,
    told_comparison,
    whole_span,
)
from investigator.desktop.view_models.hypotheses import minus_signs
from investigator.desktop.view_models.replay import plot_of
from investigator.desktop.view_models.results import zone_of
from investigator.domain.quantities import UNKNOWN, count, duration, fixed
from investigator.domain.results import ReplayResult
from investigator.domain.toolbox import LeadLag
from investigator.domain.toolbox_words import (
    chance_in_words,
    correlation_in_words,
    interval_in_words,
)

NO_LEADS = "This replay tells no leads and lags"
NONE_TRIED = "No two channels of a coupling that the line has were both measured for long enough."
POINTER = "A closed loop may hide a lead or turn it: it is a pointer and no more."


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A lead as it is read. `key`: both channels; `interval`: of the lag, at 95 %; `fits`: whether
    the line allows the delay."""

    key: str
    lead: LeadLag
    lag: str
    interval: str
    allowed: str
    fits: bool
    correlation: str
    chance: str


def lead_rows(result: ReplayResult) -> tuple[LeadRow, ...]:
    """The leads that were tried, surest first."""
    return tuple(_row(lead) for lead in (result.toolbox.leads if result.toolbox else ()))


def lead_plots(result: ReplayResult, lead: LeadLag) -> tuple[Plot, ...]:
    """The leading signal above the one that may follow it."""
    panels = (panel_of(result, title) for title in (lead.leading_title, lead.following_title))
    return tuple(plot_of(panel) for panel in panels if panel is not None)


def about_lead(scene: Scene, result: ReplayResult, row: LeadRow, go: Go) -> Inspected:
    """A lead with lag, gate, sign and chance."""
    lead, zone = row.lead, zone_of(scene)
    expected = "rises with it" if lead.expected_sign > 0 else "falls with it"
    agrees = lead.correlation * lead.expected_sign > 0
    facts: Facts = (
        ("Leads", lead.leading_title),
        ("May follow", lead.following_title),
        ("Lag where they agree most", duration(lead.lag_s)),
        ("95 % interval", f"{row.interval} s" if lead.lag_95_s else UNKNOWN),
        ("Allowed by the residence time", f"{row.allowed} s, {'kept' if row.fits else 'not kept'}"),
        ("Correlation", f"{row.correlation} over {count(lead.pairs, 'pair')} of values"),
        ("By the physics", f"{expected}, {'as found' if agrees else 'against what was found'}"),
        ("Chance, this pair", chance_in_words(lead.p_value)),
        ("After all pairs", f"q {chance_in_words(lead.q_value)}"),
        ("Holds", "yes" if lead.holds else "no"),
    )
    named = signals_by_channel(result)
    tags = dict.fromkeys((*named.get(lead.leading, ()), *named.get(lead.following, ())))
    return told_comparison(
        scene,
        f"{lead.leading_title} before {lead.following_title}",
        "lead",
        facts,
        go,
        evidence=on_the_timeline(tuple(tags), whole_span(result), zone, go),
        remarks=(minus_signs(lead.words), POINTER),
    )


def _row(lead: LeadLag) -> LeadRow:
    low, high = lead.expected_s
    return LeadRow(
        key=f"{lead.leading}/{lead.following}",
        lead=lead,
        lag=fixed(lead.lag_s, 0),
        interval=interval_in_words(lead.lag_95_s),
        allowed=interval_in_words(lead.expected_s),
        fits=low <= lead.lag_s <= high,
        correlation=correlation_in_words(lead.correlation),
        chance=chance_in_words(lead.q_value),
    )
