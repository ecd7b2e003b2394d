"""What cannot be told apart, and what would tell, in the words of console, window and report.

- A group is told with the largest separation within it and the check that would separate it most.
- Rankings that were stored before separations and the checks of the twin were known say what they
  can: there each cause of a check was told from every other.
"""

from collections.abc import Collection, Mapping
from itertools import combinations

from investigator.domain.quantities import fixed, significant
from investigator.domain.ranking import HypothesisAssessment, NextCheck, Ranking, Separation
from investigator.domain.scenario_rules import REPEATED

# Below one standard deviation in all there is no channel in which a difference could be seen.
_WORTH_A_CHANNEL = 1.0
# Below it the information is printed as 0.00.
_WORTH_BITS = 0.005


def shape_in_words(hypothesis: HypothesisAssessment) -> str:
    """The time shape that a hypothesis was fitted in, as `pulse train, period 600 s`; empty where
    none is known."""
    time_s, shape = hypothesis.time_constant_s, hypothesis.time_shape
    named = "period" if shape in REPEATED else "time constant"
    return f"{shape}, {named} {significant(time_s)} s" if shape and time_s else shape


def group_in_words(ranking: Ranking, group: Collection[str]) -> str:
    """One or two sentences: the hypotheses that predict the same, how far apart, and what tells."""
    titles = {h.cause: h.title for h in ranking.hypotheses}
    names = [f"“{titles.get(cause, cause)}”" for cause in group]
    found, check = widest(ranking, group), telling(ranking, group)
    apart = f" (largest separation {sigma_in_words(found)})" if found else ""
    alike = f"{', '.join(names[:-1])} and {names[-1]} predict the same values{apart}"
    if check is None:
        told = "No check of the twin is expected to separate them."
    else:
        bits = fixed(check.expected_information_bits, 2)
        told = f"Expected to separate them ({bits} bit): {check.check}. Collect before concluding."
    return f"{alike} for all recorded tags; the evidence cannot tell them apart. {told}"


def widest(ranking: Ranking, group: Collection[str]) -> Separation | None:
    """The largest separation within a group; None where none is known."""
    inside = [s for s in ranking.separations if s.one in group and s.other in group]
    return max(inside, key=lambda s: s.sigma, default=None)


def telling(ranking: Ranking, group: Collection[str]) -> NextCheck | None:
    """The check that tells apart most pairs of a group, of these the most informative."""
    pairs = {frozenset(pair) for pair in combinations(group, 2)}

    def told(check: NextCheck) -> int:
        tells = check.tells if check.check_id else combinations(check.separates, 2)
        return len(pairs & {frozenset(pair) for pair in tells})

    able = [check for check in ranking.next_checks if told(check)]
    return max(able, key=lambda c: (told(c), c.expected_information_bits), default=None)


def sides_in_words(check: NextCheck, names: Mapping[str, str]) -> str:
    """Which causes a check tells from which, as `A from B, C`; a list where it tells none apart.

    Two causes are on one side where the check does not tell them apart. Where that leaves one side
    only, since one cause lies between others, the pairs are named.
    """
    told = {frozenset(pair) for pair in check.tells}
    sides: list[list[str]] = []
    for cause in check.separates:
        alike = [s for s in sides if any(frozenset((cause, one)) not in told for one in s)]
        sides = [s for s in sides if s not in alike]
        sides.append([one for s in alike for one in s] + [cause])
    if len(sides) == 1 and check.tells:
        return "; ".join(f"{names.get(a, a)} from {names.get(b, b)}" for a, b in check.tells)
    written = [", ".join(names.get(cause, cause) for cause in side) for side in sides]
    return " from ".join(written)


def sigma_in_words(found: Separation) -> str:
    """A separation with the channel that separates most, as `1.3 σ, most in Assay (QC)`."""
    most = f", most in {found.channel}" if found.sigma >= _WORTH_A_CHANNEL else ""
    return f"{fixed(found.sigma, 1)} σ{most}"


def check_in_words(check: NextCheck) -> str:
    """A further check with its information and effort, as `Check weights (0.81 bit; 1 h: two)`.

    What is none of the twin's checks has no outcome that could be foreseen: its bits are the most.
    """
    most = "" if check.check_id else "up to "
    bits = f"{most}{fixed(check.expected_information_bits, 2)} bit"
    return f"{check.check} ({'; '.join(filter(None, (bits, check.effort)))})"


def use_in_words(check: NextCheck) -> str:
    """What a check is for: of no information only those are listed that would confirm a cause."""
    return "would tell" if check.expected_information_bits >= _WORTH_BITS else "would confirm"
