"""One remedy in full: its containers before and after, its settings, what is forecast, on what it
rests."""

from dataclasses import dataclass

from investigator.domain.impact import PredictedQuality, attribute_name, short_ids
from investigator.domain.quantities import (
    UNKNOWN,
    estimate,
    fixed,
    per_cent,
    probability,
    share_of_mass,
    significant,
)
from investigator.domain.remedy import RemedyContainer, RemedyOutcome, RemedyResult, RemedySetting


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """A container before and after a remedy; masses in kg.

    `name`: short. `chance_before`, `chance_after`: to conform, in words; after it unknown where
    nothing is kept. `tip`: all of it in words.
    """

    container: RemedyContainer
    name: str
    chance_before: str
    chance_after: str
    tip: str

    @property
    def whole_kg(self) -> float:
        """All that was filled."""
        return self.container.kept_kg + self.container.removed_kg

    @property
    def changes(self) -> bool:
        """Whether the remedy does anything to it."""
        c = self.container
        return c.removed_kg > 0.0 or c.affected_kg_after != c.affected_kg_before


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting as found: its value, what it was, the registered range that it stays in."""

    title: str
    unit: str
    value: str
    usual: str
    registered: str


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """An attribute of everything that is kept, doing nothing and with the remedy."""

    name: str
    nothing: str
    nothing_conforms: str
    with_it: str
    conforms: str


def before_and_after(outcome: RemedyOutcome | None) -> tuple[BeforeAfter, ...]:
    """Every container in order of filling; none for a remedy that was not simulated."""
    if outcome is None:
        return ()
    _, names = short_ids(tuple(c.container_id for c in outcome.containers))
    return tuple(_container(c, names[c.container_id]) for c in outcome.containers)


def settings(outcome: RemedyOutcome | None) -> tuple[SettingRow, ...]:
    """The settings that were found."""
    return tuple(map(_setting, outcome.settings)) if outcome else ()


def forecast(result: RemedyResult | None, outcome: RemedyOutcome | None) -> tuple[ForecastRow, ...]:
    """Each attribute of everything kept, beside what doing nothing comes to."""
    if result is None or outcome is None:
        return ()
    nothing = result.outcomes[0].quality
    named = sorted({*nothing, *outcome.quality})
    return tuple(_forecast(name, nothing.get(name), outcome.quality.get(name)) for name in named)


def rests_on(result: RemedyResult | None, outcome: RemedyOutcome | None) -> tuple[str, ...]:
    """What must be confirmed, what it is blind to, and every assumption, each in a sentence."""
    if result is None:
        return ()
    own = () if outcome is None else outcome.assumptions
    told = () if outcome is None else _limits(outcome)
    return (*told, *(f"Assumed: {said}" for said in (*own, *result.assumptions)))


def facts_of_outcome(outcome: RemedyOutcome) -> tuple[tuple[str, str], ...]:
    """What a remedy comes to, as names and values."""
    error = fixed(100 * outcome.standard_error, 1)
    return (
        ("Conforms", f"{probability(outcome.p_conform)}, standard error {error} %"),
        ("Kept", f"{fixed(outcome.kept_kg, 1)} kg"),
        ("Taken out", f"{fixed(outcome.removed_kg, 1)} kg"),
        ("Good lost", f"{fixed(outcome.good_lost_kg, 1)} kg"),
        ("Affected kept out", share_of_mass(outcome.contained)),
        ("Cost", f"{fixed(outcome.cost, 1)} {outcome.cost_unit}".strip()),
        *((setting.title, _setting_said(setting)) for setting in outcome.settings),
        *((("To confirm", outcome.confirm),) if outcome.confirm else ()),
        *((("Blind to", outcome.blind_to),) if outcome.blind_to else ()),
        *(("Assumed", said) for said in outcome.assumptions),
    )


def _limits(outcome: RemedyOutcome) -> tuple[str, ...]:
    parts = (("To confirm", outcome.confirm), ("Blind to", outcome.blind_to))
    return tuple(f"{name}: {said}" for name, said in parts if said)


def _container(c: RemedyContainer, name: str) -> BeforeAfter:
    before = probability(c.p_conform_before)
    after = probability(c.p_conform_after) if c.kept_kg > 0.0 else UNKNOWN
    tip = (
        f"{c.container_id}\n"
        f"before: {fixed(c.kept_kg + c.removed_kg, 2)} kg, {fixed(c.affected_kg_before, 2)} kg "
        f"affected, conforms {before}\n"
        f"after: {fixed(c.kept_kg, 2)} kg kept, {fixed(c.affected_kg_after, 2)} kg affected, "
        f"conforms {after}; {fixed(c.removed_kg, 2)} kg taken out"
    )
    return BeforeAfter(c, name, before, after, tip)


def _setting(s: RemedySetting) -> SettingRow:
    usual = UNKNOWN if s.usual is None else significant(s.usual)
    registered = f"{significant(s.low)} to {significant(s.high)}"
    return SettingRow(s.title, s.unit, significant(s.value), usual, registered)


def _setting_said(s: RemedySetting) -> str:
    row = _setting(s)
    was = f", was {row.usual}" if s.usual is not None else ""
    return f"{row.value} {row.unit}{was} (registered {row.registered})"


def _forecast(
    name: str, nothing: PredictedQuality | None, with_it: PredictedQuality | None
) -> ForecastRow:
    unit = next((q.unit for q in (with_it, nothing) if q is not None and q.unit != "-"), "")
    title = attribute_name(name)
    return ForecastRow(
        f"{title}, {unit}" if unit else title,
        *_told(nothing),
        *_told(with_it),
    )


def _told(quality: PredictedQuality | None) -> tuple[str, str]:
    if quality is None:
        return UNKNOWN, UNKNOWN
    return estimate(quality.mean, quality.lo95, quality.hi95), per_cent(quality.p_conform)
