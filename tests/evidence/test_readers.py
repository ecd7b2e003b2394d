"""Laboratory, alarms, environment and notice: what is read and what is listed."""

import pytest
from support.evidence_files import ALARMS, ENVIRONMENT, FLOW, LABORATORY, NOTICE, START_MS, ZONE

from investigator.domain.alarm import AlarmTransition
from investigator.domain.errors import UnusableInput
from investigator.evidence.laboratory.results import read_laboratory
from investigator.evidence.monitoring.alarms import read_alarms
from investigator.evidence.monitoring.environment import read_environment
from investigator.evidence.notice import read_notice


def test_laboratory_results_keep_their_limits() -> None:
    assay, moisture = read_laboratory(LABORATORY, "l.csv", batch_id="B1").results
    assert (assay.result, assay.spec_low, assay.spec_high) == (99.5, 95.0, 105.0)
    assert (moisture.spec_low, moisture.material_lot, moisture.container_id) == (None, "LOT1", "")


@pytest.mark.parametrize("written", [b"lost", b"", b"nan"])
def test_a_result_that_is_no_number_is_listed(written: bytes) -> None:
    reading = read_laboratory(LABORATORY.replace(b"99.5", written), "l.csv", batch_id=None)
    assert len(reading.results) == 1
    assert [p.line for p in reading.ledger.problems] == [2]


def test_results_of_another_batch_altogether_are_refused() -> None:
    with pytest.raises(UnusableInput, match="results of B1, none of batch B2; choose the batch"):
        read_laboratory(LABORATORY, "l.csv", batch_id="B2")


def test_alarms_are_on_one_clock() -> None:
    first, second = read_alarms(ALARMS, "a.csv", site_zone=ZONE).alarms
    assert (first.t_ms, first.tag, first.value) == (START_MS + 700_000, FLOW, 3.1)
    assert (second.transition, second.operator) == (AlarmTransition.ACKNOWLEDGED, "OP-1")
    assert second.value is None


def test_an_unknown_transition_is_listed() -> None:
    reading = read_alarms(ALARMS.replace(b",ACK,", b",XXX,"), "a.csv", site_zone=ZONE)
    assert len(reading.alarms) == 1
    assert reading.ledger.rows_reported == 1


def test_a_room_outside_its_alert_limits_gives_a_finding() -> None:
    reading = read_environment(ENVIRONMENT, "e.csv")
    assert reading.points["EMS.RH"].value.tolist() == [40.0, 56.5]
    assert reading.points["EMS.RH"].t_ms[0] == START_MS
    (finding,) = reading.findings
    assert (finding.kind, finding.subject) == ("alert_limit", "EMS.RH")


def test_a_notice_is_read_with_its_observation() -> None:
    notice, ledger = read_notice(NOTICE, "d.json", site_zone=ZONE)
    assert (notice.number, notice.batch_id, notice.classification) == ("DEV-1", "B1", "Major")
    assert notice.observation.detected_ms == START_MS + 700_000
    assert notice.observation.containers == ("B1-D1",)
    assert notice.production_window.seconds == 7200
    assert ledger.rows_reported == 0


def test_a_truncated_notice_tells_the_line() -> None:
    with pytest.raises(UnusableInput, match="damaged at line 1"):
        read_notice(NOTICE[:200], "d.json", site_zone=ZONE)
