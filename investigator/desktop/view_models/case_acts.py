"""All acts of a case as the window lists them: what each said, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass

from investigator.desktop.commands import Thing
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.act_facts import facts_of_act
from investigator.desktop.view_models.recorded import Take, by, moment_of, told, withdrawal
from investigator.domain.acts.act import Act, Recorded
from investigator.domain.grounds import RESTS_ON
from investigator.domain.investigation import Investigation, Withdrawal


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act of the history.

    `standing`: what became of it, with the number of the entry that did it; empty while it counts.
    """

    sequence: int
    when: str
    who: str
    what: str
    why: str
    standing: str
    tone: Tone
    recorded: Recorded[Act]
    withdrawal: Withdrawal | None


def act_rows(case: Investigation) -> tuple[ActRow, ...]:
    """All acts, the latest first, with those that were withdrawn."""
    rows = [_act(case, r, None) for r in case.history]
    rows += [_act(case, w.withdrawn, w) for w in case.withdrawals]
    return tuple(sorted(rows, key=lambda row: -row.sequence))


def inspected_act(scene: Scene, row: ActRow, take: Take, go: Callable[[int], None]) -> Inspected:
    """What an act says, who did it when and why, what it rests on."""
    gone = f": {row.withdrawal.why}" if row.withdrawal else ""
    remarks = (Remark(f"{row.standing}{gone}", row.tone),) if row.standing else ()
    return Inspected(
        title=row.what,
        kind=f"entry {row.sequence}",
        facts=(*facts_of_act(row.recorded.act, zone_of(scene)), *reason_of(row.recorded)),
        source=told(row.recorded, zone_of(scene)),
        findings=remarks,
        rests_on=() if row.withdrawal else _grounds(scene, row.recorded, go),
        actions=() if row.withdrawal else (withdrawal(scene, row.recorded, take),),
    )


def _act(case: Investigation, recorded: Recorded[Act], gone: Withdrawal | None) -> ActRow:
    standing, tone = _standing(case, recorded, gone)
    return ActRow(
        recorded.sequence,
        moment_of(recorded, case.opened.act.zone),
        by(recorded),
        what_was_done(recorded.act),
        recorded.why,
        standing,
        tone,
        recorded,
        gone,
    )


def _standing(
    case: Investigation, recorded: Recorded[Act], gone: Withdrawal | None
) -> tuple[str, Tone]:
    if gone is not None:
        return f"withdrawn by {gone.sequence}", Tone.BAD
    latest = case.standing(type(recorded.act), recorded.act.about())
    if latest is not None and latest.sequence != recorded.sequence:
        return f"replaced by {latest.sequence}", Tone.PLAIN
    if case.is_stale(recorded):
        return "◐ stale", Tone.WARN
    return "", Tone.PLAIN


def _grounds(scene: Scene, recorded: Recorded[Act], go: Callable[[int], None]) -> tuple[Thing, ...]:
    case = scene.case
    if case is None:
        return ()
    found = [r for kind in RESTS_ON.get(type(recorded.act), ()) for r in case.all_standing(kind)]
    return tuple(
        Thing(
            r.act.about() or r.act.WORD,
            f"entry {r.sequence}",
            lambda sequence=r.sequence: go(sequence),  # type: ignore[misc]
        )
        for r in found
    )


def what_was_done(act: Act) -> str:
    """The word of the act, and the thing that it is about where the word does not say it."""
    about = act.about()
    return act.WORD if not about or act.WORD.startswith(about) else f"{act.WORD}: {about}"


def reason_of(recorded: Recorded[Act]) -> tuple[tuple[str, str], ...]:
    """The reason as name and value; nothing where none was given."""
    return (("Reason", recorded.why),) if recorded.why else ()


def zone_of(scene: Scene) -> str:
    """The zone in which the times of the case are shown."""
    return scene.case.opened.act.zone if scene.case else "UTC"
