"""Containers: the replay plus what was learned, with intervals for what the laboratory reports."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import drums, package, record, reference

from investigator.domain.errors import UnusableInput
from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder
from investigator.evidence.historian.facts import read_tag_list
from investigator.twin.attribute_kind import ATTRIBUTES
from investigator.twin.attribute_models import (
    FILE,
    attributes_document,
    measurements_of,
    read_attribute_models,
)
from investigator.twin.container_prediction import predict_containers
from investigator.twin.record import line_record
from investigator.twin.replayed_run import replayed_run

MODELS = read_attribute_models(package().reference)
RUN = replayed_run(record(), reference(), package().parameters)
TOLD = measurements_of(RUN)


def by_name(predictions):
    return {(p.attribute, p.container_id): p for p in predictions}


@pytest.mark.requirement("TWN-048")
def test_every_attribute_of_every_container_is_predicted():
    found = predict_containers(TOLD, MODELS)
    assert len(found) == len(ATTRIBUTES) * len(drums())
    for p in found:
        assert 0.0 < p.sd < p.laboratory_sd
        low, high = p.interval(0.95)
        inner_low, inner_high = p.interval(0.5)
        assert low < inner_low < p.mean < inner_high < high


@pytest.mark.requirement("TWN-048")
def test_heavier_samples_make_heavier_tablets_and_more_of_the_active():
    heavier = {
        "weight": replace(TOLD["weight"], in_process=TOLD["weight"].in_process + 2.5),
    }
    plain, moved = (
        by_name(predict_containers(TOLD, MODELS)),
        by_name(predict_containers(TOLD | heavier, MODELS)),
    )
    drum = drums()[2].container_id
    up = moved["weight", drum].mean - plain["weight", drum].mean
    assert 1.5 < up < 2.5
    assay = moved["assay", drum].mean - plain["assay", drum].mean
    assert assay == pytest.approx(
        up * plain["assay", drum].mean / plain["weight", drum].mean, rel=0.02
    )
    assert moved["water", drum] == plain["water", drum]


@pytest.mark.requirement("TWN-049")
def test_a_wrong_result_of_the_laboratory_moves_no_prediction():
    wrong = tuple(
        replace(r, result=r.result * 1.1) if r.container_id else r for r in record().laboratory
    )
    run = replace(RUN, record=replace(record(), laboratory=wrong))
    assert predict_containers(measurements_of(run), MODELS) == predict_containers(TOLD, MODELS)


@pytest.mark.requirement("TWN-049")
def test_results_of_other_containers_can_be_let_in():
    some = np.ones(len(drums()), dtype=np.bool_)
    some[-1] = False
    plain = by_name(predict_containers(TOLD, MODELS))
    each = {kind.attribute: some for kind in ATTRIBUTES}
    told = by_name(predict_containers(TOLD, MODELS, laboratory=each))
    last = ("q30", drums()[-1].container_id)
    assert told[last].sd < plain[last].sd


@pytest.mark.requirement("TWN-046")
def test_what_inputs_leave_open_widens_the_interval():
    open_ = {
        kind.attribute: 3.0 * np.eye(5, len(drums()) + TOLD[kind.attribute].in_process.size)
        for kind in ATTRIBUTES
    }
    plain = predict_containers(TOLD, MODELS)
    wide = predict_containers(TOLD, MODELS, departures=open_)
    for p, w in zip(plain, wide, strict=True):
        assert w.sd == pytest.approx(np.hypot(p.sd, 3.0 / np.sqrt(5.0)), rel=0.2)


@pytest.mark.requirement("TWN-046")
def test_what_inputs_leave_open_for_the_whole_batch_is_pinned_by_what_was_measured():
    """All samples see what all containers share: the interval grows by little, not by all of it."""
    rows = len(drums()) + TOLD["hardness"].in_process.size
    shared = {
        kind.attribute: np.zeros((1, len(drums()) + TOLD[kind.attribute].in_process.size))
        for kind in ATTRIBUTES
    }
    shared["hardness"] = np.full((1, rows), 20.0)
    plain = by_name(predict_containers(TOLD, MODELS))
    wide = by_name(predict_containers(TOLD, MODELS, departures=shared))
    drum = ("hardness", drums()[2].container_id)
    assert plain[drum].sd < wide[drum].sd < 3.0


def test_models_are_written_and_read_again():
    again = read_attribute_models({FILE: attributes_document(MODELS)})
    assert attributes_document(again) == attributes_document(MODELS)
    assert predict_containers(TOLD, again) == predict_containers(TOLD, MODELS)


@pytest.mark.parametrize("torn", ["attributes", "batches"])
def test_a_missing_part_is_refused(torn):
    document = attributes_document(MODELS)
    del document[torn]
    with pytest.raises(UnusableInput, match=rf"reference/{FILE}.json.*{torn}"):
        read_attribute_models({FILE: document})
    with pytest.raises(UnusableInput, match="incomplete"):
        read_attribute_models({})


@pytest.mark.data
@pytest.mark.requirement("TWN-048")
@pytest.mark.parametrize("batch", ["TA50-26-0140", "TA50-26-0257", "TA50-26-0374"])
def test_containers_of_recorded_batches_lie_where_they_are_predicted(plant_data, batch):
    """Batches with a stop, with gaps in ten tags, and with two lots of MCC."""
    folder = plant_data / "history" / batch
    tags = read_tag_list(plant_data / "tags.csv")
    read = read_folder(folder, tags=tags, line_id="CDC-3", site_zone="Europe/Berlin")
    told = line_record(decided(read), package().tag_map, package().record_map)
    run = measurements_of(replayed_run(told, reference(), package().parameters))
    inside = []
    for p in predict_containers(run, MODELS):
        place = run[p.attribute].containers.index(p.container_id)
        low, high = p.interval(0.95)
        inside.append(low <= run[p.attribute].laboratory[place] <= high)
    assert len(inside) >= 5 * 12
    assert np.mean(inside) > 0.85
