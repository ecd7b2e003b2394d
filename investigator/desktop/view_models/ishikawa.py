"""The hypotheses by branch of the Ishikawa diagram: people, method, machine, material, measurement,
environment; those that were raised, the most probable first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.hypotheses import GLYPHS, HypothesisRow
from investigator.domain.acts.analysis import Verdict
from investigator.domain.ranking import CauseCategory

NOTHING = "Nothing is raised yet; raise the twin's failure modes or a hypothesis of your own."

_SAID = 0.001


@dataclass(frozen=True, slots=True)
class Bone:
    """One cause on a branch, its probability before it from 0.1 % on. `struck`: it was refuted."""

    key: str
    text: str
    tone: Tone
    struck: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch: its name with its sign, and the causes on it."""

    name: str
    bones: tuple[Bone, ...]


def branches(rows: Sequence[HypothesisRow]) -> tuple[Branch, ...]:
    """The six branches, empty ones too."""
    return tuple(
        Branch(
            f"{GLYPHS[category]} {category.value}",
            tuple(_bone(r) for r in rows if r.category is category and r.raised is not None),
        )
        for category in CauseCategory
    )


def _bone(row: HypothesisRow) -> Bone:
    verdict = row.verdict.act.verdict if row.verdict and not row.stale else None
    worth_saying = row.probability is not None and row.probability >= _SAID
    said = f"{row.said}  " if worth_saying else ""
    tone = Tone.GOOD if verdict is Verdict.SUPPORTED else Tone.PLAIN
    return Bone(row.key, f"{said}{row.title}", tone, verdict is Verdict.REFUTED)
