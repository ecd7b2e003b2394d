"""How strongly the evidence prefers one hypothesis to another, in words.

- The scale is 2 ln B of the Bayes factor B; the words are those of Kass and Raftery (1995, J. Am.
  Stat. Assoc. 90, 773-795, section 3.2).
- B is taken on the scale on which probabilities are stated (tempered evidence): the odds of two
  hypotheses are their prior odds times B, so that words and probabilities never disagree.
- The sign is said in words: which of the two the evidence is for.
"""

import math

from investigator.domain.quantities import fixed

POSITIVE, STRONG, VERY_STRONG = 2.0, 6.0, 10.0
LARGEST_TOLD = 1000.0


def strength_word(twice_ln_b: float) -> str:
    """The word for the size of 2 ln B, whatever its sign."""
    size = abs(twice_ln_b)
    if size <= POSITIVE:
        return "not worth more than a mention"
    if size <= STRONG:
        return "positive"
    return "strong" if size <= VERY_STRONG else "very strong"


def preference(twice_ln_b: float, *, preferred: str) -> str:
    """How strongly the evidence prefers another hypothesis to the one that this is told of.

    Args:
        twice_ln_b: 2 ln B of the other one against this one; negative: the evidence is for this.
        preferred: title of the other one.
    """
    if not math.isfinite(twice_ln_b):
        return ""
    figure, word = _figure(abs(twice_ln_b)), strength_word(twice_ln_b)
    if abs(twice_ln_b) <= POSITIVE:
        return f"the evidence for {preferred} over this cause, or against it, is {word} {figure}"
    if twice_ln_b < 0.0:
        return f"{word} evidence for this cause over {preferred} {figure}"
    return f"{word} evidence for {preferred} over this cause {figure}"


def _figure(size: float) -> str:
    """The figure; beyond `LARGEST_TOLD` probabilities are too small to tell it."""
    if size > LARGEST_TOLD:
        return f"(2 ln B > {LARGEST_TOLD:.0f})"
    return f"(2 ln B = {fixed(size, 1)})"
