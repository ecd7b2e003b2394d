"""The figures by which the impact is measured, on cases whose figures can be counted by hand."""

import pytest
from support.impact_figures import Scored, causes_of, figures, quality_rows


def container(kg: float) -> dict[str, object]:
    quality = {"assay": {"mean": 100.0}}
    return {"net_kg": 12.0, "affected_kg": kg, "affected": kg > 0.0, "quality": quality}


def case(affected: dict[str, float], held: list[str], *, cause: str = "api_bridging") -> Scored:
    """Drums D1 to D4, affected by so many kg; the interval of D1 holds its mean, no other does."""
    drums = {name: container(affected.get(name, 0.0)) for name in ("D1", "D2", "D3", "D4")}
    told = {n: {"lo95": 99.0, "hi95": 101.0 if n == "D1" else 99.5} for n in drums}
    return Scored(
        {
            "case": "C",
            "causes": [cause] if cause else [],
            "cause_ids": [cause] if cause else [],
            "affected_containers": list(affected),
            "containers": drums,
        },
        {
            "affected_containers": held,
            "container_quality": {name: {"assay": one} for name, one in told.items()},
        },
        True,
    )


def test_misses_are_counted_by_their_mass():
    found = figures([case({"D1": 3.0, "D2": 0.05, "D3": 0.06}, ["D3"])])
    assert found["missed, 0.1 kg or more"] == 1
    assert found["of those with less, missed"] == pytest.approx(0.5)
    assert found["mass held over mass of affected drums"] == pytest.approx(1.0 / 3.0)


def test_cases_left_alone_are_those_with_a_cause_and_no_affected_drum():
    found = figures([case({}, []), case({}, ["D4"]), case({}, [], cause="")])
    assert found["cases"] == 2
    assert found["cases without affected drum left alone"] == pytest.approx(0.5)


def test_an_interval_counts_where_it_holds_the_true_mean():
    rows = list(quality_rows([case({"D2": 1.0}, ["D2"])]))
    assert [(affected, inside) for _, affected, inside, _ in rows] == [
        (False, True),
        (True, False),
        (False, False),
        (False, False),
    ]


def test_causes_are_given_where_all_of_them_are_listed():
    listed = {"api_bridging", "nir_fouling"}
    assert causes_of({"cause_ids": ["nir_fouling"]}, listed) == ("nir_fouling",)
    assert causes_of({"cause_ids": ["outside_list"]}, listed) is None
    assert causes_of({"cause_ids": []}, listed) is None
