"""All objects are looked through while the person pauses, and only then."""

import gc
import weakref

from investigator.desktop.tidying import tidied_in_pauses_only, tidy


class Knot:
    """An object that holds itself."""

    def __init__(self) -> None:
        self.held = self


def test_old_objects_are_looked_through_in_pauses_only() -> None:
    seen: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            seen.append(info["generation"])

    before = gc.get_threshold()
    with tidied_in_pauses_only():
        gc.callbacks.append(note)
        kept = [[number] for number in range(400_000)]
        gc.callbacks.remove(note)
        assert 0 in seen
        assert 2 not in seen
        assert kept
        knot = weakref.ref(Knot())
        tidy()
        assert knot() is None
    assert gc.get_threshold() == before
