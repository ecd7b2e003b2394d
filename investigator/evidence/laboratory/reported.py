"""A result as a laboratory writes it: a number, a bound where the method ended, or a word.

- `< 0.05`, `<LOQ`, `BLOQ`, `n.d.`, `> 100`: the sign and, where one is written, the bound. There is
  no number, and none is put in its place.
- `Complies`, `entspricht`, `does not conform`, ...: the laboratory's own verdict.
- Anything else is not understood and left to the loss ledger.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from investigator.domain.acceptance import Bound, Verdict
from investigator.evidence.tables.numerals import NUMERAL, numeral

NUMBER = re.compile(rf"(?P<number>{NUMERAL})\s*(?P<unit>%|‰)?")
BOUNDED = re.compile(
    rf"(?P<sign>[<>≤≥]|<=|>=|less than|more than|kleiner als|größer als|unter|über)\s*"
    rf"(?:(?:LOQ|LOD|BG|NWG|QL|DL)\b\s*)?(?:[(=:]\s*)*(?P<number>{NUMERAL})?\s*(?P<unit>%|‰)?\s*\)?",
    re.IGNORECASE,
)
BELOW_REACH = frozenset(
    {
        "n.d.", "n.d", "nd", "n. d.", "not detected", "none detected", "n.n.", "n. n.",
        "nicht nachweisbar", "nicht nachgewiesen", "bloq", "bql", "blq", "bdl", "below loq",
        "below lod", "below limit of quantitation", "below limit of quantification",
        "below limit of detection", "below detection limit", "unter bestimmungsgrenze",
        "unter nachweisgrenze",
    }
)  # fmt: skip
"""Words for: less than the method can quantify or detect."""

CONFORMING = frozenset(
    {
        "complies", "conforms", "comply", "conform", "complied", "pass", "passes", "passed",
        "meets", "meets requirements", "meets specification", "ok", "in spec", "within limits",
        "entspricht", "konform", "erfüllt", "bestanden", "i.o.", "io", "accepted",
    }
)  # fmt: skip
FAILING = frozenset(
    {
        "does not comply", "does not conform", "non-conforming", "nonconforming", "not conforming",
        "not compliant", "fail", "fails", "failed", "oos", "out of specification", "not ok", "nok",
        "entspricht nicht", "nicht konform", "nicht erfüllt", "nicht bestanden", "n.i.o.", "nio",
        "rejected", "out of spec",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reported:
    """What a result says: exactly one of `number`, `censored` and `verdict` is set.

    `bound` goes with `censored` and is None where the text names none; `unit` is the per cent sign
    of the text, empty without.
    """

    number: Decimal | None = None
    censored: Bound | None = None
    bound: Decimal | None = None
    verdict: Verdict | None = None
    unit: str = ""


def read_reported(text: str, *, decimal: str = ".") -> Reported | None:
    """What a laboratory's result says; None where it is not understood.

    Args:
        text: the cell as written.
        decimal: decimal mark of the file.
    """
    bare = " ".join(text.split())
    if found := NUMBER.fullmatch(bare):
        number = numeral(found["number"], decimal)
        return None if number is None else Reported(number=number, unit=found["unit"] or "")
    if bare.casefold() in BELOW_REACH:
        return Reported(censored=Bound.BELOW)
    if found := BOUNDED.fullmatch(bare):
        return _bounded(found, decimal)
    verdict = verdict_in(bare)
    return None if verdict is Verdict.UNJUDGED else Reported(verdict=verdict)


def verdict_in(words: str) -> Verdict:
    """What a laboratory's word for a result means; unjudged where it is none of the known ones."""
    word = " ".join(words.split()).strip(" .").casefold()
    if word in CONFORMING or f"{word}." in CONFORMING:
        return Verdict.CONFORMS
    if word in FAILING or f"{word}." in FAILING:
        return Verdict.FAILS
    return Verdict.UNJUDGED


def _bounded(found: re.Match[str], decimal: str) -> Reported | None:
    sign = found["sign"].casefold()
    above = sign[0] in ">≥" or sign in {"more than", "größer als", "über"}
    bound = None
    if found["number"]:
        bound = numeral(found["number"], decimal)
        if bound is None:
            return None
    elif len(found[0].strip()) == len(found["sign"]):
        return None
    side = Bound.ABOVE if above else Bound.BELOW
    return Reported(censored=side, bound=bound, unit=found["unit"] or "")
