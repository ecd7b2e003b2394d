"""The account of the material of a batch: what adds up, what is left over, what is not known."""

from dataclasses import replace

import pytest

from investigator.domain.material_account import (
    NOTHING_RECORDED,
    REJECTED,
    MassEstimate,
    Place,
    RecordedMasses,
    material_account,
)
from investigator.domain.reconciliation import BalanceInput

AFFECTED = {
    Place.CONTAINERS: MassEstimate(100.0, 20.0, 15.0, 25.0),
    Place.REJECTED_AT_START: MassEstimate(1.0, 0.0, 0.0, 0.0),
    Place.REJECTED_IN_RUN: MassEstimate(0.5, 0.4, 0.3, 0.5),
    Place.REJECTED_AT_END: MassEstimate(0.25, 0.0, 0.0, 0.0),
    Place.IN_PROCESS_SAMPLES: MassEstimate(0.1, 0.02, 0.01, 0.03),
    Place.IN_LINE: MassEstimate(0.5, 0.25, 0.0, 0.5),
}


def recorded() -> RecordedMasses:
    def said(name: str, value: float, unit: str) -> BalanceInput:
        return BalanceInput(name, value, unit, f"batch record, {name}")

    return RecordedMasses(
        consumed=said("consumed", 104.0, "kg"),
        containers=said("containers", 100.0, "kg"),
        rejects=said("rejects", 2.0, "kg"),
        in_process_samples=said("samples", 0.1, "kg"),
        good_tablets=said("good", 400_800, "tablets"),
        rejected_tablets=said("rejected", 8_000, "tablets"),
        tablet_mass=said("mass", 250.0, "mg"),
    )


@pytest.mark.requirement("IMP-025")
def test_the_places_add_up_to_what_the_press_counted() -> None:
    account = material_account(recorded(), AFFECTED, ())
    assert account.output_kg == pytest.approx(102.2)
    beside = [line.kg or 0.0 for line in account.lines if line.place is not Place.IN_LINE]
    assert sum(beside) == pytest.approx(account.output_kg)
    assert account.at(Place.NOT_ACCOUNTED).kg == pytest.approx(0.1)
    assert account.closes is True


@pytest.mark.requirement("IMP-025")
def test_the_reject_bin_is_told_by_when_its_gate_was_closed() -> None:
    account = material_account(recorded(), AFFECTED, ())
    parts = [account.at(place).kg for place in (*REJECTED, Place.REJECTED_OTHERWISE)]
    assert parts == pytest.approx([1.0, 0.5, 0.25, 0.25])
    assert account.at(Place.REJECTED_IN_RUN).affected_kg == 0.4
    assert account.at(Place.REJECTED_OTHERWISE).affected_kg is None


@pytest.mark.requirement("IMP-025")
def test_what_stays_in_the_line_is_affected_as_the_last_material_made() -> None:
    line = material_account(recorded(), AFFECTED, ()).at(Place.IN_LINE)
    assert line.kg == pytest.approx(1.8)
    assert line.affected_kg == pytest.approx(0.9)
    assert line.affected_kg_hi95 == pytest.approx(1.8)
    less = replace(recorded(), consumed=BalanceInput("consumed", 100.0, "kg", "record"))
    line = material_account(less, AFFECTED, ()).at(Place.IN_LINE)
    assert line.kg == pytest.approx(-2.2)
    assert (line.affected_kg, line.affected_kg_hi95) == (0.0, 0.0)


@pytest.mark.requirement("IMP-025")
@pytest.mark.parametrize(("containers_kg", "closes"), [(98.2, True), (97.9, False)])
def test_not_more_than_two_hundredths_of_the_output_may_be_left_over(
    containers_kg: float, closes: bool
) -> None:
    """Of 102.2 kg that left the press, 1.9 kg and 2.2 kg."""
    known = BalanceInput("containers", containers_kg, "kg", "record")
    account = material_account(replace(recorded(), containers=known), AFFECTED, ())
    assert account.closes is closes


@pytest.mark.requirement("IMP-025")
def test_a_batch_that_does_not_add_up_says_so() -> None:
    short = replace(recorded(), containers=BalanceInput("containers", 90.0, "kg", "record"))
    account = material_account(short, AFFECTED, ())
    assert account.at(Place.NOT_ACCOUNTED).kg == pytest.approx(10.1)
    assert account.closes is False


@pytest.mark.requirement("IMP-026")
def test_what_no_source_gives_is_unknown_and_not_zero() -> None:
    account = material_account(NOTHING_RECORDED, AFFECTED, ())
    unknown = {line.place for line in account.lines if line.kg is None}
    assert unknown == set(Place) - set(REJECTED)
    assert (account.output_kg, account.closes) == (None, None)
    assert account.at(Place.CONTAINERS).affected_kg == 20.0
