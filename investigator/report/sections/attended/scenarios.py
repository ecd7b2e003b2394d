"""The scenarios that people stated, and every run of one: also those that explain nothing, that are
stale, or whose scenario was withdrawn since."""

from reportlab.platypus import Flowable

from investigator.domain.acts.scenarios import ScenarioStated
from investigator.domain.dossier import Dossier
from investigator.domain.quantities import UNKNOWN, count, fixed, probability, significant
from investigator.domain.scenario import Scenario, ScenarioPart
from investigator.domain.scenario_outcome import ScenarioOutcome
from investigator.domain.scenario_words import part_in_words
from investigator.report.pages import Heading
from investigator.report.paper import para
from investigator.report.sections.attended.people import ENTRY_BY, as_it_stands, by, record_of
from investigator.report.whole import whole_grid

SPOKEN_FOR = 3
"""Channels that are named for a run, and as many against it."""


def scenarios(dossier: Dossier) -> list[Flowable]:
    """What was supposed, and what each run came to; nothing where nothing was supposed."""
    stated = _stated(dossier)
    if not stated and not dossier.scenario_runs:
        return []
    heads = ["Scenario", "Category", "Changes", "Remark", ENTRY_BY]
    listed = [whole_grid(heads, stated, [36, 18, 58, 32, 26])] if stated else []
    return [Heading("Scenarios", 1), para(_opening(dossier)), *listed, *_runs(dossier)]


def _opening(dossier: Dossier) -> str:
    number = len(dossier.scenario_runs)
    if number == 0:
        return "Scenarios are suppositions of a person beside the ranking. None was run."
    return (
        f"Scenarios are suppositions of a person beside the ranking; {count(number, 'run')} "
        f"{'was' if number == 1 else 'were'} recorded, and all are listed. Log evidence is over no "
        "assignable cause; a scenario pays for its sizes and times as a fitted hypothesis does."
    )


def _stated(dossier: Dossier) -> list[list[str]]:
    case, zone = record_of(dossier).case, dossier.zone
    return [
        [
            as_it_stands(case, r, f"{r.act.title} ({r.act.scenario_id})"),
            r.act.category.value,
            _parts(r.act.scenario(), zone),
            _remark(r.act, of_hypothesis=case.supposes(r.act) is not None),
            by(r),
        ]
        for r in case.scenarios
    ]


def _parts(scenario: Scenario, zone: str) -> str:
    return "; ".join(part_in_words(part, zone) for part in scenario.parts)


def _remark(act: ScenarioStated, *, of_hypothesis: bool) -> str:
    supposes = "supposes the hypothesis of this id" if of_hypothesis else ""
    copied = f"copy of {act.copied_from}" if act.copied_from else ""
    return "; ".join(words for words in (supposes, copied, act.note) if words) or UNKNOWN


def _runs(dossier: Dossier) -> list[Flowable]:
    if not dossier.scenario_runs:
        return []
    heads = ["Scenario", "As it was run", "Log evidence", "Probability", "Channels", ENTRY_BY]
    rows = [_run(dossier, outcome) for outcome in dossier.scenario_runs]
    return [
        Heading("Runs of scenarios", 1),
        whole_grid(heads, rows, [24, 50, 15, 18, 38, 25]),
    ]


def _run(dossier: Dossier, outcome: ScenarioOutcome) -> list[str]:
    case, told, recorded = record_of(dossier).case, outcome.result, outcome.recorded
    return [
        as_it_stands(case, recorded, recorded.act.scenario_id),
        _as_run(outcome, dossier.zone),
        fixed(told.log_evidence, 1),
        UNKNOWN if told.probability is None else probability(told.probability),
        _channels(told.gains),
        by(recorded),
    ]


def _as_run(outcome: ScenarioOutcome, zone: str) -> str:
    told = outcome.result
    if told.fitted is None:
        return f"as stated: {_parts(told.scenario, zone)}"
    pairs = zip(told.fitted.parts, told.sizes_sd, strict=True)
    return "fitted: " + "; ".join(_with_sd(part, sd, zone) for part, sd in pairs)


def _with_sd(part: ScenarioPart, sd: tuple[float, ...], zone: str) -> str:
    spread = " and ".join(significant(one, 2) for one in sd)
    return f"{part_in_words(part, zone)} (standard uncertainty {spread})"


def _channels(gains: tuple[tuple[str, float], ...]) -> str:
    """The channels that speak most for it and most against it, with the log likelihood gained."""
    best = [gain for gain in gains[:SPOKEN_FOR] if gain[1] > 0.0]
    worst = [gain for gain in gains[-SPOKEN_FOR:] if gain[1] < 0.0]
    named = (f"{title} {fixed(gain, 1)}" for title, gain in (*best, *worst))
    return "; ".join(named) or UNKNOWN
