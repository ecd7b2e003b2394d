"""How much single tablets differ is learned from normal batches, and read strictly."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from support.line_run import package, record, reference, result

from investigator.domain.errors import UnusableInput
from investigator.twin.record import LineRecord
from investigator.twin.replayed_run import replayed_run
from investigator.twin.unit_spread import (
    FILE,
    Spread,
    _pooled,
    _unit_spread,
    estimate_units,
    read_unit_spreads,
    spreads_of,
)

TESTS = {"Content uniformity unit": 10, "Hardness": 10, "Dissolution Q30 unit": 6}
SD = {"Content uniformity unit": 1.5, "Hardness": 4.0, "Dissolution Q30 unit": 2.0}
MEAN = {"Content uniformity unit": 100.0, "Hardness": 110.0, "Dissolution Q30 unit": 88.0}


@cache
def assay() -> np.ndarray:
    return replayed_run(record(), reference(), package().parameters).replayed.assay_pct


def batch(seed: int, *, repeats: int = 20, factor: float = 1.0) -> LineRecord:
    """A batch whose tablets are the replayed course and independent noise of known spread."""
    generator, run = np.random.Generator(np.random.PCG64(seed)), record()
    rows = []
    for drum in run.containers:
        inside = (run.grid_ms >= drum.filled.start_ms) & (run.grid_ms < drum.filled.end_ms)
        at = np.flatnonzero(inside & run.running)
        for test, units in TESTS.items():
            values = MEAN[test] + factor * SD[test] * generator.normal(size=repeats * units)
            if test == "Content uniformity unit":
                values = values + assay()[generator.choice(at, values.size)] - 100.0
            rows += [result(test, float(v), drum=drum.container_id) for v in values]
    return replace(run, laboratory=tuple(rows))


def estimated(*runs: LineRecord) -> dict[str, Any]:
    with ThreadPoolExecutor(1) as executor:
        document = estimate_units(
            [(f"N{k}", run) for k, run in enumerate(runs)],
            reference(),
            package().parameters,
            executor,
        )
    return dict(json.loads(json.dumps(document)))


@pytest.mark.requirement("IMP-033")
def test_the_spread_that_was_put_in_is_found() -> None:
    found = read_unit_spreads({FILE: estimated(*(batch(seed) for seed in range(4)))})
    for name, test in (
        ("assay", "Content uniformity unit"),
        ("hardness", "Hardness"),
        ("q30", "Dissolution Q30 unit"),
    ):
        error = SD[test] / np.sqrt(2.0 * found[name].units)
        assert abs(found[name].sd - SD[test]) < 4.0 * error
        assert found[name].between < 0.05


@pytest.mark.requirement("IMP-033")
def test_batches_that_differ_show_it() -> None:
    runs = [batch(seed, factor=f) for seed, f in enumerate((0.7, 0.9, 1.1, 1.4))]
    found = read_unit_spreads({FILE: estimated(*runs)})
    put_in = float(np.std(np.log([0.7, 0.9, 1.1, 1.4]), ddof=1))
    assert found["assay"].between == pytest.approx(put_in, rel=0.15)


@pytest.mark.requirement("IMP-033")
def test_what_the_course_varies_by_is_no_spread_of_tablets_but_never_all_of_it() -> None:
    """The median of the courses: one container whose worst part was rejected tells nothing."""
    seen = [Spread(4.0, 9, 1.0), Spread(4.0, 9, 1.0), Spread(4.0, 9, 90.0)]
    assert _pooled(seen) == pytest.approx(3.0)
    assert _pooled([Spread(4.0, 9, 90.0)]) == pytest.approx(0.4)


@pytest.mark.requirement("IMP-033")
def test_what_few_tablets_show_of_themselves_is_no_difference_between_batches() -> None:
    generator = np.random.Generator(np.random.PCG64(5))
    batches = [
        {"assay": [Spread(float(v), 9, 0.0)]} for v in generator.chisquare(9, size=400) / 9.0
    ]
    assert _unit_spread("assay", batches).between < 0.1


@pytest.mark.requirement("IMP-033")
def test_too_few_tablets_of_a_container_say_nothing() -> None:
    drum = record().containers[0].container_id
    few = replace(
        record(), laboratory=tuple(result("Hardness", 100.0 + k, drum=drum) for k in range(4))
    )
    outputs = replayed_run(few, reference(), package().parameters).replayed
    assert spreads_of(few, outputs)["hardness"] == []
    with pytest.raises(UnusableInput, match="hold no assay of single tablets"):
        estimated(few)


@pytest.mark.requirement("IMP-033")
def test_a_torn_file_is_refused() -> None:
    document = estimated(batch(1), batch(2))
    assert read_unit_spreads({}) == {}
    without = {FILE: {"attributes": {"assay": document["attributes"]["assay"]}}}
    with pytest.raises(UnusableInput, match=r"units\.json: the spreads of single tablets are inco"):
        read_unit_spreads(without)
    document["attributes"]["q30"]["sd"] = 0.0
    with pytest.raises(UnusableInput, match="the spread of q30 between tablets is none"):
        read_unit_spreads({FILE: document})
    document["attributes"]["q30"].update(sd=1.0, units=float("inf"))
    with pytest.raises(UnusableInput, match="the spreads of single tablets are incomplete"):
        read_unit_spreads({FILE: document})
    document["attributes"]["q30"].update(sd=1.0, units=0)
    with pytest.raises(UnusableInput, match="the spread of q30 between tablets is none"):
        read_unit_spreads({FILE: document})


@pytest.mark.requirement("IMP-033")
def test_the_shipped_twin_has_learned_it() -> None:
    found = read_unit_spreads(package().reference)
    assert found["assay"].units > 1000
    assert 0.5 < found["assay"].sd < 2.0
