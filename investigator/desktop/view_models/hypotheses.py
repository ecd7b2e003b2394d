"""The hypotheses as a ranked list: how probable, why, what was judged, what cannot be told apart.

- "None of these" and "no assignable cause" are rows like any other.
- What the twin does not rank, since a person raised it, stands above the tail of less than 0.1 %.
- What cannot be told apart stands together, where its most probable member stands.
- A failure mode that was ranked but never raised is shown, and says that it waits to be raised.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import open_said, stale_said
from investigator.desktop.view_models.results import standing_said
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.analysis import (
    HypothesisRaised,
    Origin,
    VerdictGiven,
)
from investigator.domain.cause_state import CauseState, state_of
from investigator.domain.investigation import Investigation
from investigator.domain.predictive import borne_out
from investigator.domain.quantities import UNKNOWN, count, fixed, probability
from investigator.domain.ranking import (
    NO_CAUSE,
    NONE_OF_THESE,
    CauseCategory,
    HypothesisAssessment,
    Ranking,
)
from investigator.domain.ranking_words import group_in_words, sides_in_words, telling, widest
from investigator.domain.results import ReplayResult

GLYPHS: Mapping[CauseCategory, str] = MappingProxyType(
    {
        CauseCategory.PEOPLE: "☺",
        CauseCategory.METHOD: "☰",
        CauseCategory.MACHINE: "⚙",
        CauseCategory.MATERIAL: "◆",
        CauseCategory.MEASUREMENT: "⚖",
        CauseCategory.ENVIRONMENT: "☁",
    }
)
"""The sign of each branch; its name stands in the tooltip and in the inspector."""

NO_HYPOTHESES = "No hypothesis is raised yet"
NEXT = "Raise the twin's failure modes, or a hypothesis of your own; then rank them."
_NO_CHECKS = "No check that is known would tell more than the evidence does."
_NOT_RANKED = 0.001
_REMEDY = "rank the hypotheses again"
_HYPHEN_BEFORE_NUMBER = re.compile(r"(?<![\w.-])-(?=\d)")
_TONES: Mapping[CauseState, Tone] = MappingProxyType(
    {
        CauseState.POSSIBLE: Tone.PLAIN,
        CauseState.CONFIRMED: Tone.GOOD,
        CauseState.MOST_PROBABLE: Tone.GOOD,
        CauseState.REFUTED: Tone.PLAIN,
        CauseState.NOT_DETERMINED: Tone.WARN,
    }
)


@dataclass(frozen=True, slots=True)
class HypothesisRow:
    """One row of the list.

    `key`: id of the cause, or what is called `NONE_OF_THESE` or `NO_CAUSE`. `category`: None for
    those two. `probability`: None where it was not ranked. `why`: one sentence. `assessed`,
    `raised`, `verdict`: what stands behind it, None where there is none. `stale`: the verdict rests
    on what has changed since. `state`: how the cause stands.
    """

    key: str
    title: str
    category: CauseCategory | None
    probability: float | None
    why: str
    assessed: HypothesisAssessment | None = None
    raised: Recorded[HypothesisRaised] | None = None
    verdict: Recorded[VerdictGiven] | None = None
    stale: bool = False
    state: CauseState = CauseState.POSSIBLE

    @property
    def said(self) -> str:
        """The probability as it is read."""
        return "not ranked" if self.probability is None else probability(self.probability)

    @property
    def glyph(self) -> str:
        """The sign of its branch; empty for what has none."""
        return GLYPHS[self.category] if self.category else ""

    @property
    def chip(self) -> tuple[str, Tone]:
        """How the cause stands once it was judged; empty for what cannot be judged."""
        if self.category is None:
            return "", Tone.PLAIN
        if self.raised is None:
            return "not raised", Tone.PLAIN
        if self.verdict is None:
            return open_said(), Tone.PLAIN
        if self.stale:
            return stale_said(self.verdict.act.verdict), Tone.WARN
        return self.state.value, _TONES[self.state]

    @property
    def is_open(self) -> bool:
        """Whether it was raised and waits for a verdict."""
        return self.raised is not None and (self.verdict is None or self.stale)


@dataclass(frozen=True, slots=True)
class Bracket:
    """Causes that cannot be told apart, by key, and the check that would tell; empty for none.

    `apart`: how far apart at most; empty where it is not known. `words`: the same in a sentence.
    """

    keys: tuple[str, ...]
    check: str
    apart: str = ""
    words: str = ""

    @property
    def said(self) -> str:
        """What stands beside the bracket."""
        apart = f"{self.apart} apart" if self.apart else ""
        return "  ·  ".join(filter(None, (apart, self.check and f"would tell: {self.check}")))


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A further check: what it is, which causes it tells apart, how much it would tell, and what it
    takes. `check_id`, `place`: of the twin, empty where it is none of the twin's."""

    check: str
    separates: str
    bits: float
    effort: str = ""
    check_id: str = ""
    place: str = ""

    @property
    def words(self) -> str:
        """Which causes it tells apart, and what it takes."""
        told = f"tells apart: {self.separates}" if self.separates else ""
        return "  ·  ".join(filter(None, (told, self.effort)))


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """The list as it is shown.

    `no_checks`: what is said where there are no checks. `note`: how many verdicts wait, and what
    made the ranking stale. `origin`: who recorded the ranking and when, or what made it stale.
    """

    rows: tuple[HypothesisRow, ...]
    brackets: tuple[Bracket, ...]
    checks: tuple[CheckRow, ...]
    no_checks: str
    note: str
    origin: str

    def row(self, key: str) -> HypothesisRow | None:
        """The row of a key."""
        return next((row for row in self.rows if row.key == key), None)


NOTHING = Hypotheses((), (), (), "", "", "")


def hypotheses(scene: Scene) -> Hypotheses:
    """All hypotheses of the case that is shown, the most probable first."""
    case = scene.case
    if case is None or scene.seen is None:
        return NOTHING
    ranking = scene.seen.ranking.ranking if scene.seen.ranking else None
    brackets = _brackets(ranking) if ranking else ()
    rows = _in_order(_rows(case, ranking), brackets)
    checks = _checks(ranking) if ranking else ()
    no_checks = _NO_CHECKS if ranking else "Next checks come with the ranking."
    origin = standing_said(scene, case.ranking, _REMEDY)
    missing = ranking.missing if ranking else ()
    note = _note(rows, origin if case.ranking and case.is_stale(case.ranking) else "", missing)
    told = "\n".join((origin, *missing))
    return Hypotheses(tuple(rows), brackets, checks, no_checks, note, told)


def minus_signs(text: str) -> str:
    """A sentence of the analysis as it is read: numbers below zero with a minus sign."""
    return _HYPHEN_BEFORE_NUMBER.sub("−", text)


def bounds(replay: ReplayResult) -> tuple[int, int]:
    """From the first to the last instant of a replay, in ms."""
    times = [p.measured.t_ms for p in replay.panels if p.measured.t_ms.size]
    return (
        min((int(t[0]) for t in times), default=0),
        max((int(t[-1]) for t in times), default=1),
    )


def _in_order(rows: Sequence[HypothesisRow], brackets: Sequence[Bracket]) -> list[HypothesisRow]:
    weight = {r.key: _NOT_RANKED if r.probability is None else r.probability for r in rows}
    together = {key: bracket.keys for bracket in brackets for key in bracket.keys}

    def place(row: HypothesisRow) -> tuple[float, tuple[str, ...], float]:
        group = together.get(row.key, ())
        return -max(weight.get(key, 0.0) for key in (row.key, *group)), group, -weight[row.key]

    return sorted(rows, key=place)


def _rows(case: Investigation, ranking: Ranking | None) -> list[HypothesisRow]:
    raised = {r.act.cause: r for r in case.hypotheses}
    verdicts = case.verdicts
    rows = []
    for assessed in ranking.hypotheses if ranking else ():
        found, verdict = raised.pop(assessed.cause, None), verdicts.get(assessed.cause)
        rows.append(_ranked(case, assessed, found, verdict))
    for found in raised.values():
        verdict = verdicts.get(found.act.cause)
        rows.append(_not_ranked(case, found, verdict, ranked=ranking is not None))
    return rows + (_remaining(ranking) if ranking else [])


def _ranked(
    case: Investigation,
    assessed: HypothesisAssessment,
    raised: Recorded[HypothesisRaised] | None,
    verdict: Recorded[VerdictGiven] | None,
) -> HypothesisRow:
    return HypothesisRow(
        key=assessed.cause,
        title=assessed.title,
        category=assessed.category,
        probability=assessed.probability,
        why=minus_signs(assessed.why),
        assessed=assessed,
        raised=raised,
        verdict=verdict,
        stale=verdict is not None and case.is_stale(verdict),
        state=state_of(case, assessed.cause),
    )


def _not_ranked(
    case: Investigation,
    raised: Recorded[HypothesisRaised],
    verdict: Recorded[VerdictGiven] | None,
    *,
    ranked: bool,
) -> HypothesisRow:
    act = raised.act
    own = act.origin is Origin.OWN
    why = "Raised by a person; the twin cannot rank it." if own else "Not in the ranking."
    return HypothesisRow(
        key=act.cause,
        title=act.title,
        category=act.category,
        probability=None,
        why=why if ranked or own else act.description,
        raised=raised,
        verdict=verdict,
        stale=verdict is not None and case.is_stale(verdict),
        state=state_of(case, act.cause),
    )


def _remaining(ranking: Ranking) -> list[HypothesisRow]:
    unlisted = "What the evidence shows and no listed cause explains."
    none_why = f"{unlisted} {borne_out(ranking)}".strip()
    no_why = "The line as the twin predicts it, with nothing wrong."
    return [
        HypothesisRow(
            NONE_OF_THESE, capital(NONE_OF_THESE), None, ranking.none_of_the_above, none_why
        ),
        HypothesisRow(NO_CAUSE, capital(NO_CAUSE), None, ranking.no_deviation, no_why),
    ]


def capital(words: str) -> str:
    """Words that stand alone."""
    return words[:1].upper() + words[1:]


def _brackets(ranking: Ranking) -> tuple[Bracket, ...]:
    groups = (group for group in ranking.indistinguishable if len(group) > 1)
    return tuple(_bracket(ranking, group) for group in groups)


def _bracket(ranking: Ranking, group: tuple[str, ...]) -> Bracket:
    check, apart = telling(ranking, group), widest(ranking, group)
    return Bracket(
        group,
        check.check if check else "",
        f"{fixed(apart.sigma, 1)} σ" if apart else "",
        group_in_words(ranking, group),
    )


def _checks(ranking: Ranking) -> tuple[CheckRow, ...]:
    titles = {h.cause: h.title for h in ranking.hypotheses}
    return tuple(
        CheckRow(
            c.check,
            sides_in_words(c, titles),
            c.expected_information_bits,
            c.effort,
            c.check_id,
            c.place,
        )
        for c in ranking.next_checks
    )


def _note(rows: Sequence[HypothesisRow], stale: str, missing: Sequence[str]) -> str:
    raised = [row for row in rows if row.raised is not None]
    waiting = sum(row.is_open for row in raised)
    parts = [f"{len(raised)} raised"] if raised else []
    parts += [f"{waiting} open"] if waiting else []
    parts += [f"{count(len(missing), 'gap')} in the evidence"] if missing else []
    return "  ·  ".join(filter(None, (stale, *parts))) or UNKNOWN
