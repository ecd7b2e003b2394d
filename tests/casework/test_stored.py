"""Values as stored bytes: they read back as the same value, or are not stored."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import pytest
from domain.test_elimination import LEFT
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from support.charts import a_chart, a_pls_chart
from support.dossiers import a_dossier
from support.estimated import an_estimated
from support.witnessed import a_witnessed_dossier

from investigator.casework.stored import decoded, encoded
from investigator.domain.chart_model import ChartModel
from investigator.domain.errors import AlteredRecord
from investigator.domain.impact import Impact
from investigator.domain.ranking import PredictiveCheck, Ranking
from investigator.domain.results import ReplayResult


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Thing:
    name: str
    number: float | None
    colour: Colour
    due: date
    parts: tuple[int, ...]
    by_name: Mapping[str, float]


@dataclass(frozen=True)
class Numbers:
    values: np.ndarray[Any, Any]


THING = Thing("ä", 0.1, Colour.RED, date(2026, 3, 4), (1, 2), {"b": 2.5, "a": -0.0})
KINDS = ["<f8", ">f8", "<f4", "<i8", ">i2", "u1", "?"]


@pytest.mark.requirement("CAS-061")
def test_a_value_reads_back_as_the_same() -> None:
    assert decoded(encoded(THING), Thing) == THING
    assert encoded(decoded(encoded(THING), Thing)) == encoded(THING)


def test_what_alarms_and_operators_say_reads_back_as_the_same() -> None:
    ranking = a_witnessed_dossier().ranking
    assert decoded(encoded(ranking), Ranking) == ranking


@pytest.mark.requirement("CAS-061")
def test_results_of_an_investigation_read_back_as_the_same() -> None:
    dossier = a_dossier()
    assert decoded(encoded(dossier.ranking), Ranking) == dossier.ranking
    assert decoded(encoded(dossier.impact), Impact) == dossier.impact


_OF_ESTIMATES = (
    *("end_interval", "ends_open", "duration_s", "sizes", "told_gain"),
    *("time_shape", "time_constant_s"),
)
"""What a hypothesis did not have before its end, sizes, shape and alarms were told."""


@pytest.mark.requirement("DIA-068")
def test_intervals_are_stored_and_a_ranking_of_before_there_were_any_has_none() -> None:
    ranking = a_dossier().ranking
    told = replace(ranking, hypotheses=(an_estimated("api_bridging"),))
    assert decoded(encoded(told), Ranking) == told
    stored = json.loads(encoded(ranking))
    for hypothesis in stored["hypotheses"]:
        for name in _OF_ESTIMATES:
            del hypothesis[name]
    assert decoded(json.dumps(stored).encode(), Ranking) == ranking


def test_the_order_of_a_mapping_does_not_matter() -> None:
    other = Thing("ä", 0.1, Colour.RED, THING.due, THING.parts, {"a": -0.0, "b": 2.5})
    assert encoded(other) == encoded(THING)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_keeps_its_last_bit(number: float) -> None:
    thing = Thing("x", number, Colour.RED, THING.due, (), {})
    back = decoded(encoded(thing), Thing).number
    assert back is not None
    assert (back, math.copysign(1, back)) == (number, math.copysign(1, number))


@pytest.mark.requirement("CAS-061")
@given(
    hnp.arrays(st.sampled_from(KINDS).map(np.dtype), hnp.array_shapes(min_side=0), fill=st.just(0))
)
def test_an_array_keeps_bits_and_shape(values: np.ndarray[Any, Any]) -> None:
    back = decoded(encoded(Numbers(values)), Numbers).values
    assert back.shape == values.shape
    assert back.dtype == values.dtype.newbyteorder("<")
    assert back.tobytes() == values.astype(back.dtype).tobytes()


@pytest.mark.requirement("CAS-061")
def test_an_array_keeps_what_is_not_a_number() -> None:
    values = np.array([np.nan, np.inf, -np.inf, -0.0])
    np.testing.assert_array_equal(decoded(encoded(Numbers(values)), Numbers).values, values)


def test_byte_order_and_stride_do_not_matter() -> None:
    values = np.arange(6.0)
    others = (values.astype(">f8"), np.repeat(values, 2)[::2])
    assert all(encoded(Numbers(other)) == encoded(Numbers(values)) for other in others)


@pytest.mark.requirement("CAS-061")
@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, np.float64("nan")])
@pytest.mark.parametrize("place", ["number", "by_name"])
def test_a_number_that_json_has_no_word_for_is_not_lost_in_silence(
    number: float, place: str
) -> None:
    by_name = {"a": number} if place == "by_name" else {}
    thing = Thing("x", number if place == "number" else 1.0, Colour.RED, THING.due, (), by_name)
    with pytest.raises(ValueError, match="cannot be stored"):
        encoded(thing)


@pytest.mark.parametrize("value", [object(), np.array([object()]), np.array(["text"]), {1, 2}.pop])
def test_what_has_no_stored_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        encoded(value)


@pytest.mark.requirement("REC-021")
@pytest.mark.parametrize(
    "change",
    [
        {"dtype": "O"},
        {"dtype": "nonsense"},
        {"shape": [7]},
        {"shape": "x"},
        {"base64": "!"},
        {"base64": None},
        {"dtype": None, "shape": None},
    ],
)
def test_bytes_that_hold_no_array_are_said_so(change: dict[str, Any]) -> None:
    document = json.loads(encoded(Numbers(np.arange(3.0))))
    document["values"].update(change)
    with pytest.raises(AlteredRecord, match="The stored Numbers cannot be read"):
        decoded(json.dumps(document).encode(), Numbers)


@pytest.mark.requirement("REC-021")
@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b'{"name": 1}', b"\xff"])
def test_bytes_of_something_else_are_said_so(data: bytes) -> None:
    with pytest.raises(AlteredRecord, match="The stored Thing cannot be read"):
        decoded(data, Thing)


@pytest.mark.requirement("DIA-047")
@pytest.mark.parametrize("explained", [None, 0.93])
def test_what_rejects_a_hypothesis_and_the_check_of_the_leading_one_are_stored(
    explained: float | None,
) -> None:
    ranking = a_dossier().ranking
    leading, other = ranking.hypotheses
    told = replace(
        ranking,
        hypotheses=(leading, replace(other, elimination=LEFT, strength="strong evidence")),
        predictive=PredictiveCheck((leading.cause,), 0.03, "Assay (QC)", explained),
    )
    assert decoded(encoded(told), Ranking) == told


@pytest.mark.requirement("DIA-061")
def test_a_replay_of_before_there_was_a_regression_is_one_by_principal_components() -> None:
    both = ReplayResult((), (), (), control_chart=a_chart(), pls_chart=a_pls_chart())
    document = json.loads(encoded(both))
    del document["pls_chart"], document["control_chart"]["model"]
    del document["control_chart"]["qualities"]
    found = decoded(json.dumps(document).encode(), ReplayResult)
    assert found.pls_chart is None
    assert found.control_chart is not None
    assert (found.control_chart.model, found.control_chart.qualities) == (ChartModel.PCA, ())
