"""What cannot be told apart, and what would tell, in words."""

import pytest

from investigator.domain.ranking import (
    CauseCategory,
    HypothesisAssessment,
    NextCheck,
    Ranking,
    Separation,
)
from investigator.domain.ranking_words import (
    check_in_words,
    group_in_words,
    sides_in_words,
    sigma_in_words,
    telling,
    use_in_words,
    widest,
)

A, B, C = "load_cell", "potency", "nir"
WEIGH = NextCheck("Check weights", (A, B, C), 0.6, "weights", "1 h: two persons", "", ((A, B),))
ASSAY = NextCheck("Assay (container D03)", (A, C), 0.9, "assay", "8 h: HPLC", "D03", ((A, C),))


def hypothesis(cause: str, title: str) -> HypothesisAssessment:
    return HypothesisAssessment(
        cause=cause, title=title, category=CauseCategory.MACHINE, probability=0.4, onset_ms=None,
        end_ms=None, onset_interval=None, magnitude=None, magnitude_unit="%", log_bayes_factor=0.0,
        why="", supports=(), contradictions=(), confirm_by="",
    )  # fmt: skip


def ranking(*checks: NextCheck, separations: tuple[Separation, ...] = ()) -> Ranking:
    named = (hypothesis(A, "Load cell drifts"), hypothesis(B, "Potency"), hypothesis(C, "NIR"))
    return Ranking(named, 0.1, 0.1, ((A, B),), checks, separations)


@pytest.mark.requirement("DIA-032")
def test_a_group_is_told_with_its_largest_separation_and_the_check_that_tells() -> None:
    apart = (
        Separation(A, B, 1.34, "Assay (QC)", 1.2),
        Separation(A, C, 9.0, "NIR API content", 8.0),
    )
    said = group_in_words(ranking(ASSAY, WEIGH, separations=apart), (A, B))
    assert said == (
        "“Load cell drifts” and “Potency” predict the same values (largest separation 1.3 σ, most "
        "in Assay (QC)) for all recorded tags; the evidence cannot tell them apart. Expected to "
        "separate them (0.60 bit): Check weights. Collect before concluding."
    )


def test_a_group_of_three_that_nothing_tells_says_so() -> None:
    said = group_in_words(ranking(), (A, B, C))
    assert said.startswith("“Load cell drifts”, “Potency” and “NIR” predict the same values for")
    assert said.endswith("No check of the twin is expected to separate them.")


@pytest.mark.requirement("DIA-032")
def test_the_check_that_tells_most_pairs_of_a_group_is_named_before_the_more_informative() -> None:
    both = NextCheck("Both", (A, B, C), 0.5, "both", "", "", ((A, B), (B, C)))
    assert telling(ranking(ASSAY, both), (A, B, C)) == both
    assert telling(ranking(ASSAY, WEIGH), (A, B)) == WEIGH
    assert telling(ranking(ASSAY), (A, B)) is None


def test_a_check_of_a_ranking_that_was_stored_earlier_tells_its_causes_apart() -> None:
    old = NextCheck("Weigh it", (A, B), 0.4)
    assert telling(ranking(old), (A, B)) == old
    assert telling(ranking(NextCheck("Weigh it", (A,), 0.4)), (A, B)) is None


def test_the_widest_separation_is_of_the_group() -> None:
    apart = (Separation(A, B, 1.0, "x", 0.5), Separation(B, C, 4.0, "y", 3.0))
    assert widest(ranking(separations=apart), (A, B)) == apart[0]
    assert widest(ranking(separations=apart), (A, B, C)) == apart[1]
    assert widest(ranking(), (A, B)) is None


def test_a_separation_of_next_to_nothing_names_no_channel() -> None:
    assert sigma_in_words(Separation(A, B, 0.04, "x", 0.03)) == "0.0 σ"


def test_a_check_is_told_with_information_and_effort() -> None:
    assert check_in_words(WEIGH) == "Check weights (0.60 bit; 1 h: two persons)"
    assert check_in_words(NextCheck("Weigh it", (A,), 0.4)) == "Weigh it (up to 0.40 bit)"


def test_a_check_tells_one_side_from_the_other() -> None:
    names = {A: "Load cell", B: "Potency", C: "NIR"}
    one = NextCheck("Check weights", (A, B, C), 0.6, "w", "", "", ((A, B), (A, C)))
    assert sides_in_words(one, names) == "Load cell from Potency, NIR"
    each = NextCheck("Assay", (A, B, C), 0.6, "a", "", "", ((A, B), (A, C), (B, C)))
    assert sides_in_words(each, names) == "Load cell from Potency from NIR"


def test_where_one_cause_lies_between_others_the_pairs_that_are_told_are_named() -> None:
    chain = NextCheck("Assay", (A, B, C), 0.6, "a", "", "", ((A, C),))
    assert sides_in_words(chain, {}) == f"{A} from {C}"


def test_causes_that_a_check_does_not_tell_apart_are_a_list() -> None:
    assert sides_in_words(NextCheck("Weigh it", (A, B), 0.4), {A: "Load cell"}) == (
        "Load cell, potency"
    )


@pytest.mark.parametrize(("bits", "use"), [(0.005, "would tell"), (0.0049, "would confirm")])
def test_a_check_that_tells_nothing_more_is_said_to_confirm(bits: float, use: str) -> None:
    assert use_in_words(NextCheck("Weigh it", (A,), bits)) == use
