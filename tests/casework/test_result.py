"""`result.json` says what the dossier says, in the form that other programs rely on."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.dossiers import START, a_dossier, a_span
from support.much_impact import everything
from support.replays import a_replayed

from investigator.casework.plain_values import rounded
from investigator.casework.result import result_document, result_text
from investigator.domain.conformance import AcceptanceValue, Conformance, SamplingPlan, Zone
from investigator.domain.instant import iso
from investigator.domain.tracing import TracedInterval

CONTRACT_KEYS = [
    "format",
    "case",
    "deviation_number",
    "twin",
    "software",
    "seed",
    "evidence",
    "assumptions",
    "data_quality",
    "ranked_hypotheses",
    "none_of_the_above",
    "no_deviation",
    "indistinguishable",
    "next_checks",
    "onset",
    "affected_interval",
    "affected_intervals",
    "affected_containers",
    "container_quality",
    "disposition_proposed",
    "report",
    "timings_s",
]


@pytest.mark.requirement("OUT-003")
def test_every_key_of_the_contract_is_there_in_its_order() -> None:
    document = json.loads(result_text(a_dossier(), timings_s={"read": 0.5}))
    assert [key for key in document if key in CONTRACT_KEYS] == CONTRACT_KEYS


@pytest.mark.requirement("OUT-003")
def test_the_words_of_the_contract() -> None:
    document = result_document(a_dossier())
    assert document["format"] == "investigator-result/1"
    assert document["twin"] == {
        "id": "cdc_line_3",
        "version": "0.1.0",
        "digest": "sha256:00",
        "status": "draft",
    }
    assert (
        document["ranked_hypotheses"][0].items()
        >= {
            "cause": "api_bridging",
            "probability": 0.93,
            "onset": "2026-03-04T10:12:00+01:00",
            "end": "2026-03-04T10:30:00+01:00",
            "magnitude": "-12.5 % of set-point (95 %: -14 to -11)",
            "why": "The blend carried 1.9 % less API than set for 18 min.",
            "strength": "",
            "standing": "",
            "elimination": None,
        }.items()
    )
    assert document["affected_containers"] == ["B1-D02"]
    assert document["affected_interval"] == [
        "2026-03-04T10:40:00+01:00",
        "2026-03-04T11:00:00+01:00",
    ]
    assert len(document["affected_intervals"]) == 2
    assert document["container_quality"]["B1-D02"]["assay"]["lo95"] == 95.9
    assert document["container_quality"]["B1-D02"]["api_fraction"]["p_conform"] is None
    assert document["disposition_proposed"]["B1-D01"]["proposal"] == "release"
    assert document["data_quality"][1]["start"] is None


@pytest.mark.requirement("IMP-019")
def test_affected_mass_and_tablets_stand_with_their_bounds_and_reasons() -> None:
    dossier = a_dossier()
    counted = replace(
        dossier.impact.containers[0],
        affected_kg_lo95=0.1,
        affected_tablets=2000,
        affected_tablets_hi95=2400,
        filled_kg=11.98,
    )
    containers = (counted, *dossier.impact.containers[1:])
    document = result_document(
        replace(dossier, impact=replace(dossier.impact, containers=containers))
    )
    found = document["container_impact"][counted.container_id]
    assert found == {
        "net_kg": counted.net_kg,
        "filled_kg": 11.98,
        "affected": counted.affected,
        "affected_kg": counted.affected_kg,
        "affected_kg_lo95": 0.1,
        "chance_affected": None,
        "affected_kg_hi95": counted.affected_kg_hi95,
        "affected_tablets": 2000,
        "affected_tablets_hi95": 2400,
        "reasons": list(counted.reasons),
    }


def test_where_nothing_is_affected_there_is_no_interval() -> None:
    document = result_document(a_dossier(affected=False))
    assert document["affected_interval"] == [None, None]
    assert document["affected_intervals"] == []
    assert document["affected_containers"] == []
    assert document["onset"] is None


def test_a_batch_without_notice_has_no_number() -> None:
    document = result_document(replace(a_dossier(), deviation=None))
    assert document["deviation_number"] is None


@pytest.mark.requirement("OUT-004")
def test_only_the_run_times_differ_between_two_runs() -> None:
    fast, slow = (result_text(a_dossier(), timings_s={"read": s}) for s in (0.1, 9.0))
    assert fast != slow
    plain = result_text(a_dossier(), timings_s=None)
    assert plain == result_text(a_dossier(), timings_s=None)
    assert "timings_s" not in plain


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_rounding_keeps_six_digits_and_stays_in_json(value: float) -> None:
    short = rounded(value)
    assert rounded(short) == short
    text = json.dumps(short, allow_nan=False)
    assert text != "-0.0"
    if short is not None:
        assert short == pytest.approx(value, rel=1e-5)


@pytest.mark.requirement("OUT-003")
def test_the_replay_of_the_recorded_inputs_is_added_to_the_contract() -> None:
    without = result_document(a_dossier())
    assert (without["domain_excursions"], without["replayed_containers"]) == ([], {})
    document = result_document(replace(a_dossier(), replayed=a_replayed()))
    assert document["domain_excursions"][0]["title"] == "Room humidity"
    assert document["replayed_containers"]["B1-D01"]["hardness"] == {
        "predicted": 110.0,
        "lo95": 106.0,
        "hi95": 114.0,
        "unit": "N",
        "measured": 111.0,
        "extrapolated": True,
    }


@pytest.mark.requirement("OUT-005")
def test_the_interval_of_disturbed_material_is_told_surely_centrally_and_possibly() -> None:
    found = result_document(everything(a_dossier()))["traced"]
    assert found["stages"] == [
        "the blender, before the port",
        "the blender, after the port",
        "the chute",
        "the feed frame",
    ]
    assert found["draws"] == 200
    assert found["surely"] == ["2026-03-04T10:19:00+01:00", "2026-03-04T10:31:00+01:00"]
    assert found["central"] == ["2026-03-04T10:16:00+01:00", "2026-03-04T10:38:00+01:00"]
    assert found["possibly"] == ["2026-03-04T10:14:00+01:00", "2026-03-04T10:44:00+01:00"]


@pytest.mark.requirement("OUT-005")
def test_an_interval_that_is_sure_at_no_time_is_null() -> None:
    whole = everything(a_dossier())
    assert whole.traced is not None
    possibly = TracedInterval(None, None, a_span(12, 30))
    told = result_document(replace(whole, traced=replace(whole.traced, interval=possibly)))
    assert (told["traced"]["surely"], told["traced"]["central"]) == (None, None)
    assert told["traced"]["possibly"][0] == iso(START + 12 * 60_000, "Europe/Berlin")


@pytest.mark.requirement("OUT-006")
def test_the_place_of_the_deviation_and_the_diversion_limits_are_told() -> None:
    api, mgst = result_document(everything(a_dossier()))["detectability"]
    assert api["deviation"] == {
        "title": "API feeder bridging",
        "duration_s": 2520.0,
        "size_pct": -29.0,
        "lo95": -33.0,
        "hi95": -25.0,
    }
    now = api["diversion_limits"][0]
    assert (now["start_s"], now["end_s"], now["containment"]) == (28.0, 507.0, 0.93)
    assert (now["current_containment"], now["current_good_lost_kg"]) == (0.78, 0.25)
    assert api["diversion_limits"][1]["current_containment"] is None
    assert mgst["deviation"] is None
    assert "has no place in the funnel" in mgst["note"]


@pytest.mark.requirement("OUT-008")
def test_the_account_tells_every_place_and_every_affected_sample() -> None:
    whole = everything(a_dossier())
    account = whole.account
    assert account is not None
    told = result_document(whole)["material_account"]
    assert [*told["places"]] == [line.place.value for line in account.lines]
    for line in account.lines:
        assert told["places"][line.place.value]["kg"] == rounded(line.kg)
        assert told["places"][line.place.value]["affected_kg_hi95"] == rounded(
            line.affected_kg_hi95
        )
    assert [s["sample"] for s in told["affected_samples"]] == [s.sample_id for s in account.samples]
    assert told["closes"] is account.closes


@pytest.mark.requirement("OUT-007")
def test_results_without_a_trace_or_a_funnel_say_so() -> None:
    document = result_document(a_dossier())
    assert document["traced"] is None
    assert document["material_account"] is None
    assert document["detectability"] == []


@pytest.mark.requirement("IMP-042")
def test_the_rule_the_risks_and_the_plan_of_a_container_are_told() -> None:
    dossier = a_dossier()
    sound, hurt = dossier.impact.containers
    judged = replace(
        hurt,
        conformance=(
            Conformance("q30", "% LC", 80.0, None, 1.5, 0.91, Zone.INCONCLUSIVE, 0.0, 0.91),
        ),
        content_uniformity=AcceptanceValue(6.0, 3.0, 9.0, 0.999, 15.0, 5.5),
        sampling=SamplingPlan(60, 20, ("assay",), "59 tablets find it.", 3.0, 6.0),
        rule="DR-5",
        out_of_specification=("Hardness 145 N (limits 80 to 140)",),
    )
    impact = replace(dossier.impact, containers=(sound, judged))
    document = result_document(replace(dossier, impact=impact))
    assert document["disposition_proposed"]["B1-D02"]["rule"] == "DR-5"
    assert document["disposition_proposed"]["B1-D02"]["out_of_specification"] == [
        "Hardness 145 N (limits 80 to 140)"
    ]
    assert document["conformance"]["B1-D02"]["q30"] == {
        "low": 80.0,
        "high": None,
        "unit": "% LC",
        "guard": 1.5,
        "p_conform": 0.91,
        "zone": "inconclusive",
        "consumer_risk": 0.0,
        "producer_risk": 0.91,
    }
    assert document["content_uniformity"]["B1-D02"]["reported"] == 5.5
    assert document["sampling_plan"] == {
        "B1-D02": {
            "units": 60,
            "places": 20,
            "from_kg": 3.0,
            "to_kg": 6.0,
            "attributes": ["assay"],
            "why": "59 tablets find it.",
        }
    }


@pytest.mark.requirement("IMP-042")
def test_what_was_stored_before_there_were_rules_says_so() -> None:
    document = result_document(a_dossier())
    assert document["disposition_proposed"]["B1-D01"]["rule"] is None
    assert document["conformance"]["B1-D01"] == {}
    assert document["content_uniformity"]["B1-D01"] is None
    assert document["sampling_plan"] == {}
