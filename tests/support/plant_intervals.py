"""How often the intervals of an estimate hold the truth of the plant's own deviations.

    python -m support.plant_intervals DATA MODELS [GROUP]

- The plant is not the twin, and its sizes are its own: compared is the first size where the plant
  tells it in the unit of the failure mode, and onset, end and duration where they are free.
- The causes of a case are given; of two, one is fitted behind the other.
"""

import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

from investigator.analysis.diagnosis import Diagnosis, diagnose, replay
from investigator.domain.ranking import HypothesisAssessment
from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder
from investigator.evidence.historian.facts import read_tag_list
from investigator.twin.failure_mode import FailureMode
from investigator.twin.package import TwinPackage, load_package
from investigator.twin.scenario import Window
from support.impact_figures import causes_of, listed_causes, truths
from support.interval_coverage import Held, of_sizes, of_window, told

NOMINAL = {"mcc_lot_moisture": 4.3, "api_lot_psd_change": 28.0}
"""What a size of the plant is counted from, where the mode counts from nominal."""
OTHERWISE = frozenset(
    {
        "weight_control_mistuned",
        "hopper_runout_segregation",
        "line_stop_stagnation",
        "reject_gate_fail",
        "mcc_feed_disturbance",
        "api_bridging",
    }
)
"""Causes whose size the plant counts otherwise than the twin."""


def of_plant(data: Path, models: Path, group: str) -> Iterator[Held]:
    """The intervals of all deviations of a group whose causes are on the list."""
    package, listed = load_package(models / "cdc_line_3"), listed_causes(data)
    for truth in truths(data, group):
        causes = causes_of(truth, listed)
        if causes:
            found = _given(data / group / truth["case"], package, data / "tags.csv", causes)
            for cause in truth["causes"]:
                yield from _judged(cause, found, package.failure_modes)


def _given(folder: Path, package: TwinPackage, tags: Path, causes: tuple[str, ...]) -> Diagnosis:
    site = package.manifest
    read = read_folder(
        folder, tags=read_tag_list(tags), line_id=site.line_id, site_zone=site.site_zone
    )
    with ThreadPoolExecutor(1) as executor:
        return diagnose(replay(decided(read), package), package, executor=executor, causes=causes)


def _judged(
    cause: Mapping[str, Any], found: Diagnosis, modes: tuple[FailureMode, ...]
) -> Iterator[Held]:
    name = cause["cause"]
    said = next(h for h in found.ranking.hypotheses if h.cause == name)
    if said.onset_ms is None:
        return
    rows = [*of_sizes(_size(cause), said)]
    if _is_free(said, modes):
        window = Window(_ms(cause["onset"]), _ms(cause["end"]))
        rows = [*of_window(window, said), *rows]
    for estimate, held, width in rows:
        yield Held(name, said.time_shape, estimate, held, width)


def _is_free(said: HypothesisAssessment, modes: tuple[FailureMode, ...]) -> bool:
    mode = next(m for m in modes if m.cause == said.cause)
    return any(m.window_is_free for m in mode.in_each_shape() if m.shape.value == said.time_shape)


def _size(cause: Mapping[str, Any]) -> tuple[float, ...]:
    name = cause["cause"]
    return () if name in OTHERWISE else (cause["magnitude"] - NOMINAL.get(name, 0.0),)


def _ms(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


if __name__ == "__main__":
    where, twins, *groups = sys.argv[1:]
    for each in groups or ["past_deviations"]:
        sys.stdout.write(f"{told(list(of_plant(Path(where), Path(twins), each)))}\n")
