"""How a part of the replay is told: its figures, and the replay that it is of."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.frame.state import Place
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import Take
from investigator.desktop.view_models.results import about_result, zone_of
from investigator.domain.quantities import count
from investigator.domain.results import ReplayResult

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReplayTeller:
    """Tells parts of the replay of a case.

    `go`: goes to a place. `take`: asks for the withdrawal of the replay.
    """

    scene: Scene
    go: Callable[[Place], None]
    take: Take

    @property
    def zone(self) -> str:
        """The zone in which times are told."""
        return zone_of(self.scene)

    def told(
        self, title: str, kind: str, facts: Facts, *, remarks: tuple[Remark, ...] = ()
    ) -> Inspected:
        """A part with its figures; entry, digest and ways on are those of the replay."""
        recorded = self.scene.case.replay if self.scene.case else None
        if recorded is None:
            return Inspected(title, kind, facts, findings=remarks)
        places = (Place.EVIDENCE, Place.TWIN)
        made = about_result(
            self.scene, recorded, title, places, go=self.go, take=self.take, facts=facts
        )
        return replace(made, kind=kind, findings=(*made.findings, *remarks))


def about_replay(teller: ReplayTeller, result: ReplayResult) -> Inspected:
    """The replay as a whole: what it compared, and every assumption that it rests on."""
    replayed = result.replayed
    facts: Facts = (
        ("Signals", count(len(result.panels), "signal")),
        ("From recorded inputs", "yes" if replayed else "no: replay the batch again"),
    )
    assumed = (*result.assumptions, *(replayed.assumptions if replayed else ()))
    remarks = tuple(Remark(words, Tone.PLAIN) for words in dict.fromkeys(assumed))
    return teller.told("Replay", "result", facts, remarks=remarks)
