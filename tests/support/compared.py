"""A case whose replay lays its batch beside normal ones."""

from dataclasses import replace
from functools import cache

import numpy as np

from investigator.desktop.scene import Scene
from investigator.domain.panel import Curve, Panel
from investigator.domain.results import ReplayResult
from support import dossiers
from support.investigations import RANKED, walked
from support.scenes import a_replay, a_scene
from support.toolboxes import NIR, a_toolbox, the_chart, the_pls_chart


def a_panel(title: str, unit: str) -> Panel:
    """A steady course of 72 minutes, a little below the twin."""
    t_ms = dossiers.START + dossiers.MINUTE * np.arange(73, dtype=np.int64)
    measured, middle = np.full(73, 19.8), np.full(73, 20.0)
    return Panel(
        title,
        unit,
        Curve("measured", t_ms, measured),
        Curve("twin", t_ms, middle),
        middle - 0.5,
        middle + 0.5,
    )


@cache
def compared() -> ReplayResult:
    """The replay with all four parts."""
    panels = (
        a_panel(NIR, "% w/w"),
        a_panel("Ejection force against its usual level", "%"),
    )
    return replace(
        a_replay(),
        panels=panels,
        toolbox=a_toolbox(),
        control_chart=the_chart(),
        pls_chart=the_pls_chart(),
    )


def with_replay(result: ReplayResult | None) -> Scene:
    """The scene of the walk with another replay."""
    scene = a_scene(walked(until=RANKED))
    if scene.seen is None:
        raise LookupError("the walk shows no case")
    return replace(scene, seen=replace(scene.seen, replay=result))


def compared_scene() -> Scene:
    """The scene with `compared`."""
    return with_replay(compared())
