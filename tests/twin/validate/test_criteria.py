"""Criteria judged as the manifest fixed them: passed, failed, or not assessed."""

from dataclasses import replace

import numpy as np
import pytest
from support.validations import made_record

from investigator.domain.validation import Check, Criterion, Figure, Outcome, Relation
from investigator.twin.manifest import read_manifest
from investigator.twin.validate.criteria import NO_KIND, Findings, judge
from investigator.twin.validate.metrics import share_by_batch


def criterion(name, relation=Relation.AT_MOST, limit=0.75):
    return Criterion(name, name, relation, limit, "-", "why")


def findings(**changed):
    made = made_record()
    found = Findings(
        made.attributes, made.tags, made.deviations, {"numerics.mass": 3e-12}, made.edges, 0
    )
    return replace(found, **changed)


def judged(asked, **changed):
    (result,) = judge([asked], findings(**changed))
    return result


@pytest.mark.requirement("TWN-075")
def test_a_figure_is_held_against_its_limit_unrounded():
    ratio = 1.5 / 2.5
    assert judged(criterion("rmsep.hardness", limit=ratio)).outcome is Outcome.PASSED
    result = judged(criterion("rmsep.hardness", limit=ratio * (1 - 1e-12)))
    assert result.outcome is Outcome.FAILED
    assert result.figure == Figure(ratio, ratio, ratio)


@pytest.mark.requirement("TWN-075")
@pytest.mark.parametrize(
    "name",
    ["rmsep.taste", "beauty.hardness", "numerics.solver", "nis.hardness", "edges.other", "", "nis"],
)
def test_what_is_unknown_or_was_not_measured_is_not_assessed(name):
    result = judged(criterion(name))
    assert result.outcome is Outcome.NOT_ASSESSED
    assert result.figure is None
    assert result.remark


def test_a_bias_counts_to_either_side():
    made = made_record().attributes[0]
    low = replace(made, bias=Figure(-0.9, -1.2, -0.5))
    result = judged(criterion("bias.hardness"), attributes=[low])
    assert result.outcome is Outcome.FAILED
    assert result.figure.value == 0.9
    assert "−1.2" in result.remark


def test_coverage_is_judged_by_its_interval():
    wanted = criterion("coverage95.hardness", Relation.CONTAINS, 0.95)
    assert judged(wanted).outcome is Outcome.PASSED
    assert judged(replace(wanted, limit=0.995)).outcome is Outcome.FAILED


def test_one_tag_outside_its_band_fails_and_is_named():
    tag = made_record().tags[0]
    wanted = criterion("nis.tags", Relation.AT_LEAST, 1.0)
    assert judged(wanted).outcome is Outcome.PASSED
    loud = replace(tag, channel="ejection", nis=1.2)
    result = judged(wanted, tags=[tag, loud])
    assert result.outcome is Outcome.FAILED
    assert result.figure.value == 0.5
    assert "outside: ejection" in result.remark
    wide = replace(tag, channel="lab_weight", nis_low=0.1, nis_high=4.2)
    assert "widest band 0.100 to 4.20 (lab_weight)" in judged(wanted, tags=[tag, wide]).remark


def test_deviations_weigh_by_their_values_and_vary_by_case():
    made = made_record().deviations[0]
    cases = [
        replace(made, case=f"P{i}", values=100 * (i + 1), inside95=0.9 + 0.02 * i) for i in range(4)
    ]
    wanted = criterion("deviations.inside95", Relation.CONTAINS, 0.95)
    silent = replace(made, case="P9", values=0, channels=(), inside95=0.0)
    result = judged(wanted, deviations=[*cases, silent])
    assert result.figure.value == pytest.approx((90 + 184 + 282 + 384) / 1000)
    assert result.figure.low < result.figure.value < result.figure.high
    assert "P9" in result.remark


def test_the_interval_of_a_share_is_that_of_its_cases():
    same = share_by_batch(np.array([9.0, 9.0, 9.0]), np.full(3, 10.0), seed=1)
    assert (same.low, same.value, same.high) == (0.9, 0.9, 0.9)


def test_one_failed_check_of_an_edge_fails():
    failed = Check("wet", "Wet powder", "finite", "nan", passed=False)
    wanted = criterion("edges.behaviour", Relation.AT_LEAST, 1.0)
    assert judged(wanted).outcome is Outcome.PASSED
    result = judged(wanted, edges=[*made_record().edges, failed])
    assert result.outcome is Outcome.FAILED
    assert "wet" in result.remark


def test_every_criterion_of_the_shipped_manifest_is_of_a_known_kind(checkout):
    results = judge(read_manifest(checkout / "models" / "cdc_line_3").acceptance, findings())
    assert len(results) == 24
    assert not [r for r in results if r.remark == NO_KIND]
