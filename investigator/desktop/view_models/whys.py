"""The chain of whys of a hypothesis as a ladder: from what happened down to the root cause.

- A step that a withdrawal cut off is shown, and says which step must be stated for it to count.
- What hinders a step is said in the sentence of the rule.
"""

from dataclasses import dataclass, replace

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.evidence_links import LinkShown, shown
from investigator.desktop.view_models.hypotheses import GLYPHS
from investigator.desktop.view_models.recorded import Take, facts_of, stale_said, told, withdrawal
from investigator.desktop.view_models.results import zone_of
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.reasoning import EvidenceLink, LinkKind, WhyStated
from investigator.domain.investigation import Investigation
from investigator.domain.quantities import count
from investigator.domain.ranking import CauseCategory

NO_CHAIN = (
    "No why is stated yet",
    "Ask why it happened; state each answer with its evidence, down to the root cause.",
)
NO_HYPOTHESIS = (
    "No hypothesis is raised yet",
    "Raise the twin's failure modes, or a hypothesis of your own; then ask why it happened.",
)
ROOTS = (
    ("", "none: a further why follows"),
    *((category.value, f"{category.value}: the chain ends here") for category in CauseCategory),
)
_STALE = "the evidence was admitted anew after it; state it again or withdraw it"
_PROBE = (EvidenceLink(LinkKind.SIGNAL, "-"),)


@dataclass(frozen=True, slots=True)
class Step:
    """One why of the ladder.

    `number`: 1 for the first. `root`: the category that ends the chain, with its sign; empty where
    a further why follows. `note`: why it does not count as it stands; empty if it does.
    """

    number: int
    statement: str
    links: tuple[LinkShown, ...]
    root: str
    note: str
    recorded: Recorded[WhyStated]

    @property
    def tone(self) -> Tone:
        """A warning where it does not count as it stands."""
        return Tone.WARN if self.note else Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain of one hypothesis.

    `effect`: what is to be explained. `counted`: how many of the steps are in the chain; those
    after them are cut off.
    """

    cause: str
    title: str
    effect: str
    steps: tuple[Step, ...]
    counted: int

    @property
    def following(self) -> int:
        """Number of the step that comes next."""
        return self.counted + 1

    @property
    def said(self) -> str:
        """How far it has come."""
        if not self.counted:
            return "no why yet"
        root = self.steps[self.counted - 1].root
        return f"{count(self.counted, 'why')}, {f'root cause in {root}' if root else 'goes on'}"

    def step(self, number: int) -> Step | None:
        """The step of a number; None where there is none."""
        return next((step for step in self.steps if step.number == number), None)


def chains(scene: Scene) -> tuple[Chain, ...]:
    """A chain for each hypothesis that was raised, in their order; those without a step too."""
    case = scene.case
    if case is None:
        return ()
    return tuple(_chain(scene, case, r.act.cause, r.act.title) for r in case.hypotheses)


def why_not_state(scene: Scene | None, chain: Chain | None, number: int) -> str:
    """Why the step of a number cannot be stated now; empty if it can."""
    if scene is None or scene.case is None:
        return "Open a case first."
    if chain is None:
        return "Raise a hypothesis first; then its chain of whys can be stated."
    return scene.why_not(WhyStated(chain.cause, number, "-", _PROBE))


def stated(
    chain: Chain, number: int, words: str, links: tuple[EvidenceLink, ...], root: str
) -> WhyStated:
    """The act that states a step. `root`: category that ends the chain; empty for none."""
    return WhyStated(chain.cause, number, words, links, CauseCategory(root) if root else None)


def about_step(
    scene: Scene,
    chain: Chain,
    step: Step,
    *,
    ways: tuple[Thing, ...],
    take: Take,
    restate: Command,
) -> Inspected:
    """A step: what it says, what it rests on, who stated it.

    Args:
        scene: the case.
        chain: that it is of.
        step: of the chain.
        ways: to its evidence.
        take: asks for its withdrawal.
        restate: the command that states it again.
    """
    zone, recorded = zone_of(scene), step.recorded
    facts = (
        ("Hypothesis", chain.title),
        ("Step", f"why {step.number}"),
        *((("Root cause in", step.root),) if step.root else ()),
        *facts_of(recorded, zone),
    )
    back = replace(withdrawal(scene, recorded, take), title="Withdraw the why…")
    return Inspected(
        title=step.statement,
        kind="step of a chain of whys",
        facts=facts,
        source=told(recorded, zone),
        findings=(Remark(step.note),) if step.note else (),
        rests_on=ways,
        actions=(restate, back),
    )


def _chain(scene: Scene, case: Investigation, cause: str, title: str) -> Chain:
    counted = case.whys_of(cause)
    rest = [r for r in case.all_standing(WhyStated) if r.act.cause == cause and r not in counted]
    rest.sort(key=lambda r: r.act.step)
    steps = tuple(_step(scene, case, r, len(counted)) for r in (*counted, *rest))
    return Chain(cause, title, case.opened.act.title, steps, len(counted))


def _step(scene: Scene, case: Investigation, r: Recorded[WhyStated], counted: int) -> Step:
    note = stale_said(_STALE) if case.is_stale(r) else ""
    if r.act.step > counted:
        note = f"cut off: it counts once why {counted + 1} is stated again"
    root = f"{GLYPHS[r.act.root]} {r.act.root.value}" if r.act.root else ""
    return Step(r.act.step, r.act.statement, shown(scene, r.act.evidence), root, note, r)
